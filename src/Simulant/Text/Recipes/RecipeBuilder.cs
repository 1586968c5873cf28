using Simulant.Data;
using Simulant.Specs;
using Simulant.Specs.Reading;
using Simulant.Text.Models;
using Simulant.Text.Recipes.Steps;

namespace Simulant.Text.Recipes;

/// <summary>A recipe as the table of recipes lists it: its keys, and how it is built from them.</summary>
internal sealed record RecipeKind(string Name, string Meaning, IReadOnlyList<Key> Keys, Func<RecipeBuilder, Recipe?> Build);

/// <summary>
/// Reads one recipe's map. Every fault is kept and reading goes on; what a file lacks is kept too, and thrown only when the spec
/// itself has no fault.
/// </summary>
internal sealed class RecipeBuilder
{
    // Stands before the keys that hold it: statics are made in the order of the text.
    private static readonly Section BudgetKeys = new("a budget",
    [
        new("tokens", Shape.Count, "Of questions and answers together.") { Minimum = 1, Maximum = 1e15 },
        new("cost", Shape.Number, "In the units of the models' prices.") { Minimum = 0, Maximum = 1e12 },
    ]);

    /// <summary>Keys that every recipe takes.</summary>
    public static readonly IReadOnlyList<Key> Common =
    [
        new("name", Shape.Text, "Which recipe.") { Required = true },
        new("round", Shape.Count, "Candidates that see the same pool.") { Minimum = 1, Maximum = 1_000_000, Default = "64" },
        new("max_attempts", Shape.Count, "Candidates that are tried at most.")
            { Minimum = 1, Maximum = 1e12, Default = "twenty for each record, and 1000" },
        new("output", Shape.Texts, "Fields that are delivered, in order.") { Default = "what the recipe makes" },
        new("unique", Shape.Texts, "Fields that no two records may share.") { Default = "the delivered ones" },
        new("answers", Shape.Text, "Folder of the log of answers, from the spec's folder.") { Default = "`NAME.answers`" },
        new("budget", Shape.Map, "What a run may use at most: `tokens`, `cost`.") { Default = "no limit", Child = BudgetKeys },
        new("source_license", Shape.Text, "Terms of what the recipe reads, for the card.") { Default = "not stated" },
    ];

    /// <summary>Keys that say how far a run goes and where it keeps things, and nothing of what it makes.</summary>
    private static readonly string[] Bounds = ["answers", "budget", "max_attempts", "source_license"];

    /// <summary>Keys of a recipe that asks one model.</summary>
    public static readonly IReadOnlyList<Key> Asking =
    [
        new("model", Shape.Text, "The model that is asked, by its name under `models`.") { Default = "the only one" },
        new("temperature", Shape.Number, "Spread of the answers.") { Minimum = 0, Maximum = 5, Default = "the model's" },
        new("top_p", Shape.Number, "Share of probability that answers are drawn from.") { Minimum = 0, Maximum = 1,
            Default = "the model's" },
        new("presence_penalty", Shape.Number, "Against words that stand already.") { Minimum = -2, Maximum = 2, Default = "the model's" },
        new("max_tokens", Shape.Count, "Most tokens of an answer.") { Minimum = 1, Maximum = 1_000_000, Default = "the model's" },
        new("expected_tokens", Shape.Count, "Tokens of an answer, about, for the estimate.")
            { Minimum = 1, Maximum = 1_000_000, Default = "half of the most" },
        new("repeats", Shape.Integer, "How often an unusable answer is followed by another.") { Minimum = 0, Maximum = 100, Default = "2" },
    ];

    private readonly Dictionary<IStep, SourcePosition> _places = [];
    private readonly List<string> _files = [];
    private DataException? _missing;

    private readonly bool _opens;

    /// <param name="opens">False for a check that opens no file: what hangs on a file's content is not looked at then.</param>
    public RecipeBuilder(SpecMap map, Section section, ModelTable models, DiagnosticBag faults, bool opens)
    {
        (Map, Models, Faults, _opens) = (map, models, faults, opens);
        Fields = new Fields(map, section, faults);
    }

    public SpecMap Map { get; }
    public ModelTable Models { get; }
    public DiagnosticBag Faults { get; }
    public Fields Fields { get; }

    /// <summary>The model under the key, or the only one; null is a fault that was noted.</summary>
    public ModelSpec? Model(string key = "model") => Models.Resolve(Fields.Scalar(key), Fields.KeyAt(key), Faults);

    /// <summary>A question with the map's parameters.</summary>
    public Question Ask(ModelSpec model, string prompt, string? system = null) => Ask(Fields, model, prompt, system);

    public static Question Ask(Fields fields, ModelSpec model, string prompt, string? system = null) =>
        new(model, new PromptTemplate(prompt))
        {
            System = system is null ? null : new PromptTemplate(system),
            Temperature = fields.Number("temperature"),
            TopP = fields.Number("top_p"),
            PresencePenalty = fields.Number("presence_penalty"),
            MaxTokens = (int?)fields.Count("max_tokens"),
            Expected = (int)(fields.Count("expected_tokens") ?? 0),
            Repeats = (int)(fields.Integer("repeats") ?? 2),
        };

