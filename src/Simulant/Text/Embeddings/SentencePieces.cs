using System.Text;
using System.Text.Json;
using Simulant.Data;

namespace Simulant.Text.Embeddings;

/// <summary>
/// Cuts text into the pieces of a unigram vocabulary (Kudo 2018): of all ways to cut, one of the greatest summed score, found by
/// dynamic programming, as the encoder's own tokeniser does it: a character that begins no piece costs nothing and becomes piece 0,
/// and pieces 0 in a row become one.
/// </summary>
public sealed class SentencePieces
{
    private const int Reserved = 6;
    private const int MaxPieces = 1 << 20;

    private readonly Dictionary<(int Node, int Rune), int> _next = [];
    private readonly List<int> _pieceAt = [-1];
    private readonly double[] _scores;
    private readonly int[] _lengths;

    private SentencePieces(List<(string Piece, double Score)> vocabulary)
    {
        _scores = [.. vocabulary.Select(v => v.Score)];
        _lengths = [.. vocabulary.Select(v => v.Piece.Length)];
        for (int i = Reserved; i < vocabulary.Count; i++)
        {
            int node = 0;
            foreach (var rune in vocabulary[i].Piece.EnumerateRunes())
            {
                if (!_next.TryGetValue((node, rune.Value), out int child))
                {
                    _next.Add((node, rune.Value), child = _pieceAt.Count);
                    _pieceAt.Add(-1);
                }
                node = child;
            }
            _pieceAt[node] = i;
        }
    }

    /// <summary>Number of pieces, those with a meaning of their own (the first six) included.</summary>
    public int Count => _scores.Length;

    /// <summary>Reads a vocabulary: a JSON list of [piece, score]. Throws <see cref="DataException"/> where the file is not that.</summary>
    public static SentencePieces Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var vocabulary = new List<(string, double)>();
            foreach (var entry in document.RootElement.EnumerateArray())
            {
                if (vocabulary.Count == MaxPieces || entry.GetArrayLength() != 2) throw new FormatException("an entry that is no pair");
                string piece = entry[0].GetString() is { Length: > 0 } text ? text : throw new FormatException("an empty piece");
                // Some pieces of the published vocabulary have null for a score, which its own tokeniser adds up as 0.
                double score = entry[1].ValueKind == JsonValueKind.Null ? 0 : entry[1].GetDouble();
                vocabulary.Add(double.IsFinite(score) ? (piece, score) : throw new FormatException("a score that is no number"));
            }
            if (vocabulary.Count <= Reserved) throw new FormatException("no pieces");
            return new SentencePieces(vocabulary);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or IOException
            or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: not a vocabulary of pieces ({e.Message}); run: cd native && npm ci", path, inner: e);
        }
    }

    /// <summary>Numbers of the pieces of a text; none for an empty one.</summary>
    public int[] Encode(string text)
    {
        if (text.Length == 0) return [];
        int[] runes = [.. ("\u2581" + CompatibilityForm.Of(text).Replace(' ', '\u2581')).EnumerateRunes().Select(r => r.Value)];
        double[] best = new double[runes.Length + 1];
        int[] piece = new int[runes.Length + 1];
        for (int start = 0; start < runes.Length; start++)
        {
            int node = 0;
            bool any = false;
            for (int end = start + 1; end <= runes.Length && _next.TryGetValue((node, runes[end - 1]), out node); end++)
            {
                if (_pieceAt[node] is not (>= 0 and var found)) continue;
                any = true;
                Offer(best, piece, end, best[start] + _scores[found], found);
            }
            if (!any) Offer(best, piece, start + 1, best[start], 0);
        }
        return Trace(piece);
    }

    private static void Offer(double[] best, int[] piece, int end, double score, int found)
    {
        if (best[end] != 0 && score < best[end]) return;
        (best[end], piece[end]) = (score, found);
    }

    private int[] Trace(int[] piece)
    {
        var found = new List<int>();
        for (int at = piece.Length - 1; at > 0; at -= _lengths[piece[at]])
            if (found.Count == 0 || piece[at] != 0 || found[^1] != 0) found.Add(piece[at]);
        found.Reverse();
        return [.. found];
    }
}
