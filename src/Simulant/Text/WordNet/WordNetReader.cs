using System.Runtime.InteropServices;
using Simulant.Data;

namespace Simulant.Text.WordNet;

/// <summary>The dictionary in flat arrays: a synset's words and pointers are a range each, a lemma's senses too.</summary>
internal sealed class WordNetTables
{
    public readonly List<WordClass> Class = new(118_000);
    public readonly List<int> WordStart = new(118_001);
    public readonly List<string> Words = new(208_000);
    public readonly List<int> PointerStart = new(118_001);
    public readonly List<Pointer> Pointers = new(380_000);
    public readonly Dictionary<string, (int Start, int Count)>[] Index = [.. Enumerable.Range(0, 4)
        .Select(_ => new Dictionary<string, (int, int)>(StringComparer.Ordinal))];

    public Sense[] Senses = [];
}

/// <summary>Parses WordNet's files. Nothing in them is trusted: offsets must name lines, counts must hold, words must be ASCII.</summary>
internal sealed class WordNetReader
{
    /// <summary>No word of the dictionary is longer; the longest of release 3.1 has 71 letters.</summary>
    public const int LongestWord = 128;

    private static readonly string[] Parts = ["noun", "verb", "adj", "adv"];

    private readonly WordNetTables _tables = new();
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    // Synsets of a class have ascending offsets; the synset is First[class] + the place found.
    private readonly List<int>[] _offsets = [[], [], [], []];
    private readonly int[] _first = new int[5];

    public static WordNetTables Read(string folder)
    {
        var reader = new WordNetReader();
        for (int part = 0; part < 4; part++) reader.ReadSynsets(folder, part);
        reader._tables.WordStart.Add(reader._tables.Words.Count);
        reader._tables.PointerStart.Add(reader._tables.Pointers.Count);
        for (int part = 0; part < 4; part++) reader.ResolvePointers(folder, part);
        var senses = new List<Sense>(210_000);
        for (int part = 0; part < 4; part++) reader.ReadIndex(folder, part, senses);
        reader._tables.Senses = [.. senses];
        reader.ReadCounts(folder);
        return reader._tables;
    }

