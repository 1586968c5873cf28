using System.Globalization;
using Simulant.Specs.Reading;
using Simulant.Text.Recipes.Steps;

namespace Simulant.Text.Recipes;

/// <summary>
/// The recipe <c>qa-from-documents</c>: questions that a passage answers, with their answers, each with the file, the headings and the
/// characters it comes from. With <c>check</c> the model is asked once more, from the passage alone, whether it bears the answer out.
/// </summary>
internal static class QaFromDocuments
{
    public static RecipeKind Kind { get; } = new("qa-from-documents", "Questions and answers from passages, with their places.",
    [
        new("documents", Shape.Text, "A file or a folder of Markdown, HTML, text or, with `pdf`, PDF.") { Required = true },
        new("pdf", Shape.Texts, "A program that writes a PDF's text to its output; `{file}` stands for the path.") { Default = "none" },
        new("words", Shape.Integer, "Most words of a passage.") { Minimum = 20, Maximum = 10_000, Default = "300" },
        new("questions", Shape.Integer, "Questions asked for of each passage.") { Minimum = 1, Maximum = 50, Default = "3" },
        new("check", Shape.Boolean, "Whether a second question asks if the passage bears the answer out.") { Default = "true" },
        new("passes", Shape.Count, "How often the passages are gone through at most.") { Minimum = 1, Maximum = 1e9, Default = "1" },
        .. RecipeBuilder.Asking,
    ], Build);

    private static Recipe? Build(RecipeBuilder builder)
    {
        var model = builder.Model();
        int words = (int)(builder.Fields.Integer("words") ?? 300), questions = (int)(builder.Fields.Integer("questions") ?? 3);
        bool check = builder.Fields.Truth("check") ?? true;
        long passes = builder.Fields.Count("passes") ?? 1;
        var pdf = builder.Fields.Texts("pdf") is { Count: > 0 } command ? new PdfTool([.. command.Select(c => c.Text)]) : null;
        var chunks = builder.Load(builder.Fields.Scalar("documents"), p => Documents.Read(p, words, pdf));
        if (model is null || chunks is null) return builder.Finish(null, [], []);
        string Number(int n) => n.ToString(CultureInfo.InvariantCulture);
        List<TextRecord> rows = [.. chunks.Select(c => TextRecord.Empty.With("document", c.File).With("section", c.Section)
            .With("start", Number(c.Start)).With("end", Number(c.End)).With("passage", c.Text))];
        List<string> ids = [.. chunks.Select(c => $"{c.File}#{Number(c.Start)}-{Number(c.End)}")];
        var steps = new List<IStep>
        {
            new AskStep("questions", builder.Ask(model, $$"""
                Passage

                {passage}

                Write {{Number(questions)}} questions that this passage answers and that can be understood without seeing it: name what
                they are about, and do not speak of "the passage" or "the text". Write them as a numbered list and nothing else.
                """) with { TakesCut = true }, AnswerForm.List("questions")),
            new SplitStep("split", "questions", "question", questions),
            new CheckStep("question", "question",
            [
                TextRules.AtLeastWords(3), TextRules.AtMostWords(100),
                TextRules.Without(["the passage", "the text", "the document", "the author", "this section"], "speaks of the passage"),
            ]),
            new AskStep("answer", builder.Ask(model, """
                Passage

                {passage}

                Question: {question}

                Answer it from the passage alone, in a sentence or two. If the passage does not answer it, reply "unanswerable".
                """), AnswerForm.Text("answer")),
            new CheckStep("answerable", "answer", [TextRules.Without(["unanswerable"], "the passage does not answer it")]),
        };
        if (check)
        {
            steps.Add(new AskStep("support", builder.Ask(model, """
                Passage

                {passage}

                Question: {question}
                Answer: {answer}

                Does the passage say so? Reply yes or no.
                """) with { Temperature = 0, MaxTokens = 16 }, AnswerForm.Choice("supported", ["yes", "no"])));
            var borne = new TextRule("the passage does not bear it out", t => t == "no" ? "no" : null);
            steps.Add(new CheckStep("supported", "supported", [borne]));
        }
        return builder.Finish(new RowSource(rows, ids), steps, ["question", "answer", "document", "section", "start", "end", "passage"],
            e => e with { Passes = passes, Expected = questions }, ["question"]);
    }
}
