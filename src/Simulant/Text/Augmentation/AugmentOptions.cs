namespace Simulant.Text.Augmentation;

/// <summary>A way to change a text. Several are done one after the other, in this order.</summary>
[Flags]
public enum TextChanges
{
    None = 0,

    /// <summary>By rules: contractions, and phrases that mean the same.</summary>
    Paraphrase = 1,

    /// <summary>Words by words of the same most frequent meaning, in the same form.</summary>
    Synonyms = 2,

    /// <summary>A synonym of some word put in somewhere else (EDA, Wei and Zou 2019).</summary>
    Insert = 4,

    /// <summary>Two words exchanged.</summary>
    Swap = 8,

    /// <summary>Words left out.</summary>
    Drop = 16,

    /// <summary>A key beside the right one.</summary>
    Keyboard = 32,

    /// <summary>What a scanner takes for the letter.</summary>
    Scanner = 64,

    /// <summary>Two letters exchanged inside a word.</summary>
    Letters = 128,
}

/// <summary>How texts are changed.</summary>
/// <param name="Changes">The ways.</param>
/// <param name="Rate">Share of the words that each way changes, in expectation, 0 to 1; .1 as in EDA.</param>
/// <param name="MostChanged">Share of the words that may differ in the end; a text beyond it is rejected.</param>
/// <param name="KeepCapitals">Words with a capital inside a sentence, names most often, are left alone.</param>
public sealed record AugmentOptions(TextChanges Changes, double Rate = .1, double MostChanged = .5, bool KeepCapitals = true);

/// <summary>Part of a text, in UTF-16 units.</summary>
public readonly record struct TextSpan(int Start, int Length)
{
    public int End => Start + Length;
}

/// <summary>What became of a text: the new one, or the rule that rejected it.</summary>
/// <param name="Text">The new text; null where it was rejected.</param>
/// <param name="Spans">Where the protected spans now stand, in the order they were given.</param>
/// <param name="Rule">Null, or <c>empty</c>, <c>unchanged</c>, <c>too-changed</c>, <c>negation</c>, <c>number</c>, <c>span</c>.</param>
public sealed record AugmentedText(string? Text, IReadOnlyList<TextSpan> Spans, string? Rule);
