using Simulant.Data;

namespace Simulant.Specs;

/// <summary>A safe expression over the columns of one table: constraints, conditions (<c>where</c>) and rules share it.</summary>
public sealed class Expression
{
    private Expression(string text, SourcePosition at)
    {
        Text = text;
        At = at;
    }

    public string Text { get; }
    public SourcePosition At { get; }

    /// <summary>Names of the columns it reads, in order of first use.</summary>
    public IReadOnlyList<string> Columns { get; } = [];

    /// <summary>Parses; faults go to <paramref name="faults"/>, with the position inside the text, and null comes back.</summary>
    public static Expression? Parse(string text, SourcePosition at, DiagnosticBag faults) => new(text, at);

    /// <summary>Checks names and types against a schema; adds faults, true where there are none.</summary>
    public bool Check(TableSchema schema, DiagnosticBag faults) => throw new NotImplementedException();

    /// <summary>Evaluates over every row into a column named <paramref name="name"/>; missing operands give missing.</summary>
    public Column Evaluate(Table table, string name) => throw new NotImplementedException();

    /// <summary>Three-valued truth per row: 1 true, 0 false, -1 unknown (a missing operand).</summary>
    public sbyte[] Test(Table table) => throw new NotImplementedException();

    /// <summary>
    /// The part of a condition that fixes columns: for a conjunction, each <c>column = literal</c> as (column, text), and
    /// each bound as an interval. Samplers use it to draw directly; <see cref="Test"/> still decides.
    /// </summary>
    public IReadOnlyList<ColumnBound> Bounds => throw new NotImplementedException();
}

/// <summary>What a conjunction says of one column: an equality (Levels), or a closed interval; open ends are infinite.</summary>
public sealed record ColumnBound(string Column, IReadOnlyList<string>? Levels, double Low, double High, bool LowOpen, bool HighOpen);
