using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Games;

/// <summary>How many winning first moves a position of Nim has.</summary>
internal sealed class NimMoves() : TaskFamily("nim-moves", TaskCategories.Games)
{
    private static readonly int[] Most = [20, 12, 9, 7, 6];

    public override AnswerKind Kind => AnswerKind.Integer;

    public override long? Problems(int level) => (long)Math.Pow(Most[level - 1], level + 2);

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int[] heaps = new int[level + 2];
        for (int i = 0; i < heaps.Length; i++, problem /= Most[level - 1]) heaps[i] = (int)(problem % Most[level - 1]) + 1;
        var work = new StepList();
        int sum = heaps[0];
        for (int i = 1; i < heaps.Length; i++)
        {
            work.Add("add in binary without carrying", $"{sum} xor {heaps[i]} = {sum ^ heaps[i]}");
            sum ^= heaps[i];
        }
        int moves = 0;
        for (int i = 0; i < heaps.Length; i++)
        {
            int left = heaps[i] ^ sum;
            if (sum != 0 && left < heaps[i]) moves++;
            work.Add(sum == 0 ? $"heap {i + 1} cannot be changed without spoiling the balance" : left < heaps[i] ? $"heap {i + 1} can be "
                + $"cut to {left}" : $"heap {i + 1} would have to grow",
                $"{heaps[i]} xor {sum} = {left}");
        }
        work.Add("winning moves in all", $"{moves}");
        string shown = Phrases.List(heaps);
        const string rule = "Players take turns to remove any positive number of counters from one heap; who takes the last counter wins.";
        return new(draws.Wording.Pick(
        [
            $"Nim with the heaps {shown}. {rule} How many of the first player's moves keep a sure win? (Heaps of equal size count as "
                + "different.)",
            $"{rule} The heaps are {shown}. Count the winning moves of the player whose turn it is, 0 if there are none; equal heaps are "
                + "told apart.",
            $"In how many ways can the player to move force a win from {shown}? {rule} A way is a choice of heap and amount for the "
                + "first move.",
            $"Heaps: {shown}. {rule} How many different first moves (heap and number taken) win against best play?",
        ]), $"{moves}", work);
    }
}

/// <summary>Who wins when only some numbers may be taken from a heap.</summary>
internal sealed class TakingGame() : TaskFamily("taking-game", TaskCategories.Games)
{
    public override AnswerKind Kind => AnswerKind.Set;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        string[] players = draws.Problem.Sample(People.All, 2);
        int[] takes, good;
        int heap;
        StepList work;
        do
        {
            takes = [.. draws.Problem.Distinct(draws.Problem.Between(3, 4), 1, 14).Order()];
            heap = draws.Problem.Between(5 * level + 5, 5 * level + 9);
            good = Solve(heap, takes, work = []);
        } while (good.Length == 0);
        string answer = Phrases.Commas(good);
        work.Add("first moves that leave a losing heap", answer);
        string allowed = Phrases.Commas(takes);
        const string form = "Separate by commas.";
        return new(draws.Wording.Pick(
        [
            $"{players[0]} and {players[1]} take counters in turn from a heap of {heap}; each time the number taken must be one of "
                + $"[{allowed}]. Who cannot move loses. Which numbers can "
                + $"{players[0]}, who starts, take to be sure of winning? {form}",
            $"From {heap} matches the players {players[0]} (first) and {players[1]} remove in turn exactly one of [{allowed}]; a player "
                + $"who cannot do so loses. Which first moves win? {form}",
            $"A heap has {heap} stones, and a move takes away a number among [{allowed}]. Whoever has no move left loses. List the "
                + $"winning first moves of {players[0]} against "
                + $"{players[1]}. {form}",
            $"Game for {players[0]} and {players[1]}: {heap} coins, moves of [{allowed}] coins only, no move means defeat. What can "
                + $"{players[0]} take first and win with certainty? {form}",
        ]), answer, work);
    }

    private static int[] Solve(int heap, int[] takes, StepList work)
    {
        bool[] wins = new bool[heap + 1];
        for (int n = 0; n <= heap; n++)
        {
            int take = Array.Find(takes, t => t <= n && !wins[n - t]);
            wins[n] = take > 0;
            work.Add(wins[n] ? $"{n} wins" : $"{n} loses", wins[n] ? $"{n} - {take} = {n - take}, which loses"
                : takes[0] > n ? "no move"
                : "all moves lead to " + Phrases.Commas(takes.Where(t => t <= n).Select(t => n - t)) + ", which win");
        }
        return [.. takes.Where(t => t <= heap && !wins[heap - t])];
    }
}

