using System.Collections;

// Compiled here, and again, as text, beside every C# program that is checked: so it stands without a namespace of its own, and
// uses nothing but the base library.

/// <summary>What the tests of a checked C# program say: equal by value, down through arrays, lists and dictionaries.</summary>
internal static class Expect
{
    /// <summary>The case at work, from 0; -1 before the first. The runner reports it with a failure.</summary>
    public static int At { get; set; } = -1;

    /// <summary>Begins the next case.</summary>
    public static void Case(int index) => At = index;

    /// <summary>Throws where the two differ. Doubles may differ by 1e-9 of their size.</summary>
    public static void Equal(object? expected, object? actual)
    {
        if (!Same(expected, actual, 0)) throw new InvalidOperationException($"expected {Show(expected, 0)}, found {Show(actual, 0)}");
    }

    /// <summary>Throws where the condition does not hold.</summary>
    public static void True(bool condition, string what = "a condition")
    {
        if (!condition) throw new InvalidOperationException($"{what} does not hold");
    }

    private static bool Same(object? a, object? b, int depth)
    {
        if (depth > 8) return false;
        switch (a, b)
        {
            case (null, null): return true;
            case (null, _) or (_, null): return false;
            case (double x, double y): return x.Equals(y) || Math.Abs(x - y) <= 1e-9 * Math.Max(1, Math.Abs(x));
            case (string x, string y): return string.Equals(x, y, StringComparison.Ordinal);
            case (IDictionary x, IDictionary y):
                if (x.Count != y.Count) return false;
                foreach (DictionaryEntry entry in x)
                    if (!y.Contains(entry.Key) || !Same(entry.Value, y[entry.Key], depth + 1)) return false;
                return true;
            case (string, _) or (_, string): return false;
            case (IEnumerable x, IEnumerable y): return SameItems(x, y, depth);
            default: return a.Equals(b);
        }
    }

    private static bool SameItems(IEnumerable a, IEnumerable b, int depth)
    {
        var (x, y) = (a.GetEnumerator(), b.GetEnumerator());
        while (true)
        {
            bool more = x.MoveNext();
            if (more != y.MoveNext()) return false;
            if (!more) return true;
            if (!Same(x.Current, y.Current, depth + 1)) return false;
        }
    }

    private static string Show(object? value, int depth) => value switch
    {
        null => "null",
        string text => $"\"{(text.Length > 80 ? text[..80] + "..." : text)}\"",
        IEnumerable items when depth < 3 => "[" + string.Join(", ", items.Cast<object?>().Take(12).Select(i => Show(i, depth + 1))) + "]",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
