using System.Collections.Frozen;
using Simulant.Numerics.Random;

namespace Simulant.Text.Augmentation;

/// <summary>Faults of fingers and of scanners, one in a word; a word of fewer than four letters, or of others than a to z, stays.</summary>
internal static class LetterNoise
{
    private static readonly string[] Rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

    // As scanners confuse them, after the usual lists of such faults.
    private static readonly (string Read, string As)[] Shapes =
    [
        ("rn", "m"), ("m", "rn"), ("cl", "d"), ("d", "cl"), ("l", "1"), ("o", "0"), ("i", "l"), ("e", "c"), ("c", "e"), ("h", "b"),
        ("b", "h"), ("vv", "w"), ("w", "vv"), ("s", "5"), ("g", "9"), ("u", "v"), ("n", "ri"), ("f", "t"), ("t", "f"), ("a", "o"),
    ];

    /// <summary>The keys beside a key: left and right, and the two or so above and below on staggered rows.</summary>
    public static FrozenDictionary<char, string> Beside { get; } = Rows.SelectMany((row, y) => row.Select((key, x) => (key, x, y)))
        .ToFrozenDictionary(k => k.key, k => string.Concat(Rows.SelectMany((row, y) => row.Select((key, x) => (key, x, y)))
            .Where(o => o.key != k.key && Near(k.x, k.y, o.x, o.y)).Select(o => o.key)));

    public static string? Keyboard(string word, ref DrawSequence draws)
    {
        if (!Open(word)) return null;
        int at = 1 + draws.Below(word.Length - 1);
        string keys = Beside[char.ToLowerInvariant(word[at])];
        return With(word, at, 1, keys[draws.Below(keys.Length)].ToString());
    }

    public static string? Scanner(string word, ref DrawSequence draws)
    {
        if (!Open(word)) return null;
        var places = new List<(int At, int Shape)>();
        for (int at = 0; at < word.Length; at++)
            for (int s = 0; s < Shapes.Length; s++)
                if (string.CompareOrdinal(word, at, Shapes[s].Read, 0, Shapes[s].Read.Length) == 0) places.Add((at, s));
        if (places.Count == 0) return null;
        var (place, shape) = places[draws.Below(places.Count)];
        return With(word, place, Shapes[shape].Read.Length, Shapes[shape].As);
    }

    /// <summary>Exchanges two letters that differ, neither the first nor the last.</summary>
    public static string? Letters(string word, ref DrawSequence draws)
    {
        if (!Open(word)) return null;
        int[] places = [.. Enumerable.Range(1, word.Length - 3).Where(i => word[i] != word[i + 1])];
        if (places.Length == 0) return null;
        int at = places[draws.Below(places.Length)];
        return With(word, at, 2, $"{word[at + 1]}{word[at]}");
    }

    // Rows are set off by a quarter of a key and by three quarters.
    private static bool Near(int x1, int y1, int x2, int y2) => Math.Abs(y1 - y2) <= 1
        && Math.Abs(x1 + Offset(y1) - x2 - Offset(y2)) < 1.01;

    private static double Offset(int row) => row switch { 0 => 0, 1 => .25, _ => .75 };

    private static bool Open(string word) => word.Length >= 4 && word.All(char.IsAsciiLetter);

    private static string With(string word, int at, int length, string instead) => word[..at] + instead + word[(at + length)..];
}
