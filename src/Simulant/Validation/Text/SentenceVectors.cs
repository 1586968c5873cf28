using Simulant.Data;

namespace Simulant.Validation.Text;

/// <summary>What turns texts into vectors of like meaning; validation knows none itself.</summary>
/// <param name="Dimensions">Numbers in a vector.</param>
/// <param name="Of">Vectors of texts, [texts * dimensions], each of length 1 or all zeros where a text says nothing; a pure function
/// of each text.</param>
public sealed record SentenceVectors(int Dimensions, Func<IReadOnlyList<string>, RunContext, float[]> Of)
{
    /// <summary>Why there are none, where there are none: the metric then says so.</summary>
    public string? Lack { get; init; }

    /// <summary>No vectors, for the reason given.</summary>
    public static SentenceVectors Missing(string why) => new(0, (_, _) => []) { Lack = why };
}
