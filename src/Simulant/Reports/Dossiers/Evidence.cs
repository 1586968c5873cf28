using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Simulant.Data;
using Simulant.Provenance;

namespace Simulant.Reports.Dossiers;

/// <summary>The two files that a dossier draws on, and what stands where in them.</summary>
internal sealed class Evidence
{
    private const int LongestText = 4000;
    private readonly JsonNode _manifest, _report;
    private readonly Dictionary<string, int> _metrics = new(StringComparer.Ordinal);

    /// <exception cref="DataException">A file is no JSON, or the report tells other metrics than the manifest.</exception>
    public Evidence(ReadOnlySpan<byte> manifest, ReadOnlySpan<byte> report)
    {
        _manifest = Parse(manifest, Manifest.FileName);
        _report = Parse(report, JsonReport.FileName);
        var told = List(Manifest.FileName, "/content/metrics").Select(m => _manifest.At(m)).ToList();
        var metrics = List(JsonReport.FileName, "/metrics").Select(m => _report.At(m)).ToList();
        bool same = told.Count == metrics.Count && told.Zip(metrics).All(m => new[] { "name", "value", "reference", "low", "high", "n" }
            .All(key => JsonNode.DeepEquals(m.First?[key], m.Second?[key])));
        if (!same) throw new DataException($"its metrics are not those of {Manifest.FileName}", JsonReport.FileName);
        for (int i = 0; i < metrics.Count; i++) _metrics[metrics[i]!["name"]!.GetValue<string>()] = i;
    }

    private static JsonNode Parse(ReadOnlySpan<byte> bytes, string name)
    {
        try
        {
            return JsonNode.Parse(bytes) as JsonObject ?? throw new JsonException("it is no JSON object");
        }
        catch (JsonException e)
        {
            throw new DataException($"cannot be read: {e.Message}", name, inner: e);
        }
    }

    /// <summary>Place of a metric in the report; null where it was not measured there, or not evaluated.</summary>
    public string? Metric(string name) =>
        _metrics.TryGetValue(name, out int i) && Node(JsonReport.FileName, $"/metrics/{i}/value") is not null ? $"/metrics/{i}" : null;

    /// <summary>Places of metrics that were asked for and not evaluated.</summary>
    public IEnumerable<string> NotEvaluated => _metrics.Values.Order().Select(i => $"/metrics/{i}")
        .Where(m => Node(JsonReport.FileName, m + "/notEvaluated") is not null);

    public IEnumerable<string> Metrics(string prefix) => _metrics.Where(m => m.Key.StartsWith(prefix, StringComparison.Ordinal))
        .OrderBy(m => m.Value).Select(m => m.Key);

    public JsonNode? Node(string file, string pointer) => (file == Manifest.FileName ? _manifest : _report).At(pointer);

    /// <summary>Places of the entries of a list; none where there is no list.</summary>
    public IEnumerable<string> List(string file, string pointer) =>
        Enumerable.Range(0, (Node(file, pointer) as JsonArray)?.Count ?? 0).Select(i => $"{pointer}/{i}");

    public bool Has(string file, string pointer) => Node(file, pointer) is not null;

    // Each of these says how one kind of value is said; a value that is not there is said as a dash.

    public Cited Text(string file, string pointer) => Cite(file, pointer, v => PlainText.OneLine(v.ToString(), LongestText));

    public Cited Count(string file, string pointer) => Cite(file, pointer, v => Words.Count((long)v.GetValue<double>()));

    public Cited Percent(string file, string pointer) => Cite(file, pointer, v => Words.Percent(Real(v)));

    public Cited Number(string file, string pointer) => Cite(file, pointer, v => Words.Number(Real(v)));

    /// <summary>A number of a column, as its kind writes it: days as dates.</summary>
    public Cited Stored(string file, string pointer, ColumnKind kind) => Cite(file, pointer, v => Words.Stored(kind, Real(v)));

    /// <summary>A value of a metric, as its report says it.</summary>
    public Cited Figure(string metric, string key) => Cite(JsonReport.FileName, $"{Metric(metric)}/{key}",
        v => Words.Value(metric, Real(v)));

    public Cited Name(string metric) => Cite(JsonReport.FileName, $"{Metric(metric)}/name", _ => Words.Label(metric));

    public Cited YesNo(string file, string pointer) => Cite(file, pointer, v => v.GetValue<bool>() ? "yes" : "no");

    /// <summary>How many entries a list has.</summary>
    public Cited Length(string file, string pointer)
    {
        int count = (Node(file, pointer) as JsonArray)?.Count ?? 0;
        return new(file, pointer, JsonValue.Create(count), count.ToString("N0", CultureInfo.InvariantCulture));
    }

    private Cited Cite(string file, string pointer, Func<JsonNode, string> show)
    {
        var node = Node(file, pointer);
        return new(file, pointer, node?.DeepClone(), node is null ? "–" : show(node));
    }

    private static double Real(JsonNode node) => node.GetValueKind() == JsonValueKind.String
        ? node.GetValue<string>() == "Infinity" ? double.PositiveInfinity : double.NegativeInfinity
        : node.GetValue<double>();
}

/// <summary>JSON pointers (RFC 6901), as far as our own files need them.</summary>
internal static class JsonPointer
{
    public static JsonNode? At(this JsonNode root, string pointer)
    {
        JsonNode? at = root;
        foreach (string step in pointer.Split('/').Skip(1))
        {
            at = at switch
            {
                JsonObject map => map[step],
                JsonArray list when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int i) && i < list.Count
                    => list[i],
                _ => null,
            };
        }
        return at;
    }
}
