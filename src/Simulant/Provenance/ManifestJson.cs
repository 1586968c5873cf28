using System.Globalization;
using System.Text.Json.Nodes;
using Simulant.Data;

namespace Simulant.Provenance;

/// <summary>The manifest's records as JSON and back; every member is written, so a round trip is exact.</summary>
internal static class ManifestJson
{
    /// <summary>The whole numbers that all readers of JSON agree on.</summary>
    private const long MostCounted = 1L << 53;

    public static JsonObject Of(PublishedRun run)
    {
        var json = Plain(run);
        if (run.Tries.Count > 0) json["tries"] = List(run.Tries, Of);
        if (run.Asked is { } asked) json["asked"] = AskedJson.Of(asked);
        if (run.Privacy is { } paid) json["privacy"] = PrivacyJson.Of(paid);
        if (run.Declared.Count > 0) json["declared"] = Map(run.Declared, v => JsonValue.Create(v));
        return json;
    }

    public static JsonObject Of(EngineTry one) => new()
    {
        ["engine"] = one.Engine,
        ["chosen"] = one.Chosen,
        ["outcome"] = one.Outcome,
        ["metrics"] = Map(one.Figures, v => CanonicalJson.Number(v)),
    };

    private static JsonObject Plain(PublishedRun run) => new()
    {
        ["name"] = run.Name,
        ["kind"] = run.Kind,
        ["description"] = run.Description,
        ["license"] = run.License,
        ["creator"] = run.Creator,
        ["citation"] = run.Citation,
        ["url"] = run.Url,
        ["published"] = run.Published?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["programVersion"] = run.ProgramVersion,
        ["command"] = run.Command,
        ["specSha256"] = run.SpecSha256,
        ["engine"] = new JsonObject
        {
            ["name"] = run.Engine,
            ["fittedOnData"] = run.FittedOnData,
            ["options"] = Map(run.EngineOptions, v => JsonValue.Create(v)),
        },
        ["seed"] = new JsonObject { ["fit"] = run.FitSeed, ["sample"] = run.SampleSeed },
        ["rows"] = Rows(run),
        ["schema"] = Of(run.Schema),
        ["digest"] = run.Digest,
        ["inputs"] = List(run.Inputs, Of),
        ["outputs"] = List(run.Outputs, Of),
        ["metrics"] = List(run.Figures, Of),
        ["rejections"] = Map(run.Rejections, v => JsonValue.Create(v)),
        ["parents"] = List(run.Parents, p => new JsonObject { ["name"] = p.Name, ["manifestSha256"] = p.ManifestSha256 }),
        ["generation"] = run.Generation,
        ["instructionSet"] = run.InstructionSet,
        ["notChecked"] = List(run.NotChecked, t => JsonValue.Create(t)),
        ["notes"] = List(run.Notes, t => JsonValue.Create(t)),
        ["verdict"] = VerdictText(run.Verdict),
    };

    public static string VerdictText(Verdict verdict) => verdict switch
    {
        Verdict.Passed => "passed",
        Verdict.Rejected => "rejected",
        _ => "no gates",
    };

    public static JsonObject Of(Figure figure)
    {
        var json = new JsonObject
        {
            ["name"] = figure.Name,
            ["value"] = CanonicalJson.Number(figure.Value),
            ["reference"] = CanonicalJson.Number(figure.Reference),
            ["low"] = CanonicalJson.Number(figure.Low),
            ["high"] = CanonicalJson.Number(figure.High),
            ["direction"] = figure.Direction,
            ["n"] = figure.Count,
        };
        if (figure.Gate is not null) json["gate"] = figure.Gate;
        if (figure.Passed is { } passed) json["passed"] = passed;
        return json;
    }

    public static JsonObject Of(RunJournal journal) => new()
    {
        ["started"] = journal.Started.ToString("O", CultureInfo.InvariantCulture),
        ["finished"] = journal.Finished.ToString("O", CultureInfo.InvariantCulture),
        ["seconds"] = List(journal.Seconds,
            s => new JsonObject { ["stage"] = s.Key, ["seconds"] = CanonicalJson.Number(s.Value) }),
        ["machine"] = Map(journal.Machine, v => JsonValue.Create(v)),
    };

