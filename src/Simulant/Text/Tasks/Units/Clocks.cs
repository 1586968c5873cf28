using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Units;

/// <summary>When a row of activities ends.</summary>
internal sealed class ClockChain() : TaskFamily("clock-chain", TaskCategories.Units)
{
    private static readonly string[] Acts = ["a lesson", "a walk", "a film", "a meeting", "a rehearsal", "a match", "a nap", "a concert",
        "a lecture", "a drive"];

    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int start = draws.Problem.Below(24 * 60), gap = draws.Problem.Between(2, 25);
        int[] minutes = [.. Enumerable.Range(0, level + 1).Select(_ => draws.Problem.Between(11, 260))];
        string[] acts = draws.Wording.Sample(Acts, minutes.Length);
        var work = new StepList();
        int now = start;
        for (int i = 0; i < minutes.Length; i++)
        {
            if (i > 0)
            {
                now += gap;
                work.Add($"after {gap} minutes of pause it is {Clock(now)}");
            }
            now += minutes[i];
            work.Add($"{acts[i]} of {Length(minutes[i])} lasts until {Clock(now)}");
        }
        string list = Phrases.And([.. minutes.Select((m, i) => $"{acts[i]} of {Length(m)}")]);
        const string How = "Write the time of day as HH:MM on a clock of twenty-four hours.";
        string question = draws.Wording.Pick([
            $"At {Clock(start)} begins {list}, one after the other, with {gap} minutes between them. When does the last one end? {How}",
            $"A programme starts at {Clock(start)}: {list}, in this order, and a pause of {gap} minutes between each two. What time is it "
                + $"at the end? {How}",
            $"Starting at {Clock(start)}, somebody has {list}, always with a break of {gap} minutes before the next. When is everything "
                + $"over? {How}",
            $"The first begins at {Clock(start)}: {list}. Between two there are {gap} minutes. At what time does the last finish? {How}"]);
        return new TaskDraft(question, Clock(now), work);
    }

    internal static string Clock(int minutes) => $"{(minutes % 1440 + 1440) % 1440 / 60:00}:{(minutes % 1440 + 1440) % 60:00}";

    internal static string Length(int minutes) => minutes < 60 ? $"{minutes} min" : minutes % 60 == 0 ? $"{minutes / 60} h"
        : $"{minutes / 60} h {minutes % 60} min";
}

/// <summary>Flights through time zones.</summary>
internal sealed class TimeZones() : TaskFamily("time-zones", TaskCategories.Units)
{
    private static readonly string[] Towns = ["Arden", "Belmar", "Corvo", "Delph", "Estrel", "Fenwick", "Garona", "Hollin"];

    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int n = level + 1, start = draws.Problem.Below(1440);
        // In steps of half an hour from UTC-11 to UTC+12.
        int[] zones = [.. Enumerable.Range(0, n).Select(_ => draws.Problem.Between(-22, 24) * 30)];
        int[] flights = [.. Enumerable.Range(0, n - 1).Select(_ => draws.Problem.Between(45, 840))];
        int[] waits = [.. Enumerable.Range(0, n - 1).Select(_ => draws.Problem.Between(30, 400))];
        string[] towns = draws.Wording.Sample(Towns, n);
        var work = new StepList();
        int now = start;
        for (int i = 0; i < n - 1; i++)
        {
            if (i > 0)
            {
                now += waits[i];
                work.Add($"after {ClockChain.Length(waits[i])} of waiting it is {ClockChain.Clock(now)} in {towns[i]}");
            }
            now += flights[i];
            work.Add($"the flight to {towns[i + 1]} takes {ClockChain.Length(flights[i])}: {ClockChain.Clock(now)} by the clocks of "
                + $"{towns[i]}");
            int shift = zones[i + 1] - zones[i];
            now += shift;
            string change = shift == 0 ? "agree with them" : $"are {ClockChain.Length(Math.Abs(shift))} {(shift > 0 ? "ahead" : "behind")}";
            work.Add($"clocks in {towns[i + 1]} {change}: {ClockChain.Clock(now)} there");
        }
        string where = Phrases.And([.. towns.Select((t, i) => $"{t} "
            + $"(UTC{(zones[i] < 0 ? "-" : "+")}{Math.Abs(zones[i]) / 60:00}:{Math.Abs(zones[i]) % 60:00})")]);
        string legs = string.Join(", ", Enumerable.Range(0, n - 1).Select(i => (i == 0 ? "" : $"waits {ClockChain.Length(waits[i])} and ")
            + $"flies {ClockChain.Length(flights[i])} to {towns[i + 1]}"));
        string last = towns[^1];
        const string How = "Write it as HH:MM on a clock of twenty-four hours.";
        string question = draws.Wording.Pick([
            $"Local times: {where}. At {ClockChain.Clock(start)} local time someone leaves {towns[0]}, {legs}. What time is it in {last} "
                + $"on arrival? {How}",
            $"A traveller starts from {towns[0]} at {ClockChain.Clock(start)} by the local clock, {legs}. The time zones are {where}. "
                + $"Which local time does the clock in {last} show then? {How}",
            $"Given {where}: a plane leaves {towns[0]} at {ClockChain.Clock(start)} local time; the passenger {legs}. When, in local "
                + $"time, does the passenger reach {last}? {How}",
            $"{where} keep these times. A courier departs from {towns[0]} at {ClockChain.Clock(start)} there, {legs}. Find the local time "
                + $"of arrival in {last}. {How}"]);
        return new TaskDraft(question, ClockChain.Clock(now), work);
    }
}
