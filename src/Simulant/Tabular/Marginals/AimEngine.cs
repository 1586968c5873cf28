using Simulant.Data;
using Simulant.Privacy.Mechanisms;
using Simulant.Specs;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Frame.Protected;
using Simulant.Tabular.Marginals.Inference;

namespace Simulant.Tabular.Marginals;

/// <summary>
/// Round by round, the pair of columns that the estimate explains worst is chosen with noise and measured, with less noise once
/// nothing stands out of it any more (McKenna, Mullins, Sheldon and Miklau, "AIM", 2022). See docs/guide/engines/aim.md.
/// </summary>
public sealed class AimEngine : IProtectedEngine
{
    private const int MostRounds = 256, WarmRounds = 6, FinalRounds = 100;

    /// <summary>Of more columns, pairs that would close a loop are not tried: each would need the model laid out anew.</summary>
    private const int MostLoopedColumns = 40;

    private const int Thousandths = 1000;

    /// <summary>Of a round's amount, nine parts of ten measure and one chooses.</summary>
    private const int MeasureParts = 9, RoundParts = 10;

    public string Name => "aim";

    public EngineOptions Options { get; } = new("aim",
    [
        new("max_bins", OptionKind.Integer, "Bins of a column of numbers at most; the noise may call for fewer.")
            { Minimum = 2, Maximum = 200, Default = "32" },
        new("max_cells", OptionKind.Integer, "Cells of the model at most; it grows to this as the amount is spent.")
            { Minimum = 1000, Maximum = 100_000_000, Default = "400000" },
        new("target_weight", OptionKind.Integer, "How many times a pair with the target counts in the choice.")
            { Minimum = 1, Maximum = 16, Default = "2" },
        new("alone", OptionKind.Number, "Share of the budget that measures every column alone.")
            { Minimum = 0.02, Maximum = 0.9, Default = "0.2" },
        new("rounds", OptionKind.Integer, "Rounds that the rest would pay for, by column; later rounds cost more.")
            { Minimum = 1, Maximum = 64, Default = "16" },
        Groundwork.EvennessOption,
    ]);

    public ITableModel Fit(ProtectedTable training, PrivacySession session, SpecMap? options, RunContext run)
    {
        int d = training.Columns.Count;
        if (d == 0) return Groundwork.None(training, session);
        var values = Options.Read(options);
        var all = session.Remaining;
        var alone = d == 1 ? all : all.Part((int)(Thousandths * values.Number("alone")), Thousandths);
        var round = (all - alone).Part(1, Math.Min(MostRounds, values.Integer("rounds") * d));
        double pairSigma = d == 1 ? 1 : Math.Sqrt(MstEngine.Sigma2((all - alone).Part(MeasureParts, RoundParts * 2 * d),
            training.Rows.Bound));
        var ground = Groundwork.Lay(training, session, alone, pairSigma, values);
        ground.Estimator.Fit(2, run.Cancel);
        if (d > 1) Rounds(ground, session, round, all, values.Integer("max_cells"), values.Integer("target_weight"), run);
        ground.Estimator.Fit(FinalRounds, run.Cancel);
        return new MarginalsModel(ground.Columns, ground.Estimator.Tables, training.RowsAsked ?? session.RowsTold!.Value);
    }

    private static void Rounds(Groundwork ground, PrivacySession session, Rho amount, Rho all, double mostCells, long targetWeight,
        RunContext run)
    {
        int d = ground.Columns.Length, target = ground.Training.Target;
        var least = amount;
        for (int number = 1; session.Remaining >= least; number++)
        {
            run.Cancel.ThrowIfCancellationRequested();
            run.Progress.Report(new StageProgress("measuring", all.Units - session.Remaining.Units, all.Units, "units of rho"));
            if (session.Remaining < amount + amount) amount = session.Remaining; // the last round takes the rest
            var (measure, choose) = (amount.Part(MeasureParts, RoundParts), amount.Part(RoundParts - MeasureParts, RoundParts));
            double noise = Math.Sqrt(2 / Math.PI * MstEngine.Sigma2(measure, ground.Rows.Bound));
            double[][][] expected = ground.Estimator.Tables.Pairs(run);
            var open = Fitting(ground, mostCells * (1 - (double)session.Remaining.Units / all.Units + (double)amount.Units / all.Units));
            if (open.Count == 0) return; // the model has no room for any
            Candidate[] candidates = [.. open.Select(p => Groundwork.Pair(p.A, p.B, expected[p.A][p.B],
                p.A == target || p.B == target ? targetWeight : 1, noise * expected[p.A][p.B].Length))];
            var (a, b) = open[session.Choose($"pair of round {number}", ground.Rows, candidates, choose)];
            ground.Measure(session, [a, b], measure);
            ground.Estimator.Fit(WarmRounds, run.Cancel);
            double[] before = expected[a][b], after = ground.Estimator.Tables.Marginal([a, b]);
            double moved = 0;
            for (int cell = 0; cell < before.Length; cell++) moved += Math.Abs(after[cell] - before[cell]);
            // Nothing but noise was learned: half the noise, for four times the price, and so more is seen from now on.
            if (moved <= noise * before.Length) amount = Min(new Rho(4 * amount.Units), session.Remaining);
        }
    }

    private static Rho Min(Rho a, Rho b) => a < b ? a : b;

    /// <summary>Pairs that the model has room for; those it holds already always fit.</summary>
    private static List<(int A, int B)> Fitting(Groundwork ground, double mostCells)
    {
        int[] sizes = [.. ground.Columns.Select(c => c.Count)];
        var measured = ground.Estimator.Measurements.Select(m => (IReadOnlyList<int>)m.Columns).ToList();
        var cliques = ground.Estimator.Tables.Tree.Cliques;
        bool loops = sizes.Length <= MostLoopedColumns;
        int[] component = Components(sizes.Length, measured);
        double cells = JunctionTree.CellsFor(sizes, measured);
        bool Fits(int a, int b)
        {
            if (cliques.Any(c => c.Contains(a) && c.Contains(b))) return true;
            if (component[a] != component[b]) return cells + (double)sizes[a] * sizes[b] <= mostCells;
            return loops && JunctionTree.CellsFor(sizes, [.. measured, [a, b]]) <= mostCells;
        }
        return [.. MstEngine.Pairs(sizes.Length).Where(p => Fits(p.A, p.B))];
    }

    /// <summary>Columns that measurements connect have the same number.</summary>
    private static int[] Components(int columns, List<IReadOnlyList<int>> measured)
    {
        int[] component = [.. Enumerable.Range(0, columns)];
        foreach (var set in measured)
            foreach (int c in set)
                if (component[c] != component[set[0]])
                {
                    int gone = component[c];
                    for (int k = 0; k < columns; k++)
                        if (component[k] == gone) component[k] = component[set[0]];
                }
        return component;
    }

    public ITableModel Load(BinaryReader from, IReadOnlyList<ModelColumn> columns) => MarginalsModel.Load(from, columns);
}
