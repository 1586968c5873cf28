using Simulant.Bench.Quality;
using Simulant.Data;
using Simulant.Validation;
using Simulant.Validation.Attacks;
using Simulant.Validation.Comparison;
using Xunit;

namespace Simulant.Tests.Validation.Attacks;

/// <summary>Leaks that are there are found, and none where there is none.</summary>
public class AuditTests
{
    public static TheoryData<Plant> Planted => [Plant.Copier, Plant.TenthCopied, Plant.Neighbour, Plant.LeavesOfOne, Plant.Redrawn2,
        Plant.Redrawn3, Plant.Redrawn4, Plant.PassesDcr];

    private static AuditResult Run(Plant plant, int rows, ulong seed, int threads = 2) => Run(PlantedLeaks.Of(plant, rows, seed), threads);

    private static AuditResult Run(Evaluation data, int threads = 2, string? target = null) =>
        Audit.Run(data, new AuditOptions { Target = target }, RunContext.Quiet(1, threads));

    [Theory, MemberData(nameof(Planted))]
    public void A_planted_leak_is_found(Plant plant)
    {
        var found = Run(plant, 1_200, 1);
        Assert.True(found.LeakFound);
        Assert.Null(found.Pass);
    }

    [Fact]
    public void The_copier_that_passes_DCR_is_caught()
    {
        var data = PlantedLeaks.Of(Plant.PassesDcr, 2_000, 2);
        Assert.True(AuditCommand.PassesDcr(data, 2, 2));
        Assert.True(Run(data).LeakFound);
    }

    [Fact]
    public void Twenty_leaked_outliers_are_found_and_named_first()
    {
        var found = Run(Plant.Outliers, 4_000, 1).Attacks.Single(a => a.Name == MembershipAttacks.DistinctiveAgreement);
        Assert.True(found.Found);
        Assert.InRange(found.Top.Hits, 14, 26);
        Assert.Equal(found.Top.Trials, found.Top.Hits, 2.0);
    }

    [Fact]
    public void Fresh_rows_pass_with_the_power_stated()
    {
        var found = Run(Plant.Fresh, 1_200, 1);
        Assert.False(found.LeakFound);
        Assert.Equal(9, found.Attacks.Count);
        Assert.Contains("distinctive agreement", found.Pass!.Attacks);
        Assert.Equal(found.Power.Advantage, found.Pass.SmallestLeak, 1e-4);
        Assert.InRange(found.Power.Advantage, 0.05, 0.3);
        Assert.InRange(found.Power.Rows, 12, 30);
        Assert.InRange(found.Power.Epsilon, 6, 7);
        Assert.All(found.Attacks.Where(a => !double.IsNaN(a.Auc)), a => Assert.InRange(a.Auc, 0.4, 0.6));
    }

    [Fact]
    public void A_leak_that_is_sure_but_small_is_a_trace_and_not_a_leak()
    {
        var data = PlantedLeaks.Of(Plant.TenthCopied, 2_000, 1);
        AuditResult At(double tolerance) => Audit.Run(data, new AuditOptions { Tolerance = tolerance }, RunContext.Quiet(1, 2));
        var strict = At(0);
        var worst = strict.Attacks.Where(a => a.Found).Max(a => a.Epsilon);
        Assert.True(strict.LeakFound);
        Assert.False(strict.TraceFound);
        var lenient = At(worst);
        Assert.False(lenient.LeakFound);
        Assert.True(lenient.TraceFound);
        Assert.InRange(lenient.Pass!.SmallestLeak, Math.Tanh(worst / 2), 1);
        Assert.True(lenient.Power.Rows > strict.Power.Rows);
        Assert.True(At(worst - 0.01).LeakFound);
        Assert.Equal(strict.Attacks.Select(a => (a.P, a.Epsilon)), lenient.Attacks.Select(a => (a.P, a.Epsilon)));
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        var one = Run(Plant.TenthCopied, 500, 3, threads: 1);
        Assert.Equal(one.Attacks, Run(Plant.TenthCopied, 500, 3, threads: 3).Attacks);
    }

    /// <summary>Attacks do not know which rows were training rows: with the parts exchanged they say the opposite.</summary>
    [Fact]
    public void Held_out_rows_that_were_copied_are_the_better_attacked_ones()
    {
        var data = PlantedLeaks.Of(Plant.Copier, 600, 4);
        var turned = Run(new Evaluation(data.Holdout, data.Training, data.Synthetic));
        Assert.False(turned.LeakFound);
        var asItIs = Run(data);
        foreach (string name in (string[])["membership: closest distance", MembershipAttacks.DistinctiveAgreement])
            Assert.Equal(asItIs.Attacks.Single(a => a.Name == name).Auc, 1 - turned.Attacks.Single(a => a.Name == name).Auc, 1e-9);
    }

