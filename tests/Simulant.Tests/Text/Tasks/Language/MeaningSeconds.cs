using Simulant.Text.Tasks.Wording;

namespace Simulant.Tests.Text.Tasks.Language;

/// <summary>By company: an odd word shares a group with fewest of the others.</summary>
internal sealed class OddOnesSecond() : Second("odd-ones-out", q =>
{
    string[] list = Asked.Lists(q)[0];
    int[] company = [.. list.Select(word => list.Count(other => WordBank.Groups.Any(g => g.Words.Contains(word)
        && g.Words.Contains(other))))];
    return string.Join(", ", list.Where((_, i) => company[i] == company.Min()));
});

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
