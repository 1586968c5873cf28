using System.Text.Json.Nodes;
using Simulant.Provenance;
using Simulant.Runs;
using Xunit;

namespace Simulant.Tests.Runs;

/// <summary>What a manifest says of parents, options, claims and times.</summary>
public class LineageTests
{
    private static Manifest Run(TempFolder folder, string spec, string name, string output, IClock? clock = null)
    {
        string path = folder.Write($"{name}.yaml", spec);
        var corridor = clock is null ? TestBench.Corridor() : new Corridor { Clock = clock };
        var made = TestBench.Make(corridor, new MakeRequest(path) { Output = folder[output] });
        Assert.Equal(MakeState.Made, made.State);
        return Manifest.Load(folder[output]);
    }

    [Fact]
    public void Data_made_from_data_names_its_parent_and_generation()
    {
        using var folder = new TempFolder();
        folder.Write("people.csv", TestBench.People());
        var first = Run(folder, TestBench.Learned(), "first", "first").Content;
        Assert.Equal((0, 1), (first.Parents.Count, first.Generation));

        string learned = TestBench.Learned(more: "lineage: unanchored").Replace("name: people", "name: again");
        var second = Run(folder, learned.Replace("people.csv", "first/data/train-*.csv"), "second", "second").Content;
        Assert.Equal(new ParentSet("people", Manifest.Load(folder["first"]).ContentSha256), Assert.Single(second.Parents));
        Assert.Equal(2, second.Generation);
        Assert.Contains(second.Notes, n => n.Contains("itself synthetic: 'people', generation 1", StringComparison.Ordinal));
        foreach (string file in new[] { "manifest.json", "report.html", "README.md" })
            Assert.Contains("No real rows anchor it", File.ReadAllText(folder[$"second/{file}"]),
                StringComparison.Ordinal);
        Assert.Contains("(made, in part, from synthetic data)", File.ReadAllText(folder["second/README.md"]),
            StringComparison.Ordinal);
        Assert.Null(TestBench.Verify(folder["second"]).Difference);

        var third = Run(folder, learned.Replace("people.csv", "second/data/train-00000-of-00002.csv"), "third", "third").Content;
        Assert.Equal(("again", 3), (Assert.Single(third.Parents).Name, third.Generation));
    }

    [Fact]
    public void Learning_from_made_data_alone_is_refused_before_anything_is_learned()
    {
        using var folder = new TempFolder();
        folder.Write("people.csv", TestBench.People());
        Run(folder, TestBench.Learned(), "first", "first");
        string spec = folder.Write("again.yaml", TestBench.Learned().Replace("people.csv", "first/data/train-*.csv"));
        foreach (string[] args in new string[][] { ["make", spec, "-o", folder["out"]], ["fit", spec, "-o", folder["out"]],
            ["make", spec, "-o", folder["out"], "--resume"], ["make", spec, "--preview", "3"] })
        {
            var refused = TestBench.Run(args);
            Assert.Equal(3, refused.Code);
            Assert.Matches(@"^.*again\.yaml:3:9: error SIM051: the training data was itself made \('people'\) and no real rows stand "
                + "beside it: generation 2 .*'lineage: unanchored'", refused.Error);
            Assert.False(Path.Exists(folder["out"]) || Path.Exists(folder["out.partial"]));
        }
        // A link hides nothing.
        File.CreateSymbolicLink(folder["linked.csv"], folder["first/data/train-00000-of-00002.csv"]);
        folder.Write("again.yaml", TestBench.Learned().Replace("people.csv", "linked.csv"));
        Assert.Equal(3, TestBench.Run("fit", spec, "-o", folder["out"]).Code);
        // Where a copy came from cannot be known.
        File.Copy(folder["first/data/train-00000-of-00002.csv"], folder["copied.csv"]);
        folder.Write("again.yaml", TestBench.Learned().Replace("people.csv", "copied.csv"));
        Assert.Equal(0, TestBench.Run("fit", spec, "-o", folder["out"]).Code);
    }

