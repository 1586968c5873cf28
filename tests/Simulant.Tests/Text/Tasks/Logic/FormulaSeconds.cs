using System.Numerics;
using System.Text.RegularExpressions;

namespace Simulant.Tests.Text.Tasks.Logic;

/// <summary>Whole columns of the truth table at once, as bits.</summary>
internal sealed class TruthTableSecond() : Second("truth-table-count", q =>
{
    string text = Asked.First(q, @"\[(.*)\]");
    char[] letters = [.. Regex.Matches(text, @"\b[a-z]\b").Select(m => m.Value[0]).Distinct()];
    int rows = 1 << letters.Length, at = 0;
    uint all = rows == 32 ? uint.MaxValue : (1u << rows) - 1;
    return $"{BitOperations.PopCount(Column() & all)}";

    uint Column()
    {
        if (text[at..].StartsWith("not ", StringComparison.Ordinal))
        {
            at += 4;
            return ~Column();
        }
        if (text[at] != '(')
        {
            int letter = Array.IndexOf(letters, text[at++]);
            uint bits = 0;
            for (int row = 0; row < rows; row++) bits |= (uint)(row >> letter & 1) << row;
            return bits;
        }
        at++;
        uint left = Column();
        string joint = Regex.Match(text[at..], @"^ (\w+) ").Groups[1].Value;
        at += joint.Length + 2;
        uint right = Column();
        at++;
        return joint switch { "and" => left & right, "or" => left | right, "xor" => left ^ right, _ => ~left | right };
    }
});

/// <summary>Rewrites the text itself, innermost part first.</summary>
internal sealed class FormulaValueSecond() : Second("formula-value", q =>
{
    string text = Asked.First(q, @"\[(.*)\]");
    foreach (var pair in Asked.All(q, @"\b([a-z]) = (true|false)")) text = Regex.Replace(text, $@"\b{pair[0]}\b", pair[1] == "true" ? "T"
        : "F");
    for (string before = ""; before != text;)
    {
        before = text;
        text = text.Replace("not T", "F").Replace("not F", "T");
        text = Regex.Replace(text, @"\((T|F) (and|or|xor|implies) (T|F)\)", m => (m.Groups[1].Value + m.Groups[2].Value + m.Groups[3]
            .Value) switch
        {
            "TandT" or "TorT" or "TorF" or "ForT" or "TxorF" or "FxorT" or "TimpliesT" or "FimpliesT" or "FimpliesF" => "T",
            _ => "F",
        });
    }
    return text == "T" ? "true" : "false";
});

/// <summary>Goes through all assignments.</summary>
internal sealed class ClauseSecond() : Second("clause-entailment", q =>
{
    string list = Asked.First(q, @"((?:(?:not )?[A-Z] or (?:not )?[A-Z](?: or (?:not )?[A-Z])?(?:; )?)+)");
    string goal = Asked.First(q.Replace(list, ""), @"((?:not )?\b[A-Z]\b)");
    string[][] clauses = [.. list.Split("; ").Select(clause => clause.Split(" or "))];
    char[] letters = [.. list.Where(char.IsAsciiLetterUpper).Append(goal[^1]).Distinct()];
    for (int row = 0; row < 1 << letters.Length; row++)
    {
        bool Holds(string literal) => (row >> Array.IndexOf(letters, literal[^1]) & 1) != 0 != (literal.Length > 1);
        if (clauses.All(clause => clause.Any(Holds)) && !Holds(goal)) return "no";
    }
    return "yes";
});

/// <summary>Backwards from the goal.</summary>
internal sealed class RuleSecond() : Second("rule-chaining", q =>
{
    var rules = Asked.All(q, @"If (.*?), then (.*?)\.").Select(rule => (If: Parts(rule[0]), Then: rule[1])).ToArray();
    string start = Asked.First(Regex.Replace(q, @"If .*?, then .*?\.", ""),
        @"(?:Facts: |following hold: |these facts: |At the start )([^.]*)\.");
    string[] facts = start.Split("; ");
    return Proven(Asked.Quoted(q)[0], []) ? "yes" : "no";

    static string[] Parts(string text) => Regex.Split(text, ", | and ");

    bool Proven(string goal, string[] above) => facts.Contains(goal)
        || (!above.Contains(goal) && rules.Any(rule => rule.Then == goal && rule.If.All(need => Proven(need, [.. above, goal]))));
});

/// <summary>Asks for the output and, recursively, for what it needs.</summary>
internal sealed class GateSecond() : Second("gate-circuit", q =>
{
    var inputs = Asked.All(q, @"(x\d+) = ([01])").ToDictionary(p => p[0], p => p[1] == "1");
    var gates = Asked.All(q, @"\b([a-w]) = (\w+) (AND|OR|XOR|NAND|NOR) (\w+)").ToDictionary(g => g[0]);
    return Of(Asked.First(q, @"(?:output|at|signal|is) ([a-w])\b(?! =)")) ? "1" : "0";

    bool Of(string wire)
    {
        if (inputs.TryGetValue(wire, out bool given)) return given;
        var gate = gates[wire];
        int ones = (Of(gate[1]) ? 1 : 0) + (Of(gate[3]) ? 1 : 0);
        return gate[2] switch { "AND" => ones == 2, "OR" => ones > 0, "XOR" => ones == 1, "NAND" => ones < 2, _ => ones == 0 };
    }
});
