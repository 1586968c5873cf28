using Simulant.Data;
using Simulant.Specs.Expressions;

namespace Simulant.Specs;

/// <summary>
/// A safe expression over the columns of one table: constraints, conditions (<c>where</c>) and rules share it. The language
/// is described in docs/guide/expressions.md. Three-valued: an operation on a missing value is missing, a comparison
/// with one unknown. Parsing and checking never throw; evaluation is column by column.
/// </summary>
public sealed class Expression
{
    /// <summary>Longest text that is parsed, in UTF-16 units.</summary>
    public const int MaxLength = 16_384;

    private readonly Node _root;

    private readonly Func<int, SourcePosition> _place;

    private Expression(string text, SourcePosition at, Func<int, SourcePosition> place, Node root)
    {
        _place = place;
        Text = text;
        At = at;
        _root = root;
        Columns = ColumnsOf(root);
        Bounds = BoundExtractor.Of(root, null);
    }

    public string Text { get; }

    /// <summary>Where the first character of the text stands.</summary>
    public SourcePosition At { get; }

    /// <summary>Names of the columns it reads, in order of first use.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>
    /// The part of a condition that fixes columns: for a conjunction, each <c>column = literal</c> as (column, text), and
    /// each bound as an interval. Samplers use it to draw directly; <see cref="Test"/> still decides. Numbers only: the
    /// units of a date literal depend on its column, see <see cref="BoundsOn"/>. A number equality gives both the text as
    /// written and the interval of that one value.
    /// </summary>
    public IReadOnlyList<ColumnBound> Bounds { get; }

    /// <summary>Parses; faults go to <paramref name="faults"/>, with the position inside the text, and null comes back.</summary>
    /// <param name="at">Where the first character of the text stands.</param>
    public static Expression? Parse(string text, SourcePosition at, DiagnosticBag faults)
    {
        return Parse(text, at, offset => Position(text, at, offset), faults);
    }

    /// <summary>Parses a scalar of a spec; places are those of the file, through quotes, escapes and folded lines.</summary>
    public static Expression? Parse(SpecScalar scalar, DiagnosticBag faults) =>
        Parse(scalar.Text, scalar.PositionOf(0), scalar.PositionOf, faults);

    private static Expression? Parse(string text, SourcePosition at, Func<int, SourcePosition> place, DiagnosticBag faults)
    {
        if (text.Length > MaxLength)
        {
            faults.Error(Codes.ExpressionTooLarge, at,
                $"the expression has {text.Length} characters, at most {MaxLength} are read; split it into several");
            return null;
        }
        void Fault(string code, int offset, string message) => faults.Error(code, place(offset), message);
        if (new Lexer(text, Fault).Run() is not { } tokens) return null;
        return new Parser(text, tokens, Fault).Run() is { } root ? new Expression(text, at, place, root) : null;
    }

    /// <summary>Checks names and types against a schema; adds faults, true where there are none.</summary>
    public bool Check(TableSchema schema, DiagnosticBag faults) => Bind(schema, faults) is not null;

    /// <summary>Like <see cref="Check"/>, and the expression must be true or false, as a constraint or condition is.</summary>
    public bool CheckCondition(TableSchema schema, DiagnosticBag faults) => BindTruth(schema, faults) is not null;

    /// <summary><see cref="Bounds"/> with dates, times and timestamps in the units of the schema's columns.</summary>
    public IReadOnlyList<ColumnBound> BoundsOn(TableSchema schema) => BoundExtractor.Of(_root, schema);

    /// <summary>
    /// Evaluates over every row into a column named <paramref name="name"/>; missing operands give missing. Numbers become
    /// Integer where they are whole by construction, else Decimal; text becomes Category; a bare column keeps its schema.
    /// Throws <see cref="SpecException"/> where the expression does not fit the table.
    /// </summary>
    public Column Evaluate(Table table, string name)
    {
        var faults = new DiagnosticBag();
        var bound = Bind(table.Schema, faults) ?? throw new SpecException(faults.All);
        if (_root is ColumnNode column)
        {
            var source = table[column.Name];
            return source.With(source.Schema with { Name = name });
        }
        return Results.Column(bound, table, name);
    }

    /// <summary>Three-valued truth per row: 1 true, 0 false, -1 unknown (a missing operand). Throws like
    /// <see cref="Evaluate"/>.</summary>
    public sbyte[] Test(Table table)
    {
        var faults = new DiagnosticBag();
        var bound = BindTruth(table.Schema, faults) ?? throw new SpecException(faults.All);
        return Results.Truths(bound, table);
    }

    public override string ToString() => Text;

    /// <summary>The name as an expression must write it: bare where it can be, else in backticks.</summary>
    public static string Quote(string column) =>
        Lexer.IsBareName(column) ? column : $"`{column.Replace("`", "``", StringComparison.Ordinal)}`";

    private Bound? Bind(TableSchema schema, DiagnosticBag faults) =>
        new Binder(schema, (code, offset, message) => faults.Error(code, _place(offset), message)).Bind(_root);

    private Bound? BindTruth(TableSchema schema, DiagnosticBag faults) =>
        new Binder(schema, (code, offset, message) => faults.Error(code, _place(offset), message)).Truth(_root);

    /// <summary>The place of an offset; a text with no place of its own (a command-line option) counts from 1:1.</summary>
    private static SourcePosition Position(string text, SourcePosition at, int offset)
    {
        if (at.Line == 0) at = at with { Line = 1, Column = 1 };
        int lineStart = offset == 0 ? -1 : text.LastIndexOf('\n', offset - 1);
        int line = at.Line + text.AsSpan(0, offset).Count('\n');
        return at with { Line = line, Column = at.Column + offset - lineStart - 1 };
    }

    private static List<string> ColumnsOf(Node root)
    {
        var names = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Visit(root);
        return names;

        void Visit(Node node)
        {
            if (node is ColumnNode column && seen.Add(column.Name)) names.Add(column.Name);
            foreach (var child in node.Children) Visit(child);
        }
    }
}

/// <summary>What a conjunction says of one column: an equality (Levels), or a closed interval; open ends are infinite.</summary>
public sealed record ColumnBound(string Column, IReadOnlyList<string>? Levels, double Low, double High, bool LowOpen,
    bool HighOpen);
