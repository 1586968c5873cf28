using Simulant.Numerics.Random;
using Simulant.Text.Tasks;
using Simulant.Text.Tasks.Code;
using Simulant.Text.Tasks.Games;
using Simulant.Text.Tasks.Graphs;
using Simulant.Text.Tasks.Grids;
using Simulant.Text.Tasks.Language;
using Simulant.Text.Tasks.Logic;
using Simulant.Text.Tasks.Strings;
using Xunit;

namespace Simulant.Tests.Text.Tasks;

/// <summary>What a family answers, a second solver finds by another method from the statement alone.</summary>
public class SecondSolverTests
{
    private static readonly Dictionary<string, ISecondSolver> Seconds = typeof(ISecondSolver).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(ISecondSolver).IsAssignableFrom(type))
        .Select(type => (ISecondSolver)Activator.CreateInstance(type)!).ToDictionary(solver => solver.Family);

    private static readonly TaskFamily[] Families =
        [
        .. LogicFamilies.All, .. GraphsFamilies.All, .. GridsFamilies.All, .. GamesFamilies.All, .. StringsFamilies.All,
            .. CodeFamilies.All,
        .. LanguageFamilies.All,
    ];

    public static TheoryData<string> Names => [.. Families.Select(family => family.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees(string name)
    {
        var family = Families.Single(f => f.Name == name);
        double before = 0;
        for (int level = 1; level <= family.Levels; level++)
        {
            var stream = new RandomStream(3, $"{name}/{level}");
            double steps = 0;
            for (int i = 0; i < 50; i++)
            {
                long problem = family.Problems(level) is { } count ? (long)(count * stream.Uniform(i, 9)) : i;
                var draft = family.Draw(level, problem, new TaskDraws(stream, i));
                Assert.Equivalent(draft, family.Draw(level, problem, new TaskDraws(stream, i)));
                var item = new TaskItem(name, level, draft.Question, draft.Answer, "", draft.Work.Count);
                string second = Seconds[name].Solve(draft.Question);
                Assert.True(family.Accepts(item, second), $"{draft.Question}\nanswer {draft.Answer}, second {second}");
                steps += draft.Work.Count;
            }
            Assert.True(steps > before, $"level {level} takes no more steps than the one before");
            before = steps;
        }
    }
}
