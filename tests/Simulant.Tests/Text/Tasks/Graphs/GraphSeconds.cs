using System.Numerics;
using System.Text.RegularExpressions;

namespace Simulant.Tests.Text.Tasks.Graphs;

/// <summary>A graph read from a statement: A-B (3), or A->B.</summary>
internal sealed class Read
{
    public const int Far = 1_000_000;

    public string[] Names { get; }

    public (int From, int To, int Size)[] Edges { get; }

    public Read(string question)
    {
        var found = Asked.All(question, @"\b(\w+)->?(\w+)\b(?: \((\d+)\))?").Where(e => e[0] != "X" || e[1] != "Y"
            || !question.Contains("An arrow X", StringComparison.Ordinal)
            || question.Split("X->Y").Length > 2).ToList();
        if (question.Contains("An arrow X->Y", StringComparison.Ordinal) && question.Split("X->Y").Length > 2) found.RemoveAt(0);
        found.RemoveAll(e => e[0] is "one" or "One" or "two" or "first");
        string listed = Regex.Match(question, @"\b[A-Z](?:, [A-Z])+\b").Value;
        Names = [.. found.SelectMany(e => e[..2]).Concat(listed == "" ? [] : listed.Split(", ")).Distinct().Order(StringComparer.Ordinal)];
        Edges = [.. found.Select(e => (Array.IndexOf(Names, e[0]), Array.IndexOf(Names, e[1]), e[2] == "" ? 1 : Asked.Int(e[2])))];
    }

    /// <summary>All shortest distances, by Floyd and Warshall.</summary>
    public int[,] Distances(bool both)
    {
        int n = Names.Length;
        int[,] far = new int[n, n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) far[i, j] = i == j ? 0 : Far;
        foreach (var (from, to, size) in Edges)
        {
            far[from, to] = Math.Min(far[from, to], size);
            if (both) far[to, from] = Math.Min(far[to, from], size);
        }
        for (int k = 0; k < n; k++)
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++) far[i, j] = Math.Min(far[i, j], far[i, k] + far[k, j]);
        return far;
    }

    /// <summary>The two ends that are asked for.</summary>
    public (int From, int To) Ends(string question)
    {
        var m = Regex.Match(question, @"\bfrom ([A-Z]) to ([A-Z])\b");
        if (!m.Success) m = Regex.Match(question, @"Can (?<2>[A-Z]) be reached from (?<1>[A-Z])");
        return (Array.IndexOf(Names, m.Groups["1"].Value), Array.IndexOf(Names, m.Groups["2"].Value));
    }
}

internal sealed class ShortestSecond() : Second("shortest-way", q =>
{
    var graph = new Read(q);
    var (from, to) = graph.Ends(q);
    return $"{graph.Distances(true)[from, to]}";
});

/// <summary>Grows one tree from a node, as Prim does.</summary>
internal sealed class SpanningSecond() : Second("spanning-weight", q =>
{
    var graph = new Read(q);
    var inside = new HashSet<int> { 0 };
    int total = 0;
    while (inside.Count < graph.Names.Length)
    {
        var edge = graph.Edges.Where(e => inside.Contains(e.From) != inside.Contains(e.To)).MinBy(e => e.Size);
        inside.Add(edge.From);
        inside.Add(edge.To);
        total += edge.Size;
    }
    return $"{total}";
});

internal sealed class DiameterSecond() : Second("tree-diameter", q => $"{new Read(q).Distances(true).Cast<int>().Max()}");

/// <summary>Tries every order of the other places.</summary>
internal sealed class RoundTripSecond() : Second("round-trip", q =>
{
    var graph = new Read(q);
    int n = graph.Names.Length, start = Array.IndexOf(graph.Names, Asked.First(q, @"(?:starts in|ending in|leaves|from) ([A-Z])\b")),
        best = int.MaxValue;
    int[,] length = new int[n, n];
    foreach (var (from, to, size) in graph.Edges) length[from, to] = length[to, from] = size;
    Go(start, 1 << start, 0);
    return $"{best}";

    void Go(int at, int seen, int sum)
    {
        if (seen == (1 << n) - 1) best = Math.Min(best, sum + length[at, start]);
        for (int to = 0; to < n; to++)
            if ((seen >> to & 1) == 0) Go(to, seen | 1 << to, sum + length[at, to]);
    }
});

