using System.Text;
using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Tabular.Rules;

/// <summary>
/// A model of rules is its spec: the parts that the engine reads, as nodes with their positions, so that a loaded model is
/// planned by the same code. Little-endian binary, strings in UTF-8 with their length.
/// </summary>
internal static class RulesCodec
{
    private const string Magic = "simulant-rules-1";

    // Deeper than any document that the spec reader admits; a damaged file cannot exhaust the stack.
    private const int DeepestNode = 200;

    public static void Write(Spec spec, Stream to)
    {
        using var writer = new BinaryWriter(to, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(spec.File);
        writer.Write(spec.Name);
        writer.Write(spec.Rows ?? -1);
        writer.Write(spec.Engine.Name);
        Write(writer, spec.Engine.At);
        WriteNode(writer, spec.Engine.Options);
        WriteAll(writer, spec.Columns, WriteColumn);
        WriteAll(writer, spec.Balance, (w, balance) =>
        {
            w.Write(balance.Column);
            Write(w, balance.At);
            WriteAll(w, balance.Shares, (inner, share) =>
            {
                inner.Write(share.Key);
                inner.Write(share.Value);
            });
        });
        WriteAll(writer, spec.Conditions, (w, condition) =>
        {
            WriteExpression(w, condition.Where);
            w.Write(condition.Rows);
            Write(w, condition.At);
        });
        WriteAll(writer, spec.Constraints, WriteConstraint);
    }

    public static Spec Read(Stream from)
    {
        using var reader = new BinaryReader(from, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (reader.ReadString() != Magic) throw new InvalidDataException("this is not a model of the engine 'rules'");
            string file = reader.ReadString(), name = reader.ReadString();
            long rows = reader.ReadInt64();
            var engine = new EngineSpec(reader.ReadString(), null, default);
            engine = engine with { At = ReadAt(reader) };
            engine = engine with { Options = ReadNode(reader, 0) as SpecMap };
            return new Spec
            {
                File = file,
                Name = name,
                Rows = rows < 0 ? null : rows,
                Engine = engine,
                Root = new SpecMap([], new SourcePosition(file, 1, 1)),
                Columns = ReadAll(reader, ReadColumn),
                Balance = ReadAll(reader, r =>
                {
                    string column = r.ReadString();
                    var at = ReadAt(r);
                    return new BalanceSpec(column,
                        ReadAll(r, inner => KeyValuePair.Create(inner.ReadString(), inner.ReadDouble())), at);
                }),
                Conditions = ReadAll(reader, r => new ConditionSpec(ReadExpression(r), r.ReadInt64(), ReadAt(r))),
                Constraints = ReadAll(reader, ReadConstraint),
            };
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException("the model of rules is damaged: " + e.Message, e);
        }
    }

    private static void WriteColumn(BinaryWriter to, ColumnSpec column)
    {
        to.Write(column.Name);
        Write(to, column.At);
        to.Write((int?)column.Kind ?? -1);
        to.Write((int?)column.Role ?? -1);
        to.Write((int?)column.Personal ?? -1);
        to.Write(column.Decimals ?? int.MinValue);
        to.Write(column.Ordered is { } ordered ? ordered ? 1 : 0 : -1);
        to.Write(column.Minimum ?? double.NaN);
        to.Write(column.Maximum ?? double.NaN);
        to.Write(column.Format is not null);
        to.Write(column.Format ?? "");
        WriteNode(to, column.Options);
    }

    private static ColumnSpec ReadColumn(BinaryReader from)
    {
        var column = new ColumnSpec(from.ReadString(), ReadAt(from));
        int kind = from.ReadInt32(), role = from.ReadInt32(), personal = from.ReadInt32(), decimals = from.ReadInt32();
        int ordered = from.ReadInt32();
        double low = from.ReadDouble(), high = from.ReadDouble();
        bool hasFormat = from.ReadBoolean();
        string format = from.ReadString();
        return column with
        {
            Kind = kind < 0 ? null : (ColumnKind)kind,
            Role = role < 0 ? null : (ColumnRole)role,
            Personal = personal < 0 ? null : (PersonalData)personal,
            Decimals = decimals == int.MinValue ? null : decimals,
            Ordered = ordered < 0 ? null : ordered == 1,
            Minimum = double.IsNaN(low) ? null : low,
            Maximum = double.IsNaN(high) ? null : high,
            Format = hasFormat ? format : null,
            Options = ReadNode(from, 0) as SpecMap,
        };
    }

    private static void WriteConstraint(BinaryWriter to, Constraint constraint)
    {
        to.Write(constraint.Text);
        Write(to, constraint.At);
        switch (constraint)
        {
            case ExpressionConstraint c:
                to.Write((byte)0);
                WriteExpression(to, c.Expression);
                break;
            case DeterminesConstraint c:
                to.Write((byte)1);
                WriteAll(to, c.Left, (w, text) => w.Write(text));
                WriteAll(to, c.Right, (w, text) => w.Write(text));
                break;
            case IncrementConstraint c:
                to.Write((byte)2);
                to.Write(c.Column);
                to.Write(c.Step);
                break;
            case OneHotConstraint c:
                to.Write((byte)3);
                WriteAll(to, c.Columns, (w, text) => w.Write(text));
                break;
            case UniqueConstraint c:
                to.Write((byte)4);
                WriteAll(to, c.Columns, (w, text) => w.Write(text));
                break;
            default:
                throw new ArgumentException($"a constraint of type {constraint.GetType().Name} cannot be saved",
                    nameof(constraint));
        }
    }

    private static Constraint ReadConstraint(BinaryReader from)
    {
        string text = from.ReadString();
        var at = ReadAt(from);
        return from.ReadByte() switch
        {
            0 => new ExpressionConstraint(ReadExpression(from), text, at),
            1 => new DeterminesConstraint(ReadAll(from, r => r.ReadString()), ReadAll(from, r => r.ReadString()), text, at),
            2 => new IncrementConstraint(from.ReadString(), from.ReadDouble(), text, at),
            3 => new OneHotConstraint(ReadAll(from, r => r.ReadString()), text, at),
            4 => new UniqueConstraint(ReadAll(from, r => r.ReadString()), text, at),
            _ => throw new InvalidDataException("the model of rules is damaged: unknown kind of constraint"),
        };
    }

    private static void WriteExpression(BinaryWriter to, Expression expression)
    {
        to.Write(expression.Text);
        Write(to, expression.At);
    }

    private static Expression ReadExpression(BinaryReader from)
    {
        var faults = new DiagnosticBag();
        return Expression.Parse(from.ReadString(), ReadAt(from), faults)
            ?? throw new InvalidDataException("the model of rules is damaged: " + faults.All[0].Message);
    }

    private static void WriteNode(BinaryWriter to, SpecNode? node)
    {
        to.Write((byte)(node switch { null => 0, SpecScalar => 1, SpecList => 2, _ => 3 }));
        if (node is null) return;
        Write(to, node.At);
        switch (node)
        {
            case SpecScalar scalar:
                to.Write(scalar.Text);
                to.Write(scalar.Quoted);
                break;
            case SpecList list:
                WriteAll(to, list.Items, WriteNode);
                break;
            case SpecMap map:
                WriteAll(to, map.Entries, (w, entry) =>
                {
                    w.Write(entry.Key);
                    Write(w, entry.KeyAt);
                    WriteNode(w, entry.Value);
                });
                break;
        }
    }

    private static SpecNode? ReadNode(BinaryReader from, int depth)
    {
        if (depth > DeepestNode) throw new InvalidDataException(
            "the model of rules is damaged: its options are nested too deeply");
        byte kind = from.ReadByte();
        if (kind == 0) return null;
        var at = ReadAt(from);
        return kind switch
        {
            1 => new SpecScalar(from.ReadString(), from.ReadBoolean(), at),
            2 => new SpecList(ReadAll(from, r => Inner(r, depth)), at),
            3 => new SpecMap(ReadAll(from, r => new SpecEntry(r.ReadString(), ReadAt(r), Inner(r, depth))), at),
            _ => throw new InvalidDataException("the model of rules is damaged: unknown kind of node"),
        };
    }

    private static SpecNode Inner(BinaryReader from, int depth) =>
        ReadNode(from, depth + 1) ?? throw new InvalidDataException("the model of rules is damaged: an empty node");

    private static void Write(BinaryWriter to, SourcePosition at)
    {
        to.Write(at.File ?? "");
        to.Write(at.Line);
        to.Write(at.Column);
    }

    private static SourcePosition ReadAt(BinaryReader from) => new(from.ReadString(), from.ReadInt32(), from.ReadInt32());

    private static void WriteAll<T>(BinaryWriter to, IReadOnlyCollection<T> items, Action<BinaryWriter, T> write)
    {
        to.Write(items.Count);
        foreach (var item in items) write(to, item);
    }

    private static List<T> ReadAll<T>(BinaryReader from, Func<BinaryReader, T> read)
    {
        int count = from.ReadInt32();
        if (count < 0) throw new InvalidDataException("the model of rules is damaged: a negative count");
        var items = new List<T>(Math.Min(count, 1024));
        for (int i = 0; i < count; i++) items.Add(read(from));
        return items;
    }
}
