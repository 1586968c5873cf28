using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Simulant.Data;
using Simulant.Provenance;

namespace Simulant.Runs;

/// <summary>What stands in a model file beside the engine's own bytes.</summary>
/// <param name="Engine">Name in the engine table.</param>
/// <param name="Program">Version of the program that wrote it.</param>
/// <param name="SpecName">File name of the spec, for messages.</param>
/// <param name="TrainingRows">Rows the engine learned from; 0 for rules.</param>
/// <param name="Rows">Rows the model was laid out for: balance and conditions divide these.</param>
public sealed record ModelHeader(string Engine, string Program, string SpecName, long TrainingRows, long Rows, ulong FitSeed,
    ulong SampleSeed)
{
    /// <summary>The run's name in the privacy ledger; null where nothing was paid.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LedgerRun { get; init; }
}

/// <summary>
/// <c>model.simulant</c>: a zip archive of the header, the spec as written, the schema, the plan of the run that made it (where
/// one did), the engine's payload and, of a network, its weights as safetensors (which were cut out of the payload, and go back
/// into it on reading). Equal models give equal bytes: fixed order, fixed times, no compression (an engine compresses
/// its payload as it sees fit). The header lists the SHA-256 of every other entry, so that damage is found before anything is
/// loaded.
/// </summary>
internal sealed record ModelFile(ModelHeader Header, byte[] Spec, TableSchema Schema, RunPlan? Plan, byte[] Payload)
{
    public const string PublishedName = "model.simulant";
    private const int Format = 2; // 1 had no entry of weights
    private const string HeaderName = "model.json", SpecName = "spec.yaml", SchemaName = "schema.json", PlanName = "plan.json";
    private const string PayloadName = "engine.bin", WeightsName = "weights.safetensors";
    private static readonly DateTimeOffset FixedTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Which bytes of the payload are safetensors; null where none are.</summary>
    public (int Start, int Length)? Weights { get; init; }

    public void Write(Stream to)
    {
        var entries = new List<(string Name, byte[] Bytes)>
        {
            (SpecName, Spec),
            (SchemaName, JsonSerializer.SerializeToUtf8Bytes(Schema, ModelJson.Default.TableSchema)),
        };
        if (Plan is not null) entries.Add((PlanName, Plan.ToJson()));
        if (Weights is var (start, length))
        {
            entries.Add((PayloadName, [.. Payload.AsSpan(0, start), .. Payload.AsSpan(start + length)]));
            entries.Add((WeightsName, Payload.AsSpan(start, length).ToArray()));
        }
        else entries.Add((PayloadName, Payload));
        var envelope = new Envelope(Format, Header,
            new SortedDictionary<string, string>(entries.ToDictionary(e => e.Name, e => FileHash.OfBytes(e.Bytes)),
                StringComparer.Ordinal), Weights?.Start);
        entries.Insert(0, (HeaderName, JsonSerializer.SerializeToUtf8Bytes(envelope, ModelJson.Default.Envelope)));
        using var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, bytes) in entries)
        {
            var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
            entry.LastWriteTime = FixedTime;
            using var stream = entry.Open();
            stream.Write(bytes);
        }
    }

    /// <exception cref="UsageException">The file is missing, foreign, damaged or of a later format; the message says
    /// which.</exception>
    public static ModelFile Read(string path) => Opened(path, zip =>
    {
        var envelope = HeaderOf(path, zip);
        byte[] Checked(string name) => Entry(path, zip, name, envelope);
        var schema = JsonSerializer.Deserialize(Checked(SchemaName), ModelJson.Default.TableSchema)
            ?? throw new UsageException($"{path}: damaged: {SchemaName} is empty");
        var plan = envelope.Entries.ContainsKey(PlanName) ? RunPlan.FromJson(Checked(PlanName)) : null;
        byte[] payload = Checked(PayloadName);
        var file = new ModelFile(envelope.Header, Checked(SpecName), schema, plan, payload);
        if (!envelope.Entries.ContainsKey(WeightsName)) return file;
        byte[] weights = Checked(WeightsName);
        if (envelope.WeightsAt is not { } at || at < 0 || at > payload.Length)
            throw new UsageException($"{path}: damaged: {HeaderName} does not say where the weights belong");
        return file with
        {
            Payload = [.. payload.AsSpan(0, at), .. weights, .. payload.AsSpan(at)],
            Weights = (at, weights.Length),
        };
    });

    /// <summary>The plan alone, or null where the model was fitted without one.</summary>
    public static RunPlan? ReadPlan(string path) => Opened(path, zip =>
    {
        var envelope = HeaderOf(path, zip);
        return envelope.Entries.ContainsKey(PlanName) ? RunPlan.FromJson(Entry(path, zip, PlanName, envelope)) : null;
    });

    private static T Opened<T>(string path, Func<ZipArchive, T> read)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            return read(zip);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"{path}: there is no such model file");
        }
        catch (InvalidDataException e)
        {
            throw new UsageException($"{path}: not a model file, or a damaged one ({e.Message.TrimEnd('.')})");
        }
        catch (JsonException)
        {
            throw new UsageException($"{path}: damaged: a part of the model cannot be read");
        }
    }

    private static Envelope HeaderOf(string path, ZipArchive zip)
    {
        var entry = zip.GetEntry(HeaderName) ?? throw new UsageException($"{path}: not a model file: it holds no {HeaderName}");
        if (JsonSerializer.Deserialize(Bytes(entry), ModelJson.Default.Envelope)
            is not { Header: { Engine: not null, Program: not null, SpecName: not null }, Entries: not null } envelope)
            throw new UsageException($"{path}: damaged: {HeaderName} is not a model's header");
        if (envelope.Format > Format)
            throw new UsageException($"{path}: written in model format {envelope.Format} by {envelope.Header.Program}; "
                + $"this program reads format {Format}, so use a later one");
        return envelope;
    }

    private static byte[] Entry(string path, ZipArchive zip, string name, Envelope envelope)
    {
        var entry = zip.GetEntry(name) ?? throw new UsageException($"{path}: damaged: {name} is missing");
        byte[] bytes = Bytes(entry);
        if (!envelope.Entries.TryGetValue(name, out string? sha256) || sha256 != FileHash.OfBytes(bytes))
            throw new UsageException($"{path}: damaged: {name} is not what was written");
        return bytes;
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}

/// <summary>The header entry of a model file.</summary>
/// <param name="Entries">SHA-256 by entry.</param>
/// <param name="WeightsAt">Where in the payload the weights belong; null where there are none.</param>
internal sealed record Envelope(int Format, ModelHeader Header, SortedDictionary<string, string> Entries, int? WeightsAt = null);

[JsonSourceGenerationOptions(WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true, IgnoreReadOnlyProperties = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(Envelope))]
[JsonSerializable(typeof(TableSchema))]
internal sealed partial class ModelJson : JsonSerializerContext;
