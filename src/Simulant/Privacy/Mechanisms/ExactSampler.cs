using System.Buffers.Binary;

namespace Simulant.Privacy.Mechanisms;

/// <summary>
/// Draws from discrete distributions exactly, with whole numbers only: Canonne, Kamath and Steinke, "The Discrete Gaussian for
/// Differential Privacy" (2020), Algorithms 1 to 3. Floating point would make some outputs impossible under one data set and
/// possible under its neighbour (Mironov 2012), so no type here holds any.
/// </summary>
internal sealed class ExactSampler(INoiseSource source)
{
    /// <summary>Uniform on 0..bound-1, by rejection.</summary>
    public UInt128 Below(UInt128 bound)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bound);
        int bits = 128 - (int)UInt128.LeadingZeroCount(bound - 1);
        int bytes = (bits + 7) / 8;
        UInt128 mask = bits == 0 ? UInt128.Zero : UInt128.MaxValue >> (128 - bits);
        Span<byte> buffer = stackalloc byte[16];
        while (true)
        {
            buffer.Clear();
            source.Fill(buffer[..bytes]);
            UInt128 drawn = BinaryPrimitives.ReadUInt128LittleEndian(buffer) & mask;
            if (drawn < bound) return drawn;
        }
    }

    /// <summary>True with probability exp(-numerator / denominator).</summary>
    public bool BernoulliExp(UInt128 numerator, UInt128 denominator)
    {
        for (UInt128 whole = numerator / denominator; whole > 0; whole--)
            if (!BernoulliExpOfShare(1, 1)) return false;
        return BernoulliExpOfShare(numerator % denominator, denominator);
    }

    /// <summary>The alternating series of exp(-x), x in [0, 1], as a chain of coins of probability x / k.</summary>
    private bool BernoulliExpOfShare(UInt128 numerator, UInt128 denominator)
    {
        for (uint k = 1; ; k++)
            if (Below(checked(denominator * k)) >= numerator) return k % 2 == 1;
    }

    /// <summary>A whole number x with probability in proportion to exp(-|x| s / t).</summary>
    /// <param name="t">1 to 2^40.</param>
    /// <param name="s">1 to 2^40.</param>
    public long Laplace(ulong t, ulong s = 1)
    {
        while (true)
        {
            ulong u = (ulong)Below(t);
            if (!BernoulliExp(u, t)) continue;
            ulong v = 0;
            while (BernoulliExpOfShare(1, 1)) v++;
            ulong magnitude = checked(u + t * v) / s;
            bool negative = Below(2) == 1;
            if (negative && magnitude == 0) continue; // 0 would be drawn twice as often
            return negative ? -(long)magnitude : (long)magnitude;
        }
    }

    /// <summary>A whole number x with probability in proportion to exp(-x^2 / (2 variance)).</summary>
    public long Gaussian(Variance variance)
    {
        ulong t = variance.FloorOfRoot() + 1;
        UInt128 p = variance.Numerator, q = UInt128.One << variance.Shift;
        UInt128 denominator = checked(2 * p * q * t * t);
        while (true)
        {
            long y = Laplace(t);
            UInt128 scaled = checked((UInt128)(ulong)Math.Abs(y) * q * t), gap = scaled > p ? scaled - p : p - scaled;
            if (BernoulliExp(checked(gap * gap), denominator)) return y;
        }
    }

    /// <summary>
    /// The place i with probability in proportion to exp(epsilon scores[i] / (2 sensitivity)): McSherry and Talwar 2007, drawn exactly,
    /// a uniform place at a time, kept with the probability by which it falls behind the best.
    /// </summary>
    /// <param name="scores">Between -2^62 and 2^62.</param>
    /// <param name="sensitivity">By how much one unit may change any score, at least 1.</param>
    public int Choose(ReadOnlySpan<long> scores, long sensitivity, ChoiceEpsilon epsilon)
    {
        if (scores.IsEmpty) throw new ArgumentException("there is nothing to choose from", nameof(scores));
        ArgumentOutOfRangeException.ThrowIfLessThan(sensitivity, 1);
        long best = scores[0];
        foreach (long score in scores) best = Math.Max(best, score);
        UInt128 denominator = checked(2 * (UInt128)(ulong)sensitivity << ChoiceEpsilon.Bits);
        while (true)
        {
            int place = (int)Below((UInt128)(ulong)scores.Length);
            UInt128 behind = checked((UInt128)(ulong)(best - scores[place]) * epsilon.Numerator);
            if (BernoulliExp(behind, denominator)) return place;
        }
    }
}
