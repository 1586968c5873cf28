using Simulant.Specs;

namespace Simulant.Text.Filters.Rules;

/// <summary>The table of rules, and how lists of them are read: <c>gopher</c>, <c>word-count</c>, <c>word-count: { min: 5 }</c>.</summary>
internal static class RuleTable
{
    public static IReadOnlyList<TextRule> All { get; } = [.. InstructionRules.All, .. WebRules.All, LanguageGuess.Rule];

    /// <summary>Names of groups, each of which stands for its rules.</summary>
    public static IReadOnlyList<string> Groups { get; } = [.. All.Select(r => r.Group).Distinct()];

    /// <summary>Whether a name means a rule that takes all records to judge (<see cref="ConflictFilter"/>).</summary>
    public static bool MeansConflicts(string name) => name is InstructionRules.Group or ConflictFilter.Name;

    /// <summary>The rules of a list, in order, a rule that stands twice as it stood last; faults at their places.</summary>
    /// <param name="conflicts">Whether the list asks for <see cref="ConflictFilter"/>.</param>
    public static IReadOnlyList<(TextRule Rule, OptionValues Options)> Read(SpecList list, DiagnosticBag faults, out bool conflicts)
    {
        var chosen = new List<(TextRule Rule, OptionValues Options)>();
        conflicts = false;
        foreach (var node in list.Items)
        {
            var (name, at, options) = node switch
            {
                SpecScalar scalar => (scalar.Text, scalar.At, null),
                SpecMap { Entries: [var only] } => (only.Key, only.KeyAt, only.Value),
                _ => ("", node.At, (SpecNode?)node),
            };
            if (options is not (null or SpecMap))
            {
                faults.Error(Codes.WrongType, options.At, "a rule is a name, or a name with a map of options: word-count: { min: 5 }");
                continue;
            }
            conflicts |= MeansConflicts(name);
            if (name == ConflictFilter.Name) continue;
            var rules = All.Where(r => r.Name == name || (r.Group == name && options is null)).ToArray();
            if (rules.Length == 0)
            {
                string[] names = [.. Groups, .. All.Select(r => r.Name), ConflictFilter.Name];
                string groups = string.Join(", ", Groups);
                faults.Error(Codes.BadValue, at, names.Contains(name) ? $"'{name}' is a group of rules and takes no options; name its rules"
                    : $"there is no rule '{Nearest.Printable(name)}'{Nearest.Suggest(name, names)}; groups are {groups}");
            }
            foreach (var rule in rules)
            {
                int before = chosen.FindIndex(c => c.Rule == rule);
                var values = rule.Declared.Read(options as SpecMap, faults);
                if (before < 0) chosen.Add((rule, values));
                else chosen[before] = (rule, values);
            }
        }
        return chosen;
    }
}
