using Simulant.Numerics.Trees;

namespace Simulant.Tabular.Trees;

/// <summary>
/// Which earlier columns a column's questions may ask of, so that wide tables stay affordable: all of them up to
/// <see cref="MaxFeatures"/>, else those with the greatest mutual information (coarse codes, a sample of rows) among the
/// <see cref="MaxCandidates"/> nearest in the table's own order.
/// </summary>
internal static class FeatureScreen
{
    public const int MaxFeatures = 64;
    public const int MaxCandidates = 256;

    private const int Coarse = 8, MaxRows = 1000;

    public static int[] Choose(int column, ReadOnlySpan<int> earlier, CodedFeatures features)
    {
        if (earlier.Length <= MaxFeatures) return earlier.ToArray();
        int[] candidates = [.. earlier.ToArray().OrderBy(c => Math.Abs(c - column)).ThenBy(c => c).Take(MaxCandidates)];
        double[] information = new double[candidates.Length];
        for (int k = 0; k < candidates.Length; k++) information[k] = Information(column, candidates[k], features);
        // In drawing order, whatever their rank.
        var chosen = Enumerable.Range(0, candidates.Length).OrderByDescending(k => information[k]).ThenBy(k => k)
            .Take(MaxFeatures).Select(k => candidates[k]).ToHashSet();
        return [.. earlier.ToArray().Where(chosen.Contains)];
    }

    private static double Information(int a, int b, CodedFeatures features)
    {
        byte[] x = features.Codes[a], y = features.Codes[b];
        int stride = Math.Max(1, x.Length / MaxRows), n = 0;
        Span<int> joint = stackalloc int[Coarse * Coarse];
        Span<int> left = stackalloc int[Coarse], right = stackalloc int[Coarse];
        joint.Clear();
        left.Clear();
        right.Clear();
        for (int r = 0; r < x.Length; r += stride, n++)
        {
            int i = Code(x[r], a, features), j = Code(y[r], b, features);
            joint[i * Coarse + j]++;
            left[i]++;
            right[j]++;
        }
        double sum = 0;
        for (int i = 0; i < Coarse; i++)
            for (int j = 0; j < Coarse; j++)
                if (joint[i * Coarse + j] is > 0 and var count)
                    sum += (double)count / n * Math.Log((double)count * n / ((double)left[i] * right[j]));
        return sum;
    }

    private static int Code(byte code, int column, CodedFeatures features) =>
        features.Nominal[column] ? code % Coarse : code * Coarse / features.Bins[column];
}
