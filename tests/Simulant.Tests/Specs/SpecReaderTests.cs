using Simulant.Data;
using Simulant.Specs;
using Xunit;

namespace Simulant.Tests.Specs;

public sealed class SpecReaderTests
{
    internal static readonly string[] Metrics =
        ["fidelity.shapes", "detection.auc", "detection.auc-train", "utility.transfer-ratio", "memory.copies"];

    internal static readonly string[] Engines = ["trees", "copula", "rules"];

    internal static (Spec? Spec, DiagnosticBag Faults) Parse(string text, string file = "s.yaml")
    {
        var faults = new DiagnosticBag();
        return (SpecReader.Parse(text, file, faults, Metrics, Engines), faults);
    }

    internal static Spec Good(string text)
    {
        var (spec, faults) = Parse(text);
        Assert.Empty(faults.All);
        return spec!;
    }

    internal const string Contract = """
        simulant: 1
        name: adult-balanced
        kind: table
        description: Census of 1994
        license: cc-by-4.0
        creator: Ward 9
        citation: "@misc{x}"
        url: https://example.org/data
        published: 2024-01-31
        source: { train: adult_train.csv, holdout: adult_test.csv, target: income }
        columns:
          age: { type: integer, domain: [17, 90] }
          id: { role: id }
          hired: { type: date, domain: [2001-02-03, null], format: dd/MM/yyyy }
          education: { type: category, levels: [low, high], ordered: true, description: schooling }
          mail: { personal: email }
          name: { personal: full_name }
          note: { personal: false }
          pay: { type: decimal, decimals: 2 }
          sex: category
          other:
        engine: { name: copula, latents: 6 }
        rows: 50k
        balance: { income: { ">50K": 0.5, "<=50K": 25% } }
        constraints: [ "capital-gain >= 0", "education, sex determines education-num", "pay increments 0.05",
          "one_hot a, b, `c d`", "unique id, mail", "17 <= age <= 90", "determines = 1" ]
        validate:
          gates:
            utility.transfer-ratio: ">= 0.97"
            memory.copies: "<= reference"
            detection.auc: { require: "< 0.54", min_rows: 1k }
            detection.auc-train: [">= 0.49", "<= 0.53"]
          only: [fidelity.shapes]
          trend_threshold: 0.1
          replicates: 50
          model_rows: 20k
          neighbour_rows: 10000
        output: { format: csv }
        seed: { fit: 7, sample: 8 }
        refine: true
        time_limit: 1h30m
        """;

    [Fact]
    public void Every_key_of_the_contract_is_read()
    {
        var spec = Good(Contract);
        Assert.Equal(("adult-balanced", "table", "Census of 1994"), (spec.Name, spec.Kind, spec.Description));
        Assert.Equal(new CardSpec
        {
            License = "CC-BY-4.0", Creator = "Ward 9", Citation = "@misc{x}", Url = "https://example.org/data",
            Published = new DateOnly(2024, 1, 31),
        }, spec.Card);
        Assert.Equal(("adult_train.csv", "adult_test.csv", "income"), (spec.Source!.Train, spec.Source.Holdout,
            spec.Source.Target));
        Assert.Equal(["age", "id", "hired", "education", "mail", "name", "note", "pay", "sex", "other"], spec.Columns.Select(c =>
            c.Name));
        Assert.Equal((ColumnKind.Integer, 17.0, 90.0), (spec.Columns[0].Kind, spec.Columns[0].Minimum, spec.Columns[0].Maximum));
        Assert.Equal(ColumnRole.Id, spec.Columns[1].Role);
        Assert.Equal((11356.0, null, "dd/MM/yyyy"), (spec.Columns[2].Minimum, spec.Columns[2].Maximum, spec.Columns[2].Format));
        Assert.Equal(["low", "high"], spec.Columns[3].Levels);
        Assert.Equal((true, "schooling"), (spec.Columns[3].Ordered, spec.Columns[3].Description));
        Assert.Equal([PersonalData.Email, PersonalData.FullName, PersonalData.None], spec.Columns.Skip(4).Take(3).Select(c =>
            c.Personal));
        Assert.Equal((2, ColumnKind.Category), (spec.Columns[7].Decimals, spec.Columns[8].Kind));
        Assert.Equal(("copula", "6"), (spec.Engine.Name, ((SpecScalar)spec.Engine.Options!["latents"]!).Text));
        Assert.Equal(50_000, spec.Rows);
        Assert.Equal([(">50K", 0.5), ("<=50K", 0.25)], spec.Balance.Single().Shares.Select(s => (s.Key, s.Value)));
        Assert.Equal((7ul, 8ul, (4, 2.0), TimeSpan.FromMinutes(90), "csv"),
            (spec.FitSeed, spec.SampleSeed, (spec.Refine!.Pool, spec.Refine.Margin), spec.TimeLimit!.Value, spec.Output.Format));
    }

