using Simulant.Data;

namespace Simulant.Text.WordNet;

/// <summary>
/// Reads one of WordNet's files line by line, field by field. Every field is checked; whatever else a file holds is a
/// <see cref="DataException"/> with its line.
/// </summary>
internal ref struct DictionaryFields
{
    private readonly string _file;
    private readonly ReadOnlySpan<byte> _bytes;
    private int _next;
    private ReadOnlySpan<byte> _rest;

    public DictionaryFields(string file, ReadOnlySpan<byte> bytes)
    {
        _file = file;
        _bytes = bytes;
    }

    /// <summary>1-based number of the line being read.</summary>
    public int Line { get; private set; }

    /// <summary>Where the line being read begins.</summary>
    public int Start { get; private set; }

    /// <summary>Goes to the next line that is not part of the licence, which is set off by two blanks.</summary>
    public bool NextLine()
    {
        while (_next < _bytes.Length)
        {
            Start = _next;
            int length = _bytes[_next..].IndexOf((byte)'\n');
            if (length < 0) length = _bytes.Length - _next;
            _rest = _bytes.Slice(_next, length);
            _next += length + 1;
            Line++;
            if (!_rest.StartsWith("  "u8)) return true;
        }
        return false;
    }

    /// <summary>The next field, which is not empty.</summary>
    public ReadOnlySpan<byte> Field()
    {
        int end = _rest.IndexOf((byte)' ');
        if (end < 0) end = _rest.Length;
        if (end == 0) throw Fault("a field is missing");
        var field = _rest[..end];
        _rest = end < _rest.Length ? _rest[(end + 1)..] : default;
        return field;
    }

    /// <summary>A whole number of at most nine digits.</summary>
    public int Number(int numberBase = 10)
    {
        var field = Field();
        if (field.Length > 9) throw Fault("a number is too long");
        int value = 0;
        foreach (byte digit in field)
        {
            int place = digit switch
            {
                >= (byte)'0' and <= (byte)'9' => digit - '0',
                >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
                >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
                _ => numberBase,
            };
            if (place >= numberBase) throw Fault($"'{Shown(field)}' is no number");
            value = value * numberBase + place;
        }
        return value;
    }

    /// <summary>The class a one-letter field names.</summary>
    public WordClass Class()
    {
        var field = Field();
        return field is [(byte)'n'] ? WordClass.Noun : field is [(byte)'v'] ? WordClass.Verb
            : field is [(byte)'a' or (byte)'s'] ? WordClass.Adjective : field is [(byte)'r'] ? WordClass.Adverb
            : throw Fault($"'{Shown(field)}' is no class of words");
    }

    /// <summary>The relation a pointer's sign names.</summary>
    public PointerKind Pointer()
    {
        var field = Field();
        return Sign(field) ?? throw Fault($"'{Shown(field)}' is no relation");
    }

    public readonly DataException Fault(string message) =>
        new($"{_file}:{Line}: {message}; restore the dictionary: cd native && npm ci", _file, Line);

    /// <summary>Bytes as a message may show them.</summary>
    public static string Shown(ReadOnlySpan<byte> field) =>
        System.Text.Encoding.Latin1.GetString(field[..Math.Min(field.Length, 40)]);

    private static PointerKind? Sign(ReadOnlySpan<byte> sign) => sign is [var first] ? first switch
    {
        (byte)'!' => PointerKind.Antonym,
        (byte)'@' => PointerKind.Hypernym,
        (byte)'~' => PointerKind.Hyponym,
        (byte)'=' => PointerKind.Attribute,
        (byte)'+' => PointerKind.Derivation,
        (byte)'*' => PointerKind.Entailment,
        (byte)'>' => PointerKind.Cause,
        (byte)'^' => PointerKind.AlsoSee,
        (byte)'$' => PointerKind.VerbGroup,
        (byte)'&' => PointerKind.Similar,
        (byte)'<' => PointerKind.Participle,
        (byte)'\\' => PointerKind.Pertainym,
        _ => null,
    }
    : sign is [var mark, var kind] ? (mark, kind) switch
    {
        ((byte)'@', (byte)'i') => PointerKind.InstanceHypernym,
        ((byte)'~', (byte)'i') => PointerKind.InstanceHyponym,
        ((byte)'#', (byte)'m' or (byte)'s' or (byte)'p') => PointerKind.Holonym,
        ((byte)'%', (byte)'m' or (byte)'s' or (byte)'p') => PointerKind.Meronym,
        ((byte)';', (byte)'c' or (byte)'r' or (byte)'u') => PointerKind.Domain,
        ((byte)'-', (byte)'c' or (byte)'r' or (byte)'u') => PointerKind.DomainMember,
        _ => null,
    }
    : null;
}
