using System.Buffers.Binary;
using System.Text;
using Simulant.Data;
using Simulant.Specs;
using Simulant.Tabular.Personal;

namespace Simulant.Tabular.Frame;

/// <summary>The bytes of a fitted <see cref="TableSampler"/>: little-endian, strings as UTF-8 with their length.</summary>
internal static class TableSamplerFile
{
    private const uint Magic = 0x54_4C_42_54; // "TBLT"
    private const int Format = 1;

    /// <summary>Whether the stream, which stays where it is, goes on with a number: what wraps a sampler begins with its own.</summary>
    public static bool StartsWith(Stream from, uint magic)
    {
        Span<byte> head = stackalloc byte[4];
        long at = from.Position;
        bool whole = from.ReadAtLeast(head, 4, throwOnEndOfStream: false) == 4;
        from.Position = at;
        return whole && BinaryPrimitives.ReadUInt32LittleEndian(head) == magic;
    }

    public static void Save(Stream stream, TableSchema schema, IReadOnlyList<ModelColumn> columns, IReadOnlyList<OutputColumn> outputs,
        IReadOnlyList<Lookup> lookups, RowRules rules, Strata strata, ITableModel model)
    {
        using var to = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        to.Write(Magic);
        to.Write(Format);
        to.Write(schema.Name);
        WriteList(to, columns, WriteModelColumn);
        WriteList(to, outputs, WriteOutput);
        WriteList(to, lookups, WriteLookup);
        WriteList(to, rules.Expressions, (w, e) => w.Write(e.Text));
        WriteList(to, rules.Unique, (w, u) =>
        {
            w.Write(u.Text);
            WriteList(w, u.Columns, (x, c) => x.Write(c));
        });
        WriteList(to, strata.All, WriteStratum);
        model.Save(to);
    }

    public static TableSampler Load(Stream stream, Func<BinaryReader, IReadOnlyList<ModelColumn>, ITableModel> modelOf)
    {
        using var from = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        if (from.ReadUInt32() != Magic || from.ReadInt32() != Format)
            throw new InvalidDataException("these are not the bytes of a fitted table model of this version");
        string name = from.ReadString();
        var columns = ReadList(from, ReadModelColumn);
        var outputs = ReadList(from, ReadOutput);
        var lookups = ReadList(from, ReadLookup);
        var expressions = ReadList(from, r => Parse(r.ReadString()));
        var unique = ReadList(from, r =>
        {
            string text = r.ReadString();
            return new UniqueConstraint(ReadList(r, x => x.ReadString()), text, default);
        });
        var strata = new Strata(ReadList(from, ReadStratum));
        var schema = new TableSchema(name, [.. outputs.Select(o => o.Schema)]);
        ITableModel model = columns.Count == 0 ? new NoColumns() : modelOf(from, columns);
        return new TableSampler(schema, columns, outputs, lookups, new RowRules(expressions, unique), strata, model);
    }

    private static void WriteList<T>(BinaryWriter to, IReadOnlyList<T> items, Action<BinaryWriter, T> write)
    {
        to.Write(items.Count);
        foreach (var item in items) write(to, item);
    }

    private static List<T> ReadList<T>(BinaryReader from, Func<BinaryReader, T> read)
    {
        int count = from.ReadInt32();
        if (count < 0) throw new InvalidDataException("the model's bytes are damaged: a negative count");
        var items = new List<T>(Math.Min(count, 1 << 16));
        for (int i = 0; i < count; i++) items.Add(read(from));
        return items;
    }

    private static Expression Parse(string text)
    {
        var faults = new DiagnosticBag();
        return Expression.Parse(text, default, faults) ?? throw new SpecException(faults.All);
    }

    private static void WriteModelColumn(BinaryWriter to, ModelColumn column)
    {
        to.Write(column.Name);
        to.Write(column.Levels);
        to.Write(column.Ordered);
        to.Write(column.Step);
        to.Write(column.AtomsOnly);
    }

