using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Privacy.Ledger;
using Simulant.Provenance;
using Simulant.Runs;
using Simulant.Validation;
using Simulant.Validation.Attacks;
using Xunit;

namespace Simulant.Tests.Runs;

/// <summary>
/// The program calls neither data nor a model by the word: every command is run, and all that it prints and writes is read. Once with data
/// of plain names, where the word must not occur at all; once with a column and a value of that name, which are masked.
/// </summary>
public sealed partial class WordTests
{
    private static readonly string[] Commands = ["init", "check", "make", "verify", "fit", "sample", "score", "evaluate", "audit", "drift",
        "collapse", "dossier", "show"];

    /// <param name="Named">Whether a column is called <c>private sector</c> and a value <c>Private</c>, as one of Adult is.</param>
    private sealed record Setting(TempFolder Folder, bool Named, string Description = "People who smoke.")
    {
        public string Text(string plain) => !Named ? plain : plain.Replace("young", "Private", StringComparison.Ordinal)
            .Replace("group", "private sector", StringComparison.Ordinal);

        public string At(string name) => Folder[name];
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_output_of_any_command_says_the_word(bool named)
    {
        using var folder = new TempFolder();
        var said = Everything(new Setting(folder, named));
        Assert.All(Commands, c => Assert.Contains(said, s => s.Where.StartsWith(c + " ", StringComparison.Ordinal)));
        foreach (string kind in new[] { ".html", ".json", ".md", ".csv", ".simulant:spec.yaml", "simulant.ledger", "internal/report.html" })
            Assert.Contains(said, s => s.Where.EndsWith(kind, StringComparison.Ordinal));
        Assert.Equal(named, said.Any(s => s.Text.Contains("Private", StringComparison.Ordinal)));
        foreach (var (where, text) in said)
            Assert.False(Claims.Of(Masked(text)).Any(), $"{where}: …{Claims.Of(Masked(text)).FirstOrDefault()}…");
    }

    /// <summary>The test reads what it says it reads: a claim that the spec's author makes is found wherever it is repeated.</summary>
    [Fact]
    public void A_claim_would_be_found_wherever_it_stood()
    {
        using var folder = new TempFolder();
        var said = Everything(new Setting(folder, Named: true, "The rows are private, and anonymised."));
        string[] found = [.. said.Where(s => Claims.Of(Masked(s.Text)).Count() >= 2).Select(s => s.Where)];
        foreach (string file in new[] { "out/report.html", "out/README.md", "out/manifest.json", "out/croissant.json", "dossier.html",
            "dossier.json", "out/model.simulant:spec.yaml", "paid/report.html", "paid/internal/report.html" })
            Assert.Contains(found, f => f.EndsWith(file, StringComparison.Ordinal));
        Assert.Contains(found, f => f.StartsWith("dossier ", StringComparison.Ordinal));
        Assert.NotEmpty(Claims.Of(Masked("private sector: Private rows are private")));
        Assert.Empty(Claims.Of(Masked("private sector = Private, private%20sector")));
    }

