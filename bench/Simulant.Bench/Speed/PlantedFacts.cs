using System.Globalization;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Text.Filters.Facts;

namespace Simulant.Bench.Speed;

/// <summary>
/// Statements of what a table knows in everyday forms, half of them with the value that the relation has for another subject: how many of
/// these a checker of facts catches, and how many of the true ones it accuses.
/// </summary>
internal static class PlantedFacts
{
    private static readonly RandomStream Stream = new(17, "test/facts");

    /// <summary>How many false statements were caught of how many planted, and how many true ones were accused of how many.</summary>
    public static (int Caught, int Planted, int Alarms, int Trues) Measure(string file, int count)
    {
        var facts = KnowledgeBase.Of(TableReader.Read(file).Table);
        var checker = new FactChecker(facts);
        int caught = 0, planted = 0, alarms = 0, trues = 0;
        for (int i = 0; i < count; i++)
        {
            var (subject, relation, value) = facts.At(Stream.Below(facts.Count, i, 0));
            bool isFalse = i % 2 == 1;
            if (isFalse)
            {
                if (Other(facts, relation, value, i) is not { } wrong) continue;
                value = wrong;
            }
            string said = Said(value, i, exact: isFalse);
            string text = FactChecker.Templates[Stream.Below(FactChecker.Templates.Count, i, 1)]
                .Replace(" s {", "'s {", StringComparison.Ordinal).Replace("{subject}", subject, StringComparison.Ordinal)
                .Replace("{relation}", Stream.Below(2, i, 2) == 0 ? relation : relation.ToUpperInvariant(), StringComparison.Ordinal)
                .Replace("{object}", said, StringComparison.Ordinal);
            string end = Stream.Below(2, i, 3) == 0 ? "." : ", as of last month.";
            text = $"Some words before it, and 17 of them. {text}{end} And more after.";
            bool found = checker.FirstFalse(text) is not null;
            if (isFalse) (planted, caught) = (planted + 1, caught + (found ? 1 : 0));
            else (trues, alarms) = (trues + 1, alarms + (found ? 1 : 0));
        }
        return (caught, planted, alarms, trues);
    }

    /// <summary>A value that the relation has of another subject, and that differs.</summary>
    private static string? Other(KnowledgeBase facts, string relation, string value, int item)
    {
        for (int draw = 0; draw < 2000; draw++)
            if (facts.At(Stream.Below(facts.Count, item, 5, draw)) is var other && other.Relation == relation && other.Value != value)
                return other.Value;
        return null;
    }

    private static string Said(string value, int item, bool exact)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            return Stream.Below(2, item, 6) == 0 ? value : value.ToUpperInvariant();
        return (exact ? 0 : Stream.Below(4, item, 7)) switch
        {
            1 => number.ToString("N2", CultureInfo.InvariantCulture),
            2 => "$" + number.ToString("N1", CultureInfo.InvariantCulture),
            3 => "about " + number.ToString("N0", CultureInfo.InvariantCulture),
            _ => value,
        };
    }
}
