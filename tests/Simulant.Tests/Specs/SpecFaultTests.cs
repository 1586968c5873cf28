using Simulant.Data;
using Simulant.Specs;
using Xunit;

namespace Simulant.Tests.Specs;

/// <summary>Every fault of a spec: code, place, remedy.</summary>
public sealed class SpecFaultTests
{
    [Theory]
    [InlineData("[1]", "SIM012", 2, 1, "begin with 'simulant: 1'")]
    [InlineData("simulant: 2", "SIM009", 2, 11, "write 'simulant: 1'")]
    [InlineData("simulant: one", "SIM012", 2, 11, "a whole number, found text 'one'")]
    [InlineData("name: ../x", "SIM013", 2, 7, "letters, digits")]
    [InlineData("kind: tabel", "SIM013", 2, 7, "did you mean 'table'?")]
    [InlineData("kind: image", "SIM015", 2, 7, "not available in this one")]
    [InlineData("tables: {}", "SIM015", 2, 1, "reserved for a later version")]
    [InlineData("sequence: 3", "SIM015", 2, 1, "remove it")]
    [InlineData("augment: 3", "SIM012", 2, 10, "a list of operations or a map, found the number 3", 2)]
    [InlineData("augment: { copies: 2 }", "SIM011", 2, 10, "add 'steps: …'", 2)]
    [InlineData("augment: { steps: [invert], copies: 0 }", "SIM013", 2, 37, "from 1 to 1000", 2)]
    [InlineData("augment: [invert]", "SIM018", 2, 1, "write 'kind: scene', or remove it")]
    [InlineData("colums: {}", "SIM010", 2, 1, "did you mean 'columns'?")]
    [InlineData("rows:", "SIM012", 2, 6, "has no value")]
    [InlineData("rows: many", "SIM012", 2, 7, "50k or 1M")]
    [InlineData("rows: 0", "SIM013", 2, 7, "from 1 to")]
    [InlineData("rows: 1.5", "SIM012", 2, 7, "whole number")]
    [InlineData("rows: [1]", "SIM012", 2, 7, "found a list")]
    [InlineData("seed: -1", "SIM012", 2, 7, "whole number from 0")]
    [InlineData("seed: [1]", "SIM012", 2, 7, "found a list")]
    [InlineData("seed: { fitt: 1 }", "SIM010", 2, 9, "did you mean 'fit'?")]
    [InlineData("refine: yes", "SIM012", 2, 9, "true or false")]
    [InlineData("refine: [4]", "SIM012", 2, 9, "found a list")]
    [InlineData("refine: { pool: 1 }", "SIM013", 2, 17, "from 2 to 20")]
    [InlineData("refine: { margin: -1 }", "SIM013", 2, 19, "from 0 to 10")]
    [InlineData("refine: { size: 3 }", "SIM010", 2, 11, "it takes pool, margin, regions")]
    [InlineData("refine: { regions: 65 }", "SIM013", 2, 20, "from 0 to 64")]
    [InlineData("refine: { regions: 8 }", "SIM018", 2, 1, "give it a 'target'")]
    [InlineData("rows: 10M\nrefine: true", "SIM018", 3, 1, "choose from 4 times 10000000 rows")]
    [InlineData("supplement: [1]", "SIM012", 2, 13, "must be a map")]
    [InlineData("supplement: {}", "SIM011", 2, 13, "'reach'")]
    [InlineData("supplement: { reach: [] }", "SIM011", 2, 22, "names no condition")]
    [InlineData("supplement: { reach: [a] }", "SIM012", 2, 23, "share: 0.1")]
    [InlineData("supplement: { reach: [ { where: \"a = 1\" } ] }", "SIM011", 2, 24, "add 'share' or 'rows'")]
    [InlineData("supplement: { reach: [ { where: \"a = 1\", rows: 9, share: 0.1 } ] }", "SIM018", 2, 24, "keep one of them")]
    [InlineData("supplement: { reach: [ { where: \"a = 1\", share: 1 } ] }", "SIM013", 2, 49, "below 1")]
    [InlineData("supplement: { reach: [ { where: \"a = 1\", share: 60% }, { where: \"a = 2\", share: 0.4 } ] }", "SIM013", 2, 1,
        "sum to less than 1")]
    [InlineData("rows: 9\nsupplement: { reach: [ { where: \"a = 1\", rows: 9 } ] }", "SIM018", 3, 1, "remove 'rows'")]
    [InlineData("refine: true\nsupplement: { reach: [ { where: \"a = 1\", rows: 9 } ] }", "SIM018", 3, 1, "remove one of them")]
    [InlineData("balance: { a: { x: 1 } }\nsupplement: { reach: [ { where: \"a = 'x'\", rows: 9 } ] }", "SIM018", 3, 1, "keep one")]
    [InlineData("constraints: [ unique a ]\nsupplement: { reach: [ { where: \"a = 1\", rows: 9 } ] }", "SIM018", 3, 1, "cannot bind")]
    [InlineData("columns: { a: integer }\nsupplement: { reach: [ { where: \"a = 1\", rows: 9 } ], mark: a }", "SIM018", 3, 1,
        "choose another 'mark'")]
    [InlineData("time_limit: soon", "SIM013", 2, 13, "30s, 5m")]
    [InlineData("time_limit: 0", "SIM013", 2, 13, "30s, 5m")]
    [InlineData("license: [MIT]", "SIM012", 2, 10, "found a list")]
    [InlineData("license: ''", "SIM013", 2, 10, "is empty")]
    [InlineData("creator: \"a\\nb\"", "SIM013", 2, 10, "one line")]
    [InlineData("citation: \"a\\u0007b\"", "SIM013", 2, 11, "control characters")]
    [InlineData("url: x.org", "SIM013", 2, 6, "https://example.org/data")]
    [InlineData("url: javascript:alert(1)", "SIM013", 2, 6, "a web address")]
    [InlineData("published: 31.1.2024", "SIM013", 2, 12, "2024-01-31")]
    [InlineData("output: xls", "SIM013", 2, 9, "choose one of csv, jsonl, parquet")]
    [InlineData("output: { format: parket }", "SIM013", 2, 19, "did you mean 'parquet'?")]
    [InlineData("output: [csv]", "SIM012", 2, 9, "found a list")]
    [InlineData("engine: treees", "SIM016", 2, 9, "did you mean 'trees'?")]
    [InlineData("engine: gan", "SIM016", 2, 9, "choose one of trees, copula, rules")]
    [InlineData("engine: { depth: 3 }", "SIM011", 2, 9, "add 'name: …'")]
    [InlineData("engine: [trees]", "SIM012", 2, 9, "found a list")]
    [InlineData("split: 1.5", "SIM013", 2, 8, "between 0 and 1")]
    [InlineData("split: { holdout: 0 }", "SIM013", 2, 19, "between 0 and 1")]
    [InlineData("split: { after: soon }", "SIM013", 2, 17, "2024-01-31")]
    [InlineData("split: { after: 2024-01-01, holdout: 0.2 }", "SIM018", 2, 38, "keep one")]
    [InlineData("split: { by: a, stratify: a }", "SIM018", 2, 8, "same column")]
    [InlineData("split: [0.2]", "SIM012", 2, 8, "a number or a map")]
    [InlineData("columns: [a]", "SIM012", 2, 10, "'columns' must be a map")]
    [InlineData("columns: { a: [1] }", "SIM012", 2, 15, "a type or a map")]
    [InlineData("columns: { \"\": integer }", "SIM013", 2, 12, "no name")]
    [InlineData("columns: { a: float }", "SIM013", 2, 15, "did you mean 'decimal'?")]
    [InlineData("columns: { a: { typ: integer } }", "SIM010", 2, 17, "did you mean 'type'?")]
    [InlineData("columns: { a: { role: label } }", "SIM013", 2, 23, "did you mean 'target'?")]
    [InlineData("columns: { a: { personal: true } }", "SIM013", 2, 27, "full_name")]
    [InlineData("columns: { a: { personal: iban } }", "SIM013", 2, 27, "did you mean 'bank_account'?")]
    [InlineData("columns: { a: { decimals: 16, type: decimal } }", "SIM013", 2, 27, "from 0 to 15")]
    [InlineData("columns: { a: { domain: [1] } }", "SIM012", 2, 25, "a range [low, high]")]
    [InlineData("columns: { a: { domain: [9, 1] } }", "SIM013", 2, 25, "swap them")]
    [InlineData("columns: { a: { domain: [a, b], type: category } }", "SIM012", 2, 26, "write a number", 3)]
    [InlineData("columns: { a: { domain: [2024-01-01, null] } }", "SIM012", 2, 26, "type first")]
    [InlineData("columns: { a: { type: date, domain: [1, null] } }", "SIM012", 2, 38, "2024-01-31")]
    [InlineData("columns: { a: { type: date, domain: [[1], null] } }", "SIM012", 2, 38, "found a list")]
    [InlineData("columns: { a: { levels: [x, x] } }", "SIM019", 2, 29, "stands twice")]
    [InlineData("columns: { a: { levels: [] } }", "SIM013", 2, 25, "empty")]
    [InlineData("columns: { a: { levels: [[1]] } }", "SIM012", 2, 26, "must be text", 2)]
    [InlineData("columns: { a: { type: integer, levels: [1] } }", "SIM018", 2, 40, "use 'domain'")]
    [InlineData("columns: { a: { type: text, ordered: true } }", "SIM018", 2, 38, "order")]
    [InlineData("columns: { a: { type: integer, decimals: 2 } }", "SIM018", 2, 42, "make the type decimal")]
    [InlineData("columns: { a: { type: integer, personal: email } }", "SIM018", 2, 42, "make the type text")]
    [InlineData("columns: { a: { role: target }, b: { role: target } }", "SIM018", 2, 33, "second column of role target", 2)]
    [InlineData("balance: { a: 0.5 }", "SIM012", 2, 15, "map of levels")]
    [InlineData("balance: { a: { x: 0.6, y: 0.6 } }", "SIM013", 2, 12, "sum to 1.2")]
    [InlineData("balance: { a: { x: half } }", "SIM013", 2, 20, "from 0 to 1")]
    [InlineData("conditions: { where: a }", "SIM012", 2, 13, "a list of maps")]
    [InlineData("conditions: [ a ]", "SIM012", 2, 15, "a condition is a map")]
    [InlineData("conditions: [ { where: \"a > 1\" } ]", "SIM011", 2, 15, "add 'rows: …'")]
    [InlineData("conditions: [ { where: \"a >\", rows: 1 } ]", "SIM021", 2, 28, "found the end")]
    [InlineData("conditions: [ { where: \"a > 1\", rows: 9 } ]\nrows: 5", "SIM018", 2, 1, "raise 'rows'")]
    [InlineData("conditions: [ { where: a > 1, rows: 9 } ]\nbalance: { a: { x: 1 } }", "SIM018", 2, 1, "keep one")]
    [InlineData("constraints: a > 1", "SIM012", 2, 14, "a list of texts")]
    [InlineData("constraints: [ [a] ]", "SIM012", 2, 16, "must be text")]
    [InlineData("constraints: [ \"a > # 1\" ]", "SIM020", 2, 21, "unexpected character")]
    [InlineData("constraints: [ \"a, determines b\" ]", "SIM021", 2, 18, "found ','")]
    [InlineData("constraints: [ \"a b determines c\" ]", "SIM030", 2, 19, "put names with spaces in backticks")]
    [InlineData("constraints: [ \"a determines\" ]", "SIM030", 2, 29, "a, b determines c")]
    [InlineData("constraints: [ \"a determines b, a\" ]", "SIM030", 2, 17, "both sides")]
    [InlineData("constraints: [ \"one_hot a\" ]", "SIM030", 2, 17, "two columns")]
    [InlineData("constraints: [ \"unique a, a\" ]", "SIM030", 2, 27, "stands twice")]
    [InlineData("constraints: [ \"a increments -1\" ]", "SIM030", 2, 30, "a step above 0")]
    [InlineData("protect: { a: 1 }", "SIM010", 2, 12, "it takes columns, independence")]
    [InlineData("protect: { columns: a, independence: 3 }", "SIM013", 2, 38, "from 0 to 2")]
    [InlineData("protect: { independence: 1 }", "SIM011", 2, 1, "'protect' names none")]
    [InlineData("protect: { columns: a, independence: 1 }", "SIM011", 2, 1, "add its 'target'")]
    [InlineData("protect: { columns: a, independence: 1 }\ncolumns: { y: { role: target } }\nbalance: { a: { x: 0.5 } }", "SIM018", 2, 1,
        "so does 'balance'")]
    [InlineData("protect: { columns: a, independence: 1 }\ncolumns: { y: { role: target, type: boolean }, a: boolean }\n"
        + "privacy: { epsilon: 1, delta: 1e-9 }", "SIM018", 2, 1, "not paid for")]
    [InlineData("protect: [ [a] ]", "SIM012", 2, 12, "must be text")]
    [InlineData("protect: [ a, a ]", "SIM018", 2, 15, "names 'a' twice")]
    [InlineData("protect: [ a, b, c, d, e ]", "SIM018", 2, 24, "a fifth protected column")]
    [InlineData("protect: y\ncolumns: { y: { role: target } }", "SIM018", 2, 10, "is the target")]
    [InlineData("validate: 3", "SIM012", 2, 11, "must be a map")]
    [InlineData("validate: { gate: {} }", "SIM010", 2, 13, "did you mean 'gates'?")]
    [InlineData("validate: { gates: [] }", "SIM012", 2, 20, "a map of metrics")]
    [InlineData("validate: { gates: { fidelity.shape: \">= 1\" } }", "SIM017", 2, 22, "did you mean 'fidelity.shapes'?")]
    [InlineData("validate: { gates: { detection.zzzzzzzzzz: \">= 1\" } }", "SIM017", 2, 22, "there are detection.auc")]
    [InlineData("validate: { gates: { zzz: \">= 1\" } }", "SIM017", 2, 22, "metrics.md")]
    [InlineData("privacy: 1", "SIM012", 2, 10, "must be a map")]
    [InlineData("privacy: { epsilon: 1 }", "SIM011", 2, 10, "add 'delta: …'")]
    [InlineData("privacy: { epsilon: 0, delta: 1e-9 }", "SIM013", 2, 21, "above 0")]
    [InlineData("privacy: { epsilon: 101, delta: 1e-9 }", "SIM013", 2, 21, "from 0 to 100")]
    [InlineData("privacy: { epsilon: 1, delta: 0.5 }", "SIM013", 2, 31, "from 0 to 0.1")]
    [InlineData("privacy: { epsilon: 1, delta: 1e-9, budgets: 3 }", "SIM010", 2, 37, "did you mean 'budget'?")]
    [InlineData("privacy: { epsilon: 1, delta: 1e-9, budget: 0 }", "SIM013", 2, 45, "above 0")]
    [InlineData("privacy: { epsilon: 1, delta: 1e-9, budget: { delta: 1e-6 } }", "SIM011", 2, 45, "add 'epsilon: …'")]
    [InlineData("privacy: { epsilon: 1, delta: 1e-9, budget: [1] }", "SIM012", 2, 45, "found a list")]
    [InlineData("privacy: { epsilon: 1, delta: 1e-9, max_rows: 3 }", "SIM018", 2, 47, "name the owner's column")]
    [InlineData("privacy: { epsilon: 1, delta: 1e-9, unit: patient }", "SIM014", 2, 1, "'columns' does not describe")]
    [InlineData("privacy: { epsilon: 1, delta: 1e-9 }\ncolumns: { a: { role: target } }", "SIM011", 3, 12, "add its type")]
    [InlineData("privacy: { epsilon: 1, delta: 1e-9 }\ncolumns: { a: decimal }", "SIM011", 3, 12, "'decimals'")]
    [InlineData("privacy: { epsilon: 1, delta: 1e-9 }\nrefine: true", "SIM018", 3, 1, "has not paid for")]
    [InlineData("privacy: { epsilon: 1, delta: 1e-9 }\nsplit: { stratify: a }", "SIM018", 3, 8, "one row must not move another")]
    [InlineData("privacy: { epsilon: 1, delta: 1e-9 }\nsplit: { after: 2024-01-01 }", "SIM018", 3, 8, "one row must not move another")]
    [InlineData("privacy: { epsilon: 1, delta: 1e-9 }\nconstraints: [ \"a determines b\" ]", "SIM018", 3, 16, "has not paid for")]
    [InlineData("privacy: { epsilon: 1, delta: 1e-9 }\nconstraints: [ \"one_hot a, b\" ]", "SIM018", 3, 16, "has not paid for")]
    [InlineData("validate: { gates: { memory.copies: 0.5 } }", "SIM031", 2, 37, "which way")]
    [InlineData("validate: { gates: { memory.copies: low } }", "SIM031", 2, 37, "write a bound")]
    [InlineData("validate: { gates: { memory.copies: \"<= refrence\" } }", "SIM031", 2, 37, "did you mean 'reference'?")]
    [InlineData("validate: { gates: { memory.copies: { require: [[1]] } } }", "SIM012", 2, 49, "must be a bound")]
    [InlineData("validate: { gates: { memory.copies: { min_rows: 3 } } }", "SIM011", 2, 37, "add 'require: …'")]
    [InlineData("validate: { only: [memory.copis] }", "SIM017", 2, 20, "did you mean 'memory.copies'?")]
    [InlineData("validate: { replicates: 3 }", "SIM013", 2, 25, "from 20")]
    public void Spec_with_a_source(string line, string code, int row, int column, string part, int faultsInAll = 1)
    {
        string rest = line[0] == '[' ? "" : "\nsource: a.csv";
        string head = line.StartsWith("simulant", StringComparison.Ordinal) || line[0] == '[' ? "# a spec\n" : "simulant: 1\n";
        Judge(head + line + rest, code, row, column, part, faultsInAll);
    }

