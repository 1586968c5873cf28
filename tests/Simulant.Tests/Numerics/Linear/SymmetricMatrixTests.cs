using Simulant.Numerics.Linear;
using Simulant.Numerics.Random;
using Xunit;

namespace Simulant.Tests.Numerics.Linear;

public class SymmetricMatrixTests
{
    private static SymmetricMatrix Gram(int size, int rank)
    {
        var random = new RandomStream(1, "gram");
        var matrix = new SymmetricMatrix(size);
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
                matrix.Set(i, j, Enumerable.Range(0, rank).Sum(k => random.Normal(i, k) * random.Normal(j, k)));
        }
        return matrix;
    }

    private static double[] Times(SymmetricMatrix matrix, double[] x) =>
        [.. Enumerable.Range(0, matrix.Size).Select(i => Enumerable.Range(0, matrix.Size).Sum(j => matrix[i, j] * x[j]))];

    [Fact]
    public void Solutions_satisfy_the_equations()
    {
        var matrix = Gram(40, 60);
        double[] b = [.. Enumerable.Range(0, 40).Select(i => Math.Sin(i))], x = matrix.Solve(b, 0.5)!;
        double[] back = Times(matrix, x);
        for (int i = 0; i < 40; i++) Assert.Equal(b[i], back[i] + 0.5 * x[i], 1e-9);
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_has_no_solution()
    {
        var matrix = new SymmetricMatrix(2);
        matrix.Set(0, 0, 1);
        matrix.Set(1, 1, -1);
        Assert.Null(matrix.Solve([1, 1]));
        Assert.NotNull(matrix.Solve([1, 1], 2));
    }

    [Fact]
    public void Leading_pairs_are_eigenpairs_and_orthogonal()
    {
        var matrix = Gram(30, 5);
        var (values, vectors) = matrix.Leading(3);
        for (int k = 0; k < 3; k++)
        {
            double[] image = Times(matrix, vectors[k]);
            for (int i = 0; i < 30; i++) Assert.Equal(values[k] * vectors[k][i], image[i], 1e-2);
            Assert.Equal(1, vectors[k].Sum(v => v * v), 1e-9);
        }
        Assert.Equal(0, vectors[0].Zip(vectors[1], (a, b) => a * b).Sum(), 1e-9);
        Assert.True(values[0] >= values[1] && values[1] >= values[2]);
        Assert.True(values.Sum() <= matrix.Trace * (1 + 1e-9));
    }
}
