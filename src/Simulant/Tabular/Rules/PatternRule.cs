using System.Globalization;
using System.Text.RegularExpressions;
using Fare;
using Simulant.Data;
using Simulant.Numerics.Random;

namespace Simulant.Tabular.Rules;

/// <summary>
/// Text of a regular expression. Of a finite language every text is equally likely, and unique texts come by rank; of an
/// endless one, the text goes on with even chances wherever it could stop. Fare turns the expression into an automaton;
/// the walk over it is ours, by address.
/// </summary>
internal sealed class PatternRule : TextRule
{
    private const int LongestText = 4096;
    private const char First = ' ', Last = '~';

    private readonly Node[] _nodes;
    private readonly bool _finite;
    private readonly bool _unique;

    private PatternRule(Node[] nodes, bool finite, bool unique)
    {
        (_nodes, _finite, _unique) = (nodes, finite, unique);
    }

    /// <summary>Number of texts, 2^62 at most; meaningless where endless.</summary>
    public long Capacity => _nodes[0].Count >= 1L << 62 ? 1L << 62 : (long)_nodes[0].Count;

    public bool IsFinite => _finite;
    public override bool IsUnique => _unique;
    public override ColumnKind NaturalKind => _unique ? ColumnKind.Identifier : ColumnKind.Text;

    /// <summary>Throws <see cref="ArgumentException"/> where the expression is not regular or has no printable text.</summary>
    public static PatternRule Parse(string pattern, bool unique)
    {
        // Repetitions are written out as states; nested ones multiply.
        double size = pattern.Length;
        foreach (Match bound in Regex.Matches(pattern, "\\{(?:[0-9]+,)?([0-9]+),?\\}"))
            size *= Math.Max(1, double.Parse(bound.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
        if (size > 100_000) throw new ArgumentException("its repetitions are too long; keep them short");
        string plain = pattern.Replace("\\d", "[0-9]").Replace("\\w", "[A-Za-z0-9_]").Replace("\\s", " ");
        var automaton = new RegExp(plain.TrimStart('^').TrimEnd('$'), (RegExpSyntaxOptions)0).ToAutomaton();
        automaton.ExpandSingleton();
        automaton.Determinize();
        automaton.Minimize();
        automaton.ExpandSingleton();
        var index = new Dictionary<int, int>();
        var states = new List<State>();
        int Number(State state)
        {
            if (!index.TryGetValue(state.Id, out int number))
            {
                index.Add(state.Id, number = states.Count);
                states.Add(state);
            }
            return number;
        }
        Number(automaton.Initial);
        var nodes = new List<Node>();
        for (int i = 0; i < states.Count; i++)
        {
            var edges = states[i].GetSortedTransitions(false)
                .Select(t => (Low: (char)Math.Max(t.Min, First), High: (char)Math.Min(t.Max, Last), t.To))
                .Where(t => t.Low <= t.High)
                .Select(t => new Edge(t.Low, t.High - t.Low + 1, Number(t.To))).ToArray();
            nodes.Add(new Node(states[i].Accept, edges));
        }
        var counted = nodes.ToArray();
        bool finite = CountTexts(counted, out bool any);
        if (!any) throw new ArgumentException("it matches no text of printable ASCII characters");
        return new PatternRule(counted, finite, unique);
    }

    public override string? Text(in Address at, int row)
    {
        if (_unique)
        {
            long count = Capacity;
            if (at.Item >= count) throw new InvalidOperationException(
                "the pattern has too few texts; the plan should have said so");
            return ByRank(new IndexPermutation(at.Stream, at.Attempt, count).Map(at.Item));
        }
        var draws = at.Draws();
        return _finite ? Uniform(ref draws) : Walk(ref draws);
    }

    private string Uniform(ref DrawSequence draws)
    {
        var text = new System.Text.StringBuilder();
        int state = 0;
        while (true)
        {
            var node = _nodes[state];
            double u = draws.Uniform() * node.Count - (node.Accept ? 1 : 0);
            if (u < 0 || node.Edges.Length == 0) return text.ToString();
            int k = 0;
            while (k < node.Edges.Length - 1 && u >= node.Edges[k].Width * _nodes[node.Edges[k].To].Count)
                u -= node.Edges[k].Width * _nodes[node.Edges[k++].To].Count;
            var edge = node.Edges[k];
            int offset = (int)(u / _nodes[edge.To].Count);
            text.Append((char)(edge.Low + Math.Clamp(offset, 0, edge.Width - 1)));
            state = edge.To;
        }
    }

    private string ByRank(long rank)
    {
        var text = new System.Text.StringBuilder();
        int state = 0;
        while (true)
        {
            var node = _nodes[state];
            if (node.Accept && rank-- == 0) return text.ToString();
            foreach (var edge in node.Edges)
            {
                // Exact: counts over 2^62 are never reached by a rank under 2^62 before an earlier edge takes it.
                double below = Math.Min(_nodes[edge.To].Count, 1L << 62);
                long each = (long)below;
                if (rank / each >= edge.Width)
                {
                    rank -= each * edge.Width;
                    continue;
                }
                text.Append((char)(edge.Low + (int)(rank / each)));
                rank %= each;
                state = edge.To;
                break;
            }
        }
    }

    private string Walk(ref DrawSequence draws)
    {
        var text = new System.Text.StringBuilder();
        int state = 0;
        while (true)
        {
            var node = _nodes[state];
            int width = node.Edges.Sum(edge => edge.Width);
            if (width == 0 || (node.Accept && (text.Length >= LongestText || draws.Below(2) == 0))) return text.ToString();
            int pick = draws.Below(width);
            int k = 0;
            while (pick >= node.Edges[k].Width) pick -= node.Edges[k++].Width;
            text.Append((char)(node.Edges[k].Low + pick));
            state = node.Edges[k].To;
        }
    }

    /// <summary>
    /// Counts the texts from every state, in doubles (exact to 2^53), after dropping edges to states from which no end is
    /// reached. False where there is a cycle.
    /// </summary>
    private static bool CountTexts(Node[] nodes, out bool any)
    {
        bool[] live = new bool[nodes.Length];
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int i = 0; i < nodes.Length; i++)
            {
                if (live[i] || !(nodes[i].Accept || nodes[i].Edges.Any(edge => live[edge.To]))) continue;
                live[i] = changed = true;
            }
        }
        any = live[0];
        foreach (var node in nodes) node.Edges = [.. node.Edges.Where(edge => live[edge.To])];
        byte[] mark = new byte[nodes.Length];
        return !any || Visit(0);

        bool Visit(int i)
        {
            if (mark[i] == 2) return true;
            if (mark[i] == 1) return false;
            mark[i] = 1;
            double count = nodes[i].Accept ? 1 : 0;
            foreach (var edge in nodes[i].Edges)
            {
                if (!Visit(edge.To)) return false;
                count += edge.Width * nodes[edge.To].Count;
            }
            nodes[i].Count = count;
            mark[i] = 2;
            return true;
        }
    }

    private readonly record struct Edge(char Low, int Width, int To);

    private sealed class Node(bool accept, Edge[] edges)
    {
        public bool Accept => accept;
        public Edge[] Edges { get; set; } = edges;
        public double Count { get; set; }
    }
}
