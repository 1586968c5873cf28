using Simulant.Text.Tasks;
using Xunit;

namespace Simulant.Tests.Text.Tasks;

public class TaskMixtureTests
{
    /// <summary>A family of so many problems a level, none if null; says which problem it was given.</summary>
    private sealed class Numbered(string name, params long?[] counts) : TaskFamily(name, TaskCategories.Logic)
    {
        public override int Levels => counts.Length;
        public override AnswerKind Kind => AnswerKind.Integer;
        public override long? Problems(int level) => counts[level - 1];

        protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws) =>
            new($"{Name} {level} {problem}", "1", [new TraceStep("count", "1 = 1")]);
    }

    [Fact]
    public void A_level_of_few_problems_gives_each_once_and_then_stops()
    {
        var set = new TaskSet(new Numbered("few", 1000), 1, 5);
        Assert.Equal(1000, set.Count);
        var asked = Enumerable.Range(0, 1000).Select(i => set[i].Question).ToList();
        Assert.Equal(1000, asked.Distinct().Count());
        Assert.NotEqual(asked.Order(StringComparer.Ordinal), asked);
        Assert.Throws<ArgumentOutOfRangeException>(() => set[1000]);
        Assert.Throws<ArgumentOutOfRangeException>(() => set[-1]);
        Assert.NotEqual(asked, Enumerable.Range(0, 1000).Select(i => new TaskSet(new Numbered("few", 1000), 1, 6)[i].Question));
    }

    [Fact]
    public void A_level_that_a_family_lacks_is_refused()
    {
        var family = new Numbered("three", 9, 9, 9);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TaskSet(family, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TaskSet(family, 4, 1));
        Assert.Throws<ArgumentException>(() => new TaskMixture([family], 1, lowest: 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TaskMixture([], 1));
    }

    [Fact]
    public void Every_problem_of_finite_families_comes_exactly_once()
    {
        TaskFamily[] families = [new Numbered("a", 3, 40, 7), new Numbered("b", 1, 1, 1), new Numbered("c", 100, 5)];
        var mixture = new TaskMixture(families, 3);
        Assert.Equal(158, mixture.Count);
        var asked = Enumerable.Range(0, 158).Select(i => mixture[i].Question).ToList();
        Assert.Equal(158, asked.Distinct().Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => mixture[158]);
    }

    [Fact]
    public void Any_first_items_are_spread_evenly_and_exhausted_levels_leave_their_share_to_others()
    {
        TaskFamily[] families = [new Numbered("a", null, null), new Numbered("b", 2, null, null), new Numbered("c", 10, 10)];
        var mixture = new TaskMixture(families, 3);
        Assert.Null(mixture.Count);
        foreach (int n in (int[])[6, 31, 60, 1000])
        {
            var items = Enumerable.Range(0, n).Select(i => mixture[i]).ToList();
            int Of(string family, int level = 0) => items.Count(item => item.Family == family && (level == 0 || item.Level == level));
            Assert.InRange(Of("a") - Of("b"), -1, 1);
            Assert.InRange(Of("a", 1) - Of("a", 2), -1, 1);
            Assert.InRange(Of("b", 2) - Of("b", 3), -1, 1);
            Assert.InRange(Of("c") - Math.Min(20, Of("a")), -1, 1);
            if (n >= 31) Assert.Equal(2, Of("b", 1));
            Assert.Equal(n, items.Select(item => item.Question).Distinct().Count());
        }
    }

    [Fact]
    public void The_item_does_not_depend_on_what_was_asked_before_nor_on_the_thread()
    {
        var mixture = new TaskMixture(TaskFamilies.All, 9);
        var forward = Enumerable.Range(0, 400).Select(i => mixture[i]).ToArray();
        var other = new TaskMixture(TaskFamilies.All, 9);
        var back = Enumerable.Range(0, 400).Reverse().AsParallel().Select(i => (i, Item: other[i])).OrderBy(p => p.i).Select(p => p.Item);
        Assert.Equal(forward, back);
        // The order of families differs from round to round.
        int round = TaskFamilies.All.Count;
        Assert.NotEqual(forward.Take(round).Select(item => item.Family), forward.Skip(round).Take(round).Select(item => item.Family));
    }

    [Fact]
    public void Levels_and_style_can_be_chosen()
    {
        var mixture = new TaskMixture(TaskFamilies.All, 9, lowest: 2, highest: 3, style: TraceStyle.Numbered);
        Assert.All(Enumerable.Range(0, 100).Select(i => mixture[i]), item =>
        {
            Assert.InRange(item.Level, 2, 3);
            Assert.StartsWith("1. ", item.Trace);
            Assert.Contains("\nAnswer:", item.Trace);
        });
    }
}
