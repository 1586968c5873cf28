using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Tabular.Rules;

/// <summary>Everything that rules need to make rows, read from a spec and checked. Immutable.</summary>
public sealed class RulesPlan
{
    internal RulesPlan(Spec spec, Scope rows, Scope? sessionScope, SessionPlan? sessions,
        IReadOnlyDictionary<string, EntityPlan> entities, IReadOnlyList<RowCheck> checks, int attempts)
    {
        (Spec, Rows, SessionScope, Sessions, Entities, Checks, Attempts) =
            (spec, rows, sessionScope, sessions, entities, checks, attempts);
        Output = [.. spec.Columns
            .Select(column => rows.Find(column.Name) ?? sessionScope?.Find(column.Name))
            .OfType<PlannedColumn>().Where(column => !column.Hidden)];
        Schema = new TableSchema(spec.Name, [.. Output.Select(column => column.Schema)]);
    }

    public Spec Spec { get; }

    /// <summary>The made table's columns, hidden ones left out, in the spec's order.</summary>
    public TableSchema Schema { get; }

    internal Scope Rows { get; }
    internal Scope? SessionScope { get; }
    internal SessionPlan? Sessions { get; }
    internal IReadOnlyDictionary<string, EntityPlan> Entities { get; }
    internal IReadOnlyList<RowCheck> Checks { get; }

    /// <summary>How often an item is drawn before the plan is called impossible.</summary>
    internal int Attempts { get; }

    internal IReadOnlyList<PlannedColumn> Output { get; }
}

/// <summary>Columns whose items are the same things: rows, sessions, or the members of an entity.</summary>
internal sealed class Scope(string name, IReadOnlyList<PlannedColumn> columns)
{
    /// <summary>Empty for rows; part of the names of random streams.</summary>
    public string Name => name;

    /// <summary>In an order in which each column comes after those it reads.</summary>
    public IReadOnlyList<PlannedColumn> Columns => columns;

    public PlannedColumn? Find(string column) => columns.FirstOrDefault(c => c.Schema.Name == column);
}

/// <summary>One column of a scope.</summary>
internal sealed record PlannedColumn(ColumnSchema Schema, Rule Rule)
{
    /// <summary>Made, but not delivered.</summary>
    public bool Hidden { get; init; }

    /// <summary>Values are whole multiples of this; 0 for none.</summary>
    public double Step { get; init; }

    /// <summary>Columns that determine this one: its randomness is addressed by their values; empty for by item.</summary>
    public IReadOnlyList<string> DeterminedBy { get; init; } = [];

    /// <summary>The value as it is delivered: rounded to the step, to whole numbers or to decimals.</summary>
    public double Finish(double value)
    {
        if (Step > 0) value = Math.Round(value / Step) * Step;
        if (Schema.Kind == ColumnKind.Integer) return Math.Round(value);
        return Schema.Kind == ColumnKind.Decimal && Schema.Decimals >= 0 ? Math.Round(value, Schema.Decimals) : value;
    }
}

/// <summary>A fixed population that rows (or sessions) refer to.</summary>
/// <param name="Name">As rows refer to it.</param>
/// <param name="Parent">The entity that each member belongs to, or null.</param>
/// <param name="Child">The entity through which rows come to this one, or null where they choose it themselves.</param>
/// <param name="Same">The entity whose members these are (another choice among them), or null.</param>
/// <param name="Distinct">Whether a row's choice differs from that of <paramref name="Same"/>.</param>
/// <param name="PerSession">Chosen once a session.</param>
/// <param name="Exponent">Zipf exponent of the choice, 0 for even.</param>
/// <param name="WeightColumn">Column of the entity to whose values the choice is proportional, or null.</param>
internal sealed record EntityPlan(
    string Name, long Count, Scope Scope, string? Parent, string? Child, string? Same, bool Distinct, bool PerSession,
    double Exponent, string? WeightColumn);

/// <summary>A rule that candidates are held to: failing ones are drawn again.</summary>
internal abstract class RowCheck(string text, SourcePosition at)
{
    public string Text => text;
    public SourcePosition At => at;

    /// <summary>Columns that it looks at.</summary>
    public abstract IEnumerable<string> Reads { get; }

    /// <summary>Clears <paramref name="passes"/> where the batch's row fails.</summary>
    public abstract void Test(Batch batch, bool[] passes);
}
