using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Simulant.Numerics.Kernels;
using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Autoregressive;

/// <summary>What a condition leaves of a column's codes.</summary>
internal sealed class CodeShares
{
    private readonly ColumnCodes _codes;
    private readonly (double Low, double High)[] _within;

    public CodeShares(ColumnCodes codes, Allowed allowed)
    {
        _codes = codes;
        _within = new (double, double)[codes.Bins.Count];
        for (int b = 0; b < _within.Length; b++) _within[b] = codes.Bins.AllowedShare(b, allowed);
        int[] counts = codes.Counts(0);
        First = new float[counts.Length];
        for (int b = 0; b < _within.Length; b++)
        {
            double share = _within[b].High - _within[b].Low;
            int code = codes.Code(b, 0);
            // Of a group, the training share of what is allowed; an unseen member counts a little.
            First[code] += (float)(codes.Parts == 1 ? share : share * (codes.Bins.Counts[b] + 1e-3) / (counts[code] + 1e-3 * codes.Base));
        }
    }

    /// <summary>By first digit.</summary>
    public float[] First { get; }

    /// <summary>By second digit, given the first.</summary>
    public float Second(int first, int second)
    {
        int bin = _codes.Bin(first, second);
        return bin < 0 ? 0 : (float)(_within[bin].High - _within[bin].Low);
    }

    public (double Low, double High) Within(int bin) => _within[bin];
}

/// <summary>Draws one sub-column for a block of lanes: <see cref="Prepare"/>, perhaps restrict, <see cref="Choose"/>.</summary>
internal sealed class FieldDraw(NetworkSpace space)
{
    private const int Lanes = LaneProduct.Lanes;

    private readonly float[] _sums = new float[Lanes], _most = new float[Lanes], _target = new float[Lanes];
    private readonly float[] _before = new float[Lanes], _chosen = new float[Lanes];
    private int _codesOf;

    public NetworkSpace Space { get; } = space;
    public int[] First { get; } = new int[Lanes];
    public int[] Second { get; } = new int[Lanes];

    /// <summary>Unnormalised probabilities of the sub-column, given the inputs.</summary>
    public void Prepare(FieldShape field, ReadOnlySpan<float> weights, ReadOnlySpan<int> inputs)
    {
        _codesOf = field.Codes;
        Network.HiddenOf(field, weights, inputs, Space.X, Space.Hidden);
        Network.LogitsOf(field, weights, Space, Space.Hidden, Space.Logits);
        Network.Exponentials(Space.Logits.AsSpan(0, field.Codes * Lanes), _sums, _most);
    }

    /// <summary>Leaves what is allowed, and adds the log of its mass to the candidates' weights.</summary>
    public void Restrict(CodeShares shares, int part, ReadOnlySpan<int> first, Span<double> logWeights)
    {
        for (int lane = 0; lane < logWeights.Length; lane++)
        {
            double before = _sums[lane], after = 0;
            for (int c = 0; c < _codesOf; c++)
            {
                ref float p = ref Space.Logits[c * Lanes + lane];
                p *= part == 0 ? shares.First[c] : shares.Second(first[lane], c);
                after += p;
            }
            logWeights[lane] += Math.Log(after / before);
            // The first digit was drawn by its group's share, which the second now makes good.
            if (part == 1) logWeights[lane] -= Math.Log(shares.First[first[lane]]);
            if (after > 0) continue;
            // Nothing that is allowed has a probability to speak of: any allowed code will do.
            for (int c = 0; c < _codesOf; c++)
                Space.Logits[c * Lanes + lane] = part == 0 ? shares.First[c] : shares.Second(first[lane], c);
        }
    }

    /// <summary>Of the second digits, only those that stand for a level.</summary>
    public void KeepReal(ColumnCodes codes, ReadOnlySpan<int> first)
    {
        for (int lane = 0; lane < first.Length; lane++)
            for (int c = 0; c < _codesOf; c++)
                if (codes.Bin(first[lane], c) < 0) Space.Logits[c * Lanes + lane] = 0;
    }

    /// <summary>Inverts the cumulated probabilities; leaves of each uniform what it says within its code.</summary>
    public void Choose(FieldShape field, Span<int> drawn, Span<double> uniforms)
    {
        var rows = MemoryMarshal.Cast<float, Vector512<float>>(Space.Logits.AsSpan(0, field.Codes * Lanes));
        var sum = MemoryMarshal.Cast<float, Vector512<float>>(_sums.AsSpan());
        sum.Clear();
        for (int k = 0; k < rows.Length; k++) sum[k & 3] += rows[k];
        for (int lane = 0; lane < drawn.Length; lane++) _target[lane] = (float)(uniforms[lane] * _sums[lane]);
        var target = MemoryMarshal.Cast<float, Vector512<float>>(_target.AsSpan());
        var before = MemoryMarshal.Cast<float, Vector512<float>>(_before.AsSpan());
        var chosen = MemoryMarshal.Cast<float, Vector512<float>>(_chosen.AsSpan());
        for (int p = 0; p < 4; p++)
        {
            var cumulated = Vector512<float>.Zero;
            var count = Vector512<float>.Zero;
            var last = Vector512<float>.Zero;
            for (int k = p; k < rows.Length; k += 4)
            {
                cumulated += rows[k];
                var passed = Vector512.LessThanOrEqual(cumulated, target[p]);
                count = Vector512.ConditionalSelect(passed, count + Vector512<float>.One, count);
                last = Vector512.ConditionalSelect(passed, cumulated, last);
            }
            before[p] = last;
            chosen[p] = count;
        }
        for (int lane = 0; lane < drawn.Length; lane++)
        {
            int code = Math.Min((int)_chosen[lane], field.Codes - 1);
            // Rounding can pass the end, or end on a code without mass.
            while (code > 0 && Space.Logits[code * Lanes + lane] <= 0) code--;
            while (code < field.Codes - 1 && Space.Logits[code * Lanes + lane] <= 0) code++;
            drawn[lane] = code;
            double own = Space.Logits[code * Lanes + lane];
            double rest = own > 0 ? (uniforms[lane] * _sums[lane] - _before[lane]) / own : uniforms[lane];
            uniforms[lane] = Math.Clamp(rest, 0, 1 - 1e-12);
        }
    }
}
