using Simulant.Data;
using Simulant.Specs;
using Simulant.Specs.Writing;
using Xunit;

namespace Simulant.Tests.Specs;

public sealed class SpecWriterTests
{
    internal static readonly string[] HostileTexts =
    [
        "plain", "two words", "", " lead", "trail ", "a: b", "a #b", "'single'", "\"double\"", "back`tick", "back\\slash",
            "new\nline",
        "tab\tbed", "null", "true", "No", "~", "123", "1e5", "0x1F", "2024-01-01", "- dash", "? ask", "*star", "&amp", "!bang",
            "%per",
        "@at", "[x]", "{x}", "a,b", "<script>alert(1)</script>", "'; DROP TABLE x; --", "naïve", "日本語", "😀", "\u0000nul",
            "\u0085nel",
        "\u2028line", "\uFEFFbom", "\u200Bzero", "\u00A0nbsp", "<<", "=", ".inf", "_", "a-", "-", "|", ">", "x:", ":x",
            "\u001b[31m",
        new string('x', 3000),
    ];

    [Fact]
    public void Hostile_texts_read_back_as_they_were()
    {
        foreach (string text in HostileTexts)
        {
            foreach (string scalar in new[] { YamlText.Scalar(text), YamlText.Quoted(text) })
            {
                var (root, faults) = YamlNodesTests.Read($"a: {scalar}\nb: [{scalar}, {{ c: {scalar} }}]\n");
                Assert.Empty(faults.All);
                var map = (SpecMap)root!;
                Assert.Equal(text, ((SpecScalar)map["a"]!).Text);
                Assert.False(((SpecScalar)map["a"]!).IsNull);
                Assert.Equal(text, ((SpecScalar)((SpecList)map["b"]!).Items[0]).Text);
            }
            Assert.DoesNotContain('\n', YamlText.Comment(text));
        }
    }

    [Fact]
    public void A_table_of_hostile_names_gives_a_spec_that_reads_back()
    {
        string[] names = [.. HostileTexts.Where(t => t.Length > 0)];
        var columns = names.Select((name, i) => i % 2 == 0
            ? (Column)CodedColumn.From(new(name, ColumnKind.Category) { Ordered = true }, [.. HostileTexts.Take(45)])
            : new NumericColumn(new(name, ColumnKind.Decimal) { Decimals = 2 }, [.. HostileTexts.Take(45).Select((_, k) =>
                (double)k)])).ToArray();
        var table = new Table("t", columns);
        var inferred = new InferredTable(table,
            [.. table.Columns.Select(c => new ColumnEvidence
            {
                Column = c.Name, Kind = c.Schema.Kind, Confidence = 0.5, Evidence = [c.Name], MissingTexts = [c.Name],
                Missing = 1, Distinct = 2, Least = c.Name, Greatest = c.Name,
            })],
            new TableFindings
            {
                Notes = HostileTexts,
                RepeatedIdentifiers = [new(names[5], 10, 4.2), new(names[6], 10, 4.2)],
                Determinations = [.. names.Zip(names.Skip(1), (a, b) => new Determination(a, b, true))],
                Source = new("csv", ["x"], 5) { Delimiter = "\t", Encoding = "utf-8" },
            });
        var init = SpecWriter.Init(inferred, new InitOptions("we\nird \"path\": #.csv") { Target = names[3] });
        var (spec, faults) = SpecReaderTests.Parse(init.Text);
        Assert.Empty(faults.All);
        Assert.Equal(names, spec!.Columns.Select(c => c.Name));
        Assert.Equal("we\nird \"path\": #.csv", spec.Source!.Train);
        Assert.Equal(names[5], spec.Split!.By);
        Assert.Equal(HostileTexts.Take(45), spec.Columns[0].Levels);
        Assert.Equal(40, spec.Constraints.Count);
        Assert.All(spec.Constraints, c => Assert.IsType<DeterminesConstraint>(c));
        Assert.True(SpecReader.CheckAgainst(spec, table.Schema, faults), string.Join("\n", faults.All));
        Assert.Contains(init.Warnings, w => w.Contains("SIM050") && w.Contains("splits by it"));
        Assert.Contains(init.Warnings, w => w.Contains("no 'by' is given"));
    }

    [Theory]
    [InlineData("adult_train.csv")]
    [InlineData("titanic.csv")]
    [InlineData("penguins.csv")]
    [InlineData("credit_g.csv")]
    [InlineData("telco_churn.csv")]
    [InlineData("sd2011.csv")]
    public void Real_tables_give_specs_that_read_back(string file)
    {
        string? folder = Environment.GetEnvironmentVariable("SIMULANT_DATA");
        Assert.SkipUnless(folder is not null, "SIMULANT_DATA does not name the shared data");
        string path = Path.Combine(folder!, "tabular", file);
        Assert.SkipUnless(File.Exists(path), $"there is no {file} in SIMULANT_DATA");
        var inferred = TableReader.Read(path, new ReadOptions { SampleRows = 3000 });
        var init = SpecWriter.Init(inferred, new InitOptions(file));
        TestContext.Current.TestOutputHelper?.WriteLine(init.Text + string.Join("\n", init.Warnings));
        var (spec, faults) = SpecReaderTests.Parse(init.Text);
        Assert.Empty(faults.All);
        Assert.Equal(inferred.Table.Schema.Columns.Select(c => (c.Name, (ColumnKind?)c.Kind)), spec!.Columns.Select(c => (c.Name,
            c.Kind)));
        Assert.True(SpecReader.CheckAgainst(spec, inferred.Table.Schema, faults), string.Join("\n", faults.All));
    }
}
