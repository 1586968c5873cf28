using System.Runtime.CompilerServices;

namespace Simulant.Reports.Dossiers;

/// <summary>
/// Words with cited figures between them. Only <see cref="Cited"/> can be interpolated, and the words between may hold no digit: no
/// figure gets into a sentence without the place it stands.
/// </summary>
[InterpolatedStringHandler]
public sealed class Sentence
{
    private readonly List<object> _parts = [];

    public Sentence() { }

    /// <summary>For the compiler, which builds a sentence from an interpolated string.</summary>
    public Sentence(int literalLength, int formattedCount) =>
        _parts.Capacity = formattedCount + Math.Min(literalLength, formattedCount + 1);

    /// <summary>Words (<see cref="string"/>) and figures (<see cref="Cited"/>), in order.</summary>
    public IReadOnlyList<object> Parts => _parts;

    public IReadOnlyList<Cited> Figures => [.. _parts.OfType<Cited>()];

    /// <exception cref="ArgumentException">The words hold a digit.</exception>
    public void AppendLiteral(string words)
    {
        if (words.Any(char.IsDigit)) throw new ArgumentException($"'{words}' holds a figure that is not cited", nameof(words));
        _parts.Add(words);
    }

    public void AppendFormatted(Cited figure) => _parts.Add(figure);

    public void AppendFormatted(Sentence other) => _parts.AddRange(other._parts);

    /// <summary>More of the same sentence.</summary>
    public Sentence And(Sentence more)
    {
        AppendFormatted(more);
        return this;
    }

    public override string ToString() => string.Concat(_parts.Select(p => p is Cited cited ? cited.Shown : p));
}
