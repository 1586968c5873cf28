using System.Text.RegularExpressions;
using Simulant.Data;
using Simulant.Privacy.Ledger;
using Simulant.Provenance;
using Simulant.Runs;
using Simulant.Validation;
using Xunit;

namespace Simulant.Tests.Runs;

/// <summary>The corridor under <c>privacy</c>: what it pays, what it publishes, what it refuses.</summary>
public class PrivacyTests
{
    internal static string Spec(string engine = "mst", string privacy = "epsilon: 1, delta: 1e-6", string more = "") => $$"""
        simulant: 1
        name: people
        source: { train: people.csv, target: smokes }
        engine: {{engine}}
        columns:
          age: { type: integer, domain: [0, 120] }
          group: { type: category, levels: [young, middle, old] }
          score: { type: decimal, decimals: 1 }
          smokes: boolean
        privacy: { {{privacy}} }
        output: { format: csv }
        seed: 7
        {{more}}
        """;

    private static string Furnished(TempFolder folder, string text, int rows = 900)
    {
        folder.Write("people.csv", TestBench.People(rows));
        return folder.Write("spec.yaml", text);
    }

    private static IReadOnlyList<LedgerLine> Lines(TempFolder folder) =>
        new PrivacyLedger(folder["simulant.ledger"], _ => { }, CancellationToken.None).Lines;

    [Theory]
    [InlineData("mst")]
    [InlineData("aim")]
    public void Only_what_was_paid_for_is_published(string engine)
    {
        using var folder = new TempFolder();
        string spec = Furnished(folder, Spec(engine));
        var made = TestBench.Make(TestBench.Corridor(rowsPerFile: 1_000_000), new MakeRequest(spec) { Output = folder["out"] });
        Assert.Equal(MakeState.Made, made.State);
        var run = Manifest.Load(folder["out"]).Content;
        Assert.All(run.Figures, f => Assert.Contains(f.Name, new[] { MetricNames.Duplicates }.Concat(MetricNames.Privacy)));
        Assert.Equal((1.0, 1e-6, "row", 1), (run.Privacy!.Epsilon, run.Privacy.Delta, run.Privacy.Unit, run.Privacy.MaxRows));
        Assert.Equal(Lines(folder).Where(l => l.Kind == "spend").Select(l => l.Purpose), run.Privacy.Spends.Select(s => s.Purpose));
        Assert.True(run.Privacy.Spends.Sum(s => s.Rho) <= run.Privacy.Rho);
        Assert.Equal((0, 1, ""), (run.HoldoutRows, run.Generation, string.Concat(run.Notes)));
        var input = Assert.Single(run.Inputs);
        Assert.Equal(0, input.Bytes);
        Assert.NotEqual(FileHash.Of(folder["people.csv"]).Sha256, input.Sha256);
        // What compares with real rows is there, inside, marked, and no manifest tells a hash of it.
        string[] inside = [.. TempFolder.Contents(folder["out"]).Select(f => f.Name).Where(n => n.StartsWith("internal",
            StringComparison.Ordinal))];
        Assert.Equal(["internal/NOT-FOR-RELEASE.txt", "internal/report.html", "internal/report.json"], inside);
        Assert.Contains(MetricNames.Shapes, File.ReadAllText(folder["out/internal/report.json"]), StringComparison.Ordinal);
        Assert.DoesNotContain(run.Outputs, o => o.Path.StartsWith("internal", StringComparison.Ordinal));
        foreach (string file in new[] { "report.json", "report.html", "README.md", "manifest.json", "croissant.json" })
            Assert.DoesNotContain("fidelity.", File.ReadAllText(folder[$"out/{file}"]), StringComparison.Ordinal);
        // It proves itself without the source, and without what is inside.
        File.Delete(folder["people.csv"]);
        Directory.Delete(folder["out/internal"], recursive: true);
        Assert.Null(TestBench.Verify(folder["out"]).Difference);
    }

    [Fact]
    public void A_finished_set_is_confirmed_and_pays_nothing_and_force_pays_again()
    {
        using var folder = new TempFolder();
        string spec = Furnished(folder, Spec());
        var request = new MakeRequest(spec) { Output = folder["out"] };
        var corridor = TestBench.Corridor(rowsPerFile: 1_000_000);
        TestBench.Make(corridor, request);
        int lines = Lines(folder).Count;
        Assert.Equal(MakeState.Confirmed, TestBench.Make(corridor, request).State);
        Assert.Equal(lines, Lines(folder).Count);
        byte[] model = File.ReadAllBytes(folder["out/model.simulant"]);
        TestBench.Make(corridor, request with { Force = true });
        Assert.Equal(2, Lines(folder).Count(l => l.Kind == "run"));
        Assert.NotEqual(model, File.ReadAllBytes(folder["out/model.simulant"]));
        double spent = Manifest.Load(folder["out"]).Content.Figures.Single(f => f.Name == MetricNames.PrivacySourceEpsilon).Value;
        Assert.InRange(spent, 1.3, 1.5); // about the root of 2: runs add up in rho
    }

