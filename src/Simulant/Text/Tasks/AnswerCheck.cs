using Simulant.Text.Tasks.Checking;

namespace Simulant.Text.Tasks;

/// <summary>
/// Tells whether an answer says the same as the canonical one. Both may come from anywhere: whatever the text, it gives a verdict, in
/// bounded time, and throws nothing; what cannot be read is not the same as anything.
/// </summary>
public static class AnswerCheck
{
    /// <summary>An answer longer than this, and than four times the canonical one, is wrong unread.</summary>
    public const int MaxLength = 4_096;

    // Beyond this not even a canonical text is read.
    private const int Hopeless = 1 << 20;

    /// <param name="kind">How to compare.</param>
    /// <param name="canonical">The right answer, as the family writes it.</param>
    /// <param name="given">What was answered: the answer alone, without the sentence around it.</param>
    public static bool Same(AnswerKind kind, string? canonical, string? given)
    {
        if (canonical is null || given is null || canonical.Length > Hopeless) return false;
        if (given.Length > Math.Max(MaxLength, 4L * canonical.Length)) return false;
        return kind switch
        {
            AnswerKind.Integer => NumberReader.Whole(given) is { } value && value == NumberReader.Whole(canonical),
            AnswerKind.Rational => NumberReader.Exact(given) is { } value && value == NumberReader.Exact(canonical),
            AnswerKind.Decimal => SameRounded(canonical, given),
            AnswerKind.Quantity => Quantity.Read(given) is { } value && value == Quantity.Read(canonical),
            AnswerKind.YesNo => YesOrNo(given) is { } value && value == YesOrNo(canonical),
            AnswerKind.Sequence => Lists.Keys(given) is { } keys && Lists.Keys(canonical) is { } right && right.SequenceEqual(keys),
            AnswerKind.Set => SameSet(Lists.Keys(canonical, canonical.StartsWith('(')), Lists.Keys(given, canonical.StartsWith('('))),
            AnswerKind.Lines => Lines(canonical).SequenceEqual(Lines(given)),
            AnswerKind.Expression => SameExpression(canonical, given),
            _ => Cleaning.Phrase(canonical) is { Length: > 0 } phrase && phrase == Cleaning.Phrase(given),
        };
    }

    private static bool SameRounded(string canonical, string given)
    {
        if (NumberReader.Exact(given) is not { } value || NumberReader.Exact(canonical) is not { } right) return false;
        int places = NumberReader.Places(canonical);
        return value.Rounded(places) == right.Rounded(places);
    }

    private static bool? YesOrNo(string text) => Cleaning.Phrase(text) switch
    {
        "yes" or "y" or "true" => true,
        "no" or "n" or "false" => false,
        _ => null,
    };

    private static bool SameSet(string[]? left, string[]? right) => left is not null && right is not null
        && left.Length == right.Length && new HashSet<string>(left, StringComparer.Ordinal) is var set && set.Count == left.Length
        && set.SetEquals(right);

    private static List<string> Lines(string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').Select(line => line.TrimEnd()).ToList();
        while (lines.Count > 0 && lines[^1].Length == 0) lines.RemoveAt(lines.Count - 1);
        int blank = lines.FindIndex(line => line.Length > 0);
        if (blank > 0) lines.RemoveRange(0, blank);
        return lines;
    }

    /// <summary>
    /// As functions, where both can be read; else as texts without blanks. The answer may name what it gives (<c>y = 2x + 1</c>) where the
    /// canonical one does not; two equations compare side by side.
    /// </summary>
    private static bool SameExpression(string canonical, string given)
    {
        string[] right = canonical.Split('='), left = given.Split('=');
        if (left.Length == 2 && right.Length == 1 && left[0].Trim() is [var letter] && char.IsAsciiLetter(letter)) left = left[1..];
        return left.Length == right.Length && left.Zip(right).All(sides => SameFunction(sides.Second, sides.First));
    }

    private static bool SameFunction(string canonical, string given)
    {
        if (Expression.Read(canonical) is { } right)
            return Expression.Read(given) is { } left && Identity.Same(right, left, canonical + "\n" + given);
        return Squeeze(canonical) is { Length: > 0 } text && text == Squeeze(given);
    }

    private static string Squeeze(string text) => string.Concat(Cleaning.Formula(text).Where(c => c != ' '));
}
