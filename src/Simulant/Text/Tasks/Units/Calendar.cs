using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Units;

/// <summary>A day of the Gregorian calendar, with arithmetic of its own.</summary>
internal readonly record struct Day(int Year, int Month, int Number)
{
    public static readonly string[] Months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    public static readonly string[] Weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    public static bool Leap(int year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    public static int Length(int year, int month) => month == 2 ? Leap(year) ? 29 : 28 : month is 4 or 6 or 9 or 11 ? 30 : 31;

    /// <summary>Number of the day in its year, from 1.</summary>
    public int OfYear
    {
        get
        {
            int sum = Number;
            for (int m = 1; m < Month; m++) sum += Length(Year, m);
            return sum;
        }
    }

    /// <summary>0 for Monday to 6 for Sunday; the first of January of the year 1 is a Monday.</summary>
    public int Weekday => ((Year - 1) * 365 + (Year - 1) / 4 - (Year - 1) / 100 + (Year - 1) / 400 + OfYear - 1) % 7;

    public Day Next => Number < Length(Year, Month) ? this with { Number = Number + 1 }
        : Month < 12 ? new(Year, Month + 1, 1) : new(Year + 1, 1, 1);

    public string Iso => $"{Year:0000}-{Month:00}-{Number:00}";

    public override string ToString() => $"{Number} {Months[Month - 1]} {Year}";

    public static Day Draw(ItemDraws draws, int from, int to)
    {
        int year = draws.Between(from, to), month = draws.Between(1, 12);
        return new(year, month, draws.Between(1, Length(year, month)));
    }
}

/// <summary>The date so many days later, month by month.</summary>
internal sealed class DatePlusDays() : TaskFamily("date-plus-days", TaskCategories.Units)
{
    private static readonly (int Low, int High)[] Spans = [(20, 70), (80, 150), (160, 300), (320, 500), (520, 800)];

    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var start = Day.Draw(draws.Problem, 1850, 2150);
        int days = draws.Problem.Between(Spans[level - 1].Low, Spans[level - 1].High), left = days;
        var day = start;
        var work = new StepList();
        while (Day.Length(day.Year, day.Month) - day.Number is var rest && left > rest)
        {
            work.Add($"{Day.Months[day.Month - 1]} {day.Year} has {Day.Length(day.Year, day.Month)} days; {rest + 1} days lead to the "
                + "first of the next month",
                $"{left} - {rest + 1} = {left - rest - 1}");
            left -= rest + 1;
            day = (day with { Number = day.Number + rest }).Next;
        }
        work.Add($"the rest stays in {Day.Months[day.Month - 1]} {day.Year}", $"{day.Number} + {left} = {day.Number + left}");
        day = day with { Number = day.Number + left };
        const string How = "Answer as YYYY-MM-DD.";
        string question = draws.Wording.Pick([
            $"Which date is {days} days after {start}? {How}", $"A contract signed on {start} ends {days} days later. On which date? {How}",
            $"Count {days} days on from {start}. What is the date then? {How}", $"From {start}, go forward by {days} days. {How}"]);
        return new TaskDraft(question, day.Iso, work);
    }
}

/// <summary>Days from one date to another, from their numbers in their years.</summary>
internal sealed class DaysBetween() : TaskFamily("days-between", TaskCategories.Units)
{
    private static readonly (int Low, int High)[] Years = [(1, 1), (2, 3), (4, 5), (6, 8), (9, 12)];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var start = Day.Draw(draws.Problem, 1850, 2150);
        int ahead = draws.Problem.Between(Years[level - 1].Low, Years[level - 1].High);
        var end = Day.Draw(draws.Problem, start.Year + ahead, start.Year + ahead);
        var work = new StepList();
        work.Add($"{start} is day {start.OfYear} of its year, {end} is day {end.OfYear} of its own");
        int sum = end.OfYear - start.OfYear;
        work.Add("their difference", $"{end.OfYear} - {start.OfYear} = {sum}");
        for (int year = start.Year; year < end.Year; year++)
        {
            int days = Day.Leap(year) ? 366 : 365;
            work.Add($"add the {days} days of {year}{(days == 366 ? ", a leap year" : "")}", $"{sum} + {days} = {sum + days}");
            sum += days;
        }
        string question = draws.Wording.Pick([
            $"How many days after {start} is {end}?", $"A child is born on {start}. How many days old is it on {end}?",
            $"Count the days from {start} to {end}, leaving out the first day and counting the last.",
            $"On {start} a clock is set to zero, and it counts one for each midnight that passes. What does it show at noon on {end}?"]);
        return new TaskDraft(question, sum.ToString(), work);
    }
}

