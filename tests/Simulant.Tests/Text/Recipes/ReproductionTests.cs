using Simulant.Bench.Speed;
using Simulant.Tests.Runs;
using Simulant.Text.Recipes;
using Xunit;
using static Simulant.Tests.Text.Recipes.RecipeBench;

namespace Simulant.Tests.Text.Recipes;

public class ReproductionTests
{
    public static TheoryData<string> Names => [.. Recipe.Names];

    /// <summary>What a recipe makes follows from spec, seed and answers: from the log alone, and at any number in flight.</summary>
    [Theory, MemberData(nameof(Names))]
    public void A_recipe_makes_the_same_from_its_log_and_at_other_concurrency(string recipe)
    {
        using var folder = new TempFolder();
        RecipeCases.Furnish(folder);
        using var stub = new ModelStub(r => new StubReply(200, StubAnswers.Chat(RecipeCases.Answer(r.Body, StubAnswers.SeedOf(r.Body))))
        {
            Delay = TimeSpan.FromMilliseconds(r.Number % 3),
        });
        string options = RecipeCases.All[recipe].Options;
        foreach (string name in Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).OfType<string>())
            options = options.Replace($" {name}", $" \"{folder[name].Replace('\\', '/')}\"", StringComparison.Ordinal);
        Recipe With(int concurrency) =>
            Read(Model(stub, $", concurrency: {concurrency}") + $"recipe: {{ name: {recipe}, {options}, max_attempts: 90 }}");

        string one = Written(RecipeBench.Run(With(1), 12, folder, cache: "one"));
        Assert.Contains("Accepted", one, StringComparison.Ordinal);
        long asked = stub.Requests;
        Assert.Equal(one, Written(RecipeBench.Run(With(40), 12, folder, cache: "one", options: new RunOptions { Offline = true })));
        Assert.Equal(asked, stub.Requests);
        Assert.Equal(one, Written(RecipeBench.Run(With(40), 12, folder, cache: "many")));
    }
}