    private static ModelColumn ReadModelColumn(BinaryReader from) =>
        new(from.ReadString(), from.ReadInt32(), from.ReadBoolean(), from.ReadDouble(), from.ReadBoolean());

    private static void WriteSchema(BinaryWriter to, ColumnSchema schema)
    {
        to.Write(schema.Name);
        to.Write((byte)schema.Kind);
        to.Write((byte)schema.Role);
        to.Write(schema.Decimals);
        to.Write(schema.Ordered);
        to.Write(schema.Minimum ?? double.NaN);
        to.Write(schema.Maximum ?? double.NaN);
        to.Write(schema.MissingText);
        to.Write((byte)schema.Personal);
        to.Write(schema.Format is not null);
        if (schema.Format is not null) to.Write(schema.Format);
    }

    private static ColumnSchema ReadSchema(BinaryReader from) => new(from.ReadString(), (ColumnKind)from.ReadByte())
    {
        Role = (ColumnRole)from.ReadByte(),
        Decimals = from.ReadInt32(),
        Ordered = from.ReadBoolean(),
        Minimum = OrNull(from.ReadDouble()),
        Maximum = OrNull(from.ReadDouble()),
        MissingText = from.ReadString(),
        Personal = (PersonalData)from.ReadByte(),
        Format = from.ReadBoolean() ? from.ReadString() : null,
    };

    private static double? OrNull(double value) => double.IsNaN(value) ? null : value;

    private static void WriteOutput(BinaryWriter to, OutputColumn output)
    {
        to.Write(output switch
        {
            ModelledOutput => (byte)1,
            ConstantOutput => (byte)2,
            DeterminedOutput => (byte)3,
            OneHotOutput => (byte)4,
            PersonalOutput => (byte)5,
            KeyOutput => (byte)6,
            FillerOutput => (byte)7,
            _ => throw new InvalidOperationException($"no bytes for {output.GetType().Name}"),
        });
        WriteSchema(to, output.Schema);
        switch (output)
        {
            case ModelledOutput m:
                to.Write(m.Model);
                WriteList(to, m.Levels, (w, l) => w.Write(l));
                to.Write(m.Grid.Step);
                to.Write(m.Grid.Digits);
                to.Write(m.Grid.Minimum);
                to.Write(m.Grid.Maximum);
                break;
            case ConstantOutput c:
                to.Write(c.Number);
                to.Write(c.Text is not null);
                to.Write(c.Text ?? "");
                break;
            case DeterminedOutput d:
                to.Write(d.Lookup);
                to.Write(d.Column);
                break;
            case OneHotOutput o:
                to.Write(o.Model);
                to.Write(o.Level);
                WriteList(to, o.Levels, (w, l) => w.Write(l));
                break;
            case PersonalOutput p:
                p.Format.Write(to);
                to.Write(p.Unique);
                to.Write(p.MissingIndicator);
                break;
            case KeyOutput k:
                WriteKeyShape(to, k.Shape);
                to.Write(k.MissingIndicator);
                break;
            case FillerOutput f:
                WriteList(to, f.Lengths, (w, l) => w.Write(l));
                to.Write(f.MissingIndicator);
                break;
        }
    }

    private static OutputColumn ReadOutput(BinaryReader from)
    {
        byte kind = from.ReadByte();
        var schema = ReadSchema(from);
        return kind switch
        {
            1 => new ModelledOutput(schema, from.ReadInt32(), [.. ReadList(from, r => r.ReadString())],
                new ValueGrid(from.ReadDouble(), from.ReadInt32(), from.ReadDouble(), from.ReadDouble())),
            2 => ReadConstant(from, schema),
            3 => new DeterminedOutput(schema, from.ReadInt32(), from.ReadInt32()),
            4 => new OneHotOutput(schema, from.ReadInt32(), from.ReadInt32(), [.. ReadList(from, r => r.ReadString())]),
            5 => new PersonalOutput(schema, PersonalFormat.Read(from), from.ReadBoolean(), from.ReadInt32()),
            6 => new KeyOutput(schema, ReadKeyShape(from), from.ReadInt32()),
            7 => new FillerOutput(schema, [.. ReadList(from, r => r.ReadInt32())], from.ReadInt32()),
            _ => throw new InvalidDataException($"the model's bytes are damaged: no column of kind {kind}"),
        };
    }

