using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Graphs;

/// <summary>Tasks in an order that respects what each needs, the alphabetically first that can be done.</summary>
internal sealed class TopologicalOrder() : TaskFamily("topological-order", TaskCategories.Graphs)
{
    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int n = level + 4;
        var graph = Acyclic(draws.Problem, n, level + 4, 1);
        int[] needs = new int[n];
        foreach (var (_, to, _) in graph.Edges) needs[to]++;
        var done = new List<int>();
        var work = new StepList();
        while (done.Count < n)
        {
            int[] free = [.. Enumerable.Range(0, n).Where(i => needs[i] == 0 && !done.Contains(i)).OrderBy(i => graph.Names[i],
                StringComparer.Ordinal)];
            done.Add(free[0]);
            foreach (var (from, to, _) in graph.Edges)
                if (from == free[0]) needs[to]--;
            work.Add($"free are {graph.Say(free)}; take {graph.Names[free[0]]}", graph.Say(done));
        }
        string answer = graph.Say(done);
        return new(draws.Wording.Pick(
        [
            $"An arrow X->Y means that X must be done before Y. Tasks: {graph.Nodes}; arrows: {graph.Arrows}. Always do the "
                + "alphabetically first task that is possible. "
                + "In which order are they done? Separate by commas.",
            $"Give the topological order of the nodes {graph.Nodes} with edges {graph.Arrows} in which, at each place, the smallest "
                + "available letter is chosen. "
                + "Separate by commas.",
            $"Courses {graph.Nodes} have prerequisites, written as first->later: {graph.Arrows}. They are taken one at a time, among "
                + "those allowed always the first by "
                + "letter. List them in order with commas.",
            $"Sort {graph.Nodes} so that every arrow of {graph.Arrows} points forwards; where there is a choice, the earlier letter "
                + "comes first (decided place by place "
                + "from the front). Separate by commas.",
        ]), answer, work);
    }

    /// <summary>Arrows that all point from a lower to a higher number; letters do not tell.</summary>
    internal static Drawn Acyclic(ItemDraws random, int nodes, int arrows, int most)
    {
        var graph = Drawn.Random(random, nodes, arrows, false, most);
        for (int i = 0; i < graph.Edges.Count; i++)
        {
            var (from, to, size) = graph.Edges[i];
            graph.Edges[i] = (Math.Min(from, to), Math.Max(from, to), size);
        }
        return graph;
    }
}

/// <summary>The shortest time for tasks that wait for each other.</summary>
internal sealed class ProjectDuration() : TaskFamily("project-duration", TaskCategories.Graphs)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int n = level + 3;
        var graph = TopologicalOrder.Acyclic(draws.Problem, n, level + 3, 1);
        int[] days = draws.Problem.Numbers(n, 1, 15), end = new int[n];
        var work = new StepList();
        for (int i = 0; i < n; i++)
        {
            int[] before = [.. graph.Edges.Where(e => e.To == i).Select(e => e.From)];
            int start = before.Length == 0 ? 0 : before.Max(b => end[b]);
            end[i] = start + days[i];
            work.Add(before.Length == 0 ? $"{graph.Names[i]} starts at once" : $"{graph.Names[i]} starts after {graph.Say(before)}, on "
                + $"day {start}",
                $"{start} + {days[i]} = {end[i]}");
        }
        work.Add("the last task ends after", $"{end.Max()} days");
        int[] order = draws.Problem.Shuffle(Enumerable.Range(0, n).ToArray());
        string tasks = string.Join("; ", order.Select(i => $"{graph.Names[i]} takes {Phrases.Count(days[i], "day")}" + (graph.Edges.Any(e =>
            e.To == i)
            ? " after " + Phrases.And([.. graph.Edges.Where(e => e.To == i).Select(e => graph.Names[e.From])]) : "")));
        return new(draws.Wording.Pick(
        [
            $"{tasks}. Any number of tasks can run at the same time. How many days does everything take at least? Number only.",
            $"A project has these tasks: {tasks}. \"After\" means that those must be finished first. What is its shortest duration in "
                + "days? Give the number.",
            $"Workers are plentiful, so tasks wait only for those they depend on: {tasks}. After how many days is all done at the "
                + "earliest?",
            $"Find the length of the critical path, in days: {tasks}.",
        ]), $"{end.Max()}", work);
    }
}

