using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Simulant.Privacy.Ledger;

/// <summary>
/// One line of a ledger. Three kinds: <c>ledger</c>, its first; <c>run</c>, which reserves what a run may spend before it spends
/// any of it; <c>spend</c>, one use of a mechanism, written before the mechanism runs.
/// </summary>
public sealed record LedgerLine(string Kind)
{
    /// <summary>Of the first line: a random key under which hashes of sources are told outside, so that they confirm nothing.</summary>
    public string? Key { get; init; }

    /// <summary>Of a run and of its spends: a random name.</summary>
    public string? Run { get; init; }

    /// <summary>Digest of what the source says (<c>LogicalDigest</c>).</summary>
    public string? Source { get; init; }

    public string? Spec { get; init; }
    public string? Engine { get; init; }
    public string? Unit { get; init; }
    public int? Bound { get; init; }
    public double? Epsilon { get; init; }
    public double? Delta { get; init; }

    /// <summary>Units of 2^-50; of a run, the most it may spend.</summary>
    public long? Rho { get; init; }

    /// <summary>Of a run: the part of delta that discovered vocabularies use beside rho.</summary>
    public double? VocabularyDelta { get; init; }

    public int? Number { get; init; }
    public string? Mechanism { get; init; }
    public string? Purpose { get; init; }
    public string? Question { get; init; }

    /// <summary>When it was written, ISO 8601.</summary>
    public string? At { get; init; }

    /// <summary>The line's bytes: a check over it and every line before it, and the line itself.</summary>
    internal (byte[] Bytes, string Check) Write(string before)
    {
        string json = JsonSerializer.Serialize(this, LedgerJson.Default.LedgerLine);
        string check = CheckOf(before, json);
        return (Encoding.UTF8.GetBytes($"{check} {json}\n"), check);
    }

    /// <summary>The line and its check, or null where it is damaged.</summary>
    internal static (LedgerLine Line, string Check)? Parse(string text, string before)
    {
        int space = text.IndexOf(' ');
        if (space <= 0 || text[..space] != CheckOf(before, text[(space + 1)..])) return null;
        var line = JsonSerializer.Deserialize(text[(space + 1)..], LedgerJson.Default.LedgerLine);
        return line is null ? null : (line, text[..space]);
    }

    private static string CheckOf(string before, string json) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(before + "\n" + json)))[..32];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LedgerLine))]
internal sealed partial class LedgerJson : JsonSerializerContext;
