using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Simulant.Runs;

/// <summary>A source file as it was when a run began.</summary>
/// <param name="Role">train, holdout, schema.</param>
/// <param name="Name">File name without its folder: a run may go on, or be checked, elsewhere.</param>
public sealed record SourceFile(string Role, string Name, long Bytes, string Sha256);

/// <summary>
/// Everything the bytes of a run's output depend on. Two runs of equal plans end equal; a run is continued only under the
/// plan it was begun with, and a finished folder is confirmed only by its own.
/// </summary>
public sealed record RunPlan
{
    /// <summary>SHA-256 of the spec file's bytes, lower-case hexadecimal.</summary>
    public required string Spec { get; init; }

    public required IReadOnlyList<SourceFile> Inputs { get; init; }
    public required ulong FitSeed { get; init; }
    public required ulong SampleSeed { get; init; }

    /// <summary>The rows asked for on the command line; null means as the spec says.</summary>
    public long? Rows { get; init; }

    /// <summary>How many shards share the work; it sets how many files there are, never what the rows are.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>The program's version and build; another build may not continue a run, but may confirm its result.</summary>
    public required string Program { get; init; }

    /// <summary>SHA-256 over all but the program.</summary>
    [JsonIgnore]
    public string Fingerprint
    {
        get
        {
            var text = new StringBuilder(Spec);
            foreach (var input in Inputs)
                text.Append('\n').Append(input.Role).Append('\t').Append(input.Name).Append('\t').Append(input.Sha256);
            text.Append(CultureInfo.InvariantCulture, $"\n{FitSeed}\n{SampleSeed}\n{Rows}\n{Shards}");
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        }
    }

    /// <summary>In a few words, the first thing in which this plan differs from an earlier one; null where they agree.</summary>
    public string? DifferenceFrom(RunPlan earlier, bool sameProgram)
    {
        if (Spec != earlier.Spec) return "the spec has changed since";
        // Files of one name, from several folders, are told apart by their order.
        foreach (var input in Inputs.GroupBy(i => (i.Role, i.Name)))
        {
            var before = earlier.Inputs.Where(i => (i.Role, i.Name) == input.Key).Select(i => i.Sha256).ToList();
            if (before.Count == 0) return $"the input '{input.Key.Name}' was not there then";
            if (!before.SequenceEqual(input.Select(i => i.Sha256))) return $"the input '{input.Key.Name}' has changed since";
        }
        if (earlier.Inputs.Count != Inputs.Count) return "it had other inputs";
        if (FitSeed != earlier.FitSeed || SampleSeed != earlier.SampleSeed)
            return $"its seed was {Seeds(earlier)}, not {Seeds(this)}";
        if (Rows != earlier.Rows) return $"it was asked for {Amount(earlier.Rows)}, not {Amount(Rows)}";
        if (Shards != earlier.Shards) return $"it was divided into {earlier.Shards} shards, not {Shards}";
        if (sameProgram && Program != earlier.Program) return $"another build of the program began it ({earlier.Program})";
        return null;
    }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, RunsJson.Default.RunPlan);

    /// <summary>The plan, or null where the bytes are not one.</summary>
    public static RunPlan? FromJson(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RunsJson.Default.RunPlan);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Seeds(RunPlan plan) =>
        plan.FitSeed == plan.SampleSeed ? $"{plan.FitSeed}" : $"{plan.FitSeed} to fit and {plan.SampleSeed} to sample";

    private static string Amount(long? rows) => rows is { } n ? $"{n} rows" : "the spec's rows";
}

[JsonSourceGenerationOptions(WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunPlan))]
internal sealed partial class RunsJson : JsonSerializerContext;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FinishedFile))]
internal sealed partial class JournalJson : JsonSerializerContext;
