using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Strings;

/// <summary>How many exchanges bubble sort makes.</summary>
internal sealed class BubbleSwaps() : TaskFamily("bubble-swaps", TaskCategories.Strings)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int[] list = draws.Problem.Distinct(3 + level, 1, 99);
        string shown = Phrases.List(list);
        var work = new StepList();
        int total = 0;
        for (int pass = 1, swaps = 1; swaps > 0; pass++)
        {
            swaps = 0;
            for (int i = 0; i + 1 < list.Length; i++)
            {
                if (list[i] <= list[i + 1]) continue;
                (list[i], list[i + 1]) = (list[i + 1], list[i]);
                swaps++;
            }
            total += swaps;
            work.Add($"pass {pass} makes {Phrases.Count(swaps, "exchange")}", $"{Phrases.List(list)}, total {total}");
        }
        return new(draws.Wording.Pick(
        [
            $"Bubble sort puts {shown} in rising order by exchanging neighbours that stand in the wrong order. How many exchanges does "
                + "it make?",
            $"How many swaps of neighbouring elements does bubble sort need to sort the list {shown} from small to large?",
            $"The list {shown} is sorted into increasing order by bubble sort, pass after pass until nothing moves. Count the swaps.",
            $"A program sorts {shown} upwards with bubble sort. How often does it exchange two neighbours in all?",
        ]), $"{total}", work);
    }
}

/// <summary>A list after some rounds of insertion sort.</summary>
internal sealed class InsertionRounds() : TaskFamily("insertion-rounds", TaskCategories.Strings)
{
    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int[] list = draws.Problem.Distinct(level + 5, 1, 99);
        int rounds = draws.Problem.Between(level, level + 2);
        string shown = Phrases.List(list);
        var work = new StepList();
        for (int round = 1; round <= rounds; round++)
        {
            int moved = list[round], at = round;
            for (; at > 0 && list[at - 1] > moved; at--) list[at] = list[at - 1];
            list[at] = moved;
            work.Add($"round {round} inserts {moved} at place {at + 1}", Phrases.Commas(list));
        }
        string answer = Phrases.Commas(list);
        string done = Phrases.Count(rounds, "round");
        return new(draws.Wording.Pick(
        [
            $"Insertion sort (rising) works on {shown}. Round 1 inserts the second element into the part before it, round 2 the third, "
                + "and so on. "
                + $"What does the list look like after {done}? Separate the numbers by commas.",
            $"Starting from {shown}, carry out {done} of insertion sort in increasing order, where round k takes the element after the "
                + "first k "
                + "and inserts it among them. Write the whole list, separated by commas.",
            $"The list {shown} is being sorted upwards by insertion sort; the first round places the second element. Give the list, with "
                + "commas, "
                + $"after {done}.",
            $"Apply {done} of insertion sort (smallest first; each round inserts one more element into the sorted front part, beginning "
                + "with the "
                + $"second element) to {shown}. Write down all the numbers, separated by commas.",
        ]), answer, work);
    }
}

/// <summary>Which elements a binary search looks at.</summary>
internal sealed class BinaryProbes() : TaskFamily("binary-probes", TaskCategories.Strings)
{
    private static readonly int[] Sizes = [6, 11, 21, 36, 60];

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int[] list = draws.Problem.Distinct(Sizes[level - 1], 1, 499);
        Array.Sort(list);
        int target = draws.Problem.Chance(0.6) ? draws.Problem.Pick(list) : draws.Problem.Between(1, 499);
        var work = new StepList();
        var probes = new List<int>();
        for (int low = 0, high = list.Length - 1; low <= high;)
        {
            int middle = (low + high) / 2;
            probes.Add(list[middle]);
            string verdict = list[middle] == target ? "found" : list[middle] < target ? "go right" : "go left";
            work.Add($"positions {low} to {high}, middle {middle}", $"{list[middle]} {(list[middle] == target ? "=" : list[middle] < target
                ? "<" : ">")} {target}: {verdict}");
            if (list[middle] == target) break;
            if (list[middle] < target) low = middle + 1;
            else high = middle - 1;
        }
        string answer = Phrases.Commas(probes), shown = Phrases.List(list);
        work.Add("the elements compared", answer);
        const string rule = "positions count from 0, and the middle of low and high is (low + high) / 2, rounded down";
        return new(draws.Wording.Pick(
        [
            $"A binary search looks for {target} in {shown}; {rule}. Which elements does it compare with, in order? Separate them by "
                + "commas.",
            $"Search for {target} by halving in the sorted list {shown}, where {rule}. List the elements probed, in order, with commas.",
            $"Looking for {target}, which elements of {shown} does binary search examine ({rule})? Give them in order, separated by "
                + "commas.",
            $"Trace the binary search for {target} in {shown}: {rule}. Write the values examined in order, separated by commas; it stops "
                + "when the "
                + "value is found or nothing is left.",
        ]), answer, work);
    }
}

/// <summary>Intervals that overlap or touch, joined.</summary>
internal sealed class MergedIntervals() : TaskFamily("merged-intervals", TaskCategories.Strings)
{
    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var given = new (int From, int To)[level + 3];
        for (int i = 0; i < given.Length; i++)
        {
            int from = draws.Problem.Between(0, 20 + 16 * level);
            given[i] = (from, from + draws.Problem.Between(2, 14));
        }
        var work = new StepList();
        var merged = new List<(int From, int To)>();
        foreach (var (from, to) in given.OrderBy(g => g.From).ThenBy(g => g.To))
        {
            if (merged.Count > 0 && from <= merged[^1].To) merged[^1] = (merged[^1].From, Math.Max(merged[^1].To, to));
            else merged.Add((from, to));
            work.Add($"take {from}-{to}", "now " + Show(merged));
        }
        string answer = Show(merged), shown = Show(given);
        work.Add("all are joined", answer);
        const string form = "Write them in rising order in the same form, separated by commas.";
        return new(draws.Wording.Pick(
        [
            $"Merge the intervals that overlap or touch: {shown}. {form}",
            $"Busy times are given as {shown}. Join every two that share at least a point. {form}",
            $"Combine {shown} into the fewest intervals that cover the same points, joining those that overlap or meet in an end point. "
                + $"{form}",
            $"What is left of the intervals {shown} when all that overlap or touch at an end are united? {form}",
        ]), answer, work);
    }

    private static string Show(IEnumerable<(int From, int To)> intervals) => Phrases.Commas(intervals.Select(i => $"{i.From}-{i.To}"));
}
