using Simulant.Data;
using Simulant.Scenes.Worlds;
using Simulant.Scenes.Worlds.Drawing;
using Simulant.Specs;
using Simulant.Specs.Reading;
using Simulant.Tabular;
using Simulant.Tabular.Autoregressive;
using Simulant.Tabular.Copula;
using Simulant.Tabular.Ctgan;
using Simulant.Tabular.Diffusion;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Frame.Protected;
using Simulant.Tabular.Marginals;
using Simulant.Tabular.Rules;
using Simulant.Tabular.Trees;
using Simulant.Tabular.Tvae;
using Simulant.Text.Code.Textbook;
using Simulant.Text.Recipes;
using Simulant.Text.Records;
using Simulant.Text.Stories;
using Simulant.Text.Tasks;

namespace Simulant.Runs;

/// <summary>One entry of the engine table.</summary>
/// <param name="Name">As the spec's <c>engine</c>, <c>recipe</c> or <c>world</c> names it.</param>
/// <param name="LearnsFromData">False for engines that work from the spec's rules alone.</param>
public sealed record Engine(string Name, bool LearnsFromData)
{
    /// <summary>The kind of data it makes, as the spec's <c>kind</c> names it.</summary>
    public string Kind { get; init; } = Table;

    public const string Table = SpecKeys.Table, Text = SpecKeys.Text, Scene = SpecKeys.Scene;

    /// <summary>Whether <c>auto</c> tries it where the spec lists no engines; false for those that take many minutes.</summary>
    public bool IsTriedByDefault { get; init; } = true;

    /// <summary>Whether it learns through a privacy session alone, and so needs the spec's <c>privacy</c>.</summary>
    public bool Pays { get; init; }

    /// <summary>Whether it asks language models, when it is fitted; what it made then is all that can be drawn.</summary>
    public bool Asks { get; init; }

    /// <summary>A data file holds at most so many rows, where that is less than the usual: what is lost when a run is killed.</summary>
    public long RowsPerFile { get; init; } = long.MaxValue;

    /// <summary>What fitting to a spec would take, in words; null where that is nothing but time.</summary>
    public Func<Spec, RunContext, string?> Estimate { get; init; } = (_, _) => null;

    /// <summary>The options it declares.</summary>
    public EngineOptions Options { get; init; } = new(Name, []);

    /// <summary>Adds the faults of the spec's options for this engine, before any data is opened.</summary>
    public required Action<Spec, DiagnosticBag> Check { get; init; }

    /// <summary>Learns from the training part; engines of rules are given an empty data set.</summary>
    public required Func<TableRequest, Dataset, RunContext, ISampler> Fit { get; init; }

    /// <summary>Reads back what the sampler's <see cref="ISampler.Save"/> wrote.</summary>
    public required Func<Stream, ISampler> Load { get; init; }

    /// <summary>Files of values that the spec names for this engine, as written there; the source is not among them.</summary>
    public Func<Spec, IReadOnlyList<string>> FilesOf { get; init; } = _ => [];

    /// <summary>The spec with what those files hold in their place; relative paths start from the folder.</summary>
    public Func<Spec, string, RunContext, Spec> ReadFiles { get; init; } = (spec, _, _) => spec;

    /// <summary>For recipes: the names of the text fields that they write; null where they are not known before a file is opened.</summary>
    public Func<Spec, IReadOnlyList<string>?> FieldsOf { get; init; } = _ => null;

    /// <summary>For engines of rules and recipes: the columns of what they make.</summary>
    public Func<Spec, TableSchema>? SchemaOf { get; init; }
}

/// <summary>The table of engines: the only place that knows them by name.</summary>
public sealed class EngineTable(IReadOnlyList<Engine> engines)
{
    private const string DefaultWithData = "trees", DefaultWithout = "rules";

    public static EngineTable Shipped { get; } = WithAuto(
    [
        Joint(new TreesEngine()),
        Joint(new CopulaEngine()),
        Joint(new AutoregressiveEngine()),
        Joint(new CtganEngine()) with { IsTriedByDefault = false },
        Joint(new TvaeEngine()) with { IsTriedByDefault = false },
        Joint(new DiffusionEngine()) with { IsTriedByDefault = false },
        Protected(new MstEngine()),
        Protected(new AimEngine()),
        new Engine(RulesEngine.Name, LearnsFromData: false)
        {
            Options = RulesEngine.Options,
            Check = (spec, faults) => RulesEngine.Plan(spec, faults),
            Fit = (request, _, _) => RulesEngine.Build(request.Spec),
            Load = RulesEngine.Load,
            SchemaOf = RulesEngine.SchemaOf,
            FilesOf = ValueFiles.Of,
            ReadFiles = ValueFiles.Read,
        },
        Recipe(new TasksRecipe()),
        Recipe(new StoriesRecipe()),
        Recipe(new DialoguesRecipe()),
        Recipe(new TextbookCodeRecipe()),
        .. AskedRecipe.All.Select(Asking),
        .. WorldTable.All.Select(World),
    ]);

