namespace Simulant.Numerics.Tensors;

/// <summary>
/// A matrix of single-precision numbers, row-major without gaps: rows are items, columns features. What has more dimensions
/// (an image, a sequence) lies in the columns or rows, and the operation is told how. A tensor made on a <see cref="Tape"/>
/// lives until the tape is reset; parameters live in a <see cref="ParameterStore"/>.
/// </summary>
public sealed class Tensor
{
    private readonly ParameterStore? _store;
    private readonly int _offset;
    private float[]? _data;

    internal Tensor(int rows, int columns, float[] data)
    {
        (Rows, Columns) = (rows, columns);
        _data = data;
    }

    internal Tensor(int rows, int columns, ParameterStore store, int offset)
    {
        (Rows, Columns) = (rows, columns);
        (_store, _offset) = (store, offset);
    }

    public int Rows { get; }
    public int Columns { get; }
    public int Length => Rows * Columns;

    /// <summary>
    /// The numbers. To be written only before the tensor is first used in an operation (a derivative may read them later).
    /// </summary>
    /// <exception cref="InvalidOperationException">The tape has taken its memory back.</exception>
    public Span<float> Values => _store is { } store
        ? store.Values.Slice(_offset, Length)
        : (_data ?? Gone()).AsSpan(0, Length);

    // Apart, so that what is called in the innermost loops stays small enough to be put in their place.
    private static float[] Gone() => throw new InvalidOperationException("a tensor was used after its tape was reset");

    /// <summary>The number of a tensor of one.</summary>
    public float Scalar => Length == 1
        ? Values[0]
        : throw new InvalidOperationException($"a tensor of {Rows} x {Columns} is not one number");

    /// <summary>One row.</summary>
    public Span<float> Row(int row) => Values.Slice(row * Columns, Columns);

    internal bool IsParameter => _store is not null;

    /// <summary>Place among the tape's operations; -1 for what no operation made.</summary>
    internal int Entry { get; set; } = -1;

    internal float[] Data => _data ?? throw new InvalidOperationException("a tensor has no memory of its own");

    internal void Release() => _data = null;

    public override string ToString() => $"{Rows} x {Columns}";
}
