using Simulant.Data;
using Simulant.Numerics.Random;

namespace Simulant.Tabular.Rules;

/// <summary>How a rule's values are held while a table is made.</summary>
internal enum RuleStorage { Number, Code, Text }

/// <summary>
/// Where a value's randomness comes from: a column's own stream at an item, in an attempt. Each attempt has 65,536 draws.
/// </summary>
internal readonly struct Address(RandomStream stream, long item, int attempt, int slot = 0)
{
    public RandomStream Stream => stream;
    public long Item => item;
    public int Attempt => attempt;

    public double Uniform(int draw = 0) => stream.Uniform(item, slot, (attempt << 16) + draw);

    /// <summary>Successive draws, from <paramref name="first"/> on.</summary>
    public DrawSequence Draws(int first = 0) => new(stream, item, slot, (attempt << 16) + first);

    /// <summary>The same item in a slot of this one, 1 to 15: another decision.</summary>
    public Address Slot(int inner) => new(stream, item, attempt, slot * 16 + inner);
}

/// <summary>Draws single values; what it needs of a batch was bound beforehand. Safe from any thread.</summary>
internal abstract class Drawer
{
    /// <summary>For <see cref="RuleStorage.Number"/>; NaN is missing.</summary>
    public virtual double Number(in Address at, int row) => throw new InvalidOperationException("not a rule for numbers");

    /// <summary>For <see cref="RuleStorage.Code"/>: an index into the rule's levels; -1 is missing.</summary>
    public virtual int Code(in Address at, int row) => throw new InvalidOperationException("not a rule for levels");

    /// <summary>For <see cref="RuleStorage.Text"/>; null is missing.</summary>
    public virtual string? Text(in Address at, int row) => throw new InvalidOperationException("not a rule for text");
}

/// <summary>How one column's values come about. Immutable.</summary>
internal abstract class Rule : Drawer
{
    public abstract RuleStorage Storage { get; }

    /// <summary>Levels of a <see cref="RuleStorage.Code"/> rule, known before any row is made.</summary>
    public virtual IReadOnlyList<string> Levels => [];

    /// <summary>Columns whose values it needs.</summary>
    public virtual IEnumerable<string> Reads => [];

    /// <summary>What the column is where the spec does not say.</summary>
    public abstract ColumnKind NaturalKind { get; }

    /// <summary>Whether no two items can share a value.</summary>
    public virtual bool IsUnique => false;

    /// <summary>Prepares for the rows of a batch; rules that look at nothing else are their own drawers.</summary>
    public virtual Drawer Bind(Batch batch) => this;
}

/// <summary>A rule for numbers.</summary>
internal abstract class NumberRule : Rule
{
    public override RuleStorage Storage => RuleStorage.Number;
    public override ColumnKind NaturalKind => ColumnKind.Decimal;
    public abstract override double Number(in Address at, int row);
}

/// <summary>A rule for free text.</summary>
internal abstract class TextRule : Rule
{
    public override RuleStorage Storage => RuleStorage.Text;
    public override ColumnKind NaturalKind => ColumnKind.Text;
    public abstract override string? Text(in Address at, int row);
}
