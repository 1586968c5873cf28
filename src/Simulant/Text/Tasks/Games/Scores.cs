using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Games;

/// <summary>A game of bowling added up.</summary>
internal sealed class BowlingScore() : TaskFamily("bowling-score", TaskCategories.Games)
{
    private static readonly int[] Frames = [4, 6, 7, 8, 10];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        int frames = Frames[level - 1];
        var rolls = new List<int>();
        var starts = new List<int>();
        for (int frame = 0; frame < frames; frame++)
        {
            starts.Add(rolls.Count);
            int first = random.Chance(0.25) ? 10 : random.Between(0, 9), second = random.Chance(0.3) ? 10 - first : random.Between(0,
                10 - first);
            rolls.Add(first);
            if (first < 10) rolls.Add(second);
            if (frame < frames - 1 || (first < 10 && first + second < 10)) continue;
            rolls.Add(first == 10 ? random.Between(0, 9) : random.Between(0, 10));
            if (first == 10) rolls.Add(random.Between(0, 10 - rolls[^1]));
        }
        var work = new StepList();
        int total = 0;
        for (int frame = 0; frame < frames; frame++)
        {
            int at = starts[frame], pins = rolls[at] == 10 ? 10 : rolls[at] + rolls[at + 1];
            int count = pins == 10 ? 3 : 2, score = rolls.Skip(at).Take(count).Sum();
            work.Add($"frame {frame + 1} is {(rolls[at] == 10 ? "a strike" : pins == 10 ? "a spare" : "open")}", string.Join(" + "
                + "", rolls.Skip(at).Take(count)) + $" = {score}, total {total + score}");
            total += score;
        }
        work.Add("the whole score", $"{total}");
        string shown = Phrases.List(rolls);
        string rule = $"There are {frames} frames of up to two rolls at ten pins. A strike (all ten with the first roll, which ends the "
            + "frame) also counts the next two rolls, a spare (all ten with two "
            + "rolls) the next one; rolls after the last frame only serve as such extras.";
        return new(draws.Wording.Pick(
        [
            $"{rule} The rolls are {shown}. What is the total?",
            $"Bowling with the rolls {shown}. {rule} Give the score.",
            $"Add up this bowling game: {shown}. {rule}",
            $"Pins felled, roll by roll: {shown}. {rule} How many points are that in all?",
        ]), $"{total}", work);
    }
}

/// <summary>Five dice scored in the boxes of a sheet.</summary>
internal sealed class DiceBoxes() : TaskFamily("dice-boxes", TaskCategories.Games)
{
    private static readonly string[] Boxes = ["pair", "three alike", "four alike", "full house", "small run", "large run", "chance",
        "fours", "fives", "sixes"];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        var work = new StepList();
        var said = new List<string>();
        int total = 0;
        foreach (string box in random.Sample(Boxes, level + 2))
        {
            int[] dice = random.Numbers(5, 1, 6);
            if (random.Chance(0.5)) dice = random.Shuffle([dice[0], dice[0], dice[0], dice[1], random.Chance(0.5) ? dice[1] : dice[0]]);
            else if (random.Chance(0.4)) dice = random.Shuffle([2, 3, 4, 5, random.Pick([1, 6])]);
            int score = Score(box, dice);
            said.Add($"{Phrases.List(dice)} as {box}");
            work.Add($"{said[^1]} gives {score}", $"{total} + {score} = {total + score}");
            total += score;
        }
        work.Add("altogether", $"{total}");
        string shown = string.Join("; ", said);
        const string rule = "pair: the sum of the highest two equal dice; three or four alike: the sum of that many equal dice; full "
            + "house (three of one number and two of another): the sum of all; "
            + "small run (1 to 5): 15; large run (2 to 6): 20; chance: the sum of all; fours, fives, sixes: the sum of the dice with "
                + "that number. What is not met scores 0";
        return new(draws.Wording.Pick(
        [
            $"Five dice are thrown several times and entered as follows: {shown}. Scores are as follows, {rule}. What is the total?",
            $"Add up these entries on a dice sheet: {shown}. The rules are: {rule}.",
            $"How many points are {shown} together? ({rule}.)",
            $"Rules: {rule}. Entries: {shown}. Give the sum of the points.",
        ]), $"{total}", work);
    }

    private static int Score(string box, int[] dice)
    {
        int Alike(int many) => Enumerable.Range(1, 6).Where(n => dice.Count(d => d == n) >= many).DefaultIfEmpty(0).Max() * many;
        int[] counts = [.. dice.GroupBy(d => d).Select(g => g.Count()).Order()];
        return box switch
        {
            "pair" => Alike(2),
            "three alike" => Alike(3),
            "four alike" => Alike(4),
            "full house" => counts is [2, 3] ? dice.Sum() : 0,
            "small run" => counts.Length == 5 && !dice.Contains(6) ? 15 : 0,
            "large run" => counts.Length == 5 && !dice.Contains(1) ? 20 : 0,
            "chance" => dice.Sum(),
            _ => dice.Where(d => d == (box == "fours" ? 4 : box == "fives" ? 5 : 6)).Sum(),
        };
    }
}

