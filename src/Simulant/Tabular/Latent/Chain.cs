using Simulant.Numerics.Tensors;
using Simulant.Numerics.Tensors.Modules;

namespace Simulant.Tabular.Latent;

/// <summary>
/// A decoder that draws the codes of a row one after the other, each given a context (what the latent numbers say) and the codes
/// before it: so what the latent numbers leave open does not fall apart into independent columns. A hidden layer for each code, into
/// which the codes before go by look-up: cost is linear in the codes that a row has, not in those that there are.
/// </summary>
internal sealed class Chain
{
    private readonly ChainLayout _layout;
    private readonly Tensor?[] _before;
    private readonly LinearLayer[] _context, _out;
    private readonly int[][] _offsets;   // [field][earlier field]: where its codes begin in the look-up

    /// <param name="context">Numbers of the context.</param>
    /// <param name="shares">By field: shares of the codes, at which training begins; null where weights are to be read.</param>
    public Chain(ParameterStore store, ChainLayout layout, int context, Func<int, double[]>? shares)
    {
        _layout = layout;
        int count = layout.Fields.Count;
        (_before, _context, _out, _offsets) = (new Tensor?[count], new LinearLayer[count], new LinearLayer[count], new int[count][]);
        for (int f = 0; f < count; f++)
        {
            int codes = layout.Fields[f].Codes, hidden = Hidden(codes), earlier = 0;
            _offsets[f] = new int[f];
            for (int g = 0; g < f; earlier += layout.Fields[g++].Codes) _offsets[f][g] = earlier;
            _context[f] = new LinearLayer(store, $"chain.{f}.context", context, hidden);
            if (f > 0) _before[f] = store.Add($"chain.{f}.before", earlier, hidden, Initialisers.Normal(1 / Math.Sqrt(f)));
            _out[f] = new LinearLayer(store, $"chain.{f}.out", hidden, codes, Initialisers.Normal(0.02), Initialisers.Zeros);
            if (shares?.Invoke(f) is not { } first) continue;
            for (int k = 0; k < codes; k++) _out[f].Bias.Values[k] = (float)Math.Log(Math.Max(first[k], 1e-7));
        }
    }

    /// <summary>16 ln(codes), in steps of 16: as TabularARGN has it.</summary>
    private static int Hidden(int codes) => 16 * Math.Max(1, (int)Math.Ceiling(Math.Log(Math.Max(2, codes)) - 1e-9));

    /// <summary>Logits of a field's codes: [row, code].</summary>
    /// <param name="codes">[field][row]: those before it are read.</param>
    public Tensor Logits(Tape tape, Tensor context, int field, int[][] codes)
    {
        var hidden = _context[field].Apply(tape, context);
        if (_before[field] is { } table)
        {
            int[] rows = new int[context.Rows * field];
            for (int r = 0; r < context.Rows; r++)
                for (int g = 0; g < field; g++) rows[r * field + g] = _offsets[field][g] + codes[g][r];
            hidden = tape.Add(hidden, tape.Bag(table, rows, null, field));
        }
        return _out[field].Apply(tape, tape.Relu(hidden));
    }

    /// <summary>Minus the log likelihood of rows, summed over them.</summary>
    public Tensor Loss(Tape tape, Tensor context, int[][] codes)
    {
        var loss = tape.Sum(tape.CrossEntropy(Logits(tape, context, 0, codes), codes[0]));
        for (int f = 1; f < _layout.Fields.Count; f++)
            loss = tape.Add(loss, tape.Sum(tape.CrossEntropy(Logits(tape, context, f, codes), codes[f])));
        return loss;
    }

    /// <summary>Draws rows, each code by Gumbel noise; second digits that no bin has are not drawn.</summary>
    /// <param name="noise">Gumbel numbers for a field: [row, code].</param>
    /// <param name="each">What is told of each field: its logits and noise.</param>
    /// <returns>[field][row]</returns>
    public int[][] Draw(Tape tape, Tensor context, Func<int, Tensor> noise, Action<int, Tensor, Tensor>? each = null)
    {
        int[][] codes = [.. _layout.Fields.Select(_ => new int[context.Rows])];
        for (int f = 0; f < codes.Length; f++)
        {
            var field = _layout.Fields[f];
            Tensor logits = Logits(tape, context, f, codes), gumbel = noise(f);
            for (int r = 0; r < context.Rows; r++)
            {
                Span<float> x = logits.Row(r), g = gumbel.Row(r);
                int best = -1;
                for (int k = 0; k < x.Length; k++)
                    if ((best < 0 || x[k] + g[k] > x[best] + g[best])
                        && (field.Part == 0 || _layout.Bin(field.Column, codes[f - 1][r], k) >= 0)) best = k;
                codes[f][r] = best;
            }
            each?.Invoke(f, logits, gumbel);
        }
        return codes;
    }

    /// <summary>Rows of codes that are picked: [field][row].</summary>
    public static int[][] Pick(int[][] codes, ReadOnlySpan<int> rows)
    {
        int[][] picked = new int[codes.Length][];
        for (int f = 0; f < picked.Length; f++)
        {
            picked[f] = new int[rows.Length];
            for (int i = 0; i < rows.Length; i++) picked[f][i] = codes[f][rows[i]];
        }
        return picked;
    }
}
