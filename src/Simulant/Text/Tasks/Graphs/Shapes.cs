using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Graphs;

/// <summary>Whether arrows lead from one node to another.</summary>
internal sealed class Reachability() : TaskFamily("reachability", TaskCategories.Graphs)
{
    public override AnswerKind Kind => AnswerKind.YesNo;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        bool wanted = draws.Problem.Chance(0.5);
        for (int attempt = 0; ; attempt++)
        {
            var graph = Drawn.Random(draws.Problem, level + 4, 2 * level + 4, false, 1);
            var next = graph.Forward();
            int goal = graph.Names.Length - 1;
            var reached = new List<int> { 0 };
            var work = new StepList();
            for (int i = 0; i < reached.Count && !reached.Contains(goal); i++)
            {
                int[] found = [.. next[reached[i]].Where(to => !reached.Contains(to))];
                reached.AddRange(found);
                work.Add(found.Length == 0 ? $"from {graph.Names[reached[i]]} nothing new" : $"from {graph.Names[reached[i]]} to "
                    + $"{graph.Say(found)}",
                    "reached: " + graph.Say(reached));
            }
            bool answer = reached.Contains(goal);
            if ((answer != wanted || work.Count < level) && attempt < 40) continue;
            string from = graph.Names[0], to = graph.Names[goal];
            work.Add(answer ? $"{to} is reached" : $"{to} is not among them, and there is no way on", Phrases.YesNo(answer));
            return new(draws.Wording.Pick(
            [
                $"A directed graph has the edges {graph.Arrows}. Can {to} be reached from {from}? Answer yes or no.",
                $"One-way streets: {graph.Arrows}. Is it possible to drive from {from} to {to}? Answer yes or no.",
                $"Messages pass only along the arrows {graph.Arrows}. Can a message get from {from} to {to}? Answer yes or no.",
                $"Is there a directed path from {from} to {to} in the graph with arrows {graph.Arrows}? Answer yes or no.",
            ]), Phrases.YesNo(answer), work);
        }
    }
}

/// <summary>Into how many pieces a graph falls.</summary>
internal sealed class ComponentCount() : TaskFamily("component-count", TaskCategories.Graphs)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int nodes = 2 * level + 5;
        var graph = Drawn.Random(draws.Problem, nodes, draws.Problem.Between(nodes / 2, nodes - 2), false, 1);
        var next = graph.Both();
        bool[] seen = new bool[nodes];
        var work = new StepList();
        int pieces = 0;
        foreach (int start in Enumerable.Range(0, nodes).OrderBy(i => graph.Names[i], StringComparer.Ordinal))
        {
            if (seen[start]) continue;
            var piece = new List<int> { start };
            seen[start] = true;
            for (int i = 0; i < piece.Count; i++)
                foreach (var (to, _) in next[piece[i]])
                {
                    if (seen[to]) continue;
                    seen[to] = true;
                    piece.Add(to);
                }
            work.Add($"the piece with {graph.Names[start]}", $"{graph.Say(piece)}; pieces so far {++pieces}");
        }
        work.Add("every node has its piece", $"{pieces}");
        return new(draws.Wording.Pick(
        [
            $"A graph has the nodes {graph.Nodes} and the edges {graph.Plain}. How many connected components does it have?",
            $"The people {graph.Nodes} know each other as follows (both ways): {graph.Plain}. Into how many separate circles of "
                + "acquaintance do they fall, "
                + "counting anyone who knows nobody as a circle?",
            $"Islands {graph.Nodes} are joined by the bridges {graph.Plain}. Islands that can be reached from each other form a group. "
                + "How many groups are there?",
            $"Count the connected components: nodes {graph.Nodes}; undirected edges {graph.Plain}.",
        ]), $"{pieces}", work);
    }
}

