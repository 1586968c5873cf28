using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Simulant.Provenance;
using Simulant.Reports;
using Simulant.Reports.Dossiers;
using Simulant.Runs;
using Simulant.Specs.Reading;
using Xunit;

namespace Simulant.Tests.Runs;

/// <summary>A dossier says what the folder says, says what it does not, and is of no folder that does not verify.</summary>
public class DossierTests
{
    private const string Declarations = """
        description: People and whether they smoke.
        license: CC-BY-4.0
        protect: [group]
        constraints: [ "age >= 18" ]
        declare:
          purpose: To try tools on, 10 minutes after birth.
          legal_basis: "none: nobody\nis in it"
        """;

    private static string Spec(string more = Declarations) => TestBench.Learned(more: more)
        .Replace("source: { train: people.csv }", "source: { train: people.csv, target: smokes }")
        .Replace("only: [fidelity.shapes]", "replicates: 20, gates: { fidelity.shapes: \">= 0.5\" }");

    private static TempFolder Published(string? spec = null)
    {
        var folder = new TempFolder();
        folder.Write("people.csv", TestBench.People());
        Assert.Equal(MakeState.Made, TestBench.Make(TestBench.Corridor(),
            new MakeRequest(folder.Write("spec.yaml", spec ?? Spec())) { Output = folder["out"] }).State);
        return folder;
    }

    private static DossierOutcome Run(TempFolder folder, string? output = null, IFiles? files = null, bool force = false) =>
        TestBench.Corridor(files).Dossier(new DossierRequest(folder["out"])
        {
            Output = output is null ? null : folder[output],
            Force = force,
        }, Quiet.Instance, default);

    /// <summary>A JSON pointer followed by another reader than the dossier's own.</summary>
    private static JsonNode? Find(JsonNode root, string pointer)
    {
        JsonNode? at = root;
        foreach (Match step in Regex.Matches(pointer, "/([^/]+)"))
        {
            string name = step.Groups[1].Value;
            at = at is JsonArray ? at[int.Parse(name, CultureInfo.InvariantCulture)] : at![name];
        }
        return at;
    }

    [Fact]
    public void Every_statement_has_its_figures_and_they_are_those_of_the_files()
    {
        using var folder = Published();
        Assert.Null(Run(folder, "page.html").Difference);
        var page = XDocument.Parse(File.ReadAllText(folder["page.html"])["<!DOCTYPE html>".Length..]);
        var files = new[] { "manifest.json", "report.json" }
            .ToDictionary(f => f, f => JsonNode.Parse(File.ReadAllText(folder[$"out/{f}"]))!);
        var places = page.Descendants("section").Single(s => (string?)s.Attribute("id") == "places").Descendants("tr").Skip(1)
            .Select(r => r.Elements().Select(c => c.Value).ToArray()).ToDictionary(r => "#f" + r[0].Replace(",", ""), r => r);
        Assert.InRange(places.Count, 150, 5000);
        var plain = new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        foreach (var place in places.Values)
        {
            var stands = Find(files[place[1]], place[2]);
            Assert.Equal(stands is JsonArray list ? $"{list.Count}" : stands?.ToJsonString(plain) ?? "null", place[3]);
        }

        int numbers = 0;
        var statements = page.Descendants("div").Where(d => (string?)d.Attribute("class") == "point").SelectMany(d => d.Descendants("li"));
        foreach (var statement in statements)
        {
            var links = statement.Descendants("a").ToList();
            Assert.NotEmpty(links);
            foreach (var link in links)
            {
                string[] place = places[(string)link.Attribute("href")!];
                Assert.Equal($"{place[1]}#{place[2]}", (string?)link.Attribute("title"));
                string shown = link.Value.Replace(",", "").Replace('−', '-');
                double scale = shown.EndsWith(" %", StringComparison.Ordinal) ? 0.01 : 1;
                if (!double.TryParse(shown.Replace(" %", ""), CultureInfo.InvariantCulture, out double said)
                    || !double.TryParse(place[3], CultureInfo.InvariantCulture, out double stands)) continue;
                // Half a unit of the last digit shown; of the few in scientific notation one digit in twenty.
                string digits = shown.Replace(" %", "");
                int point = digits.IndexOf('.', StringComparison.Ordinal), decimals = point < 0 ? 0 : digits.Length - 1 - point;
                Assert.Equal(stands, said * scale, shown.Contains('e') ? Math.Abs(stands) / 20 : 0.501 * scale * Math.Pow(10, -decimals));
                numbers++;
            }
            // What is left of the sentence holds no figure of its own.
            if (!statement.Descendants("blockquote").Any())
                Assert.DoesNotContain(string.Concat(statement.Nodes().OfType<XText>().Select(t => t.Value)), char.IsDigit);
        }
        Assert.InRange(numbers, 150, 5000);
    }