    /// <summary>These engines, and <c>auto</c>, which chooses among those of them that learn.</summary>
    public static EngineTable WithAuto(IReadOnlyList<Engine> engines) =>
        new([.. engines, AutoEngine.Over([.. engines.Where(e => e is { LearnsFromData: true, Pays: false })])]);

    /// <summary>Engines of tables.</summary>
    public IReadOnlyList<string> Names => [.. OfKind(Engine.Table).Select(e => e.Name)];

    /// <summary>What each of them declares.</summary>
    public IReadOnlyList<EngineOptions> Options => [.. OfKind(Engine.Table).Select(e => e.Options)];

    /// <summary>Recipes of text.</summary>
    public IReadOnlyList<string> Recipes => [.. OfKind(Engine.Text).Select(e => e.Name)];

    /// <summary>What each of them declares.</summary>
    public IReadOnlyList<EngineOptions> RecipeOptions => [.. OfKind(Engine.Text).Select(e => e.Options)];

    /// <summary>Worlds of scenes.</summary>
    public IReadOnlyList<string> Worlds => [.. OfKind(Engine.Scene).Select(e => e.Name)];

    /// <summary>What each of them declares.</summary>
    public IReadOnlyList<EngineOptions> WorldOptions => [.. OfKind(Engine.Scene).Select(e => e.Options)];

    private IEnumerable<Engine> OfKind(string kind) => engines.Where(e => e.Kind == kind);

    /// <summary>An engine of joint models, in the frame that all of them share.</summary>
    private static Engine Joint(ITableModelEngine engine)
    {
        var generator = new TableGenerator(engine);
        return new Engine(engine.Name, LearnsFromData: true)
        {
            Options = engine.Options,
            Check = (spec, faults) => engine.Options.Read(spec.Engine.Options, faults),
            Fit = generator.Fit,
            Load = generator.Load,
        };
    }

    /// <summary>An engine of differential privacy, in the frame that reads nothing unpaid.</summary>
    private static Engine Protected(IProtectedEngine engine)
    {
        var generator = new ProtectedGenerator(engine);
        return new Engine(engine.Name, LearnsFromData: true)
        {
            Pays = true,
            Options = engine.Options,
            Check = (spec, faults) => engine.Options.Read(spec.Engine.Options, faults),
            Fit = generator.Fit,
            Load = generator.Load,
        };
    }

    /// <summary>A recipe that needs no model.</summary>
    private static Engine Recipe(IRecordRecipe recipe) => new(recipe.Name, LearnsFromData: false)
    {
        Kind = Engine.Text,
        Options = recipe.Options,
        Check = (spec, faults) =>
        {
            if (RecordShape.Lacks(spec.Output.Shape, recipe.Roles) is { } lack)
                faults.Error(Codes.Contradiction, spec.Output.At,
                    $"the recipe '{recipe.Name}' cannot be laid out as {spec.Output.Shape}: {lack}; remove 'shape'");
            recipe.Check(recipe.Options.Read(spec.Engine.Options, faults), spec.Engine.Options, spec.Rows ?? 0, faults);
        },
        Fit = (request, _, _) => new RecordSampler(recipe, request.Spec.Name, recipe.Options.Read(request.Spec.Engine.Options),
            request.Spec.Rows!.Value, request.Spec.Output.Shape),
        Load = from => RecordSampler.Load(recipe, from),
        SchemaOf = spec => new TableSchema(spec.Name, new RecordShape(spec.Output.Shape, recipe.Columns, recipe.Roles).Columns),
        FieldsOf = spec => [.. new RecordShape(spec.Output.Shape, recipe.Columns, recipe.Roles).Columns
            .Where(c => c.Kind == ColumnKind.Text).Select(c => c.Name)],
    };

    /// <summary>A world, whose frames are rendered when they are drawn.</summary>
    private static Engine World(IWorld world)
    {
        var options = SceneOptions.Declare(world.Name);
        return new Engine(world.Name, LearnsFromData: false)
        {
            Kind = Engine.Scene,
            Options = options,
            RowsPerFile = 64,
            Check = (spec, faults) =>
            {
                var values = options.Read(spec.Engine.Options, faults);
                var laws = VaryReader.Read(spec.Vary, world, faults);
                SceneOptions.Check(values, world, laws, spec.Engine.Options, spec.Engine.At, faults);
                AugmentedFrames.Check(spec, world, values.Text("formats").Split(',', StringSplitOptions.TrimEntries), faults);
            },
            Fit = (request, _, _) => new SceneSampler(world, request.Spec.Name, options.Read(request.Spec.Engine.Options),
                VaryReader.Read(request.Spec.Vary, world, new DiagnosticBag()), request.Spec.Rows!.Value),
            Load = from => SceneSampler.Load(world, options, from),
            SchemaOf = spec => FrameTable.Schema(world, spec.Name),
        };
    }

