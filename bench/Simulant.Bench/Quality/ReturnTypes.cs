using System.Text.Json;
using System.Text.RegularExpressions;
using Simulant.Data;
using Simulant.Text.Augmentation;
using Simulant.Text.Code;
using Simulant.Text.Code.Exercises;
using Simulant.Text.WordNet;
using Simulant.Validation.Text;

namespace Simulant.Bench.Quality;

/// <summary>
/// A task of classes on real text: from the statement of a programming problem, what the function returns: a truth value, a number, a
/// text or a collection. Real are the problems of MBPP (Austin et al. 2021), whose class its tests tell; the published parts are
/// 601 to 974 for training and 11 to 510 for the test.
/// </summary>
internal static partial class ReturnTypes
{
    public const string Truth = "truth", Number = "number", Text = "text", Collection = "collection";

    /// <summary>Problems of a published part; those are left out whose tests tell no class, or several.</summary>
    public static LabelledTexts Real(string file, int from, int to)
    {
        var texts = new List<string>();
        var labels = new List<string>();
        foreach (string line in File.ReadLines(file))
        {
            using var problem = JsonDocument.Parse(line);
            int number = problem.RootElement.GetProperty("task_id").GetInt32();
            if (number < from || number > to) continue;
            string?[] kinds = [.. problem.RootElement.GetProperty("test_list").EnumerateArray()
                .Select(t => ClassOf(t.GetString()!)).Distinct()];
            if (kinds is not [{ } kind]) continue;
            texts.Add(Prose(problem.RootElement.GetProperty("text").GetString()!));
            labels.Add(kind);
        }
        return new LabelledTexts(texts, labels);
    }

    /// <summary>What an assertion holds the result to, by the literal behind the last sign of equality; null where it is none.</summary>
    public static string? ClassOf(string assertion)
    {
        int at = assertion.LastIndexOf("==", StringComparison.Ordinal);
        if (at < 0 || !assertion.TrimStart().StartsWith("assert", StringComparison.Ordinal)) return null;
        string value = assertion[(at + 2)..].Trim();
        if (TruthLiteral().IsMatch(value)) return Truth;
        if (NumberLiteral().IsMatch(value)) return Number;
        if (value.StartsWith('"') || value.StartsWith('\'')) return Text;
        return CollectionLiteral().IsMatch(value) ? Collection : null;
    }

    /// <summary>Exercises of the program's own grammar, with what their function gives.</summary>
    public static LabelledTexts Exercises(int count, ulong seed)
    {
        var grammar = new ExerciseGrammar(new([CodeLanguage.Python], []), seed);
        return new LabelledTexts([.. Enumerable.Range(0, count).Select(i => Prose(grammar.Item(i).Statement))],
            [.. Enumerable.Range(0, count).Select(i => grammar.Problem(i).Gives switch
            {
                Ty.Bool => Truth,
                Ty.Int => Number,
                Ty.Text => Text,
                _ => Collection,
            })]);
    }

    /// <summary>Copies of real training texts by rules and WordNet, as <c>simulant augment</c> makes them; the originals are not among
    /// them.</summary>
    public static LabelledTexts Copies(LabelledTexts real, int copies, WordNetDatabase words, ulong seed)
    {
        var augmenter = new TextAugmenter(new AugmentOptions(TextChanges.Paraphrase | TextChanges.Synonyms | TextChanges.Insert
            | TextChanges.Swap | TextChanges.Drop), words, seed);
        var texts = new List<string>();
        var labels = new List<string>();
        for (int copy = 0; copy < copies; copy++)
            foreach (var (changed, label) in augmenter.Column(real.Texts, copy: copy).Zip(real.Labels))
                if (changed.Text is { } text)
                {
                    texts.Add(text);
                    labels.Add(label);
                }
        return new LabelledTexts(texts, labels);
    }

    /// <summary>The statement alone: examples and the head of the function, which say what it returns, are taken out.</summary>
    private static string Prose(string statement)
    {
        int examples = statement.IndexOf("\n\nFor example,", StringComparison.Ordinal);
        if (examples < 0) examples = statement.IndexOf("\n\nExamples:", StringComparison.Ordinal);
        return CodeSpan().Replace(examples < 0 ? statement : statement[..examples], " ").Trim();
    }

    [GeneratedRegex(@"^(True|False)\b")]
    private static partial Regex TruthLiteral();

    [GeneratedRegex(@"^-?\.?[0-9]")]
    private static partial Regex NumberLiteral();

    [GeneratedRegex(@"^([\[({]|(set|Counter|defaultdict|tuple|list|dict)\()")]
    private static partial Regex CollectionLiteral();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex CodeSpan();
}
