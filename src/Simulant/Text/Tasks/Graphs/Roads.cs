using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Graphs;

/// <summary>A small graph drawn at random: nodes with letters, and edges with whole numbers.</summary>
internal sealed class Drawn
{
    public required string[] Names { get; init; }

    public required List<(int From, int To, int Size)> Edges { get; init; }

    /// <summary>Connected if <paramref name="connected"/>, with some edges more than a tree has.</summary>
    public static Drawn Random(ItemDraws random, int nodes, int more, bool connected, int most)
    {
        string[] names = [.. random.Sample<char>([.. "ABCDEFGHIJKLMNOPQRSTUVWXYZ"], nodes).Select(c => $"{c}")];
        var edges = new List<(int From, int To, int Size)>();
        for (int i = 1; connected && i < nodes; i++) edges.Add((random.Below(i), i, random.Between(1, most)));
        for (int tries = 0, wanted = edges.Count + more; edges.Count < wanted && tries < 400; tries++)
        {
            int a = random.Below(nodes), b = random.Below(nodes);
            if (a != b && !edges.Exists(e => (e.From, e.To) == (a, b) || (e.From, e.To) == (b, a))) edges.Add((a, b, random.Between(1,
                most)));
        }
        return new() { Names = [.. names], Edges = [.. random.Shuffle(edges)] };
    }

    public string Sized => Phrases.Commas(Edges.Select(e => $"{Names[e.From]}-{Names[e.To]} ({e.Size})"));

    public string Plain => Phrases.Commas(Edges.Select(e => $"{Names[e.From]}-{Names[e.To]}"));

    public string Arrows => Phrases.Commas(Edges.Select(e => $"{Names[e.From]}->{Names[e.To]}"));

    public string Nodes => Phrases.Commas(Names.Order(StringComparer.Ordinal));

    /// <summary>Neighbours both ways, in alphabetical order.</summary>
    public List<(int To, int Size)>[] Both()
    {
        var next = new List<(int To, int Size)>[Names.Length];
        for (int i = 0; i < next.Length; i++) next[i] = [];
        foreach (var (from, to, size) in Edges)
        {
            next[from].Add((to, size));
            next[to].Add((from, size));
        }
        foreach (var list in next) list.Sort((a, b) => string.CompareOrdinal(Names[a.To], Names[b.To]));
        return next;
    }

    /// <summary>Successors along the arrows, in alphabetical order.</summary>
    public List<int>[] Forward()
    {
        var next = new List<int>[Names.Length];
        for (int i = 0; i < next.Length; i++) next[i] = [];
        foreach (var (from, to, _) in Edges) next[from].Add(to);
        foreach (var list in next) list.Sort((a, b) => string.CompareOrdinal(Names[a], Names[b]));
        return next;
    }

    public string Say(IEnumerable<int> nodes) => Phrases.Commas(nodes.Select(i => Names[i]));
}

/// <summary>Length of the shortest way between two towns, town by town as Dijkstra fixes them.</summary>
internal sealed class ShortestWay() : TaskFamily("shortest-way", TaskCategories.Graphs)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var graph = Drawn.Random(draws.Problem, level + 4, level + 2, true, 20);
        int goal = graph.Names.Length - 1;
        var next = graph.Both();
        int[] far = new int[goal + 1];
        Array.Fill(far, int.MaxValue);
        bool[] done = new bool[goal + 1];
        far[0] = 0;
        var work = new StepList();
        while (!done[goal])
        {
            int at = Enumerable.Range(0, goal + 1).Where(i => !done[i]).MinBy(i => far[i]);
            done[at] = true;
            foreach (var (to, size) in next[at])
                if (!done[to]) far[to] = Math.Min(far[to], far[at] + size);
            string open = Phrases.Commas(Enumerable.Range(0, goal + 1).Where(i => !done[i] && far[i] < int.MaxValue).Select(i =>
                $"{graph.Names[i]} = {far[i]}"));
            work.Add($"{graph.Names[at]} is the nearest left, at {far[at]}", open.Length == 0 ? "nothing is open" : "open: " + open);
        }
        work.Add($"{graph.Names[goal]} is reached at", $"{far[goal]}");
        string from = graph.Names[0], to1 = graph.Names[goal];
        return new(draws.Wording.Pick(
        [
            $"Roads and their lengths in km: {graph.Sized}. How long is the shortest way from {from} to {to1}? Answer with the number "
                + "only.",
            $"An undirected graph has these edges, with weights in brackets: {graph.Sized}. What is the least total weight of a path "
                + $"from {from} to {to1}?",
            $"Travel times in minutes, the same both ways, are {graph.Sized}. How many minutes does the fastest trip from {from} to "
                + $"{to1} take? Number only.",
            $"Find the length of a shortest path from {from} to {to1} where the two-way streets are {graph.Sized}.",
        ]), $"{far[goal]}", work);
    }
}

