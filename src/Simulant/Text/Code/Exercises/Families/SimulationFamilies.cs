using System.Numerics;

namespace Simulant.Text.Code.Exercises.Families;

/// <summary>Exercises of simulation, step by step.</summary>
internal static class SimulationFamilies
{
    public static readonly ExerciseFamily[] All =
    [
        new("robot-walk", "simulation", RobotWalk), new("counters", "simulation", Counters), new("growing-colony", "simulation", Colony),
    ];

    private static Problem RobotWalk(Draws d)
    {
        int size = d.Between(4, 12), stride = d.Between(1, 3);
        bool wrap = d.Coin();
        string move = wrap
            ? $"(x, y) = ((x + {stride} * dx + {size}) % {size}, (y + {stride} * dy + {size}) % {size});"
            : $"int nextX = x + {stride} * dx, nextY = y + {stride} * dy;\n"
                + $"        if (nextX >= 0 && nextX < {size} && nextY >= 0 && nextY < {size}) (x, y) = (nextX, nextY);";
        string python = wrap ? $"x, y = nx % {size}, ny % {size}" : $"if 0 <= nx < {size} and 0 <= ny < {size}:\n            x, y = nx, ny";
        string script = wrap ? $"[x, y] = [(nx + {size}) % {size}, (ny + {size}) % {size}];"
            : $"if (Math.min(nx, ny) >= 0 && Math.max(nx, ny) < {size}) [x, y] = [nx, ny];";
        return new()
        {
            Name = d.Pick("robot walk", "drive robot", "walk grid"),
            Takes = [new("commands", Ty.Text, "a text of the letters L, R and F")],
            Gives = Ty.Ints,
            Goal = $"the place [x, y] at which a robot stands after `commands`, on a board of {size} by {size} squares numbered from 0",
            Rules = ["It starts at [0, 0] and looks along growing y.",
                "L and R turn it to the left or right where it stands (growing x lies to its right at the start).",
                $"F moves it {stride} square{(stride == 1 ? "" : "s")} ahead; "
                    + (wrap ? "what leaves the board comes back on the other side." : "a move that would leave the board is not made.")],
            Setting = d.Pick("", "A vacuum cleaner finds its way about a room.", "A turtle draws on a floor of tiles."),
            CSharp = $$"""
                int x = 0, y = 0, dx = 0, dy = 1;
                foreach (char command in commands)
                {
                    if (command == 'L') (dx, dy) = (-dy, dx);
                    else if (command == 'R') (dx, dy) = (dy, -dx);
                    else
                    {
                        {{move}}
                    }
                }
                return new[] { x, y };
                """,
            Python = $$"""
                steps = [(0, 1), (1, 0), (0, -1), (-1, 0)]
                x = y = heading = 0
                for command in commands:
                    if command == "F":
                        nx, ny = x + {{stride}} * steps[heading][0], y + {{stride}} * steps[heading][1]
                        {{python}}
                    else:
                        heading = (heading + (1 if command == "R" else 3)) % 4
                return [x, y]
                """,
            JavaScript = $$"""
                const steps = [[0, 1], [1, 0], [0, -1], [-1, 0]];
                let [x, y, heading] = [0, 0, 0];
                for (const command of commands) {
                  if (command === "R") heading = (heading + 1) % 4;
                  else if (command === "L") heading = (heading + 3) % 4;
                  else {
                    const [nx, ny] = [x + {{stride}} * steps[heading][0], y + {{stride}} * steps[heading][1]];
                    {{script}}
                  }
                }
                return [x, y];
                """,
            Oracle = a => Turned((string)a[0], size, stride, wrap),
            Draw = r => [r.Text(4, 22, "LRFFFF")],
            Edges = [[""], ["F"], ["RF"], ["LF"], ["RRF"], [new string('F', size)], ["R" + new string('F', size)], ["RFFLFFLFRFF"],
                ["LLLF"], ["RFLFLF"], ["FFRFFRF"], ["R" + new string('F', size - 1) + "L" + new string('F', size + 1) + "LFF"]],
        };
    }

    // On the complex plane, where a turn is a multiplication by i.
    private static int[] Turned(string commands, int size, int stride, bool wrap)
    {
        Complex at = 0, ahead = Complex.ImaginaryOne;
        foreach (char c in commands)
        {
            if (c != 'F')
            {
                ahead *= c == 'L' ? Complex.ImaginaryOne : -Complex.ImaginaryOne;
                continue;
            }
            var next = at + stride * ahead;
            var (x, y) = ((int)Math.Round(next.Real), (int)Math.Round(next.Imaginary));
            var inside = ((x % size + size) % size, (y % size + size) % size);
            if (wrap || inside == (x, y)) at = new(inside.Item1, inside.Item2);
        }
        return [(int)Math.Round(at.Real), (int)Math.Round(at.Imaginary)];
    }

