using Simulant.Data;

namespace Simulant.Validation;

/// <summary>What to measure and how much of it; the defaults are those of docs/guide/metrics.md.</summary>
public sealed record ValidationOptions
{
    /// <summary>The column that utility predicts; null takes the column of role target, or leaves utility out.</summary>
    public string? Target { get; init; }

    /// <summary>Columns whose groups, and their intersections, are measured one by one; at most 4. None by default.</summary>
    public IReadOnlyList<string> Protect { get; init; } = [];

    /// <summary>Names to measure; null measures all that apply. Details that only other metrics need are left out too.</summary>
    public IReadOnlySet<string>? Only { get; init; }

    /// <summary>
    /// Pairs whose strength in the training table (|r| or Cramer's V) is below it are left out of trends, as SDMetrics can;
    /// 0, the default, keeps all pairs.
    /// </summary>
    public double TrendThreshold { get; init; }

    /// <summary>Bootstrap replicates behind each estimated interval, at least 20.</summary>
    public int Replicates { get; init; } = 200;

    /// <summary>Most rows of each table for detection and utility.</summary>
    public int MostModelRows { get; init; } = 50_000;

    /// <summary>Most rows of each table for precision, recall, density, coverage and membership.</summary>
    public int MostNeighbourRows { get; init; } = 40_000;

    /// <summary>Most rows of each table for the attacks of an audit, at least 20.</summary>
    public int MostAttackRows { get; init; } = 10_000;

    /// <summary>See <see cref="Attacks.AuditOptions.Tolerance"/>.</summary>
    public double LeakTolerance { get; init; } = new Attacks.AuditOptions().Tolerance;

    /// <summary>Rules by their text, each counting the rows of a table that break it; the caller evaluates them.</summary>
    public IReadOnlyDictionary<string, Func<Table, long>> Constraints { get; init; } = new Dictionary<string, Func<Table, long>>();
}
