using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Simulant.Text.Tasks.Checking;

namespace Simulant.Tests.Text.Tasks.Units;

/// <summary>Everything in the largest unit of its kind, and from there into the one asked for.</summary>
internal sealed class MixedUnitsSumSecond() : Second("mixed-units-sum", question =>
{
    var perLargest = new Dictionary<string, int>
    {
        ["km"] = 1, ["m"] = 1000, ["cm"] = 100_000, ["mm"] = 1_000_000, ["t"] = 1, ["kg"] = 1000, ["g"] = 1_000_000, ["d"] = 1, ["h"] = 24,
        ["min"] = 1440, ["s"] = 86_400, ["l"] = 1, ["cl"] = 100, ["ml"] = 1000, ["m^2"] = 1, ["cm^2"] = 10_000, ["mm^2"] = 1_000_000,
        ["yd"] = 1, ["ft"] = 3, ["in"] = 36,
    };
    string wanted = Asked.First(question, @"exactly, in (\S+)\.");
    Fraction sum = 0;
    foreach (string[] m in Asked.All(question, @"(\d+) (mm\^2|cm\^2|m\^2|mm|cm|km|kg|min|ml|cl|in|ft|yd|m|g|t|s|h|d|l)\b"))
        sum += new Fraction(int.Parse(m[0]), perLargest[m[1]]);
    return $"{sum * perLargest[wanted]} {wanted}";
});

/// <summary>How many grams a cent buys, as decimals.</summary>
internal sealed class BestOfferSecond() : Second("best-offer", question =>
    Asked.All(question, @"([A-Z]): (\d+) (kg|g) for (\d+\.\d\d) euros").MaxBy(m =>
        decimal.Parse(m[1], CultureInfo.InvariantCulture) * (m[2] == "kg" ? 1000 : 1) / decimal.Parse(m[3],
            CultureInfo.InvariantCulture))![0]);

/// <summary>The amount for one first, then times the guests.</summary>
internal sealed class RecipeScalingSecond() : Second("recipe-scaling", question =>
{
    const string Amounts = @"(\d+ \d+/\d+|\d+/\d+|\d+) cups? of";
    var each = Asked.All(question, Amounts).Select(m => NumberReader.Exact(m[0])!.Value).ToArray();
    int[] heads = Figures.Plain(Regex.Replace(question, Amounts, ""));
    // One statement names the guests first.
    var (people, guests) = question.StartsWith("A cook") ? (heads[1], heads[0]) : (heads[0], heads[1]);
    return string.Join(", ", each.Select(a => a / people * guests));
});

/// <summary>In a unit of time in which every leg takes a whole number of them.</summary>
internal sealed class AverageSpeedSecond() : Second("average-speed", question =>
{
    var legs = Asked.All(question, @"(\d+) km at (\d+) km/h").Select(m => (Km: BigInteger.Parse(m[0]), Speed: BigInteger.Parse(m[1])))
        .ToArray();
    var pause = Regex.Match(question, @"rest of (\d+) minutes") is { Success: true } m ? BigInteger.Parse(m.Groups[1].Value) : 0;
    var ticks = legs.Aggregate((BigInteger)60, (product, leg) => product * leg.Speed);
    var time = legs.Aggregate(ticks / 60 * pause, (sum, leg) => sum + ticks / leg.Speed * leg.Km);
    return $"{new Fraction(legs.Aggregate(BigInteger.Zero, (sum, leg) => sum + leg.Km) * ticks, time)} km/h";
});

internal static class Times
{
    /// <summary>Every duration of the text, in order, in minutes.</summary>
    public static TimeSpan[] Lengths(string text) => [.. Regex.Matches(text, @"(?:(\d+) h )?(\d+) min\b|(\d+) h\b").Select(m =>
        new TimeSpan(Number(m.Groups[1]) + Number(m.Groups[3]), Number(m.Groups[2]), 0))];

    private static int Number(Group group) => group.Success ? int.Parse(group.Value) : 0;

    public static TimeOnly Clock(string text) => TimeOnly.Parse(Regex.Match(text, @"\d\d:\d\d").Value, CultureInfo.InvariantCulture);
}

