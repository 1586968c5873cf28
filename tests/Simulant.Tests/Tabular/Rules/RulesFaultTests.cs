using Simulant.Specs;
using Simulant.Tabular.Rules;
using Xunit;

namespace Simulant.Tests.Tabular.Rules;

/// <summary>Every fault fires, with a position (checked by the reader of these specs), and several come in one pass.</summary>
public class RulesFaultTests
{
    [Theory]
    [InlineData(RuleCodes.NoRule, "columns: { x: { type: integer } }")]
    [InlineData(RuleCodes.UnknownOption, "columns: { x: { distribution: normal, mean: 0, sd: 1, trunkate: [0, 1] } }")]
    [InlineData(Codes.UnknownKey, "engine: { entitys: {} }\ncolumns: { x: { constant: 1 } }")]
    [InlineData(RuleCodes.BadParameter, "columns: { x: { distribution: normal, mean: 0 } }")]
    [InlineData(RuleCodes.BadParameter, "columns: { x: { distribution: normal, mean: 0, sd: -1 } }")]
    [InlineData(RuleCodes.BadParameter, "columns: { x: { distribution: uniform, min: 5, max: 1 } }")]
    [InlineData(RuleCodes.BadParameter, "columns: { x: { values: { a: -1, b: 2 } } }")]
    [InlineData(RuleCodes.BadParameter, "columns: { x: { distribution: empirical, quantiles: [3, 2, 1] } }")]
    [InlineData(RuleCodes.BadParameter, "columns: { x: { constant: 1, missing: 2 } }")]
    [InlineData(RuleCodes.BadParameter, "columns: { a: { values: [x, y] }, b: { given: a, table: { x: 1 } } }")]
    [InlineData(RuleCodes.BadParameter, "rows: 100\ncolumns: { x: { key: permuted, digits: 1 } }")]
    [InlineData(RuleCodes.BadParameter, "columns: { x: { type: timestamp, arrivals: { start: 2024-01-01, end: 2024-02-01 } } }")]
    [InlineData(RuleCodes.BadParameter, "columns: { x: { type: timestamp, arrivals: { start: today, rate: 4 } } }")]
    [InlineData(RuleCodes.UnknownRule, "columns: { x: { distribution: normall, mean: 0, sd: 1 } }")]
    [InlineData(RuleCodes.UnknownRule, "columns: { x: { provider: person.fullname } }")]
    [InlineData(RuleCodes.UnknownRule, "columns: { x: { provider: person.full_name, locale: tlh } }")]
    [InlineData(RuleCodes.UnknownRule, "columns: { x: { key: random } }")]
    [InlineData(RuleCodes.Cycle, "columns: { a: { expression: b + 1 }, b: { expression: a + 1 } }")]
    [InlineData(RuleCodes.Cycle, "columns: { a: { expression: a + 1 } }")]
    [InlineData(RuleCodes.UnknownReference, "columns: { a: { expression: agee + 1 }, age: { constant: 3 } }")]
    [InlineData(RuleCodes.UnknownReference, "columns: { a: { from: customer.id } }")]
    [InlineData(RuleCodes.UnknownReference,
        "engine: { entities: { c: { count: 5, columns: { id: { key: sequential } } } } }\ncolumns: { a: { from: c.ids } }")]
    [InlineData(RuleCodes.UnknownReference, "columns: { a: { session: state } }")]
    [InlineData(RuleCodes.UnknownReference, "columns: { a: { constant: 1, per: session } }")]
    [InlineData(RuleCodes.SeveralRules, "columns: { x: { distribution: normal, mean: 0, sd: 1, pattern: abc } }")]
    [InlineData(RuleCodes.MixedValues, "columns: { x: { type: integer, values: [a, b] } }", RuleCodes.BadParameter)]
    [InlineData(RuleCodes.MixedValues, "columns: { x: { type: boolean, distribution: normal, mean: 0, sd: 1 } }")]
    [InlineData(RuleCodes.MixedValues, "columns: { a: { values: [x, y] }, b: { given: a, table: { x: 1, y: word } } }")]
    [InlineData(RuleCodes.EmptyRange, "columns: { x: { distribution: normal, mean: 0, sd: 1, truncate: [50, 60] } }")]
    [InlineData(RuleCodes.EmptyRange, "columns: { x: { distribution: poisson, mean: 2, truncate: [9.1, 9.9] } }")]
    [InlineData(RuleCodes.Machine, "engine: { sessions: { machine: { start: a, states: { a: { b: 1 }, b: { a: 1 } } } } }\n"
        + "columns: { s: { session: state } }")]
    [InlineData(RuleCodes.Machine, "engine: { sessions: { machine: { start: a, states: { a: { c: 1, end: 1 } } } } }\n"
        + "columns: { s: { session: state } }")]
    [InlineData(RuleCodes.NotByRules, "columns: { x: { values: [a, b] } }\nconstraints: [ unique x ]")]
    [InlineData(RuleCodes.NotByRules,
        "columns: { x: { key: sequential }, y: { values: [a, b] } }\nconstraints: [ y determines x ]")]
    [InlineData(RuleCodes.Counts, "columns: { x: { values: [a, b] } }\nbalance: { x: { a: 0.5 } }")]
    [InlineData(RuleCodes.Counts, "rows: 10\ncolumns: { x: { values: [a, b] } }\nbalance: { x: { c: 0.5 } }")]
    [InlineData(RuleCodes.Counts,
        "rows: 10\ncolumns: { x: { values: [a, b] } }\nconditions: [ { where: \"x = 'a'\", rows: 11 } ]")]
    [InlineData(RuleCodes.BadPattern, "columns: { x: { pattern: \"[a-z\" } }")]
    [InlineData(RuleCodes.BadPattern, "rows: 30\ncolumns: { x: { pattern: \"[a-z]\", unique: true } }")]
    [InlineData(RuleCodes.BadPattern, "rows: 30\ncolumns: { x: { pattern: \"[a-z]+\", unique: true } }")]
    [InlineData(RuleCodes.NoColumns, "columns: {}")]
    public void A_fault_is_found(string code, string yaml, string? instead = null) =>
        Assert.Contains(instead ?? code, RuleSpec.Faults(yaml));

