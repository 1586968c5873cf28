using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Specs;
using Simulant.Tabular;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Trees;
using Xunit;

namespace Simulant.Tests.Tabular.Frame;

public class LooseOutcomeTests
{
    private static readonly double[] Counts = [100, 900, 1400, 1600, 300, 700];
    private static readonly int[] Groups = [0, 0, 1, 1, 2, 2], Outcomes = [0, 1, 0, 1, 0, 1];

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(1.5)]
    public void Groups_and_outcome_keep_their_shares_and_odds_ratios_are_a_power(double independence)
    {
        double[] mass = LooseOutcome.Shares(Counts, Groups, Outcomes, independence);
        for (int g = 0; g < 3; g++)
            Assert.Equal((Counts[2 * g] + Counts[2 * g + 1]) / 5000, mass[2 * g] + mass[2 * g + 1], 1e-9);
        Assert.Equal(1800.0 / 5000, mass[0] + mass[2] + mass[4], 1e-9);
        double[] shrunk = [.. Counts.Select((c, k) => c + 10 * (k % 2 == 0 ? 0.36 : 0.64))];
        double Odds(double[] of, int g) => of[2 * g + 1] / of[2 * g];
        for (int g = 1; g < 3; g++)
            Assert.Equal(Math.Pow(Odds(shrunk, g) / Odds(shrunk, 0), 1 - independence), Odds(mass, g) / Odds(mass, 0), 1e-6);
    }

    [Fact]
    public void A_group_that_lacks_an_outcome_lacks_it_still()
    {
        double[] mass = LooseOutcome.Shares([50, 50, 20], [0, 0, 1], [0, 1, 0], 1);
        Assert.Equal(20.0 / 120, mass[2], 1e-9);
        Assert.Equal(50.0 / 120, mass[1], 1e-9);
    }

    /// <summary>The outcome follows the group and a number that the group moves too.</summary>
    private static Table Training(int rows)
    {
        var random = new RandomStream(8, "loose");
        var group = new string?[rows];
        var outcome = new string?[rows];
        double[] number = new double[rows];
        for (int r = 0; r < rows; r++)
        {
            int g = (int)(3 * random.Uniform(r, 0));
            group[r] = $"g{g}";
            number[r] = Math.Floor(10 * random.Uniform(r, 1)) + 2 * g;
            outcome[r] = random.Uniform(r, 2) < 0.15 + 0.2 * g + 0.02 * number[r] ? "yes" : "no";
        }
        return new Table("t",
        [
            CodedColumn.From(new ColumnSchema("group", ColumnKind.Category), group),
            new NumericColumn(new ColumnSchema("number", ColumnKind.Integer), number),
            CodedColumn.From(new ColumnSchema("outcome", ColumnKind.Category) { Role = ColumnRole.Target }, outcome),
        ]);
    }

    [Fact]
    public void Rows_made_have_an_outcome_that_is_independent_of_the_group_to_the_row()
    {
        var training = Training(1200);
        var faults = new DiagnosticBag();
        var spec = SpecReader.Parse("simulant: 1\nsource: { train: a.csv, target: outcome }\nrows: 3000\n"
            + "protect: { columns: [group], independence: 1 }\n", "s.yaml", faults);
        Assert.Empty(faults.All);
        var sampler = new TableGenerator(new TreesEngine())
            .Fit(new TableRequest(spec!, training.Schema), Dataset.Of(training), RunContext.Quiet(1, 2));
        var made = sampler.Sample(new ItemRange(0, 3000), RunContext.Quiet(2, 2)).Single;
        double yes = Share(training, _ => true);
        Assert.Equal(yes, Share(made, _ => true), 1 / 3000.0);
        foreach (string level in (string[])["g0", "g1", "g2"])
        {
            int[] own = Rows(made, level);
            Assert.Equal(Rows(training, level).Length / 1200.0, own.Length / 3000.0, 1 / 3000.0);
            Assert.Equal(yes, Share(made, r => ((CodedColumn)made["group"])[r] == level), 1.5 / own.Length);
            // What hangs on the group beside the outcome is as it was.
            double real = Rows(training, level).Average(r => ((NumericColumn)training["number"]).Values[r]);
            Assert.Equal(real, own.Average(r => ((NumericColumn)made["number"]).Values[r]), 0.5);
        }

        static int[] Rows(Table table, string level) =>
            [.. Enumerable.Range(0, table.RowCount).Where(r => ((CodedColumn)table["group"])[r] == level)];
        static double Share(Table table, Func<int, bool> where) => Enumerable.Range(0, table.RowCount).Where(where)
            .Average(r => ((CodedColumn)table["outcome"])[r] == "yes" ? 1.0 : 0);
    }
}
