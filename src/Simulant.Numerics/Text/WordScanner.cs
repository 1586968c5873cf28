using System.Globalization;
using System.Text;

namespace Simulant.Numerics.Text;

/// <summary>
/// The words of a text, one after the other, without allocation: runs of letters, digits and the marks that belong to them, in
/// lower case by the invariant culture; every ideograph and kana is a word of its own. On ASCII these are the tokens of the usual
/// ROUGE tokeniser (Lin 2004: lower case, all but letters and digits to spaces).
/// </summary>
/// <remarks>A lone surrogate separates words, as punctuation does.</remarks>
public ref struct WordScanner(ReadOnlySpan<char> text)
{
    private const ulong Offset = 14695981039346656037, Prime = 1099511628211; // Fowler, Noll, Vo, 64 bits, variant 1a

    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    /// <summary>Where the current word begins, in UTF-16 units.</summary>
    public int Start { get; private set; }

    /// <summary>Its length in UTF-16 units.</summary>
    public int Length { get; private set; }

    /// <summary>64 well-mixed bits of the word in lower case; equal words have equal hashes on every machine.</summary>
    public ulong Hash { get; private set; }

    /// <summary>Moves to the next word; false after the last.</summary>
    public bool Next()
    {
        int at = _at;
        ulong hash = Offset;
        int start = -1;
        while (at < _text.Length)
        {
            char c = _text[at];
            if (c < 128)
            {
                if (char.IsAsciiLetterOrDigit(c))
                {
                    if (start < 0) start = at;
                    if (c is >= 'A' and <= 'Z') c |= ' ';
                    hash = (hash ^ c) * Prime;
                }
                else if (start >= 0) break;
                at++;
                continue;
            }
            var status = Rune.DecodeFromUtf16(_text[at..], out var rune, out int used);
            if (status != System.Buffers.OperationStatus.Done || !IsWord(rune))
            {
                if (start >= 0) break;
                at += Math.Max(1, used);
                continue;
            }
            bool alone = StandsAlone(rune.Value);
            if (alone && start >= 0) break;
            if (start < 0) start = at;
            hash = (hash ^ (uint)Rune.ToLowerInvariant(rune).Value) * Prime;
            at += used;
            if (alone) break;
        }
        _at = at;
        if (start < 0) return false;
        (Start, Length, Hash) = (start, at - start, Mix(hash));
        return true;
    }

    /// <summary>The finaliser of SplitMix64 (Steele, Lea, Flood 2014): every input bit moves every output bit.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }

    /// <summary>The hashes of all words, in order, appended to <paramref name="to"/>.</summary>
    public static void Hashes(ReadOnlySpan<char> text, List<ulong> to)
    {
        var scan = new WordScanner(text);
        while (scan.Next()) to.Add(scan.Hash);
    }

    private static bool IsWord(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber;

    // Scripts written without spaces: ideographs, kana; Thai and its neighbours are left whole, since their letters are no words.
    private static bool StandsAlone(int c) => c is >= 0x3041 and <= 0x30FF or >= 0x3400 and <= 0x4DBF or >= 0x4E00 and <= 0x9FFF
        or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x323AF;
}
