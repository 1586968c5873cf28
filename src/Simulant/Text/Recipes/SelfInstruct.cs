using Simulant.Data;
using Simulant.Specs;
using Simulant.Specs.Reading;
using Simulant.Text.Recipes.Steps;

namespace Simulant.Text.Recipes;

/// <summary>
/// The recipe <c>self-instruct</c> (Wang et al. 2023): tasks made in the manner of a few examples, drawn from human seeds and from what
/// was accepted before; then told apart into those with few possible answers and others, because models asked for an input first give
/// one-sided labels to the former; then an example of each. The published rules reject: 3 words or fewer or more than 150, words that
/// name what a text cannot hold, "Write a program", a first character that is a mark or of another script, ROUGE-L above 0.7 with any
/// task of the pool; an output that is empty, equals its input or ends with a colon, and one input with two outputs. Prompts are our
/// own.
/// </summary>
internal static class SelfInstruct
{
    private const string Instruction = "instruction", Input = "input", Output = "output", Class = "classification";

    private static readonly string[] Unspeakable =
        ["image", "images", "graph", "graphs", "picture", "pictures", "file", "files", "map", "maps", "draw", "plot", "go to"];

    public static RecipeKind Kind { get; } = new("self-instruct", "New tasks in the manner of seed tasks, with an example of each.",
    [
        new("seeds", Shape.Text, "A file of tasks: `instruction`, `instances` or `input` and `output`, `is_classification`.")
            { Required = true },
        .. RecipeBuilder.Asking,
        new("tasks", Shape.Integer, "Tasks that are asked for at once.") { Minimum = 1, Maximum = 50, Default = "8" },
        new("human", Shape.Integer, "Seed tasks shown with the question.") { Minimum = 1, Maximum = 50, Default = "6" },
        new("machine", Shape.Integer, "Accepted tasks shown with the question; seeds stand in while there are none.")
            { Minimum = 0, Maximum = 50, Default = "2" },
        new("max_similarity", Shape.Number, "Greatest ROUGE-L with a task of the pool.") { Minimum = 0, Maximum = 1, Default = "0.7" },
    ], Build);

    private static Recipe? Build(RecipeBuilder builder)
    {
        var model = builder.Model();
        var seeds = builder.Load(builder.Fields.Scalar("seeds"), SeedTasks.Read);
        int tasks = (int)(builder.Fields.Integer("tasks") ?? 8), human = (int)(builder.Fields.Integer("human") ?? 6);
        int machine = (int)(builder.Fields.Integer("machine") ?? 2);
        double limit = builder.Fields.Number("max_similarity") ?? 0.7;
        if (seeds is not null && seeds.Count < human)
            builder.Faults.Error(Codes.BadValue, builder.Fields.KeyAt("seeds"), $"{seeds.Count} seeds, and {human} are shown at once; "
                + "add seeds or set 'human'");
        var novel = new NovelTexts(Instruction, limit);
        IReadOnlyList<IStep> steps = model is null || seeds is null ? [] :
        [
            new ExamplesStep("examples", human, machine),
            new AskStep("tasks", builder.Ask(model, Prompts.NewTasks(tasks)) with
            {
                TakesCut = true,
                Temperature = builder.Fields.Number("temperature") ?? 0.7,
                TopP = builder.Fields.Number("top_p") ?? 0.5,
                PresencePenalty = builder.Fields.Number("presence_penalty") ?? 2,
            }, AnswerForm.List("tasks")),
            new SplitStep("split", "tasks", Instruction, tasks),
            new CheckStep("heuristics", Instruction,
            [
                TextRules.AtLeastWords(4), TextRules.AtMostWords(150), TextRules.Without(Unspeakable),
                TextRules.NotStartingWith("Write a program"), TextRules.StartsPlainly,
            ]),
            new NovelStep("novelty", Instruction, novel),
            new AskStep("kind", builder.Ask(model, Prompts.Kind(seeds)) with { Temperature = 0, MaxTokens = 16 },
                AnswerForm.Choice(Class, ["yes", "no"])),
            new ComputeStep("order", [Class], ["how"], "", d => [d[Class] == "yes" ? Prompts.OutputFirst : Prompts.InputFirst]),
            new AskStep("instances", builder.Ask(model, Prompts.Instances) with
            {
                TakesCut = true,
                Temperature = builder.Fields.Number("temperature") ?? 0,
            }, new InstancesForm()),
            new InstancesStep("examples-kept"),
        ];
        return builder.Finish(null, steps, [Instruction, Input, Output, Class, "instances"], e => e with
        {
            Acceptance = [new NovelAcceptance("novelty", Instruction, novel)],
            Seeds = [.. (seeds ?? []).Select((s, i) => new PoolMember(FormattableString.Invariant($"seed:{i}"), s, Seed: true))],
            PoolFields = [Instruction, Class],
            Round = 32,
            Expected = tasks,
        }, [Instruction]);
    }

