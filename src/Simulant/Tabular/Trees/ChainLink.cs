using Simulant.Numerics.Trees;
using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Trees;

/// <summary>One column's conditional distribution given the columns before it in the chain.</summary>
internal sealed class ChainLink
{
    private readonly ColumnBins _bins;
    private readonly DecisionTree _tree;
    private readonly byte[] _featureCode;
    private readonly double[] _leftShare;       // per question: training share of the left side
    private readonly LogitModel?[] _models;     // per question: null where the share alone answers

    public ChainLink(int column, ColumnBins bins, DecisionTree tree, byte[] featureCode, double[] leftShare, LogitModel?[] models)
    {
        Column = column;
        _bins = bins;
        _tree = tree;
        _featureCode = featureCode;
        _leftShare = leftShare;
        _models = models;
    }

    public int Column { get; }

    /// <summary>Draws the column for every candidate and writes its feature code into the row-major block.</summary>
    public void Draw(DrawBatch batch, Allowed? allowed, byte[] codes, int stride, DrawScratch scratch)
    {
        for (int r = 0; r < batch.Count; r++) scratch.Rows[r] = r;
        if (allowed is null)
        {
            Descend(_tree.Root, 0, batch.Count, batch, codes, stride, scratch);
            return;
        }
        new RestrictedDraw(this, allowed, batch, codes, stride, scratch).Run();
    }