/// <summary>How many different ways lead along arrows from a start to an end.</summary>
internal sealed class WayCount() : TaskFamily("way-count", TaskCategories.Graphs)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int n = level + 4;
        var graph = TopologicalOrder.Acyclic(draws.Problem, n, 2 * n - 2, 1);
        long[] ways = new long[n];
        ways[n - 1] = 1;
        var work = new StepList();
        work.Add($"from {graph.Names[n - 1]} itself", $"{graph.Names[n - 1]} = 1");
        for (int i = n - 2; i >= 0; i--)
        {
            int[] next = [.. graph.Edges.Where(e => e.From == i).Select(e => e.To)];
            ways[i] = next.Sum(to => ways[to]);
            work.Add(next.Length == 0 ? $"no arrow leaves {graph.Names[i]}" : $"from {graph.Names[i]} on to {graph.Say(next)}",
                $"{graph.Names[i]} = {(next.Length == 0 ? "0" : string.Join(" + ", next.Select(to => ways[to])))}" + (next.Length > 1
                    ? $" = {ways[i]}" : ""));
        }
        work.Add($"so from {graph.Names[0]} there are", $"{ways[0]}");
        string from = graph.Names[0], goal = graph.Names[n - 1];
        return new(draws.Wording.Pick(
        [
            $"How many different directed paths lead from {from} to {goal} along the arrows {graph.Arrows}?",
            $"One-way lanes: {graph.Arrows}. In how many ways can one drive from {from} to {goal}?",
            $"Count the routes from {from} to {goal} that follow the arrows {graph.Arrows}.",
            $"The arrows are {graph.Arrows}. What is the number of distinct ways to get from {from} to {goal}?",
        ]), $"{ways[0]}", work);
    }
}

/// <summary>How much can flow through a network, by one enlarging path after another.</summary>
internal sealed class GreatestFlow() : TaskFamily("greatest-flow", TaskCategories.Graphs)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int n = level / 2 + 4 + level / 4;
        var random = draws.Problem;
        for (int attempt = 0; ; attempt++)
        {
            var graph = TopologicalOrder.Acyclic(random, n, 3 * n - 7, 12);
            int[,] room = new int[n, n];
            foreach (var (from, to, size) in graph.Edges) room[from, to] = size;
            var work = new StepList();
            int flow = 0;
            while (Path(room, n) is { } path)
            {
                int least = Enumerable.Range(1, path.Count - 1).Min(i => room[path[i - 1], path[i]]);
                for (int i = 1; i < path.Count; i++)
                {
                    room[path[i - 1], path[i]] -= least;
                    room[path[i], path[i - 1]] += least;
                }
                work.Add($"send {least} along {string.Join(" ", path.Select(i => graph.Names[i]))}", $"{flow} + {least} = {flow + least}");
                flow += least;
            }
            if ((work.Count < level + 1 || work.Count > level + 2) && attempt < 25) continue;
            int[] source = [.. Enumerable.Range(0, n).Where(i => Reached(room, n)[i])];
            work.Add($"from {graph.Names[0]} only {graph.Say(source)} can still be reached", "the arrows that leave these are full");
            work.Add("no path can carry more, so the greatest flow is", $"{flow}");
            string pipes = Phrases.Commas(graph.Edges.Select(e => $"{graph.Names[e.From]}->{graph.Names[e.To]} ({e.Size})"));
            string from1 = graph.Names[0], goal = graph.Names[n - 1];
            return new(draws.Wording.Pick(
            [
                $"Pipes and the litres a minute that they can carry, in the direction of the arrow: {pipes}. How many litres a minute "
                    + $"can flow from {from1} to {goal} at "
                    + "most? Number only.",
                $"What is the maximum flow from {from1} to {goal} in the network {pipes} (capacities in brackets)?",
                $"One-way roads with the cars an hour that they bear: {pipes}. How many cars an hour can get from {from1} to {goal} at "
                    + "most? Give the number.",
                $"A network has the arrows {pipes}, with capacities. Find the value of the greatest possible flow from {from1} to {goal}.",
            ]), $"{flow}", work);
        }
    }

    private static bool[] Reached(int[,] room, int n)
    {
        bool[] seen = new bool[n];
        seen[0] = true;
        var stack = new Stack<int>([0]);
        while (stack.TryPop(out int at))
            for (int to = 0; to < n; to++)
                if (room[at, to] > 0 && !seen[to])
                {
                    seen[to] = true;
                    stack.Push(to);
                }
        return seen;
    }

    // The path with the fewest arrows that has room left.
    private static List<int>? Path(int[,] room, int n)
    {
        int[] from = new int[n];
        Array.Fill(from, -1);
        from[0] = 0;
        var open = new Queue<int>([0]);
        while (open.TryDequeue(out int at))
            for (int to = 0; to < n; to++)
                if (room[at, to] > 0 && from[to] < 0)
                {
                    from[to] = at;
                    open.Enqueue(to);
                }
        if (from[n - 1] < 0) return null;
        var path = new List<int> { n - 1 };
        while (path[0] != 0) path.Insert(0, from[path[0]]);
        return path;
    }
}

