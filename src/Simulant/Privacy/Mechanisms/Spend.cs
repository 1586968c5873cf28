using System.Globalization;
using Simulant.Data;

namespace Simulant.Privacy.Mechanisms;

/// <summary>One use of a mechanism, as it is recorded before it runs.</summary>
/// <param name="Number">Place in its run, from 0.</param>
/// <param name="Mechanism">gaussian, choice or vocabulary.</param>
/// <param name="Purpose">What it was for, in words that no data stands in.</param>
/// <param name="Question">Everything that fixes it beside the rows: columns, cells, noise. Two runs ask the same only where these
/// are equal.</param>
public sealed record Spend(int Number, string Mechanism, string Purpose, string Question, Rho Rho, int DeltaShares);

/// <summary>What a mechanism gave out.</summary>
/// <param name="Numbers">Noisy counts, or the place chosen.</param>
/// <param name="Texts">Of a vocabulary; empty else.</param>
public sealed record Outcome(long[] Numbers, string[] Texts);

/// <summary>Where a session's spends are written down, each before its mechanism runs, and its outcomes kept.</summary>
public interface ISpendLog
{
    /// <summary>What this very use gave before, in a run that goes on; null where it has not run yet.</summary>
    /// <exception cref="PrivacyBudgetException">Something else was asked at this place.</exception>
    Outcome? Recorded(Spend spend);

    /// <summary>Returns only when the spend is on the disk.</summary>
    void Record(Spend spend);

    /// <summary>Keeps what came out, so that nobody need pay for it twice.</summary>
    void Keep(Spend spend, Outcome outcome);
}

/// <summary>Sees what a mechanism was asked and what it would have answered without noise: for audits alone.</summary>
internal interface IWitness
{
    /// <param name="sensitivity">The greatest change of <paramref name="exact"/> that the mechanism's noise is for.</param>
    void Saw(Spend spend, long sensitivity, IReadOnlyDictionary<string, long> exact);
}

/// <summary>Text that fixes a question.</summary>
internal static class Questions
{
    public static string Of(Variance variance) =>
        string.Create(CultureInfo.InvariantCulture, $"variance {variance.Numerator}/2^{variance.Shift}");

    public static string Of(ReadOnlySpan<byte> cells) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(cells)[..8]);
}
