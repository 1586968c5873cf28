using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Logic;

/// <summary>An expression over sets, worked out part by part.</summary>
internal sealed class SetExpression() : TaskFamily("set-expression", TaskCategories.Logic)
{
    public override AnswerKind Kind => AnswerKind.Set;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        int count = Math.Min(2 + level / 2, 4);
        string[] names = ["A", "B", "C", "D"];
        int[][] sets = [.. Enumerable.Range(0, count).Select(_ => random.Distinct(4 + level / 2, 1, 12).Order().ToArray())];
        var work = new StepList();
        var parts = new List<(string Text, int[] Members)>();
        for (int i = 0; i < Math.Max(count, level + 2); i++) parts.Add((names[i % count], sets[i % count]));
        while (parts.Count > 1)
        {
            int at = random.Below(parts.Count - 1);
            var (one, two) = (parts[at], parts[at + 1]);
            if (one.Text == two.Text && parts.Count == 2) parts[at + 1] = two = (names[(at + 1) % count], sets[(at + 1) % count]);
            string join = random.Pick(["union", "intersection", "minus", "symmetric difference"]);
            int[] result = Joined(join, one.Members, two.Members);
            // Nothing may come out empty: such sets make dull questions.
            if (result.Length == 0) result = Joined(join = "union", one.Members, two.Members);
            string text = $"({one.Text} {join} {two.Text})";
            work.Add($"work out {text}", Phrases.Commas(result));
            parts[at] = (text, result);
            parts.RemoveAt(at + 1);
        }
        string answer = Phrases.Commas(parts[0].Members);
        work.Add("its elements", answer);
        string given = string.Join("; ", sets.Select((set, i) => $"{names[i]} = {{{Phrases.Commas(set)}}}")), asked = parts[0].Text[1..^1];
        const string form = "Separate the elements by commas.";
        return new(draws.Wording.Pick(
        [
            $"Let {given}. Which elements are in [{asked}]? {form}",
            $"Given the sets {given}, work out [{asked}]. {form}",
            $"For {given}, list the elements of [{asked}]. {form}",
            $"The sets are {given}. What is [{asked}]? {form}",
        ]), answer, work);
    }

    private static int[] Joined(string join, int[] one, int[] two) => join switch
    {
        "union" => [.. one.Union(two).Order()],
        "intersection" => [.. one.Intersect(two)],
        "minus" => [.. one.Except(two)],
        _ => [.. one.Except(two).Concat(two.Except(one)).Order()],
    };
}

/// <summary>How many people are in exactly so many of some groups, by inclusion and exclusion.</summary>
internal sealed class VennCounts() : TaskFamily("venn-counts", TaskCategories.Logic)
{
    private static readonly string[][] Topics =
        [["tennis", "chess", "swimming", "judo"], ["French", "Spanish", "Latin", "Greek"], ["tea", "coffee", "juice", "cocoa"]];

    private static readonly string[] Said = ["play or practise", "learn", "drink"];

    public override int Levels => 4;

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        int count = level < 3 ? 2 : 3, topic = random.Below(3);
        string[] names = random.Sample(Topics[topic], count);
        int[] region = random.Numbers(1 << count, 2, 60);
        int At(int set) => Enumerable.Range(0, 1 << count).Where(r => (r & set) == set).Sum(r => region[r]);
        int total = region.Sum();
        bool exactly = level is 2 or 4;
        var said = new List<string>();
        for (int set = 1; set < 1 << count; set++)
            said.Add($"{At(set)} {Said[topic]} " + Phrases.And([.. names.Where((_, i) => (set >> i & 1) != 0)]));
        var work = new StepList();
        int answer;
        if (count == 2)
        {
            int union = At(1) + At(2) - At(3);
            work.Add("those in at least one", $"{At(1)} + {At(2)} - {At(3)} = {union}");
            answer = exactly ? union - At(3) : total - union;
            work.Add(exactly ? "without those in both" : "the rest of all", exactly ? $"{union} - {At(3)} = {answer}" : $"{total} - "
                + $"{union} = {answer}");
            if (exactly) work.Add("so exactly one applies to", $"{answer}");
        }
        else
        {
            int single = At(1) + At(2) + At(4), pairs = At(3) + At(5) + At(6), three = At(7);
            work.Add("add the single groups", $"{At(1)} + {At(2)} + {At(4)} = {single}");
            work.Add("add the pairs", $"{At(3)} + {At(5)} + {At(6)} = {pairs}");
            int union = single - pairs + three;
            work.Add("those in at least one", $"{single} - {pairs} + {three} = {union}");
            if (!exactly)
            {
                answer = total - union;
                work.Add("the rest of all", $"{total} - {union} = {answer}");
            }
            else
            {
                int two = pairs - 3 * three;
                work.Add("those in exactly two", $"{pairs} - 3 * {three} = {two}");
                answer = union - two - three;
                work.Add("take these and those in all three away", $"{union} - {two} - {three} = {answer}");
            }
        }
        string facts = Phrases.Commas(said), ask = exactly ? "exactly one of these" : "none of these";
        string note = "(each number includes those who also do more)";
        return new(draws.Wording.Pick(
        [
            $"Of {total} people, {facts} {note}. How many {Said[topic]} {ask}?",
            $"{total} people were asked: {facts} {note}. How many of them {Said[topic]} {ask}?",
            $"A survey of {total} people found that {facts} {note}. Find the number of those who {Said[topic]} {ask}.",
            $"In a group of {total}, {facts} {note}. To how many does it apply that they {Said[topic]} {ask}?",
        ]), $"{answer}", work);
    }
}
