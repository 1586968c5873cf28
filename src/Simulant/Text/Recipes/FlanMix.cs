using System.Globalization;
using Simulant.Numerics.Random;
using Simulant.Specs;
using Simulant.Specs.Reading;
using Simulant.Text.Recipes.Steps;

namespace Simulant.Text.Recipes;

/// <summary>
/// The recipe <c>flan-mix</c> (Chung et al. 2022; Longpre et al. 2023): solved tasks put into words in many ways: a template, with or
/// without examples before it, options, and reasoning, and the other way round, the answer given and the question asked for. Asks no
/// model. Settings are drawn by weight for each record; one that a task cannot fill (options it has not) is left out of its draw.
/// </summary>
internal static class FlanMix
{
    private static readonly string[] Settings = ["zero", "few", "options", "few-options", "reasoning", "few-reasoning", "inverted"];
    private static readonly double[] DefaultWeights = [1, 1, 1, 1, 1, 1, 0.3];

    private static readonly string[] Plain = ["{question}", "Question: {question}\nAnswer:", "Q: {question}\nA:", "Answer this. {question}",
        "{question}\n\nThe answer is:"];
    private static readonly PromptTemplate[] Reasoned =
        [new("{question}\nThink it through first."), new("Question: {question}\nReason step by step, then answer."),
            new("Q: {question}\nA: Step by step:")];
    private static readonly PromptTemplate[] Inverted =
        [new("Write a question whose answer is: {answer}"), new("The answer is \"{answer}\". What was asked?"),
            new("Answer: {answer}\nQuestion:")];

    public static RecipeKind Kind { get; } = new("flan-mix", "Solved tasks put into words in many ways; asks no model.",
    [
        new("file", Shape.Text,
            "Records with `question` and `answer`, and `options` (a list) and `rationale` where there are any.") { Required = true },
        new("templates", Shape.Texts, "Further wordings; `{question}` stands for the question."),
        new("weights", Shape.Map, $"Of {string.Join(", ", Settings)}.")
            { Child = new Section("the weights", [.. Settings.Select(s =>
                new Key(s, Shape.Number, "Its weight.") { Minimum = 0, Maximum = 1e6 })]),
                Default = "1 each, inverted 0.3" },
        new("examples", Shape.Integer, "Solved tasks shown before one, at most.") { Minimum = 1, Maximum = 50, Default = "3" },
    ], Build);

    private static Recipe? Build(RecipeBuilder builder)
    {
        var rows = builder.Load(builder.Fields.Scalar("file"), RecordFiles.Read);
        double[] weights = [.. DefaultWeights];
        if (builder.Fields.Map("weights") is { } map)
        {
            var fields = new Fields(map, new Section("the weights",
                [.. Settings.Select(s => new Key(s, Shape.Number, "") { Minimum = 0, Maximum = 1e6 })]),
                builder.Faults);
            for (int i = 0; i < Settings.Length; i++) weights[i] = fields.Number(Settings[i]) ?? DefaultWeights[i];
            if (weights.Sum() <= 0) builder.Faults.Error(Codes.BadValue, map.At, "no weight is above 0");
        }
        var own = builder.Fields.Texts("templates") ?? [];
        foreach (var text in own)
            if (new PromptTemplate(text.Text).Fields is not ["question"])
                builder.Faults.Error(Codes.BadValue, text.At, "a template has '{question}' in it, and no other field");
        int examples = (int)(builder.Fields.Integer("examples") ?? 3);
        if (rows is null) return builder.Finish(null, [], []);
        foreach (string field in (string[])["question", "answer"])
            if (rows.Any(r => r.Find(field) is null))
                builder.Faults.Error(RecipeCodes.UnknownField, builder.Fields.KeyAt("file"), $"a record of the file has no '{field}'");
        // Tasks lack different fields; what is lacking is nothing.
        string[] all = ["question", "answer", "options", "rationale"];
        List<TextRecord> full = [.. rows.Select(r => TextRecord.Of(all.Select(f => KeyValuePair.Create(f, r.Find(f) ?? ""))))];
        List<PromptTemplate> plain = [.. Plain.Concat(own.Select(t => t.Text)).Select(t => new PromptTemplate(t))];
        var mix = new MixStep("mix", full, plain, weights, examples);
        return builder.Finish(new RowSource(full), [mix], ["input", "output", "setting"], null, ["input", "output"]);
    }