/// <summary>The least length of wire that joins all places, edge by edge from the shortest.</summary>
internal sealed class SpanningWeight() : TaskFamily("spanning-weight", TaskCategories.Graphs)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var graph = Drawn.Random(draws.Problem, level + 3, level + 2, true, 30);
        int[] group = [.. Enumerable.Range(0, graph.Names.Length)];
        var work = new StepList();
        int total = 0;
        foreach (var (from, to, size) in graph.Edges.OrderBy(e => e.Size))
        {
            string edge = $"{graph.Names[from]}-{graph.Names[to]} ({size})";
            int one = group[from], two = group[to];
            if (one == two)
            {
                work.Add($"{edge} would close a circle, leave it out");
                continue;
            }
            for (int i = 0; i < group.Length; i++)
                if (group[i] == two) group[i] = one;
            work.Add($"take {edge}", $"{total} + {size} = {total + size}");
            total += size;
            if (group.All(g => g == one)) break;
        }
        work.Add("everything is joined, with total weight", $"{total}");
        return new(draws.Wording.Pick(
        [
            $"What is the total weight of a minimum spanning tree of the graph with edges {graph.Sized} (weights in brackets)?",
            $"Houses are to be joined by cables. Possible links and their costs: {graph.Sized}. What is the least total cost that "
                + "connects all of them?",
            $"Keep as little road as possible so that every place can still be reached. Roads with lengths: {graph.Sized}. What length "
                + "has to be kept? Number only.",
            $"Find the weight of the cheapest connected subgraph that contains all nodes, given the weighted edges {graph.Sized}.",
        ]), $"{total}", work);
    }
}

/// <summary>The longest distance in a tree: from anywhere to the farthest, and from there again.</summary>
internal sealed class TreeDiameter() : TaskFamily("tree-diameter", TaskCategories.Graphs)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var graph = Drawn.Random(draws.Problem, 2 * level + 3, 0, true, 15);
        var next = graph.Both();
        var work = new StepList();
        int start = Array.IndexOf(graph.Names, graph.Names.Min(StringComparer.Ordinal));
        int end = Farthest(graph, next, start, work, out _), other = Farthest(graph, next, end, work, out int far);
        work.Add($"the ends are {graph.Names[end]} and {graph.Names[other]}", $"{far}");
        return new(draws.Wording.Pick(
        [
            $"A tree has the edges {graph.Sized}, lengths in brackets. What is the greatest distance between two of its nodes?",
            $"Villages are linked by these roads (km in brackets), with just one way between any two: {graph.Sized}. How far apart are "
                + "the two remotest villages? "
                + "Number only.",
            $"Find the weighted diameter of the tree {graph.Sized}.",
            $"The branches of a network without circles are {graph.Sized}; the numbers are lengths. How long is the longest path in it?",
        ]), $"{far}", work);
    }

    private static int Farthest(Drawn graph, List<(int To, int Size)>[] next, int start, StepList work, out int far)
    {
        int[] distance = new int[next.Length];
        Array.Fill(distance, -1);
        distance[start] = 0;
        var stack = new Stack<int>([start]);
        while (stack.TryPop(out int at))
            foreach (var (to, size) in next[at])
            {
                if (distance[to] >= 0) continue;
                distance[to] = distance[at] + size;
                work.Add($"from {graph.Names[start]} to {graph.Names[to]}, by way of {graph.Names[at]}", $"{distance[at]} + {size} = "
                    + $"{distance[to]}");
                stack.Push(to);
            }
        far = distance.Max();
        return Array.IndexOf(distance, far);
    }
}

/// <summary>The shortest round trip through all towns, by sets of towns visited.</summary>
internal sealed class RoundTrip() : TaskFamily("round-trip", TaskCategories.Graphs)
{
    public override int Levels => 3;

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int n = level + 3;
        var graph = Drawn.Random(draws.Problem, n, n * n, false, 20);
        int[,] length = new int[n, n];
        foreach (var (from, to, size) in graph.Edges) length[from, to] = length[to, from] = size;
        var best = new int[1 << n, n];
        var work = new StepList();
        for (int set = 2; set < 1 << n; set += 2)
        {
            for (int last = 1; last < n; last++)
            {
                if ((set >> last & 1) == 0) continue;
                int before = set & ~(1 << last), least = before == 0 ? length[0, last] : int.MaxValue;
                for (int one = 1; one < n; one++)
                    if ((before >> one & 1) != 0) least = Math.Min(least, best[before, one] + length[one, last]);
                best[set, last] = least;
            }
            int[] members = [.. Enumerable.Range(1, n - 1).Where(i => (set >> i & 1) != 0)];
            work.Add($"from {graph.Names[0]} through {Phrases.And([.. members.Select(i => graph.Names[i])])}",
                Phrases.Commas(members.Select(i => $"ending in {graph.Names[i]}: {best[set, i]}")));
        }
        int full = (1 << n) - 2, answer = Enumerable.Range(1, n - 1).Min(last => best[full, last] + length[last, 0]);
        work.Add($"the least after the way back to {graph.Names[0]}", $"{answer}");
        return new(draws.Wording.Pick(
        [
            $"Distances in km: {graph.Sized}. How long is the shortest round trip that starts in {graph.Names[0]}, visits every other "
                + "place exactly once and "
                + "returns? Number only.",
            $"Solve the travelling salesman problem for the distances {graph.Sized}, starting and ending in {graph.Names[0]}. What is "
                + "the length of the best tour?",
            $"A courier leaves {graph.Names[0]}, calls once at each of the other places and comes back. With the lengths {graph.Sized}, "
                + "what is the least total?",
            $"What is the weight of the lightest Hamiltonian cycle (from {graph.Names[0]} back to {graph.Names[0]}) in the complete "
                + $"graph {graph.Sized}?",
        ]), $"{answer}", work);
    }
}