    private static byte[] Bytes(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: the WordNet file cannot be read ({e.Message}); run: cd native && npm ci", path, inner: e);
        }
    }

    // offset lexfile type count(hex) (word id)* count (sign offset class fromto)* [frames] | gloss
    private void ReadSynsets(string folder, int part)
    {
        string name = "data." + Parts[part];
        var fields = new DictionaryFields(Path.Combine(folder, name), Bytes(folder, name));
        _first[part] = _tables.Class.Count;
        while (fields.NextLine())
        {
            if (fields.Number() != fields.Start) throw fields.Fault("a synset's number is not where its line begins");
            fields.Number();
            if ((int)fields.Class() != part) throw fields.Fault("a synset of another class");
            _offsets[part].Add(fields.Start);
            _tables.Class.Add((WordClass)part);
            _tables.WordStart.Add(_tables.Words.Count);
            _tables.PointerStart.Add(_tables.Pointers.Count);
            int words = fields.Number(16);
            if (words == 0) throw fields.Fault("a synset without words");
            for (int i = 0; i < words; i++)
            {
                _tables.Words.Add(Word(ref fields, fields.Field(), marked: part == (int)WordClass.Adjective));
                fields.Number(16);
            }
            int pointers = fields.Number();
            for (int i = 0; i < pointers; i++) ReadPointer(ref fields);
        }
        _first[part + 1] = _tables.Class.Count;
    }

    // Until every file is read the target is kept as class and offset in one number.
    private void ReadPointer(ref DictionaryFields fields)
    {
        var kind = fields.Pointer();
        int offset = fields.Number();
        var part = fields.Class();
        int ends = fields.Number(16);
        if (ends > 0xFFFF || offset > int.MaxValue >> 2) throw fields.Fault("a pointer out of range");
        _tables.Pointers.Add(new Pointer(kind, offset << 2 | (int)part, (byte)(ends >> 8), (byte)ends));
    }

    private void ResolvePointers(string folder, int part)
    {
        var pointers = CollectionsMarshal.AsSpan(_tables.Pointers);
        for (int synset = _first[part]; synset < _first[part + 1]; synset++)
        {
            for (int i = _tables.PointerStart[synset]; i < _tables.PointerStart[synset + 1]; i++)
            {
                int target = Synset(pointers[i].Target & 3, pointers[i].Target >> 2);
                if (target < 0 || pointers[i].From > Count(synset) || pointers[i].To > Count(target))
                {
                    string file = Path.Combine(folder, "data." + Parts[part]);
                    throw new DataException($"{file}: the synset at byte {_offsets[part][synset - _first[part]]} points nowhere; " +
                        "restore the dictionary: cd native && npm ci", file);
                }
                pointers[i] = pointers[i] with { Target = target };
            }
        }
    }

    private int Count(int synset) => _tables.WordStart[synset + 1] - _tables.WordStart[synset];

    private int Synset(int part, int offset)
    {
        int place = _offsets[part].BinarySearch(offset);
        return place < 0 ? -1 : _first[part] + place;
    }

    // lemma class synsets signs sign* senses tagged offset*
    private void ReadIndex(string folder, int part, List<Sense> senses)
    {
        string name = "index." + Parts[part];
        var fields = new DictionaryFields(Path.Combine(folder, name), Bytes(folder, name));
        while (fields.NextLine())
        {
            string lemma = Word(ref fields, fields.Field(), marked: false);
            if ((int)fields.Class() != part) throw fields.Fault("a word of another class");
            int count = fields.Number();
            int signs = fields.Number();
            for (int i = 0; i < signs; i++) fields.Field();
            fields.Number();
            fields.Number();
            if (count == 0 || !_tables.Index[part].TryAdd(lemma, (senses.Count, count)))
                throw fields.Fault($"'{lemma}' stands twice, or for nothing");
            for (int i = 0; i < count; i++)
            {
                int synset = Synset(part, fields.Number());
                if (synset < 0) throw fields.Fault("a sense of no synset");
                senses.Add(new Sense(synset, 0));
            }
        }
    }

    // lemma%type:file:id:head:id offset sense count; the type's digit is noun 1, verb 2, adjective 3, adverb 4, satellite 5
    private void ReadCounts(string folder)
    {
        const string Name = "index.sense";
        var fields = new DictionaryFields(Path.Combine(folder, Name), Bytes(folder, Name));
        Span<char> lemma = stackalloc char[LongestWord];
        while (fields.NextLine())
        {
            var key = fields.Field();
            int sign = key.LastIndexOf((byte)'%');
            if (sign < 1 || sign > LongestWord || sign + 1 >= key.Length) throw fields.Fault("a sense without its word");
            int part = key[sign + 1] switch
            {
                (byte)'1' => 0,
                (byte)'2' => 1,
                (byte)'3' or (byte)'5' => 2,
                (byte)'4' => 3,
                _ => throw fields.Fault("a sense of no class"),
            };
            for (int i = 0; i < sign; i++) lemma[i] = (char)key[i];
            fields.Number();
            int number = fields.Number(), count = fields.Number();
            if (count == 0) continue;
            if (!_tables.Index[part].GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(lemma[..sign], out var range)
                || number < 1 || number > range.Count)
                throw fields.Fault("a sense that the index lacks");
            ref var sense = ref _tables.Senses[range.Start + number - 1];
            sense = sense with { Count = sense.Count + count };
        }
    }

    // Adjectives may carry their place in the sentence: galore(ip).
    private string Word(ref DictionaryFields fields, ReadOnlySpan<byte> field, bool marked)
    {
        if (marked && field[^1] == (byte)')' && field.LastIndexOf((byte)'(') is > 0 and var mark) field = field[..mark];
        if (field.Length > LongestWord) throw fields.Fault("a word is too long");
        Span<char> text = stackalloc char[field.Length];
        for (int i = 0; i < text.Length; i++)
        {
            if (field[i] is <= 32 or >= 127) throw fields.Fault("a word that is not ASCII");
            text[i] = (char)field[i];
        }
        var known = _texts.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(text, out string? word)) return word;
        word = text.ToString();
        _texts.Add(word, word);
        return word;
    }
}
