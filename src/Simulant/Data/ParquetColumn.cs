using System.Text;

namespace Simulant.Data;

/// <summary>Parquet's physical types, by its own numbers.</summary>
internal enum ParquetType { Boolean = 0, Int32 = 1, Int64 = 2, Double = 5, ByteArray = 6 }

/// <summary>Room that the columns of a writer share, since they are encoded one after the other.</summary>
internal sealed class ParquetScratch(int capacity)
{
    public int[] Present { get; } = new int[capacity];
    public int[] Indices { get; } = new int[capacity];
    public int[] Slots { get; } = new int[ParquetColumn.MostDistinct * 2];
    public double[] Distinct { get; } = new double[ParquetColumn.MostDistinct];
    public ParquetPage Levels { get; } = new();
}

/// <summary>One column of the row group being filled: its values, and their dictionary of distinct ones while that pays.</summary>
internal abstract class ParquetColumn(ColumnSchema schema)
{
    /// <summary>Above this many distinct values in a row group they are written plain.</summary>
    public const int MostDistinct = 1 << 15;

    /// <summary>Texts up to this length weigh nothing in the size of a row group.</summary>
    public const int LongText = 500;

    public ColumnSchema Schema { get; } = schema;

    public abstract ParquetType Type { get; }

    /// <summary>Names from the file's root to the values.</summary>
    public virtual IReadOnlyList<string> Path => [Schema.Name];

    /// <summary>Entries of the row group being filled, missing ones included: its rows, but for lists.</summary>
    public abstract int Entries { get; }

    public abstract void Append(Column rows, int start, int count);

    /// <summary>Bytes that the row adds beyond a fixed few.</summary>
    public virtual long Weight(Column rows, int row) => 0;

    /// <summary>Encodes the held rows: definition levels and values into <paramref name="page"/>, distinct values into
    /// <paramref name="dictionary"/>, and lets go of them. Gives the dictionary's size, -1 where there is none.</summary>
    public abstract int Encode(ParquetPage page, ParquetPage dictionary, ParquetScratch scratch);

    /// <summary>The file's columns of one of a table: one, but for lists of structs, which have one a member.</summary>
    public static ParquetColumn[] Of(ColumnSchema schema, int capacity) => schema.Kind switch
    {
        _ when schema.ListMembers.Count > 0 => [.. schema.ListMembers.Select((_, member) => new ParquetListMember(schema, member))],
        ColumnKind.Boolean => [new ParquetCodes(schema, capacity, ParquetType.Boolean)],
        ColumnKind.Category or ColumnKind.Identifier or ColumnKind.Text => [new ParquetCodes(schema, capacity, ParquetType.ByteArray)],
        _ => [new ParquetNumbers(schema, capacity)],
    };

    // Length, then 1 for present and 0 for missing.
    protected static void Levels(ParquetPage page, ParquetPage scratch, ReadOnlySpan<int> present)
    {
        scratch.Clear();
        scratch.Hybrid(present, 1);
        page.ByteArray(scratch.Written);
    }

    protected static void Indices(ParquetPage page, ReadOnlySpan<int> indices, int distinct)
    {
        int width = Math.Max(1, 32 - int.LeadingZeroCount(Math.Max(0, distinct - 1)));
        page.Byte((byte)width);
        page.Hybrid(indices, width);
    }
}

/// <summary>Integers, decimals, dates, times and timestamps.</summary>
internal sealed class ParquetNumbers(ColumnSchema schema, int capacity) : ParquetColumn(schema)
{
    private const int SlotMask = MostDistinct * 2 - 1;

    private readonly double[] _values = new double[capacity];
    private int _count;

    public override int Entries => _count;

    public override ParquetType Type => Schema.Kind switch
    {
        ColumnKind.Decimal => ParquetType.Double,
        ColumnKind.Date => ParquetType.Int32,
        _ => ParquetType.Int64,
    };

    public override void Append(Column rows, int start, int count)
    {
        ((NumericColumn)rows).Values.Slice(start, count).CopyTo(_values.AsSpan(_count));
        _count += count;
    }

    public override int Encode(ParquetPage page, ParquetPage dictionary, ParquetScratch scratch)
    {
        int held = 0;
        for (int i = 0; i < _count; i++)
        {
            double value = Rounded(_values[i]);
            bool here = !double.IsNaN(value);
            scratch.Present[i] = here ? 1 : 0;
            if (here) _values[held++] = value;
        }
        Levels(page, scratch.Levels, scratch.Present.AsSpan(0, _count));
        int distinct = Distinct(held, scratch);
        if (distinct >= 0)
        {
            for (int i = 0; i < distinct; i++) Plain(dictionary, scratch.Distinct[i]);
            Indices(page, scratch.Indices.AsSpan(0, held), distinct);
        }
        else
        {
            for (int i = 0; i < held; i++) Plain(page, _values[i]);
        }
        _count = 0;
        return distinct;
    }

