using System.Text.Json;
using System.Text.Json.Nodes;
using Simulant.Data;

namespace Simulant.Provenance;

/// <summary>
/// The record of a run beside its data, <c>manifest.json</c>. Its <c>content</c> is a function of spec, inputs and seeds, and is
/// identified by <see cref="ContentSha256"/>; times and machine stand in <c>run</c>, outside that hash but under their own.
/// </summary>
/// <param name="Content">What was made, from what, and how good it is.</param>
/// <param name="Journal">When and where it was made.</param>
public sealed record Manifest(PublishedRun Content, RunJournal Journal)
{
    public const string FileName = "manifest.json";
    private const string Format = "simulant-manifest-1";

    /// <summary>The hash that names this data set: other sets name their parents by it.</summary>
    public string ContentSha256 => FileHash.OfBytes(CanonicalJson.Write(ManifestJson.Of(Content)));

    /// <summary>The whole file. Reading it back and writing it again gives the same bytes.</summary>
    public byte[] ToBytes()
    {
        var journal = ManifestJson.Of(Journal);
        return CanonicalJson.Write(new JsonObject
        {
            ["format"] = Format,
            ["content"] = ManifestJson.Of(Content),
            ["contentSha256"] = ContentSha256,
            ["run"] = journal,
            ["runSha256"] = FileHash.OfBytes(CanonicalJson.Write(journal)),
        });
    }

    /// <summary>Reads a manifest without judging its hashes; see <see cref="ManifestCheck"/>.</summary>
    /// <param name="path">Named in errors.</param>
    /// <exception cref="DataException">It is not a manifest of this format.</exception>
    public static Manifest Parse(ReadOnlySpan<byte> bytes, string path)
    {
        try
        {
            var root = JsonNode.Parse(bytes) as JsonObject ?? throw new FormatException("it is not a JSON object");
            string? format = root["format"]?.GetValue<string>();
            if (format != Format) throw new FormatException($"its format is '{format}', not '{Format}'");
            return new Manifest(ManifestJson.ReadRun(root["content"]), ManifestJson.ReadJournal(root["run"]));
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or ArgumentException
            or OverflowException)
        {
            throw new DataException($"not a manifest that this version can read: {e.Message}", path, inner: e);
        }
    }

    /// <summary>Reads the manifest of a published directory.</summary>
    /// <exception cref="DataException">There is none, or it cannot be read.</exception>
    public static Manifest Load(string directory)
    {
        string path = Path.Combine(directory, FileName);
        return Parse(ReadFile(path), path);
    }

    internal static byte[] ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"cannot read the manifest: {e.Message}", path, inner: e);
        }
    }
}

/// <summary>When and where a run happened: true of one run, no part of what was made.</summary>
/// <param name="Seconds">Wall seconds by stage, in the order of the stages.</param>
/// <param name="Machine">Facts of the machine: processors, memory, operating system, runtime.</param>
public sealed record RunJournal(
    DateTimeOffset Started, DateTimeOffset Finished,
    IReadOnlyList<KeyValuePair<string, double>> Seconds, IReadOnlyList<KeyValuePair<string, string>> Machine)
{
    public static RunJournal Empty { get; } = new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, [], []);
}
