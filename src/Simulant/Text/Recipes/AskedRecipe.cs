using Simulant.Data;
using Simulant.Specs;
using Simulant.Specs.Reading;
using Simulant.Text.Models;
using Simulant.Text.Records;

namespace Simulant.Text.Recipes;

/// <summary>
/// A recipe that asks language models, as the corridor uses it: read from a checked spec, run once to the wanted number of records, and
/// kept as an <see cref="AskedSampler"/>.
/// </summary>
public sealed class AskedRecipe
{
    private readonly RecipeKind _kind;

    private AskedRecipe(RecipeKind kind)
    {
        _kind = kind;
        Options = new EngineOptions(kind.Name, new Section($"the recipe '{kind.Name}'",
            [.. kind.Keys, .. RecipeBuilder.Common.Where(c => c.Name != "name" && kind.Keys.All(k => k.Name != c.Name))]));
    }

    /// <summary>All there are.</summary>
    public static IReadOnlyList<AskedRecipe> All { get; } = [.. Recipe.Kinds.Select(k => new AskedRecipe(k))];

    /// <summary>As the spec's <c>recipe</c> names it.</summary>
    public string Name => _kind.Name;

    /// <summary>The options it declares.</summary>
    public EngineOptions Options { get; }

    /// <summary>Adds every fault of the spec's models and recipe that shows before any file is opened.</summary>
    public void Check(Spec spec, DiagnosticBag faults) => Read(spec, faults, opens: false);

    private Recipe? Read(Spec spec, DiagnosticBag faults, bool opens)
    {
        var models = spec.Models is { } map ? ModelTable.Read(map, faults) : new ModelTable([]);
        var at = spec.Engine.At;
        var named = new SpecEntry("name", at, new SpecScalar(Name, false, at));
        var recipe = Recipe.Read(new SpecMap([named, .. spec.Engine.Options?.Entries ?? []], at), models, faults, opens);
        if (recipe is null) return null;
        // What fields there are may hang on a file that is not opened yet.
        if (recipe.Output.Count > 0 && RecordShape.Lacks(spec.Output.Shape, Roles(recipe)) is { } lack)
            faults.Error(Codes.Contradiction, spec.Output.At, $"the recipe '{Name}' cannot be laid out as {spec.Output.Shape}: {lack}; "
                + "remove 'shape', or deliver fields of the names that it goes by");
        return faults.HasErrors ? null : recipe;
    }

    /// <summary>The recipe of a spec that was checked, with what its files hold.</summary>
    /// <exception cref="SpecException">What a file holds shows a fault of the spec.</exception>
    /// <exception cref="DataException">A file that it names cannot be read.</exception>
    public Recipe Read(Spec spec)
    {
        var faults = new DiagnosticBag();
        var recipe = Read(spec, faults, opens: true);
        faults.ThrowIfErrors();
        return recipe!;
    }

    /// <summary>The columns of what is made.</summary>
    public TableSchema SchemaOf(Spec spec) => new(spec.Name, Columns(spec, Read(spec)));

    /// <summary>Their names, for a spec that was checked; opens no file.</summary>
    /// <returns>Null where they hang on a file's content.</returns>
    public IReadOnlyList<string>? FieldsOf(Spec spec) => Read(spec, new DiagnosticBag(), opens: false) is { Output.Count: > 0 } recipe
        ? [.. Columns(spec, recipe).Select(c => c.Name)] : null;

    /// <summary>The files that it reads, as the spec writes their paths; opens none.</summary>
    public IReadOnlyList<string> FilesOf(Spec spec) => Read(spec, new DiagnosticBag(), opens: false)?.Files ?? [];

    private static IReadOnlyList<ColumnSchema> Columns(Spec spec, Recipe recipe) =>
        new RecordShape(spec.Output.Shape, AskedSampler.Fields(recipe.Output), Roles(recipe)).Columns;

    /// <summary>What a run would take; asks nobody.</summary>
    public RecipeEstimate Estimate(Spec spec, RunContext run)
    {
        var recipe = Read(spec);
        return RecipeRun.Estimate(recipe, spec.Rows ?? 1, run.Seed, Folder(recipe, spec), run);
    }

    /// <summary>Asks until there are as many records as the spec wants. What was answered before is not asked again.</summary>
    /// <exception cref="RecipeShortException">There are fewer.</exception>
    /// <exception cref="DataException">The log of answers cannot be used, or a record cannot be laid out as the spec wants.</exception>
    /// <exception cref="OperationCanceledException">What was answered by then is recorded.</exception>
    public ISampler Fit(Spec spec, RunContext run)
    {
        long wanted = spec.Rows!.Value;
        var recipe = Read(spec);
        run.Progress.Report(new StageProgress("records", 0, wanted, "records") { Note = RecipeEstimate.Foreseen(recipe, wanted).Words });
        string folder = Folder(recipe, spec);
        using var recorder = new AskedRecorder(recipe.Output);
        var outcome = RecipeRun.Execute(recipe, wanted, run.Seed, folder, recipe.Budget, run, new RunOptions { Sink = recorder });
        recorder.KeepAttempts(folder);
        if (outcome.Short is { } why)
            throw new RecipeShortException($"{why}. {Path.Combine(folder, AskedRecorder.AttemptsName)} says what became of every attempt",
                outcome.OutOfBudget);
        return recorder.Sampler(spec.Name, spec.Output.Shape, Roles(recipe), run.Seed, Account(recipe, outcome.Account));
    }

    private static AskedModels Account(Recipe recipe, RunAccount account) => new(account.Candidates, recipe.SourceLicense)
    {
        Models =
        [
            .. recipe.Models.All.Select(m =>
            {
                var use = account.Models.FirstOrDefault(u => u.Model == m.Name) ?? new ModelUse(m.Name, 0, 0, 0, 0);
                return new AskedModel(m.Name, m.Provider.ToString().ToLowerInvariant(), m.Model, m.Revision, m.License, use.Answers,
                    use.InputTokens, use.OutputTokens, use.Cost);
            }),
        ],
        Prompts = [.. recipe.Steps.SelectMany(s => s.Prompts)],
        Attempts = [.. account.ByRule.Select(r => new AttemptCount(AskedRecorder.Word(r.End), r.Step, r.Rule, r.Count))],
    };

    private static string Folder(Recipe recipe, Spec spec)
    {
        string beside = Path.GetDirectoryName(spec.File) is { Length: > 0 } folder ? folder : ".";
        return Path.Combine(beside, recipe.Answers ?? spec.Name + ".answers");
    }

    /// <summary>What the fields say, by the names that trainers give them.</summary>
    private static RecordRoles? Roles(Recipe recipe)
    {
        string? First(params string[] names) => names.FirstOrDefault(n => recipe.Output.Contains(n));
        string? prompt = First("instruction", "question", "prompt", "task", "input", "source"), turns = First("messages");
        if (prompt is null && turns is null) return null;
        string? response = First("output", "answer", "response", "chosen", "trace", "target", "text");
        return new RecordRoles(prompt ?? turns!, prompt is null ? null : response)
        {
            Input = First("input", "context") is { } input && input != prompt ? input : null,
            Rejected = First("rejected"),
            Turns = turns,
        };
    }
}
