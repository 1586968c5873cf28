using Simulant.Numerics.Text;
using Simulant.Specs;
using Simulant.Specs.Reading;
using Simulant.Text.Recipes.Steps;

namespace Simulant.Text.Recipes;

/// <summary>
/// The recipes <c>translate-back</c>, paraphrases by way of another language with every other field kept, and <c>parallel</c>, pairs for a
/// language that has few: real text of it beside its translation by a model (Sennrich et al. 2016), so that what is learned to be written
/// is the real side. Both go there and back, and keep what came back like it went.
/// </summary>
internal static class Translating
{
    private const string Text = "text", There = "there", Back = "back";

    private static readonly IReadOnlyList<Key> Keys =
    [
        new("file", Shape.Text, "Records with `text`.") { Required = true },
        .. RecipeBuilder.Asking,
        new("min_similarity", Shape.Number, "Least ROUGE-L of a text and what came back.") { Minimum = 0, Maximum = 1, Default = "0.4" },
        new("max_similarity", Shape.Number, "Greatest, for paraphrases.") { Minimum = 0, Maximum = 1, Default = "0.95" },
        new("max_ratio", Shape.Number, "Greatest ratio of the lengths of a text and its translation, in characters.")
            { Minimum = 1, Maximum = 100, Default = "3" },
    ];

    public static RecipeKind Paraphrase { get; } = new("translate-back", "Paraphrases by way of another language; other fields are kept.",
        [.. Keys, new("through", Shape.Text, "The other language.") { Default = "French" },
            new("language", Shape.Text, "The text's.") { Default = "English" }],
        b => Build(b, parallel: false));

    public static RecipeKind Parallel { get; } = new("parallel", "Real text of a language beside its translation by a model.",
        [.. Keys, new("language", Shape.Text, "The language of the text.") { Required = true },
            new("from", Shape.Text, "The language translated to.") { Default = "English" }],
        b => Build(b, parallel: true));

    private static Recipe? Build(RecipeBuilder builder, bool parallel)
    {
        var model = builder.Model();
        var rows = builder.Load(builder.Fields.Scalar("file"), RecordFiles.Read);
        string mine = builder.Fields.Text("language") ?? "English";
        string other = parallel ? builder.Fields.Text("from") ?? "English" : builder.Fields.Text("through") ?? "French";
        double least = builder.Fields.Number("min_similarity") ?? 0.4, most = parallel ? 1 : builder.Fields.Number("max_similarity")
            ?? 0.95;
        double ratio = builder.Fields.Number("max_ratio") ?? 3;
        if (model is null || rows is null) return builder.Finish(null, [], []);
        var source = new RowSource(RowSource.Filled(rows, Text));
        IReadOnlyList<IStep> steps =
        [
            new AskStep("there", Question(builder, model, mine, other, Text), AnswerForm.Text(There)),
            new JointCheckStep("length", [Text, There], "lengths differ too much",
                d => Ratio(d[Text], d[There]) is var r && r > ratio ? FormattableString.Invariant($"{r:0.0} times") : null),
            new JointCheckStep("translated", [Text, There], "not translated", d => d[Text].Trim() == d[There].Trim() ? "the same" : null),
            new AskStep("back", Question(builder, model, other, mine, There), AnswerForm.Text(Back)),
            new JointCheckStep("meaning", [Text, Back], "came back too different", d => Similar(d) is var s && s < least
                ? FormattableString.Invariant($"{s:0.00}") : null),
            new JointCheckStep("new", [Text, Back], "came back the same", d => Similar(d) is var s && s > most
                ? FormattableString.Invariant($"{s:0.00}") : null),
            new SetStep("source", "source", new PromptTemplate($"{{{(parallel ? There : Text)}}}")),
            new SetStep("target", "target", new PromptTemplate($"{{{(parallel ? Text : Back)}}}")),
        ];
        string[] kept = [.. source.Writes.Where(f => f is not (Text or "source" or "target"))];
        return builder.Finish(source, steps, ["source", "target", .. kept], null, ["source", "target"]);
    }

    private static Question Question(RecipeBuilder builder, Models.ModelSpec model, string from, string to, string field) =>
        builder.Ask(model, $"Translate this from {from} into {to}. Reply with the translation alone.\n\n{{{field}}}");

    // Of scripts without spaces between words, such as Thai, letters count one by one.
    private static double Similar(Draft draft)
    {
        string a = draft[Text], b = draft[Back];
        return HasWords(a) ? RougeL.Score(a, b) : RougeL.Score(Letters(a), Letters(b));
    }

    private static bool HasWords(string text)
    {
        int words = 0, letters = 0;
        for (var scan = new WordScanner(text); scan.Next(); words++) letters += scan.Length;
        return letters <= 16 * words;
    }

    private static string Letters(string text) =>
        string.Join(' ', text.Where(char.IsLetterOrDigit).Select(c =>
            ((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture)));

    private static double Ratio(string a, string b) => Math.Max((double)a.Length, b.Length) / Math.Max(1, Math.Min(a.Length, b.Length));
}