internal sealed class ReachSecond() : Second("reachability", q =>
{
    var graph = new Read(q);
    var (from, to) = graph.Ends(q);
    return from >= 0 && to >= 0 && graph.Distances(false)[from, to] < Read.Far ? "yes" : "no";
});

/// <summary>Joins groups edge by edge.</summary>
internal sealed class ComponentSecond() : Second("component-count", q =>
{
    var graph = new Read(q);
    int[] parent = [.. Enumerable.Range(0, graph.Names.Length)];
    int Root(int i) => parent[i] == i ? i : parent[i] = Root(parent[i]);
    foreach (var (from, to, _) in graph.Edges) parent[Root(from)] = Root(to);
    return $"{Enumerable.Range(0, parent.Length).Count(i => parent[i] == i)}";
});

/// <summary>By closed walks: a graph is bipartite when none has odd length.</summary>
internal sealed class BipartiteSecond() : Second("bipartite-check", q =>
{
    var graph = new Read(q);
    int n = graph.Names.Length;
    uint[] next = new uint[n], walk;
    foreach (var (from, to, _) in graph.Edges)
    {
        next[from] |= 1u << to;
        next[to] |= 1u << from;
    }
    walk = [.. next];
    for (int length = 1; length <= n; length++)
    {
        if (length % 2 == 1 && Enumerable.Range(0, n).Any(i => (walk[i] >> i & 1) != 0)) return "no";
        walk = [.. walk.Select(to => Enumerable.Range(0, n).Where(j => (to >> j & 1) != 0).Aggregate(0u, (set, j) => set | next[j]))];
    }
    return "yes";
});

/// <summary>Counts covers by independent sets with inclusion and exclusion: one exists when the signed sum is not zero.</summary>
internal sealed class ChromaticSecond() : Second("chromatic-number", q =>
{
    var graph = new Read(q);
    int n = graph.Names.Length;
    long[] inside = new long[1 << n];
    for (int set = 0; set < inside.Length; set++)
        for (int part = set; ; part = (part - 1) & set)
        {
            if (graph.Edges.All(e => (part >> e.From & part >> e.To & 1) == 0)) inside[set]++;
            if (part == 0) break;
        }
    for (int colours = 1; ; colours++)
        if (Enumerable.Range(0, 1 << n).Sum(set => ((n - BitOperations.PopCount((uint)set)) % 2 == 0 ? 1
            : -1) * (long)Math.Pow(inside[set], colours)) > 0)
            return $"{colours}";
});

/// <summary>Looks for a walk itself.</summary>
internal sealed class EulerSecond() : Second("euler-walk", q =>
{
    var graph = new Read(Regex.Replace(q, "Answer circuit.*", ""));
    bool path = false;
    for (int start = 0; start < graph.Names.Length; start++)
    {
        if (Walk(start, start, 0, true)) return "circuit";
        path = path || Walk(start, start, 0, false);
    }
    return path ? "path" : "neither";

    bool Walk(int start, int at, int used, bool back)
    {
        if (used == (1 << graph.Edges.Length) - 1) return !back || at == start;
        for (int e = 0; e < graph.Edges.Length; e++)
        {
            if ((used >> e & 1) != 0 || (graph.Edges[e].From != at && graph.Edges[e].To != at)) continue;
            if (Walk(start, graph.Edges[e].From + graph.Edges[e].To - at, used | 1 << e, back)) return true;
        }
        return false;
    }
});

internal sealed class FriendsSecond() : Second("circle-of-friends", q =>
{
    var graph = new Read(q);
    int who = Array.IndexOf(graph.Names, Asked.First(q, @"(?:from|with) ([A-Z]\w+)\b(?!-)"));
    int steps = Asked.Int(Asked.First(q, @"(?:in |exactly |day |has )(\d+)"));
    int[,] far = graph.Distances(true);
    return string.Join(", ", graph.Names.Where((_, i) => far[who, i] == steps).DefaultIfEmpty("none"));
});

/// <summary>Puts the letters in place from the back, in the reversed graph's way: an exhaustive search for the smallest order.</summary>
internal sealed class TopologicalSecond() : Second("topological-order", q =>
{
    var graph = new Read(q);
    int[,] far = graph.Distances(false);
    return string.Join(", ", Smallest([])!.Select(i => graph.Names[i]));

    List<int>? Smallest(List<int> done)
    {
        if (done.Count == graph.Names.Length) return done;
        for (int i = 0; i < graph.Names.Length; i++)
            if (!done.Contains(i) && done.All(d => far[i, d] >= Read.Far) && Smallest([.. done, i]) is { } all) return all;
        return null;
    }
});