    [Fact]
    public void The_figures_that_matter_stand_in_their_topics()
    {
        using var folder = Published();
        var dossier = Run(folder).Dossier!;
        string Said(string id) => string.Join('\n', dossier.Points.Single(p => p.Id == id).Statements.Select(s => s.Text));
        Assert.Contains("Column smokes is the target", Said("ai-act.a.target"), StringComparison.Ordinal);
        Assert.Contains("The rule age >= 18 is broken by 0 rows made", Said("ai-act.a.rules"), StringComparison.Ordinal);
        Assert.Contains("180 rows were learned from", Said("ai-act.a.amount"), StringComparison.Ordinal);
        Assert.Contains("60 rows of the source were held back", Said("fda.4c.independence"), StringComparison.Ordinal);
        Assert.Contains("Verdict of 1 gates: passed.\nGate on fidelity.shapes, >= 0.5: passed", Said("ai-act.a.acceptance"),
            StringComparison.Ordinal);
        Assert.Contains($"people.csv, hash {FileHash.Of(folder["people.csv"]).Sha256}", Said("fda.4b.traceable"), StringComparison.Ordinal);
        string[] all = [.. dossier.Points.SelectMany(p => p.Statements).Select(s => s.Text.ToString())];
        foreach (string counted in new[] { "4 columns", "6 pairs of columns", "60 held-out rows" })
            Assert.Contains(all, s => s.EndsWith($", on {counted}.", StringComparison.Ordinal));
        Assert.Contains("Group group = young: ", Said("ai-act.f.representation"), StringComparison.Ordinal);
        Assert.Contains("generation 1, with 0 parent sets", Said("ai-act.b.lineage"), StringComparison.Ordinal);
        Assert.Equal("none: nobody\\nis in it", Said("ai-act.b.ground"));
        Assert.Equal("CC-BY-4.0", Said("datasheet.distribution.licence"));
        Assert.Equal(PointState.Declared, dossier.Points.Single(p => p.Id == "ai-act.e.purpose").State);
        Assert.Equal(["(a)", "(b)", "(c)", "(d)", "(e)", "(f)", "(g)", "(h)"],
            dossier.Parts[0].Topics.Select(t => t.Title[..3]));
        Assert.Equal(dossier.Points.Count(), dossier.Points.Select(p => p.Id).Distinct().Count());
    }

