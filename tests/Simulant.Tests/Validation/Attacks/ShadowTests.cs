using Simulant.Bench.Quality;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Validation;
using Simulant.Validation.Attacks;
using Xunit;

namespace Simulant.Tests.Validation.Attacks;

/// <summary>Shadow models of engines that are known to leak, and of one that does not.</summary>
public class ShadowTests
{
    private const int Rows = 900;

    /// <summary>An engine that repeats what it learned, with some fields of other rows.</summary>
    private static Table Echo(Table learned, int redrawn, ulong seed)
    {
        var random = new RandomStream(seed, "echo");
        int[][] donors = [.. Enumerable.Range(0, learned.Columns.Count).Select(_ => Enumerable.Range(0, learned.RowCount).ToArray())];
        for (int i = 0; i < learned.RowCount; i++)
            foreach (int c in random.Permutation(learned.Columns.Count, i)[..redrawn])
                donors[c][i] = random.Below(learned.RowCount, i, 1 << 20, c);
        return new Table(learned.Name, [.. learned.Columns.Select((column, c) => column.Take(donors[c]))]);
    }

    private static AttackResult Shadow(Evaluation data, Func<Table, ulong, Table> engine, int threads = 2,
        List<(int[] Training, int[] Holdout)>? learned = null)
    {
        Table training = data.Training.Single, holdout = data.Holdout.Single;
        var shadows = new Shadows(6, (inTraining, inHoldout, shadow) =>
        {
            learned?.Add((inTraining, inHoldout));
            return engine(Simulant.Runs.Tables.Concat([training.Take(inTraining), holdout.Take(inHoldout)]), (ulong)shadow);
        });
        var found = Audit.Run(data, new AuditOptions { Shadows = shadows }, RunContext.Quiet(1, threads));
        Assert.Equal(10, found.Attacks.Count);
        return found.Attacks.Single(a => a.Name == "membership: shadow models");
    }

    [Theory, InlineData(0), InlineData(4), InlineData(6)]
    public void An_engine_that_repeats_rows_is_found_out(int redrawn)
    {
        var fresh = PlantedLeaks.Of(Plant.Fresh, Rows, 1);
        var data = fresh with { Synthetic = Dataset.Of(Echo(fresh.Training.Single, redrawn, 99)) };
        var attack = Shadow(data, (learned, seed) => Echo(learned, redrawn, seed));
        Assert.True(attack.IsLeak, $"AUC {attack.Auc}, p {attack.Adjusted}");
        Assert.InRange(attack.Auc, redrawn == 0 ? 0.99 : redrawn == 4 ? 0.9 : 0.6, 1);
    }

    [Fact]
    public void An_engine_that_learns_nothing_of_its_rows_is_not()
    {
        var data = PlantedLeaks.Of(Plant.Fresh, Rows, 2);
        var attack = Shadow(data, (_, seed) => PlantedLeaks.Of(Plant.Fresh, Rows, 1_000 + seed).Synthetic.Single);
        Assert.False(attack.Found);
        Assert.InRange(attack.Auc, 0.45, 0.55);
    }

    /// <summary>The data repeats nobody, and the engine that is said to have made it repeats everybody.</summary>
    [Fact]
    public void What_the_engine_might_do_is_not_held_against_the_data()
    {
        var data = PlantedLeaks.Of(Plant.Fresh, Rows, 3);
        Assert.False(Shadow(data, (learned, seed) => Echo(learned, 0, seed)).Found);
    }

    [Fact]
    public void Shadow_models_learn_from_random_rows_of_both_tables_and_threads_change_nothing()
    {
        var fresh = PlantedLeaks.Of(Plant.Fresh, 300, 4);
        var data = fresh with { Synthetic = Dataset.Of(Echo(fresh.Training.Single, 2, 99)) };
        var learned = new List<(int[] Training, int[] Holdout)>();
        var one = Shadow(data, (rows, seed) => Echo(rows, 2, seed), threads: 1, learned);
        Assert.Equal(6, learned.Count);
        Assert.All(learned, l =>
        {
            Assert.Equal(300, l.Training.Length + l.Holdout.Length);
            Assert.InRange(l.Holdout.Length, 70, 130); // a third of the pool, so about a third of what is learned
            Assert.Equal(l.Training.Distinct().Order(), l.Training);
            Assert.Equal(l.Holdout.Distinct().Order(), l.Holdout);
        });
        Assert.Equal(6, learned.Select(l => string.Join(',', l.Training)).Distinct().Count());
        Assert.Equal(one, Shadow(data, (rows, seed) => Echo(rows, 2, seed), threads: 3));
    }
}
