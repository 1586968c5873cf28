using Simulant.Data;
using Simulant.Runs;
using Simulant.Specs;
using Xunit;

namespace Simulant.Tests.Runs;

public class RealDataTests
{
    [Theory]
    [InlineData("")]
    [InlineData("columns: { size: { type: integer }, kind: { type: category } }\n")]
    [InlineData("columns: { kind: { role: target } }\n")]
    public void The_target_of_the_source_has_its_role_whether_or_not_its_column_is_listed(string columns)
    {
        using var folder = new TempFolder();
        string file = Path.Combine(folder.Path, "rows.csv");
        File.WriteAllLines(file, ["size,kind", .. Enumerable.Range(0, 40).Select(i => $"{i % 7},{(i % 3 == 0 ? "a" : "b")}")]);
        string text = $"simulant: 1\nname: rows\nkind: table\nsource: {{ train: {file}, target: kind }}\n" + columns;
        var faults = new DiagnosticBag();
        var spec = SpecReader.Parse(text, "spec.yaml", faults)!;
        faults.ThrowIfErrors();
        var real = Sources.Read(spec, "", RunContext.Quiet(1, 1));
        Assert.Equal(ColumnRole.Target, real.Training.Schema.Columns.Single(c => c.Name == "kind").Role);
        Assert.Equal(ColumnRole.Feature, real.Training.Schema.Columns.Single(c => c.Name == "size").Role);
    }
}
