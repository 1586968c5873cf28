using Simulant.Data;
using Simulant.Privacy.Mechanisms;
using Simulant.Specs;

namespace Simulant.Tabular;

/// <summary>What an engine for tables is asked to learn and to keep to.</summary>
/// <param name="Spec">The checked spec; balance, conditions, constraints and engine options are read from it.</param>
/// <param name="Schema">The source's schema after inference and the spec's overrides, in output order.</param>
public sealed record TableRequest(Spec Spec, TableSchema Schema)
{
    /// <summary>What the rows may be asked through, where the spec promises privacy; null where it promises none.</summary>
    public PrivacySession? Privacy { get; init; }
}
