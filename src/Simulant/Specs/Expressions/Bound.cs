using Simulant.Data;

namespace Simulant.Specs.Expressions;

/// <summary>A node whose names and types are settled against a schema, with the way to evaluate it over a table.</summary>
internal sealed record Bound(Node Source, ValueKind Kind, Func<Table, Operand> Evaluate)
{
    /// <summary>Numbers that are whole by construction.</summary>
    public bool Integral { get; init; }

    /// <summary>Whether arithmetic made it; such numbers compare with a tolerance.</summary>
    public bool Computed { get; init; }

    /// <summary>Text whose levels have an order of their own.</summary>
    public bool Ordered { get; init; }

    public bool IsLiteral => Source is NumberNode or TextNode or TruthNode or MissingNode;

    /// <summary>The same value at the same place in the text, under another kind.</summary>
    public Bound As(ValueKind kind, Func<Operand, Operand> convert)
    {
        var evaluate = Evaluate;
        return this with { Kind = kind, Evaluate = table => convert(evaluate(table)) };
    }
}
