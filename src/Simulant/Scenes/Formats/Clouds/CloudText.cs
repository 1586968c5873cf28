using System.Globalization;
using System.Text;
using Simulant.Data;

namespace Simulant.Scenes.Formats.Clouds;

/// <summary>What readers of clouds share: lines of a header, bodies of words and of bytes, refusals.</summary>
internal sealed class CloudText(byte[] bytes, string file)
{
    /// <summary>Points of one file; more would not fit in arrays of all kinds.</summary>
    private const int MostPoints = 200_000_000;

    private int _at;
    private long _line;

    /// <summary>Where the next line begins.</summary>
    public int At => _at;

    /// <summary>The words of the next line that has any; null at the end.</summary>
    public string[]? Next()
    {
        while (_at < bytes.Length)
        {
            int length = bytes.AsSpan(_at).IndexOf((byte)'\n');
            if (length < 0) length = bytes.Length - _at;
            string text = Encoding.Latin1.GetString(bytes, _at, length);
            _at = Math.Min(bytes.Length, _at + length + 1);
            _line++;
            string[] words = text.Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0) return words;
        }
        return null;
    }

    public DataException Fault(string what) => new(what + "; write the cloud again", file, _line);

    /// <summary>A count of points that as many bytes can hold.</summary>
    public int Count(string word, int leastBytes)
    {
        if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count > MostPoints)
            throw Fault($"'{Short(word)}' is no count of points from 0 to {MostPoints}");
        return (long)count * leastBytes <= bytes.Length ? count
            : throw Fault($"{count} points are promised in {bytes.Length} bytes: the file is cut off");
    }

    /// <summary>A line of words a point.</summary>
    public void Words(IReadOnlyList<CloudColumn> columns, int count)
    {
        for (int point = 0; point < count; point++)
        {
            string[] words = Next() ?? throw Fault($"the file ends after {point} of {count} points");
            if (words.Length != columns.Count) throw Fault($"{words.Length} numbers, and a point has {columns.Count}");
            for (int c = 0; c < words.Length; c++)
                if (!columns[c].Put(point, words[c]))
                    throw Fault($"'{Short(words[c])}' is no number of the kind of {columns[c].Name}");
        }
    }

    /// <summary>Points one after another.</summary>
    public void Rows(IReadOnlyList<CloudColumn> columns, int count)
    {
        int row = columns.Sum(c => c.Size);
        if (bytes.Length - _at < (long)row * count)
            throw Fault($"{bytes.Length - _at} bytes of points, and {count} of them take {(long)row * count}: the file is cut off");
        int offset = _at;
        foreach (var column in columns)
        {
            var to = column.Bytes;
            for (int point = 0; point < count; point++)
                bytes.AsSpan(offset + point * row, column.Size).CopyTo(to[(point * column.Size)..]);
            offset += column.Size;
        }
    }

    public static string Short(string word) => MessageText.Quote(word.Length <= 40 ? word : word[..40]).Trim('\'');
}
