using Simulant.Numerics.Tensors.Elementwise;
using Simulant.Numerics.Tensors.Products;

namespace Simulant.Numerics.Tensors;

/// <summary>Attention, forwards and backwards beside each other.</summary>
public sealed partial class Tape
{
    /// <summary>
    /// softmax(Q Kᵀ / sqrt(width)) V for every sequence and head (Vaswani et al. 2017, equation 1). First order.
    /// </summary>
    /// <param name="query">[sequences * length, heads * width], a head's columns side by side; likewise key and value.</param>
    /// <param name="length">Of every sequence.</param>
    /// <param name="heads">Divides the columns.</param>
    /// <param name="causal">Whether a place sees only itself and those before it.</param>
    public Tensor Attention(Tensor query, Tensor key, Tensor value, int length, int heads, bool causal = false)
    {
        SameShape(query, key);
        SameShape(query, value);
        if (length < 1 || heads < 1 || query.Rows % length != 0 || query.Columns % heads != 0)
            throw new ArgumentException($"{query} is not sequences of {length} by {heads} heads");
        int sequences = query.Rows / length;
        Tensor y = New(query.Rows, query.Columns), shares = New(sequences * heads * length, length);
        _loop.Run(sequences * heads, piece =>
            new AttentionHead(length, query.Columns, heads, piece, causal).Forward(query, key, value, shares, y));
        Tensor[]? parts = null;
        Tensor? partsOf = null;
        return Record(y, [query, key, value], (g, input) =>
        {
            FirstOrder("attention");
            if (parts is null || partsOf != g)
            {
                parts = [New(y.Rows, y.Columns), New(y.Rows, y.Columns), New(y.Rows, y.Columns)];
                partsOf = g;
                var made = parts;
                var slopes = New(shares.Rows, length);
                _loop.Run(sequences * heads, piece => new AttentionHead(length, query.Columns, heads, piece, causal)
                    .Backward(query, key, value, shares, g, slopes, made[0], made[1], made[2]));
            }
            return parts[input];
        });
    }

    /// <summary>One head of one sequence: a block of the matrices, and a square of the shares.</summary>
    private readonly unsafe struct AttentionHead(int length, int columns, int heads, int piece, bool causal)
    {
        private readonly int _width = columns / heads, _first = piece / heads * length, _from = piece % heads * (columns / heads);
        private readonly float _scale = 1 / MathF.Sqrt((float)columns / heads);

        /// <summary>The exponentials' shares, row i over the places i sees.</summary>
        public void Forward(Tensor query, Tensor key, Tensor value, Tensor shares, Tensor y)
        {
            fixed (float* q = Part(query), k = Part(key), v = Part(value), p = Square(shares), to = Part(y))
            {
                Multiply(Rows(q), Columns(k), p, length, length, _width);
                int[] seen = [0, length];
                for (int i = 0; i < length; i++)
                {
                    var row = new Span<float>(p + i * (nint)length, length);
                    if (causal) seen[1] = i + 1;
                    Map.Run(new MultiplyOf(), row, _scale, row);
                    Segments.Softmax(row, seen, row[..seen[1]], []);
                    row[seen[1]..].Clear();
                }
                Multiply(Whole(p), Rows(v), to, columns, _width, length);
            }
        }

        /// <summary>With P the shares: dV = Pᵀ g; S' = P (g Vᵀ - its mean under P) scale; dQ = S' K; dK = S'ᵀ Q.</summary>
        public void Backward(Tensor query, Tensor key, Tensor value, Tensor shares, Tensor gradient, Tensor slopes,
            Tensor byQuery, Tensor byKey, Tensor byValue)
        {
            fixed (float* q = Part(query), k = Part(key), v = Part(value), g = Part(gradient))
            fixed (float* p = Square(shares), s = Square(slopes), dq = Part(byQuery), dk = Part(byKey), dv = Part(byValue))
            {
                Multiply(Whole(p, true), Rows(g), dv, columns, _width, length);
                Multiply(Rows(g), Columns(v), s, length, length, _width);
                int[] all = [0, length];
                for (int i = 0; i < length; i++)
                {
                    var row = new Span<float>(s + i * (nint)length, length);
                    Segments.SoftmaxGradient(row, new Span<float>(p + i * (nint)length, length), all, row);
                    Map.Run(new MultiplyOf(), row, _scale, row);
                }
                Multiply(Whole(s), Rows(k), dq, columns, _width, length);
                Multiply(Whole(s, true), Rows(q), dk, columns, _width, length);
            }
        }

        private Span<float> Part(Tensor of) => of.Values[(_first * columns + _from)..];
        private Span<float> Square(Tensor of) => of.Values[(piece * length * length)..];
        private Operand Rows(float* part) => new((nint)part, columns, false);
        private Operand Columns(float* part) => new((nint)part, columns, true);
        private Operand Whole(float* square, bool transposed = false) => new((nint)square, length, transposed);

        private void Multiply(Operand a, Operand b, float* c, nint stride, int n, int k) =>
            MatrixProduct.Multiply(a, b, c, stride, length, n, k, false, ParallelLoop.Sequential);
    }
}