    [Fact]
    public void Real_rows_beside_made_ones_are_an_anchor()
    {
        using var folder = new TempFolder();
        folder.Write("real/a.csv", TestBench.People());
        Run(folder, TestBench.Learned().Replace("people.csv", "real/a.csv"), "first", "real/first");
        var mixed = Run(folder, TestBench.Learned().Replace("people.csv", "real/**/*.csv"), "mixed", "mixed").Content;
        Assert.Equal(("people", 2), (Assert.Single(mixed.Parents).Name, mixed.Generation));
        Assert.Contains(mixed.Notes, n => n.Contains("anchored by other training files, 1 in number", StringComparison.Ordinal));
        Assert.InRange(mixed.TrainingRows, 291, 294);
        // Of several runs and no file beside them the latest counts.
        Run(folder, TestBench.Learned(more: "lineage: unanchored").Replace("people.csv", "real/first/data/*.csv"), "second", "made/second");
        Directory.Move(folder["real/first"], folder["made/first"]);
        string both = TestBench.Learned().Replace("people.csv", "made/*/data/*.csv");
        Assert.Contains("generation 3", TestBench.Run("fit", folder.Write("both.yaml", both), "-o", folder["m"]).Error,
            StringComparison.Ordinal);
        var allowed = Run(folder, both + "\nlineage: unanchored", "both", "both").Content;
        Assert.Equal((2, 3), (allowed.Parents.Count, allowed.Generation));
    }

    [Fact]
    public void A_manifest_that_does_not_fit_the_file_is_no_parent_and_is_mentioned()
    {
        using var folder = new TempFolder();
        folder.Write("people.csv", TestBench.People());
        Run(folder, TestBench.Learned(), "first", "first");
        File.AppendAllText(folder["first/data/train-00000-of-00002.csv"], "33,old,1.0,yes\n");
        string spec = TestBench.Learned().Replace("people.csv", "first/data/train-00000-of-00002.csv");
        var second = Run(folder, spec, "second", "second").Content;
        Assert.Equal((0, 1), (second.Parents.Count, second.Generation));
        Assert.Contains(second.Notes, n => n.Contains("is not as that lists it", StringComparison.Ordinal));

        File.WriteAllText(folder["first/manifest.json"], "{}");
        var third = Run(folder, spec, "third", "third").Content;
        Assert.Equal((0, 1), (third.Parents.Count, third.Generation));
        Assert.Contains(third.Notes, n => n.Contains("a manifest that cannot be read", StringComparison.Ordinal));
    }

    [Fact]
    public void Options_and_claims_are_recorded_and_times_stay_outside_the_hash()
    {
        using var folder = new TempFolder();
        folder.Write("people.csv", TestBench.People());
        string spec = TestBench.Learned("{ name: copula, latents: 3 }", """
            description: Made up.
            license: cc-by-4.0
            creator: Ward 9
            citation: "@misc{x}"
            url: https://example.org/d
            published: 2024-01-31
            """);
        var slow = Run(folder, spec, "slow", "slow", new Ticking(TimeSpan.FromSeconds(1)));
        var quick = Run(folder, spec, "slow", "quick", new Ticking(TimeSpan.FromSeconds(0.25)));
        Assert.Equal(["latents=3", "marginals=empirical"], slow.Content.EngineOptions.Select(o => $"{o.Key}={o.Value}"));
        Assert.Equal(("Made up.", "CC-BY-4.0", "Ward 9", "@misc{x}", "https://example.org/d", new DateOnly(2024, 1, 31)),
            (slow.Content.Description, slow.Content.License, slow.Content.Creator, slow.Content.Citation, slow.Content.Url,
            slow.Content.Published));
        Assert.Equal(slow.ContentSha256, quick.ContentSha256);
        Assert.Equal(["hashing inputs", "reading", "fitting", "sampling", "reading back", "judging"],
            slow.Journal.Seconds.Select(s => s.Key));
        Assert.All(slow.Journal.Seconds, s => Assert.Equal(1, s.Value));
        Assert.All(quick.Journal.Seconds, s => Assert.Equal(0.25, s.Value));
        var croissant = JsonNode.Parse(File.ReadAllText(folder["slow/croissant.json"]))!;
        Assert.Equal(("https://spdx.org/licenses/CC-BY-4.0.html", "2024-01-31", "@misc{x}"),
            ((string?)croissant["license"], (string?)croissant["datePublished"], (string?)croissant["citeAs"]));
        Assert.Contains("license: \"cc-by-4.0\"", File.ReadAllText(folder["slow/README.md"]), StringComparison.Ordinal);
        Assert.Null(TestBench.Verify(folder["slow"]).Difference);
    }

    /// <summary>Moves on by the same step at every look.</summary>
    private sealed class Ticking(TimeSpan step) : IClock
    {
        private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

        public DateTimeOffset Now => _now += step;
    }
}
