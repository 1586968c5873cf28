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

    /// <summary>A target with at most so many values is drawn last.</summary>
    private const int MaxTargetBins = 32;

    public string Name => "trees";

    public EngineOptions Options { get; } = new("trees", []);

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
        var boosting = TreesBoosting.For(training.Rows);
        var questions = new List<QuestionTask>();
        var links = new ChainLink[columns];
        for (int k = 0; k < columns; k++)
        {
            int c = order[k];
            var tree = DecisionTree.Build(bins[c]);
            int[] use = FeatureScreen.Choose(c, order.AsSpan(0, k), features);
            var location = LocationFit.TryFit(bins[c], binOf[c], use, features, boosting, run);
            var answers = new Answer[tree.Questions.Count];
            links[k] = new ChainLink(c, bins[c], tree, codeOfBin[c], answers, location?.Location);
            var growing = IsLast(c, training, bins) ? boosting.Target : boosting.Questions;
            questions.AddRange(Ask(tree, binOf[c], new Asked(use, growing, location, answers)));
        }
        Answer(questions, features, run);
        return new TreesModel(training.Columns, links);
    }

    public ITableModel Load(BinaryReader from, IReadOnlyList<ModelColumn> columns) => TreesModel.Load(from, columns);

    /// <summary>
    /// Conditioned columns first, then by growing number of bins: coarse facts first, fine numbers last. A target with few values
    /// comes after all it is predicted from, so that what predicts it is learned in a few questions rather than in every column's.
    /// </summary>
    private static int[] DrawingOrder(ModelTable training, ColumnBins[] bins)
    {
        var rest = Enumerable.Range(0, bins.Length).Where(c => !training.ConditionedFirst.Contains(c))
            .OrderBy(c => IsLast(c, training, bins)).ThenBy(c => bins[c].Count).ThenBy(c => c);
        return [.. training.ConditionedFirst, .. rest];
    }

    private static bool IsLast(int column, ModelTable training, ColumnBins[] bins) =>
        column == training.Target && bins[column].Count <= MaxTargetBins && !training.ConditionedFirst.Contains(column);

    /// <summary>What the questions of one column have in common.</summary>
    private sealed record Asked(int[] Use, LogitBoosterOptions Options, LocationFit? Location, Answer[] Answers);

    /// <summary>A question worth a model.</summary>
    private sealed record QuestionTask(int Index, int[] Rows, byte[] Label, Asked Of, float[]? Offsets);

    /// <summary>Walks a column's questions with the rows that reach each, answers by shares, and lists those worth a model.</summary>
    private static IEnumerable<QuestionTask> Ask(DecisionTree tree, int[] binOf, Asked of)
    {
        if (tree.Root < 0) yield break;
        int[] all = new int[binOf.Length];
        for (int i = 0; i < all.Length; i++) all[i] = i;
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
            of.Answers[node] = new Answer(rows.Length == 0 ? 0.5 : (double)left / rows.Length, null, 0);
            if (of.Use.Length > 0 && rows.Length >= MinQuestionRows && Math.Min(left, right) >= 5)
                yield return new QuestionTask(node, rows, label, of, of.Location?.Offsets(tree, node, rows));
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

    private static void Answer(List<QuestionTask> questions, CodedFeatures features, RunContext run)
    {
        // The longest first, so that threads end together; where each answer goes does not depend on it.
        var order = questions.Select((q, i) => (q, i)).OrderByDescending(x => (long)x.q.Rows.Length * x.q.Of.Use.Length).ToArray();
        long done = 0;
        Work.For(order.Length, run, k =>
        {
            var q = order[k].q;
            var loss = new LogitLoss(q.Label, q.Offsets);
            var model = new LogitBooster(features, q.Of.Use, q.Rows, loss, q.Of.Options).Fit(run.Cancel);
            if (model.Roots.Length > 0 || loss.Slope != 0)
                q.Of.Answers[q.Index] = q.Of.Answers[q.Index] with { Model = model, Slope = loss.Slope };
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
