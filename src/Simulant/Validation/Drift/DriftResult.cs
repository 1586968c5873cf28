namespace Simulant.Validation.Drift;

/// <summary>What to do about what was found.</summary>
public enum DriftAdvice
{
    /// <summary>No drift was found.</summary>
    Keep,

    /// <summary>Drift was found, and none of it is large.</summary>
    Watch,

    /// <summary>A large change was found: models fitted to the reference no longer describe the current data.</summary>
    Refit,
}

/// <summary>How drift is judged.</summary>
/// <param name="Alpha">Probability of any alarm at all where nothing changed, over all tests together, in (0, 1).</param>
/// <param name="Tolerance">Changes smaller than it raise no alarm, however sure they are, in [0, 1).</param>
public sealed record DriftOptions(double Alpha = 0.01, double Tolerance = 0.02)
{
    /// <summary>Distances and differences of correlation from which a refit is advised.</summary>
    public const double Large = 0.1;

    /// <summary>Share of rows in levels, or beyond limits, that the reference does not have, from which a refit is advised.</summary>
    public const double LargeUnseen = 0.01;
}

/// <summary>One column, or two together, of the reference beside the current data.</summary>
/// <param name="Columns">One name or two.</param>
/// <param name="Measure">What <paramref name="Effect"/> is: "Kolmogorov-Smirnov distance", "total variation distance", "change of
/// correlation", "change of association".</param>
/// <param name="Effect">In [0, 1], of correlations in [0, 2].</param>
/// <param name="P">Adjusted for the number of tests (Holm 1979).</param>
/// <param name="Drifted">Whether <paramref name="P"/> is below alpha and the effect above the tolerance.</param>
/// <param name="Changes">What changed, in words, the plainest first.</param>
public sealed record DriftFinding(IReadOnlyList<string> Columns, string Measure, double Effect, double P, bool Drifted,
    IReadOnlyList<string> Changes);

/// <summary>What a comparison found; columns first, then pairs, in each alarms first, then by falling effect.</summary>
/// <param name="LeastCorrelation">The least change of a correlation that so many rows would most likely (80%) have shown.</param>
/// <param name="Reasons">Why a refit is advised; empty where none is.</param>
public sealed record DriftResult(IReadOnlyList<DriftFinding> Findings, double LeastCorrelation, DriftAdvice Advice,
    IReadOnlyList<string> Reasons);