    /// <summary>Words one task in one drawn setting.</summary>
    private sealed class MixStep(string name, IReadOnlyList<TextRecord> tasks, IReadOnlyList<PromptTemplate> plain, double[] weights,
        int examples)
        : LocalStep(name, ["question", "answer", "options", "rationale"], ["input", "output", "setting"])
    {
        private const int SettingSlot = 0, TemplateSlot = 1, CountSlot = 2, ExampleSlot = 3;

        protected override IReadOnlyList<Draft> Do(Draft draft, StepContext context)
        {
            var stream = context.Stream(Name);
            if (Setting(stream, draft) is not { } setting)
            {
                draft.Reject(Name, "no setting fits");
                return [draft];
            }
            bool options = setting.EndsWith("options", StringComparison.Ordinal),
                reasoning = setting.EndsWith("reasoning", StringComparison.Ordinal);
            bool inverted = setting == "inverted";
            var templates = inverted ? Inverted : reasoning ? Reasoned : plain;
            var template = templates[stream.Below(templates.Count, draft.Index, TemplateSlot)];
            var parts = new List<string>();
            if (setting.StartsWith("few", StringComparison.Ordinal))
                foreach (var task in Shown(stream, draft, options, reasoning))
                    parts.Add($"{Worded(template, task, options)}\n{Solved(task, reasoning, inverted)}");
            parts.Add(Worded(template, draft.Fields, options));
            draft.Set("input", string.Join("\n\n", parts));
            draft.Set("output", Solved(draft.Fields, reasoning, inverted));
            draft.Set("setting", setting);
            return [draft];
        }

        private string? Setting(RandomStream stream, Draft draft)
        {
            double Weight(int i) => Settings[i].EndsWith("options", StringComparison.Ordinal) && !Has(draft.Fields, "options")
                || Settings[i].EndsWith("reasoning", StringComparison.Ordinal) && !Has(draft.Fields, "rationale")
                || Settings[i].StartsWith("few", StringComparison.Ordinal) && tasks.Count < 2 ? 0 : weights[i];
            double[] fitting = [.. Settings.Select((_, i) => Weight(i))];
            double at = stream.Uniform(draft.Index, SettingSlot) * fitting.Sum(), sum = 0;
            for (int i = 0; i < fitting.Length; i++)
                if (fitting[i] > 0 && at < (sum += fitting[i])) return Settings[i];
            return null;
        }

        // Other tasks that have what the setting needs, in drawn order.
        private List<TextRecord> Shown(RandomStream stream, Draft draft, bool options, bool reasoning)
        {
            int count = 1 + stream.Below(examples, draft.Index, CountSlot);
            long self = draft.Index % tasks.Count;
            var draws = stream.Draws(draft.Index, ExampleSlot);
            var shown = new List<int>();
            for (int tries = 0; shown.Count < count && tries < 20 * count; tries++)
            {
                int drawn = draws.Below(tasks.Count);
                bool fits = drawn != self && !shown.Contains(drawn) && (!options || Has(tasks[drawn], "options"))
                    && (!reasoning || Has(tasks[drawn], "rationale"));
                if (fits) shown.Add(drawn);
            }
            foreach (int i in shown) draft.AddParent(FormattableString.Invariant($"shown:{i}"));
            return [.. shown.Select(i => tasks[i])];
        }

        // Options that do not hold the answer ask for what they forbid.
        private static bool Has(TextRecord task, string field) => field != "options" ? task[field].Length > 0
            : TextList.Read(task[field]) is { Count: <= 26 } list
                && list.Any(o => o.Trim().Equals(task["answer"].Trim(), StringComparison.OrdinalIgnoreCase));

        private static string Worded(PromptTemplate template, TextRecord task, bool options)
        {
            if (options && TextList.Read(task["options"]) is { } list)
                task = task.With("question", task["question"] + "\nOptions:\n"
                    + string.Join('\n', list.Select((o, i) => $"({(char)('A' + i)}) {o}")));
            return template.Fill(task);
        }

        private static string Solved(TextRecord task, bool reasoning, bool inverted) => inverted ? task["question"]
            : reasoning ? string.Create(CultureInfo.InvariantCulture, $"{task["rationale"].Trim()}\nSo the answer is {task["answer"]}.")
                : task["answer"];
    }
}
