using System.Text;
using System.Text.Json;

namespace Simulant.Data;

/// <summary>
/// One member of a column of lists of structs, whose rows are JSON arrays of objects (<see cref="ColumnSchema.JsonList"/>). Repetition says
/// where a list begins, definition how much of an entry is there: 0 no list, 1 an empty one, 2 a member that is null, 3 its text.
/// </summary>
/// <remarks>Source: Dremel (Melnik et al., VLDB 2010), as Apache Parquet has it (README, "Nested Encoding").</remarks>
internal sealed class ParquetListMember(ColumnSchema schema, int member) : ParquetColumn(schema)
{
    private const int NoList = 0, NoEntry = 1, NoText = 2, There = 3;

    private readonly string _name = schema.ListMembers[member];
    private readonly List<int> _repetition = [], _definition = [], _values = [];
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly List<byte[]> _texts = [];

    public override ParquetType Type => ParquetType.ByteArray;

    public override IReadOnlyList<string> Path { get; } = [schema.Name, "list", "element", schema.ListMembers[member]];

    public override int Entries => _definition.Count;

    // Once for all members: the whole list's text.
    public override long Weight(Column rows, int row)
    {
        string? text = member == 0 ? ((CodedColumn)rows)[row] : null;
        return text?.Length > LongText ? text.Length : 0;
    }

    public override void Append(Column rows, int start, int count)
    {
        var column = (CodedColumn)rows;
        for (int row = start; row < start + count; row++)
        {
            if (column[row] is { } list) Append(list);
            else Entry(0, NoList);
        }
    }

    public override int Encode(ParquetPage page, ParquetPage dictionary, ParquetScratch scratch)
    {
        Levels(page, scratch.Levels, _repetition, 1);
        Levels(page, scratch.Levels, _definition, 2);
        int distinct = -1;
        if (_texts.Count <= MostDistinct && (_texts.Count <= 4096 || _texts.Count <= _values.Count / 2))
        {
            distinct = _texts.Count;
            foreach (byte[] text in _texts) dictionary.ByteArray(text);
            Indices(page, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_values), distinct);
        }
        else
        {
            foreach (int value in _values) page.ByteArray(_texts[value]);
        }
        _repetition.Clear();
        _definition.Clear();
        _values.Clear();
        _index.Clear();
        _texts.Clear();
        return distinct;
    }

    private static void Levels(ParquetPage page, ParquetPage scratch, List<int> levels, int width)
    {
        scratch.Clear();
        scratch.Hybrid(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(levels), width);
        page.ByteArray(scratch.Written);
    }

    private void Append(string list)
    {
        try
        {
            using var document = JsonDocument.Parse(list);
            int entries = 0;
            foreach (var entry in document.RootElement.EnumerateArray())
            {
                // A member that the list's type does not name would be lost.
                if (entry.EnumerateObject().Any(m => !Schema.ListMembers.Contains(m.Name)))
                    throw new FormatException($"a member other than {string.Join(", ", Schema.ListMembers)}");
                string? text = entry.TryGetProperty(_name, out var value) ? value.GetString() : null;
                Entry(entries++ == 0 ? 0 : 1, text is null ? NoText : There);
                if (text is not null) _values.Add(IndexOf(text));
            }
            if (entries == 0) Entry(0, NoEntry);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new DataException($"column {MessageText.Quote(Schema.Name)}: not a list of {string.Join(", ", Schema.ListMembers)} as "
                + $"JSON: {MessageText.Quote(list)}", column: Schema.Name, inner: e);
        }
    }

    private void Entry(int repetition, int definition)
    {
        _repetition.Add(repetition);
        _definition.Add(definition);
    }

    private int IndexOf(string text)
    {
        if (_index.TryGetValue(text, out int index)) return index;
        _index.Add(text, index = _texts.Count);
        _texts.Add(Encoding.UTF8.GetBytes(text));
        return index;
    }
}