/// <summary>Where someone stands after very many steps along single arrows.</summary>
internal sealed class PointerChase() : TaskFamily("pointer-chase", TaskCategories.Graphs)
{
    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        int n = 2 * level + 3;
        string[] names = [.. random.Sample<char>([.. "ABCDEFGHIJKLMNOPRSTUVWXYZ"], n).Select(c => $"{c}").Order(StringComparer.Ordinal)];
        int[] next = [.. Enumerable.Range(0, n).Select(i => (i + random.Between(1, n - 1)) % n)];
        int start = random.Below(n), steps = random.Between(100, 999);
        var seen = new List<int> { start };
        var work = new StepList();
        while (!seen.Contains(next[seen[^1]]))
        {
            seen.Add(next[seen[^1]]);
            work.Add($"step {seen.Count - 1} leads to {names[seen[^1]]}");
        }
        int first = seen.IndexOf(next[seen[^1]]), length = seen.Count - first, at = first + (steps - first) % length;
        work.Add($"step {seen.Count} leads back to {names[seen[first]]}, seen after step {first}", $"the circle has length {seen.Count} "
            + $"- {first} = {length}");
        work.Add("steps that count", $"{first} + ({steps} - {first}) mod {length} = {at}");
        work.Add($"after {at} steps one stands on", names[seen[at]]);
        string arrows = Phrases.Commas(names.Select((name, i) => $"{name}->{names[next[i]]}"));
        return new(draws.Wording.Pick(
        [
            $"From every node one arrow leaves: {arrows}. Starting on {names[start]}, where are you after {steps} steps?",
            $"The token moves along the arrows {arrows}, one arrow a second. It starts on {names[start]}. On which letter is it after "
                + $"{steps} seconds?",
            $"Each letter passes the ball on as in {arrows}. {names[start]} has it now. Who has it after {steps} passes?",
            $"Apply the mapping {arrows} to {names[start]} exactly {steps} times. Which letter results?",
        ]), names[seen[at]], work);
    }
}