/// <summary>Seeds sown round a board.</summary>
internal sealed class MancalaSowing() : TaskFamily("mancala-sowing", TaskCategories.Games)
{
    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        int pits = 6 + level / 2;
        int[] seeds = random.Numbers(pits, 1, 8), start = [.. seeds];
        var moves = new List<int>();
        var work = new StepList();
        while (moves.Count < level)
        {
            int pit = random.Below(pits);
            if (seeds[pit] == 0) continue;
            moves.Add(pit + 1);
            int hand = seeds[pit], at = pit;
            seeds[pit] = 0;
            work.Add($"take {hand} out of pit {pit + 1}", Phrases.Commas(seeds));
            for (; hand > 0; hand--)
            {
                at = (at + 1) % pits;
                seeds[at]++;
            }
            work.Add($"sow them up to pit {at + 1}", Phrases.Commas(seeds));
        }
        string answer = Phrases.Commas(seeds), shown = Phrases.List(start), order = Phrases.And([.. moves.Select(m => $"pit {m}")]);
        const string rule = "A move takes all seeds out of a pit and sows them one by one into the following pits, going on with pit 1 "
            + "after the last.";
        return new(draws.Wording.Pick(
        [
            $"{pits} pits in a circle, numbered from 1, hold {shown} seeds. {rule} Play {order}, in this order. How many seeds are in "
                + "each pit then? Separate by commas.",
            $"{rule} At the start the pits hold {shown}. What do they hold after moves from {order}? Give all numbers, separated by "
                + "commas.",
            $"A ring of pits holds {shown} (pit 1 first). {rule} Carry out {order} one after another and list the contents, with commas.",
            $"Sowing game with the pits {shown}: {rule} The moves are {order}. Write the final contents from pit 1 on, separated by "
                + "commas.",
        ]), answer, work);
    }
}

/// <summary>Where a piece stands on a board with ladders and snakes.</summary>
internal sealed class SnakesAndLadders() : TaskFamily("snakes-and-ladders", TaskCategories.Games)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        int[] fields = random.Distinct(10, 2, 48);
        int[] rolls = random.Numbers(3 + 2 * level, 1, 6);
        var jumps = Enumerable.Range(0, 5).Select(i => (From: fields[2 * i], To: fields[2 * i + 1])).ToArray();
        int at = random.Between(0, 9), start = at;
        var work = new StepList();
        foreach (int roll in rolls)
        {
            int to = at + roll;
            if (to > 50)
            {
                work.Add($"a roll of {roll} would pass the end, so the piece stays", $"{at} + {roll} = {to} > 50");
                continue;
            }
            int jump = Array.FindIndex(jumps, j => j.From == to);
            work.Add(jump < 0 ? $"roll {roll}" : $"roll {roll} and go on from {to} to {jumps[jump].To}", $"{at} + {roll} = {to}"
                + (jump < 0 ? "" : $", then {jumps[jump].To}"));
            at = jump < 0 ? to : jumps[jump].To;
        }
        work.Add("the piece ends on", $"{at}");
        string list = Phrases.Commas(jumps.Select(j => $"{j.From} to {j.To}")), dice = Phrases.List(rolls);
        const string rule = "A roll that would lead beyond field 50 is lost.";
        return new(draws.Wording.Pick(
        [
            $"A board has the fields 1 to 50 and these ladders and snakes: {list}. A piece on {start} moves by the rolls {dice}; ending "
                + "a roll on the first field of a pair, it goes at once to "
                + $"the second. {rule} Where does it stand in the end?",
            $"Snakes and ladders on 50 fields: from {list}. Starting on {start}, the dice show {dice}. After each roll a piece on a "
                + $"listed field is carried to its partner. {rule} What is the "
                + "final field?",
            $"Jumps: {list}. The token starts on {start} and the rolls are {dice}. Landing on the start of a jump means moving to its "
                + $"end, once. {rule} The last field is 50. Give the final field.",
            $"Play the rolls {dice} from field {start}. There are jumps on this board of 50 fields, taken when a roll ends on their "
                + $"first field: {list}. {rule} On which field is the piece then?",
        ]), $"{at}", work);
    }
}
