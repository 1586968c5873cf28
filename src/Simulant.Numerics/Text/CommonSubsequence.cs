using System.Numerics;

namespace Simulant.Numerics.Text;

/// <summary>
/// Length of the longest common subsequence of one sequence with many, bit-parallel: a bit for each token of the one, 64 in a step.
/// Source: Hyyrö, "Bit-parallel LCS-length computation revisited", 2004: V' = (V + (V &amp; M)) | (V &amp; ~M), and the zeros of V are
/// the length.
/// </summary>
/// <remarks>
/// Holds the masks of one pattern over a vocabulary of small whole numbers; one object a thread. A pattern of more than 4,096
/// tokens is taken 64 tokens at a time, with the carries of one pass kept for the next, so that memory stays linear.
/// </remarks>
public sealed class CommonSubsequence
{
    private const int MostWords = 64;

    private int[] _slot = [];         // by token: row of _masks + 1; 0 is none
    private ulong[] _masks = [];      // distinct tokens x words of 64
    private ulong[] _v = [];
    private readonly List<int> _used = [];
    private int[] _pattern = [];
    private byte[] _carries = [];
    private int _words, _last;

    /// <summary>Tokens of the pattern.</summary>
    public int PatternLength { get; private set; }

    /// <summary>Sets the sequence that others are compared with.</summary>
    /// <param name="pattern">Tokens in [0, vocabulary).</param>
    public void SetPattern(ReadOnlySpan<int> pattern, int vocabulary)
    {
        Forget();
        if (_slot.Length < vocabulary) Array.Resize(ref _slot, Math.Max(vocabulary, _slot.Length * 2));
        PatternLength = pattern.Length;
        _words = (pattern.Length + 63) / 64;
        _last = pattern.Length & 63;
        if (_words > MostWords)
        {
            _pattern = pattern.ToArray();
            return;
        }
        if (_v.Length < _words) _v = new ulong[Math.Max(_words, 4)];
        Mark(pattern, _words);
    }

    private void Forget()
    {
        foreach (int token in _used) _slot[token] = 0;
        _used.Clear();
    }

    /// <summary>Sets the bits of the tokens, in rows of so many words of 64.</summary>
    private void Mark(ReadOnlySpan<int> pattern, int words)
    {
        if (_masks.Length < pattern.Length * words) _masks = new ulong[Math.Max(pattern.Length * words, 256)];
        for (int i = 0; i < pattern.Length; i++)
        {
            ref int slot = ref _slot[pattern[i]];
            if (slot == 0)
            {
                _used.Add(pattern[i]);
                slot = _used.Count;
                _masks.AsSpan((slot - 1) * words, words).Clear();
            }
            _masks[(slot - 1) * words + (i >> 6)] |= 1UL << i;
        }
    }

    /// <summary>Length of the longest common subsequence with the pattern; tokens beyond the vocabulary match nothing.</summary>
    public int With(ReadOnlySpan<int> text)
    {
        if (PatternLength == 0 || text.Length == 0) return 0;
        return _words == 1 ? WithOne(text) : _words <= MostWords ? WithMany(text) : InPasses(text);
    }

    private int WithOne(ReadOnlySpan<int> text)
    {
        ulong v = ulong.MaxValue;
        foreach (int token in text)
        {
            int slot = (uint)token < (uint)_slot.Length ? _slot[token] : 0;
            if (slot == 0) continue;
            ulong u = v & _masks[slot - 1];
            v = (v + u) | (v - u);
        }
        return BitOperations.PopCount(~v & Full);
    }

    private int WithMany(ReadOnlySpan<int> text)
    {
        var v = _v.AsSpan(0, _words);
        v.Fill(ulong.MaxValue);
        foreach (int token in text)
        {
            int slot = (uint)token < (uint)_slot.Length ? _slot[token] : 0;
            if (slot == 0) continue;
            var mask = _masks.AsSpan((slot - 1) * _words, _words);
            ulong carry = 0;
            for (int w = 0; w < v.Length; w++)
            {
                ulong old = v[w], u = old & mask[w], sum = old + u, whole = sum + carry;
                carry = (sum < old ? 1UL : 0) + (whole < sum ? 1UL : 0);
                v[w] = whole | (old & ~mask[w]);
            }
        }
        int length = 0;
        for (int w = 0; w < v.Length - 1; w++) length += BitOperations.PopCount(~v[w]);
        return length + BitOperations.PopCount(~v[^1] & Full);
    }

    private int InPasses(ReadOnlySpan<int> text)
    {
        if (_carries.Length < text.Length) _carries = new byte[text.Length];
        var carries = _carries.AsSpan(0, text.Length);
        carries.Clear();
        int length = 0;
        for (int w = 0; w < _words; w++)
        {
            Forget();
            Mark(_pattern.AsSpan(w * 64, Math.Min(64, PatternLength - w * 64)), 1);
            ulong v = ulong.MaxValue;
            for (int i = 0; i < text.Length; i++)
            {
                int slot = (uint)text[i] < (uint)_slot.Length ? _slot[text[i]] : 0;
                ulong mask = slot == 0 ? 0 : _masks[slot - 1], u = v & mask, sum = v + u, whole = sum + carries[i];
                carries[i] = (byte)((sum < v ? 1 : 0) + (whole < sum ? 1 : 0));
                v = whole | (v & ~mask);
            }
            length += BitOperations.PopCount(~v & (w == _words - 1 ? Full : ulong.MaxValue));
        }
        return length;
    }

    /// <summary>The bits of the last word that stand for tokens.</summary>
    private ulong Full => _last == 0 ? ulong.MaxValue : (1UL << _last) - 1;
}
