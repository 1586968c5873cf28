using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Logic;

/// <summary>The order of a race from clues.</summary>
internal sealed class FinishingOrder() : TaskFamily("finishing-order", TaskCategories.Logic)
{
    /// <summary>0: one before two; 1: one directly after two; 2: one at place two; 3: one not at place two.</summary>
    private readonly record struct Clue(int Kind, int One, int Two)
    {
        // place[p] is 0 where the person is not placed yet.
        public bool Allows(int[] place) => Kind switch
        {
            0 => place[One] == 0 || (place[Two] != 0 && place[Two] < place[One] ? false : true),
            1 => place[One] == 0 && place[Two] == 0 || (place[One] != 0 ? place[Two] != 0 && place[One] == place[Two] + 1
                : place[Two] == place.Max()),
            2 => place[One] == 0 ? place.Max() < Two : place[One] == Two,
            _ => place[One] != Two,
        };

        public string Say(string[] names) => Kind switch
        {
            0 => $"{names[One]} finished before {names[Two]}",
            1 => $"{names[One]} finished directly after {names[Two]}",
            2 => $"{names[One]} finished in place {Two}",
            _ => $"{names[One]} did not finish in place {Two}",
        };
    }

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        int count = level + 2;
        string[] names = random.Sample(People.All, count);
        int[] truth = random.Shuffle(Enumerable.Range(1, count).ToArray());
        var clues = new List<Clue>();
        while (Count(clues, new int[count], 1) > 1)
        {
            int[] two = random.Sample(Enumerable.Range(0, count).ToArray(), 2);
            int kind = random.Below(10) switch { < 5 => 0, < 7 => 1, 7 => 2, _ => 3 };
            Clue clue = kind switch
            {
                0 => truth[two[0]] < truth[two[1]] ? new(0, two[0], two[1]) : new(0, two[1], two[0]),
                1 => new(1, two[0], Array.IndexOf(truth, truth[two[0]] - 1)),
                2 => new(2, two[0], truth[two[0]]),
                _ => new(3, two[0], random.Between(1, count)),
            };
            if ((kind == 1 && clue.Two < 0) || (kind == 3 && truth[two[0]] == clue.Two) || clues.Contains(clue)) continue;
            clues.Add(clue);
        }
        for (int i = clues.Count - 1; i >= 0; i--)
        {
            var clue = clues[i];
            clues.RemoveAt(i);
            if (Count(clues, new int[count], 1) > 1) clues.Insert(i, clue);
        }
        var work = new StepList();
        int[] place = new int[count];
        Place(clues, names, place, 1, work);
        string answer = Phrases.Commas(names.OrderBy(name => place[Array.IndexOf(names, name)]));
        work.Add("the order is", answer);
        string given = string.Join("; ", clues.Select(clue => clue.Say(names)));
        string people = Phrases.And(names);
        return new(draws.Wording.Pick(
        [
            $"{people} ran a race without ties. {given}. In which order did they finish? List the names from first to last, separated by "
                + "commas.",
            $"In a race of {people} (no two arrived together) this is known: {given}. Give the full order, winner first, separated by "
                + "commas.",
            $"Find the order of arrival of {people}. Clues: {given}. There were no ties. Write the names with commas, first to last.",
            $"Who came in when? The runners were {people}, with no ties. {given}. Answer with all names in finishing order, separated by "
                + "commas.",
        ]), answer, work);
    }

    private static int Count(List<Clue> clues, int[] place, int next)
    {
        if (next > place.Length) return 1;
        int found = 0;
        for (int i = 0; i < place.Length && found < 2; i++)
        {
            if (place[i] != 0) continue;
            place[i] = next;
            if (Broken(clues, place) < 0) found += Count(clues, place, next + 1);
            place[i] = 0;
        }
        return found;
    }

    private static int Broken(List<Clue> clues, int[] place)
    {
        for (int c = 0; c < clues.Count; c++)
            if (!clues[c].Allows(place)) return c;
        return -1;
    }

    private static bool Place(List<Clue> clues, string[] names, int[] place, int next, StepList work)
    {
        if (next > place.Length) return true;
        for (int i = 0; i < place.Length; i++)
        {
            if (place[i] != 0) continue;
            place[i] = next;
            int broken = Broken(clues, place);
            work.Add($"try {names[i]} in place {next}", broken < 0 ? "nothing speaks against it" : $"impossible: "
                + $"{clues[broken].Say(names)}");
            if (broken < 0 && Place(clues, names, place, next + 1, work)) return true;
            place[i] = 0;
        }
        return false;
    }
}

/// <summary>How much taller one person is than another, through differences of others.</summary>
internal sealed class RelativeHeights() : TaskFamily("relative-heights", TaskCategories.Logic)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        int count = level + 3;
        string[] names = random.Sample(People.All, count);
        int[] height = random.Distinct(count, 150, 199);
        var facts = new List<(int One, int Two)>();
        for (int i = 1; i < count; i++)
        {
            int other = random.Chance(0.7) ? i - 1 : random.Below(i);
            facts.Add(random.Chance(0.5) ? (i, other) : (other, i));
        }
        var shuffled = random.Shuffle(facts);
        int from = 0, to = count - 1;
        if (height[to] < height[from]) (from, to) = (to, from);
        int?[] above = new int?[count];
        above[from] = 0;
        var work = new StepList();
        for (bool moved = true; moved && above[to] is null;)
        {
            moved = false;
            foreach (var (one, two) in shuffled)
            {
                if (above[one] is null == above[two] is null) continue;
                var (known, found) = above[one] is null ? (two, one) : (one, two);
                int difference = height[found] - height[known];
                above[found] = above[known] + difference;
                moved = true;
                work.Add($"{names[found]} against {names[from]}, by way of {names[known]}",
                    $"{above[known]} {(difference < 0 ? "-" : "+")} {Math.Abs(difference)} = {above[found]}");
            }
        }
        work.Add($"{names[to]} is taller than {names[from]} by", $"{above[to]} cm");
        string given = string.Join("; ", shuffled.Select(f => $"{names[f.One]} is {Math.Abs(height[f.One] - height[f.Two])} cm "
            + $"{(height[f.One] > height[f.Two] ? "taller" : "shorter")} than {names[f.Two]}"));
        return new(draws.Wording.Pick(
        [
            $"{given}. By how many centimetres is {names[to]} taller than {names[from]}? Answer with the number only.",
            $"We know: {given}. How many centimetres taller than {names[from]} is {names[to]}? Give just the number.",
            $"Heights were compared: {given}. Find by how many cm {names[to]} exceeds {names[from]}, as a number.",
            $"From these comparisons ({given}) work out how much taller {names[to]} is than {names[from]}, in cm. Number only.",
        ]), $"{above[to]}", work);
    }
}