    private static JsonObject Of(TableSchema schema) => new()
    {
        ["name"] = schema.Name,
        ["columns"] = List(schema.Columns, c => new JsonObject
        {
            ["name"] = c.Name,
            ["kind"] = c.Kind.ToString(),
            ["role"] = c.Role.ToString(),
            ["decimals"] = c.Decimals,
            ["ordered"] = c.Ordered,
            ["minimum"] = c.Minimum is { } low ? CanonicalJson.Number(low) : null,
            ["maximum"] = c.Maximum is { } high ? CanonicalJson.Number(high) : null,
            ["missingText"] = c.MissingText,
            ["personal"] = c.Personal.ToString(),
            ["format"] = c.Format,
        }),
    };

    private static JsonObject Of(InputFile file) => new()
    {
        ["role"] = file.Role,
        ["name"] = file.Name,
        ["sha256"] = file.Sha256,
        ["bytes"] = file.Bytes,
        ["rows"] = file.Rows,
        ["digest"] = file.Digest,
    };

    private static JsonObject Of(OutputFile file) => new()
    {
        ["path"] = file.Path,
        ["sha256"] = file.Sha256,
        ["bytes"] = file.Bytes,
        ["rows"] = file.Rows,
    };

    public static PublishedRun ReadRun(JsonNode? node)
    {
        var json = Object(node, "content");
        var engine = Object(json["engine"], "engine");
        var seed = Object(json["seed"], "seed");
        var rows = Object(json["rows"], "rows");
        return new PublishedRun
        {
            Name = Text(json, "name"),
            Kind = Text(json, "kind"),
            Description = MaybeText(json, "description"),
            License = MaybeText(json, "license"),
            Creator = MaybeText(json, "creator"),
            Citation = MaybeText(json, "citation"),
            Url = MaybeText(json, "url"),
            Published = MaybeText(json, "published") is { } date
                ? DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
            ProgramVersion = Text(json, "programVersion"),
            Command = Text(json, "command"),
            SpecSha256 = Text(json, "specSha256"),
            Engine = Text(engine, "name"),
            FittedOnData = Value<bool>(engine, "fittedOnData"),
            EngineOptions = ReadMap(engine, "options", n => n.GetValue<string>()),
            FitSeed = Value<ulong>(seed, "fit"),
            SampleSeed = Value<ulong>(seed, "sample"),
            RequestedRows = Count(rows, "requested"),
            Rows = Count(rows, "delivered"),
            RealRows = MaybeLong(rows, "real") ?? 0,
            TrainingRows = Count(rows, "training"),
            HoldoutRows = Count(rows, "holdout"),
            Schema = ReadSchema(Object(json["schema"], "schema")),
            Digest = Text(json, "digest"),
            Inputs = ReadList(json, "inputs", f => new InputFile(Text(f, "role"), Text(f, "name"), Text(f, "sha256"),
                Count(f, "bytes"), MaybeLong(f, "rows"), MaybeText(f, "digest"))),
            Outputs = Summable(ReadList(json, "outputs", f => new OutputFile(Text(f, "path"), Text(f, "sha256"),
                Count(f, "bytes"), MaybeLong(f, "rows")))),
            Figures = ReadList(json, "metrics", ReadFigure),
            Rejections = ReadMap(json, "rejections", n => n.GetValue<long>()),
            Parents = ReadList(json, "parents", p => new ParentSet(Text(p, "name"), Text(p, "manifestSha256"))),
            Generation = Value<int>(json, "generation"),
            InstructionSet = Text(json, "instructionSet"),
            Tries = json["tries"] is null ? [] : ReadList(json, "tries", t => new EngineTry(Text(t, "engine"), Value<bool>(t, "chosen"),
                Text(t, "outcome"), ReadList(t, "metrics", m => KeyValuePair.Create(Text(m, "name"), Real(m, "value"))))),
            Asked = json["asked"] is null ? null : AskedJson.Read(Object(json["asked"], "asked")),
            Privacy = json["privacy"] is null ? null : PrivacyJson.Read(Object(json["privacy"], "privacy")),
            Declared = json["declared"] is null ? [] : ReadMap(json, "declared", n => n.GetValue<string>()),
            NotChecked = ReadTexts(json, "notChecked"),
            Notes = ReadTexts(json, "notes"),
            Verdict = ReadVerdict(Text(json, "verdict")),
        };
    }

    public static RunJournal ReadJournal(JsonNode? node)
    {
        var json = Object(node, "run");
        return new RunJournal(
            DateTimeOffset.ParseExact(Text(json, "started"), "O", CultureInfo.InvariantCulture),
            DateTimeOffset.ParseExact(Text(json, "finished"), "O", CultureInfo.InvariantCulture),
            ReadList(json, "seconds", s => KeyValuePair.Create(Text(s, "stage"), Real(s, "seconds"))),
            ReadMap(json, "machine", n => n.GetValue<string>()));
    }

