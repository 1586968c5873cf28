using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Parser = YamlDotNet.Core.Parser;

namespace Simulant.Specs;

/// <summary>
/// YAML text into positioned nodes. Safe on any input: depth, size and the expansion of aliases are bounded, and every fault
/// is a diagnostic with its place. After a fault of syntax nothing is returned; a repeated key is reported, the first kept.
/// </summary>
internal sealed class YamlNodes
{
    /// <summary>Deepest nesting of lists and maps.</summary>
    public const int MaxDepth = 64;

    /// <summary>Most nodes, aliases counted at every use.</summary>
    public const long MaxNodes = 200_000;

    private readonly string _text;
    private readonly string _file;
    private readonly DiagnosticBag _faults;
    private readonly Parser _events;
    private readonly Dictionary<string, SpecNode> _anchors = new(StringComparer.Ordinal);
    private long _nodes;

    private YamlNodes(string text, string file, DiagnosticBag faults)
    {
        (_text, _file, _faults) = (text, file, faults);
        _events = new Parser(new Scanner(new StringReader(text)));
    }

    /// <summary>The document's root, or null after a fault.</summary>
    public static SpecNode? Read(string text, string file, DiagnosticBag faults)
    {
        var reader = new YamlNodes(text, file, faults);
        try
        {
            return reader.Document();
        }
        catch (YamlException e)
        {
            reader.Explain(e);
            return null;
        }
    }

    private SpecNode? Document()
    {
        do
        {
            if (Advance()) continue;
            _faults.Error(Codes.NotOneDocument, new SourcePosition(_file, 1, 1), "the spec is empty; begin with 'simulant: 1'");
            return null;
        }
        while (_events.Current is StreamStart or DocumentStart);
        if (_events.Current is StreamEnd)
        {
            _faults.Error(Codes.NotOneDocument, new SourcePosition(_file, 1, 1), "the spec is empty; begin with 'simulant: 1'");
            return null;
        }
        var root = Node(0);
        if (root is null) return null;
        while (Advance())
        {
            if (_events.Current is not DocumentStart second) continue;
            _faults.Error(Codes.NotOneDocument, At(second.Start), "a second document begins here; one file holds one spec");
            return null;
        }
        return root;
    }

    private SpecNode? Node(int depth)
    {
        var current = _events.Current!;
        if (++_nodes > MaxNodes) return TooLarge(current.Start);
        if (depth > MaxDepth)
        {
            _faults.Error(Codes.TooLarge, At(current.Start), $"nested more than {MaxDepth} deep");
            return null;
        }
        if (current is AnchorAlias alias) return Alias(alias);
        SpecNode? node = current switch
        {
            Scalar scalar => Leaf(scalar),
            SequenceStart start => List(start, depth),
            MappingStart start => Map(start, depth),
            _ => throw new YamlException(current.Start, current.End, "unexpected content"),
        };
        if (node is not null && current is NodeEvent { Anchor.IsEmpty: false } named) _anchors[named.Anchor.Value] = node;
        return node;
    }

