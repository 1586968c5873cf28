using System.Globalization;
using System.Text;
using Simulant.Numerics.Text;
using Simulant.Specs;
using static Simulant.Text.Filters.Rules.TextRule;

namespace Simulant.Text.Filters.Rules;

/// <summary>
/// Rules for generated instructions and their instances. Source: Wang et al., "Self-Instruct", ACL 2023, section 2.2 and the code
/// published with it. That the same input must not have different outputs takes all records: <see cref="ConflictFilter"/>.
/// </summary>
internal static class InstructionRules
{
    public const string Group = "self-instruct";

    private const string Unanswerable = "image, images, graph, graphs, picture, pictures, file, files, map, maps, draw, plot, go to, "
        + "video, "
        + "audio, music, flowchart, diagram";

    public static IReadOnlyList<TextRule> All { get; } =
    [
        Between("instruction-length", Group, "Instructions of so few or so many pieces between white space.", "words", 4, 150,
            facts => facts.Pieces()),
        new("instruction-words", Group, "Instructions that name what a language model cannot see or do.",
            [new("words", OptionKind.Texts, "Words and phrases, matched whole and in any case.") { Default = Unanswerable }], Unseen),
        new("instruction-program", Group, "Instructions that begin with \"Write a program\", which may mean that code is wanted.", [],
            _ => facts => facts.Text.AsSpan().TrimStart().StartsWith("write a program", StringComparison.OrdinalIgnoreCase)
                ? "begins with 'Write a program'" : null),
        new("instruction-start", Group, "Instructions whose first character is punctuation or not ASCII.", [], _ => Start),
        new("instance-copy", Group, "Instances whose output equals their input.", [],
            _ => facts => facts.Item is { Input: { } input, Output: { } output } && input.Trim().Length > 0 && input.Trim() == output.Trim()
                ? "the output equals the input" : null),
        new("instance-empty", Group, "Instances without an output, where records have outputs.", [],
            _ => facts => facts.Item.Output is { } output && string.IsNullOrWhiteSpace(output) ? "the output is empty" : null),
        new("instance-colon", Group, "Instances whose input or output ends with a colon, as if more should follow.", [], _ => facts =>
            EndsOpen(facts.Item.Output) ? "the output ends with ':'" : EndsOpen(facts.Item.Input) ? "the input ends with ':'" : null),
    ];

    private static Func<TextFacts, string?> Unseen(OptionValues options)
    {
        string[] phrases = options.Text("words").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var hashes = phrases.Select(phrase =>
        {
            var words = new List<ulong>();
            WordScanner.Hashes(phrase, words);
            return words.ToArray();
        }).ToArray();
        return facts =>
        {
            for (int p = 0; p < phrases.Length; p++)
                if (hashes[p].Length > 0 && facts.Vocabulary.Contains(hashes[p][0]) && facts.Words.AsSpan().IndexOf(hashes[p]) >= 0)
                    return $"names '{phrases[p]}'";
            return null;
        };
    }

    private static bool EndsOpen(string? text) => text.AsSpan().TrimEnd() is [.., ':'];

    private static string? Start(TextFacts facts)
    {
        var text = facts.Text.AsSpan().TrimStart();
        if (text.IsEmpty) return "is empty";
        Rune.DecodeFromUtf16(text, out var first, out _);
        if (!first.IsAscii) return $"begins with U+{first.Value:X4}, which is not ASCII";
        char c = (char)first.Value;
        return char.IsPunctuation(c) || char.IsSymbol(c)
            ? string.Create(CultureInfo.InvariantCulture, $"begins with '{c}'") : null;
    }
}
