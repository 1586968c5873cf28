using Simulant.Specs;
using Simulant.Specs.Reading;
using Simulant.Text.Recipes.Steps;

namespace Simulant.Text.Recipes;

/// <summary>
/// The recipes <c>judge</c>, records kept by a model's score, and <c>preference</c>, pairs of a better and a worse answer. A judge gives
/// reasons first and its score last; of a pair both are scored on their own, so the order they are shown in cannot matter.
/// </summary>
internal static class Judging
{
    private const string Score = "score", Reason = "reason";

    private static readonly IReadOnlyList<Key> Keys =
    [
        new("judge", Shape.Text, "The model that judges.") { Default = "the one that is asked" },
        new("criteria", Shape.Text, "What a good record is.") { Default = "correct, complete, clear and to the point" },
    ];

    public static RecipeKind Judge { get; } = new("judge", "Records kept by a model's score.",
    [
        new("file", Shape.Text, "The records.") { Required = true },
        .. RecipeBuilder.Asking, .. Keys,
        new("min", Shape.Number, "Least score that is kept, of 1 to 10.") { Minimum = 1, Maximum = 10, Default = "7" },
    ], BuildJudge);

    public static RecipeKind Preference { get; } = new("preference", "Pairs of a better and a worse answer to one prompt.",
    [
        new("file", Shape.Text, "Records with `prompt`.") { Required = true },
        .. RecipeBuilder.Asking, .. Keys,
        new("other", Shape.Text, "The model that gives every second answer.") { Default = "the same" },
        new("samples", Shape.Integer, "Answers of each model.") { Minimum = 1, Maximum = 100, Default = "2" },
        new("margin", Shape.Number, "Least difference of the two scores.") { Minimum = 0.001, Maximum = 9, Default = "2" },
    ], BuildPreference);

    private static string Prompt(string criteria, string shown) => $"""
        {shown}

        How good is it? Good means: {criteria}. Give your reasons in two or three sentences, then a whole number from 1 (worthless) to 10
        (could not be better) alone on the last line.
        """;

    private static Recipe? BuildJudge(RecipeBuilder builder)
    {
        var model = builder.Map["judge"] is null ? builder.Model() : builder.Model("judge");
        var rows = builder.Load(builder.Fields.Scalar("file"), RecordFiles.Read);
        string criteria = builder.Fields.Text("criteria") ?? "correct, complete, clear and to the point";
        double least = builder.Fields.Number("min") ?? 7;
        if (model is null || rows is null) return builder.Finish(null, [], []);
        var source = new RowSource(RowSource.Filled(rows));
        string shown = string.Join("\n\n", source.Writes.Select(f => $"{f}: {{{f}}}"));
        IReadOnlyList<IStep> steps =
        [
            new AskStep("judge", builder.Ask(model, Prompt(criteria, shown)), AnswerForm.Text(Reason)),
            Scored("score", Reason, Score),
            new CheckStep("kept", Score, [new TextRule("scored too low", t => SpecScalar.ParseNumber(t) < least ? t : null)]),
        ];
        return builder.Finish(source, steps, [.. source.Writes, Score, Reason], e => e with { Passes = 1 }, [.. source.Writes]);
    }

    private static Recipe? BuildPreference(RecipeBuilder builder)
    {
        var model = builder.Model();
        var other = builder.Map["other"] is null ? model : builder.Model("other");
        var judge = builder.Map["judge"] is null ? model : builder.Model("judge");
        var rows = builder.Load(builder.Fields.Scalar("file"), RecordFiles.Read);
        string criteria = builder.Fields.Text("criteria") ?? "correct, complete, clear and to the point";
        int samples = (int)(builder.Fields.Integer("samples") ?? 2);
        double margin = builder.Fields.Number("margin") ?? 2;
        if (samples == 1 && builder.Map["other"] is null)
            builder.Faults.Error(Codes.Contradiction, builder.Map.At, "a pair takes two answers; set 'samples' or name an 'other' model");
        if (model is null || other is null || judge is null || rows is null) return builder.Finish(null, [], []);
        bool two = builder.Map["other"] is not null;
        int count = two ? 2 * samples : samples;
        var steps = new List<IStep>();
        for (int i = 0; i < count; i++)
        {
            // Samples of one model differ by the number of the sample, which the draws of one step give.
            var asked = two && i % 2 == 1 ? other : model;
            steps.Add(new AskStep($"answer-{i + 1}", builder.Ask(asked, "{prompt}") with
            {
                Temperature = builder.Fields.Number("temperature") ?? 1, FirstDraw = 1000 * (two ? i / 2 : i),
            }, AnswerForm.Text($"answer-{i + 1}")));
            steps.Add(new AskStep($"judge-{i + 1}", builder.Ask(judge,
                Prompt(criteria, $"Prompt: {{prompt}}\n\nAnswer: {{answer-{i + 1}}}")) with
            {
                Temperature = 0,
            }, AnswerForm.Text($"reason-{i + 1}")));
            steps.Add(Scored($"score-{i + 1}", $"reason-{i + 1}", $"score-{i + 1}"));
        }
        string[] reads = [.. Enumerable.Range(1, count).SelectMany(i => new[] { $"answer-{i}", $"score-{i}" })];
        steps.Add(new ComputeStep("pair", reads, ["chosen", "rejected", "chosen_score", "rejected_score"], "too little difference",
            d => Pair(d, count, margin)));
        return builder.Finish(new RowSource([.. rows.Select(r => r.Only(["prompt"]))]), steps,
            ["prompt", "chosen", "rejected", "chosen_score", "rejected_score"], null, ["prompt", "chosen", "rejected"]);
    }

    private static IReadOnlyList<string>? Pair(Draft draft, int count, double margin)
    {
        var scored = Enumerable.Range(1, count).Select(i => (Answer: draft[$"answer-{i}"],
            Score: SpecScalar.ParseNumber(draft[$"score-{i}"])!.Value))
            .OrderByDescending(s => s.Score).ToList();
        var (best, worst) = (scored[0], scored[^1]);
        if (best.Score - worst.Score < margin || best.Answer.Trim() == worst.Answer.Trim()) return null;
        string Shown(double score) => score.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return [best.Answer, worst.Answer, Shown(best.Score), Shown(worst.Score)];
    }

    private static ComputeStep Scored(string name, string reason, string score) => new(name, [reason], [score], "no score in it",
        d => AnswerForm.Score(score, 1, 10).Read(d[reason], true, out _) is { } read ? [read[0].Value] : null);
}
