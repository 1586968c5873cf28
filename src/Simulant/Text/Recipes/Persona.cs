using Simulant.Specs;
using Simulant.Specs.Reading;
using Simulant.Text.Recipes.Steps;

namespace Simulant.Text.Recipes;

/// <summary>
/// The recipe <c>persona</c> (Ge et al. 2024): people crossed with tasks, each pair asked once. People are given, or drawn out of texts by
/// asking who would write or read them.
/// </summary>
internal static class Persona
{
    public static RecipeKind Kind { get; } = new("persona", "Texts as different people would have them, people crossed with tasks.",
    [
        new("personas", Shape.Texts, "The people, a sentence each."),
        new("file", Shape.Text, "A file with a `persona` or a `text` in each record; of texts, people are drawn by asking."),
        new("tasks", Shape.Texts, "What is asked for each of them; `{persona}` stands for the person.") { Required = true },
        .. RecipeBuilder.Asking,
        new("max_similarity", Shape.Number, "Greatest ROUGE-L of two texts.") { Minimum = 0, Maximum = 1, Default = "0.9" },
    ], Build);

    private static Recipe? Build(RecipeBuilder builder)
    {
        var model = builder.Model();
        if (builder.Map["personas"] is null == builder.Map["file"] is null)
            builder.Faults.Error(Codes.Contradiction, builder.Map.At, "people come either from 'personas' or from a 'file'");
        var given = builder.Fields.Texts("personas")?.Select(p => TextRecord.Empty.With("persona", p.Text)).ToList();
        IReadOnlyList<TextRecord>? people = given is { Count: > 0 } ? given : builder.Load(builder.Fields.Scalar("file"), RecordFiles.Read);
        var tasks = builder.Fields.Texts("tasks") ?? [];
        bool built = people is [var first, ..] && first.Find("persona") is null;
        var novel = new NovelTexts("text", builder.Fields.Number("max_similarity") ?? 0.9);
        if (model is null || people is null || tasks.Count == 0) return builder.Finish(null, [], []);
        // Tasks change fastest, so that a short run meets every task.
        List<TextRecord> pairs = [.. people.SelectMany(p => tasks.Select(t =>
            (built ? TextRecord.Empty.With("passage", p.Find("text") ?? "")
            : TextRecord.Empty.With("persona", p["persona"])).With("task", t.Text)))];
        List<string> ids = [.. people.SelectMany((_, i) => tasks.Select((_, t) => FormattableString.Invariant($"person:{i} task:{t}")))];
        var steps = new List<IStep>();
        if (built)
            steps.Add(new AskStep("who", builder.Ask(model, """
                {passage}

                Who is likely to write, read or need this? Describe one such person in one sentence that begins with "A" or "An": trade,
                circumstances, what they care about. Write the sentence alone.
                """), AnswerForm.Text("persona")));
        steps.Add(new ComputeStep("say", ["persona", "task"], ["wish"], "", d => [d["task"].Contains("{persona}", StringComparison.Ordinal)
            ? d["task"].Replace("{persona}", d["persona"]) : $"{d["task"]}\n\nIt is by or for this person: {d["persona"]}"]));
        steps.Add(new AskStep("write", builder.Ask(model, "{wish}"), AnswerForm.Text("text")));
        steps.Add(new NovelStep("novelty", "text", novel));
        return builder.Finish(new RowSource(pairs, ids), steps, ["persona", "task", "text"], e => e with
        {
            Acceptance = [new NovelAcceptance("novelty", "text", novel)], PoolFields = ["text"],
        }, ["text"]);
    }
}
