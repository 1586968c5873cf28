using System.Globalization;
using Simulant.Data;
using Simulant.Numerics.Random;

namespace Simulant.Tabular.Rules;

/// <summary>How keys follow from the index of their item.</summary>
internal enum KeyStyle { Sequential, Permuted, Hashed, Uuid }

/// <summary>
/// Unique keys. Sequential: start + step · item. Permuted: a bijection of 0..count-1, so that keys look random and never meet.
/// Hashed: 16 hexadecimal digits, Uuid: version 4's form, both by a bijection of 62 bits.
/// </summary>
/// <param name="digits">Zero-padded width of numbers, 0 for none.</param>
/// <param name="count">Size of the permuted domain.</param>
internal sealed class KeyRule(KeyStyle style, long start, long step, string prefix, int digits, long count) : Rule
{
    private readonly bool _text = style is KeyStyle.Hashed or KeyStyle.Uuid || prefix.Length > 0 || digits > 0;

    public override RuleStorage Storage => _text ? RuleStorage.Text : RuleStorage.Number;
    public override ColumnKind NaturalKind => _text ? ColumnKind.Identifier : ColumnKind.Integer;
    public override bool IsUnique => true;

    /// <summary>How many keys there are.</summary>
    public long Capacity => style == KeyStyle.Sequential ? long.MaxValue : style == KeyStyle.Permuted ? count : 1L << 62;

    public override double Number(in Address at, int row) => Index(at);

    public override string? Text(in Address at, int row)
    {
        if (style is KeyStyle.Sequential or KeyStyle.Permuted)
            return prefix + Index(at).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
        // A key must not move when a row is drawn again, so attempts do not enter.
        ulong bits = (ulong)new IndexPermutation(at.Stream, 0, 1L << 62).Map(at.Item);
        if (style == KeyStyle.Hashed) return string.Create(CultureInfo.InvariantCulture, $"{prefix}{bits << 2:x16}");
        var (a, b, c, _) = at.Stream.Bits(at.Item, 1);
        string head = string.Create(CultureInfo.InvariantCulture, $"{(uint)(bits >> 30):x8}-{bits >> 14 & 0xFFFF:x4}");
        string tail = string.Create(CultureInfo.InvariantCulture, $"{0x8000 | bits & 0x3FFF:x4}-{b:x8}{c & 0xFFFF:x4}");
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}{head}-4{a & 0xFFF:x3}-{tail}");
    }

    private long Index(in Address at) =>
        start + step * (style == KeyStyle.Permuted ? new IndexPermutation(at.Stream, 0, count).Map(at.Item) : at.Item);
}
