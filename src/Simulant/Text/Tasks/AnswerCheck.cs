using System.Globalization;
using System.Numerics;

namespace Simulant.Text.Tasks;

/// <summary>Tells whether an answer says the same as the canonical one.</summary>
public static class AnswerCheck
{
    /// <param name="kind">How to compare.</param>
    /// <param name="canonical">The right answer, as the family writes it.</param>
    /// <param name="given">What was answered: the answer alone, without the sentence around it.</param>
    public static bool Same(AnswerKind kind, string canonical, string given) => kind switch
    {
        AnswerKind.Integer => Whole(given) is { } value && value == Whole(canonical),
        AnswerKind.Sequence => Parts(canonical).SequenceEqual(Parts(given)),
        AnswerKind.Set => SameSet(Parts(canonical), Parts(given)),
        _ => Plain(canonical) == Plain(given),
    };

    private static BigInteger? Whole(string text) =>
        BigInteger.TryParse(text.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands, CultureInfo.InvariantCulture,
            out var value) ? value : null;

    private static bool SameSet(string[] left, string[] right) =>
        left.Length == right.Length && left.ToHashSet(StringComparer.Ordinal).SetEquals(right);

    private static string[] Parts(string text) => [.. text.Split(',').Select(Plain)];

    private static string Plain(string text) => text.Trim().TrimEnd('.').ToLowerInvariant();
}