    [Fact]
    public void What_is_unknown_is_listed_and_counted_and_a_declaration_takes_it_off_the_list()
    {
        using var folder = Published();
        using var silent = Published(Spec("protect: [group]\nconstraints: [ \"age >= 18\" ]"));
        Dossier told = Run(folder, "page.html").Dossier!, untold = Run(silent).Dossier!;
        var keys = SpecKeys.Declare.Keys.Select(k => k.Name).ToHashSet();
        var asked = untold.Points.Select(p => Regex.Match(p.Remedy, "^declare '(.+)' in the spec$")).Where(m => m.Success)
            .Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(keys.Order(), asked.Distinct().Order());
        Assert.All(untold.Points.Where(p => p.Remedy.StartsWith("declare", StringComparison.Ordinal)),
            p => Assert.Equal(PointState.Unknown, p.State));
        // Two facts are declared, and description and licence are claimed; each counts where it is asked for.
        int gained = asked.Count(k => k is "purpose" or "legal_basis") + 3;
        Assert.Equal((untold.Count(PointState.Unknown) - gained, untold.Count(PointState.Answered), gained),
            (told.Count(PointState.Unknown), told.Count(PointState.Answered), told.Count(PointState.Declared)));

        var page = XDocument.Parse(File.ReadAllText(folder["page.html"])["<!DOCTYPE html>".Length..]);
        string top = page.Descendants("header").Single().Value;
        foreach (var (state, words) in new[] { (PointState.Answered, "answered by figures"), (PointState.Unknown, "unknown") })
            Assert.Contains($"{told.Count(state)} {words}", top, StringComparison.Ordinal);
        var listed = page.Descendants("section").Single(s => (string?)s.Attribute("id") == "unknown").Descendants("a").ToList();
        Assert.Equal(told.Points.Where(p => p.State == PointState.Unknown).Select(p => p.Id), listed.Select(a => a.Value));
        var ids = page.Descendants().Select(e => (string?)e.Attribute("id")).Where(i => i is not null).ToHashSet();
        Assert.All(page.Descendants("a"), a => Assert.Contains(((string)a.Attribute("href")!)[1..], ids));
        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName is "script" or "link" or "img" or "iframe");
    }

    [Fact]
    public void Rules_and_privacy_answer_what_they_can()
    {
        using var rules = new TempFolder();
        TestBench.Make(TestBench.Corridor(), new MakeRequest(rules.Write("spec.yaml", TestBench.Rules)) { Output = rules["out"] });
        var dossier = Run(rules).Dossier!;
        Assert.Contains("No real rows were learned from; files read: 0", Text(dossier, "ai-act.b.files"), StringComparison.Ordinal);
        Assert.Equal("", Text(dossier, "ai-act.e.likeness"));

        using var paid = new TempFolder();
        paid.Write("people.csv", TestBench.People(900));
        TestBench.Make(TestBench.Corridor(rowsPerFile: 1_000_000),
            new MakeRequest(paid.Write("spec.yaml", PrivacyTests.Spec())) { Output = paid["out"] });
        dossier = Run(paid).Dossier!;
        Assert.Contains("epsilon 1 and delta 1E-06 for each row", Text(dossier, "fda.6.confidentiality").Replace("1e-06", "1E-06",
            StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("a count with noise", Text(dossier, "ai-act.a.amount"), StringComparison.Ordinal);
        Assert.Equal(PointState.Unknown, dossier.Points.Single(p => p.Id == "fda.4c.independence").State);
    }

    private static string Text(Dossier dossier, string id) =>
        string.Join('\n', dossier.Points.Single(p => p.Id == id).Statements.Select(s => s.Text));

    [Fact]
    public void A_folder_that_does_not_verify_gets_none()
    {
        using var folder = Published();
        string data = folder["out/data/train-00000-of-00002.csv"], whole = File.ReadAllText(data);
        File.WriteAllText(data, whole.Replace("young", "yours", StringComparison.Ordinal));
        Assert.Contains("hashes to", Run(folder, "page.html").Difference, StringComparison.Ordinal);
        Assert.Equal(1, TestBench.Run("dossier", folder["out"], "-o", folder["page.html"]).Code);
        Assert.False(File.Exists(folder["page.html"]));
        File.WriteAllText(data, whole);

        // A manifest that is sound in itself, and tells a better figure than its report.
        var manifest = Manifest.Load(folder["out"]);
        var figures = manifest.Content.Figures.Select((f, i) => i == 0 ? f with { Value = 1 } : f).ToList();
        var better = manifest with { Content = manifest.Content with { Figures = figures } };
        File.WriteAllBytes(folder["out/manifest.json"], better.ToBytes());
        Assert.Contains("its metrics are not those of manifest.json", Run(folder, "page.html").Difference, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["page.html"]));
        File.WriteAllBytes(folder["out/manifest.json"], manifest.ToBytes());
        Assert.Null(Run(folder, "page.html").Difference);
    }

    [Fact]
    public void What_cannot_be_asked_is_refused()
    {
        using var folder = Published();
        void Refused(string words, string? output) =>
            Assert.Contains(words, Assert.Throws<UsageException>(() => Run(folder, output)).Message, StringComparison.Ordinal);
        Refused("must end in .html or .json", "page.pdf");
        Refused("lies in the published folder", "out/page.html");
        folder.Write("page.html", "mine");
        Refused("is there already", "page.html");
        Run(folder, "page.html", force: true);
        Assert.NotEqual("mine", File.ReadAllText(folder["page.html"]));
        Assert.Contains("holds no manifest.json", Assert.Throws<UsageException>(() =>
            TestBench.Corridor().Dossier(new DossierRequest(folder.Path), Quiet.Instance, default)).Message, StringComparison.Ordinal);
        string strict = folder.Write("strict.yaml", Spec().Replace(">= 0.5", ">= 1"));
        var rejected = TestBench.Make(TestBench.Corridor(), new MakeRequest(strict) { Output = folder["strict"] });
        Assert.Equal(MakeState.Rejected, rejected.State);
        Assert.Contains("rejected by its gates", Assert.Throws<UsageException>(() =>
            TestBench.Corridor().Dossier(new DossierRequest(rejected.Folder), Quiet.Instance, default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_appears_whole_or_not_at_all_and_equal_folders_give_equal_bytes()
    {
        using var folder = Published();
        for (int failAt = 1; ; failAt++)
        {
            var files = new FaultyFiles(failAt, stayDead: true);
            var failure = Record.Exception(() => Run(folder, "page.html", files, force: true));
            if (!files.Fired) break;
            Assert.IsAssignableFrom<IOException>(failure);
            if (File.Exists(folder["page.html"]))
                Assert.EndsWith("</html>\n", File.ReadAllText(folder["page.html"]), StringComparison.Ordinal);
            Assert.False(File.Exists(folder["page.html.partial"]));
        }
        Run(folder, "again.html");
        Assert.Equal(File.ReadAllBytes(folder["page.html"]), File.ReadAllBytes(folder["again.html"]));
    }

    [Fact]
    public void The_file_for_programs_and_the_command_say_the_same()
    {
        using var folder = Published();
        var dossier = Run(folder, "page.json").Dossier!;
        var json = JsonNode.Parse(File.ReadAllText(folder["page.json"]))!;
        Assert.Equal(DossierJson.Format, (string?)json["format"]);
        var points = json["parts"]!.AsArray().SelectMany(p => p!["topics"]!.AsArray()).SelectMany(t => t!["points"]!.AsArray()).ToList();
        Assert.Equal(dossier.Points.Select(p => (p.Id, p.State.ToString().ToLowerInvariant(), p.Statements.Count)),
            points.Select(p => ((string)p!["id"]!, (string)p["state"]!, p["statements"]!.AsArray().Count)));
        Assert.Equal(points.Count, (int)json["answered"]! + (int)json["declared"]! + (int)json["unknown"]!);
        Assert.Equal(Manifest.Load(folder["out"]).ContentSha256, (string?)json["manifestContentSha256"]);

        var printed = TestBench.Run("dossier", folder["out"], "--json");
        Assert.Equal(0, printed.Code);
        var printedJson = printed.Json.AsObject();
        printedJson.Remove("exit");
        Assert.True(JsonNode.DeepEquals(json, printedJson));
        var said = TestBench.Run("dossier", folder["out"], "-o", folder["page.html"]);
        Assert.Contains("EU AI Act, Article 10(2)", said.Out, StringComparison.Ordinal);
        Assert.Contains("wrote ", said.Out, StringComparison.Ordinal);
    }
}