    /// <summary>What is asked, in our words.</summary>
    private static class Prompts
    {
        public const string Instances = """
            Here is a task:

            {instruction}

            {how}
            """;

        public const string InputFirst = """
            Give one or more worked examples of it. For each, first write a line that begins with "Input:" and holds what the task is to
            be done with, then a line that begins with "Output:" and holds the correct result. Where the task needs nothing beside its
            own words, write "Input: none". Write nothing else.
            """;

        public const string OutputFirst = """
            It has few possible answers. Name each possible answer once, and for each give an input to which it is the correct one: first
            a line that begins with "Output:" and holds the answer, then a line that begins with "Input:" and holds such an input. Write
            nothing else.
            """;

        public static string NewTasks(int count) => $$"""
            Below are tasks that people might give to an assistant who works with text alone. Think of {{count}} further ones.

            {{"{examples}"}}

            Let the new tasks differ from these and from each other in subject, in the verb they begin with, in form (questions as well as
            orders) and in what is to come out: lists, answers of one word, letters, tables, classifications, rewritten sentences.
            Each must be something that can be done by reading and writing, and be said in one or two sentences. Write them as a numbered
            list and nothing else.
            """;

        // A few of each kind, spread over the seeds, so that the model sees what is meant.
        public static string Kind(IReadOnlyList<TextRecord> seeds)
        {
            string Shown(string kind, int most)
            {
                var of = seeds.Where(s => s.Find(Class) == kind).ToList();
                return string.Join('\n', Enumerable.Range(0, Math.Min(most, of.Count))
                    .Select(i => of[i * of.Count / Math.Min(most, of.Count)][Instruction].ReplaceLineEndings(" "))
                    .Select(task => $"Task: {task}\nAnswer: {kind}"));
            }
            return $$"""
                Does a task ask to choose one of a small number of fixed answers, such as the labels of a classification? Answer yes or no.

                {{Escaped(Shown("yes", 6))}}
                {{Escaped(Shown("no", 8))}}
                Task: {{"{instruction}"}}
                Answer:
                """;
        }

        // A seed that holds braces must not be taken for a field.
        private static string Escaped(string text) => text.Replace('{', '(').Replace('}', ')');
    }
}

