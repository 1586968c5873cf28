using System.Globalization;
using System.Text.Json;
using Simulant.Data;

namespace Simulant.Images.Sets;

/// <summary>A value of other people's JSON that knows where it stands, so that a refusal can name the place: annotations[3].bbox.</summary>
internal sealed class JsonPlace
{
    private readonly string _file, _name;
    private readonly int _index;
    private readonly JsonPlace? _parent;
    private readonly JsonElement _value;

    private JsonPlace(string file, JsonElement value, JsonPlace? parent, string name, int index) =>
        (_file, _value, _parent, _name, _index) = (file, value, parent, name, index);

    /// <summary>Reads a whole text.</summary>
    /// <exception cref="DataException">It is no JSON; line and column are said.</exception>
    public static JsonPlace Parse(ReadOnlyMemory<byte> text, string file)
    {
        try
        {
            var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 64 });
            return new(file, document.RootElement, null, "", -1);
        }
        catch (JsonException e)
        {
            long line = (e.LineNumber ?? 0) + 1;
            throw new DataException(string.Create(CultureInfo.InvariantCulture,
                $"column {(e.BytePositionInLine ?? 0) + 1}: the text is not JSON from here on; write the file again"), file, line, null, e);
        }
    }

    public JsonValueKind Kind => _value.ValueKind;

    public string Path => _parent is null ? "" : _index >= 0
        ? string.Create(CultureInfo.InvariantCulture, $"{_parent.Path}[{_index}]")
        : _parent._parent is null ? _name : $"{_parent.Path}.{_name}";

    /// <summary>A member that must be there.</summary>
    public JsonPlace this[string name] => Find(name) ?? throw Fault($"'{name}' is missing; write the entry with it");

    /// <summary>A member, or null where there is none or null.</summary>
    public JsonPlace? Find(string name)
    {
        if (Kind != JsonValueKind.Object) throw Wrong("an object in braces");
        return _value.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? new(_file, value, this, name, -1)
            : null;
    }

    /// <summary>The entries of a list.</summary>
    public IEnumerable<JsonPlace> Items()
    {
        if (Kind != JsonValueKind.Array) throw Wrong("a list in brackets");
        int index = 0;
        foreach (var value in _value.EnumerateArray()) yield return new(_file, value, this, "", index++);
    }

    /// <summary>Names and values of an object.</summary>
    public IEnumerable<(string Name, JsonPlace Value)> Members()
    {
        if (Kind != JsonValueKind.Object) throw Wrong("an object in braces");
        foreach (var member in _value.EnumerateObject()) yield return (member.Name, new(_file, member.Value, this, member.Name, -1));
    }

    public string Text() => Kind == JsonValueKind.String ? Said() : throw Wrong("a text in quotes");

    /// <summary>A finite number.</summary>
    public double Number() => Kind == JsonValueKind.Number && _value.TryGetDouble(out double value) && double.IsFinite(value)
        ? value : throw Wrong("a number");

    public float Single() => Kind == JsonValueKind.Number && _value.TryGetSingle(out float value) && float.IsFinite(value)
        ? value : throw Wrong("a number");

    public long Whole(long least = long.MinValue, long most = long.MaxValue)
    {
        long value = 0;
        if (Kind != JsonValueKind.Number || !_value.TryGetInt64(out value) && !Rounded(out value)) throw Wrong("a whole number");
        return value >= least && value <= most ? value
            : throw Fault(string.Create(CultureInfo.InvariantCulture, $"{value} is not from {least} to {most}; mend the entry"));
    }

    /// <summary>As many numbers as are asked for; any number of them for -1.</summary>
    public double[] Numbers(int count = -1)
    {
        double[] values = [.. Items().Select(i => i.Number())];
        return count < 0 || values.Length == count ? values
            : throw Fault(string.Create(CultureInfo.InvariantCulture, $"{values.Length} numbers, and {count} were expected"));
    }

    public DataException Fault(string what) => new(Path.Length == 0 ? what : $"{Path}: {what}", _file);

    public DataException Wrong(string expected) => Fault($"{expected} was expected, and {Name(Kind)} was found");

    // 3.0 is how some programs write 3.
    private bool Rounded(out long value)
    {
        bool whole = _value.TryGetDouble(out double number) && Math.Abs(number) <= 1L << 53 && Math.Floor(number) == number;
        value = whole ? (long)number : 0;
        return whole;
    }

    private string Said()
    {
        try
        {
            return _value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Fault("a text that is not valid Unicode; write it again");
        }
    }

    private static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "another number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
