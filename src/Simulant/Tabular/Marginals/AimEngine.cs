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

    /// <summary>Of more columns, pairs that would close a loop are not tried, as each would need the model laid out anew, and no coarser
    /// codings are.</summary>
    private const int MostLoopedColumns = 40;

    /// <summary>From this round on pairs may be measured under coarser codings: the estimate then knows which codes are alike.</summary>
    private const int FirstCoarseRound = 11;

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
        var nodes = ground.Estimator.Nodes;
        var least = amount;
        for (int number = 1; session.Remaining >= least; number++)
        {
            run.Cancel.ThrowIfCancellationRequested();
            run.Progress.Report(new StageProgress("measuring", all.Units - session.Remaining.Units, all.Units, "units of rho"));
            if (session.Remaining < amount + amount) amount = session.Remaining; // the last round takes the rest
            var (measure, choose) = (amount.Part(MeasureParts, RoundParts), amount.Part(RoundParts - MeasureParts, RoundParts));
            double noise = Math.Sqrt(2 / Math.PI * MstEngine.Sigma2(measure, ground.Rows.Bound));
            double[][][] expected = ground.Estimator.Tables.Pairs(run);
            if (number == FirstCoarseRound && nodes.Columns <= MostLoopedColumns)
                ground.Add(Codings.Of(nodes, [.. ground.Columns.Select(c => c.Cells.IsOrdered)], expected));
            var open = Fitting(ground, mostCells * (1 - (double)session.Remaining.Units / all.Units + (double)amount.Units / all.Units));
            if (open.Count == 0) return; // the model has no room for any
            double[] Expected(int a, int b) => nodes.Joined(expected[nodes.ColumnOf(a)][nodes.ColumnOf(b)], a, b);
            var candidates = open.ConvertAll(p => Candidate(p.A, p.B, Expected(p.A, p.B)));
            var (a, b) = open[session.Choose($"pair of round {number}", ground.Rows, candidates, choose)];
            ground.Measure(session, [a, b], measure);
            ground.Estimator.Fit(WarmRounds, run.Cancel);
            double[] before = Expected(a, b), after = ground.Estimator.Tables.Marginal([a, b]);
            double moved = 0;
            for (int cell = 0; cell < before.Length; cell++) moved += Math.Abs(after[cell] - before[cell]);
            // Nothing but noise was learned: half the noise, for four times the price, and so more is seen from now on.
            if (moved <= noise * before.Length) amount = Min(new Rho(4 * amount.Units), session.Remaining);

            Candidate Candidate(int a, int b, double[] counts) => Groundwork.Pair(a, b, counts,
                nodes.ColumnOf(a) == ground.Training.Target || nodes.ColumnOf(b) == ground.Training.Target ? targetWeight : 1,
                noise * counts.Length);
        }
    }

    private static Rho Min(Rho a, Rho b) => a < b ? a : b;

    /// <summary>Pairs of columns, under each of their codings, that the model has room for; those it holds already always fit.</summary>
    private static List<(int A, int B)> Fitting(Groundwork ground, double mostCells)
    {
        var nodes = ground.Estimator.Nodes;
        var measured = ground.Estimator.Measurements.Select(m => (IReadOnlyList<int>)m.Nodes).ToList();
        var cliques = ground.Estimator.Tables.Tree.Cliques;
        bool loops = nodes.Columns <= MostLoopedColumns;
        int[] component = Components(nodes, measured);
        double cells = JunctionTree.CellsFor(nodes, measured);
        bool Fits(int a, int b)
        {
            if (Array.Exists(cliques, c => nodes.Tells(c, a) && nodes.Tells(c, b))) return true;
            if (component[nodes.ColumnOf(a)] != component[nodes.ColumnOf(b)])
                return cells + (double)nodes.Sizes[a] * nodes.Sizes[b] <= mostCells;
            return loops && JunctionTree.CellsFor(nodes, [.. measured, [a, b]]) <= mostCells;
        }
        var open = new List<(int A, int B)>();
        var codings = Enumerable.Range(0, nodes.Count).ToLookup(nodes.ColumnOf);
        foreach (var (first, second) in MstEngine.Pairs(nodes.Columns))
        {
            int[] firsts = [.. codings[first]], seconds = [.. codings[second]];
            var fits = new bool[firsts.Length, seconds.Length];
            for (int i = 0; i < firsts.Length; i++)
                for (int j = 0; j < seconds.Length; j++)
                {
                    // What fits under a finer coding fits under a coarser one: the model is laid out for trial only where it must be.
                    fits[i, j] = i > 0 && fits[i - 1, j] || j > 0 && fits[i, j - 1] || Fits(firsts[i], seconds[j]);
                    if (fits[i, j]) open.Add((firsts[i], seconds[j]));
                }
        }
        return open;
    }

    /// <summary>Columns that measurements connect have the same number.</summary>
    private static int[] Components(Nodes nodes, List<IReadOnlyList<int>> measured)
    {
        int columns = nodes.Columns;
        int[] component = [.. Enumerable.Range(0, columns)];
        foreach (var set in measured)
            foreach (int node in set)
            {
                int gone = component[nodes.ColumnOf(node)], kept = component[nodes.ColumnOf(set[0])];
                for (int k = 0; k < columns; k++)
                    if (component[k] == gone) component[k] = kept;
            }
        return component;
    }

    public ITableModel Load(BinaryReader from, IReadOnlyList<ModelColumn> columns) => MarginalsModel.Load(from, columns);
}
