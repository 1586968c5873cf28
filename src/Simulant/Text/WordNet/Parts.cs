namespace Simulant.Text.WordNet;

/// <summary>The four classes of words that WordNet knows; satellites count as adjectives.</summary>
public enum WordClass : byte
{
    Noun,
    Verb,
    Adjective,
    Adverb,
}

/// <summary>How two synsets, or two words of them, are related; the signs are those of the wndb(5WN) manual page.</summary>
public enum PointerKind : byte
{
    /// <summary><c>!</c></summary>
    Antonym,

    /// <summary><c>@</c>: the more general.</summary>
    Hypernym,

    /// <summary><c>@i</c>: what the named thing is one of.</summary>
    InstanceHypernym,

    /// <summary><c>~</c>: the more special.</summary>
    Hyponym,

    /// <summary><c>~i</c></summary>
    InstanceHyponym,

    /// <summary><c>#m #s #p</c>: the whole it belongs to.</summary>
    Holonym,

    /// <summary><c>%m %s %p</c>: a part it has.</summary>
    Meronym,

    /// <summary><c>=</c></summary>
    Attribute,

    /// <summary><c>+</c>: a word derived from it.</summary>
    Derivation,

    /// <summary><c>;c ;r ;u</c>: its field of use.</summary>
    Domain,

    /// <summary><c>-c -r -u</c>: a word used in this field.</summary>
    DomainMember,

    /// <summary><c>*</c></summary>
    Entailment,

    /// <summary><c>&gt;</c></summary>
    Cause,

    /// <summary><c>^</c></summary>
    AlsoSee,

    /// <summary><c>$</c></summary>
    VerbGroup,

    /// <summary><c>&amp;</c>: between an adjective and its satellites.</summary>
    Similar,

    /// <summary><c>&lt;</c>: the verb whose participle it is.</summary>
    Participle,

    /// <summary><c>\</c>: the noun or adjective it is made of.</summary>
    Pertainym,
}

/// <summary>A relation from one synset to another.</summary>
/// <param name="Target">Number of the other synset in the database.</param>
/// <param name="From">1-based word of this synset that it holds for; 0 for the synset as a whole.</param>
/// <param name="To">1-based word of the other synset; 0 for the whole.</param>
public readonly record struct Pointer(PointerKind Kind, int Target, byte From, byte To);

/// <summary>One meaning of a word.</summary>
/// <param name="Synset">Number of the synset in the database.</param>
/// <param name="Count">How often this meaning was tagged in the concordance texts, the only frequency the package has.</param>
public readonly record struct Sense(int Synset, int Count);
