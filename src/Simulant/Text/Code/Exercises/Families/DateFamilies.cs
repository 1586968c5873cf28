using System.Globalization;

namespace Simulant.Text.Code.Exercises.Families;

/// <summary>Exercises of dates and times.</summary>
internal static class DateFamilies
{
    public static readonly ExerciseFamily[] All =
    [
        new("day-of-year", "dates", DayOfYear), new("weekday", "dates", Weekday), new("clock-sum", "dates", ClockSum),
    ];

    private static Problem DayOfYear(Draws d)
    {
        bool left = d.Coin(), quarter = d.Coin();
        string rule = quarter ? "Every year divisible by 4 has a 29 February; there are no exceptions."
            : "Years divisible by 4 have a 29 February, but not those divisible by 100, unless divisible by 400.";
        string leap = quarter ? "year % 4 == 0" : "year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)";
        int offset = d.Between(0, 60);
        string plus = offset == 0 ? "" : $" + {offset}";
        return new()
        {
            Name = left ? d.Pick("days left", "rest of year") : d.Pick("day of year", "day number"),
            Takes = [new("year", Ty.Int, "a year from 1600 to 2400"), new("month", Ty.Int, "a month from 1 to 12"), new("day", Ty.Int,
                "a day of that month")],
            Gives = Ty.Int,
            Goal = (left ? "how many days of the year follow after the date" : "the number of the date among the days of its year, 1 "
                + "January being day 1") + (offset == 0 ? "" : $", plus {offset}"),
            Rules = [rule],
            Setting = d.Pick("", "A calendar without months numbers its days.", "A ticket is valid for the rest of the year."),
            CSharp = $$"""
                int[] lengths = { 31, {{leap}} ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
                int number = day;
                for (int m = 0; m < month - 1; m++) number += lengths[m];
                return {{(left ? "lengths.Sum() - number" : "number")}}{{plus}};
                """,
            Python = $$"""
                leap = {{leap.Replace("&&", "and").Replace("||", "or")}}
                lengths = [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
                return {{(left ? "sum(lengths[month - 1:]) - day" : "sum(lengths[:month - 1]) + day")}}{{plus}}
                """,
            JavaScript = $$"""
                const leap = {{leap.Replace("==", "===").Replace("!=", "!==")}};
                const before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
                const number = before[month - 1] + (leap && month > 2 ? 1 : 0) + day;
                return {{(left ? "(leap ? 366 : 365) - number" : "number")}}{{plus}};
                """,
            // By the calendar of the base library; the year is replaced by one of the same kind where the rule differs.
            Oracle = a =>
            {
                int year = quarter ? (int)a[0] % 4 == 0 ? 2024 : 2023 : (int)a[0];
                var date = new DateOnly(year, (int)a[1], (int)a[2]);
                return offset + (left ? new DateOnly(year, 12, 31).DayNumber - date.DayNumber : date.DayOfYear);
            },
            Draw = r => [r.Pick(r.Between(1600, 2400), 1900, 2000, 2024), r.Between(1, 12), r.Between(1, 28)],
            Edges = [[2023, 1, 1], [2023, 12, 31], [2024, 12, 31], [2024, 2, 29], [2024, 3, 1], [2023, 3, 1], [1900, 3, 1], [2000, 3, 1],
                [2100, 12, 31], [2023, 8, 15], [2022, 11, 2]],
        };
    }

