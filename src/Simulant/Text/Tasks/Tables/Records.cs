using Simulant.Text.Tasks.Units;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Tables;

/// <summary>A table with totals in which numbers are missing.</summary>
internal sealed class CrosstabMissing() : TaskFamily("crosstab-missing", TaskCategories.Tables)
{
    // Every blank joins a row and a column; more than 2n + 1 would close a circle, and no line would ever lack just one.
    private static readonly int[] Blanks = [2, 3, 4, 6, 8], Size = [3, 3, 3, 4, 4];

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int n = Size[level - 1];
        var cells = new int[n + 1, n + 1];
        for (int r = 0; r < n; r++)
            for (int c = 0; c < n; c++)
            {
                int value = draws.Problem.Between(1, 90);
                cells[r, c] = value;
                cells[r, n] += value;
                cells[n, c] += value;
                cells[n, n] += value;
            }
        HashSet<int> hidden;
        do hidden = [.. draws.Problem.Sample([.. Enumerable.Range(0, (n + 1) * (n + 1))], Blanks[level - 1])];
        while (!Fill(Shown(cells, hidden), n, null));
        var work = new StepList();
        var filled = Shown(cells, hidden);
        Fill(filled, n, work);
        string answer = Phrases.Commas(hidden.Order().Select(h => filled[h / (n + 1), h % (n + 1)]!.Value));
        work.Add($"in reading order: {answer}");
        string[] headers = ["group", .. Enumerable.Range(0, n).Select(c => ((char)('A' + c)).ToString()), "total"];
        string table = Grid.Write(draws.Wording, headers, Enumerable.Range(0, n + 1)
            .Select(r => (string[])[r == n ? "total" : "row " + (char)('p' + r),
            .. Enumerable.Range(0, n + 1).Select(c => hidden.Contains(r * (n + 1) + c) ? "#" : cells[r, c].ToString())]));
        const string How = "Give the missing numbers in reading order, row by row, separated by commas.";
        string question = draws.Wording.Pick([
            $"In this table rows and columns add up to their totals; # marks a missing number. {How}\n\n{table}",
            $"{table}\n\nThe last row and the last column are totals. Find what belongs in place of each #. {How}",
            $"Some numbers of a table with totals were lost (#):\n\n{table}\n\n{How}",
            $"Complete the table, in which every total is the sum of its row or column. {How}\n\n{table}"]);
        return new TaskDraft(question, answer, work);
    }

    private static int?[,] Shown(int[,] cells, HashSet<int> hidden)
    {
        int n = cells.GetLength(0);
        var shown = new int?[n, n];
        for (int i = 0; i < n * n; i++)
            if (!hidden.Contains(i)) shown[i / n, i % n] = cells[i / n, i % n];
        return shown;
    }

    /// <summary>Fills every line that lacks one number, until none does; whether all are filled.</summary>
    private static bool Fill(int?[,] cells, int n, StepList? work)
    {
        for (bool found = true; found;)
        {
            found = false;
            for (int line = 0; line < 2 * (n + 1); line++)
            {
                int k = line % (n + 1);
                bool row = line <= n;
                int[] gaps = [.. Enumerable.Range(0, n + 1).Where(i => (row ? cells[k, i] : cells[i, k]) is null)];
                if (gaps.Length != 1) continue;
                int?[] values = [.. Enumerable.Range(0, n + 1).Select(i => row ? cells[k, i] : cells[i, k])];
                int?[] parts = [.. values[..n].Where(v => v is not null)];
                int value = gaps[0] == n ? parts.Sum()!.Value : values[n]!.Value - parts.Sum()!.Value;
                string formula = gaps[0] == n ? $"{Maths.Sum(parts)} = {value}" : $"{values[n]} - {string.Join(" - ", parts)} = {value}";
                work?.Add($"{(row ? "row" : "column")} {k + 1} lacks one number", formula);
                if (row) cells[k, gaps[0]] = value;
                else cells[gaps[0], k] = value;
                found = true;
            }
        }
        return !cells.Cast<int?>().Any(v => v is null);
    }
}

