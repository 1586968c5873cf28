using System.Text.RegularExpressions;
using Simulant.Specs;
using Simulant.Tests.Text.WordNet;
using Simulant.Text.Stories;
using Simulant.Text.WordNet;
using Xunit;

namespace Simulant.Tests.Text.Stories;

public partial class StoryEngineTests
{
    private static readonly Lazy<Story[]> Many = new(() =>
    {
        var engine = new StoryEngine(StoryOptions.Default, 5);
        return [.. Enumerable.Range(0, 10_000).Select(i => engine.Make(i))];
    });

    [Fact]
    public void A_story_is_a_function_of_seed_and_item()
    {
        var engine = new StoryEngine(StoryOptions.Default, 5);
        foreach (int item in (int[])[9_999, 17, 0, 17])
        {
            var (again, before) = (engine.Make(item), Many.Value[item]);
            Assert.Equal((before.Text, before.Summary, before.Facts), (again.Text, again.Summary, again.Facts));
        }
        Assert.NotEqual(Many.Value[0].Text, new StoryEngine(StoryOptions.Default, 6).Make(0).Text);
        Assert.Equal(Many.Value[^1].Text, Enumerable.Range(0, 10_000).AsParallel().Select(i => engine.Make(i)).ToArray()
            .Single(s => s.Text == Many.Value[^1].Text).Text);
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.Make(-1));
    }

    [Fact]
    public void Openings_are_varied_and_stories_differ()
    {
        var stories = Many.Value;
        var openings = stories.GroupBy(s => string.Join(' ', s.Text.Split(' ').Take(4))).OrderByDescending(g => g.Count()).ToList();
        Assert.True(openings[0].Count() <= 500, $"{openings[0].Count()} stories open with '{openings[0].Key}'");
        Assert.True(openings.Count > 1_000);
        int same = stories.Length - stories.Select(s => s.Text).Distinct(StringComparer.Ordinal).Count();
        Assert.True(same < 10, $"{same} duplicates");
        Assert.True(Distinct(stories, 2) > .01 && Distinct(stories, 3) > .05, $"{Distinct(stories, 2):F4}, {Distinct(stories, 3):F4}");
        Assert.Equal(StoryPlots.Names.Count, stories.Select(s => s.Plot).Distinct().Count());
    }

    [Fact]
    public void Every_word_is_of_the_vocabulary()
    {
        foreach (var story in Many.Value)
            foreach (Match word in Word().Matches(story.Text))
                Assert.True(StoryVocabulary.Contains(word.Value), $"'{word.Value}' in: {story.Text}");
        Assert.InRange(StoryVocabulary.Lemmas.Count, 800, 1_600);
        Assert.False(StoryVocabulary.Contains("entrepreneur"));
    }

    [Fact]
    public void Every_sentence_that_can_be_said_is_of_the_vocabulary()
    {
        int said = 0;
        foreach (var (name, pool) in StoryGrammar.Book.Pools)
        {
            if (name.Contains(".sum.")) continue;
            foreach (string variant in pool.SelectMany(p => p.Variants()))
            {
                said++;
                foreach (Match word in Word().Matches(Regex.Replace(variant, @"\{[^}]*\}('s)?", " ")))
                    Assert.True(StoryVocabulary.Contains(word.Value), $"'{word.Value}' in {name}: {variant}");
            }
        }
        Assert.True(said > 600, $"{said} sentences");
    }

    [Fact]
    public void The_required_words_stand_in_the_story()
    {
        foreach (var story in Many.Value)
        {
            var words = Word().Matches(story.Text).Select(m => m.Value.ToLowerInvariant()).ToHashSet();
            string[] verbs = [story.Verb, Inflection.Past(story.Verb)];
            Assert.True(verbs.Any(words.Contains), $"no {story.Verb} in: {story.Text}");
            Assert.True(words.Contains(story.Noun), $"no {story.Noun} in: {story.Text}");
            Assert.True(words.Contains(story.Adjective), $"no {story.Adjective} in: {story.Text}");
        }
    }

    [Fact]
    public void Required_words_are_words_of_their_class()
    {
        var words = Dictionary.Words();
        foreach (var (list, part) in (IEnumerable<(RequiredWord[], WordClass)>)[(StoryGrammar.Nouns, WordClass.Noun),
            (StoryGrammar.Verbs, WordClass.Verb), (StoryGrammar.Adjectives, WordClass.Adjective)])
            foreach (var word in list) Assert.True(words.Contains(word.Word, part), $"{word.Word} is no {part}");
        foreach (var (word, part) in StoryVocabulary.Bases())
            if (part is { } known) Assert.True(words.Contains(word, known), $"{word} is no {known}");
    }

    [Fact]
    public void The_text_tells_the_state_that_the_facts_state()
    {
        foreach (var story in Many.Value.Take(4_000))
        {
            string grownUp = StoryWords.Of(WordRole.Family).Concat(StoryWords.Of(WordRole.Grown))
                .FirstOrDefault(w => w == story.Facts.ItemHolder) ?? "the other";
            StoryReader reader;
            try
            {
                reader = StoryReader.Read(story, GrownUp(story) ?? grownUp);
            }
            catch (InvalidDataException e)
            {
                throw new InvalidDataException($"{e.Message}\n{story.Plot}\n{story.Text}");
            }
            var told = (story.Facts.HeroPlace, story.Facts.HeroFeeling, story.Facts.ItemHolder, story.Facts.ItemPlace);
            Assert.True(told == (reader.Place, reader.Feeling, reader.Holder, reader.Lies),
                $"{told} but read {(reader.Place, reader.Feeling, reader.Holder, reader.Lies)} in {story.Plot}: {story.Text}");
        }
    }

    [Fact]
    public void Labels_say_what_a_story_shows()
    {
        foreach (var story in Many.Value)
        {
            Assert.True(story.Features.Contains("dialogue") == story.Text.Contains('"'), $"{story.Plot}: {story.Text}");
            string last = story.Text[(story.Text.LastIndexOf('\n') + 1)..];
            Assert.Equal(story.Features.Contains("moral"), Moral().IsMatch(last));
            bool low = StoryWords.Of(WordRole.Low).Contains(story.Facts.HeroFeeling);
            Assert.True(story.Features.Contains("bad-ending") == low, $"{story.Plot}: {story.Text}");
            if (story.Plot is not ("share" or "trick"))
                Assert.Equal(story.Features.Contains("conflict"), Fight().IsMatch(story.Text));
            Assert.False(story.Features.Contains("twist") && story.Features.Contains("bad-ending"));
        }
        foreach (string feature in (string[])["dialogue", "moral", "twist", "bad-ending", "foreshadowing", "conflict"])
            Assert.InRange(Many.Value.Count(s => s.Features.Contains(feature)), 1_500, 5_500);
    }

    [Fact]
    public void Stories_are_easy_to_read()
    {
        // Flesch-Kincaid grade (Kincaid and others 1975).
        double grade = Many.Value.Take(500).Average(story =>
        {
            int sentences = Math.Max(1, story.Text.Count(c => c is '.' or '!' or '?'));
            var words = Word().Matches(story.Text);
            return .39 * words.Count / sentences + 11.8 * words.Sum(w => Inflection.Syllables(w.Value)) / words.Count - 15.59;
        });
        Assert.InRange(grade, 0, 4);
    }

    [Fact]
    public void Features_and_plots_can_be_asked_for()
    {
        var options = Read(("features", "dialogue, moral"), ("plots", "lost, quest"), ("feature-rate", "0"));
        var engine = new StoryEngine(options, 1);
        for (int i = 0; i < 200; i++)
        {
            var story = engine.Make(i);
            Assert.Equal(["dialogue", "moral"], story.Features);
            Assert.Contains(story.Plot, (string[])["lost", "quest"]);
        }
    }

    [Theory]
    [InlineData("features", "romance", "no feature 'romance'")]
    [InlineData("plots", "heist", "no plot 'heist'")]
    [InlineData("features", "twist, bad-ending", "excludes")]
    public void What_there_is_not_is_refused(string option, string value, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Read((option, value))).Message);

    [Theory]
    [InlineData("a [b|c")]
    [InlineData("a {b")]
    [InlineData("a ] b")]
    [InlineData("a } b")]
    public void A_phrase_left_open_is_refused(string phrase) => Assert.Throws<FormatException>(() => Phrase.Parse(phrase));

    private static StoryOptions Read(params (string Name, string Value)[] given)
    {
        var map = new SpecMap([.. given.Select(g => new SpecEntry(g.Name, default, new SpecScalar(g.Value, false, default)))], default);
        return StoryOptions.From(StoryOptions.Declared.Read(map));
    }

    private static string? GrownUp(Story story)
    {
        if (story.Plot != "race") return null;
        var grown = StoryWords.Of(WordRole.Family).Concat(StoryWords.Of(WordRole.Grown)).ToHashSet();
        var match = Regex.Matches(story.Text, @"\b([Tt]he|[Hh]is|[Hh]er) (?<w>\w+)")
            .FirstOrDefault(m => grown.Contains(m.Groups["w"].Value));
        return match?.Groups["w"].Value ?? story.Facts.ItemHolder;
    }

    private static double Distinct(Story[] stories, int length)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        long all = 0;
        foreach (var story in stories)
        {
            string[] words = [.. Word().Matches(story.Text).Select(m => m.Value.ToLowerInvariant())];
            for (int i = 0; i + length <= words.Length; i++, all++) seen.Add(string.Join(' ', words[i..(i + length)]));
        }
        return (double)seen.Count / all;
    }

    [GeneratedRegex(@"[Ll]et's|(?<!')\b[A-Za-z]+('(?!s\b)[a-z]+)?")]
    private static partial Regex Word();

    [GeneratedRegex(" had a fight|began to fight|began to argue")]
    private static partial Regex Fight();

    [GeneratedRegex("^[A-Z][a-z]+ learned that |never forgot this: |^The moral is that |^So remember: ")]
    private static partial Regex Moral();
}