    private static Problem Weekday(Draws d)
    {
        string[] names = d.Pick<string[]>(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
            ["1", "2", "3", "4", "5", "6", "7"]);
        int year = d.Between(1995, 2035), after = d.Between(0, 10);
        int first = ((int)new DateTime(year, 1, 1).DayOfWeek + 6) % 7;
        string later = after == 0 ? "" : $" plus {after} days";
        return new()
        {
            Name = d.Pick("weekday", "day name", "which day"),
            Takes = [new("number", Ty.Int, $"the number of a day of the year {year}, from 1 to 365")],
            Gives = Ty.Text,
            Goal = $"the weekday of day `number` of the year {year}{later}, as one of {string.Join(", ", names)} (Monday first)",
            Rules = [$"1 January {year}, which is day 1, is {names[first]}."],
            Setting = d.Pick("", "A parcel service promises a day of delivery.", "A duty roster goes on from week to week."),
            CSharp = $$"""
                string[] names = { {{string.Join(", ", names.Select(n => $"\"{n}\""))}} };
                return names[(number + {{(first - 1 + after + 7) % 7}}) % 7];
                """,
            Python = $$"""
                import datetime
                names = [{{string.Join(", ", names.Select(n => $"\"{n}\""))}}]
                date = datetime.date({{year}}, 1, 1) + datetime.timedelta(days=number - 1 + {{after}})
                return names[date.weekday()]
                """,
            JavaScript = $$"""
                const names = [{{string.Join(", ", names.Select(n => $"\"{n}\""))}}];
                const date = new Date(Date.UTC({{year}}, 0, number + {{after}}));
                return names[(date.getUTCDay() + 6) % 7];
                """,
            Oracle = a => names[((int)new DateTime(year, 1, 1).AddDays((int)a[0] - 1 + after).DayOfWeek + 6) % 7],
            Draw = r => [r.Between(1, 365)],
            Edges = [[1], [2], [3], [4], [5], [6], [7], [8], [365]],
        };
    }

    private static Problem ClockSum(Draws d)
    {
        int close = d.Pick(24, 12), step = d.Pick(1, 5, 15);
        bool back = d.Coin();
        string sign = back ? "-" : "+";
        return new()
        {
            Name = d.Pick("move clock", "clock after", "time later") + (back ? " back" : ""),
            Takes = [new("time", Ty.Text, $"a time such as 07:45 on a clock that goes from 00:00 to {close - 1}:59"), new("steps", Ty.Int,
                "a whole number from 0 to 2000")],
            Gives = Ty.Text,
            Goal = $"the time that the clock shows `steps` times {step} minute{(step == 1 ? "" : "s")} {(back ? "before" : "after")} "
                + $"`time`, in the same form",
            Rules = [$"After {close - 1}:59 it begins again with 00:00.", "Hours and minutes have two digits."],
            Setting = d.Pick("", "A train comes at a fixed interval.", "A baker counts from the end of the baking time."),
            CSharp = $$"""
                string[] parts = time.Split(':');
                int minutes = int.Parse(parts[0], CultureInfo.InvariantCulture) * 60 + int.Parse(parts[1], CultureInfo.InvariantCulture);
                int total = (minutes {{sign}} steps * {{step}}) % {{close * 60}};
                {{(back ? $"if (total < 0) total += {close * 60};\n" : "")}}return $"{total / 60:D2}:{total % 60:D2}";
                """,
            Python = $$"""
                hours, minutes = map(int, time.split(":"))
                total = (hours * 60 + minutes {{sign}} steps * {{step}}) % ({{close}} * 60)
                return f"{total // 60:02d}:{total % 60:02d}"
                """,
            JavaScript = $$"""
                const [hours, minutes] = time.split(":").map(Number);
                const day = {{close * 60}};
                const total = ((hours * 60 + minutes {{sign}} steps * {{step}}) % day + day) % day;
                const two = n => String(n).padStart(2, "0");
                return `${two(Math.floor(total / 60))}:${two(total % 60)}`;
                """,
            // The hands are moved on minute by minute.
            Oracle = a =>
            {
                var t = TimeOnly.ParseExact((string)a[0], "HH:mm", CultureInfo.InvariantCulture);
                var (h, m) = (t.Hour, t.Minute);
                for (int i = 0; i < (int)a[1] * step; i++)
                    if (back) (h, m) = m > 0 ? (h, m - 1) : (h > 0 ? h - 1 : close - 1, 59);
                    else (h, m) = m < 59 ? (h, m + 1) : (h + 1 < close ? h + 1 : 0, 0);
                return $"{h:D2}:{m:D2}";
            },
            Draw = r => [$"{r.Between(0, close - 1):D2}:{r.Between(0, 59):D2}", r.Between(0, 1500 / step)],
            Edges = [["00:00", 0], [$"{close - 1}:59", 1], ["00:00", 1], ["07:45", 60], ["09:09", 3], [$"{close - 1}:00", 60 / step],
                ["00:30", 40], ["01:01", 2000 / step]],
        };
    }
}
