using Simulant.Tests.Text.WordNet;
using Simulant.Text.Augmentation;
using Simulant.Text.WordNet;
using Xunit;

namespace Simulant.Tests.Text.Augmentation;

public class TextAugmenterTests
{
    private const TextChanges Every = (TextChanges)255;

    private static readonly string[] Texts =
    [
        "The doctor did not find any illness in the 45 patients she examined on Tuesday.",
        "I am sure that a large automobile stood in front of the house, for example on 3 May.",
        "They weren't happy with the movie; it was a terrible, boring story without an ending!",
        "Send the invoice to anna.smith@example.org or to Mr Brown before 10:30, please.",
        "We started the journey again and again, and the weather was awful every day.",
        "Children buy toys quickly. Nobody knows why the shop closed its doors in Paris.",
    ];

    [Fact]
    public void A_copy_is_a_function_of_seed_item_and_copy()
    {
        var augmenter = New(Every, .2);
        for (int i = 0; i < Texts.Length; i++)
        {
            Assert.Equal(augmenter.Change(Texts[i], i).Text, New(Every, .2).Change(Texts[i], i).Text);
            Assert.True(Enumerable.Range(0, 20).Select(c => augmenter.Change(Texts[i], i, c).Text).Distinct().Count() > 3);
        }
        Assert.Equal(augmenter.Column(Texts)[3].Text, augmenter.Change(Texts[3], 3).Text);
    }

    [Theory]
    [InlineData(TextChanges.Paraphrase)]
    [InlineData(TextChanges.Synonyms)]
    [InlineData(TextChanges.Insert)]
    [InlineData(TextChanges.Swap)]
    [InlineData(TextChanges.Drop)]
    [InlineData(TextChanges.Keyboard)]
    [InlineData(TextChanges.Scanner)]
    [InlineData(TextChanges.Letters)]
    [InlineData(Every & ~TextChanges.Scanner)]
    public void What_carries_the_label_stays(TextChanges changes)
    {
        var augmenter = New(changes, .3);
        int made = 0;
        for (int copy = 0; copy < 200; copy++)
        {
            for (int i = 0; i < Texts.Length; i++)
            {
                string text = Texts[i];
                var span = new TextSpan(text.IndexOf(' ', 5) + 1, 12);
                var result = augmenter.Change(text, i, copy, [span]);
                if (result.Text is not { } changed) continue;
                made++;
                Assert.True(text.AsSpan(span.Start, span.Length)
                    .SequenceEqual(changed.AsSpan(result.Spans[0].Start, result.Spans[0].Length)), changed);
                Assert.Equal(Turns(text), Turns(changed));
                foreach (string kept in (string[])["45", "anna.smith@example.org", "10:30", "Paris", "Brown", "Tuesday"])
                    Assert.Equal(text.Contains(kept), changed.Contains(kept));
            }
        }
        Assert.True(made > 100, $"{made} texts");
    }

    // Another count of negations: by ending and by list.
    private static int Turns(string text) => text.Split(' ', ';', '!', '.').Count(w =>
        w.ToLowerInvariant() is "not" or "without" or "nobody" || w.EndsWith("n't", StringComparison.Ordinal));

    [Fact]
    public void Synonyms_share_the_meaning_and_keep_the_form()
    {
        var words = Dictionary.Words();
        var synonyms = new Synonyms(words);
        var morphology = new Morphology(words);
        Assert.Contains("automobiles", synonyms.Of("cars", "the"));
        int found = 0;
        foreach (string lemma in words.Lemmas(WordClass.Noun).Where(l => words.Frequency(l, WordClass.Noun) > 20).Take(2_000))
        {
            foreach (string synonym in synonyms.Of(Inflection.Plural(lemma), "the"))
            {
                found++;
                var lemmas = morphology.Lemmas(synonym, WordClass.Noun).Concat(morphology.Lemmas(synonym, WordClass.Verb));
                Assert.Contains(lemmas, l => Shares(words, lemma, l));
            }
        }
        Assert.True(found > 50, $"{found} synonyms");
        Assert.Empty(synonyms.Of("of", ""));
        Assert.Empty(synonyms.Of("xyzzyx", ""));
    }

    [Fact]
    public void The_word_before_tells_the_class()
    {
        var synonyms = new Synonyms(Dictionary.Words());
        Assert.NotEmpty(synonyms.Of("purchase", "to").Concat(synonyms.Of("buy", "to")));
        Assert.Empty(synonyms.Of("buy", "the"));
    }

    [Fact]
    public void Wrong_keys_lie_beside_the_right_ones()
    {
        foreach (var (key, beside) in LetterNoise.Beside)
            foreach (char other in beside) Assert.Contains(key, LetterNoise.Beside[other]);
        Assert.Equal("wa".Order(), LetterNoise.Beside['q'].Order());
        Assert.Equal("drtgvc".Order(), LetterNoise.Beside['f'].Order());
    }