    [Fact]
    public void Every_fault_comes_in_one_pass() =>
        Assert.Equal([RuleCodes.UnknownRule, RuleCodes.BadParameter, RuleCodes.NoRule], RuleSpec.Faults("""
            columns:
              a: { distribution: norml, mean: 0, sd: 1 }
              b: { distribution: gamma, shape: -2, scale: 1 }
              c: { type: text }
            """));

    [Fact]
    public void The_nearest_word_is_suggested()
    {
        var faults = new Simulant.Specs.DiagnosticBag();
        RulesEngine.Plan(RuleSpec.Parse("columns: { x: { distribution: lognormall, mu: 0, sigma: 1 } }"), faults);
        Assert.Contains("did you mean 'lognormal'", Assert.Single(faults.All).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_patterns_and_numbers_end_in_faults_or_values()
    {
        string[] patterns = ["", "a{1000000}", "(((((", "[^a]", "\\", "a|", "()", "~",
            "<1-9>", "&", "@", "[z-a]", "a{2,1}", "(a*)*", "#"];
        foreach (string pattern in patterns)
        {
            string quoted = pattern.Replace("\\", "\\\\", StringComparison.Ordinal);
            if (RuleSpec.Faults($"columns: {{ x: {{ pattern: \"{quoted}\" }} }}").Length == 0)
                RuleSpec.Sample($"columns: {{ x: {{ pattern: \"{quoted}\" }} }}", 20);
        }
        foreach (string number in new[] { "1e400", "-1e400", "NaN", "1e-320", "9e307", "''" })
            RuleSpec.Faults($"columns: {{ x: {{ distribution: normal, mean: {number}, sd: {number} }} }}");
    }
}
