using System.Collections.Frozen;
using Simulant.Numerics.Random;
using Simulant.Text.WordNet;

namespace Simulant.Text.Stories;

/// <summary>A word that a story must hold, and the part it plays.</summary>
internal readonly record struct RequiredWord(WordRole Role, string Word);

/// <summary>The phrases of all plots, and the places' prepositions.</summary>
internal static class StoryGrammar
{
    public static PhraseBook Book { get; } = new(StoryPhrases.Frame, StoryPhrases.Acts, PlotPhrases.First, PlotPhrases.Second,
        MorePlotPhrases.Third, Summaries.All);

    public static FrozenDictionary<string, string> Prepositions { get; } =
        StoryWords.Places.ToFrozenDictionary(p => p.Name, p => p.At, StringComparer.Ordinal);

    public static RequiredWord[] Verbs { get; } =
        All(WordRole.Play, WordRole.Move, WordRole.Voice, WordRole.Handle, WordRole.Mind);

    public static RequiredWord[] Nouns { get; } = All(WordRole.Thing, WordRole.Animal, WordRole.Place, WordRole.Food, WordRole.Scenery,
        WordRole.Family, WordRole.Grown);

    public static RequiredWord[] Adjectives { get; } =
        All(WordRole.Look, WordRole.Trait, WordRole.Weather, WordRole.Glad, WordRole.Low);

    private static RequiredWord[] All(params WordRole[] roles) =>
        [.. roles.SelectMany(role => StoryWords.Of(role).Select(word => new RequiredWord(role, word)))];
}

/// <summary>Who and what a story is about, drawn before it is told.</summary>
internal sealed class StoryCast
{
    public required string Plot { get; init; }
    public required StoryFeatures Features { get; init; }
    public required RequiredWord Verb { get; init; }
    public required RequiredWord Noun { get; init; }
    public required RequiredWord Adjective { get; init; }
    public required Person Hero { get; init; }
    public required Person Friend { get; init; }
    public required Person Adult { get; init; }
    public required Item Item { get; init; }
    public required Item Other { get; init; }
    public required string Place { get; init; }

    /// <summary>The second place.</summary>
    public required string Far { get; init; }
    public required string Weather { get; init; }
    public required string Glad { get; init; }
    public required string Low { get; init; }

    /// <summary>Whether the required animal is somebody's kind; otherwise it comes by.</summary>
    public required bool AnimalIsSomebody { get; init; }

    public static StoryCast Draw(StoryOptions options, ref DrawSequence draws)
    {
        var features = DrawFeatures(options, ref draws);
        string plot = Pick([.. options.Plots.Where(p => StoryPlots.Allows(p, features))], ref draws);
        var (verb, noun, adjective) = (Pick(StoryGrammar.Verbs, ref draws), Pick(StoryGrammar.Nouns, ref draws),
            Pick(StoryGrammar.Adjectives, ref draws));
        bool somebody = noun.Role == WordRole.Animal && draws.Below(2) == 0;
        bool heroIsAnimal = draws.Below(4) == 0, friendIsAnimal = draws.Below(3) == 0;
        var hero = DrawPerson(heroIsAnimal ? Pick(StoryWords.Of(WordRole.Animal), ref draws) : null,
            adjective.Role == WordRole.Trait ? adjective.Word : Pick(StoryWords.Of(WordRole.Trait), ref draws), null, ref draws);
        string? kind = somebody ? noun.Word : friendIsAnimal ? Pick(StoryWords.Of(WordRole.Animal), ref draws) : null;
        var friend = DrawPerson(kind, Pick(StoryWords.Of(WordRole.Trait), ref draws), hero.Name, ref draws);
        string thing = noun.Role == WordRole.Thing ? noun.Word : Pick(StoryWords.Of(WordRole.Thing), ref draws);
        string other = Another(StoryWords.Of(WordRole.Thing), thing, ref draws);
        string place = noun.Role == WordRole.Place ? noun.Word : Pick(StoryWords.Of(WordRole.Place), ref draws);
        return new StoryCast
        {
            Plot = plot,
            Features = features | StoryPlots.Always(plot),
            Verb = verb,
            Noun = noun,
            Adjective = adjective,
            Hero = hero,
            Friend = friend,
            Adult = DrawAdult(noun, hero, ref draws),
            Item = new Item(thing, Described(adjective.Role == WordRole.Look ? adjective.Word : DrawLook(ref draws), thing)),
            Other = new Item(other, Described(DrawLook(ref draws), other)),
            Place = place,
            Far = Another(StoryWords.Of(WordRole.Place), place, ref draws),
            Weather = Or(adjective, WordRole.Weather, ref draws),
            Glad = Or(adjective, WordRole.Glad, ref draws),
            Low = Or(adjective, WordRole.Low, ref draws),
            AnimalIsSomebody = somebody,
        };
    }

    private static StoryFeatures DrawFeatures(StoryOptions options, ref DrawSequence draws)
    {
        for (int tries = 0; tries < 64; tries++)
        {
            var features = options.Required;
            for (int i = 0; i < 6; i++)
                if (draws.Uniform() < options.FeatureRate) features |= (StoryFeatures)(1 << i);
            foreach (string plot in options.Plots)
                if (StoryPlots.Allows(plot, features)) return features;
        }
        return options.Required;
    }

    private static Person DrawPerson(string? animal, string trait, string? taken, ref DrawSequence draws)
    {
        var (name, she) = Pick(StoryWords.Names, ref draws);
        while (name == taken) (name, she) = Pick(StoryWords.Names, ref draws);
        string kind = animal ?? (she ? "girl" : "boy");
        return new Person(name, she, $"{Inflection.Article(trait)} {trait} {kind}", name);
    }

    private static Person DrawAdult(RequiredWord noun, Person hero, ref DrawSequence draws)
    {
        var role = noun.Role is WordRole.Family or WordRole.Grown ? noun.Role
            : draws.Below(2) == 0 ? WordRole.Family : WordRole.Grown;
        string word = noun.Role == role ? noun.Word : Pick(StoryWords.Of(role), ref draws);
        bool she = word is "mother" or "grandmother" or "aunt" or "mom" or "grandma" or "queen"
            || (role == WordRole.Grown && word != "king" && draws.Below(2) == 0);
        return new Person(role == WordRole.Grown ? "the " + word : (hero.She ? "her " : "his ") + word, she, "", word);
    }

    private static string Or(RequiredWord word, WordRole role, ref DrawSequence draws) =>
        word.Role == role ? word.Word : Pick(StoryWords.Of(role), ref draws);

    private static string? DrawLook(ref DrawSequence draws) =>
        draws.Below(10) < 7 ? Pick(StoryWords.Of(WordRole.Look), ref draws) : null;

    private static string Described(string? look, string noun) => look is null ? $"{Inflection.Article(noun)} {noun}"
        : $"{Inflection.Article(look)} {look} {noun}";

    private static T Pick<T>(IReadOnlyList<T> from, ref DrawSequence draws) => from[draws.Below(from.Count)];

    private static string Another(IReadOnlyList<string> from, string than, ref DrawSequence draws)
    {
        string word = Pick(from, ref draws);
        while (word == than) word = Pick(from, ref draws);
        return word;
    }
}
