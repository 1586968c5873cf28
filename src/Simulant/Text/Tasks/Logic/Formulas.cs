using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Logic;

/// <summary>A propositional formula: a letter, a negation (left part alone) or two parts and what joins them.</summary>
internal sealed record Formula(string Joint, Formula? Left = null, Formula? Right = null)
{
    private static readonly string[] Joints = ["and", "or", "xor", "implies"];

    /// <summary>A random formula in which so many letters stand, each of those given at least once.</summary>
    public static Formula Draw(ItemDraws random, string letters, int leaves)
    {
        var parts = new List<Formula>();
        for (int i = 0; i < leaves; i++)
        {
            var leaf = new Formula($"{(i < letters.Length ? letters[i] : random.Pick(letters.ToCharArray()))}");
            parts.Add(random.Chance(0.3) ? new("not", leaf) : leaf);
        }
        while (parts.Count > 1)
        {
            int at = random.Below(parts.Count);
            var left = parts[at];
            parts.RemoveAt(at);
            at = random.Below(parts.Count);
            var joined = new Formula(random.Pick(Joints), left, parts[at]);
            parts[at] = parts.Count > 1 && random.Chance(0.2) ? new("not", joined) : joined;
        }
        return parts[0];
    }

    public bool Value(Func<char, bool> of) => Joint switch
    {
        "not" => !Left!.Value(of),
        "and" => Left!.Value(of) && Right!.Value(of),
        "or" => Left!.Value(of) || Right!.Value(of),
        "xor" => Left!.Value(of) != Right!.Value(of),
        "implies" => !Left!.Value(of) || Right!.Value(of),
        _ => of(Joint[0]),
    };

    /// <summary>Values of all parts but the letters, from the inside out.</summary>
    public bool Walk(Func<char, bool> of, StepList work)
    {
        if (Left is null) return of(Joint[0]);
        bool left = Left.Walk(of, work), right = Right?.Walk(of, work) ?? false;
        bool value = Joint switch { "not" => !left, "and" => left && right, "or" => left || right, "xor" => left != right, _ => !left
            || right };
        work.Add($"the value of {this}", Right is null ? $"not {Say(left)} = {Say(value)}" : $"{Say(left)} {Joint} {Say(right)} = "
            + $"{Say(value)}");
        return value;
    }

    public override string ToString() => Left is null ? Joint : Right is null ? $"not {Left}" : $"({Left} {Joint} {Right})";

    public static string Say(bool value) => value ? "true" : "false";
}

/// <summary>In how many rows of its truth table a formula holds.</summary>
internal sealed class TruthTableCount() : TaskFamily("truth-table-count", TaskCategories.Logic)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int count = Math.Min(level + 1, 5);
        string letters = string.Concat(draws.Problem.Sample<char>([.. "abcdefghijklmnopqrstuvwxyz"], count).Order());
        var formula = Formula.Draw(draws.Problem, letters, level + 4);
        var work = new StepList();
        int holds = 0;
        for (int row = 0; row < 1 << count; row++)
        {
            bool value = formula.Value(letter => (row >> (count - 1 - letters.IndexOf(letter)) & 1) != 0);
            if (value) holds++;
            work.Add(string.Join(", ", letters.Select((letter, i) => $"{letter} {Formula.Say((row >> (count - 1 - i) & 1) != 0)}")),
                $"{Formula.Say(value)}, count {holds}");
        }
        if (level == 5) work.Add("all 32 rows are done", $"{holds}");
        string names = Phrases.And([.. letters.Select(letter => $"{letter}")]);
        const string key = "(xor: exactly one of the two; \"a implies b\" is false only if a is true and b is false)";
        return new(draws.Wording.Pick(
        [
            $"For how many of the {1 << count} assignments of true and false to {names} is [{formula}] true? {key}",
            $"Count the rows of the truth table, over {names}, in which [{formula}] holds {key}.",
            $"The letters {names} can each be true or false. In how many cases is this true: [{formula}]? {key}",
            $"How many satisfying assignments over the variables {names} has [{formula}] {key}?",
        ]), $"{holds}", work);
    }
}

/// <summary>The value of a formula whose letters are known.</summary>
internal sealed class FormulaValue() : TaskFamily("formula-value", TaskCategories.Logic)
{
    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int count = level + 2;
        char[] letters = [.. draws.Problem.Sample<char>([.. "abcdefghijklmnopqrstuvwxyz"], count).Order()];
        var formula = Formula.Draw(draws.Problem, new string(letters), 2 * level + 3);
        bool[] values = [.. letters.Select(_ => draws.Problem.Chance(0.5))];
        var work = new StepList();
        string answer = Formula.Say(formula.Walk(letter => values[Array.IndexOf(letters, letter)], work));
        string given = Phrases.Commas(letters.Select((letter, i) => $"{letter} = {Formula.Say(values[i])}"));
        const string rule = "Answer true or false. (xor means exactly one of the two; an implication is false only from true to false.)";
        return new(draws.Wording.Pick(
        [
            $"Let {given}. What is the value of [{formula}]? {rule}",
            $"Evaluate [{formula}] for {given}. {rule}",
            $"Is [{formula}] true or false when {given}? {rule}",
            $"With {given}, which truth value has the formula [{formula}]? {rule}",
        ]), answer, work);
    }
}