    [Theory]
    [InlineData("rows: 5\ncolumns: { a: text }\nsource: [a]", "SIM012", 9, "text or a map")]
    [InlineData("rows: 5\ncolumns: { a: text }\nprotect: a", "SIM018", 10, "has no 'source'")]
    [InlineData("source: {}", "SIM011", 9, "has no 'train'")]
    [InlineData("source: { train: a, query: b }", "SIM018", 9, "keep 'train'")]
    [InlineData("source: { postgres: a }", "SIM011", 9, "add 'query'")]
    [InlineData("source: { train: a, delimiter: ab }", "SIM013", 32, "one character")]
    [InlineData("source: { train: a, format: xls }", "SIM013", 29, "choose one of csv")]
    [InlineData("source: { train: \"\" }", "SIM013", 18, "empty")]
    [InlineData("source: { train: a, sample_rows: 0 }", "SIM013", 34, "from 1")]
    [InlineData("source: { train: a, holdout: b }\nsplit: 0.2", "SIM018", 8, "remove 'split'")]
    [InlineData("source: { train: a, target: y }\ncolumns: { z: { role: target } }", "SIM018", 12, "keep one")]
    [InlineData("source: { train: a, target: y }\ncolumns: { y: { role: id } }", "SIM018", 12, "another role")]
    [InlineData("rows: 5\nengine: trees", "SIM011", 9, "learns from data")]
    [InlineData("rows: 5", "SIM011", 1, "describe its 'columns'")]
    [InlineData("columns: { a: integer }", "SIM011", 1, "how many 'rows'")]
    [InlineData("columns: { a: integer }\nrows: 5\nsplit: 0.2", "SIM018", 8, "remove it")]
    [InlineData("columns: { age: integer }\nrows: 5\nconstraints: [ agee > 1 ]", "SIM014", 16, "did you mean 'age'?")]
    [InlineData("columns: { age: integer }\nrows: 5\nconstraints: [ \"unique x\" ]", "SIM014", 16, "there are age")]
    [InlineData("columns: { age: integer }\nrows: 5\nbalance: { ag: { x: 1 } }", "SIM014", 12, "did you mean 'age'?")]
    public void Source_and_its_absence(string lines, string code, int column, string part)
    {
        string text = "simulant: 1\n" + lines + "\n";
        int row = text.TrimEnd().Count(c => c == '\n') + 1;
        if (column == 1) row = 1;
        Judge(text, code, row, column, part, 1);
    }

