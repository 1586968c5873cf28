using Simulant.Specs.Reading;
using Simulant.Text.Recipes.Steps;

namespace Simulant.Text.Recipes;

/// <summary>
/// The recipe <c>dialogue</c>: conversations of a person, whom one model plays, with an assistant, the other or the same. Each turn
/// sees all turns before it; the person's side sees them with the roles exchanged.
/// </summary>
internal static class Conversing
{
    private const string Messages = "messages", Said = "said", Flipped = "flipped";

    public static RecipeKind Kind { get; } = new("dialogue", "Conversations over several turns.",
    [
        new("topics", Shape.Texts, "What a conversation begins from, a sentence each."),
        new("file", Shape.Text, "A file with a `topic`, or a `text`, in each record."),
        .. RecipeBuilder.Asking,
        new("user", Shape.Text, "The model that plays the person.") { Default = "the one that answers" },
        new("turns", Shape.Integer, "Questions and answers, pairs.") { Minimum = 1, Maximum = 50, Default = "3" },
        new("system", Shape.Text, "What the assistant is told beforehand.") { Default = "nothing" },
    ], Build);

    private static Recipe? Build(RecipeBuilder builder)
    {
        var model = builder.Model();
        var user = builder.Map["user"] is null ? model : builder.Model("user");
        if (builder.Map["topics"] is null == builder.Map["file"] is null)
            builder.Faults.Error(Specs.Codes.Contradiction, builder.Map.At, "topics come either from 'topics' or from a 'file'");
        var given = builder.Fields.Texts("topics")?.Select(t => t.Text).ToList();
        var topics = given is { Count: > 0 } ? given : builder.Load(builder.Fields.Scalar("file"), RecordFiles.Read)
            ?.Select(r => r.Find("topic") ?? r.Find("text") ?? "").ToList();
        if (topics?.Any(string.IsNullOrWhiteSpace) ?? false)
            builder.Faults.Error(RecipeCodes.UnknownField, builder.Fields.KeyAt("file"), "a record has no 'topic', and no 'text' either");
        string? system = builder.Fields.Text("system");
        int turns = (int)(builder.Fields.Integer("turns") ?? 3);
        if (model is null || user is null || topics is not { Count: > 0 }) return builder.Finish(null, [], []);
        var steps = new List<IStep> { new SetStep("begin", Messages, new PromptTemplate("[]")) };
        for (int turn = 1; turn <= turns; turn++)
        {
            steps.Add(new ComputeStep($"exchange-{turn}", [Messages], [Flipped], "", d => [Turns.Write([.. Turns.Read(d[Messages])
                .Select(t => (t.Role == Turns.User ? Turns.Assistant : Turns.User, t.Text))])]));
            steps.Add(new AskStep($"user-{turn}", builder.Ask(user, turn == 1 ? "Begin." : "Go on.", """
                You play a person who talks with an assistant about this: {topic}
                Say only what that person says next, in one to three sentences: a question, an objection, a further wish. Never
                answer for the assistant, never speak of playing.
                """) with { After = Flipped }, AnswerForm.Text(Said)));
            steps.Add(Append($"said-{turn}", Turns.User));
            steps.Add(new AskStep($"assistant-{turn}", builder.Ask(model, "", system) with { After = Messages }, AnswerForm.Text(Said)));
            steps.Add(Append($"answered-{turn}", Turns.Assistant));
        }
        steps.Add(new JointCheckStep("repeats", [Messages], "says the same twice", d => Turns.Read(d[Messages]) is var all
            && all.Select(t => t.Text.Trim()).Distinct().Count() < all.Count ? "a turn" : null));
        return builder.Finish(new RowSource([.. topics.Select(t => TextRecord.Empty.With("topic", t))]), steps, ["topic", Messages], null,
            [Messages]);
    }

    private static ComputeStep Append(string name, string role) => new(name, [Messages, Said], [Messages], "",
        d => [Turns.Write([.. Turns.Read(d[Messages]), (role, d[Said])])]);
}
