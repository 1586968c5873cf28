using System.Globalization;
using System.Text;
using Simulant.Data;
using Simulant.Numerics.Text;

namespace Simulant.Text.Filters.Facts;

/// <summary>What is known of something: that its relation has this value. Numbers are those whose text is one.</summary>
internal readonly record struct KnownValue(string Text, ulong Key, double Number)
{
    public bool IsNumber => !double.IsNaN(Number);

    public static KnownValue Of(string text) => new(text, KnowledgeBase.Key(text),
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN);
}

/// <summary>
/// Facts as triples. Names are compared as words in lower case without a leading article; <c>MonthlyCharges</c> and
/// <c>monthly_charges</c> read "monthly charges". The relation <c>alias</c> gives another name to its subject, or to a relation that is
/// named as a subject.
/// </summary>
public sealed class KnowledgeBase
{
    private const string Alias = "alias";

    private readonly Dictionary<ulong, int> _subjects = [], _relations = [];
    private readonly List<string> _subjectNames = [], _relationNames = [];
    private readonly Dictionary<(int Subject, int Relation), List<KnownValue>> _facts = [];
    private readonly List<HashSet<ulong>> _values = []; // by relation: keys of its values
    private readonly List<(int Subject, int Relation)> _order = [];

    /// <summary>Pairs of subject and relation of which a value is known.</summary>
    public int Count => _order.Count;

    internal int LongestSubject { get; private set; } = 1;
    internal int LongestRelation { get; private set; } = 1;

    /// <summary>Adds a fact; an empty value says nothing.</summary>
    public void Add(string subject, string relation, string value)
    {
        if (value.Trim().Length == 0 || Key(subject) == 0) return;
        if (relation == Alias)
        {
            Rename(subject, value);
            return;
        }
        var pair = (Number(_subjects, _subjectNames, subject), Number(_relations, _relationNames, Spoken(relation)));
        while (_values.Count < _relationNames.Count) _values.Add([]);
        if (!_facts.TryGetValue(pair, out var known))
        {
            _facts.Add(pair, known = []);
            _order.Add(pair);
        }
        var added = KnownValue.Of(value.Trim());
        known.Add(added);
        _values[pair.Item2].Add(added.Key);
        LongestSubject = Math.Max(LongestSubject, Words(subject).Length);
        LongestRelation = Math.Max(LongestRelation, Words(Spoken(relation)).Length);
    }

    /// <summary>
    /// The facts of a table: triples where it has exactly the columns subject, relation and object; else a row is what its first column
    /// (or the one named) names, and every other column a relation.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such column, or no second one.</exception>
    public static KnowledgeBase Of(Table table, string? subject = null)
    {
        static string? Value(Column column, int row) => column.IsMissing(row) ? null : ValueText.Format(column, row);
        var facts = new KnowledgeBase();
        var names = table.Columns.Select(c => c.Name.ToLowerInvariant()).ToHashSet();
        bool triples = subject is null && names.SetEquals(["subject", "relation", "object"]);
        if (table.Columns.Count < 2) throw new ArgumentException("facts take two columns at least", nameof(table));
        Column At(string name) => table.Columns.First(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        var of = triples ? At("subject") : subject is null ? table.Columns[0] : table.Find(subject)
            ?? throw new ArgumentException($"there is no column '{subject}'", nameof(subject));
        for (int row = 0; row < table.RowCount; row++)
        {
            if (Value(of, row) is not { } who) continue;
            if (triples) facts.Add(who, Value(At("relation"), row) ?? "", Value(At("object"), row) ?? "");
            else
                foreach (var column in table.Columns)
                    if (column != of && Value(column, row) is { } value) facts.Add(who, column.Name, value);
        }
        return facts;
    }

    /// <summary>The fact of this number as its parts: a subject, a relation, the first of its values.</summary>
    public (string Subject, string Relation, string Value) At(int fact)
    {
        var pair = _order[fact];
        return (_subjectNames[pair.Subject], _relationNames[pair.Relation], _facts[pair][0].Text);
    }

    internal int? Subject(ReadOnlySpan<ulong> words) => Find(_subjects, words);
    internal int? Relation(ReadOnlySpan<ulong> words) => Find(_relations, words);
    internal IReadOnlyList<KnownValue>? Values(int subject, int relation) => _facts.GetValueOrDefault((subject, relation));

    /// <summary>Whether the text is a value that the relation has somewhere.</summary>
    internal bool IsValue(int relation, ulong key) => _values[relation].Contains(key);

    internal string Describe(int subject, int relation) => $"the {_relationNames[relation]} of {_subjectNames[subject]}";

    /// <summary>A name's key; 0 where it has no words.</summary>
    internal static ulong Key(string name) => Words(name) is { Length: > 0 } words ? NGramHashes.Whole(words) : 0;

    /// <summary>Words of a name, a leading article left out.</summary>
    internal static ulong[] Words(string name)
    {
        var words = new List<ulong>();
        WordScanner.Hashes(name, words);
        if (words.Count > 1 && IsArticle(words[0])) words.RemoveAt(0);
        return [.. words];
    }

    internal static bool IsArticle(ulong word) => word == The || word == A || word == An;

    private static readonly ulong The = Word("the"), A = Word("a"), An = Word("an");

    internal static ulong Word(string word)
    {
        var scan = new WordScanner(word);
        scan.Next();
        return scan.Hash;
    }

    /// <summary>A column's name as one would say it.</summary>
    internal static string Spoken(string name)
    {
        var spoken = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            bool boundary = i > 0 && char.IsUpper(name[i]) && (char.IsLower(name[i - 1])
                || (char.IsUpper(name[i - 1]) && i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (boundary) spoken.Append(' ');
            spoken.Append(name[i] is '_' or '-' or '.' ? ' ' : char.ToLowerInvariant(name[i]));
        }
        return spoken.ToString().Trim();
    }

    private void Rename(string known, string other)
    {
        if (_relations.TryGetValue(Key(Spoken(known)), out int relation)) _relations.TryAdd(Key(other), relation);
        else _subjects.TryAdd(Key(other), Number(_subjects, _subjectNames, known));
        LongestSubject = Math.Max(LongestSubject, Words(other).Length);
        LongestRelation = Math.Max(LongestRelation, Words(other).Length);
    }

    private static int Number(Dictionary<ulong, int> numbers, List<string> names, string name)
    {
        ulong key = Key(name);
        if (numbers.TryGetValue(key, out int number)) return number;
        numbers.Add(key, names.Count);
        names.Add(name);
        return names.Count - 1;
    }

    private static int? Find(Dictionary<ulong, int> numbers, ReadOnlySpan<ulong> words) =>
        words.Length > 0 && numbers.TryGetValue(NGramHashes.Whole(words), out int number) ? number : null;
}