    private static void Judge(string text, string code, int row, int column, string part, int faultsInAll)
    {
        var (spec, faults) = SpecReaderTests.Parse(text);
        Assert.Null(spec);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join("\n", faults.All));
        Assert.Equal(faultsInAll, faults.All.Count);
        var fault = faults.All[0];
        Assert.Equal((code, row, column), (fault.Code, fault.At.Line, fault.At.Column));
        Assert.Contains(part, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.ToString());
    }

    [Fact]
    public void All_faults_are_told_in_one_pass()
    {
        var (_, faults) = SpecReaderTests.Parse("""
            simulant: 3
            nmae: x
            rows: -5
            rows: 6
            columns:
              age: { type: number, rol: id }
            constraints: [ "age >", "unique" ]
            validate: { gates: { memory.copys: "about 3" } }
            seed: x
            """);
        Assert.Equal(
            ["SIM003", "SIM009", "SIM010", "SIM011", "SIM012", "SIM013", "SIM013", "SIM017", "SIM021", "SIM031"],
            faults.All.Select(f => f.Code).Where(c => c != "SIM014").Order());
    }

    [Theory]
    [InlineData("CC-BY-4", "CC-BY-4", "did you mean 'CC-BY-4.0'?")]
    [InlineData("gpl3.0-only", "gpl3.0-only", "did you mean 'GPL-3.0-only'?")]
    [InlineData("odbl-1.0", "ODbL-1.0", null)]
    [InlineData("LicenseRef-ward-9", "LicenseRef-ward-9", null)]
    [InlineData("by agreement", "by agreement", null)]
    public void A_licence_that_is_nearly_known_is_a_warning(string given, string read, string? warning)
    {
        var (spec, faults) = SpecReaderTests.Parse($"simulant: 1\nsource: a.csv\nlicense: {given}\n");
        Assert.Equal(read, spec!.Card.License);
        if (warning is null) Assert.Empty(faults.All);
        else Assert.Contains(warning, Assert.Single(faults.All, f => f.Severity == Severity.Warning && f.At.Column == 10).Message);
    }

    [Fact]
    public void A_repeated_constraint_is_a_warning()
    {
        var (spec, faults) = SpecReaderTests.Parse("simulant: 1\nsource: a.csv\nconstraints: [ a > 1, a > 1 ]\n");
        Assert.Single(spec!.Constraints);
        Assert.Equal((Severity.Warning, "SIM019"), (faults.All.Single().Severity, faults.All.Single().Code));
    }

    [Theory]
    [InlineData("source: { train: a.csv, target: incme }", "SIM014 2:33")]
    [InlineData("source: a.csv\nsplit: { by: who, stratify: incme }", "SIM014 3:14, SIM014 3:29")]
    [InlineData("source: a.csv\ncolumns: { agge: integer }", "SIM014 3:12")]
    [InlineData("source: a.csv\nbalance: { sexx: { F: 1 } }", "SIM014 3:12")]
    [InlineData("source: a.csv\nbalance: { born: { F: 1 } }", "SIM025 3:12")]
    [InlineData("source: a.csv\nconditions: [ { where: \"agee > 1 and sex > 5\", rows: 1 } ]", "SIM014 3:25, SIM025 3:42")]
    [InlineData("source: a.csv\nconstraints: [ \"sex increments 5\", \"one_hot sex, born\", \"unique agee\", \"age + 1\" ]",
        "SIM014 3:57, SIM025 3:16, SIM025 3:36, SIM025 3:77")]
    [InlineData("source: a.csv\nsplit: { after: 2024-01-01 }", "SIM011 3:8")]
    public void Names_are_checked_against_the_real_columns(string lines, string expected)
    {
        var (spec, faults) = SpecReaderTests.Parse("simulant: 1\n" + lines + "\n");
        Assert.Empty(faults.All);
        Assert.False(SpecReader.CheckAgainst(spec!, ExpressionTests.People().Schema, faults));
        Assert.Equal(expected, string.Join(", ", faults.All.Select(f => $"{f.Code} {f.At.Line}:{f.At.Column}")));
    }

    [Fact]
    public void A_spec_that_fits_its_columns_has_no_faults()
    {
        var spec = SpecReaderTests.Good("""
            simulant: 1
            source: { train: a.csv, target: sex }
            split: { by: code, stratify: sex }
            columns: { age: integer }
            balance: { sex: { F: 0.5 } }
            constraints: [ "capital-gain >= 0", "unique age, code", "pay increments 0.1", "one_hot active, age",
                "sex determines code" ]
            """);
        var faults = new DiagnosticBag();
        Assert.True(SpecReader.CheckAgainst(spec, ExpressionTests.People().Schema, faults));
        Assert.Empty(faults.All);
    }
}
