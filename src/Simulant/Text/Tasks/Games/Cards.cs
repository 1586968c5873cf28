using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Games;

/// <summary>A pack of 52: cards are numbers from 0, four suits of thirteen ranks, ace high.</summary>
internal static class Pack
{
    public const string Ranks = "23456789TJQKA";

    public static string Name(int card) => (Ranks[card % 13] == 'T' ? "10" : $"{Ranks[card % 13]}") + "SHDC"[card / 13];

    public static string Names(IEnumerable<int> cards) => string.Join(' ', cards.Select(Name));
}

/// <summary>Totals of hands at blackjack, and who is nearer to 21.</summary>
internal sealed class BlackjackTotals() : TaskFamily("blackjack-totals", TaskCategories.Games)
{
    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        int[] cards = random.Distinct(4 * (level + 1), 0, 51);
        string[] players = random.Sample(People.All, level + 1);
        var work = new StepList();
        var totals = new List<int>();
        var hands = new List<string>();
        int at = 0;
        foreach (string player in players)
        {
            int[] hand = cards[at..(at += random.Between(2, 4))];
            int aces = hand.Count(card => card % 13 == 12), total = hand.Sum(card => card % 13 == 12 ? 11 : Math.Min(card % 13 + 2, 10)),
                soft = aces;
            for (; total > 21 && soft > 0; soft--) total -= 10;
            totals.Add(total);
            hands.Add($"{player}: {Pack.Names(hand)}");
            work.Add($"{player} has {Pack.Names(hand)}" + (aces == 0 ? "" : $", {aces - soft} of {aces} aces as 1"),
                string.Join(" + ", hand.Select(card => card % 13 == 12 ? "A" : $"{Math.Min(card % 13 + 2, 10)}")) + $" = {total}");
        }
        string answer = Phrases.Commas(totals), shown = string.Join("; ", hands);
        work.Add("in order", answer);
        const string rule = "Number cards count their number, J, Q and K count 10, an ace counts 11, or 1 as far as needed to stay at 21 "
            + "or below.";
        return new(draws.Wording.Pick(
        [
            $"{rule} What are the blackjack totals of these hands, in this order? {shown}. Separate by commas.",
            $"Give the value of each hand at blackjack, separated by commas, in the order given: {shown}. {rule}",
            $"Blackjack hands (rank and suit, 10H is the ten of hearts): {shown}. {rule} List the totals in order, with commas.",
            $"{shown}. Work out the total of every hand for blackjack. {rule} Separate the totals by commas, keeping the order.",
        ]), answer, work);
    }
}