/// <summary>Reads tasks in the form of the published seeds, or plain instruction, input, output.</summary>
internal static class SeedTasks
{
    public static IReadOnlyList<TextRecord> Read(string path)
    {
        var rows = RecordFiles.Read(path);
        var seeds = new List<TextRecord>();
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i].Find("instruction") is not { Length: > 0 } instruction)
                throw new DataException($"{path}: record {i + 1} has no 'instruction'");
            var (input, output) = First(rows[i].Find("instances")) ?? (rows[i].Find("input") ?? "", rows[i].Find("output") ?? "");
            seeds.Add(TextRecord.Empty.With("instruction", instruction).With("input", input).With("output", output)
                .With("classification", rows[i].Find("is_classification") == "true" ? "yes" : "no"));
        }
        return seeds;
    }

    private static (string Input, string Output)? First(string? instances)
    {
        if (instances is null || TextList.Read(instances) is not { Count: > 0 } list) return null;
        try
        {
            using var document = System.Text.Json.JsonDocument.Parse(list[0]);
            return (document.RootElement.GetProperty("input").GetString() ?? "", document.RootElement.GetProperty("output").GetString()
                ?? "");
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>Draws the tasks that are shown: some of people's, some of what was accepted, in drawn order.</summary>
internal sealed class ExamplesStep(string name, int human, int machine) : LocalStep(name, [], ["examples"])
{
    private const int Order = 2;

    public override bool SeesPool => true;

    public override void Foresee(Forecast forecast) => forecast["examples"] = 25.0 * (human + machine);

    protected override IReadOnlyList<Draft> Do(Draft draft, StepContext context)
    {
        var stream = context.Stream(Name);
        var pool = context.Pool;
        int made = Math.Min(machine, pool.Count - pool.Seeds), seeds = Math.Min(pool.Seeds, human + machine - made);
        var chosen = Distinct(stream.Draws(draft.Index, 0), pool.Seeds, seeds)
            .Concat(Distinct(stream.Draws(draft.Index, 1), pool.Count - pool.Seeds, made).Select(i => i + pool.Seeds)).ToList();
        var draws = stream.Draws(draft.Index, Order);
        for (int i = chosen.Count - 1; i > 0; i--)
        {
            int j = draws.Below(i + 1);
            (chosen[i], chosen[j]) = (chosen[j], chosen[i]);
        }
        foreach (int i in chosen) draft.AddParent(pool[i].Id);
        draft.Set("examples", string.Join('\n', chosen.Select((member, i) =>
            FormattableString.Invariant($"{i + 1}. {pool[member].Fields["instruction"].ReplaceLineEndings(" ").Trim()}"))));
        return [draft];
    }

    private static List<int> Distinct(Numerics.Random.DrawSequence draws, int of, int count)
    {
        var chosen = new List<int>();
        while (chosen.Count < count)
            if (draws.Below(of) is var drawn && !chosen.Contains(drawn)) chosen.Add(drawn);
        return chosen;
    }
}

/// <summary>Pairs of "Input:" and "Output:", either first, as a JSON array of objects.</summary>
internal sealed class InstancesForm() : AnswerForm(["instances"])
{
    protected override IReadOnlyList<KeyValuePair<string, string>>? Take(string answer, bool whole, out string fault)
    {
        fault = "no example in it";
        var parts = new List<(bool Input, string Text)>();
        foreach (string line in answer.Split('\n'))
        {
            string bare = line.TrimStart(' ', '*', '#', '>', '-');
            bool input = bare.StartsWith("Input:", StringComparison.OrdinalIgnoreCase);
            if (input || bare.StartsWith("Output:", StringComparison.OrdinalIgnoreCase))
                parts.Add((input, bare[(bare.IndexOf(':') + 1)..].Trim(' ', '*')));
            else if (parts.Count > 0 && !IsHeading(bare)) parts[^1] = (parts[^1].Input, parts[^1].Text + "\n" + line.TrimEnd());
        }
        var pairs = new List<string>();
        for (int i = 0; i + 1 < parts.Count; i++)
        {
            if (parts[i].Input == parts[i + 1].Input) continue;
            if (!whole && i + 2 >= parts.Count) break; // the last example of an answer that was cut off
            var (input, output) = parts[i].Input ? (parts[i].Text, parts[i + 1].Text) : (parts[i + 1].Text, parts[i].Text);
            input = input.Trim();
            if (input.ToLowerInvariant().TrimEnd('.') is "none" or "n/a" or "(none)" or "no input") input = "";
            pairs.Add(TextRecord.Empty.With("input", input).With("output", output.Trim()).ToJson());
            i++;
        }
        return pairs.Count == 0 ? null : [KeyValuePair.Create(Fields[0], $"[{string.Join(',', pairs)}]")];
    }

    private static bool IsHeading(string line) => line.StartsWith("Example", StringComparison.OrdinalIgnoreCase) && line.Length < 20;
}

/// <summary>Keeps the sound examples of a task, and rejects a task that has none, or gives one input two outputs.</summary>
internal sealed class InstancesStep(string name) : LocalStep(name, ["instances"], ["instances", "input", "output"])
{
    protected override IReadOnlyList<Draft> Do(Draft draft, StepContext context)
    {
        var kept = new List<TextRecord>();
        string? last = null;
        foreach (string json in TextList.Read(draft["instances"])!)
        {
            using var document = System.Text.Json.JsonDocument.Parse(json);
            string input = document.RootElement.GetProperty("input").GetString()!,
                output = document.RootElement.GetProperty("output").GetString()!;
            last = Fault(input, output) ?? last;
            if (Fault(input, output) is not null || kept.Any(k => k["input"] == input && k["output"] == output)) continue;
            if (kept.Any(k => k["input"] == input))
            {
                draft.Reject(Name, "one input, two outputs", input.Length > 60 ? input[..60] : input);
                return [draft];
            }
            kept.Add(TextRecord.Empty.With("input", input).With("output", output));
        }
        if (kept.Count == 0)
        {
            draft.Reject(Name, last ?? "no example");
            return [draft];
        }
        draft.Set("instances", $"[{string.Join(',', kept.Select(k => k.ToJson()))}]");
        draft.Set("input", kept[0]["input"]);
        draft.Set("output", kept[0]["output"]);
        return [draft];
    }

    private static string? Fault(string input, string output) =>
        output.Length == 0 ? "empty output"
        : input == output ? "output equals input"
        : input.EndsWith(':') || output.EndsWith(':') ? "ends with ':'" : null;
}