/// <summary>Whether the nodes can be parted so that every edge goes across.</summary>
internal sealed class BipartiteCheck() : TaskFamily("bipartite-check", TaskCategories.Graphs)
{
    public override AnswerKind Kind => AnswerKind.YesNo;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        bool wanted = draws.Problem.Chance(0.5);
        for (int attempt = 0; ; attempt++)
        {
            var graph = Drawn.Random(draws.Problem, level + 4, level + 2, false, 1);
            if (wanted && attempt > 5) graph.Edges.RemoveAll(e => (e.From + e.To) % 2 == 0);
            var next = graph.Both();
            int[] side = new int[graph.Names.Length];
            var work = new StepList();
            bool fits = true;
            foreach (int start in Enumerable.Range(0, side.Length).OrderBy(i => graph.Names[i], StringComparer.Ordinal))
            {
                if (!fits || side[start] != 0 || next[start].Count == 0) continue;
                side[start] = 1;
                work.Add($"put {graph.Names[start]} on the left");
                var open = new Queue<int>([start]);
                while (fits && open.TryDequeue(out int at))
                    foreach (var (to, _) in next[at])
                    {
                        if (side[to] == 0)
                        {
                            side[to] = -side[at];
                            open.Enqueue(to);
                            work.Add($"{graph.Names[to]}, next to {graph.Names[at]}, goes {(side[to] == 1 ? "left" : "right")}");
                        }
                        else if (side[to] == side[at])
                        {
                            work.Add($"{graph.Names[at]} and {graph.Names[to]} are joined and on the same side");
                            fits = false;
                            break;
                        }
                    }
            }
            if ((fits != wanted || work.Count < level + 1) && attempt < 60) continue;
            work.Add(fits ? "every edge goes across" : "so it cannot be done", Phrases.YesNo(fits));
            return new(draws.Wording.Pick(
            [
                $"Is the graph with the edges {graph.Plain} bipartite? Answer yes or no.",
                $"Pairs that must not sit at the same table: {graph.Plain}. Are two tables enough? Answer yes or no.",
                $"Can the nodes of the graph {graph.Plain} be coloured with two colours so that no edge joins equal colours? Answer yes "
                    + "or no.",
                $"These pupils quarrel: {graph.Plain}. Can the class be split into two teams without a quarrelling pair in one team? "
                    + "Answer yes or no.",
            ]), Phrases.YesNo(fits), work);
        }
    }
}

/// <summary>The fewest colours of a graph, tried from below.</summary>
internal sealed class ChromaticNumber() : TaskFamily("chromatic-number", TaskCategories.Graphs)
{
    public override int Levels => 4;

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int n = level + 4;
        var graph = Drawn.Random(draws.Problem, n, draws.Problem.Between(n, n * (n - 1) / 2 - 1), false, 1);
        var next = graph.Both();
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => next[i].Count).ThenBy(i => graph.Names[i], StringComparer.Ordinal)];
        var work = new StepList();
        int[] colour = new int[n];
        int colours = 2;
        for (; !Colour(0); colours++) work.Add($"{colours} colours are too few, every choice ends in a conflict");
        work.Add("all nodes have a colour, so the fewest is", $"{colours}");
        return new(draws.Wording.Pick(
        [
            $"How many colours are needed at least so that the ends of every edge differ? Edges: {graph.Plain}.",
            $"Exams that share a candidate cannot be at the same time. Conflicts: {graph.Plain}. What is the least number of time slots?",
            $"What is the chromatic number of the graph with edges {graph.Plain}?",
            $"Radio stations too near to each other need different frequencies: {graph.Plain}. How many frequencies are needed at least?",
        ]), $"{colours}", work);

        bool Colour(int at)
        {
            if (at == n) return true;
            int node = order[at], used = at == 0 ? 0 : order.Take(at).Max(i => colour[i]);
            for (int c = 1; c <= Math.Min(colours, used + 1); c++)
            {
                int clash = next[node].FindIndex(e => colour[e.To] == c);
                if (clash >= 0) continue;
                colour[node] = c;
                work.Add($"with {colours} colours, {graph.Names[node]} gets colour {c}");
                if (Colour(at + 1)) return true;
                colour[node] = 0;
            }
            return false;
        }
    }
}

