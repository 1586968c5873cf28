using Simulant.Data;
using Simulant.Text.WordNet;
using Xunit;

namespace Simulant.Tests.Text.WordNet;

public class WordNetDatabaseTests
{
    [Fact]
    public void Every_synset_word_and_pointer_of_the_files_is_there()
    {
        string folder = Dictionary.Path();
        var words = Dictionary.Words();
        string[] lines = [.. Parts.SelectMany(p => Lines(folder, "data." + p))];
        Assert.Equal(lines.Length, words.SynsetCount);
        Assert.Equal(117_791, words.SynsetCount);
        long wordCount = 0, pointerCount = 0;
        foreach (string line in lines)
        {
            string[] fields = line.Split(' ');
            int count = Convert.ToInt32(fields[3], 16);
            wordCount += count;
            pointerCount += int.Parse(fields[4 + 2 * count]);
        }
        Assert.Equal(wordCount, Enumerable.Range(0, words.SynsetCount).Sum(s => (long)words.Words(s).Length));
        Assert.Equal(pointerCount, Enumerable.Range(0, words.SynsetCount).Sum(s => (long)words.Pointers(s).Length));
    }

    [Fact]
    public void Every_word_of_the_index_has_its_senses_and_counts()
    {
        string folder = Dictionary.Path();
        var words = Dictionary.Words();
        for (int part = 0; part < 4; part++)
            foreach (string line in Lines(folder, "index." + Parts[part]))
                Assert.Equal(int.Parse(line.Split(' ')[2]), words.Senses(line.Split(' ')[0], (WordClass)part).Length);
        long tagged = Lines(folder, "index.sense").Sum(l => long.Parse(l.Split(' ')[3]));
        Assert.Equal(tagged, Enumerable.Range(0, 4).Sum(p =>
            words.Lemmas((WordClass)p).Sum(l => (long)words.Frequency(l, (WordClass)p))));
    }

    [Theory]
    [InlineData("dog", WordClass.Noun, PointerKind.Hypernym, "canine")]
    [InlineData("dog", WordClass.Noun, PointerKind.Hyponym, "puppy")]
    [InlineData("hot", WordClass.Adjective, PointerKind.Antonym, "cold")]
    [InlineData("snore", WordClass.Verb, PointerKind.Entailment, "sleep")]
    [InlineData("kill", WordClass.Verb, PointerKind.Cause, "die")]
    [InlineData("car", WordClass.Noun, PointerKind.Meronym, "car_door")]
    [InlineData("quickly", WordClass.Adverb, PointerKind.Pertainym, "quick")]
    [InlineData("london", WordClass.Noun, PointerKind.InstanceHypernym, "national_capital")]
    public void Well_known_relations_hold(string word, WordClass part, PointerKind kind, string other)
    {
        var words = Dictionary.Words();
        var related = words.Related(words.Senses(word, part)[0].Synset, kind).SelectMany(s => words.Words(s).ToArray());
        Assert.Contains(other, related);
    }

    [Fact]
    public void Hypernyms_and_hyponyms_mirror_each_other()
    {
        var words = Dictionary.Words();
        for (int synset = 0; synset < words.SynsetCount; synset++)
            foreach (int above in words.Related(synset, PointerKind.Hypernym))
                Assert.Contains(synset, words.Related(above, PointerKind.Hyponym));
    }

    [Fact]
    public void Every_noun_is_an_entity()
    {
        var words = Dictionary.Words();
        int entity = words.Senses("entity", WordClass.Noun)[0].Synset;
        int nouns = Enumerable.Range(0, words.SynsetCount).Count(s => words.ClassOf(s) == WordClass.Noun);
        for (int synset = 0; synset < nouns; synset += 7) Assert.True(words.IsA(synset, entity));
        Assert.False(words.IsA(entity, words.Senses("dog", WordClass.Noun)[0].Synset));
    }

    [Fact]
    public void Case_and_blanks_do_not_count()
    {
        var words = Dictionary.Words();
        Assert.Equal(words.Senses("hot_dog", WordClass.Noun).ToArray(), words.Senses("Hot Dog", WordClass.Noun).ToArray());
        Assert.True(words.Senses("xyzzyx", WordClass.Noun).IsEmpty);
        Assert.True(words.Senses(new string('a', 10_000), WordClass.Noun).IsEmpty);
    }

    [Theory]
    [InlineData("00000000 03 n 01 thing 0 001 @ 00000044 n 0000 | x\n", "points nowhere")]
    [InlineData("00000007 03 n 01 thing 0 000 | x\n", "not where its line begins")]
    [InlineData("00000000 03 v 01 thing 0 000 | x\n", "another class")]
    [InlineData("00000000 03 n 00 000 | x\n", "without words")]
    [InlineData("00000000 03 n 02 thing 0 | x\n", "is no number")]
    [InlineData("00000000 03 n 01 th\u00efng 0 000 | x\n", "not ASCII")]
    [InlineData("00000000 03 n 01 thing 0 001 ? 00000000 n 0000 | x\n", "no relation")]
    [InlineData("00000000 03 n 01 thing 0 001 @ 00000000 q 0000 | x\n", "no class")]
    [InlineData("00000000 03 n 01 thing 0 001 @ 00000000 n 0500 | x\n", "points nowhere")]
    [InlineData("00000000 03 n 01 thing 0 0000000001 | x\n", "too long")]
    [InlineData("00000000", "missing")]
    public void A_broken_file_is_refused_with_its_line(string noun, string message)
    {
        string folder = Directory.CreateTempSubdirectory("simulant-wordnet-").FullName;
        try
        {
            foreach (string part in Parts)
                foreach (string kind in (string[])["data.", "index."]) File.WriteAllText(Path.Combine(folder, kind + part), "");
            File.WriteAllText(Path.Combine(folder, "index.sense"), "");
            File.WriteAllBytes(Path.Combine(folder, "data.noun"), System.Text.Encoding.Latin1.GetBytes(noun));
            var thrown = Assert.Throws<DataException>(() => WordNetDatabase.Load(folder));
            Assert.Contains(message, thrown.Message);
            Assert.Contains("npm ci", thrown.Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_missing_folder_names_the_remedy()
    {
        var thrown = Assert.Throws<DataException>(() => WordNetDatabase.Load(Path.Combine(Path.GetTempPath(), "no-such-dictionary")));
        Assert.Contains("npm ci", thrown.Message);
        Assert.Equal("elsewhere", WordNetDatabase.Find("elsewhere", "x"));
        Assert.Null(WordNetDatabase.Find(null, Path.GetPathRoot(Path.GetTempPath())!));
    }

    private static readonly string[] Parts = ["noun", "verb", "adj", "adv"];

    private static IEnumerable<string> Lines(string folder, string name) =>
        File.ReadLines(Path.Combine(folder, name)).Where(l => !l.StartsWith("  ", StringComparison.Ordinal));
}