    /// <summary>
    /// A step that has a program of the user's verify records, where the key names one: it is given the fields and rejects or passes.
    /// </summary>
    public IStep? Verifier(string key, IReadOnlyList<string> reads)
    {
        if (Fields.Texts(key) is not { } command) return null;
        if (command.Count > 0)
            return new Steps.ProcessStep(key, [.. command.Select(c => c.Text)], PathOf(new SpecScalar("", true, Map.At)), reads, [],
                TimeSpan.FromSeconds(30));
        Faults.Error(Codes.BadValue, Fields.KeyAt(key), $"'{key}' names no program");
        return null;
    }

    /// <summary>A file's path, relative to the spec's folder.</summary>
    public static string PathOf(SpecScalar path) =>
        Path.Combine(Path.GetDirectoryName(path.At.File) is { Length: > 0 } folder ? folder : ".", path.Text);

    /// <summary>Reads what a path names; where it cannot be read, the rest of the spec is judged first.</summary>
    public T? Load<T>(SpecScalar? path, Func<string, T> read) where T : class
    {
        if (path is null) return null;
        _files.Add(path.Text);
        if (!_opens) return null;
        try
        {
            return read(PathOf(path));
        }
        catch (DataException e)
        {
            _missing ??= e;
            return null;
        }
    }

    /// <summary>Notes where a step stands, for faults found later.</summary>
    public IStep At(SourcePosition at, IStep step)
    {
        _places[step] = at;
        return step;
    }

    /// <summary>The recipe, or null where anything is at fault.</summary>
    /// <param name="output">Fields delivered where the spec does not say.</param>
    /// <param name="adjust">Sets what only this recipe has.</param>
    /// <param name="same">Fields that no two records share where the spec does not say; null for the delivered ones.</param>
    public Recipe? Finish(ISource? source, IReadOnlyList<IStep> steps, IReadOnlyList<string> output, Func<RecipeExtras,
        RecipeExtras>? adjust = null,
        IReadOnlyList<string>? same = null)
    {
        var delivered = Fields.Texts("output") is { Count: > 0 } said ? [.. said.Select(s => s.Text)] : output;
        var unique = Fields.Texts("unique") is { } named ? [.. named.Select(s => s.Text)] : same ?? delivered;
        var rest = (adjust ?? (d => d))(new RecipeExtras());
        var recipe = new Recipe(((SpecScalar)Map["name"]!).Text, Models, source ?? NoSource.Instance, steps)
        {
            Output = delivered,
            Acceptance = unique.Count == 0 ? rest.Acceptance : [.. rest.Acceptance, new UniqueAcceptance("unique", unique)],
            Seeds = rest.Seeds,
            PoolFields = rest.PoolFields,
            Round = (int)(Fields.Count("round") ?? rest.Round),
            Rule = rest.Rule,
            MaxAttempts = Fields.Count("max_attempts"),
            Passes = rest.Passes,
            Expected = rest.Expected,
            Answers = Fields.Text("answers"),
            Budget = ReadBudget(),
            SourceLicense = Fields.Text("source_license"),
            Files = [.. _files.Distinct(StringComparer.Ordinal).SelectMany(Inside)],
            Written = Recipe.Canonical(Map with { Entries = [.. Map.Entries.Where(e => !Bounds.Contains(e.Key))] }),
        };
        foreach (var step in steps.GroupBy(s => s.Name).Where(g => g.Count() > 1))
            Faults.Error(Codes.DuplicateName, _places.GetValueOrDefault(step.Last(), Map.At),
                $"two steps are called '{step.Key}'; name one of them");
        if (_missing is null && (_opens || _files.Count == 0)) recipe.CheckFields(Map.At, _places, Faults);
        if (_missing is not null && !Faults.HasErrors) throw _missing;
        return Faults.HasErrors ? null : recipe;
    }

    /// <summary>A file, or the files below a folder, as the spec would write them.</summary>
    private IEnumerable<string> Inside(string path)
    {
        string folder = PathOf(new SpecScalar(path, true, Map.At));
        return Directory.Exists(folder) ? Documents.FilesBelow(folder, pdf: true).Select(f => Path.Combine(path, f)) : [path];
    }

    private Budget ReadBudget()
    {
        if (Fields.Map("budget") is not { } map) return Budget.None;
        var fields = new Fields(map, BudgetKeys, Faults);
        var budget = new Budget(fields.Count("tokens"), (decimal?)fields.Number("cost"));
        if (budget.Cost is not null && Models.All.All(m => m.Price == default))
            Faults.Error(Codes.Contradiction, fields.KeyAt("cost"), "a budget of cost needs prices, and no model has one; add "
                + "'price: { input: …, output: … }' to it, or bound 'tokens'");
        return budget;
    }
}

/// <summary>What a recipe may set beside source, steps and fields; see <see cref="Recipe"/>.</summary>
internal sealed record RecipeExtras
{
    public IReadOnlyList<IAcceptance> Acceptance { get; init; } = [];
    public IReadOnlyList<PoolMember> Seeds { get; init; } = [];
    public IReadOnlyList<string>? PoolFields { get; init; }
    public int Round { get; init; } = 64;
    public IRoundRule? Rule { get; init; }
    public long Passes { get; init; } = long.MaxValue;
    public double Expected { get; init; } = 1;
}
