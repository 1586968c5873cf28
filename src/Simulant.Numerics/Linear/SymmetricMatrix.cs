using System.Numerics.Tensors;

namespace Simulant.Numerics.Linear;

/// <summary>
/// A dense symmetric matrix by rows, on the caller's thread: sums have one order, so results do not depend on threads.
/// </summary>
public sealed class SymmetricMatrix
{
    private readonly double[] _values;

    public SymmetricMatrix(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        Size = size;
        _values = new double[(long)size * size];
    }

    public int Size { get; }

    public double this[int i, int j] => _values[i * Size + j];

    /// <summary>Sets both [i, j] and [j, i].</summary>
    public void Set(int i, int j, double value) => _values[i * Size + j] = _values[j * Size + i] = value;

    public double Trace
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < Size; i++) sum += this[i, i];
            return sum;
        }
    }

    public void Add(SymmetricMatrix other) => TensorPrimitives.Add(_values, other._values, _values);

    public ReadOnlySpan<double> Row(int i) => _values.AsSpan(i * Size, Size);

    /// <summary>Solves (this + ridge I) x = b by Cholesky's L L' (Golub, Van Loan, section 4.2).</summary>
    /// <returns>Null where the matrix is not positive definite.</returns>
    public double[]? Solve(ReadOnlySpan<double> b, double ridge = 0)
    {
        if (b.Length != Size) throw new ArgumentException($"{b.Length} right-hand sides for {Size} rows", nameof(b));
        if (Cholesky(ridge) is not { } l) return null;
        double[] x = b.ToArray();
        for (int i = 0; i < Size; i++)
            x[i] = (x[i] - TensorPrimitives.Dot<double>(l.AsSpan(i * Size, i), x.AsSpan(0, i))) / l[i * Size + i];
        for (int i = Size - 1; i >= 0; i--)
        {
            double value = x[i] /= l[i * Size + i];
            for (int j = 0; j < i; j++) x[j] -= value * l[i * Size + j];
        }
        return x;
    }

    /// <summary>The lower factor by rows, or null where a pivot is not positive.</summary>
    private double[]? Cholesky(double ridge)
    {
        double[] l = new double[_values.Length];
        for (int i = 0; i < Size; i++)
        {
            var row = l.AsSpan(i * Size, i);
            for (int j = 0; j <= i; j++)
            {
                double rest = this[i, j] - TensorPrimitives.Dot<double>(row[..j], l.AsSpan(j * Size, j));
                if (i != j) row[j] = rest / l[j * Size + j];
                else if (rest + ridge > 0) l[i * Size + i] = Math.Sqrt(rest + ridge);
                else return null;
            }
        }
        return l;
    }

    /// <summary>
    /// The leading eigenpairs of a positive semidefinite matrix by power iteration with deflation, to a relative 1e-9 or 1,000
    /// steps: accurate where eigenvalues stand apart, some basis of the plane where they do not.
    /// </summary>
    public (double[] Values, double[][] Vectors) Leading(int count)
    {
        count = Math.Min(count, Size);
        double[] values = new double[count];
        double[][] vectors = new double[count][];
        for (int k = 0; k < count; k++)
        {
            double[] v = new double[Size], next = new double[Size];
            for (int i = 0; i < Size; i++) v[i] = 1 + (i * 2654435761u % 1000) / 1000.0; // no axis is favoured
            Orthonormalise(v, vectors, k);
            double value = 0;
            for (int step = 0; step < 1000; step++)
            {
                for (int i = 0; i < Size; i++) next[i] = TensorPrimitives.Dot(Row(i), v);
                double before = value;
                value = Orthonormalise(next, vectors, k);
                (v, next) = (next, v);
                if (Math.Abs(value - before) <= 1e-9 * value) break;
            }
            values[k] = value;
            vectors[k] = v;
        }
        return (values, vectors);
    }

    /// <summary>Makes v a unit vector orthogonal to the first ones; returns the length it had.</summary>
    private static double Orthonormalise(double[] v, double[][] others, int count)
    {
        for (int k = 0; k < count; k++)
        {
            double along = TensorPrimitives.Dot<double>(v, others[k]);
            TensorPrimitives.MultiplyAdd<double>(others[k], -along, v, v);
        }
        double norm = Math.Sqrt(TensorPrimitives.SumOfSquares<double>(v));
        if (norm > 0) TensorPrimitives.Divide<double>(v, norm, v);
        return norm;
    }
}