    [Fact]
    public void Gates_and_measures_are_read()
    {
        var spec = Good(Contract);
        Assert.Equal(
            [
                "utility.transfer-ratio >= 0.97 0", "memory.copies <= reference 0", "detection.auc < 0.54 1000",
                "detection.auc-train >= 0.49 0", "detection.auc-train <= 0.53 0",
            ],
            spec.Gates.Select(g => FormattableString.Invariant(
                $"{g.Metric} {g.Operator} {(g.AgainstReference ? "reference" : g.Bound)} {g.MinRows}")));
        Assert.Equal(["fidelity.shapes"], spec.Measures.Only);
        Assert.Equal((0.1, 50, 20_000L, 10_000L),
            (spec.Measures.TrendThreshold, spec.Measures.Replicates, spec.Measures.ModelRows, spec.Measures.NeighbourRows));
        Assert.Null(spec.Validate!["gates"]);
        Assert.NotNull(spec.Validate["only"]);
    }

    [Fact]
    public void Constraints_of_every_form_are_read()
    {
        var constraints = Good(Contract).Constraints;
        Assert.Equal(7, constraints.Count);
        Assert.Equal(["capital-gain"], Assert.IsType<ExpressionConstraint>(constraints[0]).Expression.Columns);
        var determines = Assert.IsType<DeterminesConstraint>(constraints[1]);
        Assert.Equal(["education", "sex"], determines.Left);
        Assert.Equal(["education-num"], determines.Right);
        var increments = Assert.IsType<IncrementConstraint>(constraints[2]);
        Assert.Equal(("pay", 0.05), (increments.Column, increments.Step));
        Assert.Equal(["a", "b", "c d"], Assert.IsType<OneHotConstraint>(constraints[3]).Columns);
        Assert.Equal(["id", "mail"], Assert.IsType<UniqueConstraint>(constraints[4]).Columns);
        Assert.IsType<ExpressionConstraint>(constraints[5]);
        Assert.Equal(["determines"], Assert.IsType<ExpressionConstraint>(constraints[6]).Expression.Columns);
    }

    [Fact]
    public void Short_forms_mean_the_long_ones()
    {
        var spec = Good("simulant: 1\nname: x\nsource: a.csv\nsplit: 0.3\nengine: copula\noutput: csv\nseed: 9\nrows: "
            + "1.1M\ntime_limit: 90\n");
        Assert.Equal(("a.csv", 0.3, "copula", "csv"), (spec.Source!.Train, spec.Split!.Holdout, spec.Engine.Name,
            spec.Output.Format));
        Assert.Equal((9ul, 9ul, 1_100_000L, TimeSpan.FromSeconds(90)), (spec.FitSeed, spec.SampleSeed, spec.Rows,
            spec.TimeLimit));
    }

    [Fact]
    public void Absent_keys_have_their_defaults()
    {
        var spec = Good("simulant: 1\nsource: a.csv\n");
        Assert.Equal(("s", "table", "", "parquet"), (spec.Name, spec.Kind, spec.Engine.Name, spec.Output.Format));
        Assert.Equal((null, null, 0ul, 0ul, null), (spec.Rows, spec.Split, spec.FitSeed, spec.SampleSeed, spec.Refine));
        Assert.Null(spec.TimeLimit);
    }

    [Fact]
    public void A_full_split_and_a_database_are_read()
    {
        var spec = Good("""
            simulant: 1
            source: { postgres: "env:PG", query: "select 1", missing: "?", delimiter: tab, encoding: latin-1, sample_rows: 10k,
                format: csv }
            split: { by: patient, after: 2024-01-01, stratify: outcome, seed: 18446744073709551615 }
            columns: { when: { type: timestamp, role: time }, outcome: { role: target } }
            conditions: [ { where: "age > 80", rows: 1000 } ]
            """);
        Assert.Equal(("env:PG", "select 1", "\t", "latin-1", 10_000L, "csv"), (spec.Source!.Postgres, spec.Source.Query,
            spec.Source.Delimiter, spec.Source.Encoding, spec.Source.SampleRows, spec.Source.Format));
        Assert.Equal(["?"], spec.Source.Missing);
        Assert.Equal("outcome", spec.Source.Target);
        Assert.Equal(("patient", "2024-01-01", "outcome", ulong.MaxValue),
            (spec.Split!.By, spec.Split.After, spec.Split.Stratify, spec.Split.Seed));
        Assert.Equal(("age > 80", 1000L), (spec.Conditions.Single().Where.Text, spec.Conditions.Single().Rows));
    }