    private static Figure ReadFigure(JsonObject json) => new(
        Text(json, "name"), Real(json, "value"), Real(json, "reference"), Real(json, "low"), Real(json, "high"),
        Text(json, "direction"), Value<long>(json, "n"), MaybeText(json, "gate"), json["passed"]?.GetValue<bool>());

    private static TableSchema ReadSchema(JsonObject json) => new(Text(json, "name"), ReadList(json, "columns", c =>
        new ColumnSchema(Text(c, "name"), Enum.Parse<ColumnKind>(Text(c, "kind")))
        {
            Role = Enum.Parse<ColumnRole>(Text(c, "role")),
            Decimals = Value<int>(c, "decimals"),
            Ordered = Value<bool>(c, "ordered"),
            Minimum = c["minimum"] is null ? null : Real(c, "minimum"),
            Maximum = c["maximum"] is null ? null : Real(c, "maximum"),
            MissingText = Text(c, "missingText"),
            Personal = Enum.Parse<PersonalData>(Text(c, "personal")),
            Format = MaybeText(c, "format"),
        }));

    private static Verdict ReadVerdict(string text) => text switch
    {
        "passed" => Verdict.Passed,
        "rejected" => Verdict.Rejected,
        "no gates" => Verdict.NoGates,
        _ => throw new FormatException($"unknown verdict '{text}'"),
    };

    private static JsonObject Object(JsonNode? node, string what) =>
        node as JsonObject ?? throw new FormatException($"'{what}' is missing or not an object");

    private static T Value<T>(JsonObject json, string name) =>
        Present(json[name], name).GetValue<T>();

    internal static string Text(JsonObject json, string name) => Value<string>(json, name);

    internal static string? MaybeText(JsonObject json, string name) => json[name]?.GetValue<string>();

    private static JsonObject Rows(PublishedRun run)
    {
        var rows = new JsonObject
        {
            ["requested"] = run.RequestedRows,
            ["delivered"] = run.Rows,
            ["training"] = run.TrainingRows,
            ["holdout"] = run.HoldoutRows,
        };
        if (run.RealRows > 0) rows["real"] = run.RealRows;
        return rows;
    }

    private static long? MaybeLong(JsonObject json, string name) => json[name] is null ? null : Count(json, name);

    internal static long Count(JsonObject json, string name)
    {
        long count = Value<long>(json, name);
        return count is >= 0 and <= MostCounted ? count : throw new FormatException($"'{name}' is {count}, not a count");
    }

    private static IReadOnlyList<OutputFile> Summable(IReadOnlyList<OutputFile> files)
    {
        Int128 bytes = 0, rows = 0;
        foreach (var file in files) (bytes, rows) = (bytes + file.Bytes, rows + (file.Rows ?? 0));
        return bytes <= MostCounted && rows <= MostCounted ? files : throw new FormatException("the sizes of 'outputs' are no sizes");
    }

    private static double Real(JsonObject json, string name) => json[name] switch
    {
        null => double.NaN,
        var node when node.GetValueKind() == System.Text.Json.JsonValueKind.String => node.GetValue<string>() switch
        {
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var text => throw new FormatException($"'{name}' is '{text}', not a number"),
        },
        var node => node.GetValue<double>(),
    };

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> write) => new([.. items.Select(write)]);

    // Names may repeat in hostile input; a list of pairs loses nothing, and keeps the order that the writer chose.
    private static JsonArray Map<T>(IEnumerable<KeyValuePair<string, T>> pairs, Func<T, JsonNode?> write) =>
        new([.. pairs.Select(p => new JsonObject { ["name"] = p.Key, ["value"] = write(p.Value) })]);

    internal static IReadOnlyList<T> ReadList<T>(JsonObject json, string name, Func<JsonObject, T> read) =>
        json[name] is JsonArray list
            ? [.. list.Select(item => read(Object(item, name)))]
            : throw new FormatException($"'{name}' is missing or not a list");

    private static IReadOnlyList<string> ReadTexts(JsonObject json, string name) =>
        json[name] is JsonArray list
            ? [.. list.Select(item => Present(item, name).GetValue<string>())]
            : throw new FormatException($"'{name}' is missing or not a list");

    private static IReadOnlyList<KeyValuePair<string, T>> ReadMap<T>(JsonObject json, string name, Func<JsonNode, T> read) =>
        ReadList(json, name, p => KeyValuePair.Create(Text(p, "name"), read(Present(p["value"], name))));

    private static JsonNode Present(JsonNode? node, string what) =>
        node ?? throw new FormatException($"'{what}' holds a null");
}
