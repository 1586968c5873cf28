using System.Text;
using System.Text.Json;

namespace Simulant.Specs;

/// <summary>JSON text into positioned nodes, with the bounds of <see cref="YamlNodes"/>.</summary>
internal sealed class JsonNodes
{
    private readonly byte[] _bytes;
    private readonly string _file;
    private readonly DiagnosticBag _faults;
    private long _nodes;
    private int _line = 1;
    private int _column = 1;
    private int _scanned;

    private JsonNodes(byte[] bytes, string file, DiagnosticBag faults) => (_bytes, _file, _faults) = (bytes, file, faults);

    /// <summary>The root, or null after a fault.</summary>
    public static SpecNode? Read(string text, string file, DiagnosticBag faults)
    {
        var nodes = new JsonNodes(Encoding.UTF8.GetBytes(text), file, faults);
        var options = new JsonReaderOptions
        {
            CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = YamlNodes.MaxDepth + 1,
        };
        var reader = new Utf8JsonReader(nodes._bytes, options);
        try
        {
            reader.Read();
            var root = nodes.Node(ref reader);
            while (root is not null && reader.Read())
            {
                // Reading on finds what stands behind the root, which is a fault.
            }
            return root;
        }
        catch (JsonException e)
        {
            int line = (int)(e.LineNumber ?? 0) + 1, column = (int)(e.BytePositionInLine ?? 0) + 1;
            bool deep = e.Message.Contains("maximum configured depth", StringComparison.Ordinal);
            faults.Error(deep ? Codes.TooLarge : Codes.YamlSyntax, new SourcePosition(file, line, column),
                deep ? $"nested more than {YamlNodes.MaxDepth} deep" : $"not valid JSON: {Nearest.Printable(Short(e.Message))}");
            return null;
        }
        catch (InvalidOperationException)
        {
            // The reader's word for an escape that is half a surrogate pair.
            faults.Error(Codes.YamlSyntax, nodes.At(reader.TokenStartIndex), "the text holds an escape that is no character");
            return null;
        }
    }

    private static string Short(string message)
    {
        int end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).TrimEnd('.', ' ');
    }

    private SpecNode? Node(ref Utf8JsonReader reader)
    {
        var at = At(reader.TokenStartIndex);
        if (++_nodes > YamlNodes.MaxNodes)
        {
            _faults.Error(Codes.TooLarge, at, $"more than {YamlNodes.MaxNodes} entries");
            return null;
        }
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return Map(ref reader, at);
            case JsonTokenType.StartArray:
                var items = new List<SpecNode>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (Node(ref reader) is not { } item) return null;
                    items.Add(item);
                }
                return new SpecList(items, at);
            case JsonTokenType.String:
                string text = reader.GetString()!;
                string raw = Encoding.UTF8.GetString(_bytes.AsSpan((int)reader.TokenStartIndex..(int)reader.BytesConsumed));
                return new SpecScalar(text, true, at) { Raw = raw };
            default:
                return new SpecScalar(Encoding.UTF8.GetString(reader.ValueSpan), false, at);
        }
    }

    private SpecMap? Map(ref Utf8JsonReader reader, SourcePosition at)
    {
        var entries = new List<SpecEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string key = reader.GetString()!;
            var keyAt = At(reader.TokenStartIndex);
            reader.Read();
            if (Node(ref reader) is not { } value) return null;
            if (seen.Add(key)) entries.Add(new SpecEntry(key, keyAt, value));
            else _faults.Error(Codes.DuplicateKey, keyAt, $"'{Nearest.Printable(key)}' stands twice; remove one");
        }
        return new SpecMap(entries, at);
    }

    /// <summary>Tokens come in order, so the text is counted through once; columns are in UTF-16 units.</summary>
    private SourcePosition At(long index)
    {
        for (; _scanned < index; _scanned++)
        {
            byte b = _bytes[_scanned];
            if (b == '\n') (_line, _column) = (_line + 1, 1);
            else if ((b & 0xC0) != 0x80) _column += b >= 0xF0 ? 2 : 1;
        }
        return new SourcePosition(_file, _line, _column);
    }
}