/// <summary>What five cards are worth at poker.</summary>
internal sealed class PokerHands() : TaskFamily("poker-hands", TaskCategories.Games)
{
    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        var work = new StepList();
        var names = new List<string>();
        var hands = new List<string>();
        for (int i = 0; i <= level; i++)
        {
            int[] hand = random.Shuffle(Hand(random));
            string name = Rank(hand, out string why);
            names.Add(name);
            hands.Add($"({i + 1}) {Pack.Names(hand)}");
            work.Add($"hand {i + 1}, {Pack.Names(hand)}: {why}", name);
        }
        string answer = Phrases.Commas(names), shown = string.Join("; ", hands);
        work.Add("in order", answer);
        const string list = "high card, pair, two pairs, three of a kind, straight, flush, full house, four of a kind, straight flush";
        return new(draws.Wording.Pick(
        [
            $"Name the poker hands {shown}. Choose from: {list}. (An ace is high, or low in A 2 3 4 5.) Separate by commas, in order.",
            $"What is each of these hands at poker? {shown}. The names are {list}; an ace may be low in the straight A 2 3 4 5. Answer "
                + "in order, with commas.",
            $"Poker: {shown}. For each hand give the best of these names that applies, where the list goes from low to high: {list}. "
                + "Aces are high, but A 2 3 4 5 is a straight. "
                + "Separate by commas.",
            $"Classify {shown} as one of {list} each (ace high; A to 5 also is a straight). Separate the names by commas in the order of "
                + "the hands.",
        ]), answer, work);
    }

    // Rare kinds are drawn on purpose, so that all of them come up.
    private static int[] Hand(ItemDraws random)
    {
        int suit = random.Below(4), low = random.Between(-1, 8);
        int[] ranks = random.Distinct(5, 0, 12), suits = random.Shuffle(new[] { 0, 1, 2, 3 });
        int Card(int s, int rank) => 13 * s + (rank + 13) % 13;
        return random.Below(9) switch
        {
            0 => [.. Enumerable.Range(low, 5).Select(rank => Card(suit, rank))],
            1 => [.. ranks.Select(rank => Card(suit, rank))],
            2 => [.. Enumerable.Range(low, 5).Select(rank => Card(random.Below(4), rank))],
            3 => [Card(0, ranks[0]), Card(1, ranks[0]), Card(2, ranks[0]), Card(3, ranks[0]), Card(suit, ranks[1])],
            4 => [Card(suits[0], ranks[0]), Card(suits[1], ranks[0]), Card(suits[2], ranks[0]), Card(suits[2], ranks[1]), Card(suits[3],
                ranks[1])],
            5 => [Card(suits[0], ranks[0]), Card(suits[1], ranks[0]), Card(suits[2], ranks[0]), Card(suits[2], ranks[1]), Card(suits[3],
                ranks[2])],
            6 => [Card(suits[0], ranks[0]), Card(suits[1], ranks[0]), Card(suits[2], ranks[1]), Card(suits[3], ranks[1]), Card(suit,
                ranks[2])],
            7 => [Card(suits[0], ranks[0]), Card(suits[1], ranks[0]), Card(suits[2], ranks[1]), Card(suits[3], ranks[2]), Card(suit,
                ranks[3])],
            _ => random.Distinct(5, 0, 51),
        };
    }

    private static string Rank(int[] hand, out string why)
    {
        int[] ranks = [.. hand.Select(card => card % 13).Order()];
        int[] counts = [.. ranks.GroupBy(rank => rank).Select(group => group.Count()).OrderDescending()];
        bool flush = hand.All(card => card / 13 == hand[0] / 13), straight = counts.Length == 5 && (ranks[4] - ranks[0] == 4
            || (ranks[4] == 12 && ranks[3] == 3));
        why = $"counts of equal ranks {string.Join("-", counts)}" + (flush ? ", one suit" : "") + (straight ? ", ranks in a row" : "");
        return (flush, straight, counts[0], counts[^1]) switch
        {
            (true, true, _, _) => "straight flush",
            (_, _, 4, _) => "four of a kind",
            (_, _, 3, 2) => "full house",
            (true, _, _, _) => "flush",
            (_, true, _, _) => "straight",
            (_, _, 3, _) => "three of a kind",
            (_, _, 2, _) => counts[1] == 2 ? "two pairs" : "pair",
            _ => "high card",
        };
    }
}

/// <summary>Tricks won when suit must be led, followed or trumped.</summary>
internal sealed class TrickWinners() : TaskFamily("trick-winners", TaskCategories.Games)
{
    private static readonly string[] Suits = ["spades", "hearts", "diamonds", "clubs"];

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        string[] players = random.Sample(People.All, 4);
        int trump = random.Below(4), leader = 0;
        int[] cards = random.Distinct(4 * (level + 1), 0, 51);
        int[] won = new int[4];
        var said = new List<string>();
        var work = new StepList();
        for (int trick = 0; trick <= level; trick++)
        {
            int best = 0;
            int[] four = cards[(4 * trick)..(4 * trick + 4)];
            for (int i = 1; i < 4; i++)
                if (Beats(four[i], four[best], trump)) best = i;
            int winner = (leader + best) % 4;
            won[winner]++;
            said.Add($"({trick + 1}) {Pack.Names(four)}");
            work.Add($"trick {trick + 1}, led by {players[leader]}: {Pack.Names(four)}", $"{Pack.Name(four[best])} wins, played by "
                + $"{players[winner]}");
            leader = winner;
        }
        string answer = Phrases.Commas(won);
        work.Add($"tricks of {Phrases.And(players)}", answer);
        string rule = $"Trumps are {Suits[trump]}. A trick goes to its highest trump or, without trumps, to the highest card of the suit "
            + "that was led; the order is 2 to 10, J, Q, K, A. The winner "
            + "leads the next trick, and play goes round in the order of the names.";
        string shown = string.Join("; ", said), names = Phrases.List(players);
        const string form = "Give the four numbers in the order of the names, separated by commas.";
        return new(draws.Wording.Pick(
        [
            $"{names} play cards, {players[0]} leading first. {rule} The tricks, as the cards fall: {shown}. How many tricks does each "
                + $"win? {form}",
            $"{rule} Players in order: {names}; {players[0]} leads the first trick. Cards played: {shown}. Count the tricks of each "
                + $"player. {form}",
            $"At a table sit {names} in this order. {rule} {players[0]} begins. These are the tricks: {shown}. {form}",
            $"Cards of each trick, in the order played: {shown}. The players are {names}, and {players[0]} leads to the first. {rule} "
                + $"Who wins how many? {form}",
        ]), answer, work);
    }

    private static bool Beats(int card, int best, int trump) =>
        card / 13 == best / 13 ? card % 13 > best % 13 : card / 13 == trump;
}