    private static void Measured(IReadOnlyList<string>? fields, SpecScalar field, DiagnosticBag faults)
    {
        if (fields?.Contains(field.Text) == false)
            faults.Error(Codes.BadValue, field.At, $"the records have no text field '{Nearest.Printable(field.Text)}'; there are "
                + string.Join(", ", fields));
    }

    /// <summary>A recipe that asks language models.</summary>
    private static Engine Asking(AskedRecipe recipe) => new(recipe.Name, LearnsFromData: false)
    {
        Kind = Engine.Text,
        Asks = true,
        Options = recipe.Options,
        Check = recipe.Check,
        Estimate = (spec, run) => recipe.Estimate(spec, run).Words,
        Fit = (request, _, run) => recipe.Fit(request.Spec, run),
        Load = AskedSampler.Load,
        SchemaOf = recipe.SchemaOf,
        FieldsOf = recipe.FieldsOf,
        FilesOf = recipe.FilesOf,
    };

    /// <summary>The named engine; throws <see cref="UsageException"/> where there is none.</summary>
    public Engine this[string name] => engines.FirstOrDefault(e => e.Name == name)
        ?? throw new UsageException($"this program has no engine, recipe or world '{name}'; it has "
            + string.Join(", ", [.. Names, .. Recipes, .. Worlds]));

    /// <summary>The fitted sampler of a model file.</summary>
    internal ISampler Load(ModelFile model)
    {
        try
        {
            return this[model.Header.Engine].Load(new MemoryStream(model.Payload, writable: false));
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException or FormatException)
        {
            throw new UsageException($"the model cannot be read by the engine '{model.Header.Engine}': {e.Message.TrimEnd('.')}");
        }
    }

    /// <summary>A promise needs an engine that keeps it, and such an engine something to spend.</summary>
    private void Paid(Engine engine, Spec spec, DiagnosticBag faults)
    {
        string paying = string.Join(" or ", engines.Where(e => e.Pays).Select(e => e.Name));
        if (spec.Privacy is { } privacy && !engine.Pays)
            faults.Error(Codes.Contradiction, privacy.At,
                $"the engine '{engine.Name}' reads rows without paying for it, so it cannot keep what 'privacy' promises; use engine "
                + $"{paying}, or remove 'privacy'");
        else if (spec.Privacy is null && engine.Pays)
            faults.Error(Codes.MissingKey, spec.Engine.At,
                $"the engine '{engine.Name}' spends a privacy budget, and the spec gives none; add "
                + "'privacy: { epsilon: 1, delta: 1e-9 }', or use another engine");
        if (spec.Privacy is not null) Releasing.Check(spec, faults);
    }

    /// <summary>
    /// The spec's engine, or the default: trees where there is data, rules where there is none. Adds the faults of its options;
    /// null where there is no such engine.
    /// </summary>
    public Engine? Of(Spec spec, DiagnosticBag faults)
    {
        string name = spec.Engine.Name.Length > 0 ? spec.Engine.Name : spec.Source is null ? DefaultWithout : DefaultWithData;
        var engine = OfKind(spec.Kind).FirstOrDefault(e => e.Name == name);
        if (engine is null)
        {
            if (!faults.HasErrors)
                faults.Error(Codes.UnknownEngine, spec.Engine.At, spec.Kind switch
                {
                    Engine.Text => Nearest.Unknown("recipe", name, Recipes),
                    Engine.Scene => Nearest.Unknown("world", name, Worlds),
                    _ => Nearest.Unknown("engine", name, Names),
                });
            return null;
        }
        if (engine.LearnsFromData && spec.Source is null)
            faults.Error(Codes.MissingKey, spec.Engine.At, $"the engine '{name}' learns from data, and the spec names no source; "
                + "add source.train, or use the engine 'rules'");
        if (!engine.LearnsFromData && spec.Refine is { } refine)
            faults.Error(Codes.Contradiction, refine.At,
                $"'refine' matches counts of the training data, and the engine '{name}' learns from none; remove it");
        if (spec.Kind == Engine.Text)
        {
            if (spec.Models is { } models && !engine.Asks)
                faults.Error(Codes.Contradiction, models.At, $"the recipe '{name}' asks no language model; remove 'models'");
            engine.Check(spec, faults);
            if (spec.Measures.Field is { } field && !faults.HasErrors) Measured(engine.FieldsOf(spec), field, faults);
            return engine;
        }
        if (spec.Measures.Field is { } needless)
            faults.Error(Codes.Contradiction, needless.At, "'field' chooses what figures of texts are of, and the spec's kind is "
                + $"{spec.Kind}; remove it");
        if (spec.Kind == Engine.Scene)
        {
            engine.Check(spec, faults);
            return engine;
        }
        if (name != AutoEngine.Name && spec.Root.Entries.FirstOrDefault(e => e.Key == "time_limit") is { } limit)
            faults.Error(Codes.Contradiction, limit.KeyAt,
                $"'time_limit' bounds the tries of the engine '{AutoEngine.Name}', and the engine is '{name}'; remove it");
        Paid(engine, spec, faults);
        engine.Check(spec, faults);
        return engine;
    }
}
