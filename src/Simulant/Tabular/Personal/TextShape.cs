using Simulant.Numerics.Random;

namespace Simulant.Tabular.Personal;

/// <summary>
/// The shape of a text: which positions hold digits, letters, or fixed signs. <c>+49 (30) 901820</c> has the shape
/// <c>+99 (99) 999999</c>. New texts of a shape imitate how a column is written without repeating what it holds.
/// </summary>
/// <remarks>In a pattern, 9 is a digit, 1 a digit but zero, A an upper-case and a a lower-case letter; a backslash makes the
/// next character stand for itself, as does every other character.</remarks>
public sealed class TextShape
{
    private const int MinimumForFixed = 20;

    // Per position: the alphabet drawn from, or null where Fixed stands.
    private readonly string?[] _alphabets;
    private readonly char[] _fixed;

    /// <summary>Parses a pattern.</summary>
    public TextShape(string pattern)
    {
        Pattern = pattern;
        var alphabets = new List<string?>();
        var signs = new List<char>();
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            bool literal = c == '\\' && i + 1 < pattern.Length;
            alphabets.Add(literal ? null : Alphabet(c));
            signs.Add(literal ? pattern[++i] : c);
        }
        _alphabets = [.. alphabets];
        _fixed = [.. signs];
        double capacity = 1;
        foreach (string? alphabet in _alphabets) capacity *= alphabet?.Length ?? 1;
        Capacity = capacity > 1L << 60 ? 1L << 60 : (long)capacity;
    }

    public string Pattern { get; }

    /// <summary>Number of distinct texts, at most 2^60.</summary>
    public long Capacity { get; }

    public int Length => _fixed.Length;

    /// <summary>The shape of one text, every digit and letter free.</summary>
    public static TextShape Of(string text) => new(string.Concat(text.Select(Class)));

    /// <summary>
    /// The shape of texts that have one shape. Where at least 20 of them agree in a digit or letter it stays (a country's
    /// prefix), and where none of them has a zero none is drawn.
    /// </summary>
    public static TextShape OfAll(IReadOnlyList<string> texts)
    {
        ArgumentOutOfRangeException.ThrowIfZero(texts.Count);
        string first = texts[0];
        var pattern = new System.Text.StringBuilder();
        for (int i = 0; i < first.Length; i++)
        {
            bool agree = texts.Count >= MinimumForFixed, zero = texts.Count < MinimumForFixed;
            foreach (string text in texts)
            {
                agree &= text[i] == first[i];
                zero |= text[i] == '0';
            }
            string sign = Class(first[i]);
            if (agree) sign = Literal(first[i]);
            else if (sign == "9" && !zero) sign = "1";
            pattern.Append(sign);
        }
        return new TextShape(pattern.ToString());
    }

    /// <summary>A uniform draw of the shape.</summary>
    public string Draw(ref DrawSequence draws)
    {
        Span<char> text = _fixed.Length <= 256 ? stackalloc char[_fixed.Length] : new char[_fixed.Length];
        for (int i = 0; i < text.Length; i++)
            text[i] = _alphabets[i] is { } alphabet ? alphabet[draws.Below(alphabet.Length)] : _fixed[i];
        return new string(text);
    }

    /// <summary>Text number <paramref name="rank"/>, in [0, Capacity), of the shape: a bijection.</summary>
    public string Text(long rank)
    {
        Span<char> text = _fixed.Length <= 256 ? stackalloc char[_fixed.Length] : new char[_fixed.Length];
        for (int i = text.Length - 1; i >= 0; i--)
        {
            if (_alphabets[i] is not { } alphabet)
            {
                text[i] = _fixed[i];
                continue;
            }
            text[i] = alphabet[(int)(rank % alphabet.Length)];
            rank /= alphabet.Length;
        }
        return new string(text);
    }

    private static string? Alphabet(char sign) => sign switch
    {
        '9' => "0123456789",
        '1' => "123456789",
        'A' => "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        'a' => "abcdefghijklmnopqrstuvwxyz",
        _ => null,
    };

    private static string Class(char c) =>
        char.IsAsciiDigit(c) ? "9" : char.IsAsciiLetterUpper(c) ? "A" : char.IsAsciiLetterLower(c) ? "a"
        : char.IsLetterOrDigit(c) ? "a" : Literal(c);

    private static string Literal(char c) => c is '9' or '1' or 'A' or 'a' or '\\' ? "\\" + c : c.ToString();
}
