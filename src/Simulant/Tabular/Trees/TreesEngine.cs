using Simulant.Data;
using Simulant.Numerics.Trees;
using Simulant.Specs;
using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Trees;

/// <summary>The flagship engine: see docs/guide/engines/trees.md.</summary>
public sealed class TreesEngine : ITableModelEngine
{
    /// <summary>Feature codes of one column at most.</summary>
    private const int MaxFeatureCodes = 250;

    /// <summary>Questions with fewer rows are answered by their share.</summary>
    private const int MinQuestionRows = 40;

    public string Name => "trees";

    public EngineOptions Options { get; } = new("trees", []);

    /// <summary>Smaller steps learn a little more from the same rows; below 30,000 rows they cost nothing to speak of.</summary>
    private static LogitBoosterOptions BoostingFor(int rows) => rows >= 30_000
        ? new LogitBoosterOptions()
        : new LogitBoosterOptions { LearningRate = 0.1, Rounds = 100 };

    public ITableModel Fit(ModelTable training, SpecMap? options, RunContext run)
    {
        int columns = training.Columns.Count;
        var bins = new ColumnBins[columns];
        int[][] binOf = new int[columns][];
        byte[][] codeOfBin = new byte[columns][];
        var features = new CodedFeatures(new byte[columns][], new int[columns], new bool[columns]);
        Work.For(columns, run, c =>
        {
            bins[c] = ColumnBins.Fit(training.Columns[c], training.Values[c]);
            double[] values = training.Values[c];
            int[] of = new int[training.Rows];
            for (int r = 0; r < of.Length; r++) of[r] = bins[c].BinOf(values[r]);
            binOf[c] = of;
            (codeOfBin[c], features.Bins[c]) = bins[c].FeatureCodes(MaxFeatureCodes);
            byte[] codes = new byte[of.Length];
            for (int r = 0; r < codes.Length; r++) codes[r] = codeOfBin[c][of[r]];
            features.Codes[c] = codes;
            features.Nominal[c] = bins[c].IsNominal;
        });
        int[] order = DrawingOrder(training, bins);
        var questions = new List<QuestionTask>();
        var links = new ChainLink[columns];
        for (int k = 0; k < columns; k++)
        {
            int c = order[k];
            var tree = DecisionTree.Build(bins[c]);
            double[] share = new double[tree.Questions.Count];
            var models = new LogitModel?[share.Length];
            links[k] = new ChainLink(c, bins[c], tree, codeOfBin[c], share, models);
            Collect(tree, binOf[c], FeatureScreen.Choose(c, order.AsSpan(0, k), features), share, models, questions);
        }
        Answer(questions, features, BoostingFor(training.Rows), run);
        return new TreesModel(training.Columns, links);
    }

    public ITableModel Load(BinaryReader from, IReadOnlyList<ModelColumn> columns) => TreesModel.Load(from, columns);

    /// <summary>Conditioned columns first, then by growing number of bins: coarse facts first, fine numbers last.</summary>
    private static int[] DrawingOrder(ModelTable training, ColumnBins[] bins)
    {
        var rest = Enumerable.Range(0, bins.Length).Where(c => !training.ConditionedFirst.Contains(c))
            .OrderBy(c => bins[c].Count).ThenBy(c => c);
        return [.. training.ConditionedFirst, .. rest];
    }

    private sealed record QuestionTask(int Index, int[] Rows, byte[] Label, int[] Use, LogitModel?[] Models);

    /// <summary>Walks a column's questions with the rows that reach each, and notes those worth a model.</summary>
    private static void Collect(DecisionTree tree, int[] binOf, int[] use, double[] share, LogitModel?[] models, List<QuestionTask> into)
    {
        if (tree.Root < 0) return;
        int[] all = new int[binOf.Length];
        for (int i = 0; i < all.Length; i++) all[i] = i;
        // Which side of each question a bin lies on: 0 left, 1 right.
        var pending = new Stack<(int Node, int[] Rows)>();
        pending.Push((tree.Root, all));
        var side = new SideOfBin(tree);
        while (pending.TryPop(out var next))
        {
            var (node, rows) = next;
            byte[] label = new byte[rows.Length];
            int right = 0;
            for (int i = 0; i < rows.Length; i++)
            {
                bool isRight = side.IsRight(node, binOf[rows[i]]);
                label[i] = isRight ? (byte)1 : (byte)0;
                if (isRight) right++;
            }
            int left = rows.Length - right;
            share[node] = rows.Length == 0 ? 0.5 : (double)left / rows.Length;
            if (use.Length > 0 && rows.Length >= MinQuestionRows && Math.Min(left, right) >= 5)
                into.Add(new QuestionTask(node, rows, label, use, models));
            int[] leftRows = new int[left], rightRows = new int[right];
            int l = 0, r = 0;
            for (int i = 0; i < rows.Length; i++)
                if (label[i] == 0) leftRows[l++] = rows[i];
                else rightRows[r++] = rows[i];
            var q = tree.Questions[node];
            if (q.Left >= 0) pending.Push((q.Left, leftRows));
            if (q.Right >= 0) pending.Push((q.Right, rightRows));
        }
    }

    private static void Answer(List<QuestionTask> questions, CodedFeatures features, LogitBoosterOptions boosting, RunContext run)
    {
        // The longest first, so that threads end together; where each answer goes does not depend on it.
        var order = questions.Select((q, i) => (q, i)).OrderByDescending(x => (long)x.q.Rows.Length * x.q.Use.Length).ToArray();
        long done = 0;
        Work.For(order.Length, run, k =>
        {
            var q = order[k].q;
            var model = new LogitBooster(features, q.Use, q.Rows, q.Label, boosting).Fit(run.Cancel);
            if (model.Roots.Length > 0) q.Models[q.Index] = model;
            run.Progress.Report(new StageProgress("fit", Interlocked.Increment(ref done), order.Length, "questions"));
        });
    }
}

/// <summary>Which side of a question a bin lies on.</summary>
internal sealed class SideOfBin
{
    private readonly Dictionary<int, int>[] _side;

    public SideOfBin(DecisionTree tree)
    {
        _side = new Dictionary<int, int>[tree.Questions.Count];
        for (int q = 0; q < _side.Length; q++) _side[q] = [];
        if (tree.Root >= 0) Mark(tree, tree.Root);
    }

    public bool IsRight(int question, int bin) => _side[question][bin] == 1;

    private List<int> Mark(DecisionTree tree, int node)
    {
        if (node < 0) return [~node];
        var q = tree.Questions[node];
        var left = Mark(tree, q.Left);
        var right = Mark(tree, q.Right);
        foreach (int b in left) _side[node][b] = 0;
        foreach (int b in right) _side[node][b] = 1;
        left.AddRange(right);
        return left;
    }
}
