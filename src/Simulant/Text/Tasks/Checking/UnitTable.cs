using System.Collections.Frozen;

namespace Simulant.Text.Tasks.Checking;

/// <summary>A unit: how many of the base unit it is, and of what dimension, one capital letter or sign.</summary>
internal readonly record struct Unit(Fraction Factor, string Dimension);

/// <summary>
/// Units with their exact factors (international yard and pound of 1959; SI prefixes; the day of 86,400 seconds). Symbols keep their
/// case, names do not.
/// </summary>
internal static class UnitTable
{
    private static readonly FrozenDictionary<string, Unit> Symbols = Read(
        "L m 1 mm 1/1000 cm 1/100 dm 1/10 km 1000 in 254/10000 ft 3048/10000 yd 9144/10000 mi 1609344/1000 nm 1/1000000000",
        "M g 1 mg 1/1000 kg 1000 t 1000000 oz 45359237/1600000 lb 45359237/100000 lbs 45359237/100000",
        "T s 1 ms 1/1000 sec 1 min 60 h 3600 hr 3600 hrs 3600 d 86400",
        "D B 8 bit 1 kB 8000 KB 8000 MB 8000000 GB 8000000000 TB 8000000000000 KiB 8192 MiB 8388608 GiB 8589934592",
        "A ° 1 deg 1", "$ $ 1 USD 1", "£ £ 1 GBP 1 p 1/100", "€ € 1 EUR 1");

    private static readonly FrozenDictionary<string, Unit> Names = Read(
        "L metre 1 meter 1 millimetre 1/1000 millimeter 1/1000 centimetre 1/100 centimeter 1/100 kilometre 1000 kilometer 1000"
            + " inch 254/10000 inches 254/10000 foot 3048/10000 feet 3048/10000 yard 9144/10000 mile 1609344/1000",
        "M gram 1 milligram 1/1000 kilogram 1000 kilo 1000 tonne 1000000 ounce 45359237/1600000 pound 45359237/100000",
        "T second 1 minute 60 hour 3600 day 86400 week 604800 millisecond 1/1000",
        "D byte 8 bit 1 kilobyte 8000 megabyte 8000000 gigabyte 8000000000 terabyte 8000000000000",
        "A degree 1", "$ dollar 1 cent 1/100", "€ euro 1");

    // A volume of its own name is a length cubed; a speed of its own name a length over time.
    private static readonly FrozenDictionary<string, (Fraction Factor, int Length, int Time)> Derived =
        new Dictionary<string, (Fraction, int, int)>
        {
            ["l"] = (new(1, 1000), 3, 0), ["L"] = (new(1, 1000), 3, 0), ["litre"] = (new(1, 1000), 3, 0), ["liter"] = (new(1, 1000), 3, 0),
            ["ml"] = (new(1, 1_000_000), 3, 0), ["mL"] = (new(1, 1_000_000), 3, 0), ["millilitre"] = (new(1, 1_000_000), 3, 0),
            ["milliliter"] = (new(1, 1_000_000), 3, 0), ["cl"] = (new(1, 100_000), 3, 0), ["centilitre"] = (new(1, 100_000), 3, 0),
            ["dl"] = (new(1, 10_000), 3, 0), ["ha"] = (10_000, 2, 0), ["hectare"] = (10_000, 2, 0),
            ["mph"] = (new(1609344, 3_600_000), 1, -1), ["kmh"] = (new(1000, 3600), 1, -1), ["kph"] = (new(1000, 3600), 1, -1),
        }.ToFrozenDictionary();

    /// <summary>Multiplies the unit of that name into a factor and its dimensions; an unknown word is a dimension of its own.</summary>
    public static Fraction Into(string name, int power, SortedDictionary<string, int> dimensions)
    {
        string lower = name.ToLowerInvariant();
        string one = lower.Length > 3 && lower.EndsWith('s') ? lower[..^1] : lower;
        if (Derived.TryGetValue(name, out var derived) || Derived.TryGetValue(one, out derived))
        {
            Count(dimensions, "L", derived.Length * power);
            Count(dimensions, "T", derived.Time * power);
            return Fraction.Pow(derived.Factor, power);
        }
        if (!Symbols.TryGetValue(name, out var unit) && !Names.TryGetValue(lower, out unit) && !Names.TryGetValue(one, out unit))
            unit = new(1, "\"" + one);
        Count(dimensions, unit.Dimension, power);
        return Fraction.Pow(unit.Factor, power);
    }

    private static void Count(SortedDictionary<string, int> dimensions, string dimension, int power)
    {
        int sum = dimensions.GetValueOrDefault(dimension) + power;
        if (sum == 0) dimensions.Remove(dimension);
        else dimensions[dimension] = sum;
    }

    private static FrozenDictionary<string, Unit> Read(params string[] lines)
    {
        var table = new Dictionary<string, Unit>(StringComparer.Ordinal);
        foreach (string[] words in lines.Select(line => line.Split(' ')))
            for (int i = 1; i < words.Length; i += 2) table.Add(words[i], new(NumberReader.Exact(words[i + 1])!.Value, words[0]));
        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
