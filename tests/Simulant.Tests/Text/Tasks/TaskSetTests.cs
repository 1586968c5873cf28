using Simulant.Text.Tasks;
using Xunit;

namespace Simulant.Tests.Text.Tasks;

/// <summary>What every family of computed tasks promises, tried on each that is registered.</summary>
public class TaskSetTests
{
    private const ulong Seed = 11;

    /// <summary>Every second solver in this assembly, by the family it solves.</summary>
    internal static readonly ILookup<string, ISecondSolver> Solvers = typeof(TaskSetTests).Assembly.GetTypes()
        .Where(type => typeof(ISecondSolver).IsAssignableFrom(type) && !type.IsAbstract)
        .Select(type => (ISecondSolver)Activator.CreateInstance(type, nonPublic: true)!).ToLookup(solver => solver.Family);

    public static TheoryData<string> Families => [.. TaskFamilies.All.Select(family => family.Name)];

    /// <summary>Items spread evenly over the levels, as many as there are up to a number.</summary>
    internal static IEnumerable<(TaskSet Set, long Item)> Spread(TaskFamily family, int count, ulong seed = Seed)
    {
        for (int level = 1; level <= family.Levels; level++)
        {
            var set = new TaskSet(family, level, seed);
            long share = (count + level - 1) / family.Levels;
            for (long i = 0; i < Math.Min(share, set.Count ?? share); i++) yield return (set, i);
        }
    }

    private static TaskFamily Family(string name) => TaskFamilies.Find(name)!;

    /// <summary>Fewer than this would mean that a category has fallen out of the list.</summary>
    [Fact]
    public void There_are_at_least_ninety_eight_families() => Assert.InRange(TaskFamilies.All.Count, 98, int.MaxValue);

    [Fact]
    public void Names_are_unique_and_categories_known()
    {
        Assert.Equal(TaskFamilies.All.Count, TaskFamilies.All.Select(family => family.Name).Distinct().Count());
        Assert.All(TaskFamilies.All, family =>
        {
            Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", family.Name);
            Assert.Contains(family.Category, TaskCategories.All);
            Assert.True(family.Levels >= 3, family.Name);
            Assert.Same(family, TaskFamilies.Find(family.Name));
        });
        Assert.Null(TaskFamilies.Find("no-such-family"));
    }

    [Fact]
    public void Every_family_has_one_second_solver_and_every_solver_a_family()
    {
        Assert.All(TaskFamilies.All, family => Assert.Single(Solvers[family.Name]));
        Assert.All(Solvers, solver => Assert.NotNull(TaskFamilies.Find(solver.Key)));
    }

    [Theory, MemberData(nameof(Families))]
    public void A_second_solver_agrees(string name) => Agree(name, 300);

    [Theory, MemberData(nameof(Families)), Trait("Suite", "long")]
    public void A_second_solver_agrees_on_ten_thousand(string name) => Agree(name, 10_000);

    private static void Agree(string name, int count)
    {
        var family = Family(name);
        var solver = Solvers[name].Single();
        foreach (var (set, i) in Spread(family, count))
        {
            var item = set[i];
            string other = solver.Solve(item.Question);
            Assert.True(family.Accepts(item, other), $"level {set.Level}, item {i}: {other} instead of "
                + $"{item.Answer}\n{item.Question}\n{item.Trace}");
            Assert.True(family.Accepts(item, item.Answer), $"the scorer refuses {item.Answer}\n{item.Question}");
        }
    }

    [Theory, MemberData(nameof(Families))]
    public void An_item_is_a_function_of_its_address(string name)
    {
        var family = Family(name);
        foreach (var (set, i) in Spread(family, 15).Reverse())
        {
            var item = set[i];
            Assert.Equal(item, new TaskSet(family, set.Level, Seed)[i]);
            Assert.Equal((name, set.Level), (item.Family, item.Level));
            Assert.NotEqual(item.Question, new TaskSet(family, set.Level, Seed + 1)[i].Question);
        }
    }

