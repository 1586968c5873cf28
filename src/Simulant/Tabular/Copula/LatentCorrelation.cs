using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Simulant.Data;

namespace Simulant.Tabular.Copula;

/// <summary>
/// Correlations of latents from pieces. For a pair of latents that every row speaks of, the correlation is the one under which
/// the
/// expected product of normal scores equals the observed one; expanding both scores in Hermite polynomials makes that a
/// polynomial in the correlation (Lancaster, "The structure of bivariate distributions", Annals of Mathematical Statistics 29
/// (1958)). For a nested latent it is the first-order solution within its branch.
/// </summary>
internal static class LatentCorrelation
{
    private const int Terms = 24;
    private const int Chunk = 4096;
    private const int MinimumRows = 30;
    private const double Largest = 0.995;

    public static double[,] Estimate(IReadOnlyList<TrainingLatent> latents, int rows, RunContext run)
    {
        int count = latents.Count;
        float[][] scores = new float[count][];
        double[][] hermite = new double[count][];
        double[] variance = new double[count];
        int[] spoken = new int[count];
        ulong[]?[] mask = new ulong[count][];
        Work.For(count, run, d =>
        {
            var latent = latents[d];
            double[] byPiece = latent.Cuts.Scores();
            float[] column = new float[rows];
            double sum = 0;
            int said = 0;
            for (int r = 0; r < rows; r++)
            {
                int piece = latent.Piece[r];
                if (piece < 0) continue;
                said++;
                column[r] = (float)byPiece[piece];
                sum += byPiece[piece] * byPiece[piece];
            }
            if (said < rows)
            {
                ulong[] bits = new ulong[(rows + 63) / 64];
                for (int r = 0; r < rows; r++)
                    if (latent.Piece[r] >= 0) bits[r >> 6] |= 1UL << (r & 63);
                mask[d] = bits;
            }
            (scores[d], spoken[d], variance[d]) = (column, said, said > 0 ? sum / said : 0);
            hermite[d] = latent.Cuts.Hermite(byPiece, Terms);
        });
        double[,] result = new double[count, count];
        Work.For(count, run, d =>
        {
            result[d, d] = 1;
            for (int e = 0; e < d; e++)
            {
                if (latents[e].Column == latents[d].Column || variance[d] < 1e-9 || variance[e] < 1e-9) continue;
                int both = mask[d] is null ? spoken[e] : mask[e] is null ? spoken[d] : Common(mask[d]!, mask[e]!);
                if (both < MinimumRows) continue;
                double product = Product(scores[d], scores[e]) / both;
                double rho = mask[d] is null && mask[e] is null
                    ? Solve(product, hermite[d], hermite[e])
                    // Of few rows a nested pair is drawn towards none.
                    : product / (variance[d] * variance[e]) * both / (both + MinimumRows);
                result[d, e] = result[e, d] = Math.Clamp(rho, -Largest, Largest);
            }
        });
        return result;
    }

    private static int Common(ulong[] a, ulong[] b)
    {
        int count = 0;
        for (int i = 0; i < a.Length; i++) count += BitOperations.PopCount(a[i] & b[i]);
        return count;
    }

    /// <summary>Sum of products: single precision within chunks of 4,096 rows, double over them, always in this order.</summary>
    private static double Product(float[] a, float[] b)
    {
        double total = 0;
        ref float x = ref MemoryMarshal.GetArrayDataReference(a), y = ref MemoryMarshal.GetArrayDataReference(b);
        for (int start = 0; start < a.Length; start += Chunk)
        {
            int end = Math.Min(start + Chunk, a.Length), r = start;
            var sum = Vector512<float>.Zero;
            for (; r + 16 <= end; r += 16)
                sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, (nuint)r),
                    Vector512.LoadUnsafe(ref y, (nuint)r), sum);
            float rest = 0;
            for (; r < end; r++) rest = MathF.FusedMultiplyAdd(a[r], b[r], rest);
            for (int i = 0; i < 16; i++) rest += sum.GetElement(i);
            total += rest;
        }
        return total;
    }

    /// <summary>The correlation whose series gives the product; the series rises (Slepian), so halving finds it.</summary>
    private static double Solve(double product, double[] a, double[] b)
    {
        double low = -Largest, high = Largest;
        for (int step = 0; step < 40; step++)
        {
            double middle = (low + high) / 2, value = 0;
            for (int k = Terms - 1; k >= 0; k--) value = (value + a[k] * b[k]) * middle;
            if (value < product) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }
}
