namespace Simulant.Specs.Reading;

/// <summary>What a key's value may look like; several may be allowed.</summary>
[Flags]
internal enum Shape
{
    None = 0,
    Text = 1,
    Number = 2,
    Integer = 4,

    /// <summary>A whole number, or one with a suffix: 50k, 1M.</summary>
    Count = 8,
    Boolean = 16,

    /// <summary>A list of texts.</summary>
    Texts = 32,

    /// <summary>A map with the keys of <see cref="Key.Child"/>.</summary>
    Map = 64,

    /// <summary>A list of maps with the keys of <see cref="Key.Child"/>.</summary>
    Maps = 128,

    /// <summary>A map from names the user chooses to values of shape <see cref="Key.Each"/>.</summary>
    Entries = 256,

    /// <summary>Seconds, or text such as 30s, 5m, 2h.</summary>
    Duration = 512,

    /// <summary>A list of two ends.</summary>
    Range = 1024,

    /// <summary>A list of names, and of maps of one name to its options.</summary>
    Steps = 2048,
}

/// <summary>One key of a spec. The reader, the JSON Schema and the guide all follow from these.</summary>
internal sealed record Key(string Name, Shape Shape, string Meaning)
{
    /// <summary>What holds where the key is absent, in words.</summary>
    public string Default { get; init; } = "";

    public bool Required { get; init; }

    /// <summary>Whether an entry may stand without a value.</summary>
    public bool Nullable { get; init; }
    public Section? Child { get; init; }

    /// <summary>The key of <see cref="Child"/> that text alone stands for, where its words are limited.</summary>
    public string? ShortFor { get; init; }

    /// <summary>For <see cref="Shape.Entries"/>: the value of each entry.</summary>
    public Key? Each { get; init; }

    /// <summary>The only texts allowed.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    public double Minimum { get; init; } = double.NegativeInfinity;
    public double Maximum { get; init; } = double.PositiveInfinity;
}

/// <summary>The keys of one map. An open section keeps keys it does not know, for the engine it belongs to.</summary>
internal sealed record Section(string Name, IReadOnlyList<Key> Keys, bool Open = false)
{
    public Key? Find(string key) => Keys.FirstOrDefault(k => k.Name == key);
}