    [Fact]
    public void Past_its_budget_a_source_is_refused_with_exit_code_4()
    {
        using var folder = new TempFolder();
        string spec = Furnished(folder, Spec(privacy: "epsilon: 1, delta: 1e-6, budget: 1.2"));
        Assert.Equal(0, TestBench.Run("make", spec, "-o", folder["a"]).Code);
        var refused = TestBench.Run("make", spec, "-o", folder["b"]);
        Assert.Equal(4, refused.Code);
        Assert.Contains("error: the budget of this source is epsilon 1.2", refused.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["b"]));
        Assert.Equal(1, Lines(folder).Count(l => l.Kind == "run"));
        File.WriteAllText(folder["simulant.ledger"], "nonsense\n");
        Assert.Equal(4, TestBench.Run("make", spec, "-o", folder["b"]).Code);
    }

    [Fact]
    public void A_run_that_was_cut_short_goes_on_with_what_it_paid_for()
    {
        using var folder = new TempFolder();
        string spec = Furnished(folder, Spec());
        var request = new MakeRequest(spec) { Output = folder["out"] };
        Assert.Throws<IOException>(() => TestBench.Make(TestBench.Corridor(new NoModels()), request));
        var paid = Lines(folder);
        Assert.True(paid.Count > 5);
        Assert.Throws<UsageException>(() => TestBench.Make(TestBench.Corridor(), request)); // --resume or --force
        var made = TestBench.Make(TestBench.Corridor(), request with { Resume = true });
        Assert.Equal(MakeState.Made, made.State);
        Assert.Equal(paid, Lines(folder));
    }

    [Theory]
    [InlineData("trees", "", "reads rows without paying")]
    [InlineData("auto", "", "use engine mst or aim")]
    [InlineData("mst", "validate: { gates: { fidelity.shapes: '>= 0.9' } }", "nobody has paid for that")]
    public void What_would_not_keep_the_promise_is_refused(string engine, string more, string part)
    {
        using var folder = new TempFolder();
        string spec = Furnished(folder, Spec(engine, more: more));
        var refused = TestBench.Run("check", spec);
        Assert.Equal(2, refused.Code);
        Assert.Contains(part, refused.Error + refused.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void An_engine_that_pays_needs_a_budget_and_shards_and_previews_would_waste_it()
    {
        using var folder = new TempFolder();
        string spec = Furnished(folder, Spec());
        string without = folder.Write("without.yaml", Regex.Replace(Spec(), "privacy: .*\n", ""));
        var refused = TestBench.Run("check", without);
        Assert.Equal(2, refused.Code);
        Assert.Contains("spends a privacy budget", refused.Error + refused.Out, StringComparison.Ordinal);
        Assert.Equal(2, TestBench.Run("make", spec, "-o", folder["out"], "--shard", "1/2").Code);
        Assert.Equal(2, TestBench.Run("make", spec, "--preview", "5").Code);
        Assert.False(File.Exists(folder["simulant.ledger"]));
    }

    [Fact]
    public void A_column_that_is_not_described_is_named()
    {
        using var folder = new TempFolder();
        string spec = Furnished(folder, Spec().Replace("  smokes: boolean\n", "", StringComparison.Ordinal).Replace(", target: smokes", "",
            StringComparison.Ordinal));
        var refused = TestBench.Run("make", spec, "-o", folder["out"]);
        Assert.Equal(3, refused.Code);
        Assert.Contains("column 'smokes' is not described", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Gates_on_the_ledger_pass_or_reject()
    {
        using var folder = new TempFolder();
        string spec = Furnished(folder, Spec(more: "validate: { gates: { privacy.epsilon: '<= 1', privacy.source-epsilon: '<= 1.2' } }"));
        Assert.Equal(0, TestBench.Run("make", spec, "-o", folder["a"]).Code);
        Assert.Equal(1, TestBench.Run("make", spec, "-o", folder["b"]).Code);
        Assert.True(Directory.Exists(folder["b.rejected"]));
    }

    [Fact]
    public void Rows_are_parted_so_that_none_moves_another()
    {
        var table = new Table("t", [CodedColumn.From(new ColumnSchema("who", ColumnKind.Identifier), [.. Enumerable.Range(0,
            500).Select(i => $"p{i / 2}")]),
            new NumericColumn(new ColumnSchema("n", ColumnKind.Integer), [.. Enumerable.Range(0, 500).Select(i => (double)i)])]);
        int[] without = [.. Enumerable.Range(0, 500).Where(r => r != 123)];
        foreach (string? by in new[] { null, "who" })
        {
            var whole = StableSplit.Divide(table, 0.3, by, 1);
            var less = StableSplit.Divide(table.Take(without), 0.3, by, 1);
            Assert.Equal(whole.Holdout.Where(r => r != 123), less.Holdout.Select(r => without[r]));
            Assert.InRange(whole.Holdout.Length, 100, 200);
            Assert.Equal(500, whole.Holdout.Length + whole.Training.Length);
            if (by is not null) Assert.Empty(whole.Holdout.Select(r => r / 2).Intersect(whole.Training.Select(r => r / 2)));
        }
    }

    /// <summary>A disk on which no model can be put in its place.</summary>
    private sealed class NoModels : IFiles
    {
        private readonly DiskFiles _disk = DiskFiles.Instance;

        public Stream Create(string path) => _disk.Create(path);
        public void Append(string path, ReadOnlySpan<byte> bytes) => _disk.Append(path, bytes);
        public void CreateFolder(string path) => _disk.CreateFolder(path);
        public void MoveFile(string from, string to)
        {
            if (Path.GetFileName(to) == ModelFile.PublishedName) throw new IOException("the disk is gone");
            _disk.MoveFile(from, to);
        }

        public void MoveFolder(string from, string to) => _disk.MoveFolder(from, to);
        public void DeleteFile(string path) => _disk.DeleteFile(path);
        public void DeleteFolder(string path) => _disk.DeleteFolder(path);
        public void SyncFolder(string path) => _disk.SyncFolder(path);
    }
}
