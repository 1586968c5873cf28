using System.Globalization;
using Simulant.Specs;

namespace Simulant.Text.Filters.Rules;

/// <summary>A named check of one record, with the options it takes.</summary>
/// <param name="Name">As rule lists, counts and removed records carry it.</param>
/// <param name="Group">The published list it belongs to, which names all its rules at once.</param>
/// <param name="About">What it removes, one sentence with a full stop.</param>
internal sealed record TextRule(string Name, string Group, string About, IReadOnlyList<EngineOption> Options,
    Func<OptionValues, Func<TextFacts, string?>> Bind)
{
    /// <summary>The options as specs give them.</summary>
    public EngineOptions Declared { get; } = new(Name, Options, "rule");

    public static EngineOption Number(string name, double value, double least, double most, string meaning) =>
        new(name, OptionKind.Number, meaning)
        {
            Default = value.ToString("R", CultureInfo.InvariantCulture), Minimum = least, Maximum = most,
        };

    public static EngineOption Whole(string name, long value, long least, string meaning) =>
        new(name, OptionKind.Integer, meaning)
        {
            Default = value.ToString(CultureInfo.InvariantCulture), Minimum = least, Maximum = int.MaxValue,
        };

    /// <summary>A share to three digits, for evidence.</summary>
    public static string Share(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>A check that a share is at most what the option <c>max</c> says.</summary>
    public static TextRule AtMost(string name, string group, string about, string what, double most, Func<TextFacts, double> share) =>
        new(name, group, about, [Number("max", most, 0, 1, "The greatest share that passes.")], options =>
        {
            double max = options.Number("max");
            return facts => share(facts) is var found && found > max ? $"{what} {Share(found)}, more than {Share(max)}" : null;
        });

    /// <summary>A check that a share is at least what the option <c>min</c> says.</summary>
    public static TextRule AtLeast(string name, string group, string about, string what, double least, Func<TextFacts, double> share) =>
        new(name, group, about, [Number("min", least, 0, 1, "The least share that passes.")], options =>
        {
            double min = options.Number("min");
            return facts => share(facts) is var found && found < min ? $"{what} {Share(found)}, less than {Share(min)}" : null;
        });

    /// <summary>A check that a count lies within the options <c>min</c> and <c>max</c>.</summary>
    public static TextRule Between(string name, string group, string about, string what, long least, long most,
        Func<TextFacts, long> count)
    {
        EngineOption[] limits = [Whole("min", least, 0, "The least that passes."), Whole("max", most, 0, "The most that passes.")];
        return new TextRule(name, group, about, limits, options =>
        {
            int min = options.Integer("min"), max = options.Integer("max");
            return facts => count(facts) is var found && found < min ? $"{found} {what}, fewer than {min}"
                : found > max ? $"{found} {what}, more than {max}" : null;
        });
    }
}

/// <summary>Rules as one step of filtering: a record falls to the first in the order they were asked for.</summary>
internal sealed class RuleFilter : ITextFilter
{
    private readonly (string Name, Func<TextFacts, string?> Check)[] _checks;

    public RuleFilter(IReadOnlyList<(TextRule Rule, OptionValues Options)> rules) =>
        _checks = [.. rules.Select(r => (r.Rule.Name, r.Rule.Bind(r.Options)))];

    public bool Whole => false;

    public void Look(TextBatch batch, Data.RunContext run) => batch.Judge(run, i => Judge(batch.Items[i]));

    public IEnumerable<KeyValuePair<long, Finding>> Finish(Data.RunContext run) => [];

    public Finding? Judge(TextItem item)
    {
        var facts = new TextFacts(item);
        foreach (var (name, check) in _checks)
            if (check(facts) is { } evidence) return new Finding(name, evidence);
        return null;
    }
}