    [Fact]
    public void Tables_that_cannot_be_audited_are_refused()
    {
        var data = PlantedLeaks.Of(Plant.Fresh, 100, 1);
        var few = Dataset.Of(data.Holdout.Single.Slice(0, 19));
        Assert.Contains("Holdout", Assert.Throws<ArgumentException>(() => Run(data with { Holdout = few })).Message);
        Dataset Ids(Dataset of) => Dataset.Of(new Table("ids", [of.Single.Columns[0].With(
            of.Single.Columns[0].Schema with { Role = ColumnRole.Id })]));
        Assert.Throws<ArgumentException>(() => Run(new Evaluation(Ids(data.Training), Ids(data.Holdout), Ids(data.Synthetic))));
    }

    [Fact]
    public void One_column_alone_is_attacked_as_far_as_that_goes()
    {
        Dataset First(Dataset of) => Dataset.Of(of.Single.Select(["pay"]));
        var data = PlantedLeaks.Of(Plant.Copier, 300, 1);
        var found = Run(new Evaluation(First(data.Training), First(data.Holdout), First(data.Synthetic)));
        Assert.True(found.LeakFound);
        Assert.Contains(found.NotChecked, n => n.What.StartsWith("linkability", StringComparison.Ordinal));
    }

    [Fact]
    public void The_secret_that_was_asked_for_is_shown()
    {
        var found = Run(PlantedLeaks.Of(Plant.Copier, 400, 1), target: "score");
        var inference = found.Attacks.Single(a => a.Name == "attribute inference");
        Assert.StartsWith("score", inference.Success);
        Assert.Equal(1, inference.Main.Value); // the row itself is the nearest
        Assert.InRange(inference.Control.Value, 0, 0.5);
    }

    /// <summary>The same by the plain definition: frequencies by hand, every pair of rows.</summary>
    [Fact]
    public void Agreement_equals_brute_force()
    {
        var data = PlantedLeaks.Of(Plant.Redrawn3, 80, 5);
        Evaluation Few(params string[] names) => new(Dataset.Of(data.Training.Single.Select(names)),
            Dataset.Of(data.Holdout.Single.Select(names)), Dataset.Of(data.Synthetic.Single.Select(names)));
        var rows = new AttackedRows(ComparedTables.Of(Few("education", "job", "member")), 1_000, RunContext.Quiet(1, 1));
        double[] scores = Agreement.Scores(rows);
        var columns = rows.Tables.Columns;
        double Weight(int c, int r) => Math.Log(rows.Rows
            / (double)columns[c].Codes(Part.Training).Count(code => code == columns[c].Codes(Part.Training)[r]));
        double With(int r, Part part, int other) => Enumerable.Range(0, 3).Sum(c =>
            columns[c].Codes(Part.Training)[r] == columns[c].Codes(part)[other] ? Weight(c, r) : 0);
        for (int r = 0; r < rows.Rows; r++)
        {
            double made = Enumerable.Range(0, rows.Synthetic).Max(s => With(r, Part.Synthetic, s));
            double real = Enumerable.Range(0, rows.Rows).Where(o => o != r).Max(o => With(r, Part.Training, o));
            Assert.Equal(made - real, scores[r] / 1_000, 0.004); // three columns, a thousandth of a nat each
        }
    }

    [Theory, MemberData(nameof(Planted)), Trait("Suite", "long")]
    public void A_planted_leak_is_found_in_every_one_of_twenty_trials(Plant plant)
    {
        Assert.Empty(Enumerable.Range(1, 20).AsParallel().Where(seed => !Run(plant, 3_000, (ulong)seed).LeakFound));
    }

    [Fact, Trait("Suite", "long")]
    public void Twenty_leaked_outliers_are_found_in_at_least_18_of_20_trials() =>
        Assert.InRange(Enumerable.Range(1, 20).AsParallel().Count(seed => Run(Plant.Outliers, 30_000, (ulong)seed).LeakFound), 18, 20);

    [Fact, Trait("Suite", "long")]
    public void Fresh_rows_raise_an_alarm_in_at_most_15_of_200_trials() =>
        Assert.InRange(Enumerable.Range(1, 200).AsParallel().Count(seed => Run(Plant.Fresh, 1_500, (ulong)seed).LeakFound), 0, 15);
}
