using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Text;

namespace Simulant.Validation.Text;

/// <summary>
/// Texts as points, and points in cells: hashed words and word pairs, less common ones weighing more, projected at random to 64 numbers
/// (Achlioptas 2003) and cut into cells by k-means. It stands where a language model's embedding would, and sees words, not what
/// they mean.
/// </summary>
internal static class TextClusters
{
    private const int Width = 64, Rounds = 12, Bits = 16;

    /// <summary>The cell of every text of every set; cells are made of all of them together.</summary>
    public static int[][] Assign(IReadOnlyList<string>[] sets, int cells, RunContext run)
    {
        string[] texts = [.. sets.SelectMany(s => s)];
        var bags = new HashedBag[texts.Length];
        Split(texts.Length, run, i => bags[i] = HashedBag.Of(texts[i], 2, Bits));
        var seen = new int[1 << Bits];
        foreach (var bag in bags)
            foreach (int bucket in bag.Buckets) seen[bucket]++;
        var points = new float[texts.Length][];
        var stream = new RandomStream(run.Seed, "validate/text/project");
        Split(texts.Length, run, i => points[i] = Point(bags[i], seen, texts.Length, stream));
        int[] cell = KMeans(points, cells, run);
        int from = 0;
        return [.. sets.Select(set => cell[from..(from += set.Count)])];
    }

    private static float[] Point(HashedBag bag, int[] seen, int texts, RandomStream stream)
    {
        var point = new double[Width];
        for (int k = 0; k < bag.Buckets.Length; k++)
        {
            int bucket = bag.Buckets[k];
            double weight = bag.Values[k] * Math.Log((1.0 + texts) / seen[bucket]);
            var (a, b, _, _) = stream.Bits(bucket, 0);
            ulong signs = (ulong)a << 32 | b;
            for (int d = 0; d < Width; d++) point[d] += (signs >> d & 1) == 0 ? weight : -weight;
        }
        double length = Math.Sqrt(point.Sum(v => v * v));
        return [.. point.Select(v => (float)(length > 0 ? v / length : 0))];
    }

    /// <summary>Lloyd's rounds from distinct starting points chosen by a seeded order; ties go to the lower cell.</summary>
    private static int[] KMeans(float[][] points, int cells, RunContext run)
    {
        int[] order = new RandomStream(run.Seed, "validate/text/start").Permutation(points.Length);
        var centres = new List<float[]>();
        foreach (int i in order)
        {
            if (centres.Count == cells) break;
            if (!centres.Any(c => c.AsSpan().SequenceEqual(points[i]))) centres.Add([.. points[i]]);
        }
        var cell = new int[points.Length];
        for (int round = 0; round < Rounds; round++)
        {
            Split(points.Length, run, i => cell[i] = Nearest(points[i], centres));
            var sums = centres.Select(_ => new double[Width]).ToArray();
            var counts = new int[centres.Count];
            for (int i = 0; i < points.Length; i++)
            {
                counts[cell[i]]++;
                for (int d = 0; d < Width; d++) sums[cell[i]][d] += points[i][d];
            }
            for (int c = 0; c < centres.Count; c++)
                if (counts[c] > 0) centres[c] = [.. sums[c].Select(v => (float)(v / counts[c]))];
        }
        return cell;
    }

    private static int Nearest(float[] point, List<float[]> centres)
    {
        int best = 0;
        float least = float.MaxValue;
        for (int c = 0; c < centres.Count; c++)
        {
            float distance = System.Numerics.Tensors.TensorPrimitives.Distance<float>(point, centres[c]);
            if (distance < least) (best, least) = (c, distance);
        }
        return best;
    }

    private static void Split(int count, RunContext run, Action<int> each)
    {
        const int piece = 256;
        Work.For((count + piece - 1) / piece, run, p =>
        {
            for (int i = p * piece; i < Math.Min(count, (p + 1) * piece); i++) each(i);
        });
    }
}
