using System.Text.Json;
using System.Text.Unicode;

namespace Simulant.Data;

/// <summary>One record of a JSON-lines file, as it stands there.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Bytes">The object, without the line's end and the space around it. Valid until the next record is read.</param>
internal readonly record struct JsonLine(long Line, ReadOnlyMemory<byte> Bytes);

/// <summary>
/// Reads a JSON-lines file (also in gzip) object by object, bytes unchanged: for what copies records rather than reading a table. Memory is
/// that of the longest line.
/// </summary>
internal static class JsonLines
{
    private const int Longest = 1 << 29;

    private static readonly JsonReaderOptions Strict = new() { CommentHandling = JsonCommentHandling.Disallow, MaxDepth = 64 };

    /// <summary>The objects of the file, in order; blank lines are passed over.</summary>
    /// <exception cref="DataException">The file cannot be read; or, with its line, a line is too long, no JSON object or not
    /// UTF-8.</exception>
    public static IEnumerable<JsonLine> Read(string file, CancellationToken cancel)
    {
        using var stream = new MarklessStream(SourceFiles.Open(file));
        byte[] buffer = new byte[1 << 18];
        int at = 0, end = 0;
        long line = 0;
        bool ended = false;
        while (!ended || at < end)
        {
            int length = buffer.AsSpan(at, end - at).IndexOf((byte)'\n');
            if (length < 0 && !ended)
            {
                buffer.AsSpan(at, end - at).CopyTo(buffer);
                (end, at) = (end - at, 0);
                if (end == buffer.Length)
                {
                    if (buffer.Length >= Longest) throw Fault(file, line + 1, "a line of more than 512 MB");
                    Array.Resize(ref buffer, buffer.Length * 2);
                }
                int got = Fill(stream, file, buffer.AsSpan(end));
                end += got;
                ended = got == 0;
                continue;
            }
            if (length < 0) length = end - at;
            line++;
            if ((line & 0xFF) == 0) cancel.ThrowIfCancellationRequested();
            var (from, size) = Trim(buffer, at, length);
            if (size > 0)
            {
                Check(buffer.AsSpan(from, size), file, line);
                yield return new JsonLine(line, buffer.AsMemory(from, size));
            }
            at = Math.Min(at + length + 1, end);
        }
    }

    /// <summary>The record's value of each name, null where it has none or null: texts as they read, all else as its JSON.</summary>
    public static string?[] Values(ReadOnlySpan<byte> record, IReadOnlyList<string?> names)
    {
        var values = new string?[names.Count];
        var reader = new Utf8JsonReader(record, Strict);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int wanted = -1;
            for (int n = 0; n < names.Count && wanted < 0; n++)
                if (names[n] is { } name && reader.ValueTextEquals(name)) wanted = n;
            reader.Read();
            if (wanted < 0)
            {
                reader.Skip();
                continue;
            }
            int start = (int)reader.TokenStartIndex;
            var token = reader.TokenType;
            string? text = token == JsonTokenType.String ? reader.GetString() : null;
            reader.Skip();
            values[wanted] = token switch
            {
                JsonTokenType.String => text,
                JsonTokenType.Null => null,
                _ => System.Text.Encoding.UTF8.GetString(record[start..(int)reader.BytesConsumed]),
            };
        }
        return values;
    }

    /// <summary>The names of a record's fields, in order.</summary>
    public static IReadOnlyList<string> Names(ReadOnlySpan<byte> record)
    {
        var names = new List<string>();
        var reader = new Utf8JsonReader(record, Strict);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            names.Add(reader.GetString()!);
            reader.Read();
            reader.Skip();
        }
        return names;
    }

    private static int Fill(Stream stream, string file, Span<byte> to)
    {
        try
        {
            return stream.Read(to);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw SourceFiles.Unreadable(file, e);
        }
    }

    private static (int From, int Size) Trim(byte[] buffer, int from, int length)
    {
        int end = from + length;
        while (from < end && buffer[from] is (byte)' ' or (byte)'\t' or (byte)'\r') from++;
        while (from < end && buffer[end - 1] is (byte)' ' or (byte)'\t' or (byte)'\r') end--;
        return (from, end - from);
    }

    private static void Check(ReadOnlySpan<byte> record, string file, long line)
    {
        if (!Utf8.IsValid(record)) throw Fault(file, line, "a text that is not valid UTF-8");
        try
        {
            var reader = new Utf8JsonReader(record, Strict);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) throw Fault(file, line, "an object was expected on each line");
            var names = new HashSet<string>(StringComparer.Ordinal);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                if (!names.Add(name)) throw Fault(file, line, $"key {MessageText.Quote(name)} stands twice in a record");
                reader.Read();
                if (reader.TokenType == JsonTokenType.String && reader.ValueIsEscaped) reader.GetString();
                reader.Skip();
            }
            reader.Read(); // throws where more follows
        }
        catch (JsonException e)
        {
            throw Fault(file, line, $"not JSON ({e.Message.Split(" LineNumber")[0].Split('\n')[0].TrimEnd('.', ' ')})");
        }
        catch (InvalidOperationException)
        {
            throw Fault(file, line, "a text that is not valid Unicode");
        }
    }

    private static DataException Fault(string file, long line, string what) => new($"{file}:{line}: {what}", file, line);
}
