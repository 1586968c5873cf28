using System.Globalization;
using System.Text.Json.Nodes;
using Simulant.Data;

namespace Simulant.Provenance;

/// <summary>
/// <c>croissant.json</c>: MLCommons' Croissant 1.1 (docs.mlcommons.org/croissant) in JSON-LD, with its responsible-AI vocabulary
/// and W3C PROV-O, so that dataset search, loaders and auditors read the data without asking us.
/// </summary>
public static class Croissant
{
    public const string FileName = "croissant.json";
    private const string Records = "records", DataFiles = "data-files";

    /// <summary>The whole file. Files that would have to hold their own hash (card, manifest, this one) are not listed.</summary>
    public static byte[] Write(PublishedRun run)
    {
        var root = new JsonObject
        {
            ["@context"] = Context(),
            ["@type"] = "sc:Dataset",
            ["conformsTo"] = new JsonArray("http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"),
            ["name"] = run.Name,
            ["description"] = run.Description ?? Described(run),
            ["license"] = License(run.License),
            ["url"] = IsWebAddress(run.Url) ? run.Url : "urn:sha256:" + run.Digest,
            ["creator"] = new JsonObject { ["@type"] = "sc:Organization", ["name"] = run.Creator ?? "not stated" },
        };
        if (run.Citation is { } citation) root["citeAs"] = citation;
        if (run.Published is { } date) root["datePublished"] = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        root["version"] = "1.0.0";
        root["identifier"] = "urn:sha256:" + run.Digest;
        root["isLiveDataset"] = false;
        root["keywords"] = new JsonArray("synthetic data", "tabular", MediaLabel.Of(run));
        root["digitalSourceType"] = new JsonObject { ["@id"] = MediaLabel.UriOf(run) };
        AddProvenance(root, run);
        AddResponsibleAi(root, run);
        root["distribution"] = Distribution(run);
        root["recordSet"] = new JsonArray(RecordSet(run));
        return CanonicalJson.Write(root, sorted: false);
    }

    private static string Described(PublishedRun run) => string.Create(CultureInfo.InvariantCulture,
        $"{(run.RealRows > 0 ? "Real and synthetic" : "Synthetic")} {(run.IsText ? "text set" : run.IsScene ? "scene set" : "table")} of "
        + $"{run.Rows} rows, {(run.RealRows > 0 ? $"{run.RealRows} of them real, the others " : "")}made by "
        + $"{run.MakerWord} {run.Engine} {(run.FittedOnData ? "fitted to real data" : "from rules, without real data")}.");

    /// <summary>The format asks for the address of a known licence where there is one.</summary>
    private static string License(string? license) => license is null ? "not stated"
        : Licenses.Find(license) is { } id ? $"https://spdx.org/licenses/{id}.html" : license;

