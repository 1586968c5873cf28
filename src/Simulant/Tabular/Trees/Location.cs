using Simulant.Numerics.Kernels;
using Simulant.Numerics.Trees;

namespace Simulant.Tabular.Trees;

/// <summary>
/// Where an ordered column lies and how widely, given the columns before it: boosted mean and log variance of its normal scores,
/// taken as those of a logistic law. The column's questions start from what this law says and learn only what differs, so that
/// hundreds of them share what one model knows.
/// </summary>
/// <param name="edge">Normal score of each bin's upper edge; the last is infinite.</param>
internal sealed class Location(LogitModel mean, LogitModel variance, double[] edge)
{
    /// <summary>Scale of a logistic law of variance 1: sqrt(3) / pi.</summary>
    private const double LogisticScale = 0.5513288954217921;

    private const double LeastLogVariance = -9, GreatestLogVariance = 4;

    /// <summary>Normal scores of the bins' upper edges and middles, by their masses.</summary>
    public static (double[] Edge, double[] Middle) Scores(ReadOnlySpan<int> counts)
    {
        double total = 0, before = 0;
        foreach (int c in counts) total += c;
        double[] edge = new double[counts.Length], middle = new double[counts.Length];
        for (int b = 0; b < counts.Length; b++)
        {
            middle[b] = NormalQuantile.At((before + counts[b] / 2.0) / total);
            before += counts[b];
            edge[b] = b + 1 == counts.Length ? double.PositiveInfinity : NormalQuantile.At(before / total);
        }
        return (edge, middle);
    }

    /// <summary>The logistic law's scale for a log variance.</summary>
    public static float Spread(double logVariance) =>
        (float)(LogisticScale * Math.Exp(0.5 * Math.Clamp(logVariance, LeastLogVariance, GreatestLogVariance)));

    /// <summary>Whether the question is about order; whether a value is missing is not.</summary>
    public bool Speaks((int From, int Cut, int To) question) => question.To <= edge.Length;

    /// <summary>Mean and spread of each listed row of a row-major block, stored at the row's own place.</summary>
    public void Predict(byte[] block, int stride, ReadOnlySpan<int> rows, Span<float> scores, float[] means, float[] spreads)
    {
        mean.Score(block, stride, rows, scores);
        for (int i = 0; i < rows.Length; i++) means[rows[i]] = scores[i];
        variance.Score(block, stride, rows, scores);
        for (int i = 0; i < rows.Length; i++) spreads[rows[i]] = Spread(scores[i]);
    }

    /// <summary>Log-odds that a value known to lie in bins [From, To) lies in [Cut, To).</summary>
    public float LogOdds((int From, int Cut, int To) question, double mean, double spread)
    {
        double low = question.From == 0 ? double.NegativeInfinity : (edge[question.From - 1] - mean) / spread;
        double cut = (edge[question.Cut - 1] - mean) / spread;
        double high = (edge[question.To - 1] - mean) / spread;
        // F(b) - F(a) = F(b) F(-a) (1 - e^(a-b)) for the logistic F: the ratio of two such differences, in logarithms.
        double leftOdds = cut - Softplus(low) + Softplus(-high) + LogOneLessExp(low - cut) - LogOneLessExp(cut - high);
        return (float)-leftOdds;
    }

    private static double Softplus(double x) => x > 30 ? x : x < -30 ? 0 : Math.Log(1 + Math.Exp(x));

    private static double LogOneLessExp(double x) => x < -30 ? 0 : Math.Log(Math.Max(1e-12, 1 - Math.Exp(x)));

    public void Save(BinaryWriter to)
    {
        LogitModelFile.Save(mean, to);
        LogitModelFile.Save(variance, to);
        to.Write(edge.Length);
        foreach (double e in edge) to.Write(e);
    }

    public static Location Load(BinaryReader from)
    {
        var mean = LogitModelFile.Load(from);
        var variance = LogitModelFile.Load(from);
        double[] edge = new double[from.ReadInt32()];
        for (int i = 0; i < edge.Length; i++) edge[i] = from.ReadDouble();
        return new Location(mean, variance, edge);
    }
}
