using Simulant.Text.Tasks.Checking;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Tables;

/// <summary>How many rows meet three conditions.</summary>
internal sealed class RowCount() : TaskFamily("row-count", TaskCategories.Tables)
{
    private static readonly string[] Towns = ["Ashby", "Brook", "Corley"], Sports = ["tennis", "rowing", "judo"];
    private static readonly int[] Rows = [6, 9, 13, 18, 25];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int n = Rows[level - 1], limit = draws.Problem.Between(25, 60);
        var rows = new (string Town, string Sport, int Age)[n];
        for (int i = 0; i < n; i++) rows[i] = (draws.Problem.Pick(Towns), draws.Problem.Pick(Sports), draws.Problem.Between(16, 79));
        string town = draws.Problem.Pick(Towns), sport = draws.Problem.Pick(Sports);
        bool over = draws.Problem.Chance(.5), or = draws.Problem.Chance(.5);
        string[] names = Grid.Names(draws.Wording, n);
        var work = new StepList();
        int count = 0;
        for (int i = 0; i < n; i++)
        {
            bool place = rows[i].Town == town || or && rows[i].Sport == sport, kind = or || rows[i].Sport == sport;
            bool age = over ? rows[i].Age > limit : rows[i].Age < limit;
            if (place && kind && age) count++;
            work.Add($"{names[i]}, {rows[i].Town}, {rows[i].Sport}, {rows[i].Age}: "
                + $"{(place && kind && age ? $"counts, number {count}" : "does not count")}");
        }
        string table = Grid.Write(draws.Wording, ["name", "town", "sport", "age"], rows
            .Select((r, i) => (string[])[names[i], r.Town, r.Sport, $"{r.Age}"]));
        string where = $"the town is {town}" + (or ? $" or the sport is {sport} (or both)" : $" and the sport is {sport}");
        string who = $"{where}, and the age is {(over ? "above" : "below")} {limit}";
        string question = draws.Wording.Pick([
            $"{table}\n\nIn how many rows of this table is it true that {who}?",
                $"Members of a club:\n\n{table}\n\nCount the members for whom {who}.",
            $"Look at these records.\n\n{table}\n\nHow many of them satisfy this: {who}?",
            $"A filter keeps a record if {who}. How many records of the following does it keep?\n\n{table}"]);
        work.Add($"in all {count}");
        return new TaskDraft(question, count.ToString(), work);
    }
}

/// <summary>Which group has the greatest total.</summary>
internal sealed class GroupTotal() : TaskFamily("group-total", TaskCategories.Tables)
{
    private static readonly string[] Shelves = ["books", "music", "games", "tools", "plants"];
    private static readonly int[] Rows = [6, 9, 13, 18, 25];

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int n = Rows[level - 1], groups = Math.Min(5, level + 2);
        (int Group, int Amount)[] rows;
        int[] totals;
        do
        {
            rows = [.. Enumerable.Range(0, n).Select(_ => (draws.Problem.Below(groups), draws.Problem.Between(5, 400)))];
            totals = [.. Enumerable.Range(0, groups).Select(g => rows.Where(r => r.Group == g).Sum(r => r.Amount))];
        }
        while (totals.Count(t => t == totals.Max()) > 1);
        var work = new StepList();
        var sums = new int[groups];
        foreach (var (group, amount) in rows)
        {
            work.Add($"add to {Shelves[group]}", $"{sums[group]} + {amount} = {sums[group] + amount}");
            sums[group] += amount;
        }
        int best = Array.IndexOf(sums, sums.Max());
        work.Add($"the greatest total is that of {Shelves[best]}, {sums[best]}");
        string[] days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
        string table = Grid.Write(draws.Wording, ["day", "department", "sales"],
            rows.Select((r, i) => (string[])[days[i * 6 / n], Shelves[r.Group], $"{r.Amount}"]));
        const string How = "Answer with its name and the total, separated by a comma.";
        string question = draws.Wording.Pick([
            $"{table}\n\nWhich department sold most in total? {How}", $"Sales of a week:\n\n{table}\n\nAdd up by department. Which one "
                + $"leads? {How}",
            $"Group these records by department and find the largest sum of sales. {How}\n\n{table}",
            $"From the list below, work out which department has the highest sales altogether. {How}\n\n{table}"]);
        return new TaskDraft(question, $"{Shelves[best]}, {sums[best]}", work);
    }
}