    private static bool IsWebAddress(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http";

    // The 1.1 specification's own context (its appendix 1), over https, with PROV-O added.
    private static JsonObject Context()
    {
        var context = new JsonObject
        {
            ["@language"] = "en",
            ["@vocab"] = "https://schema.org/",
            ["sc"] = "https://schema.org/",
            ["cr"] = "http://mlcommons.org/croissant/",
            ["rai"] = "http://mlcommons.org/croissant/RAI/",
            ["dct"] = "http://purl.org/dc/terms/",
            ["prov"] = "http://www.w3.org/ns/prov#",
            ["conformsTo"] = "dct:conformsTo",
            ["data"] = new JsonObject { ["@id"] = "cr:data", ["@type"] = "@json" },
            ["dataType"] = new JsonObject { ["@id"] = "cr:dataType", ["@type"] = "@vocab" },
            ["examples"] = new JsonObject { ["@id"] = "cr:examples", ["@type"] = "@json" },
        };
        foreach (string term in (string[])
        [
            "annotation", "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "excludes", "extract", "field",
            "fileProperty", "fileObject", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5",
            "parentField", "readLines", "recordSet", "references", "regex", "sdVersion", "separator", "source", "subField",
            "transform", "unArchive", "value",
        ]) context[term] = "cr:" + term;
        return context;
    }

    private static void AddProvenance(JsonObject root, PublishedRun run)
    {
        var derived = new JsonArray();
        // The held-out part judged the data; nothing derives from it.
        foreach (var input in run.Inputs.Where(f => f.Role != "holdout"))
            derived.Add((JsonNode)Entity(input.Sha256, $"{input.Role}: {input.Name}"));
        foreach (var parent in run.Parents) derived.Add((JsonNode)Entity(parent.ManifestSha256, parent.Name));
        if (derived.Count > 0) root["prov:wasDerivedFrom"] = derived;
        var used = new JsonArray { (JsonNode)Entity(run.SpecSha256, "specification") };
        foreach (var input in run.Inputs) used.Add((JsonNode)new JsonObject { ["@id"] = "urn:sha256:" + Hex(input.Sha256) });
        root["prov:wasGeneratedBy"] = new JsonObject
        {
            ["@type"] = "prov:Activity",
            ["prov:label"] = string.Create(CultureInfo.InvariantCulture,
                $"{run.Command} ({run.MakerWord} {run.Engine}, fit seed {run.FitSeed}, sample seed {run.SampleSeed})"),
            ["prov:used"] = used,
            ["prov:wasAssociatedWith"] = new JsonObject
            {
                ["@type"] = "prov:SoftwareAgent",
                ["prov:label"] = "Simulant " + run.ProgramVersion,
            },
        };
    }

    private static JsonObject Entity(string sha256, string label) =>
        new() { ["@type"] = "prov:Entity", ["@id"] = "urn:sha256:" + Hex(sha256), ["prov:label"] = label };

    // An identifier is an IRI; a hash from elsewhere is kept only where it is one.
    private static string Hex(string text) => Uri.EscapeDataString(text);

    private static void AddResponsibleAi(JsonObject root, PublishedRun run)
    {
        root["rai:hasSyntheticData"] = true;
        root["rai:dataCollection"] = "No new observation was made. " + Described(run);
        root["rai:dataCollectionType"] = new JsonArray("Synthetic data");
        root["rai:dataBiases"] = run.FittedOnData
            ? "Repeats the biases, gaps and errors of the data it was fitted to, and may add its engine's own."
            : "Follows the stated rules; real populations may differ from them.";
        var personal = run.Schema.Columns.Where(c => c.Personal != PersonalData.None).Select(c => c.Name).ToList();
        root["rai:personalSensitiveInformation"] = personal.Count == 0
            ? "No column was recognised as directly personal."
            : "Generated values, never learned from the source, stand in: " + string.Join(", ", personal);
        var limits = new JsonArray
        {
            "No privacy guarantee is claimed; distance, copy and membership figures are diagnostics.",
        };
        foreach (string text in run.NotChecked) limits.Add("Not checked: " + text);
        foreach (string text in run.Notes) limits.Add(text);
        root["rai:dataLimitations"] = limits;
        root["rai:dataUseCases"] = new JsonArray(
            "Training and testing of models and software, within the figures of report.json.");
        root["rai:dataReleaseMaintenancePlan"] = "Static. The command in prov:wasGeneratedBy makes the same rows again.";
    }

    private static JsonArray Distribution(PublishedRun run)
    {
        var files = new JsonArray();
        foreach (var file in run.Outputs.Where(f => f.Path is not (FileName or DatasetCard.FileName or Manifest.FileName)))
        {
            files.Add((JsonNode)new JsonObject
            {
                ["@type"] = "cr:FileObject",
                ["@id"] = file.Path,
                ["name"] = file.Path,
                ["contentUrl"] = file.Path,
                ["contentSize"] = string.Create(CultureInfo.InvariantCulture, $"{file.Bytes} B"),
                ["encodingFormat"] = MediaTypeOf(file.Path),
                ["sha256"] = file.Sha256,
            });
        }
        var data = run.Outputs.Where(f => f.IsData).ToList();
        if (data.Count > 1)
        {
            files.Add((JsonNode)new JsonObject
            {
                ["@type"] = "cr:FileSet",
                ["@id"] = DataFiles,
                ["name"] = DataFiles,
                ["encodingFormat"] = MediaTypeOf(data[0].Path),
                ["includes"] = "data/train-*" + Path.GetExtension(data[0].Path),
            });
        }
        return files;
    }

    private static JsonObject RecordSet(PublishedRun run)
    {
        var data = run.Outputs.Where(f => f.IsData).ToList();
        bool lines = data.Count > 0 && Path.GetExtension(data[0].Path) == ".jsonl";
        var fields = new JsonArray();
        foreach (var column in run.Schema.Columns)
        {
            var source = new JsonObject();
            if (data.Count == 1) source["fileObject"] = new JsonObject { ["@id"] = data[0].Path };
            if (data.Count > 1) source["fileSet"] = new JsonObject { ["@id"] = DataFiles };
            source["extract"] = lines
                ? new JsonObject { ["jsonPath"] = "$['" + column.Name.Replace("\\", "\\\\").Replace("'", "\\'") + "']" }
                : new JsonObject { ["column"] = column.Name };
            fields.Add((JsonNode)new JsonObject
            {
                ["@type"] = "cr:Field",
                // Names hold anything; identifiers are IRIs, and escaping keeps them distinct.
                ["@id"] = Records + "/" + Uri.EscapeDataString(column.Name),
                ["name"] = column.Name,
                ["dataType"] = TypeOf(column.Kind),
                ["source"] = source,
            });
        }
        return new JsonObject { ["@type"] = "cr:RecordSet", ["@id"] = Records, ["name"] = Records, ["field"] = fields };
    }

    private static string TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Integer => "sc:Integer",
        ColumnKind.Decimal => "sc:Float",
        ColumnKind.Boolean => "sc:Boolean",
        ColumnKind.Date => "sc:Date",
        ColumnKind.Time => "sc:Time",
        ColumnKind.Timestamp => "sc:DateTime",
        _ => "sc:Text",
    };

    private static string MediaTypeOf(string path) => Path.GetExtension(path) switch
    {
        ".parquet" => "application/vnd.apache.parquet",
        ".csv" => "text/csv",
        ".jsonl" => "application/jsonlines",
        ".json" => "application/json",
        ".html" => "text/html",
        ".md" => "text/markdown",
        _ => "application/octet-stream",
    };
}