/// <summary>How many workers can get a job they can do, by exchanging along chains.</summary>
internal sealed class GreatestMatching() : TaskFamily("greatest-matching", TaskCategories.Graphs)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        int n = level + 3;
        string[] people = random.Sample(People.All, n), jobs = random.Sample(WordBank.Groups.First(g => g.Kind == "tool").Words, n);
        int[][] can = [.. people.Select(_ => random.Sample(Enumerable.Range(0, Math.Max(2, n - 1)).ToArray(), random.Between(1, 1
            + level / 2)).Order().ToArray())];
        int[] owner = new int[n];
        Array.Fill(owner, -1);
        var work = new StepList();
        int pairs = 0;
        for (int who = 0; who < n; who++)
        {
            var chain = new List<string>();
            bool found = Seat(who, new bool[n], chain);
            if (found) pairs++;
            work.Add(found ? Phrases.Commas(chain) : $"nothing can be freed for {people[who]}", $"pairs: {pairs}");
        }
        work.Add("at most", $"{pairs}");
        string list = string.Join("; ", people.Select((name, i) => $"{name} can use "
            + $"{Phrases.And([.. can[i].Select(j => "the " + jobs[j])])}"));
        return new(draws.Wording.Pick(
        [
            $"{list}. There is one of each tool, and nobody uses two. How many people can work at the same time at most?",
            $"There is one tool of each sort: {list}. Give out at most one tool a person. What is the greatest number of people who get "
                + "a tool they can use?",
            $"{list}. Each tool exists once and each person takes one at most. Find the size of the largest matching of people and tools.",
            $"How many of these people can be busy at once, one tool each and no tool shared? {list}.",
        ]), $"{pairs}", work);

        bool Seat(int who, bool[] tried, List<string> chain)
        {
            foreach (int job in can[who])
            {
                if (tried[job]) continue;
                tried[job] = true;
                if (owner[job] >= 0 && !Seat(owner[job], tried, chain)) continue;
                owner[job] = who;
                chain.Add($"{people[who]} takes the {jobs[job]}");
                return true;
            }
            return false;
        }
    }
}

/// <summary>How many spanning trees a graph has, by taking edges out or drawing them together.</summary>
internal sealed class SpanningTreeCount() : TaskFamily("spanning-tree-count", TaskCategories.Graphs)
{
    public override int Levels => 4;

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int n = level + 3;
        var graph = Drawn.Random(draws.Problem, n, level < 3 ? 2 : 3, true, 1);
        long[,] laplace = new long[n, n];
        foreach (var (from, to, _) in graph.Edges)
        {
            laplace[from, from]++;
            laplace[to, to]++;
            laplace[from, to]--;
            laplace[to, from]--;
        }
        var work = new StepList();
        work.Add("degrees of the nodes", Phrases.Commas(graph.Names.Select((name, i) => $"{name} = {laplace[i, i]}")));
        int m = n - 1;
        work.Add($"the Laplace matrix without row and column of {graph.Names[m]}", Rows(laplace, m));
        long before = 1;
        for (int k = 0; k < m - 1; k++)
        {
            // Whole numbers throughout: each entry is a minor, divided by the pivot before the last. The matrix is positive definite, so
            // no pivot is 0.
            for (int i = k + 1; i < m; i++)
                for (int j = k + 1; j < m; j++)
                    laplace[i, j] = (laplace[i, j] * laplace[k, k] - laplace[i, k] * laplace[k, j]) / before;
            before = laplace[k, k];
            for (int i = k + 1; i < m; i++) laplace[i, k] = 0;
            work.Add($"eliminate column {k + 1} without fractions", Rows(laplace, m));
        }
        long trees = laplace[m - 1, m - 1];
        work.Add("the last entry is the determinant", $"{trees}");
        return new(draws.Wording.Pick(
        [
            $"How many spanning trees has the graph with the edges {graph.Plain}?",
            $"Edges: {graph.Plain}. In how many ways can edges be removed so that a tree on all nodes is left?",
            $"Count the spanning trees of the graph {graph.Plain}.",
            $"In how many different ways can one keep just enough of the roads {graph.Plain} for all places to stay connected, with no "
                + "road to spare?",
        ]), $"{trees}", work);
    }

    private static string Rows(long[,] matrix, int m) =>
        string.Join("; ", Enumerable.Range(0, m).Select(i => string.Join(" ", Enumerable.Range(0, m).Select(j => matrix[i, j]))));
}
