using System.Numerics;

namespace Simulant.Privacy.Mechanisms;

/// <summary>
/// An amount of zero-concentrated differential privacy in whole units of 2^-50, so that spends add up exactly. Costs are rounded up,
/// budgets down.
/// </summary>
/// <param name="Units">At least 0.</param>
public readonly record struct Rho(long Units) : IComparable<Rho>
{
    public const int Bits = 50;

    public static Rho Zero => default;

    public int CompareTo(Rho other) => Units.CompareTo(other.Units);

    public static Rho operator +(Rho a, Rho b) => new(checked(a.Units + b.Units));
    public static Rho operator -(Rho a, Rho b) => new(checked(a.Units - b.Units));
    public static bool operator <(Rho a, Rho b) => a.Units < b.Units;
    public static bool operator >(Rho a, Rho b) => a.Units > b.Units;
    public static bool operator <=(Rho a, Rho b) => a.Units <= b.Units;
    public static bool operator >=(Rho a, Rho b) => a.Units >= b.Units;

    /// <summary>This many parts of so many, rounded down.</summary>
    public Rho Part(int parts, int of) => new((long)((Int128)Units * parts / of));

    /// <summary>What Gaussian noise costs: sensitivity^2 / (2 variance) (Bun and Steinke 2016, Proposition 6; Canonne, Kamath and
    /// Steinke 2020, Theorem 4, for the discrete one).</summary>
    /// <param name="sensitivity">In the Euclidean norm, at least 1.</param>
    public static Rho OfGaussian(long sensitivity, Variance variance) =>
        Ceiling((BigInteger)sensitivity * sensitivity * BigInteger.Pow(2, Bits + variance.Shift), 2 * (BigInteger)variance.Numerator);

    /// <summary>What one choice by the exponential mechanism costs: epsilon^2 / 8 (Cesar and Rogers 2021: its range is bounded).</summary>
    public static Rho OfChoice(ChoiceEpsilon epsilon) => Ceiling(
        (BigInteger)epsilon.Numerator * epsilon.Numerator * BigInteger.Pow(2, Bits), 8 * BigInteger.Pow(2, 2 * ChoiceEpsilon.Bits));

    private static Rho Ceiling(BigInteger numerator, BigInteger denominator) =>
        new((long)((numerator + denominator - 1) / denominator));
}

/// <summary>The variance of discrete Gaussian noise, a rational: Numerator / 2^Shift.</summary>
/// <remarks>Up to 2^40; with it all intermediate values of the sampler fit 128 bits.</remarks>
public readonly record struct Variance
{
    private const int FineBits = 20, CoarseBits = 10;

    private Variance(ulong numerator, int shift) => (Numerator, Shift) = (numerator, shift);

    public ulong Numerator { get; }
    public int Shift { get; }

    /// <summary>The least variance on the grid under which a vector of this sensitivity costs at most so much.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is 0, or so small that the noise would pass 2^20.</exception>
    public static Variance For(Rho amount, long sensitivity)
    {
        if (amount.Units <= 0) throw new ArgumentOutOfRangeException(nameof(amount), amount.Units, "something must be spent");
        foreach (int shift in (ReadOnlySpan<int>)[FineBits, CoarseBits])
        {
            var (whole, rest) = BigInteger.DivRem(
                (BigInteger)sensitivity * sensitivity * BigInteger.Pow(2, Mechanisms.Rho.Bits + shift), 2 * (BigInteger)amount.Units);
            if (!rest.IsZero) whole++;
            if (whole <= BigInteger.Pow(2, 2 * shift + (shift == FineBits ? 0 : 30))) return new Variance((ulong)whole, shift);
        }
        throw new ArgumentOutOfRangeException(nameof(amount), amount.Units, "the noise would pass 2^20");
    }

    /// <summary>A given rational; for mechanisms whose noise is prescribed.</summary>
    public static Variance Of(ulong numerator, int shift)
    {
        bool fits = numerator > 0 && (shift <= CoarseBits ? numerator >> shift <= 1ul << 40 : shift <= FineBits
            && numerator >> shift <= 1ul << 20);
        return fits ? new Variance(numerator, shift) : throw new ArgumentOutOfRangeException(nameof(numerator), numerator, "out of range");
    }

    /// <summary>The root, rounded down.</summary>
    public ulong FloorOfRoot()
    {
        ulong whole = Numerator >> Shift, root = 0;
        for (int bit = 20; bit >= 0; bit--)
        {
            ulong tried = root | 1ul << bit;
            if (tried * tried <= whole) root = tried;
        }
        return root;
    }
}

/// <summary>The epsilon of one choice: Numerator / 2^30.</summary>
public readonly record struct ChoiceEpsilon(ulong Numerator)
{
    public const int Bits = 30;

    /// <summary>The greatest epsilon on the grid that costs at most so much: the root of 8 rho.</summary>
    public static ChoiceEpsilon For(Rho amount)
    {
        var square = 8 * (BigInteger)amount.Units * BigInteger.Pow(2, 2 * Bits - Mechanisms.Rho.Bits);
        BigInteger root = 0;
        for (int bit = 40; bit >= 0; bit--)
        {
            var tried = root + (BigInteger.One << bit);
            if (tried * tried <= square) root = tried;
        }
        if (root.IsZero) throw new ArgumentOutOfRangeException(nameof(amount), amount.Units, "something must be spent");
        return new ChoiceEpsilon((ulong)root);
    }
}
