using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Language;

/// <summary>The verb that belongs to a subject, whatever stands between.</summary>
internal sealed class VerbAgreement() : TaskFamily("verb-agreement", TaskCategories.Language)
{
    private static readonly string[] Between = ["near", "behind", "beside", "above", "below", "opposite", "with", "without", "next to",
        "in front of"];

    private static readonly string[] Verbs =
        ["carry", "watch", "fix", "belong", "fly", "miss", "need", "try", "wash", "attract", "worry", "push", "delay", "hide", "cost",
            "please"];

    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        string[] nouns = random.Sample(Nouns, level + 1);
        bool[] many = [.. nouns.Select(_ => random.Chance(0.5))];
        string verb = random.Pick(Verbs), subject = Noun(nouns[0], many[0]);
        string sentence = "The " + subject;
        var work = new StepList();
        for (int i = 1; i < nouns.Length; i++)
        {
            string phrase = $"{random.Pick(Between)} the {Noun(nouns[i], many[i])}";
            sentence += " " + phrase;
            work.Add($"\"{phrase}\" only describes what stands before it");
        }
        sentence += " ___";
        work.Add($"the subject is \"the {subject}\"", many[0] ? "plural" : "singular");
        string answer = many[0] ? verb : verb[^1] == 'y' && !"aeiou".Contains(verb[^2]) ? verb[..^1] + "ies"
            : verb[^1] is 's' or 'x' || verb[^1] == 'h' ? verb + "es" : verb + "s";
        work.Add($"the present of {verb} that agrees with it", answer);
        return new(draws.Wording.Pick(
        [
            $"Fill the gap in \"{sentence}\" with the simple present of the verb \"{verb}\". Answer with the one word.",
            $"Which form of \"{verb}\" (simple present) completes \"{sentence} ...\"? Answer with that word only.",
            $"The sentence begins \"{sentence}\". Put the verb \"{verb}\" into the present tense so that it agrees with its subject. "
                + "Write one word.",
            $"Choose the right present-tense form of \"{verb}\" for the blank: \"{sentence} ...\". One word.",
        ]), answer, work);
    }

    private static readonly string[] Nouns =
        [.. WordBank.Groups.Where(g => g.Kind is "vehicle" or "building" or "tool" or "job" or "bird" or "mammal").SelectMany(g => g.Words)
            .Where(w => w[^1] is not ('s' or 'x' or 'h' or 'y'))];

    private static string Noun(string noun, bool many) => many ? noun + "s" : noun;
}

/// <summary>Adjectives before a noun, in the usual order of their kinds.</summary>
internal sealed class AdjectiveOrder() : TaskFamily("adjective-order", TaskCategories.Language)
{
    private static readonly (string Kind, string[] Words)[] Kinds =
    [
        ("opinion", ["lovely", "ugly", "charming", "dreadful", "splendid", "boring", "delightful", "horrible"]),
        ("size", ["huge", "tiny", "large", "small", "enormous", "gigantic", "miniature", "tall"]),
        ("age", ["old", "new", "ancient", "modern", "antique", "recent", "young", "medieval"]),
        ("shape", ["round", "square", "oval", "rectangular", "triangular", "flat", "curved", "spherical"]),
        ("colour", ["red", "blue", "green", "yellow", "purple", "black", "white", "brown"]),
        ("origin", ["French", "Japanese", "Turkish", "Brazilian", "Swedish", "Indian", "Egyptian", "Canadian"]),
        ("material", ["wooden", "plastic", "leather", "metal", "cotton", "glass", "paper", "ceramic"]),
    ];

    private static readonly string[] Things = ["box", "lamp", "chair", "vase", "clock", "bowl", "bag", "mirror", "toy", "statue", "tray",
        "basket",
        "mask", "necklace", "table", "bottle", "bench", "cup", "cupboard", "doll", "fan", "frame", "hat", "jar", "kite", "model",
            "ornament", "plate",
        "screen", "shield", "stool", "tent", "whistle", "wheel", "brooch", "button"];

    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        string[] given = [.. random.Sample(Kinds, level + 2).Select(kind => random.Pick(kind.Words))];
        string thing = random.Pick(Things);
        var work = new StepList();
        var ordered = new string?[Kinds.Length];
        foreach (string word in given)
        {
            int kind = Array.FindIndex(Kinds, k => k.Words.Contains(word));
            ordered[kind] = word;
            work.Add($"{word} tells the {Kinds[kind].Kind}, place {kind + 1}", string.Join(' ', ordered.OfType<string>()));
        }
        string answer = string.Join(' ', ordered.OfType<string>().Append(thing));
        work.Add("then the noun", answer);
        string shown = Phrases.List(given), order = Phrases.Commas(Kinds.Select(k => k.Kind));
        return new(draws.Wording.Pick(
        [
            $"Put the adjectives {shown} before the noun \"{thing}\" in the usual English order ({order}). Write adjectives and noun, no "
                + "article.",
            $"English adjectives stand in the order {order}. Arrange {shown} before \"{thing}\" and write the phrase without an article "
                + "or commas.",
            $"Describe a \"{thing}\" with all of {shown}, in the order {order}. Give just these words, separated by spaces.",
            $"Order the words {shown} and add \"{thing}\" at the end, so that the adjectives follow the order {order}. No article, no "
                + "commas.",
        ]), answer, work);
    }
}
