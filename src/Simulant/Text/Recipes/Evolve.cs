using System.Text.RegularExpressions;
using Simulant.Specs.Reading;
using Simulant.Text.Recipes.Steps;

namespace Simulant.Text.Recipes;

/// <summary>
/// The recipe <c>evolve</c> (Xu et al. 2023): instructions made harder, or turned to something near, one operator drawn at a time, over a
/// number of generations. A generation that fails leaves the instruction as it was, for the next to try; the published eliminations are:
/// no gain against the instruction before (judged), an answer of fewer than 80 words with "sorry", one of nothing but marks and stop
/// words, and words of the prompt in the instruction. Prompts are our own.
/// </summary>
internal static class Evolve
{
    private const string Instruction = "instruction", Output = "output", Operator = "operator", Evolved = "evolved", Gain = "gain",
        Reply = "reply", Applied = "operators", Lost = "eliminated";

    internal static readonly (string Name, string Text)[] Operators =
    [
        ("constraints", "Add one further requirement or limit that the result must keep."),
        ("deepen", "Ask about the matter in more depth or breadth."),
        ("concretise", "Put something particular in the place of a general notion in it."),
        ("reasoning", "Where it can be answered in a step or two, ask so that several steps of reasoning are needed."),
        ("complicate-input", "Add data that it must work on, such as a table, code, a formula or a passage."),
        ("breadth", "Write another task instead, of the same field and length, but rarer in subject."),
    ];

    private static readonly HashSet<string> StopWords =
    [
        "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "from", "has", "have", "i", "if", "in", "is", "it", "no", "not",
        "of", "on", "or", "so", "that", "the", "then", "there", "they", "this", "to", "was", "we", "will", "with", "yes", "you",
    ];

    public static RecipeKind Kind { get; } =
        new("evolve", "Instructions made harder or turned to something near, generation by generation.",
    [
        new("file", Shape.Text, "Records with `instruction`.") { Required = true },
        .. RecipeBuilder.Asking,
        new("generations", Shape.Integer, "How often each instruction is evolved.") { Minimum = 1, Maximum = 20, Default = "1" },
        new("operators", Shape.Texts, "Operators that are drawn from.")
            { Values = [.. Operators.Select(o => o.Name)], Default = "all" },
    ], Build);

    private static Recipe? Build(RecipeBuilder builder)
    {
        var model = builder.Model();
        var rows = builder.Load(builder.Fields.Scalar("file"), RecordFiles.Read);
        var chosen = builder.Fields.Texts("operators")?.Select(o => o.Text).ToList() ?? [.. Operators.Select(o => o.Name)];
        foreach (string unknown in chosen.Where(c => Operators.All(o => o.Name != c)))
            builder.Faults.Error(Specs.Codes.BadValue, builder.Fields.KeyAt("operators"),
                $"there is no operator '{Specs.Nearest.Printable(unknown)}'; "
                + $"there are {string.Join(", ", Operators.Select(o => o.Name))}");
        if (chosen.Count == 0) builder.Faults.Error(Specs.Codes.BadValue, builder.Fields.KeyAt("operators"), "'operators' names none");
        if (model is null || rows is null || builder.Faults.HasErrors) return builder.Finish(null, [], []);
        var steps = new List<IStep> { new SetStep("begin", Applied, new PromptTemplate("")),
            new SetStep("nothing", Output, new PromptTemplate("")) };
        int generations = (int)(builder.Fields.Integer("generations") ?? 1);
        for (int g = 1; g <= generations; g++)
        {
            steps.Add(new DrawStep($"operator-{g}", Operator, [.. chosen.Select(c => Operators.First(o => o.Name == c).Text)]));
            steps.Add(new AskStep($"evolve-{g}", builder.Ask(model, $$"""
                Here is a task that someone gave to an assistant:

                {{{Instruction}}}

                Change it in this way: {{{Operator}}} It must stay sensible, answerable with text alone, and not grow by more than twenty
                words. Reply with the changed task and nothing else.
                """), AnswerForm.Text(Evolved)));
            steps.Add(new AskStep($"gain-{g}", builder.Ask(model, $$"""
                First task: {{{Instruction}}}

                Second task: {{{Evolved}}}

                Do the two ask for the same, with the same limits and the same depth? Answer yes or no.
                """) with { Temperature = 0, MaxTokens = 16 }, AnswerForm.Choice(Gain, ["yes", "no"])));
            steps.Add(new WhenStep(new AskStep($"answer-{g}", builder.Ask(model, $"{{{Evolved}}}"), AnswerForm.Text(Reply)), [Gain],
                d => d[Gain] == "no", 0.9));
            steps.Add(new ComputeStep($"eliminate-{g}", [Instruction, Evolved, Gain, Reply, Operator, Applied, Output],
                [Instruction, Output, Applied, Reply, Lost], "", Keep));
        }
        steps.Add(new EvolvedStep("evolved"));
        var source = new RowSource([.. rows.Select(r => r.Only([Instruction]))]);
        return builder.Finish(source, steps, [Instruction, Output, Applied], null, [Instruction]);
    }

    // A generation that is eliminated leaves everything as it was, and its rule.
    private static IReadOnlyList<string> Keep(Draft d)
    {
        if (Eliminated(d[Evolved], d[Gain] == "no", d[Reply]) is { } rule) return [d[Instruction], d[Output], d[Applied], "", rule];
        string name = Operators.First(o => o.Text == d[Operator]).Name;
        return [d[Evolved], d[Reply], d[Applied].Length == 0 ? name : $"{d[Applied]} {name}", "", ""];
    }

    /// <summary>Rejects what no generation changed, by the rule that ended the last.</summary>
    private sealed class EvolvedStep(string name) : LocalStep(name, [Output, Lost], [])
    {
        protected override IReadOnlyList<Draft> Do(Draft draft, StepContext context)
        {
            if (draft[Output].Length == 0) draft.Reject(Name, draft[Lost], "no generation passed");
            return [draft];
        }
    }

    /// <summary>By which of the published rules an evolved instruction and its answer fail; null for none.</summary>
    internal static string? Eliminated(string evolved, bool gain, string reply)
    {
        if (!gain) return "no gain";
        if (reply.Contains("sorry", StringComparison.OrdinalIgnoreCase) && TextRules.WordCount(reply) < 80) return "sorry";
        if (Regex.Matches(reply.ToLowerInvariant(), @"\p{L}+|\p{N}+").All(w => StopWords.Contains(w.Value))) return "says nothing";
        return Regex.IsMatch(evolved,
            @"\b(changed task|given task|first task|second task|new task|rewritten task|#given prompt#|#rewritten prompt#)",
            RegexOptions.IgnoreCase) ? "words of the prompt" : null;
    }
}