/// <summary>The weekday of a date, from a known one in another year.</summary>
internal sealed class WeekdayOfDate() : TaskFamily("weekday-of-date", TaskCategories.Units)
{
    private static readonly (int Low, int High)[] Years = [(1, 2), (3, 5), (6, 8), (9, 12), (13, 17)];

    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var known = Day.Draw(draws.Problem, 1850, 2150);
        int ahead = draws.Problem.Between(Years[level - 1].Low, Years[level - 1].High);
        var asked = Day.Draw(draws.Problem, known.Year + ahead, known.Year + ahead);
        var work = new StepList();
        int weekday = known.Weekday, back = (known.OfYear - 1) % 7;
        weekday = (weekday - back + 7) % 7;
        work.Add($"{known} is day {known.OfYear} of its year; {back} days of the week back, the year begins on a {Day.Weekdays[weekday]}");
        for (int year = known.Year; year < asked.Year; year++)
        {
            weekday = (weekday + (Day.Leap(year) ? 2 : 1)) % 7;
            work.Add($"{year} has {(Day.Leap(year) ? 366 : 365)} days, so {year + 1} begins on a {Day.Weekdays[weekday]}");
        }
        int on = (asked.OfYear - 1) % 7;
        weekday = (weekday + on) % 7;
        work.Add($"{asked} is day {asked.OfYear} of its year, {on} days of the week on: {Day.Weekdays[weekday]}");
        string given = Day.Weekdays[known.Weekday];
        string question = draws.Wording.Pick([
            $"{known} is a {given}. Which day of the week is {asked}?", $"If {known} falls on a {given}, on which weekday does {asked} "
                + "fall?",
            $"Knowing that {known} is a {given}, name the day of the week of {asked}.",
            $"A calendar shows {given} for {known}. What does it show for {asked}? Answer with the weekday."]);
        return new TaskDraft(question, Day.Weekdays[weekday], work);
    }
}

/// <summary>How many of the coming months begin on a weekday.</summary>
internal sealed class MonthFirsts() : TaskFamily("month-firsts", TaskCategories.Units)
{
    private const int FirstYear = 1850, YearCount = 300, Lengths = 4;
    private static readonly int[] Shortest = [5, 10, 15, 20, 26];

    public override AnswerKind Kind => AnswerKind.Integer;

    public override long? Problems(int level) => (long)YearCount * 12 * 7 * Lengths;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int wanted = (int)(problem % 7), months = Shortest[level - 1] + (int)(problem / 7 % Lengths);
        var start = new Day(FirstYear + (int)(problem / (7 * Lengths * 12)), 1 + (int)(problem / (7 * Lengths) % 12), 1);
        var work = new StepList();
        int weekday = start.Weekday, count = 0, year = start.Year, month = start.Month;
        for (int i = 0; i < months; i++)
        {
            if (weekday == wanted) count++;
            work.Add($"{Day.Months[month - 1]} {year} begins on a "
                + $"{Day.Weekdays[weekday]}{(weekday == wanted ? $", number {count} of those asked for" : "")}, and has "
                + $"{Day.Length(year, month)} days");
            weekday = (weekday + Day.Length(year, month)) % 7;
            (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1);
        }
        work.Add($"in all {count}");
        string first = $"{Day.Months[start.Month - 1]} {start.Year}", on = Day.Weekdays[start.Weekday], day = Day.Weekdays[wanted];
        string question = draws.Wording.Pick([
            $"{first} begins on a {on}. Of {months} months from that one on, itself included, how many begin on a {day}?",
            $"The first day of {first} is a {on}. In the {months} months that start with this one, how often is the first day a {day}?",
            $"Take {months} consecutive months, the first being {first}, whose first day is a {on}. How many of them have a {day} as "
                + "first day?",
            $"From {first} (the first of that month is a {on}) one looks at {months} months in a row. Count those whose first day is a "
                + $"{day}."]);
        return new TaskDraft(question, count.ToString(), work);
    }
}

/// <summary>The date after so many working days, weekends and holidays left out.</summary>
internal sealed class WorkingDays() : TaskFamily("working-days", TaskCategories.Units)
{
    private static readonly (int Low, int High)[] Spans = [(4, 6), (7, 10), (11, 15), (16, 21), (22, 30)];

    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var start = Day.Draw(draws.Problem, 1850, 2150);
        int days = draws.Problem.Between(Spans[level - 1].Low, Spans[level - 1].High), holidays = draws.Problem.Between(1, 3);
        var near = new List<Day>();
        for (var d = start.Next; near.Count < days + 6; d = d.Next) near.Add(d);
        Day[] off = [.. draws.Problem.Sample(near, holidays).OrderBy(d => d.Iso, StringComparer.Ordinal)];
        var work = new StepList();
        var day = start;
        for (int done = 0; done < days;)
        {
            day = day.Next;
            string name = Day.Weekdays[day.Weekday];
            bool free = day.Weekday > 4 || off.Contains(day);
            if (!free) done++;
            work.Add($"{day} is a {name}{(day.Weekday <= 4 && free ? " but a holiday" : "")}: "
                + $"{(free ? "no working day" : $"working day {done}")}");
        }
        string list = Phrases.And([.. off.Select(d => d.ToString())]), begin = $"{Day.Weekdays[start.Weekday]}, {start}";
        const string How = "Answer as YYYY-MM-DD.";
        string question = draws.Wording.Pick([
            $"An order is placed on {begin}, and delivery takes {days} working days, the first being the next working day. Saturdays, "
                + $"Sundays and these holidays are no working days: {list}. On which date does it arrive? {How}",
            $"Starting after {begin}, count {days} working days (Monday to Friday, without the holidays {list}). Which date is the last "
                + $"of them? {How}",
            $"A claim of {begin} must be answered within {days} working days, not counting that day. Weekends are free, and so are "
                + $"{list}. What is the last date? {How}",
            $"On {begin} a repair is promised for the end of {days} working days from the next one on. Nobody works at weekends nor on "
                + $"{list}. When is it due? {How}"]);
        return new TaskDraft(question, day.Iso, work);
    }
}
