using System.Numerics;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Logic;

/// <summary>Who lives where with what: the puzzle of the zebra, solved by striking out houses.</summary>
internal sealed class ZebraPuzzle() : TaskFamily("zebra-puzzle", TaskCategories.Logic)
{
    private static readonly string[][] Things =
    [
        ["cat", "dog", "parrot", "rabbit", "tortoise", "hamster", "goldfish", "canary"],
        ["tea", "coffee", "milk", "juice", "water", "cocoa", "lemonade"],
        ["piano", "violin", "flute", "guitar", "drum", "harp", "trumpet"],
    ];

    private static readonly (int Houses, int Kinds)[] Sizes = [(3, 2), (3, 3), (4, 3), (4, 4), (5, 4)];

    /// <summary>0: same house; 1: neighbours; 2: one somewhere left of two; 3: one in house Two + 1; 4: not the same house.</summary>
    private readonly record struct Clue(int Kind, int One, int Two)
    {
        // Where One can be, given where Two can be, and the other way round.
        public (int One, int Two) Narrow(int one, int two, int all) => Kind switch
        {
            0 => (one & two, one & two),
            1 => (one & (two << 1 | two >> 1), two & (one << 1 | one >> 1)),
            2 => (one & (Highest(two) - 1), two & ~((one & -one) - 1 | one & -one)),
            3 => (one & 1 << Two, all),
            _ => (Single(two) ? one & ~two : one, Single(one) ? two & ~one : two),
        };

        public bool Holds(int[] house) => Kind switch
        {
            0 => house[One] == house[Two],
            1 => Math.Abs(house[One] - house[Two]) == 1,
            2 => house[One] < house[Two],
            3 => house[One] == Two,
            _ => house[One] != house[Two],
        };

        private static int Highest(int bits) => bits == 0 ? 1 : 1 << BitOperations.Log2((uint)bits);

        private static bool Single(int bits) => BitOperations.IsPow2(bits);
    }

    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        var (houses, kinds) = Sizes[level - 1];
        string[] names = random.Sample(People.All, houses);
        string[] words = [.. names, .. Enumerable.Range(0, kinds - 1).SelectMany(k => random.Sample(Things[k], houses))];
        int[] house = [.. Enumerable.Range(0, kinds).SelectMany(_ => random.Shuffle(Enumerable.Range(0, houses).ToArray()))];
        var clues = new List<Clue>();
        while (!Solvable(clues, houses, words.Length))
            for (int some = 0; some < houses; some++)
                if (Draw(random, house, houses) is var clue && clue.Holds(house) && !clues.Contains(clue)) clues.Add(clue);
        for (int i = clues.Count - 1; i >= 0; i--)
        {
            var clue = clues[i];
            clues.RemoveAt(i);
            if (!Solvable(clues, houses, words.Length)) clues.Insert(i, clue);
        }
        var work = new StepList();
        int[] at = Solve(clues, houses, words.Length, words, work)!;
        int asked = random.Between(houses, words.Length - 1), who = Array.FindIndex(at, 0, houses, bits => bits == at[asked]);
        work.Add($"in the house of the {words[asked]} lives", words[who]);
        string rows = string.Join("; ", Enumerable.Range(1, kinds - 1).Select(k => Phrases.Commas(words[(k * houses)..((k
            + 1) * houses)])));
        string said = string.Join(" ", clues.Select((clue, i) => $"({i + 1}) {Say(clue, words, houses)}."));
        return new(draws.Wording.Pick(
        [
            $"{Count(houses)} houses stand in a row, numbered from left to right. In each lives one of {Phrases.Commas(names)}, and to "
                + "each belongs one of every "
                + $"group: {rows}. Nothing occurs twice. {said} Who has the {words[asked]}?",
            $"{Phrases.And(names)} live in houses 1 to {houses}, side by side from left to right. Each has one item of each of these "
                + $"lists: {rows}; no two share "
                + $"an item. {said} Whose is the {words[asked]}?",
            $"A row of {houses} houses, 1 being the leftmost, is inhabited by {Phrases.And(names)}, one a house, and every one of the "
                + "following belongs to exactly one "
                + $"of them, one of each group a person: {rows}. {said} To whom does the {words[asked]} belong?",
            $"Solve the puzzle. People: {Phrases.Commas(names)}. Groups: {rows}. Each person lives in one of the houses 1 to {houses} "
                + "(left to right) and has "
                + $"exactly one thing of each group, all different. {said} Name the person with the {words[asked]}.",
        ]), words[who], work);
    }

    private static string Count(int houses) => houses switch { 3 => "Three", 4 => "Four", _ => "Five" };

    private static Clue Draw(ItemDraws random, int[] house, int houses)
    {
        int one = random.Below(house.Length), two = random.Below(house.Length);
        while (two / houses == one / houses) two = random.Below(house.Length);
        return random.Below(8) switch
        {
            < 3 => new(0, one, Array.FindIndex(house, two / houses * houses, houses, h => h == house[one])),
            3 => new(1, one, two),
            4 => new(2, one, two),
            5 => new(3, one, house[one]),
            _ => new(4, one, two),
        };
    }

    private static string Say(Clue clue, string[] words, int houses)
    {
        string one = Name(clue.One), two = clue.Kind == 3 ? "" : Name(clue.Two);
        return clue.Kind switch
        {
            0 => $"{one} is in the same house as {two}",
            1 => $"{one} is in a house next to that of {two}",
            2 => $"{one} is somewhere to the left of {two}",
            3 => $"{one} is in house {clue.Two + 1}",
            _ => $"{one} is not in the same house as {two}",
        };

        string Name(int word) => (word < houses ? "" : "the ") + words[word];
    }

    private static bool Solvable(List<Clue> clues, int houses, int words) => Solve(clues, houses, words, null, null) is not null;

    /// <summary>Houses of every word as single bits, by striking out alone; null where that does not settle everything.</summary>
    private static int[]? Solve(List<Clue> clues, int houses, int words, string[]? names, StepList? work)
    {
        int all = (1 << houses) - 1;
        int[] at = new int[words];
        Array.Fill(at, all);
        for (bool moved = true; moved;)
        {
            moved = false;
            for (int c = 0; c < clues.Count; c++)
            {
                var (kind, one, two) = clues[c];
                var (first, second) = clues[c].Narrow(at[one], kind == 3 ? all : at[two], all);
                moved |= Set(one, first, $"clue {c + 1}");
                if (kind != 3) moved |= Set(two, second, $"clue {c + 1}");
            }
            for (int word = 0; word < words; word++)
            {
                int others = 0, start = word / houses * houses;
                for (int other = start; other < start + houses; other++)
                {
                    if (other == word) continue;
                    others |= at[other];
                    if (BitOperations.IsPow2(at[word])) moved |= Set(other, at[other] & ~at[word], "that house is taken");
                }
                if ((all & ~others) is var alone && alone != 0) moved |= Set(word, at[word] & alone, "no other of its group can be there");
            }
        }
        return at.All(bits => BitOperations.IsPow2(bits)) ? at : null;

        bool Set(int word, int bits, string why)
        {
            if (bits == at[word]) return false;
            at[word] = bits;
            work?.Add($"{why}: {(word < houses ? "" : "the ")}{names![word]}", "house " + string.Join(" or ",
                Enumerable.Range(0, houses).Where(h => (bits >> h & 1) != 0).Select(h => h + 1)));
            return true;
        }
    }
}
