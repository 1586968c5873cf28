using Simulant.Numerics.Trees;
using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Trees;

/// <summary>How a question is answered.</summary>
/// <param name="LeftShare">Training share of the left side.</param>
/// <param name="Model">Log-odds of the right side; null where the share alone answers.</param>
/// <param name="Slope">By what the location's log-odds are multiplied before they are added; 0 where it says nothing.</param>
internal readonly record struct Answer(double LeftShare, LogitModel? Model, double Slope);

/// <summary>One column's conditional distribution given the columns before it in the chain.</summary>
internal sealed class ChainLink
{
    private readonly ColumnBins _bins;
    private readonly DecisionTree _tree;
    private readonly byte[] _featureCode;
    private readonly Answer[] _answers;      // per question
    private readonly Location? _location;

    public ChainLink(int column, ColumnBins bins, DecisionTree tree, byte[] featureCode, Answer[] answers, Location? location)
    {
        Column = column;
        _bins = bins;
        _tree = tree;
        _featureCode = featureCode;
        _answers = answers;
        _location = location;
    }

    public int Column { get; }

    /// <summary>Draws the column for every candidate and writes its feature code into the row-major block.</summary>
    public void Draw(DrawBatch batch, Allowed? allowed, byte[] codes, int stride, DrawScratch scratch)
    {
        for (int r = 0; r < batch.Count; r++) scratch.Rows[r] = r;
        _location?.Predict(codes, stride, scratch.Rows.AsSpan(0, batch.Count), scratch.Scores, scratch.Means, scratch.Spreads);
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
        Score(node, codes, stride, rows, scores, scratch);
        var (share, model, _) = _answers[node];
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

    /// <summary>Fills in the scores where a model answers the question.</summary>
    private void Score(int node, byte[] codes, int stride, ReadOnlySpan<int> rows, Span<float> scores, DrawScratch scratch)
    {
        var (_, model, slope) = _answers[node];
        model?.Score(codes, stride, rows, scores);
        if (_location is null || slope == 0) return;
        var range = _tree.Range(node);
        for (int i = 0; i < rows.Length; i++)
            scores[i] += (float)slope * _location.LogOdds(range, scratch.Means[rows[i]], scratch.Spreads[rows[i]]);
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
        to.Write(_location is not null);
        _location?.Save(to);
        foreach (var (share, model, slope) in _answers)
        {
            to.Write(share);
            to.Write(slope);
            to.Write(model is not null);
            if (model is not null) LogitModelFile.Save(model, to);
        }
    }

    public static ChainLink Load(BinaryReader from, IReadOnlyList<ModelColumn> columns)
    {
        int column = from.ReadInt32();
        var bins = ColumnBins.Load(from, columns[column]);
        byte[] code = from.ReadBytes(from.ReadInt32());
        var tree = DecisionTree.Build(bins);
        var location = from.ReadBoolean() ? Location.Load(from) : null;
        var answers = new Answer[tree.Questions.Count];
        for (int q = 0; q < answers.Length; q++)
        {
            double share = from.ReadDouble(), slope = from.ReadDouble();
            answers[q] = new Answer(share, from.ReadBoolean() ? LogitModelFile.Load(from) : null, slope);
        }
        return new ChainLink(column, bins, tree, code, answers, location);
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
            if (link._answers[node].Model is null)
            {
                Array.Fill(p, link._answers[node].LeftShare);
                return p;
            }
            float[] scores = new float[rows.Length];
            link.Score(node, codes, stride, rows, scores, scratch);
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
