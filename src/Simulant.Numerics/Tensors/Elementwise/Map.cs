using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Tensors.Elementwise;

/// <summary>A function of one number, sixteen at a time.</summary>
internal interface IUnary
{
    Vector512<float> Of(Vector512<float> x);
}

/// <summary>A function of two numbers, sixteen at a time.</summary>
internal interface IBinary
{
    Vector512<float> Of(Vector512<float> x, Vector512<float> y);
}

/// <summary>
/// Runs a function over spans. The last numbers of a span go through the same vectors, filled up, so that a result does not
/// depend on where in a span it stands.
/// </summary>
internal static class Map
{
    public static void Run<T>(T of, ReadOnlySpan<float> x, Span<float> into) where T : struct, IUnary
    {
        ref float px = ref MemoryMarshal.GetReference(x), to = ref MemoryMarshal.GetReference(into);
        int i = 0;
        for (; i + 16 <= into.Length; i += 16)
            of.Of(Vector512.LoadUnsafe(ref px, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        if (i < into.Length) StorePart(of.Of(LoadPart(x[i..])), into[i..]);
    }

    public static void Run<T>(T of, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> into) where T : struct, IBinary
    {
        ref float px = ref MemoryMarshal.GetReference(x), py = ref MemoryMarshal.GetReference(y);
        ref float to = ref MemoryMarshal.GetReference(into);
        int i = 0;
        for (; i + 16 <= into.Length; i += 16)
            of.Of(Vector512.LoadUnsafe(ref px, (nuint)i), Vector512.LoadUnsafe(ref py, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        if (i < into.Length) StorePart(of.Of(LoadPart(x[i..]), LoadPart(y[i..])), into[i..]);
    }

    public static void Run<T>(T of, ReadOnlySpan<float> x, float y, Span<float> into) where T : struct, IBinary =>
        Run(new Second<T>(of, y), x, into);

    public static void Run<T>(T of, float x, ReadOnlySpan<float> y, Span<float> into) where T : struct, IBinary =>
        Run(new First<T>(of, x), y, into);

    /// <summary>Two matrices, each dimension of each as great as the result's or 1, in which case it is repeated.</summary>
    public static void Broadcast<T>(T of, Tensor x, Tensor y, Tensor into) where T : struct, IBinary
    {
        Span<float> px = x.Values, py = y.Values, to = into.Values;
        if (x.Length == into.Length && y.Length == into.Length) Run(of, px, py, to);
        else if (y.Length == 1 && x.Length == into.Length) Run(of, px, py[0], to);
        else if (x.Length == 1 && y.Length == into.Length) Run(of, px[0], py, to);
        else
        {
            int columns = into.Columns;
            for (int r = 0; r < into.Rows; r++)
            {
                var row = to.Slice(r * columns, columns);
                var left = Row(px, x, r);
                var right = Row(py, y, r);
                if (left.Length == columns && right.Length == columns) Run(of, left, right, row);
                else if (left.Length == columns) Run(of, left, right[0], row);
                else Run(of, left[0], right, row);
            }
        }
    }

    /// <summary>Sixteen numbers from a span of fewer or more; zeros follow its end.</summary>
    public static Vector512<float> LoadPart(ReadOnlySpan<float> from)
    {
        if (from.Length >= 16) return Vector512.Create(from);
        Span<float> spare = stackalloc float[16];
        spare.Clear();
        from.CopyTo(spare);
        return Vector512.Create<float>(spare);
    }

    [SkipLocalsInit]
    public static void StorePart(Vector512<float> x, Span<float> into)
    {
        if (into.Length >= 16)
        {
            x.StoreUnsafe(ref MemoryMarshal.GetReference(into));
            return;
        }
        Span<float> spare = stackalloc float[16];
        x.CopyTo(spare);
        spare[..into.Length].CopyTo(into);
    }

    private static Span<float> Row(Span<float> values, Tensor of, int row) =>
        values.Slice(of.Rows == 1 ? 0 : row * of.Columns, of.Columns);

    private readonly struct Second<T>(T of, float y) : IUnary where T : struct, IBinary
    {
        private readonly T _of = of;
        private readonly Vector512<float> _y = Vector512.Create(y);

        public Vector512<float> Of(Vector512<float> x) => _of.Of(x, _y);
    }

    private readonly struct First<T>(T of, float x) : IUnary where T : struct, IBinary
    {
        private readonly T _of = of;
        private readonly Vector512<float> _x = Vector512.Create(x);

        public Vector512<float> Of(Vector512<float> y) => _of.Of(_x, y);
    }
}