    [Theory, MemberData(nameof(Families))]
    public void Words_change_and_the_problem_stays(string name)
    {
        var family = Family(name);
        for (int level = 1; level <= family.Levels; level++)
        {
            var set = new TaskSet(family, level, Seed);
            var item = set[0];
            var drafts = Enumerable.Range(0, 40).Select(wording => set.Draft(0, wording)).ToArray();
            Assert.True(drafts.Select(draft => draft.Question).Distinct().Count() >= 4, $"{name}: fewer than four statements");
            // Names may differ with the words; the work to do may not.
            Assert.All(drafts, draft => Assert.Equal(item.Steps, draft.Work.Count));
        }
    }

    [Theory, MemberData(nameof(Families))]
    public void Problems_do_not_repeat(string name) => Distinct(name, 1_000, 1);

    [Theory, MemberData(nameof(Families)), Trait("Suite", "long")]
    public void Problems_do_not_repeat_in_ten_thousand(string name) => Distinct(name, 10_000, 10);

    // The problems are told apart in the words of one item, so that another paraphrase does not make one new.
    private static void Distinct(string name, int count, int allowed)
    {
        var seen = new HashSet<string>();
        var twice = Spread(Family(name), count).Select(at => at.Set.Draft(at.Item, 0).Question).Where(q => !seen.Add(q)).ToList();
        Assert.True(twice.Count <= allowed, $"{twice.Count} of {count} repeat, such as: {twice.FirstOrDefault()}");
    }

    [Theory, MemberData(nameof(Families))]
    public void Steps_rise_from_level_to_level(string name) => Rise(name, 100);

    [Theory, MemberData(nameof(Families)), Trait("Suite", "long")]
    public void Steps_rise_from_level_to_level_over_many(string name) => Rise(name, 2_000);

    private static void Rise(string name, int each)
    {
        var family = Family(name);
        double[] means = [.. Enumerable.Range(1, family.Levels).Select(level => Spread(family, each * family.Levels)
            .Where(at => at.Set.Level == level).Average(at => at.Set.Draft(at.Item, at.Item).Work.Count))];
        Assert.All(means.Zip(means.Skip(1)), pair => Assert.True(pair.First < pair.Second, $"{name}: {string.Join(", ", means)}"));
    }

    [Theory, MemberData(nameof(Families))]
    public void Traces_end_in_the_answer_in_every_style(string name)
    {
        foreach (var style in TraceStyles.All)
            foreach (var (set, i) in Spread(Family(name), 10))
            {
                var item = new TaskSet(set.Family, set.Level, Seed, style)[i];
                Assert.EndsWith(item.Answer, item.Trace);
                Assert.True(item.Steps > 0 && item.Trace.Length > item.Answer.Length, item.Trace);
                Assert.DoesNotMatch(@"\{\d*\}|\bSystem\.", item.Question + item.Trace);
            }
    }

    /// <summary>Wherever both sides of an equals sign are expressions of numbers, they are equal.</summary>
    [Theory, MemberData(nameof(Families))]
    public void Formulas_of_the_trace_are_true(string name)
    {
        foreach (var (set, i) in Spread(Family(name), 60))
            foreach (var step in set.Draft(i, i).Work.Where(step => step.Formula is not null))
            {
                var sides = step.Formula!.Split('=').Select(side => side.Contains(',') ? null : Figures.Value(side)).ToArray();
                if (sides.Length < 2 || sides.Any(side => side is null)) continue;
                Assert.True(sides.All(side => side == sides[0]), $"{name}: {step.Formula}");
            }
    }

    [Theory, MemberData(nameof(Families))]
    public void The_scorer_rejects_mutated_answers(string name)
    {
        var family = Family(name);
        // Where several answers are right a changed one may be right too; those that are never right must still be refused.
        bool several = family.GetType().GetMethod(nameof(TaskFamily.Accepts))!.DeclaringType != typeof(TaskFamily);
        var kinds = new HashSet<string>();
        foreach (var (set, i) in Spread(family, 60))
        {
            var item = set[i];
            foreach (var (kind, mutated) in several ? Mutations.NeverRight(item) : Mutations.All(family.Kind, item))
            {
                kinds.Add(kind);
                Assert.False(family.Accepts(item, mutated), $"{kind}: \"{mutated}\" accepted for \"{item.Answer}\"\n{item.Question}");
            }
        }
        Assert.True(kinds.Count >= 20, $"only {kinds.Count} kinds: {string.Join(", ", kinds)}");
    }
}
