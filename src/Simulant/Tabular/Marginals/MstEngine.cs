using Simulant.Data;
using Simulant.Privacy.Mechanisms;
using Simulant.Specs;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Frame.Protected;

namespace Simulant.Tabular.Marginals;

/// <summary>
/// Columns alone, then the pairs of a maximum spanning tree that is chosen with noise (McKenna, Miklau and Sheldon, "Winning the
/// NIST contest", 2021). See docs/guide/engines/mst.md.
/// </summary>
public sealed class MstEngine : IProtectedEngine
{
    private const int FinalRounds = 100;

    public string Name => "mst";

    public EngineOptions Options { get; } = new("mst",
    [
        new("max_bins", OptionKind.Integer, "Bins of a column of numbers at most; the noise may call for fewer.")
            { Minimum = 2, Maximum = 200, Default = "32" },
        Groundwork.EvennessOption,
    ]);

    public ITableModel Fit(ProtectedTable training, PrivacySession session, SpecMap? options, RunContext run)
    {
        int d = training.Columns.Count;
        if (d == 0) return Groundwork.None(training, session);
        var third = session.Remaining.Part(1, 3);
        var ofPair = d == 1 ? Rho.Zero : third.Part(1, d - 1);
        double pairSigma = d == 1 ? 1 : Math.Sqrt(Sigma2(ofPair, training.Rows.Bound));
        var ground = Groundwork.Lay(training, session, d == 1 ? session.Remaining : third, pairSigma, Options.Read(options));
        ground.Estimator.Fit(2, run.Cancel);
        double[][][] independent = ground.Estimator.Tables.Pairs(run);
        int[] component = [.. Enumerable.Range(0, d)];
        var tree = new List<(int A, int B)>();
        while (tree.Count < d - 1)
        {
            run.Cancel.ThrowIfCancellationRequested();
            run.Progress.Report(new StageProgress("choosing pairs", tree.Count, d - 1, "pairs"));
            var open = Pairs(d).Where(p => component[p.A] != component[p.B]).ToList();
            Candidate[] candidates = [.. open.Select(p => Groundwork.Pair(p.A, p.B, independent[p.A][p.B], 1, 0))];
            var chosen = open[session.Choose($"pair {tree.Count + 1} of the tree", ground.Rows, candidates, third.Part(1, d - 1))];
            tree.Add(chosen);
            int joined = component[chosen.B];
            for (int c = 0; c < d; c++)
                if (component[c] == joined) component[c] = component[chosen.A];
        }
        foreach (var (a, b) in tree) ground.Measure(session, [a, b], ofPair);
        ground.Estimator.Fit(FinalRounds, run.Cancel);
        return new MarginalsModel(ground.Columns, ground.Estimator.Tables, training.RowsAsked ?? session.RowsTold!.Value);
    }

    public ITableModel Load(BinaryReader from, IReadOnlyList<ModelColumn> columns) => MarginalsModel.Load(from, columns);

    internal static double Sigma2(Rho amount, int bound)
    {
        var variance = Variance.For(amount, bound);
        return Math.ScaleB(variance.Numerator, -variance.Shift);
    }

    internal static IEnumerable<(int A, int B)> Pairs(int columns) =>
        from a in Enumerable.Range(0, columns) from b in Enumerable.Range(a + 1, columns - a - 1) select (a, b);
}
