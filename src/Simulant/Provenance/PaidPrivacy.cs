namespace Simulant.Provenance;

/// <summary>What a run promised about each unit and paid for it, as its ledger tells.</summary>
/// <param name="Unit">Whose presence is hidden: <c>row</c>, or the column that names the owner of rows.</param>
/// <param name="MaxRows">Rows of one unit that were learned from at most.</param>
/// <param name="Rho">Reserved, in zero-concentrated differential privacy.</param>
/// <param name="VocabularyDelta">The part of delta that discovered levels used.</param>
/// <param name="Budget">The epsilon that all runs on the source may spend; null where none is set.</param>
/// <param name="SourceEpsilon">What all runs on the source have spent together when this one was published, itself among them.</param>
/// <param name="Spends">Every use of a mechanism, in order.</param>
public sealed record PaidPrivacy(double Epsilon, double Delta, string Unit, int MaxRows, double Rho, double VocabularyDelta,
    double? Budget, double SourceEpsilon, IReadOnlyList<PaidSpend> Spends)
{
    /// <summary>What the set may be called by its ledger and a passed audit; null where it is not to be told, or failed.</summary>
    public string? Earned { get; init; }
}

/// <param name="Question">What fixes it beside the rows: columns, cells, noise.</param>
public sealed record PaidSpend(string Mechanism, string Purpose, string Question, double Rho);
