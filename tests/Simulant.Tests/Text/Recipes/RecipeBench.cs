using Simulant.Bench.Speed;
using Simulant.Data;
using Simulant.Specs;
using Simulant.Tests.Runs;
using Simulant.Tests.Text.Models;
using Simulant.Text.Models;
using Simulant.Text.Recipes;
using Xunit;

namespace Simulant.Tests.Text.Recipes;

/// <summary>What tests of recipes share: specs, runs, and an answer of one run as text.</summary>
internal static class RecipeBench
{
    public static Recipe Read(string yaml)
    {
        var (recipe, faults) = TryRead(yaml);
        Assert.Empty(faults);
        return recipe!;
    }

    public static (Recipe? Recipe, IReadOnlyList<string> Faults) TryRead(string yaml)
    {
        var faults = new DiagnosticBag();
        var spec = ModelTableTests.Parse(yaml);
        var models = spec["models"] is { } node ? ModelTable.Read(node, faults) : new ModelTable([]);
        var recipe = Recipe.Read(spec["recipe"]!, models, faults);
        return (recipe, [.. faults.All.Select(f => f.ToString())]);
    }

    /// <summary>A model at the stub with waits so short that tests can have many faults.</summary>
    public static string Model(ModelStub stub, string more = "") =>
        $"models: {{ m: {{ endpoint: \"{stub.Address}\", model: stub, temperature: 1, backoff: 1ms{more} }} }}\n";

    public static RecipeOutcome Run(Recipe recipe, long wanted, TempFolder folder, Budget? budget = null, RunOptions? options = null,
        ulong seed = 7, string cache = "cache") =>
        RecipeRun.Execute(recipe, wanted, seed, folder[cache], budget, RunContext.Quiet(seed, 2), options);

    /// <summary>Everything of an outcome that must not depend on how it was reached.</summary>
    public static string Written(RecipeOutcome outcome) => string.Join('\n', outcome.Accepted.Select(r =>
        $"{r.Number} {r.Fields.ToJson()} {r.History.Candidate} {r.History.Branch} {string.Join(',', r.History.Parents)} "
        + string.Join(',', r.History.Calls.Select(c => $"{c.Step}/{c.Request}"))))
        + "\n" + string.Join('\n', outcome.Account.ByRule) + "\n" + string.Join('\n', outcome.Account.Models)
        + $"\n{outcome.Account.Candidates} {outcome.Account.Attempts} {outcome.Short}";
}
