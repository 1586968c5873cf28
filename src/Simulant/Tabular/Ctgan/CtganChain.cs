using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Simulant.Tabular.Latent;

namespace Simulant.Tabular.Ctgan;

/// <summary>The repaired generator: CTGAN's two layers, whose answer is the context in which a chain draws the codes.</summary>
internal sealed class CtganChain
{
    private const int ContextWidth = 64;

    private readonly Generator _trunk;

    public CtganChain(ParameterStore store, ChainLayout layout, int conditions, int latents, int width, Func<int, double[]>? shares)
    {
        _trunk = new Generator(store, ContextWidth, conditions, latents, width);
        Chain = new Chain(store, layout, ContextWidth, shares);
    }

    public Chain Chain { get; }

    public Tensor Context(Tape tape, Tensor z, int[] conditions, float momentum) =>
        tape.Relu(_trunk.Apply(tape, z, conditions, momentum));
}

/// <summary>
/// How the critic sees codes: a few to stand for each, fixed before training. Up to <see cref="Width"/> codes have a number each;
/// more share numbers, waves where they have an order and random ones where not, so that a critic's first layer does not grow
/// with a column's levels.
/// </summary>
internal sealed class CriticView
{
    private const int Width = 16;

    private readonly ChainLayout _layout;
    private readonly float[][] _tables;   // [field][code * width + number]

    public CriticView(ChainLayout layout, IReadOnlyList<bool> ordered)
    {
        _layout = layout;
        Widths = [.. layout.Fields.Select(f => Math.Min(f.Codes, Width))];
        Total = Widths.Sum();
        _tables = [.. layout.Fields.Select((field, f) => TableOf(field, f, ordered[field.Column] && !layout.IsSplit(field.Column)))];
    }

    public int[] Widths { get; }

    /// <summary>Numbers of a row.</summary>
    public int Total { get; }

    private float[] TableOf(in ChainField field, int f, bool ordered)
    {
        int width = Widths[f];
        float[] table = new float[field.Codes * width];
        var random = new RandomStream(0, "critic's view");
        int missing = _layout.Bins[field.Column].MissingBin, last = field.Codes - (ordered && missing >= 0 ? 2 : 1);
        for (int k = 0; k < field.Codes; k++)
            for (int i = 0; i < width; i++)
                table[k * width + i] = field.Codes <= Width ? (i == k ? 1 : 0)
                    : !ordered ? (float)(random.Normal(k, f, i) / Math.Sqrt(Width))
                    : k == missing || i == Width - 1 ? (k == missing && i == Width - 1 ? 1 : 0)
                    : (float)(0.5 * Math.Cos(Math.PI * (i + 1) * k / last));
        return table;
    }

    /// <summary>Softened codes of a field as the critic sees them.</summary>
    /// <param name="shares">[row, code]</param>
    public Tensor Of(Tape tape, Tensor shares, int field) =>
        tape.MatMul(shares, tape.Constant(shares.Columns, Widths[field], _tables[field]));

    /// <summary>Real rows: [row, <see cref="Total"/>].</summary>
    /// <param name="codes">[field][row]</param>
    public Tensor Of(Tape tape, int[][] codes)
    {
        var rows = tape.New(codes[0].Length, Total);
        for (int r = 0; r < rows.Rows; r++)
            for (int f = 0, at = 0; f < codes.Length; at += Widths[f++])
                _tables[f].AsSpan(codes[f][r] * Widths[f], Widths[f]).CopyTo(rows.Row(r)[at..]);
        return rows;
    }
}
