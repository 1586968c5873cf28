using System.Collections.Frozen;
using System.Text;
using Simulant.Numerics.Random;

namespace Simulant.Tabular.Personal;

/// <summary>
/// A made-up person at one address: name, e-mail and user name of the same (item, slot) agree with each other.
/// </summary>
public readonly struct Person
{
    private static readonly string[] Domains = ["example.com", "example.org", "example.net"];

    // Unicode decomposition is not available without ICU, so the Latin letters of Bogus' locales are folded by hand.
    private static readonly FrozenDictionary<char, string> Folds = BuildFolds();

    private readonly int _domain;

    public Person(RandomStream stream, long item, int slot, WordLists words)
    {
        var (a, b, c, d) = stream.Bits(item, slot);
        Female = (a & 1) == 0;
        First = Pick(Female ? words.FemaleNames : words.MaleNames, b);
        Last = Pick(words.LastNames, c);
        Initial = (char)('A' + (int)((ulong)d * 26 >> 32));
        Number = (int)((a >> 1) % 1000);
        _domain = (int)((d & 0xFFFF) * (uint)Domains.Length >> 16);
    }

    public bool Female { get; }
    public string First { get; }
    public string Last { get; }

    /// <summary>Middle initial, A to Z.</summary>
    public char Initial { get; }

    /// <summary>0 to 999, kept for user names and e-mail.</summary>
    public int Number { get; }

    /// <summary>A domain reserved for examples (RFC 2606), so that no mail ever reaches anyone.</summary>
    public string Domain => Domains[_domain];

    /// <summary>Lower-case ASCII of both names, joined by a point.</summary>
    public string Mailbox => $"{Ascii(First)}.{Ascii(Last)}";

    /// <summary>First letter and last name in lower-case ASCII.</summary>
    public string Login => $"{Ascii(First)[..1]}{Ascii(Last)}";

    private static FrozenDictionary<char, string> BuildFolds()
    {
        string[] groups =
        [
            "aàáâãåāăąǎ", "cçćĉċč", "dďđð", "eèéêëēĕėęě", "gĝğġģ", "hĥħ", "iìíîïĩīĭįı", "jĵ", "kķ", "lĺļľŀł", "nñńņňŋ",
            "oòóôõøōŏő", "rŕŗř", "sśŝşšș", "tţťŧț", "uùúûũūŭůűų", "wŵ", "yýÿŷ", "zźżž",
        ];
        var folds = new Dictionary<char, string>
        {
            ['ä'] = "ae", ['ö'] = "oe", ['ü'] = "ue", ['ß'] = "ss", ['æ'] = "ae", ['œ'] = "oe", ['þ'] = "th",
        };
        foreach (string group in groups)
            foreach (char c in group.AsSpan(1)) folds.TryAdd(c, group[..1]);
        return folds.ToFrozenDictionary();
    }

    private static string Pick(string[] from, uint bits) => from[(int)((ulong)bits * (ulong)from.Length >> 32)];

    /// <summary>Letters only, lower case, accents dropped; "x" where nothing is left.</summary>
    private static string Ascii(string name)
    {
        bool plain = true;
        foreach (char c in name) plain &= char.IsAsciiLetter(c);
        if (plain) return name.ToLowerInvariant();
        var text = new StringBuilder(name.Length);
        foreach (char c in name)
        {
            if (char.IsAsciiLetter(c)) text.Append(char.ToLowerInvariant(c));
            else if (Folds.TryGetValue(char.ToLowerInvariant(c), out string? fold)) text.Append(fold);
        }
        return text.Length > 0 ? text.ToString() : "x";
    }
}