    // Decimals are written as the text formats write them.
    private double Rounded(double value)
    {
        if (!double.IsFinite(value))
        {
            if (double.IsNaN(value) || Schema.Kind == ColumnKind.Decimal) return value;
            throw new DataException(
                $"column {MessageText.Quote(Schema.Name)}: Parquet has no infinite {Schema.Kind.ToString().ToLowerInvariant()}; "
                + "declare it decimal or write csv",
                column: Schema.Name);
        }
        if (Schema.Kind != ColumnKind.Decimal) return Schema.Kind == ColumnKind.Date ? Math.Floor(value) : Math.Round(value);
        if (Schema.Decimals < 0) return value;
        double power = NumberText.PowersOfTen[Math.Min(Schema.Decimals, 15)],
            scaled = Math.Round(value * power, MidpointRounding.AwayFromZero);
        return Math.Abs(scaled) < NumberShape.ExactLimit ? scaled / power + 0.0 : value;
    }

    private int Distinct(int held, ParquetScratch scratch)
    {
        int[] slots = scratch.Slots, indices = scratch.Indices;
        double[] known = scratch.Distinct;
        Array.Clear(slots);
        int distinct = 0;
        for (int i = 0; i < held; i++)
        {
            ulong bits = BitConverter.DoubleToUInt64Bits(_values[i]);
            int slot = (int)((bits ^ bits >> 29) * 0x9E3779B97F4A7C15UL >> 48) & SlotMask;
            while (slots[slot] is int entry && entry != 0 && BitConverter.DoubleToUInt64Bits(known[entry - 1]) != bits) slot =
                (slot + 1) & SlotMask;
            if (slots[slot] == 0)
            {
                // Where every second value is new, a dictionary costs more than it saves.
                if (distinct == MostDistinct || (i > 4096 && distinct > i / 2)) return -1;
                known[distinct++] = _values[i];
                slots[slot] = distinct;
            }
            indices[i] = slots[slot] - 1;
        }
        return distinct;
    }

    private void Plain(ParquetPage page, double value)
    {
        if (Type == ParquetType.Double) page.Double(value);
        else if (Type == ParquetType.Int64) page.Int64((long)value);
        else page.Int32((int)value);
    }
}

/// <summary>Booleans and texts.</summary>
internal sealed class ParquetCodes(ColumnSchema schema, int capacity, ParquetType type) : ParquetColumn(schema)
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly List<byte[]> _texts = [];
    private readonly int[] _values = new int[capacity];
    private int[] _map = [];
    private int[] _mapped = [];
    private int _round = 1;
    private int _count;
    private IReadOnlyList<string>? _levels;

    public override ParquetType Type => type;

    public override int Entries => _count;

    public override long Weight(Column rows, int row)
    {
        int code = ((CodedColumn)rows).Codes[row];
        int length = code < 0 ? 0 : ((CodedColumn)rows).Levels[code].Length;
        return length > LongText ? length : 0;
    }

    public override void Append(Column rows, int start, int count)
    {
        var column = (CodedColumn)rows;
        if (!ReferenceEquals(_levels, column.Levels)) Remap(column.Levels);
        var codes = column.Codes.Slice(start, count);
        for (int i = 0; i < codes.Length; i++) _values[_count + i] = codes[i] < 0 ? -1 : IndexOf(codes[i]);
        _count += count;
    }

    public override int Encode(ParquetPage page, ParquetPage dictionary, ParquetScratch scratch)
    {
        int held = 0;
        for (int i = 0; i < _count; i++)
        {
            scratch.Present[i] = _values[i] < 0 ? 0 : 1;
            if (_values[i] >= 0) _values[held++] = _values[i];
        }
        Levels(page, scratch.Levels, scratch.Present.AsSpan(0, _count));
        var values = _values.AsSpan(0, held);
        int distinct = -1;
        if (type == ParquetType.Boolean)
        {
            for (int i = 0; i < held; i++) values[i] = _texts[values[i]].AsSpan().SequenceEqual("true"u8) ? 1 : 0;
            page.Bits(values);
        }
        else if (_texts.Count <= MostDistinct && (_texts.Count <= 4096 || _texts.Count <= held / 2))
        {
            distinct = _texts.Count;
            foreach (byte[] text in _texts) dictionary.ByteArray(text);
            Indices(page, values, distinct);
        }
        else
        {
            foreach (int value in values) page.ByteArray(_texts[value]);
        }
        _count = 0;
        _index.Clear();
        _texts.Clear();
        _round++;
        return distinct;
    }

    // Indices are given by first appearance in the row group, so that they do not depend on the batches.
    private int IndexOf(int code)
    {
        if (_mapped[code] == _round) return _map[code];
        string level = _levels![code];
        if (!_index.TryGetValue(level, out int index))
        {
            _index.Add(level, index = _texts.Count);
            _texts.Add(Encoding.UTF8.GetBytes(level));
        }
        _mapped[code] = _round;
        return _map[code] = index;
    }

    private void Remap(IReadOnlyList<string> levels)
    {
        _levels = levels;
        _map = new int[levels.Count];
        _mapped = new int[levels.Count];
    }
}
