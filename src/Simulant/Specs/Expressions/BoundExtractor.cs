using System.Globalization;
using Simulant.Data;

namespace Simulant.Specs.Expressions;

/// <summary>Reads off what a conjunction fixes of single columns. What it cannot express it leaves out: bounds are implied
/// by the condition, never the other way round.</summary>
internal sealed class BoundExtractor(TableSchema? schema)
{
    private readonly Dictionary<string, ColumnBound> _bounds = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    public static IReadOnlyList<ColumnBound> Of(Node node, TableSchema? schema)
    {
        var extractor = new BoundExtractor(schema);
        extractor.Visit(node);
        return [.. extractor._order.Select(name => extractor._bounds[name])];
    }

    private void Visit(Node node)
    {
        switch (node)
        {
            case LogicNode { All: true } all:
                foreach (var part in all.Parts) Visit(part);
                break;
            case ChainNode chain:
                for (int i = 0; i < chain.Operators.Count; i++)
                    Compare(chain.Operators[i], chain.Operands[i], chain.Operands[i + 1]);
                break;
            case InNode { Negated: false, Operand: ColumnNode column } list:
                In(column.Name, list.Items);
                break;
            case BetweenNode { Negated: false, Operand: ColumnNode column } between:
                Compare(Operator.GreaterOrEqual, column, between.Low);
                Compare(Operator.LessOrEqual, column, between.High);
                break;
            case ColumnNode column:
                Equal(column.Name, new TruthNode(true, column.At));
                break;
            case NotNode { Operand: ColumnNode column }:
                Equal(column.Name, new TruthNode(false, column.At));
                break;
        }
    }

    private void Compare(Operator op, Node left, Node right)
    {
        if (left is not ColumnNode && right is ColumnNode)
        {
            (left, right) = (right, left);
            op = op switch
            {
                Operator.Less => Operator.Greater,
                Operator.LessOrEqual => Operator.GreaterOrEqual,
                Operator.Greater => Operator.Less,
                Operator.GreaterOrEqual => Operator.LessOrEqual,
                _ => op,
            };
        }
        if (left is not ColumnNode column) return;
        if (op == Operator.Equal)
        {
            Equal(column.Name, right);
        }
        else if (Value(column.Name, right) is { } value)
        {
            switch (op)
            {
                case Operator.Less:
                    Add(new ColumnBound(column.Name, null, double.NegativeInfinity, value, false, true));
                    break;
                case Operator.LessOrEqual:
                    Add(new ColumnBound(column.Name, null, double.NegativeInfinity, value, false, false));
                    break;
                case Operator.Greater:
                    Add(new ColumnBound(column.Name, null, value, double.PositiveInfinity, true, false));
                    break;
                case Operator.GreaterOrEqual:
                    Add(new ColumnBound(column.Name, null, value, double.PositiveInfinity, false, false));
                    break;
            }
        }
    }

    private void Equal(string column, Node literal)
    {
        string? text = Text(literal);
        double? value = Value(column, literal);
        if (text is null && value is null) return;
        Add(new ColumnBound(column, text is null ? null : [text], value ?? double.NegativeInfinity,
            value ?? double.PositiveInfinity, false, false));
    }

    private void In(string column, IReadOnlyList<Node> items)
    {
        var levels = new List<string>();
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        bool numeric = true;
        foreach (var item in items)
        {
            if (Text(item) is not { } text) return;
            if (!levels.Contains(text)) levels.Add(text);
            double? value = Value(column, item);
            numeric &= value is not null;
            low = Math.Min(low, value ?? low);
            high = Math.Max(high, value ?? high);
        }
        Add(numeric
            ? new ColumnBound(column, levels, low, high, false, false)
            : new ColumnBound(column, levels, double.NegativeInfinity, double.PositiveInfinity, false, false));
    }

    private static string? Text(Node literal) => literal switch
    {
        TextNode t => t.Value,
        NumberNode n => n.Text,
        TruthNode t => t.Value ? "true" : "false",
        _ => null,
    };

    /// <summary>A literal in the column's storage units; without a schema only plain numbers have one.</summary>
    private double? Value(string column, Node literal)
    {
        if (literal is NumberNode number) return number.Value;
        if (literal is not TextNode text || schema is null || schema.IndexOf(column) is not (>= 0 and var index)) return null;
        return schema.Columns[index].Kind switch
        {
            ColumnKind.Date => Instants.Date(text.Value) ?? Instants.Timestamp(text.Value) / Instants.MicrosecondsPerDay,
            ColumnKind.Time => Instants.Time(text.Value),
            ColumnKind.Timestamp => Instants.Timestamp(text.Value),
            ColumnKind.Integer or ColumnKind.Decimal =>
                double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null,
            _ => null,
        };
    }

    private void Add(ColumnBound bound)
    {
        if (!_bounds.TryGetValue(bound.Column, out var before))
        {
            _order.Add(bound.Column);
            _bounds.Add(bound.Column, bound);
            return;
        }
        var levels = before.Levels is null ? bound.Levels
            : bound.Levels is null ? before.Levels
            : [.. before.Levels.Intersect(bound.Levels, StringComparer.Ordinal)];
        var (low, lowOpen) = before.Low > bound.Low ? (before.Low, before.LowOpen)
            : bound.Low > before.Low ? (bound.Low, bound.LowOpen)
            : (before.Low, before.LowOpen || bound.LowOpen);
        var (high, highOpen) = before.High < bound.High ? (before.High, before.HighOpen)
            : bound.High < before.High ? (bound.High, bound.HighOpen)
            : (before.High, before.HighOpen || bound.HighOpen);
        _bounds[bound.Column] = new ColumnBound(bound.Column, levels, low, high, lowOpen, highOpen);
    }
}