    private SpecNode? Alias(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var node))
        {
            _faults.Error(Codes.UnsupportedYaml, At(alias.Start),
                $"no '&{Nearest.Printable(alias.Value.Value)}' stands above this alias; quote the text if it begins with '*'");
            return null;
        }
        _nodes += node.Size;
        return _nodes > MaxNodes ? TooLarge(alias.Start) : node;
    }

    private SpecNode? TooLarge(Mark at)
    {
        _faults.Error(Codes.TooLarge, At(at), $"more than {MaxNodes} entries, aliases counted at every use");
        return null;
    }

    private SpecScalar? Leaf(Scalar scalar)
    {
        bool quoted = scalar.Style is not ScalarStyle.Plain;
        if (!scalar.Tag.IsEmpty)
        {
            string tag = scalar.Tag.IsNonSpecific ? "!" : scalar.Tag.Value;
            if (tag is "tag:yaml.org,2002:str" or "!") quoted = true;
            else if (!tag.StartsWith("tag:yaml.org,2002:", StringComparison.Ordinal)) return Tagged(scalar);
        }
        int start = Index(scalar.Start), end = Math.Max(start, Index(scalar.End));
        string raw = _text[start..end];
        // A tag or anchor may stand before the content; the map begins at the content.
        return new SpecScalar(scalar.Value, quoted, At(scalar.Start)) { Raw = raw == scalar.Value ? null : raw };
    }

    private SpecScalar? Tagged(NodeEvent node)
    {
        _faults.Error(Codes.UnsupportedYaml, At(node.Start),
            $"the tag '{Nearest.Printable(node.Tag.Value)}' is not understood; quote the text if it begins with '!'");
        return null;
    }

    private bool PlainTag(NodeEvent node) =>
        node.Tag.IsEmpty || node.Tag.IsNonSpecific || node.Tag.Value.StartsWith("tag:yaml.org,2002:", StringComparison.Ordinal)
        || Tagged(node) is not null;

    private SpecList? List(SequenceStart start, int depth)
    {
        if (!PlainTag(start)) return null;
        var items = new List<SpecNode>();
        while (Next() is not SequenceEnd)
        {
            if (Node(depth + 1) is not { } item) return null;
            items.Add(item);
        }
        return new SpecList(items, At(start.Start));
    }

    private SpecMap? Map(MappingStart start, int depth)
    {
        if (!PlainTag(start)) return null;
        var entries = new List<SpecEntry>();
        var seen = new Dictionary<string, SourcePosition>(StringComparer.Ordinal);
        while (Next() is not MappingEnd)
        {
            if (Key() is not { } key) return null;
            Next();
            if (Node(depth + 1) is not { } value) return null;
            if (seen.TryAdd(key.Text, key.At)) entries.Add(new SpecEntry(key.Text, key.At, value));
            else _faults.Error(Codes.DuplicateKey, key.At,
                $"'{Nearest.Printable(key.Text)}' stands twice, first on line {seen[key.Text].Line}; remove one");
        }
        return new SpecMap(entries, At(start.Start));
    }

    private SpecScalar? Key()
    {
        var current = _events.Current!;
        if (++_nodes > MaxNodes)
        {
            TooLarge(current.Start);
            return null;
        }
        if (current is Scalar scalar)
        {
            if (scalar is { Value: "<<", Style: ScalarStyle.Plain })
            {
                _faults.Error(Codes.UnsupportedYaml, At(scalar.Start),
                    "merge keys ('<<') are not understood; write the entries out");
                return null;
            }
            var leaf = Leaf(scalar);
            if (leaf is not null && !scalar.Anchor.IsEmpty) _anchors[scalar.Anchor.Value] = leaf;
            return leaf;
        }
        if (current is AnchorAlias alias && _anchors.GetValueOrDefault(alias.Value.Value) is SpecScalar known) return known;
        _faults.Error(Codes.UnsupportedYaml, At(current.Start), "a key must be plain text, not a list or map");
        return null;
    }

    private ParsingEvent Next()
    {
        if (!Advance()) throw new YamlException("the text ends too early");
        return _events.Current!;
    }

    /// <summary>
    /// The next event. On some broken texts the library fails in its own workings instead of telling what is wrong; that is a
    /// fault of the text all the same, told where the last sound part ended.
    /// </summary>
    private bool Advance()
    {
        var before = _events.Current?.End ?? Mark.Empty;
        try
        {
            return _events.MoveNext();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException
            or OverflowException or NullReferenceException or FormatException)
        {
            throw new YamlException(before, before, "the text from here on cannot be understood", e);
        }
    }

    private SourcePosition At(Mark mark) => new(_file, (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    private int Index(Mark mark) => (int)Math.Clamp(mark.Index, 0, _text.Length);

    /// <summary>The library's message in the words of someone who edits a spec.</summary>
    private void Explain(YamlException e)
    {
        var at = At(e.Start);
        string message = e.Message;
        if (TabNear(at.Line, At(e.End).Line + 1) is { } tab)
        {
            at = tab;
            message = "a tab indents this line; YAML indents with spaces";
        }
        else if (message.Contains("mapping values are not allowed", StringComparison.OrdinalIgnoreCase)
            || message.Contains("invalid mapping", StringComparison.OrdinalIgnoreCase))
        {
            message = "': ' stands where no key can be; check the indentation, or quote the text that holds it";
        }
        else if (message.Contains("quoted scalar", StringComparison.OrdinalIgnoreCase)
            && message.Contains("unexpected end", StringComparison.OrdinalIgnoreCase))
        {
            message = "a quote opened here is never closed";
        }
        else
        {
            message = $"not valid YAML: {Nearest.Printable(message.Trim().TrimEnd('.'))}; quote the text if it is one, and "
                + "check brackets and indentation";
        }
        _faults.Error(Codes.YamlSyntax, at, message);
    }

    private SourcePosition? TabNear(int first, int last)
    {
        string[] lines = _text.Split('\n');
        for (int i = first - 1; i < Math.Min(last, lines.Length); i++)
        {
            string indentation = lines[i][..(lines[i].Length - lines[i].TrimStart().Length)];
            if (indentation.Contains('\t')) return new SourcePosition(_file, i + 1, indentation.IndexOf('\t') + 1);
        }
        return null;
    }
}