/// <summary>The longest chain of tasks, by going back from each end.</summary>
internal sealed class ProjectSecond() : Second("project-duration", q =>
{
    var tasks = Asked.All(q, @"\b([A-Z]) takes (\d+) days?(?: after ([A-Z](?:, [A-Z])*(?: and [A-Z])?))?").ToDictionary(t => t[0]);
    return $"{tasks.Keys.Max(End)}";

    int End(string name) => Asked.Int(tasks[name][1]) + Regex.Matches(tasks[name][2], "[A-Z]").Select(m => End(m.Value)).DefaultIfEmpty(0)
        .Max();
});

/// <summary>Powers of the matrix of arrows: one entry of each counts the walks of that length.</summary>
internal sealed class WaySecond() : Second("way-count", q =>
{
    var graph = new Read(q);
    var (from, to) = graph.Ends(q);
    if (from < 0 || to < 0) return "0";
    long[] at = new long[graph.Names.Length];
    at[from] = 1;
    long ways = 0;
    for (int length = 0; length < at.Length; length++)
    {
        long[] next = new long[at.Length];
        foreach (var e in graph.Edges) next[e.To] += at[e.From];
        at = next;
        ways += at[to];
    }
    return $"{ways}";
});

/// <summary>The least cut, over all sets that hold the start and not the end.</summary>
internal sealed class FlowSecond() : Second("greatest-flow", q =>
{
    var graph = new Read(q);
    var (from, to) = graph.Ends(q);
    if (from < 0 || to < 0) return "0";
    return $"{Enumerable.Range(0, 1 << graph.Names.Length).Where(set => (set >> from & 1) == 1 && (set >> to & 1) == 0)
        .Min(set => graph.Edges.Where(e => (set >> e.From & 1) == 1 && (set >> e.To & 1) == 0).Sum(e => e.Size))}";
});

/// <summary>Doubles the mapping and takes the powers of two that the number of steps holds.</summary>
internal sealed class PointerSecond() : Second("pointer-chase", q =>
{
    var graph = new Read(q);
    int[] map = new int[graph.Names.Length];
    foreach (var e in graph.Edges) map[e.From] = e.To;
    int steps = Asked.Int(Asked.First(q, @"\b(\d{3})\b")), at = Array.IndexOf(graph.Names, Asked.First(Regex.Replace(q, "[A-Z]->[A-Z]",
        ""), @"\b([A-Z])\b"));
    for (; steps > 0; steps >>= 1)
    {
        if (steps % 2 == 1) at = map[at];
        map = [.. map.Select(to => map[to])];
    }
    return graph.Names[at];
});

/// <summary>Goes through sets of tools already given out.</summary>
internal sealed class MatchingSecond() : Second("greatest-matching", q =>
{
    var people = Asked.All(q, @"[A-Z]\w+ can use ((?:the \w+(?:, | and )?)+)").Select(p => Asked.All(p[0], @"the (\w+)").Select(t => t[0])
        .ToArray()).ToArray();
    string[] tools = [.. people.SelectMany(p => p).Distinct()];
    HashSet<int> taken = [0];
    foreach (string[] can in people)
        taken.UnionWith([.. taken.SelectMany(set => can.Select(tool => 1 << Array.IndexOf(tools, tool)).Where(bit => (set & bit) == 0)
            .Select(bit => set | bit))]);
    return $"{taken.Max(set => BitOperations.PopCount((uint)set))}";
});

/// <summary>Tries every choice of one edge fewer than nodes.</summary>
internal sealed class TreeCountSecond() : Second("spanning-tree-count", q =>
{
    var graph = new Read(q);
    int n = graph.Names.Length;
    return $"{Enumerable.Range(0, 1 << graph.Edges.Length).Where(set => BitOperations.PopCount((uint)set) == n - 1).Count(set =>
    {
        int reached = 1;
        for (int round = 0; round < n; round++)
            foreach (var e in graph.Edges.Where((_, i) => (set >> i & 1) == 1))
                if ((reached & (1 << e.From | 1 << e.To)) != 0) reached |= 1 << e.From | 1 << e.To;
        return reached == (1 << n) - 1;
    })}";
});
