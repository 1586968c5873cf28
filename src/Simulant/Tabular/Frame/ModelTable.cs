using Simulant.Data;
using Simulant.Numerics.Random;

namespace Simulant.Tabular.Frame;

/// <summary>One column as a joint model sees it: numbers, or codes of levels; NaN is missing.</summary>
/// <param name="Name">Its name, for messages and random streams.</param>
/// <param name="Levels">Level count of a categorical column; 0 for a numeric one.</param>
/// <param name="Ordered">Whether a categorical column's codes have an order.</param>
/// <param name="Step">Grid of a numeric column (1 for integers, 0.01 for cents); 0 where it has none.</param>
/// <param name="AtomsOnly">Whether only values that were seen may be drawn (the column decides others by a table).</param>
public sealed record ModelColumn(string Name, int Levels, bool Ordered, double Step, bool AtomsOnly)
{
    public bool IsNumeric => Levels == 0;
}

/// <summary>Training rows as a joint model sees them.</summary>
/// <param name="Values">[column][row]; codes of levels as whole numbers; NaN is missing.</param>
/// <param name="ConditionedFirst">Columns that conditions fix, in the order they are to be drawn before all others.</param>
public sealed record ModelTable(IReadOnlyList<ModelColumn> Columns, double[][] Values, int Rows, IReadOnlyList<int> ConditionedFirst)
{
    /// <summary>The column that models will be trained to predict; -1 where none is named.</summary>
    public int Target { get; init; } = -1;
}

/// <summary>What a condition allows in one column: listed values, or a closed interval.</summary>
/// <param name="Values">Allowed values (codes for a categorical column; NaN for missing), or null for the interval.</param>
public sealed record Allowed(int Column, IReadOnlyList<double>? Values, double Low, double High)
{
    public bool Holds(double value)
    {
        if (Values is null) return value >= Low && value <= High;
        foreach (double v in Values)
            if (v.Equals(value)) return true;
        return false;
    }
}

/// <summary>Candidates to draw. Candidate r is a pure function of (stream, Items[r], Attempts[r]) and the allowed values.</summary>
public sealed class DrawBatch(RandomStream stream, long[] items, int[] attempts, int columns, IReadOnlyList<Allowed> allowed)
{
    public RandomStream Stream { get; } = stream;
    public int Count { get; } = items.Length;
    public long[] Items { get; } = items;
    public int[] Attempts { get; } = attempts;

    /// <summary>Restrictions that the model obeys while drawing, at most one a column.</summary>
    public IReadOnlyList<Allowed> Allowed { get; } = allowed;

    /// <summary>[column][candidate], filled by the model in storage units, on the column's grid.</summary>
    public double[][] Values { get; } = NewValues(columns, items.Length);

    /// <summary>
    /// Log-probability that an unrestricted draw of the restricted columns would have been allowed, given the columns drawn
    /// before each; the weight under which candidates follow the conditional distribution.
    /// </summary>
    public double[] LogWeights { get; } = new double[items.Length];

    private static double[][] NewValues(int columns, int count)
    {
        double[][] values = new double[columns][];
        for (int c = 0; c < columns; c++) values[c] = new double[count];
        return values;
    }
}

/// <summary>A fitted joint distribution; immutable and safe to use from several threads.</summary>
public interface ITableModel
{
    /// <summary>Fills the batch's values and log-weights.</summary>
    void Draw(DrawBatch batch, CancellationToken cancel);

    /// <summary>Whether draws restricted to these columns follow the conditional distribution without weighting.</summary>
    bool RestrictsExactly(IReadOnlyList<int> columns);

    /// <summary>The same of particular restrictions: single values may be exact where sets and intervals are not.</summary>
    bool RestrictsExactly(IReadOnlyList<Allowed> allowed) => RestrictsExactly([.. allowed.Select(a => a.Column)]);

    void Save(BinaryWriter to);
}

/// <summary>Learns a joint distribution of modelled columns; what is common to all engines is the frame's work.</summary>
public interface ITableModelEngine
{
    string Name { get; }

    /// <summary>Everything the engine reads of the spec's <c>engine</c> map beside the name.</summary>
    Specs.EngineOptions Options { get; }

    ITableModel Fit(ModelTable training, Specs.SpecMap? options, RunContext run);

    ITableModel Load(BinaryReader from, IReadOnlyList<ModelColumn> columns);
}