    [Fact]
    public void The_word_takes_a_ledger_and_a_passed_audit()
    {
        using var folder = new TempFolder();
        var setting = new Setting(folder, Named: false);
        Furnish(setting);
        Assert.Equal(0, TestBench.Run("make", setting.At("mst.yaml"), "-o", setting.At("paid")).Code);
        Assert.Equal(0, TestBench.Run("make", setting.At("trees.yaml"), "-o", setting.At("out")).Code);
        const string word = @"differentially private \(epsilon 1, delta 1E-06, per row\); audited: \d+ attacks \(.*\), which would "
            + @"have seen a leak of 0\.\d+";
        Printed Audit(string synthetic, string train = "people.csv", string ledger = "simulant.ledger") => TestBench.Run("audit", "--train",
            folder[train], "--synthetic", folder[synthetic], "--ledger", folder[ledger]);
        var passed = Audit("paid");
        Assert.Equal(0, passed.Code);
        Assert.Matches(word, passed.Out);
        var json = TestBench.Run("audit", "--train", folder["people.csv"], "--synthetic", folder["paid"], "--ledger",
            folder["simulant.ledger"], "--holdout", folder["holdout.csv"], "--json").Json;
        Assert.Matches($"^{word}$", (string)json["word"]!);

        // Without a ledger that has the run, without the rows that it learned from, without a folder that verifies: no word.
        (int, string)[] refused =
        [
            (2, Audit("paid", ledger: "no.ledger").Error), (2, Audit("out").Error), (2, Audit("people.csv").Error),
            (3, Audit("paid", train: "fresh.csv").Error),
            (2, TestBench.Run("audit", "--train", folder["people.csv"], "--synthetic", folder["fresh.csv"]).Error),
        ];
        string[] why = ["does not have the run that made", "was made without 'privacy'",
            "with --ledger, --synthetic names a published folder",
            "these are not the rows that the run learned from", "--holdout is missing"];
        Assert.All(refused.Zip(why), r => Assert.Contains(r.Second, r.First.Item2, StringComparison.Ordinal));
        Assert.Equal(3, Audit("paid", train: "fresh.csv").Code);
        File.AppendAllText(folder["paid/README.md"], "!");
        Assert.Contains("is not what it says it is", Audit("paid").Error, StringComparison.Ordinal);

        // Nor with an audit that found a leak: the audit makes none of its half.
        Assert.NotNull(Pass(folder, "fresh.csv"));
        Assert.Null(Pass(folder, "people.csv"));
    }

    [Theory]
    [InlineData("", "", false)] // not asked for
    [InlineData(", tell_audit: true", "", true)]
    [InlineData(", tell_audit: true", "validate: { attack_rows: 100 }", true)]
    public void A_run_says_what_it_earned_where_it_is_asked_to(string key, string more, bool says)
    {
        using var folder = new TempFolder();
        folder.Write("people.csv", People("people"));
        folder.Write("spec.yaml", PrivacyTests.Spec(privacy: "epsilon: 1, delta: 1e-6" + key, more: more));
        var printed = TestBench.Run("make", folder["spec.yaml"], "-o", folder["out"]);
        Assert.True(printed.Code == 0, printed.Error);
        string? earned = Manifest.Load(folder["out"]).Content.Privacy!.Earned;
        Assert.Equal(says, earned is not null);
        if (says) Assert.Matches(@"^differentially private \(epsilon 1, delta 1E-06, per row\); audited: \d+ attacks ", earned);
        foreach (string file in new[] { "manifest.json", "report.html", "README.md" })
        {
            string[] claims = [.. Claims.Of(File.ReadAllText(folder[$"out/{file}"]))];
            Assert.True(says == claims.Length > 0, $"{file}: {string.Join(" | ", claims)}");
        }
        Assert.Null(TestBench.Verify(folder["out"]).Difference);
        Assert.Equal(0, TestBench.Run("dossier", folder["out"], "-o", folder["dossier.html"]).Code);
        Assert.Equal(says, Claims.Of(File.ReadAllText(folder["dossier.html"])).Any());
    }

    /// <summary>An audit that finds a leak earns nothing: rows that the engine copies, under a promise that it does not keep.</summary>
    [Fact]
    public void A_run_whose_audit_failed_or_was_left_out_says_nothing()
    {
        using var folder = new TempFolder();
        folder.Write("people.csv", People("people"));
        string spec = folder.Write("spec.yaml", PrivacyTests.Spec(privacy: "epsilon: 1, delta: 1e-6, tell_audit: true",
            more: "validate: { only: [fidelity.shapes] }"));
        var refused = TestBench.Run("make", spec, "-o", folder["out"]);
        Assert.Equal(2, refused.Code);
        Assert.Contains("add attack.leak", refused.Error, StringComparison.Ordinal);

        Table Of(string name) => TableReader.Read(folder.Write(name + ".csv", People(name)), new ReadOptions(), default).Table;
        var real = new RealData(Of("people"), new HeldOut(Of("holdout")), []);
        var ledger = new PrivacyLedger(folder["a.ledger"], _ => { }, default);
        var line = new LedgerLine("run") { Source = LogicalDigest.Of(real.Training), Unit = "row", Epsilon = 1, Delta = 1e-6, Rho = 1 };
        string run = RunLog.Open(ledger, line, null, null, () => "").Name;
        AuditResult Audited(Table made) => Audit.Run(new Evaluation(Dataset.Of(real.Training), Dataset.Of(real.Holdout.ForJudging),
            Dataset.Of(made)), new AuditOptions(), new RunContext(1, 1, Quiet.Instance, default));
        Assert.NotNull(Earning.Word(ledger, run, real, Audited(Of("fresh"))));
        Assert.Null(Earning.Word(ledger, run, real, Audited(real.Training)));
        Assert.Null(Earning.Word(ledger, run, real, null));
        Assert.Null(Earning.Word(ledger, "another", real, Audited(Of("fresh"))));
        Assert.Null(Earning.Word(ledger, run, real with { Training = Of("others") }, Audited(Of("fresh"))));
    }