    private void Descend(int node, int start, int count, DrawBatch batch, byte[] codes, int stride, DrawScratch scratch)
    {
        if (count == 0) return;
        if (node < 0)
        {
            Finish(~node, scratch.Rows.AsSpan(start, count), batch, codes, stride, scratch);
            return;
        }
        Span<int> rows = scratch.Rows.AsSpan(start, count);
        Span<float> scores = scratch.Scores.AsSpan(0, count);
        LogitModel? model = _models[node];
        model?.Score(codes, stride, rows, scores);
        double share = _leftShare[node];
        double[] uniform = scratch.Uniform;
        int left = 0, right = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            double p = model is null ? share : LeftProbability(scores[i]);
            double u = uniform[row];
            if (u < p)
            {
                uniform[row] = u / p;
                rows[left++] = row;
            }
            else
            {
                uniform[row] = (u - p) / (1 - p);
                scratch.Spare[right++] = row;
            }
        }
        scratch.Spare.AsSpan(0, right).CopyTo(rows[left..]);
        var question = _tree.Questions[node];
        Descend(question.Left, start, left, batch, codes, stride, scratch);
        Descend(question.Right, start + left, right, batch, codes, stride, scratch);
    }

    /// <summary>Scores are log-odds of the right side.</summary>
    private static double LeftProbability(float score) => 1 / (1 + Math.Exp(score));

    private void Finish(int bin, ReadOnlySpan<int> rows, DrawBatch batch, byte[] codes, int stride, DrawScratch scratch)
    {
        byte code = _featureCode[bin];
        double[] values = batch.Values[Column];
        foreach (int row in rows)
        {
            values[row] = _bins.Draw(bin, scratch.Uniform[row]);
            codes[row * stride + Column] = code;
        }
    }

    public void Save(BinaryWriter to)
    {
        to.Write(Column);
        _bins.Save(to);
        to.Write(_featureCode.Length);
        to.Write(_featureCode);
        for (int q = 0; q < _models.Length; q++)
        {
            to.Write(_leftShare[q]);
            to.Write(_models[q] is not null);
            if (_models[q] is { } model) LogitModelFile.Save(model, to);
        }
    }

    public static ChainLink Load(BinaryReader from, IReadOnlyList<ModelColumn> columns)
    {
        int column = from.ReadInt32();
        var bins = ColumnBins.Load(from, columns[column]);
        byte[] code = from.ReadBytes(from.ReadInt32());
        var tree = DecisionTree.Build(bins);
        double[] share = new double[tree.Questions.Count];
        var models = new LogitModel?[share.Length];
        for (int q = 0; q < share.Length; q++)
        {
            share[q] = from.ReadDouble();
            if (from.ReadBoolean()) models[q] = LogitModelFile.Load(from);
        }
        return new ChainLink(column, bins, tree, code, share, models);
    }

    /// <summary>A draw among allowed values only: allowed mass below each question first, then the descent.</summary>
    private sealed class RestrictedDraw(ChainLink link, Allowed allowed, DrawBatch batch, byte[] codes, int stride, DrawScratch scratch)
    {
        // Per node: 0 nothing allowed, 1 everything, otherwise partly.
        private readonly Dictionary<int, double> _share = [];

        public void Run()
        {
            Classify(link._tree.Root);
            int[] rows = [.. scratch.Rows.AsSpan(0, batch.Count)];
            double[] mass = Mass(link._tree.Root, rows);
            for (int r = 0; r < mass.Length; r++) batch.LogWeights[r] += Math.Log(mass[r]);
            Descend(link._tree.Root, rows);
        }

        private double Classify(int node)
        {
            double share;
            if (node < 0)
            {
                var (low, high) = link._bins.AllowedShare(~node, allowed);
                share = high - low;
            }
            else
            {
                var q = link._tree.Questions[node];
                double a = Classify(q.Left), b = Classify(q.Right);
                share = a == 1 && b == 1 ? 1 : a == 0 && b == 0 ? 0 : 0.5;
            }
            return _share[node] = share;
        }

        private double[] LeftProbabilities(int node, int[] rows)
        {
            double[] p = new double[rows.Length];
            if (link._models[node] is not { } model)
            {
                Array.Fill(p, link._leftShare[node]);
                return p;
            }
            float[] scores = new float[rows.Length];
            model.Score(codes, stride, rows, scores);
            for (int i = 0; i < p.Length; i++) p[i] = LeftProbability(scores[i]);
            return p;
        }

        /// <summary>Allowed mass below the node, per listed row.</summary>
        private double[] Mass(int node, int[] rows)
        {
            double[] mass = new double[rows.Length];
            double share = _share[node];
            if (node < 0 || share is 0 or 1)
            {
                Array.Fill(mass, share);
                return mass;
            }
            var q = link._tree.Questions[node];
            double[] p = LeftProbabilities(node, rows);
            double[] left = Mass(q.Left, rows), right = Mass(q.Right, rows);
            for (int i = 0; i < mass.Length; i++) mass[i] = p[i] * left[i] + (1 - p[i]) * right[i];
            return mass;
        }

        private void Descend(int node, int[] rows)
        {
            if (rows.Length == 0) return;
            if (node < 0)
            {
                var (low, high) = link._bins.AllowedShare(~node, allowed);
                // Nothing was allowed anywhere: any value will do, its weight is zero and the frame rejects it.
                if (high > low)
                    foreach (int row in rows) scratch.Uniform[row] = low + scratch.Uniform[row] * (high - low);
                link.Finish(~node, rows, batch, codes, stride, scratch);
                return;
            }
            var q = link._tree.Questions[node];
            double[] p = LeftProbabilities(node, rows);
            double[] left = Mass(q.Left, rows), right = Mass(q.Right, rows);
            var goLeft = new List<int>();
            var goRight = new List<int>();
            for (int i = 0; i < rows.Length; i++)
            {
                double l = p[i] * left[i], total = l + (1 - p[i]) * right[i];
                double share = total > 0 ? l / total : p[i];
                double u = scratch.Uniform[rows[i]];
                bool isLeft = u < share;
                scratch.Uniform[rows[i]] = isLeft ? u / share : (u - share) / (1 - share);
                (isLeft ? goLeft : goRight).Add(rows[i]);
            }
            Descend(q.Left, [.. goLeft]);
            Descend(q.Right, [.. goRight]);
        }
    }
}