    [Fact]
    public void Json_is_accepted()
    {
        var (spec, faults) = Parse("""{ "simulant": 1, "source": { "train": "a.csv" }, "rows": 10, "seed": 3 }""", "s.json");
        Assert.Empty(faults.All);
        Assert.Equal((10L, 3ul), (spec!.Rows, spec.FitSeed));
    }

    [Fact]
    public void Columns_of_the_rules_engine_keep_options_of_their_own()
    {
        var spec = Good("simulant: 1\nrows: 5\ncolumns: { x: { distribution: normal, mean: 3 }, y: { expression: x + 1 } }\n");
        Assert.Equal("3", ((SpecScalar)spec.Columns[0].Options!["mean"]!).Text);
        spec = Good("simulant: 1\nengine: rules\nsource: a.csv\ncolumns: { x: { distribution: normal } }\n");
        Assert.Equal("normal", ((SpecScalar)spec.Columns[0].Options!["distribution"]!).Text);
    }

    [Fact]
    public void A_folder_means_the_spec_inside_it()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var faults = new DiagnosticBag();
            Assert.Null(SpecReader.Read(folder, faults));
            Assert.Equal("SIM001", Assert.Single(faults.All).Code);
            File.WriteAllText(Path.Combine(folder, "spec.yaml"), "simulant: 1\nsource: a.csv\n");
            var spec = SpecReader.Load(folder);
            Assert.Equal(Path.Combine(folder, "spec.yaml"), spec.File);
            Assert.Equal(Path.GetFileName(folder), spec.Name);
            File.WriteAllBytes(Path.Combine(folder, "spec.yaml"), [.. "simulant: 1\nname: "u8, 0xFF, 0xFE]);
            Assert.Contains("UTF-8", Assert.Throws<SpecException>(() => SpecReader.Load(folder)).Diagnostics.Single().Message);
            File.WriteAllBytes(Path.Combine(folder, "spec.yaml"), new byte[SpecText.MaxBytes + 1]);
            Assert.Equal("SIM004", Assert.Throws<SpecException>(() => SpecReader.Load(folder)).Diagnostics.Single().Code);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        Assert.Equal("SIM001", Assert.Throws<SpecException>(() => SpecReader.Load(folder)).Diagnostics.Single().Code);
        Assert.Equal("SIM001", Assert.Throws<SpecException>(() => SpecReader.Load("")).Diagnostics.Single().Code);
    }

    [Fact]
    public void Protected_columns_come_from_the_list_and_from_roles()
    {
        var spec = Good("simulant: 1\nsource: a.csv\nprotect: [sex, race]\n"
            + "columns: { race: { role: protected }, age: { role: protected } }");
        Assert.Equal(["sex", "race", "age"], spec.Protect.Select(p => p.Column));
        Assert.Equal(["sex"], Good("simulant: 1\nsource: a.csv\nprotect: sex").Protect.Select(p => p.Column));
        Assert.Empty(Good("simulant: 1\nsource: a.csv").Protect);
        spec = Good("simulant: 1\nsource: { train: a.csv, target: y }\nprotect: { columns: [sex], independence: 1.25 }");
        Assert.Equal(("sex", 1.25), (Assert.Single(spec.Protect).Column, spec.Independence));
    }

    [Fact]
    public void A_gate_on_groups_needs_groups()
    {
        const string text = "simulant: 1\nsource: a.csv\nvalidate: { gates: { fairness.parity: \"<= 0.1\" } }\n";
        var faults = new DiagnosticBag();
        SpecReader.Parse(text, "s.yaml", faults, ["fairness.parity"], Engines);
        var fault = Assert.Single(faults.All);
        Assert.Equal(("SIM011", 3), (fault.Code, fault.At.Line));
        Assert.Contains("add 'protect: [column]'", fault.Message, StringComparison.Ordinal);
        faults = new DiagnosticBag();
        SpecReader.Parse(text + "protect: sex\n", "s.yaml", faults, ["fairness.parity"], Engines);
        Assert.Empty(faults.All);
    }
}
