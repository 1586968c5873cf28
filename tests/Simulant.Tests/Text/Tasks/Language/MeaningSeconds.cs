using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Simulant.Tests.Text.WordNet;
using Simulant.Text.WordNet;

namespace Simulant.Tests.Text.Tasks.Language;

/// <summary>
/// By WordNet, which knows nothing of the families' own lists: a word is of a kind by the number of its first sense below one of the kind's
/// synsets, and the odd words are those by whose leaving the rest are of one kind at the least sum of these numbers.
/// </summary>
internal sealed class OddOnesSecond() : Second("odd-ones-out", q =>
{
    string[] list = Asked.Lists(q)[0];
    int strangers = Regex.IsMatch(q, @"\b[Tt]wo\b") ? 2 : 1;
    int[][] ranks = [.. list.Select(SenseRanks.Of)];
    return Enumerable.Range(0, ranks[0].Length).Select(kind =>
    {
        int[] other = [.. ranks.Select(r => r.Where((_, k) => k != kind).Min())];
        int[] odd = [.. Enumerable.Range(0, list.Length).OrderByDescending(i => ranks[i][kind] - other[i]).Take(strangers)];
        return (Odd: odd, Sum: Enumerable.Range(0, list.Length).Sum(i => odd.Contains(i) ? other[i] : ranks[i][kind]));
    }).MinBy(way => way.Sum).Odd.Order().Select(i => list[i]).Aggregate((a, b) => $"{a}, {b}");
});

/// <summary>How early a word's meanings fall under kinds of thing, by hypernyms.</summary>
internal static class SenseRanks
{
    private const int Never = 100;

    // Synsets by word and number of the sense; what stands behind a minus is no such thing: a fig tree is named for its fruit.
    private static readonly string[] Kinds =
    [
        "mammal 1", "bird 1", "fish 1", "insect 1", "edible_fruit 1", "vegetable 1", "tree 1 -fruit_tree 1 -fig_tree 1",
        "flower 1 viola 1 narcissus 1 buttercup 1 dandelion 1 geranium 1 tulip 1", "tool 1", "musical_instrument 1",
        "vehicle 1 public_transport 1", "furniture 1 storage_space 1", "clothing 1", "sport 1 swordplay 1", "body_part 1 hair 1",
        "metallic_element 1", "worker 1 professional 1 creator 2 communicator 1", "weather 1 atmospheric_phenomenon 1 noise 1",
        "building 1 structure 1 depository 1", "kitchen_utensil 1 cutlery 2 strainer 1 vessel 3",
    ];

    private static readonly ConcurrentDictionary<string, int[]> Known = new();

    public static int[] Of(string word) => Known.GetOrAdd(word, w => [.. Kinds.Select(kind => Rank(Dictionary.Words(), w, kind))]);

    private static int Rank(WordNetDatabase words, string word, string kind)
    {
        string[][] pairs = [.. kind.Split(' ').Chunk(2)];
        bool Under(int synset, string[] pair) =>
            words.IsA(synset, words.Senses(pair[0].TrimStart('-'), WordClass.Noun)[pair[1][0] - '1'].Synset);
        int rank = 1;
        foreach (var sense in words.Senses(word, WordClass.Noun))
        {
            var under = pairs.Where(pair => Under(sense.Synset, pair)).ToList();
            if (under.Count > 0 && under.All(pair => pair[0][0] != '-')) return rank;
            rank++;
        }
        return Never;
    }
}

/// <summary>A dictionary of its own of what belongs to what.</summary>
internal sealed class AnalogiesSecond() : Second("analogies", q => string.Join(", ", Asked.All(q, @"(\w+) : (\w+) = (\w+) : \?")
    .Select(line =>
    AnalogyTable.Of[line[2]])));

internal static class AnalogyTable
{
    public static readonly Dictionary<string, string> Of = (
        "France Paris Spain Madrid Portugal Lisbon Ireland Dublin Norway Oslo Poland Warsaw Austria Vienna Greece Athens Egypt Cairo "
            + "Kenya Nairobi "
        + "Japan Tokyo Thailand Bangkok Peru Lima Cuba Havana sheep lamb goat kid cow calf horse foal dog puppy cat kitten duck duckling "
            + "goose gosling "
        + "swan cygnet frog tadpole go went run ran see saw swim swam buy bought bring brought teach taught take took give gave write "
            + "wrote speak spoke "
        + "drink drank hot cold wet dry deep shallow wide narrow thick thin tall short heavy light strong weak rich poor full empty "
            + "sharp blunt "
        + "early late man men woman women child children person people foot feet tooth teeth mouse mice louse lice ox oxen knife knives "
        + "teacher school nurse hospital judge court pilot aeroplane baker bakery farmer farm librarian library miner mine sailor ship "
            + "actor theatre "
        + "clock time ruler length thermometer temperature barometer pressure speedometer speed ammeter current altimeter altitude "
            + "protractor angle "
        + "king queen husband wife son daughter brother sister uncle aunt nephew niece bull cow stallion mare rooster hen ram ewe")
        .Split(' ').Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
}
