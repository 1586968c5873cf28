using System.Globalization;
using System.Text;
using Simulant.Specs.Reading;

namespace Simulant.Tests.Specs;

/// <summary>The tables of docs/guide/spec.md, made from the keys that the reader goes by.</summary>
internal static class GuideTables
{
    public static IReadOnlyList<Section> Sections { get; } =
    [
        SpecKeys.Root, SpecKeys.Source, SpecKeys.Split, SpecKeys.Column, SpecKeys.Engine, SpecKeys.Recipe, SpecKeys.World,
            SpecKeys.Augment, SpecKeys.Condition, SpecKeys.Supplement, SpecKeys.Reach,
        SpecKeys.Validate, SpecKeys.Gate, SpecKeys.Protect, SpecKeys.Output, SpecKeys.Seed, SpecKeys.Privacy, SpecKeys.Budget,
        SpecKeys.Declare,
    ];

    public static string Table(Section section)
    {
        var table = new StringBuilder("| key | value | meaning | default |\n|---|---|---|---|\n");
        foreach (var key in section.Keys)
        {
            string meaning = key.Meaning + (key.Values is { } values
                ? $" One of {string.Join(", ", values.Select(v => $"`{v}`"))}." : "");
            string fallback = key.Required ? "required" : key.Default.Length == 0 ? "none" : key.Default;
            table.Append(CultureInfo.InvariantCulture, $"| `{key.Name}` | {Value(key)} | {meaning} | {fallback} |\n");
        }
        return table.ToString();
    }

    private static string Value(Key key)
    {
        var words = new List<string>();
        void Add(Shape shape, string word)
        {
            if (key.Shape.HasFlag(shape)) words.Add(word);
        }
        Add(Shape.Text, "text");
        Add(Shape.Number, "number" + Range(key));
        Add(Shape.Integer, "whole number" + Range(key));
        Add(Shape.Count, "count" + Range(key));
        Add(Shape.Boolean, "true or false");
        Add(Shape.Duration, "time");
        Add(Shape.Range, "`[low, high]`");
        Add(Shape.Texts, "list of texts");
        Add(Shape.Steps, "list of operations");
        Add(Shape.Map, "map");
        Add(Shape.Maps, "list of maps");
        Add(Shape.Entries, "map by name");
        return string.Join(" or ", words);
    }

    private static string Range(Key key) => double.IsInfinity(key.Minimum) ? ""
        : double.IsInfinity(key.Maximum) || key.Maximum == SpecKeys.MostRows
            ? string.Create(CultureInfo.InvariantCulture, $", at least {key.Minimum}")
            : string.Create(CultureInfo.InvariantCulture, $", {key.Minimum} to {key.Maximum}");
}