/// <summary>The table of a league after its matches.</summary>
internal sealed class LeagueTable() : TaskFamily("league-table", TaskCategories.Games)
{
    private static readonly string[] Teams =
        ["Ashford", "Brindle", "Carrow", "Denby", "Elmton", "Farley", "Gorse", "Holt", "Ilmer", "Kelby", "Langton", "Marlow", "Norden",
            "Oakley", "Penrith", "Quorn", "Ripley", "Selby"];

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        string[] teams = random.Sample(Teams, 3 + level / 3);
        int games = level + 2;
        int[] points = new int[teams.Length], forth = new int[teams.Length], against = new int[teams.Length];
        var said = new List<string>();
        var work = new StepList();
        for (int g = 0; g < games; g++)
        {
            int one = g % teams.Length, two = (one + 1 + random.Below(teams.Length - 1)) % teams.Length, a = random.Below(5),
                b = random.Below(5);
            said.Add($"{teams[one]} {a}-{b} {teams[two]}");
            (points[one], points[two]) = a > b ? (points[one] + 3, points[two]) : a < b ? (points[one], points[two] + 3) : (points[one]
                + 1, points[two] + 1);
            forth[one] += a;
            against[one] += b;
            forth[two] += b;
            against[two] += a;
            work.Add(said[^1], $"{teams[one]} {points[one]} points, {teams[two]} {points[two]} points");
        }
        int[] order = [.. Enumerable.Range(0, teams.Length).OrderByDescending(t => points[t]).ThenByDescending(t => forth[t] - against[t])
            .ThenByDescending(t => forth[t])
            .ThenBy(t => teams[t], StringComparer.Ordinal)];
        foreach (int t in order) work.Add($"{teams[t]} has {Phrases.Count(points[t], "point")}", $"goals {forth[t]}-{against[t]}, "
            + $"difference {forth[t]} - {against[t]} = {forth[t] - against[t]}");
        string answer = Phrases.Commas(order.Select(t => teams[t])), list = Phrases.Commas(said);
        work.Add("the order", answer);
        const string rule = "A win gives 3 points, a draw 1. Equal points are separated by goal difference, then by goals scored, then "
            + "by the alphabet.";
        return new(draws.Wording.Pick(
        [
            $"Results: {list}. {rule} Give the final table from first to last, separated by commas.",
            $"These matches were played: {list}. {rule} In which order do the teams stand? Separate them by commas.",
            $"{rule} After {list}, list the teams from the top of the table down, with commas.",
            $"Rank the teams after these games: {list}. {rule} Write the names in order, separated by commas.",
        ]), answer, work);
    }
}

/// <summary>Points of rounds of rock, paper, scissors with more signs.</summary>
internal sealed class FiveSigns() : TaskFamily("five-signs", TaskCategories.Games)
{
    // Each sign beats the next and the one three places on, in this circle.
    private static readonly string[] Signs = ["scissors", "paper", "rock", "lizard", "spock"];

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        string[] players = random.Sample(People.All, 2 + level / 3);
        int[] points = new int[players.Length];
        var said = new List<string>();
        var work = new StepList();
        for (int round = 0; round < level + 3; round++)
        {
            int[] shown = random.Numbers(players.Length, 0, 4);
            said.Add($"({round + 1}) {Phrases.Commas(shown.Select(sign => Signs[sign]))}");
            int[] gained = [.. shown.Select(mine => shown.Count(theirs => (theirs - mine + 5) % 5 is 1 or 3))];
            for (int i = 0; i < points.Length; i++) points[i] += gained[i];
            work.Add($"round {round + 1}, {Phrases.Commas(shown.Select(sign => Signs[sign]))}", $"gains {Phrases.Commas(gained)}; points "
                + $"{Phrases.Commas(points)}");
        }
        string answer = Phrases.Commas(points), names = Phrases.List(players), rounds = string.Join("; ", said);
        work.Add($"points of {Phrases.And(players)}", answer);
        const string rule = "Rock beats scissors and lizard, scissors beat paper and lizard, paper beats rock and spock, lizard beats "
            + "paper and spock, spock beats rock and scissors. "
            + "Each player gets one point for every other player beaten in a round";
        return new(draws.Wording.Pick(
        [
            $"{names} play. {rule}. The signs shown, in the order of the players: {rounds}. What are the final points, in that order, "
                + "separated by commas?",
            $"{rule}. Rounds of {names} (signs in this order): {rounds}. Give each player's points, separated by commas.",
            $"Count the points of {names} over these rounds: {rounds}. {rule}. Answer in the order of the names, with commas.",
            $"Rounds: {rounds}; the signs are those of {names}, in order. {rule}. List the totals with commas.",
        ]), answer, work);
    }
}