/// <summary>By the clock and the spans of time of the framework: all lengths, and the pauses between.</summary>
internal sealed class ClockChainSecond() : Second("clock-chain", question =>
{
    int pause = int.Parse(Asked.First(question, @"(\d+) minutes"));
    var lengths = Times.Lengths(question);
    var all = lengths.Aggregate(TimeSpan.FromMinutes(pause * (lengths.Length - 1)), (sum, l) => sum + l);
    return Times.Clock(question).Add(all).ToString("HH:mm", CultureInfo.InvariantCulture);
});

/// <summary>In universal time: start less its zone, all flights and waits, plus the last zone.</summary>
internal sealed class TimeZonesSecond() : Second("time-zones", question =>
{
    var zones = Asked.All(question, @"([A-Z][a-z]+) \(UTC([-+])(\d\d):(\d\d)\)").ToDictionary(m => m[0],
        m => new TimeSpan(int.Parse(m[2]), int.Parse(m[3]), 0) * (m[1] == "-" ? -1 : 1));
    string last = Asked.All(question, @"flies [\d a-z]+ to ([A-Z][a-z]+)")[^1][0];
    string first = zones.Keys.Single(town => !Regex.IsMatch(question, "to " + town));
    string rest = Regex.Replace(question, @"\(UTC[^)]*\)", "");
    var universal = Times.Clock(rest).Add(-zones[first]);
    foreach (var length in Times.Lengths(rest)) universal = universal.Add(length);
    return universal.Add(zones[last]).ToString("HH:mm", CultureInfo.InvariantCulture);
});

internal static class Dates
{
    public static DateOnly[] Read(string text) => [.. Regex.Matches(text, @"\d{1,2} [A-Z][a-z]+ \d{4}")
        .Select(m => DateOnly.ParseExact(m.Value, "d MMMM yyyy", CultureInfo.InvariantCulture))];

    public static string Iso(this DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

internal sealed class DatePlusDaysSecond() : Second("date-plus-days", question =>
    Dates.Read(question)[0].AddDays(int.Parse(Asked.First(question, @"(\d+) days"))).Iso());

internal sealed class DaysBetweenSecond() : Second("days-between", question =>
    Dates.Read(question) is var d ? (d.Max().DayNumber - d.Min().DayNumber).ToString() : "");

/// <summary>Zeller's congruence.</summary>
internal sealed class WeekdayOfDateSecond() : Second("weekday-of-date", question =>
{
    var date = Dates.Read(question).Max();
    int month = date.Month < 3 ? date.Month + 12 : date.Month, year = date.Month < 3 ? date.Year - 1 : date.Year;
    int h = (date.Day + 13 * (month + 1) / 5 + year % 100 + year % 100 / 4 + year / 100 / 4 + 5 * (year / 100)) % 7;
    return "Saturday Sunday Monday Tuesday Wednesday Thursday Friday".Split(' ')[h];
});

internal sealed class MonthFirstsSecond() : Second("month-firsts", question =>
{
    var start = DateOnly.ParseExact("1 " + Asked.First(question, @"([A-Z][a-z]+ \d{4})"), "d MMMM yyyy", CultureInfo.InvariantCulture);
    int months = int.Parse(Asked.First(question, @"\b(\d{1,2}) (?:consecutive )?months"));
    string[] days = [.. Regex.Matches(question, @"[A-Z][a-z]+day").Select(m => m.Value)];
    return Enumerable.Range(0, months).Count(i => start.AddMonths(i).DayOfWeek.ToString() == days[^1]).ToString();
});

/// <summary>The first date up to which there are so many weekdays, by whole weeks, less the holidays among them.</summary>
internal sealed class WorkingDaysSecond() : Second("working-days", question =>
{
    var dates = Dates.Read(question);
    int wanted = int.Parse(Asked.First(question, @"(\d+) working days"));
    static int Weekdays(DateOnly from, DateOnly to)
    {
        int days = to.DayNumber - from.DayNumber, count = days / 7 * 5;
        for (int i = days % 7; i > 0; i--)
            if (to.AddDays(1 - i).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) count++;
        return count;
    }
    for (var day = dates[0].AddDays(1); ; day = day.AddDays(1))
    {
        int holidays = dates.Skip(1).Distinct().Count(h => h <= day && h.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));
        if (Weekdays(dates[0], day) - holidays == wanted) return day.Iso();
    }
});
