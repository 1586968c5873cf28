using Simulant.Data;

namespace Simulant.Tabular.Marginals.Inference;

/// <summary>Noisy counts of some columns' joint table.</summary>
/// <param name="Columns">Ascending; the last one's code runs fastest.</param>
/// <param name="Variances">Of each count.</param>
internal sealed record Measurement(int[] Columns, double[] Counts, double[] Variances)
{
    /// <summary>What the model's cells are multiplied by, as logarithms: the dual variables.</summary>
    public double[] Dual { get; } = new double[Counts.Length];
}

/// <summary>
/// The most even distribution that explains noisy counts: the least of the sum of (count - expected)^2 / (2 variance) plus
/// evenness times the relative entropy to the uniform distribution. It is a product over the measured tables, so it lives on
/// a junction tree (McKenna, Sheldon and Miklau 2019); here it is found table by table, each step exact in the dual, in the manner
/// of iterative proportional fitting, instead of by mirror descent.
/// </summary>
/// <param name="total">A first idea of the number of rows.</param>
/// <param name="evenness">How strongly the even distribution pulls where the noise says little.</param>
internal sealed class Estimator(int[] sizes, double total, double evenness)
{
    private const int NewtonSteps = 30;

    private readonly List<Measurement> _measurements = [];
    private CliqueTables? _tables;
    private List<(Measurement Measurement, int[] Map)>[] _at = [];
    private int[][] _children = [];

    public IReadOnlyList<Measurement> Measurements => _measurements;

    public CliqueTables Tables => _tables ?? throw new InvalidOperationException("nothing was fitted yet");

    public void Add(Measurement measurement)
    {
        _measurements.Add(measurement);
        _tables = null;
    }

    /// <summary>Improves the estimate by so many rounds over all measurements.</summary>
    public void Fit(int rounds, CancellationToken cancel)
    {
        if (_tables is null) Build();
        for (int round = 0; round < rounds; round++)
        {
            cancel.ThrowIfCancellationRequested();
            Visit(0);
        }
        _tables!.Calibrate();
    }

    private void Build()
    {
        var tree = JunctionTree.Of(sizes, _measurements.Select(m => m.Columns));
        double[][] counts = [.. tree.Cliques.Select(c => Ones(tree.CellsOf(c)))];
        double even = total / sizes.Aggregate(1.0, (cells, size) => cells * size);
        for (int cell = 0; cell < counts[0].Length; cell++) counts[0][cell] = even;
        _at = [.. tree.Cliques.Select(_ => new List<(Measurement, int[])>())];
        _children = [.. tree.Cliques.Select((_, k) => Enumerable.Range(0, tree.Cliques.Length).Where(c => tree.Parents[c] == k).ToArray())];
        foreach (var measurement in _measurements)
        {
            int home = Enumerable.Range(0, tree.Cliques.Length).Where(k => measurement.Columns.All(tree.Cliques[k].Contains))
                .MinBy(k => counts[k].Length);
            int[] map = tree.Map(tree.Cliques[home], measurement.Columns);
            _at[home].Add((measurement, map));
            Multiply(counts[home], map, measurement.Dual);
        }
        _tables = new CliqueTables(tree, counts);
        _tables.Calibrate();
    }

    /// <summary>Out and back along the tree, so that every step sees all steps before it.</summary>
    private void Visit(int clique)
    {
        foreach (var (measurement, map) in _at[clique]) Step(_tables!.Counts[clique], measurement, map);
        foreach (int child in _children[clique])
        {
            _tables!.Down(child);
            Visit(child);
            _tables.Up(child);
        }
    }

    /// <summary>The exact best change of one measurement's dual, all else held: expected e^d + a (dual + d) = count in each cell.</summary>
    private void Step(double[] counts, Measurement measurement, int[] map)
    {
        double[] expected = CliqueTables.Sum(counts, map, measurement.Counts.Length);
        for (int cell = 0; cell < expected.Length; cell++)
        {
            double change = expected[cell] > 0
                ? Change(expected[cell], measurement.Counts[cell], evenness * measurement.Variances[cell], measurement.Dual[cell]) : 0;
            expected[cell] = change;
            measurement.Dual[cell] += change;
        }
        Multiply(counts, map, expected);
    }

    /// <summary>With w = log(expected) + d it is e^w + a w = c, convex and rising; Newton's method falls from the right.</summary>
    internal static double Change(double expected, double count, double a, double dual)
    {
        double log = Math.Log(expected), c = count - a * dual + a * log;
        double w = c > 1 ? Math.Min(Math.Log(c), c / a) : Math.Min(0, c / a);
        for (int step = 0; step < NewtonSteps; step++)
        {
            double e = Math.Exp(w), move = (e + a * w - c) / (e + a);
            w -= move;
            if (Math.Abs(move) < 1e-10 * (1 + Math.Abs(w))) break;
        }
        return w - log;
    }

    private static void Multiply(double[] counts, int[] map, double[] logs)
    {
        double[] factors = Array.ConvertAll(logs, Math.Exp);
        for (int cell = 0; cell < counts.Length; cell++) counts[cell] *= factors[map[cell]];
    }

    private static double[] Ones(int cells)
    {
        double[] ones = new double[cells];
        Array.Fill(ones, 1);
        return ones;
    }
}