/// <summary>The lowest balance of an account, and when.</summary>
internal sealed class LedgerLow() : TaskFamily("ledger-low", TaskCategories.Tables)
{
    private static readonly string[] Texts = ["rent", "wages", "refund", "groceries", "sale", "repair", "fees", "gift"];
    private static readonly int[] Rows = [5, 8, 12, 16, 22];

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int n = Rows[level - 1], opening, line, low;
        int[] amounts;
        StepList work;
        bool twice;
        do
        {
            opening = draws.Problem.Between(50, 900);
            amounts = [.. Enumerable.Range(0, n).Select(_ => draws.Problem.NonZero(400))];
            work = [];
            int balance = opening;
            (line, low, twice) = (0, int.MaxValue, false);
            for (int i = 0; i < n; i++)
            {
                int after = balance + amounts[i];
                work.Add($"after line {i + 1}", $"{balance} {(amounts[i] < 0 ? "-" : "+")} {Math.Abs(amounts[i])} = {after}");
                balance = after;
                twice = balance == low || twice && balance > low;
                if (balance < low) (line, low) = (i + 1, balance);
            }
        }
        while (twice);
        work.Add($"the lowest is {low}, after line {line}");
        string table = Grid.Write(draws.Wording, ["line", "text", "amount"],
            amounts.Select((a, i) => (string[])[$"{i + 1}", draws.Wording.Pick(Texts), a < 0 ? $"{a}" : $"+{a}"]));
        const string How = "Answer with the number of the line and the balance, separated by a comma.";
        string question = draws.Wording.Pick([
            $"An account opens with {opening}. Then:\n\n{table}\n\nAfter which line is the balance lowest, and what is it then? {How}",
            $"Opening balance: {opening}\n\n{table}\n\nFind the lowest balance that follows one of these lines. {How}",
            $"Money comes and goes, starting from {opening}:\n\n{table}\n\nWhen is the balance at its lowest? {How}",
            $"With {opening} in the till at first, these amounts are booked in turn. After which of them is least in the till (it may be "
                + $"below zero)? {How}\n\n{table}"]);
        return new TaskDraft(question, $"{line}, {low}", work);
    }
}

/// <summary>Records after a log of changes.</summary>
internal sealed class UpdateLog() : TaskFamily("update-log", TaskCategories.Tables)
{
    private static readonly string[] Keys = ["ant", "bee", "cat", "dog", "elk", "fox"];
    private static readonly int[] Changes = [5, 8, 12, 17, 23];

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int n = Math.Min(6, level + 2);
        string[] keys = Keys[..n];
        var store = keys.ToDictionary(key => key, _ => draws.Problem.Between(1, 60));
        string start = Phrases.Commas(keys.Select(key => $"{key} = {store[key]}"));
        var log = new List<string>();
        var work = new StepList();
        for (int i = 0; i < Changes[level - 1]; i++)
        {
            string[] two = draws.Problem.Sample(keys, 2);
            string a = two[0], b = two[1];
            int value = draws.Problem.Between(1, 60);
            string say;
            switch (draws.Problem.Below(5))
            {
                case 0:
                    say = $"set {a} to {value}";
                    store[a] = value;
                    break;
                case 1:
                    say = $"add {value} to {a}";
                    store[a] += value;
                    break;
                case 2:
                    say = $"copy {a} into {b}";
                    store[b] = store[a];
                    break;
                case 3:
                    say = $"swap {a} and {b}";
                    (store[a], store[b]) = (store[b], store[a]);
                    break;
                default:
                    say = $"move {a} into {b}";
                    store[b] += store[a];
                    store[a] = 0;
                    break;
            }
            log.Add(say);
            work.Add(say, Phrases.Commas(keys.Select(key => $"{key} = {store[key]}")));
        }
        string lines = string.Join("\n", log.Select((l, i) => $"{i + 1}. {l}"));
        const string Rules = "\"Copy x into y\" gives y the value of x; \"move x into y\" adds the value of x to y and leaves x at zero";
        string how = $"Give the final values of {Phrases.And(keys)} in this order, separated by commas.";
        string question = draws.Wording.Pick([
            $"A store holds {start}. These changes are made in turn:\n{lines}\n{Rules}. {how}",
            $"Start: {start}.\nLog:\n{lines}\n{Rules}. {how}", $"{Rules}. Apply the log to {start}.\n{lines}\n{how}",
            $"Five kinds of change turn records into others. {Rules}. At first {start}. Then:\n{lines}\n{how}"]);
        return new TaskDraft(question, Phrases.Commas(keys.Select(key => store[key])), work);
    }
}