/// <summary>Orders and prices in two tables.</summary>
internal sealed class TableJoin() : TaskFamily("table-join", TaskCategories.Tables)
{
    private static readonly string[] Items = ["pens", "lamps", "chairs", "mugs", "maps", "ropes", "bells", "keys"];
    private static readonly int[] Orders = [4, 6, 9, 12, 16];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int items = level + 3, people = 2 + level / 3, asked = draws.Problem.Below(people);
        int[] prices = [.. Enumerable.Range(0, items).Select(_ => draws.Problem.Between(2, 95))];
        (int Who, int Item, int Number)[] orders = [.. Enumerable.Range(0, Orders[level - 1] + people).Select(i =>
            (i < people ? i : draws.Problem.Below(people), draws.Problem.Below(items), draws.Problem.Between(1, 40)))];
        string[] names = Grid.Names(draws.Wording, people), things = draws.Wording.Sample(Items, items);
        var work = new StepList();
        int sum = 0;
        foreach (var (who, item, number) in orders)
        {
            if (who != asked)
            {
                work.Add($"the order of {names[who]} is left out");
                continue;
            }
            int part = number * prices[item];
            work.Add($"{names[who]} orders {number} {things[item]} at {prices[item]}", $"{sum} + {number} * {prices[item]} = {sum + part}");
            sum += part;
        }
        string one = Grid.Write(draws.Wording, ["item", "price"], prices.Select((p, i) => (string[])[things[i], $"{p}"]));
        string two = Grid.Write(draws.Wording, ["customer", "item", "number"], orders
            .Select(o => (string[])[names[o.Who], things[o.Item], $"{o.Number}"]));
        string name = names[asked];
        string question = draws.Wording.Pick([
            $"Prices for one piece:\n\n{one}\n\nOrders:\n\n{two}\n\nHow much does {name} have to pay in all?",
            $"{one}\n\nThe first table gives the price of one piece, the second the orders.\n\n{two}\n\nWhat is the total of all orders "
                + $"of {name}?",
            $"Join the orders with the prices and add up what {name} owes.\n\n{two}\n\nPrice of a piece:\n\n{one}",
            $"A shop keeps these orders:\n\n{two}\n\nand these prices per piece:\n\n{one}\n\nCompute the bill of {name}; answer with the "
                + "number only."]);
        return new TaskDraft(question, sum.ToString(), work);
    }
}

/// <summary>Who stands where when a table is sorted by two columns.</summary>
internal sealed class SortRank() : TaskFamily("sort-rank", TaskCategories.Tables)
{
    private static readonly int[] Rows = [5, 7, 10, 14, 19];

    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int n = Rows[level - 1], place = draws.Problem.Between(2, n - 1);
        var rows = new List<(int Points, int Seconds)>();
        while (rows.Count < n)
        {
            var row = (draws.Problem.Between(20, 20 + n), draws.Problem.Between(30, 240));
            if (!rows.Contains(row)) rows.Add(row);
        }
        string[] names = Grid.Names(draws.Wording, n);
        var work = new StepList();
        var order = new List<int>();
        for (int i = 0; i < n; i++)
        {
            int who = i, at = order.FindIndex(o => rows[who].Points > rows[o].Points || rows[who].Points == rows[o].Points
                && rows[who].Seconds < rows[o].Seconds);
            order.Insert(at < 0 ? order.Count : at, i);
            work.Add($"place {names[i]} ({rows[i].Points}, {rows[i].Seconds})", string.Join(" > ", order.Select(o => names[o])));
        }
        string answer = names[order[place - 1]];
        work.Add($"number {place} is {answer}");
        string table = Grid.Write(draws.Wording, ["name", "points", "seconds"], rows
            .Select((r, i) => (string[])[names[i], $"{r.Points}", $"{r.Seconds}"]));
        const string Rule = "More points come first; with equal points, fewer seconds";
        string question = draws.Wording.Pick([
            $"{table}\n\n{Rule}. Who takes place {place}?", $"Results of a contest:\n\n{table}\n\n{Rule}. Name the person in position "
                + $"{place}.",
            $"Sort this table ({Rule.ToLowerInvariant()}) and say who is number {place} from the top.\n\n{table}",
            $"{Rule}. Who is ranked {place} among these?\n\n{table}"]);
        return new TaskDraft(question, answer, work);
    }
}

/// <summary>Median, range and mean of a column.</summary>
internal sealed class ColumnStatistics() : TaskFamily("column-statistics", TaskCategories.Tables)
{
    private static readonly int[] Rows = [5, 7, 10, 14, 19];

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int[] values = draws.Problem.Numbers(Rows[level - 1], 1, 300);
        int n = values.Length;
        string[] names = Grid.Names(draws.Wording, n);
        var work = new StepList();
        var sorted = new List<int>();
        int sum = 0;
        foreach (int value in values)
        {
            int at = sorted.FindIndex(s => s > value);
            sorted.Insert(at < 0 ? sorted.Count : at, value);
            work.Add($"place {value} in order: {Phrases.Commas(sorted)}", $"{sum} + {value} = {sum + value}");
            sum += value;
        }
        var median = n % 2 == 1 ? sorted[n / 2] : new Fraction(sorted[n / 2 - 1] + sorted[n / 2], 2);
        work.Add(n % 2 == 1 ? $"the median is the one in the middle, {median}" : "the median is the mean of the two in the middle",
            n % 2 == 1 ? null : $"({sorted[n / 2 - 1]} + {sorted[n / 2]}) / 2 = {median}");
        work.Add("the range", $"{sorted[^1]} - {sorted[0]} = {sorted[^1] - sorted[0]}");
        var mean = new Fraction(sum, n);
        work.Add("the mean", $"{sum} / {n} = {mean}");
        string table = Grid.Write(draws.Wording, ["name", "value"], values.Select((v, i) => (string[])[names[i], $"{v}"]));
        const string How = "Give median, range (largest less smallest) and mean in this order, separated by commas, as whole numbers or "
            + "fractions.";
        string question = draws.Wording.Pick([
            $"{table}\n\nDescribe the column of values. {How}", $"These measurements were taken:\n\n{table}\n\n{How}",
            $"Work out statistics of the values below. {How}\n\n{table}", $"For the numbers in this table three figures are wanted. "
                + $"{How}\n\n{table}"]);
        return new TaskDraft(question, $"{median}, {sorted[^1] - sorted[0]}, {mean}", work);
    }
}