    private static ConstantOutput ReadConstant(BinaryReader from, ColumnSchema schema)
    {
        double number = from.ReadDouble();
        bool hasText = from.ReadBoolean();
        string text = from.ReadString();
        return new ConstantOutput(schema, number, hasText ? text : null);
    }

    private static void WriteKeyShape(BinaryWriter to, KeyShape shape)
    {
        to.Write(shape.Pattern);
        to.Write(shape.Prefix);
        to.Write(shape.First);
        to.Write(shape.Span);
        to.Write(shape.Step);
        to.Write(shape.RowsPerKey);
    }

    private static KeyShape ReadKeyShape(BinaryReader from) =>
        new(from.ReadString(), from.ReadString(), from.ReadDouble(), from.ReadInt64(), from.ReadDouble(), from.ReadInt32());

    private static void WriteLookup(BinaryWriter to, Lookup lookup)
    {
        to.Write(lookup.Rule);
        WriteList(to, lookup.Left, (w, l) => w.Write(l));
        WriteList(to, lookup.Keys, (w, key) =>
        {
            foreach (double v in key) w.Write(v);
        });
        WriteList(to, lookup.Right, WriteColumn);
    }

    private static Lookup ReadLookup(BinaryReader from)
    {
        string rule = from.ReadString();
        int[] left = [.. ReadList(from, r => r.ReadInt32())];
        var keys = ReadList(from, r =>
        {
            double[] key = new double[left.Length];
            for (int i = 0; i < key.Length; i++) key[i] = r.ReadDouble();
            return key;
        });
        return new Lookup(rule, left, [.. keys], ReadList(from, ReadColumn));
    }

    private static void WriteColumn(BinaryWriter to, Column column)
    {
        WriteSchema(to, column.Schema);
        to.Write(column.Count);
        if (column is NumericColumn numbers)
        {
            foreach (double v in numbers.Values) to.Write(v);
            return;
        }
        var coded = (CodedColumn)column;
        foreach (int code in coded.Codes) to.Write(code);
        WriteList(to, coded.Levels, (w, l) => w.Write(l));
    }

    private static Column ReadColumn(BinaryReader from)
    {
        var schema = ReadSchema(from);
        int count = from.ReadInt32();
        if (schema.IsNumericStorage)
        {
            double[] values = new double[count];
            for (int i = 0; i < count; i++) values[i] = from.ReadDouble();
            return new NumericColumn(schema, values);
        }
        int[] codes = new int[count];
        for (int i = 0; i < count; i++) codes[i] = from.ReadInt32();
        return new CodedColumn(schema, codes, [.. ReadList(from, r => r.ReadString())]);
    }

    private static void WriteStratum(BinaryWriter to, Stratum stratum)
    {
        to.Write(stratum.Rule);
        WriteList(to, stratum.Allowed, (w, a) =>
        {
            w.Write(a.Column);
            w.Write(a.Values is not null);
            WriteList(w, a.Values ?? [], (x, v) => x.Write(v));
            w.Write(a.Low);
            w.Write(a.High);
        });
        WriteList(to, stratum.Must, (w, e) => w.Write(e.Text));
        WriteList(to, stratum.MustNot, (w, e) => w.Write(e.Text));
        to.Write(stratum.Rows);
    }

    private static Stratum ReadStratum(BinaryReader from)
    {
        string rule = from.ReadString();
        var allowed = ReadList(from, r =>
        {
            int column = r.ReadInt32();
            bool listed = r.ReadBoolean();
            var values = ReadList(r, x => x.ReadDouble());
            return new Allowed(column, listed ? values : null, r.ReadDouble(), r.ReadDouble());
        });
        return new Stratum(rule, allowed, ReadList(from, r => Parse(r.ReadString())), ReadList(from, r => Parse(r.ReadString())),
            from.ReadInt64());
    }
}