    [Fact]
    public void A_fault_changes_one_place_of_one_word()
    {
        const string Text = "yesterday everybody walked through beautiful mountains";
        for (int copy = 0; copy < 300; copy++)
        {
            string? key = New(TextChanges.Keyboard, .2).Change(Text, 0, copy).Text;
            if (key is not null)
            {
                Assert.Equal(Text.Length, key.Length);
                for (int i = 0; i < Text.Length; i++)
                    if (key[i] != Text[i]) Assert.Contains(key[i], LetterNoise.Beside[Text[i]]);
            }
            string? letters = New(TextChanges.Letters, .2).Change(Text, 0, copy).Text;
            if (letters is not null) Assert.Equal(Text.Order(), letters.Order());
            string? swapped = New(TextChanges.Swap, .3).Change(Text, 0, copy).Text;
            if (swapped is not null) Assert.Equal(Text.Split(' ').Order(), swapped.Split(' ').Order());
            string? dropped = New(TextChanges.Drop, .2).Change(Text, 0, copy).Text;
            if (dropped is not null) Assert.True(dropped.Split(' ').All(Text.Split(' ').Contains) && !dropped.Contains("  "), dropped);
        }
    }

    [Theory]
    [InlineData("I do not know.", "I don't know.")]
    [InlineData("They aren't here.", "They are not here.")]
    [InlineData("In order to win, run.", "To win, run.")]
    [InlineData("For example, this.", "For instance, this.")]
    [InlineData("You can't stay.", "You cannot stay.")]
    public void Phrases_are_exchanged(string text, string expected)
    {
        var said = Enumerable.Range(0, 30).Select(c => New(TextChanges.Paraphrase, 1).Change(text, 0, c).Text);
        Assert.Contains(expected, said);
    }

    [Fact]
    public void A_contraction_does_not_end_a_clause() =>
        Assert.Equal("unchanged", New(TextChanges.Paraphrase, 1).Change("Here I am.", 0).Rule);

    [Fact]
    public void A_rejected_text_names_its_rule()
    {
        var options = new AugmentOptions(TextChanges.Drop);
        Assert.Equal("empty", New(TextChanges.Drop, .5).Change("12 + 3", 0).Rule);
        Assert.Equal("unchanged", New(TextChanges.Paraphrase, .1).Change("Blue water", 0).Rule);
        Assert.Equal("too-changed", new TextAugmenter(new AugmentOptions(TextChanges.Keyboard, 1, .2), null, 1)
            .Change("every single word suffers here", 0).Rule);
        Assert.Equal("negation", TextAugmenter.Judge(options, "I do not go", "I do go", [], [], 0));
        Assert.Equal("number", TextAugmenter.Judge(options, "5 of 12 came", "5 of 21 came", [], [], 0));
        Assert.Equal("span", TextAugmenter.Judge(options, "a red car", "the red cat", [new TextSpan(6, 3)], [new TextSpan(8, 3)], 0));
        Assert.Equal("span", TextAugmenter.Judge(options, "a red car", "a red", [new TextSpan(6, 3)], [new TextSpan(6, 3)], 0));
        Assert.Null(TextAugmenter.Judge(options, "a red car", "the red car", [new TextSpan(6, 3)], [new TextSpan(8, 3)], 0));
    }

    [Fact]
    public void A_label_in_the_text_is_protected()
    {
        var augmenter = new TextAugmenter(new AugmentOptions(TextChanges.Keyboard, 1, 1), null, 3);
        for (int copy = 0; copy < 50; copy++)
            Assert.Contains("football", augmenter.Column(["people love football matches"], ["football"], copy)[0].Text);
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new TextAugmenter(new AugmentOptions(TextChanges.None), null, 1));
        Assert.Throws<ArgumentException>(() => new TextAugmenter(new AugmentOptions((TextChanges)256), null, 1));
        Assert.Throws<ArgumentException>(() => new TextAugmenter(new AugmentOptions(TextChanges.Synonyms), null, 1));
        Assert.Throws<ArgumentException>(() => new TextAugmenter(new AugmentOptions(TextChanges.Drop, double.NaN), null, 1));
        var augmenter = New(TextChanges.Drop, .1);
        Assert.Throws<ArgumentException>(() => augmenter.Change("abc", 0, 0, [new TextSpan(1, 5)]));
        Assert.Throws<ArgumentException>(() => augmenter.Change("abcdef", 0, 0, [new TextSpan(0, 3), new TextSpan(2, 2)]));
        Assert.Throws<ArgumentException>(() => augmenter.Column(["a"], ["x", "y"]));
    }

    private static TextAugmenter New(TextChanges changes, double rate) =>
        new(new AugmentOptions(changes, rate, 1),
            (changes & (TextChanges.Synonyms | TextChanges.Insert)) != 0 ? Dictionary.Words() : null, 9);

    private static bool Shares(WordNetDatabase words, string one, string other)
    {
        foreach (var part in (WordClass[])[WordClass.Noun, WordClass.Verb])
            foreach (var sense in words.Senses(one, part).ToArray())
                if (words.Senses(other, part).ToArray().Any(s => s.Synset == sense.Synset)) return true;
        return false;
    }
}