/// <summary>What sold goods had cost, when the oldest go first.</summary>
internal sealed class FifoCost() : TaskFamily("fifo-cost", TaskCategories.Tables)
{
    private static readonly int[] Events = [5, 8, 11, 15, 20];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var rows = new List<string[]>();
        var stock = new Queue<(int Number, int Price)>();
        var work = new StepList();
        int cost = 0, left = 0;
        (int Number, int Price) open = (0, 0);
        for (int i = 0; i < Events[level - 1]; i++)
        {
            bool last = i == Events[level - 1] - 1;
            if (left == 0 || i < 2 || !last && draws.Problem.Chance(.5))
            {
                var bought = (Number: draws.Problem.Between(5, 60), Price: draws.Problem.Between(2, 40));
                rows.Add(["bought", $"{bought.Number}", $"{bought.Price}"]);
                stock.Enqueue(bought);
                work.Add($"{bought.Number} pieces come in at {bought.Price}; in stock are now",
                    $"{left} + {bought.Number} = {left + bought.Number}");
                left += bought.Number;
                continue;
            }
            int sold = draws.Problem.Between(1, left);
            rows.Add(["sold", $"{sold}", "-"]);
            left -= sold;
            while (sold > 0)
            {
                if (open.Number == 0) open = stock.Dequeue();
                int taken = Math.Min(sold, open.Number);
                work.Add($"{taken} of those sold had cost {open.Price} each",
                    $"{cost} + {taken} * {open.Price} = {cost + taken * open.Price}");
                cost += taken * open.Price;
                sold -= taken;
                open.Number -= taken;
            }
        }
        work.Add($"the goods sold had cost {cost}");
        string table = Grid.Write(draws.Wording, ["event", "pieces", "price"], rows);
        string question = draws.Wording.Pick([
            $"{table}\n\nPieces are sold in the order in which they were bought (first in, first out). What had all the pieces sold cost "
                + "when bought?",
            $"A shop buys and sells one kind of thing:\n\n{table}\n\nFind the cost of goods sold by the first-in, first-out rule (price "
                + "is per piece).",
            $"The oldest stock always goes first. How much was paid, in all, for the pieces that have been sold?\n\n{table}",
            $"Stock book (price for one piece):\n\n{table}\n\nUsing first in, first out, add up the purchase prices of everything sold."]);
        return new TaskDraft(question, cost.ToString(), work);
    }
}

/// <summary>The most bookings at one time.</summary>
internal sealed class PeakOverlap() : TaskFamily("peak-overlap", TaskCategories.Tables)
{
    private static readonly int[] Rows = [4, 6, 9, 12, 16];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int n = Rows[level - 1];
        (int Start, int End)[] bookings = [.. Enumerable.Range(0, n).Select(_ => draws.Problem.Between(96, 190))
            .Select(start => (start * 5, (start + draws.Problem.Between(4, 60)) * 5))];
        string[] names = Grid.Names(draws.Wording, n);
        var work = new StepList();
        int now = 0, most = 0;
        var events = bookings.Select((b, i) => (Time: b.Start, Change: 1, Who: i))
            .Concat(bookings.Select((b, i) => (Time: b.End, Change: -1, Who: i)));
        // At the same minute those who leave go before those who come.
        foreach (var e in events.OrderBy(e => e.Time).ThenBy(e => e.Change).ThenBy(e => e.Who))
        {
            work.Add($"{ClockChain.Clock(e.Time)}: {names[e.Who]} {(e.Change > 0 ? "comes" : "leaves")}",
                $"{now} {(e.Change > 0 ? "+" : "-")} 1 = {now + e.Change}");
            now += e.Change;
            most = Math.Max(most, now);
        }
        work.Add($"the most at one time were {most}");
        string table = Grid.Write(draws.Wording, ["name", "from", "to"],
            bookings.Select((b, i) => (string[])[names[i], ClockChain.Clock(b.Start), ClockChain.Clock(b.End)]));
        const string Rule = "One that ends at the minute at which another begins does not overlap it";
        string question = draws.Wording.Pick([
            $"{table}\n\nHow many of these bookings overlap at the busiest moment? {Rule}.",
                $"Visits to a library:\n\n{table}\n\nHow many visitors were there at most at "
                + $"one time? {Rule}.",
            $"Each booking needs a room of its own. What is the least number of rooms that will do? {Rule}.\n\n{table}",
            $"{Rule}. Find the largest number of simultaneous bookings.\n\n{table}"]);
        return new TaskDraft(question, most.ToString(), work);
    }
}