    private static AuditPass? Pass(TempFolder folder, string rows) => TestBench.Corridor().Audit(
        new AuditRequest(folder["people.csv"], folder["holdout.csv"], folder[rows]), Quiet.Instance, default).Pass;

    private static string Masked(string text) => Name().Replace(text, "");

    // The column's name however it is joined, and the value alone: not where a word of prose follows it.
    [GeneratedRegex(@"[Pp]rivate[^A-Za-z0-9]{1,6}(20)?sector|\bPrivate\b(?! (data|rows|records|models?|sets?|synthetic)\b)")]
    private static partial Regex Name();

    /// <summary>300 people, of the same kind under each name and nobody twice.</summary>
    private static string People(string name)
    {
        var random = new RandomStream(5, name);
        var text = new StringBuilder("age,group,score,smokes\n");
        for (int row = 0; row < 300; row++)
        {
            int age = 18 + random.Below(60, row, 0);
            string group = age < 30 ? "young" : age < 55 ? "middle" : "old";
            double score = age * 0.5 + 10 * random.Normal(row, 1);
            text.Append(CultureInfo.InvariantCulture, $"{age},{group},{score:0.0},{(random.Below(3, row, 2) == 0 ? "yes" : "no")}\n");
        }
        return text.ToString();
    }

    private static void Furnish(Setting setting)
    {
        var folder = setting.Folder;
        foreach (string name in new[] { "people", "holdout", "fresh" }) folder.Write(name + ".csv", setting.Text(People(name)));
        string claims = $"description: {setting.Description}\nlicense: CC0-1.0\n";
        folder.Write("mst.yaml", setting.Text(PrivacyTests.Spec(privacy: "epsilon: 1, delta: 1e-6, budget: 1.2", more: claims)));
        folder.Write("trees.yaml", setting.Text($$"""
            simulant: 1
            name: people
            {{claims}}source: { train: people.csv, holdout: holdout.csv, target: smokes }
            engine: trees
            protect: [group]
            refine: true
            constraints: [ "age >= 18" ]
            validate: { replicates: 20, gates: { fidelity.shapes: ">= 0.1" } }
            output: { format: csv }
            declare: { purpose: "Trials.", biases: "{{setting.Description}}" }
            """));
        folder.Write("strict.yaml", File.ReadAllText(folder["trees.yaml"]).Replace(">= 0.1", ">= 1", StringComparison.Ordinal));
        folder.Write("network.yaml", setting.Text(TestBench.Learned("{ name: autoregressive, max_epochs: 2 }")));
        folder.Write("faulty.yaml", setting.Text(TestBench.Learned("nonsense", "rows: many")));
        folder.Write("ragged.csv", setting.Text("age,group\n1,young,3\n"));
    }

