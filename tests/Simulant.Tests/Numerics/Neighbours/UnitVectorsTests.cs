using Simulant.Numerics.Neighbours;
using Simulant.Numerics.Random;
using Xunit;

namespace Simulant.Tests.Numerics.Neighbours;

public class UnitVectorsTests
{
    private const int Dimensions = 24;

    [Theory]
    [InlineData(1)]
    [InlineData(129)]
    [InlineData(700)]
    public void Keeping_the_first_of_likes_is_what_a_plain_loop_keeps(int count)
    {
        float[] vectors = Vectors(count, 3);
        var kept = new List<int>();
        int[] expected = new int[count];
        for (int i = 0; i < count; i++)
        {
            expected[i] = kept.Where(j => Cosine(vectors, i, vectors, j) >= .8f).DefaultIfEmpty(-1).First();
            if (expected[i] < 0) kept.Add(i);
        }
        Assert.Equal(expected, UnitVectors.FirstLike(vectors, Dimensions, .8f));
        if (count > 100) Assert.InRange(kept.Count, count / 20, count - 10);
    }

    [Fact]
    public void Nearest_cosines_are_those_of_sorting_all()
    {
        float[] references = Vectors(600, 4), queries = Vectors(150, 5);
        float[] nearest = UnitVectors.NearestCosines(references, queries, Dimensions, 3);
        float[] own = UnitVectors.NearestCosines(references, references, Dimensions, 2, sameRows: true);
        for (int q = 0; q < 150; q++)
            AssertClose([.. Enumerable.Range(0, 600).Select(r => Cosine(queries, q, references, r)).OrderDescending().Take(3)],
                nearest[(q * 3)..(q * 3 + 3)]);
        for (int q = 0; q < 600; q++)
            AssertClose([.. Enumerable.Range(0, 600).Where(r => r != q).Select(r => Cosine(references, q, references, r))
                .OrderDescending().Take(2)], own[(q * 2)..(q * 2 + 2)]);
        Assert.Equal(-1, UnitVectors.NearestCosines(references.AsMemory(0, Dimensions), queries, Dimensions, 2)[1]);
    }

    [Fact]
    public void Coverage_is_all_of_itself_and_half_of_half_the_world()
    {
        // Two directions far apart, each with its own crowd.
        float[] real = new float[400 * Dimensions];
        for (int i = 0; i < 400; i++)
        {
            var (a, b) = new RandomStream(7, "crowd").UniformPair(i, 0);
            real[i * Dimensions + (i % 2)] = 1;
            real[i * Dimensions + 5] = (float)(.1 * a);
            real[i * Dimensions + 6] = (float)(.1 * b);
            Normalise(real, i);
        }
        float[] half = [.. Enumerable.Range(0, 400).Where(i => i % 2 == 0).SelectMany(i => real[(i * Dimensions)..((i + 1) * Dimensions)])];
        Assert.Equal(1, UnitVectors.Coverage(real, real, Dimensions));
        Assert.Equal(.5, UnitVectors.Coverage(real, half, Dimensions));
        Assert.Equal(0, UnitVectors.Coverage(real, Array.Empty<float>(), Dimensions));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => UnitVectors.FirstLike(new float[5], 4, .9f));
        Assert.Throws<ArgumentOutOfRangeException>(() => UnitVectors.FirstLike(new float[4], 4, 1.5f));
        Assert.Throws<ArgumentOutOfRangeException>(() => UnitVectors.FirstLike(new float[4], 4, float.NaN));
        Assert.Throws<ArgumentException>(() => UnitVectors.Coverage(new float[4], new float[4], 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => UnitVectors.NearestCosines(new float[4], new float[4], 4, 0));
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5f);
    }

    // Few dimensions carry most of the length, so that some pairs are alike.
    private static float[] Vectors(int count, ulong seed)
    {
        var stream = new RandomStream(seed, "vectors");
        float[] vectors = new float[count * Dimensions];
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] = (float)(stream.Normal(i / Dimensions, i % Dimensions) * (i % Dimensions < 4 ? 1 : .1));
        for (int i = 0; i < count; i++) Normalise(vectors, i);
        return vectors;
    }

    private static void Normalise(float[] vectors, int row)
    {
        var part = vectors.AsSpan(row * Dimensions, Dimensions);
        double length = 0;
        foreach (float value in part) length += (double)value * value;
        for (int i = 0; i < part.Length; i++) part[i] = (float)(part[i] / Math.Sqrt(length));
    }

    private static float Cosine(float[] a, int i, float[] b, int j)
    {
        double sum = 0;
        for (int d = 0; d < Dimensions; d++) sum += (double)a[i * Dimensions + d] * b[j * Dimensions + d];
        return (float)sum;
    }
}
