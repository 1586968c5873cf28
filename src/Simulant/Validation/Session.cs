using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Validation.Comparison;
using Simulant.Validation.Statistics;

namespace Simulant.Validation;

/// <summary>One validation under way: what the families of metrics share, and where they put what they found.</summary>
internal sealed class Session(Evaluation data, ComparedTables tables, ValidationOptions options, RunContext run)
{
    private readonly Dictionary<string, MetricResult> _metrics = new(StringComparer.Ordinal);

    public Evaluation Data => data;
    public ComparedTables Tables => tables;
    public ValidationOptions Options => options;
    public RunContext Run => run;
    public List<NotChecked> NotChecked { get; } = [.. tables.Excluded];

    public int Training => tables.Rows(Part.Training);
    public int Holdout => tables.Rows(Part.Holdout);
    public int Synthetic => tables.Rows(Part.Synthetic);

    /// <summary>Rows for models: the option's, fewer where columns would make more than 20 million cells.</summary>
    public int ModelRows => Math.Min(options.MostModelRows, Math.Max(1_000, 20_000_000 / Columns));

    /// <summary>Rows for all pairs of distances: the option's, fewer where columns would make more than 3e10 comparisons.</summary>
    public int NeighbourRows => Math.Min(options.MostNeighbourRows, (int)Math.Sqrt(3e10 / Columns));

    /// <summary>The column that models predict; null where none is named.</summary>
    public string? Target => options.Target ?? data.Training.Single.Columns.FirstOrDefault(c => c.Schema.Role == ColumnRole.Target)?.Name;

    /// <summary>Models that utility trained, for families after it; null where there are none.</summary>
    public Utility.UtilityModels? Models { get; set; }

    /// <summary>Why there are none.</summary>
    public string? NoModels { get; set; }

    private int Columns => Math.Max(1, tables.Columns.Count);

    /// <summary>Whether any of the names is asked for.</summary>
    public bool Wants(params ReadOnlySpan<string> names)
    {
        if (options.Only is null) return true;
        foreach (string name in names)
            if (options.Only.Contains(name)) return true;
        return false;
    }

    public Bootstrap Bootstrap(string purpose) =>
        new(new RandomStream(run.Seed, "validate/bootstrap/" + purpose), Math.Max(20, options.Replicates));

    /// <summary>A figure that is exact for the tables given.</summary>
    public void Exact(string name, double value, double reference, Direction better, int count) =>
        Estimated(name, value, reference, (value, value), better, count);

    public void Estimated(
        string name, double value, double reference, (double Low, double High) interval, Direction better, int count,
        (double Low, double High)? referenceInterval = null)
    {
        if (!Wants(name)) return;
        if (double.IsNaN(value))
        {
            Missing(name, better, "undefined on these tables");
            return;
        }
        var ends = referenceInterval ?? (reference, reference);
        _metrics[name] = new MetricResult(name, new Score(value, reference, interval.Low, interval.High, better, count))
        {
            ReferenceLow = ends.Low,
            ReferenceHigh = ends.High,
        };
    }

    /// <summary>A figure that cannot be computed: it stays in the list, with the reason.</summary>
    public void Missing(string name, Direction better, string reason)
    {
        if (!Wants(name)) return;
        _metrics[name] = MetricResult.Missing(name, better, reason);
        NotChecked.Add(new NotChecked(name, reason));
    }

    /// <summary>In the order of <see cref="MetricNames.All"/>.</summary>
    public IReadOnlyList<MetricResult> Metrics => [.. MetricNames.All.Where(_metrics.ContainsKey).Select(n => _metrics[n])];
}