    /// <summary>All that the commands print and write, and where.</summary>
    private static List<(string Where, string Text)> Everything(Setting setting)
    {
        Furnish(setting);
        string At(string name) => setting.At(name);
        string where = setting.Text("\"group\" = 'young'");
        string[][] all =
        [
            ["--help"], ["--version"], .. Commands.Select(c => new[] { c, "--help" }), ["nonsense"],
            ["init", At("people.csv"), "-o", At("first.yaml")], ["init", At("ragged.csv")],
            ["check", At("trees.yaml")], ["check", At("faulty.yaml")], ["check", At("mst.yaml")], ["check", "--schema"],
            ["make", At("trees.yaml"), "--preview", "3"], ["make", At("trees.yaml"), "-o", At("out")],
            ["make", At("trees.yaml"), "-o", At("out"), "--json"], ["make", At("strict.yaml"), "-o", At("strict")],
            ["make", At("mst.yaml"), "--preview", "3"], ["make", At("mst.yaml"), "-o", At("paid")],
            ["make", At("mst.yaml"), "-o", At("past-its-budget")],
            ["verify", At("out")], ["verify", At("paid")], ["verify", At("out"), "--holdout", At("fresh.csv")],
            ["fit", At("network.yaml"), "-o", At("n.simulant")],
            ["score", At("n.simulant"), "--data", At("fresh.csv"), "-o", At("score.csv")],
            ["score", At("n.simulant"), "--data", At("fresh.csv")],
            ["sample", At("out"), "--rows", "9", "--where", where, "-o", At("some.csv")], ["sample", At("paid"), "-o", At("paid.csv")],
            ["evaluate", "--train", At("people.csv"), "--holdout", At("holdout.csv"), "--synthetic", "a=" + At("fresh.csv"), "--synthetic",
                "b=" + At("people.csv"), "--target", "smokes", "--protect", setting.Text("group"), "-o", At("evaluated")],
            ["audit", "--train", At("people.csv"), "--holdout", At("holdout.csv"), "--synthetic", At("fresh.csv")],
            ["audit", "--train", At("people.csv"), "--holdout", At("holdout.csv"), "--synthetic", At("people.csv")],
            ["drift", "--reference", At("people.csv"), "--current", At("some.csv"), "--save", At("sketch.json")],
            ["collapse", At("trees.yaml"), "--generations", "2", "--resample", "-o", At("collapse.html")],
            ["evaluate", "--train", At("people.csv"), "--holdout", At("holdout.csv"), "--synthetic", At("fresh.csv")],
            ["collapse", At("trees.yaml"), "--generations", "1", "--resample"], ["dossier", At("out")], ["dossier", At("paid")],
            ["dossier", At("out"), "-o", At("dossier.html")], ["dossier", At("paid"), "-o", At("dossier.json")],
            ["show", At("out")], ["show", At("paid")], ["show", At("n.simulant")], ["show", At("people.csv")],
        ];
        var said = new List<(string, string)>();
        foreach (string[] args in all)
        {
            bool once = args.Contains("-o") || args.Contains("--help") || args.Contains("--version") || args.Contains("--json");
            foreach (string[] form in once ? [args] : new[] { args, [.. args, "--json"] })
            {
                var printed = TestBench.Run(form);
                Assert.NotEqual(70, printed.Code);
                said.Add((string.Join(' ', form).Replace(setting.Folder.Path, ".", StringComparison.Ordinal), printed.Out + printed.Error));
            }
        }
        said.AddRange(Written(setting.Folder));
        return said;
    }

    private static IEnumerable<(string Where, string Text)> Written(TempFolder folder)
    {
        string[] ours = ["out", "paid", "strict.rejected", "evaluated", "first.yaml", "n.simulant", "score.csv", "some.csv", "paid.csv",
            "sketch.json", "collapse.html", "dossier.html", "dossier.json", "simulant.ledger"];
        foreach (string name in ours)
        {
            string[] files = Directory.Exists(folder[name]) ? Directory.GetFiles(folder[name], "*", SearchOption.AllDirectories)
                : [folder[name]];
            foreach (string path in files)
            {
                string shown = Path.GetRelativePath(folder.Path, path);
                if (Path.GetExtension(path) != ".simulant")
                {
                    yield return (shown, File.ReadAllText(path));
                    continue;
                }
                using var archive = ZipFile.OpenRead(path);
                foreach (var entry in archive.Entries)
                {
                    using var reader = new StreamReader(entry.Open(), Encoding.Latin1);
                    yield return ($"{shown}:{entry.FullName}", reader.ReadToEnd());
                }
            }
        }
    }
}
