using Simulant.Data;
using Simulant.Provenance;

namespace Simulant.Tests.Provenance;

/// <summary>Finished runs made up for tests, ordinary and hostile.</summary>
internal static class SampleRuns
{
    /// <summary>Texts that break documents which do not escape.</summary>
    public static readonly string[] HostileNames =
    [
        "plain", "with space", "quote\"s", "apostrophe's", "back\\slash", "new\nline", "carriage\r\nreturn", "tab\there",
        "<script>alert(1)</script>", "</title></svg>", "]]>", "<!-- c -->", "&amp;", "a|b", "`code`", "**bold**", "[l](http://x)",
        "# heading", "- item", "--- ", "...", "key: value", "yes", "null", "1e5", "~", "!!tag", "&anchor", "*alias", "{a}", "[b]",
        "%d", "@at", "'; DROP TABLE x; --", "ünïcödé 名前 🙂", "\u0001\u0007control", "\u2028\u2029\u0085", "\uFEFFbom", "", " ",
        "javascript:alert(1)", "\"><img src=x onerror=y>", "{{template}}", "${x}", "$(id)", "\uFFFE\uFFFF",
    ];

    public static PublishedRun Ordinary() => new()
    {
        Name = "adult",
        ProgramVersion = "0.1.0",
        Command = "simulant make spec.yaml --seed 7",
        SpecSha256 = FileHash.OfText("spec"),
        Engine = "trees",
        EngineOptions = [new("leaf", "40"), new("trees", "4")],
        FittedOnData = true,
        FitSeed = 7,
        SampleSeed = ulong.MaxValue,
        RequestedRows = 100,
        Rows = 98,
        TrainingRows = 80,
        HoldoutRows = 20,
        Schema = new TableSchema("adult",
        [
            new ColumnSchema("age", ColumnKind.Integer) { Minimum = 17, Maximum = double.PositiveInfinity },
            new ColumnSchema("score", ColumnKind.Decimal) { Decimals = 2 },
            new ColumnSchema("born", ColumnKind.Date),
            new ColumnSchema("income", ColumnKind.Category) { Role = ColumnRole.Target },
        ]),
        Digest = FileHash.OfText("digest"),
        Inputs = [new("train", "adult.csv", FileHash.OfText("a"), 12, 80, FileHash.OfText("b"))],
        Outputs =
        [
            new("data/train-00000-of-00001.parquet", FileHash.OfText("p"), 1, 98), new("model.simulant", FileHash.OfText("m"), 1),
        ],
        Figures =
        [
            new("fidelity.shapes", .995, .993, .994, .996, "higher", 4, ">= 0.9", true),
            new("utility.tstr", double.NaN, double.NaN, double.NaN, double.NaN, "higher", 0),
        ],
        Rejections = [new("capital-gain >= 0", 3)],
        Parents = [new("older", FileHash.OfText("parent"))],
        Generation = 2,
        InstructionSet = "AVX-512",
        NotChecked = ["Nothing is known of columns the source lacks."],
        Notes = ["Column 'name' holds generated names."],
        Verdict = Verdict.Passed,
    };

    public static PublishedRun Hostile()
    {
        var kinds = Enum.GetValues<ColumnKind>();
        var columns = HostileNames.Select((name, i) => new ColumnSchema(name, kinds[i % kinds.Length])).ToList();
        return Ordinary() with
        {
            Name = HostileNames[8] + "\n---\n" + HostileNames[2],
            Description = string.Join(" ", HostileNames),
            License = "x: y\n---",
            Creator = HostileNames[8],
            Citation = "```\n</code><script>" + string.Join("\n", HostileNames),
            Url = "javascript:alert(\"1\")",
            Command = "simulant make '</code><script>'",
            Engine = "<b>",
            Schema = new TableSchema("t", columns),
            Rejections = [.. HostileNames.Select(n => KeyValuePair.Create(n, 1L))],
            Notes = HostileNames,
            NotChecked = HostileNames,
            Parents = [.. HostileNames.Select(n => new ParentSet(n, n))],
            Inputs = [.. HostileNames.Select(n => new InputFile(n, n, FileHash.OfText(n), 1, 1, null))],
            EngineOptions = [.. HostileNames.Select(n => KeyValuePair.Create(n, n))],
        };
    }
}
