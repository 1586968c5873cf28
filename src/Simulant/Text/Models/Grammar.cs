using System.Security.Cryptography;
using System.Text;
using Simulant.Numerics.Random;

namespace Simulant.Text.Models;

/// <summary>
/// Symbols with what they may become; <c>{name}</c> in a text stands for a symbol. Expansion starts at <c>answer</c> and is a pure
/// function of (grammar, seed). Depth and length are bounded: at the bound the shortest choice is taken, then nothing.
/// </summary>
public sealed class Grammar
{
    /// <summary>Where expansion starts.</summary>
    public const string Start = "answer";

    private const int MaxDepth = 40, MaxChars = 100_000;

    private readonly Dictionary<string, string[]> _rules;

    /// <exception cref="ArgumentException">No symbol <see cref="Start"/>, or a symbol that becomes nothing.</exception>
    public Grammar(IReadOnlyDictionary<string, IReadOnlyList<string>> rules)
    {
        if (!rules.ContainsKey(Start)) throw new ArgumentException($"a grammar starts at '{Start}'", nameof(rules));
        _rules = rules.ToDictionary(r => r.Key, r => r.Value.ToArray(), StringComparer.Ordinal);
        if (_rules.FirstOrDefault(r => r.Value.Length == 0).Key is { } empty)
            throw new ArgumentException($"'{empty}' becomes nothing", nameof(rules));
        var text = new StringBuilder();
        foreach (var (name, choices) in _rules.OrderBy(r => r.Key, StringComparer.Ordinal))
            text.Append(name).Append('\0').AppendJoin('\0', choices).Append('\n');
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
    }

    /// <summary>Names this grammar.</summary>
    public string Hash { get; }

    /// <summary>One text of the language.</summary>
    public string Expand(ulong seed)
    {
        var text = new StringBuilder();
        var draws = new RandomStream(seed, "text.grammar").Draws(0, 0);
        Expand(Start, text, ref draws, 0);
        return text.ToString();
    }

    private void Expand(string symbol, StringBuilder to, ref DrawSequence draws, int depth)
    {
        string[] choices = _rules[symbol];
        string chosen = depth < MaxDepth ? choices[draws.Below(choices.Length)] : choices.MinBy(c => c.Length)!;
        if (depth > 2 * MaxDepth) return;
        for (int i = 0; i < chosen.Length && to.Length < MaxChars;)
        {
            int close = chosen[i] == '{' ? chosen.IndexOf('}', i) : -1;
            if (close > 0 && _rules.ContainsKey(chosen[(i + 1)..close]))
            {
                Expand(chosen[(i + 1)..close], to, ref draws, depth + 1);
                i = close + 1;
            }
            else
            {
                to.Append(chosen[i++]);
            }
        }
    }
}
