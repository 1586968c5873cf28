using System.Globalization;
using System.Numerics;

namespace Simulant.Text.Tasks.Checking;

/// <summary>An exact rational number in lowest terms, the sign on top.</summary>
internal readonly struct Fraction : IEquatable<Fraction>, IComparable<Fraction>
{
    private readonly BigInteger _bottomLessOne;

    /// <exception cref="DivideByZeroException">The bottom is zero.</exception>
    public Fraction(BigInteger top, BigInteger bottom)
    {
        if (bottom.IsZero) throw new DivideByZeroException("a fraction over zero");
        var common = BigInteger.GreatestCommonDivisor(top, bottom);
        if (bottom.Sign < 0) common = -common;
        Top = top / common;
        _bottomLessOne = bottom / common - 1;
    }

    public BigInteger Top { get; }

    /// <summary>At least 1; stored less one, so that the default value is zero.</summary>
    public BigInteger Bottom => _bottomLessOne + 1;

    public bool IsWhole => _bottomLessOne.IsZero;

    public int Sign => Top.Sign;

    public static implicit operator Fraction(BigInteger value) => new(value, BigInteger.One);
    public static implicit operator Fraction(long value) => new(value, BigInteger.One);
    public static implicit operator Fraction(int value) => new(value, BigInteger.One);

    public static Fraction operator +(Fraction a, Fraction b) => new(a.Top * b.Bottom + b.Top * a.Bottom, a.Bottom * b.Bottom);
    public static Fraction operator -(Fraction a, Fraction b) => new(a.Top * b.Bottom - b.Top * a.Bottom, a.Bottom * b.Bottom);
    public static Fraction operator -(Fraction a) => new(-a.Top, a.Bottom);
    public static Fraction operator *(Fraction a, Fraction b) => new(a.Top * b.Top, a.Bottom * b.Bottom);
    public static Fraction operator /(Fraction a, Fraction b) => new(a.Top * b.Bottom, a.Bottom * b.Top);
    public static bool operator ==(Fraction a, Fraction b) => a.Equals(b);
    public static bool operator !=(Fraction a, Fraction b) => !a.Equals(b);
    public static bool operator <(Fraction a, Fraction b) => a.CompareTo(b) < 0;
    public static bool operator >(Fraction a, Fraction b) => a.CompareTo(b) > 0;
    public static bool operator <=(Fraction a, Fraction b) => a.CompareTo(b) <= 0;
    public static bool operator >=(Fraction a, Fraction b) => a.CompareTo(b) >= 0;

    public static Fraction Abs(Fraction a) => new(BigInteger.Abs(a.Top), a.Bottom);

    /// <summary>To a whole power; a negative one of zero is refused as a division by zero.</summary>
    public static Fraction Pow(Fraction a, int power) => power >= 0
        ? new(BigInteger.Pow(a.Top, power), BigInteger.Pow(a.Bottom, power))
        : new(BigInteger.Pow(a.Bottom, -power), BigInteger.Pow(a.Top, -power));

    /// <summary>The greatest whole number that is not above it.</summary>
    public BigInteger Floor() => BigInteger.DivRem(Top, Bottom, out var rest) - (rest.Sign < 0 ? 1 : 0);

    /// <summary>Rounded to so many decimal places, halves away from zero; all of them are shown.</summary>
    public string Rounded(int places)
    {
        var scale = BigInteger.Pow(10, places);
        var shifted = (2 * BigInteger.Abs(Top) * scale + Bottom) / (2 * Bottom);
        string digits = shifted.ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        string sign = Top.Sign < 0 && !shifted.IsZero ? "-" : "";
        return places == 0 ? sign + digits : $"{sign}{digits[..^places]}.{digits[^places..]}";
    }

    /// <summary>As a terminating decimal without needless zeros, or, where it has none, as a fraction.</summary>
    public string Plain()
    {
        var rest = Bottom;
        int twos = 0, fives = 0;
        for (; rest.IsEven; twos++) rest /= 2;
        for (; (rest % 5).IsZero; fives++) rest /= 5;
        return rest.IsOne ? Rounded(Math.Max(twos, fives)) : ToString();
    }

    public bool Equals(Fraction other) => Top == other.Top && _bottomLessOne == other._bottomLessOne;
    public int CompareTo(Fraction other) => (Top * other.Bottom).CompareTo(other.Top * Bottom);
    public override bool Equals(object? obj) => obj is Fraction other && Equals(other);
    public override int GetHashCode() => HashCode.Combine(Top, _bottomLessOne);

    /// <summary><c>a/b</c>, or the whole number.</summary>
    public override string ToString() => IsWhole
        ? Top.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Top}/{Bottom}");
}