    private static Problem Counters(Draws d)
    {
        int desks = d.Between(2, 4), pause = d.Between(0, 4);
        bool waiting = d.Coin();
        string time = waiting ? "" : " + time", rest = pause == 0 ? "" : $" + {pause}";
        return new()
        {
            Name = waiting ? d.Pick("longest wait", "worst wait") : d.Pick("closing time", "last customer", "time at counters"),
            Takes = [new("minutes", Ty.Ints, "for each customer of a queue, the minutes (at least 1) of being served")],
            Gives = Ty.Int,
            Goal = (waiting ? "how many minutes the customer who waits longest waits for the start of service"
                : "the minute at which the last customer has been served") + $", at {desks} counters that open at minute 0",
            Rules = ["All customers are there from the start. Each in turn goes to the counter that is free first.",
                pause == 0 ? "A counter is free again at once." : $"After each customer a counter rests for {pause} "
                    + $"minute{(pause == 1 ? "" : "s")}.",
                "Without customers the answer is 0."],
            Setting = d.Pick("", "A post office wants to know how many counters it needs.", "A ferry loads its cars through a few gates."),
            CSharp = $$"""
                var free = new int[{{desks}}];
                int result = 0;
                foreach (int time in minutes)
                {
                    int first = 0;
                    for (int i = 1; i < free.Length; i++)
                    {
                        if (free[i] < free[first]) first = i;
                    }
                    result = Math.Max(result, free[first]{{time}});
                    free[first] += time{{rest}};
                }
                return result;
                """,
            Python = $"""
                import heapq
                free = [0] * {desks}
                result = 0
                for time in minutes:
                    start = heapq.heappop(free)
                    result = max(result, start{time})
                    heapq.heappush(free, start + time{rest})
                return result
                """,
            JavaScript = $$"""
                const free = new Array({{desks}}).fill(0);
                let result = 0;
                for (const time of minutes) {
                  free.sort((a, b) => a - b);
                  result = Math.max(result, free[0]{{time}});
                  free[0] += time{{rest}};
                }
                return result;
                """,
            Oracle = a => ByTheMinute((int[])a[0], desks, pause, waiting),
            Draw = r => [r.Ints(2, 10, 1, 9)],
            Edges = [[Array.Empty<int>()], [new[] { 5 }], [Enumerable.Repeat(3, desks + 1).ToArray()],
                [Enumerable.Range(1, 2 * desks + 1).ToArray()], [Enumerable.Range(1, 2 * desks).Reverse().ToArray()]],
        };
    }

    private static int ByTheMinute(int[] minutes, int desks, int pause, bool waiting)
    {
        var queue = new Queue<int>(minutes);
        int[] busy = new int[desks]; // minutes until free
        int result = 0;
        for (int now = 0; queue.Count > 0; now++)
        {
            for (int i = 0; i < desks; i++)
                if (busy[i] == 0 && queue.TryDequeue(out int served))
                {
                    result = Math.Max(result, waiting ? now : now + served);
                    busy[i] = served + pause;
                }
            for (int i = 0; i < desks; i++) busy[i] = Math.Max(0, busy[i] - 1);
        }
        return result;
    }

    private static Problem Colony(Draws d)
    {
        int born = d.Between(1, 3), adult = d.Between(1, 3), die = adult + d.Between(2, 4);
        return new()
        {
            Name = d.Pick("colony size", "population", "rabbits after"),
            Takes = [new("months", Ty.Int, "a whole number of at least 0")],
            Gives = Ty.Int,
            Goal = "how many animals a colony has after `months` months, if it begins with one animal of age 0",
            Rules = ["Each month every animal first grows one month older.", $"Then those that have reached the age of {die} months die.",
                $"Then every animal of at least {adult} month{(adult == 1 ? "" : "s")} has {born} young of age 0."],
            Setting = d.Pick("", "Fibonacci asked how fast rabbits multiply.", "A beekeeper plans for the summer."),
            CSharp = $$"""
                var ages = new int[{{die}}];
                ages[0] = 1;
                for (int month = 0; month < months; month++)
                {
                    for (int age = ages.Length - 1; age > 0; age--) ages[age] = ages[age - 1];
                    ages[0] = 0;
                    for (int age = {{adult}}; age < ages.Length; age++) ages[0] += ages[age] * {{born}};
                }
                return ages.Sum();
                """,
            Python = $"""
                ages = [1] + [0] * {die - 1}
                for _ in range(months):
                    older = ages[:-1]
                    ages = [{born} * sum(older[{adult - 1}:])] + older
                return sum(ages)
                """,
            JavaScript = $$"""
                let ages = [1, ...new Array({{die - 1}}).fill(0)];
                for (let month = 0; month < months; month++) {
                  const older = ages.slice(0, -1);
                  const young = {{born}} * older.slice({{adult - 1}}).reduce((a, b) => a + b, 0);
                  ages = [young, ...older];
                }
                return ages.reduce((a, b) => a + b);
                """,
            // Births by month: who is born in month m has young in the months m + adult to m + die - 1.
            Oracle = a =>
            {
                int months = (int)a[0];
                int[] births = new int[months + 1];
                births[0] = 1;
                for (int m = 1; m <= months; m++)
                    births[m] = born * Enumerable.Range(0, m).Where(b => m - b >= adult && m - b < die).Sum(b => births[b]);
                return Enumerable.Range(0, months + 1).Where(b => months - b < die).Sum(b => births[b]);
            },
            Draw = r => [r.Between(0, 10)],
            Edges = [[0], [1], [2], [adult], [die - 1], [die], [die + 1], [10]],
        };
    }
}
