using System.Text;
using Simulant.Numerics.Random;

namespace Simulant.Tabular.Frame;

/// <summary>Pronounceable filler words of a wanted length, for columns of free text.</summary>
internal static class FillerText
{
    private static readonly string[] Onsets = ["b", "c", "d", "f", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "pl"];
    private static readonly string[] Rimes = ["a", "e", "i", "o", "u", "em", "in", "or", "is", "at", "um", "el"];

    /// <summary>Exactly <paramref name="length"/> characters, at most 10,000.</summary>
    public static string Of(RandomStream stream, long item, int length)
    {
        length = Math.Clamp(length, 0, 10_000);
        var text = new StringBuilder(length + 8);
        var draws = stream.Draws(item, 1);
        while (text.Length < length)
        {
            if (text.Length > 0) text.Append(' ');
            int syllables = 1 + draws.Below(3);
            for (int s = 0; s < syllables; s++)
                text.Append(Onsets[draws.Below(Onsets.Length)]).Append(Rimes[draws.Below(Rimes.Length)]);
        }
        text.Length = length;
        if (length > 0 && text[^1] == ' ') text[^1] = 'a';
        return text.ToString();
    }
}
