namespace Simulant.Specs;

/// <summary>YAML (or JSON) as positioned nodes, before any meaning is given to it.</summary>
public abstract record SpecNode(SourcePosition At);

/// <param name="Text">The scalar's text, unescaped.</param>
/// <param name="Quoted">Whether it was quoted, hence text even if it looks like a number.</param>
public sealed record SpecScalar(string Text, bool Quoted, SourcePosition At) : SpecNode(At)
{
    public bool IsNull => !Quoted && Text is "" or "~" or "null" or "Null" or "NULL";
}

public sealed record SpecList(IReadOnlyList<SpecNode> Items, SourcePosition At) : SpecNode(At);

/// <summary>Entries in document order; keys are distinct (a repeated key is a fault found while parsing).</summary>
public sealed record SpecMap(IReadOnlyList<SpecEntry> Entries, SourcePosition At) : SpecNode(At)
{
    public SpecNode? this[string key] => Entries.FirstOrDefault(e => e.Key == key)?.Value;
}

public sealed record SpecEntry(string Key, SourcePosition KeyAt, SpecNode Value);
