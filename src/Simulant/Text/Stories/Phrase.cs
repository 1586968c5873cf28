using System.Text;
using Simulant.Numerics.Random;

namespace Simulant.Text.Stories;

/// <summary>
/// A sentence with gaps, compiled once: <c>{A}</c> is a gap that is filled by name, <c>[ran|walked]</c> a choice of words that may
/// itself hold gaps. The grammars of stories and of dialogues are lists of these.
/// </summary>
internal sealed class Phrase
{
    private readonly Part[] _parts;

    private Phrase(string source, Part[] parts) => (Source, _parts) = (source, parts);

    private sealed record Part(string? Text, string? Gap, Phrase[]? Choice);

    /// <summary>The phrase as it was written.</summary>
    public string Source { get; }

    /// <summary>Every text the phrase can say, gaps left as written.</summary>
    public IEnumerable<string> Variants()
    {
        IEnumerable<string> said = [""];
        foreach (var part in _parts)
        {
            string[] ends = part.Choice is { } choice ? [.. choice.SelectMany(c => c.Variants())]
                : [part.Text ?? "{" + part.Gap + "}"];
            said = [.. said.SelectMany(start => ends.Select(end => start + end))];
        }
        return said;
    }

    /// <exception cref="FormatException">A bracket is not closed, or closed twice.</exception>
    public static Phrase Parse(string source)
    {
        int at = 0;
        var phrase = Parse(source, ref at, inside: false);
        return at == source.Length ? phrase : throw new FormatException($"'{source}' closes what it did not open");
    }

    /// <summary>Writes the phrase.</summary>
    /// <param name="fill">Writes what a gap stands for.</param>
    /// <param name="draws">Chooses between words, one draw a choice.</param>
    public void Write(StringBuilder text, Action<StringBuilder, string> fill, ref DrawSequence draws)
    {
        foreach (var part in _parts)
        {
            if (part.Text is { } literal) text.Append(literal);
            else if (part.Gap is { } gap) fill(text, gap);
            else part.Choice![draws.Below(part.Choice.Length)].Write(text, fill, ref draws);
        }
    }

    private static Phrase Parse(string source, ref int at, bool inside)
    {
        int begin = at;
        var parts = new List<Part>();
        while (at < source.Length && !(inside && source[at] is '|' or ']'))
        {
            int next = source.AsSpan(at).IndexOfAny("{[|]}");
            if (next < 0) next = source.Length - at;
            if (next > 0) parts.Add(new Part(source.Substring(at, next), null, null));
            at += next;
            if (at == source.Length || source[at] is '|' or ']') break;
            if (source[at] == '}') throw new FormatException($"'{source}' closes what it did not open");
            parts.Add(source[at] == '{' ? Gap(source, ref at) : Choice(source, ref at));
        }
        return new Phrase(source[begin..at], [.. parts]);
    }

    private static Part Gap(string source, ref int at)
    {
        int end = source.IndexOf('}', at);
        if (end < 0) throw new FormatException($"'{source}' leaves a gap open");
        var part = new Part(null, string.Intern(source[(at + 1)..end]), null);
        at = end + 1;
        return part;
    }

    private static Part Choice(string source, ref int at)
    {
        var options = new List<Phrase>();
        do
        {
            at++;
            options.Add(Parse(source, ref at, inside: true));
        }
        while (at < source.Length && source[at] == '|');
        if (at >= source.Length || source[at] != ']') throw new FormatException($"'{source}' leaves a choice open");
        at++;
        return new Part(null, null, [.. options]);
    }
}

/// <summary>Named lists of phrases, read from text: a line <c># name</c> opens a list, every line after it is a phrase.</summary>
internal sealed class PhraseBook
{
    private readonly Dictionary<string, Phrase[]> _pools = new(StringComparer.Ordinal);

    public PhraseBook(params string[] texts)
    {
        foreach (string text in texts)
        {
            string? name = null;
            var phrases = new List<Phrase>();
            foreach (string line in text.Split('\n').Select(l => l.Trim()).Append("#"))
            {
                if (line.Length == 0) continue;
                if (line[0] != '#')
                {
                    phrases.Add(Phrase.Parse(line));
                    continue;
                }
                if (name is not null) _pools.Add(name, [.. phrases]);
                name = line[1..].Trim();
                phrases.Clear();
            }
        }
    }

    /// <summary>Every list with its name.</summary>
    public IEnumerable<KeyValuePair<string, Phrase[]>> Pools => _pools;

    /// <summary>The phrases of a list; asking for one that is not there is a mistake of ours.</summary>
    public Phrase[] this[string name] => _pools.TryGetValue(name, out var pool) && pool.Length > 0 ? pool
        : throw new InvalidOperationException($"no phrases '{name}'");

    public bool Has(string name) => _pools.ContainsKey(name);
}
