using Simulant.Text.WordNet;
using Xunit;

namespace Simulant.Tests.Text.WordNet;

public class MorphologyTests
{
    [Theory]
    [InlineData("children", WordClass.Noun, "child")]
    [InlineData("boxes", WordClass.Noun, "box")]
    [InlineData("cities", WordClass.Noun, "city")]
    [InlineData("firemen", WordClass.Noun, "fireman")]
    [InlineData("buses", WordClass.Noun, "bus")]
    [InlineData("went", WordClass.Verb, "go")]
    [InlineData("running", WordClass.Verb, "run")]
    [InlineData("lying", WordClass.Verb, "lie")]
    [InlineData("making", WordClass.Verb, "make")]
    [InlineData("tried", WordClass.Verb, "try")]
    [InlineData("panicked", WordClass.Verb, "panic")]
    [InlineData("travelled", WordClass.Verb, "travel")]
    [InlineData("bigger", WordClass.Adjective, "big")]
    [InlineData("happiest", WordClass.Adjective, "happy")]
    [InlineData("better", WordClass.Adjective, "good")]
    public void An_inflected_form_leads_to_its_base(string form, WordClass part, string lemma) =>
        Assert.Contains(lemma, new Morphology(Dictionary.Words()).Lemmas(form, part));

    [Theory]
    [InlineData("glass", WordClass.Noun, "glas")]
    [InlineData("sing", WordClass.Verb, "s")]
    [InlineData("went", WordClass.Verb, "wen")]
    public void What_is_no_base_is_not_given(string form, WordClass part, string lemma) =>
        Assert.DoesNotContain(lemma, new Morphology(Dictionary.Words()).Lemmas(form, part));

    // Forms as the dictionaries give them.
    [Theory]
    [InlineData("stop stopped stopped stopping stops")]
    [InlineData("begin began begun beginning begins")]
    [InlineData("open opened opened opening opens")]
    [InlineData("visit visited visited visiting visits")]
    [InlineData("prefer preferred preferred preferring prefers")]
    [InlineData("carry carried carried carrying carries")]
    [InlineData("play played played playing plays")]
    [InlineData("tie tied tied tying ties")]
    [InlineData("see saw seen seeing sees")]
    [InlineData("be was been being is")]
    [InlineData("fix fixed fixed fixing fixes")]
    [InlineData("watch watched watched watching watches")]
    [InlineData("write wrote written writing writes")]
    [InlineData("hop hopped hopped hopping hops")]
    [InlineData("hope hoped hoped hoping hopes")]
    [InlineData("agree agreed agreed agreeing agrees")]
    [InlineData("do did done doing does")]
    public void Verbs_take_their_forms(string row)
    {
        string[] forms = row.Split(' ');
        string[] made = [Inflection.Past(forms[0]), Inflection.PastParticiple(forms[0]), Inflection.PresentParticiple(forms[0]),
            Inflection.ThirdPerson(forms[0])];
        Assert.Equal(forms[1..], made);
    }

    [Theory]
    [InlineData("big", "bigger", "biggest")]
    [InlineData("happy", "happier", "happiest")]
    [InlineData("nice", "nicer", "nicest")]
    [InlineData("beautiful", "more beautiful", "most beautiful")]
    [InlineData("good", "better", "best")]
    [InlineData("tired", "more tired", "most tired")]
    [InlineData("gentle", "gentler", "gentlest")]
    public void Adjectives_have_degrees(string word, string more, string most) =>
        Assert.Equal((more, most), (Inflection.Comparative(word), Inflection.Superlative(word)));

    [Theory]
    [InlineData("apple", "an")]
    [InlineData("hour", "an")]
    [InlineData("unicorn", "a")]
    [InlineData("uninvited", "an")]
    [InlineData("umbrella", "an")]
    [InlineData("useful", "a")]
    [InlineData("house", "a")]
    [InlineData("one", "a")]
    public void The_article_follows_the_sound(string word, string article) => Assert.Equal(article, Inflection.Article(word));

    [Fact]
    public void Every_common_word_survives_there_and_back()
    {
        var words = Dictionary.Words();
        var morphology = new Morphology(words);
        int verbs = 0, nouns = 0;
        foreach (string verb in words.Lemmas(WordClass.Verb).Where(v => v.All(char.IsAsciiLetterLower)))
        {
            if (words.Frequency(verb, WordClass.Verb) == 0) continue;
            verbs++;
            foreach (var form in (WordForm[])[WordForm.Past, WordForm.PastParticiple, WordForm.PresentParticiple, WordForm.ThirdPerson])
                Assert.Contains(verb, morphology.Lemmas(Morphology.Inflect(verb, form), WordClass.Verb));
        }
        foreach (string noun in words.Lemmas(WordClass.Noun).Where(v => v.Length > 1 && v.All(char.IsAsciiLetterLower)))
        {
            if (words.Frequency(noun, WordClass.Noun) == 0) continue;
            nouns++;
            Assert.Contains(noun, morphology.Lemmas(Inflection.Plural(noun), WordClass.Noun));
        }
        Assert.True(verbs > 3000 && nouns > 8000, $"{verbs} verbs, {nouns} nouns");
    }
}