/// <summary>Whether all edges can be walked once, and whether back to the start, by the degrees.</summary>
internal sealed class EulerWalk() : TaskFamily("euler-walk", TaskCategories.Graphs)
{
    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        string wanted = draws.Problem.Pick(["circuit", "path", "neither"]);
        for (int attempt = 0; ; attempt++)
        {
            int n = level + 3;
            var graph = Drawn.Random(draws.Problem, n, draws.Problem.Between(1, level + 1), true, 1);
            if (wanted != "neither" && attempt > 3) Even(graph, wanted == "circuit" ? 0 : 2);
            var next = graph.Both();
            if (next.Any(list => list.Count == 0)) continue;
            var work = new StepList();
            int odd = 0;
            foreach (int node in Enumerable.Range(0, n).OrderBy(i => graph.Names[i], StringComparer.Ordinal))
            {
                odd += next[node].Count % 2;
                work.Add($"{graph.Names[node]} has degree {next[node].Count}", $"odd degrees so far: {odd}");
            }
            string answer = odd == 0 ? "circuit" : odd == 2 ? "path" : "neither";
            if (!Connected(next) || (answer != wanted && attempt < 40)) continue;
            work.Add($"the graph hangs together and has {odd} nodes of odd degree", answer);
            const string form = "Answer circuit (an Euler circuit exists), path (only an open Euler path exists) or neither.";
            return new(draws.Wording.Pick(
            [
                $"Does the graph with edges {graph.Plain} have an Euler circuit or an Euler path? {form}",
                $"A figure consists of the lines {graph.Plain}. Can it be drawn in one stroke without retracing, and does the pen come "
                    + $"back to its start? {form}",
                $"Each bridge in {graph.Plain} is to be crossed exactly once in one walk. {form}",
                $"Decide for the connected graph {graph.Plain} whether all edges can be used exactly once in one walk. {form}",
            ]), answer, work);
        }
    }

    // Joins or parts pairs of odd nodes until so many are left.
    private static void Even(Drawn graph, int left)
    {
        int[] Odd() => [.. Enumerable.Range(0, graph.Names.Length).Where(i => graph.Edges.Count(e => e.From == i || e.To == i) % 2 == 1)];
        for (int[] odd = Odd(); odd.Length > left; odd = Odd())
        {
            int at = graph.Edges.FindIndex(e => (e.From, e.To) == (odd[0], odd[1]) || (e.From, e.To) == (odd[1], odd[0]));
            if (at >= 0) graph.Edges.RemoveAt(at);
            else graph.Edges.Add((odd[0], odd[1], 1));
        }
    }

    private static bool Connected(List<(int To, int Size)>[] next)
    {
        var reached = new List<int> { 0 };
        for (int i = 0; i < reached.Count; i++) reached.AddRange(next[reached[i]].Select(e => e.To).Where(to => !reached.Contains(to))
            .Distinct().ToArray());
        return reached.Count == next.Length;
    }
}

/// <summary>How many people are so many acquaintances away.</summary>
internal sealed class CircleOfFriends() : TaskFamily("circle-of-friends", TaskCategories.Graphs)
{
    private static readonly (int People, int More, int Steps)[] Sizes = [(7, 2, 1), (9, 1, 2), (11, 8, 2), (13, 5, 3), (18, 10, 3)];

    public override AnswerKind Kind => AnswerKind.Set;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var (n, more, steps) = Sizes[level - 1];
        string[] people = draws.Problem.Sample(People.All, n);
        Drawn graph;
        StepList work;
        int[] layer;
        do
        {
            graph = Drawn.Random(draws.Problem, n, more, true, 1);
            layer = Layer(graph, people, steps, work = []);
        } while (layer.Length == 0);
        string answer = Phrases.Commas(layer.Select(i => people[i]));
        work.Add($"at distance {steps} are", answer);
        string pairs = Phrases.Commas(graph.Edges.Select(e => $"{people[e.From]}-{people[e.To]}"));
        const string form = "Separate the names by commas.";
        return new(draws.Wording.Pick(
        [
            $"Friendships: {pairs}. Who can be reached from {people[0]} in {Phrases.Count(steps, "step")} of friendship but not in "
                + $"fewer? {form}",
            $"In the network {pairs}, which people are at distance exactly {steps} from {people[0]}? {form}",
            $"These people are friends: {pairs}. A rumour starts with {people[0]} and each day everybody who knows it tells all friends. "
                + "Who first hears it on day "
                + $"{steps}? {form}",
            $"List everyone whose shortest chain of friends from {people[0]} has {Phrases.Count(steps, "link")}, given the friendships "
                + $"{pairs}. {form}",
        ]), answer, work);
    }

    // Those at the distance from the first person, found ring by ring.
    private static int[] Layer(Drawn graph, string[] people, int steps, StepList work)
    {
        var next = graph.Both();
        int[] far = new int[people.Length];
        Array.Fill(far, -1);
        far[0] = 0;
        int[] layer = [0];
        for (int distance = 1; distance <= steps; distance++)
        {
            var found = new List<int>();
            foreach (int at in layer)
            {
                int[] fresh = [.. next[at].Select(e => e.To).Where(to => far[to] < 0)];
                foreach (int to in fresh) far[to] = distance;
                found.AddRange(fresh);
                work.Add($"new friends of {people[at]}, at distance {distance}",
                    fresh.Length == 0 ? "none" : Phrases.Commas(fresh.Select(i => people[i])));
            }
            layer = [.. found];
        }
        return layer;
    }
}
