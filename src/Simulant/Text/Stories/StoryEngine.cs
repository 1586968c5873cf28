using Simulant.Numerics.Random;

namespace Simulant.Text.Stories;

/// <summary>
/// Short stories for children without a language model: a plot, a cast and the words the story must hold are drawn, and the plot is told
/// by a grammar that keeps track of its world. After the recipe of TinyStories (Eldan and Li 2023): a verb, a noun and an adjective
/// each, features, a small vocabulary. Story i is a pure function of (options, seed, i); any thread may ask.
/// </summary>
public sealed class StoryEngine
{
    private readonly StoryOptions _options;
    private readonly RandomStream _stream;

    /// <exception cref="ArgumentException">No plot has all the features asked for.</exception>
    public StoryEngine(StoryOptions options, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        (_options, _stream) = (options, new RandomStream(seed, "text.stories"));
    }

    /// <summary>Story <paramref name="item"/>, at least 0.</summary>
    public Story Make(long item)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(item);
        var casting = _stream.Draws(item, 0);
        var cast = StoryCast.Draw(_options, ref casting);
        var teller = new Teller(cast, _stream.Draws(item, 1));
        Open(teller);
        StoryPlots.Tell(teller);
        var facts = new StoryFacts(cast.Hero.Name, cast.Hero.Place, cast.Hero.Feeling, cast.Item.Noun, cast.Item.Holder?.Label,
            cast.Item.Place);
        return new Story(teller.Text, cast.Verb.Word, cast.Noun.Word, cast.Adjective.Word, cast.Plot,
            StoryOptions.Label(cast.Features), Summary(cast, item), facts);
    }

    private string Summary(StoryCast cast, long item)
    {
        string end = cast.Features.HasFlag(StoryFeatures.Twist) ? ".sum.twist"
            : cast.Features.HasFlag(StoryFeatures.BadEnding) ? ".sum.bad" : ".sum.good";
        var teller = new Teller(cast, _stream.Draws(item, 2));
        teller.Say(cast.Plot + end);
        return teller.Text;
    }

    // Who it is about, and the words that no plot calls for.
    private static void Open(Teller t)
    {
        var cast = t.Cast;
        bool weather = cast.Adjective.Role == WordRole.Weather || t.Chance(.3), first = t.Chance(.3);
        if (weather && first) t.Say("weather.open");
        t.Say("open", place: cast.Place);
        if (weather && !first) t.Say("weather");
        if (cast.Verb.Role == WordRole.Play) t.Word("word.play", cast.Verb.Word);
        if (cast.Verb.Role == WordRole.Move) t.Word("word.move", cast.Verb.Word);
        if (cast.Verb.Role == WordRole.Voice) t.Word("word.voice", cast.Verb.Word);
        if (cast.Noun.Role is WordRole.Family or WordRole.Grown || t.Chance(.25)) t.Say("adult");
        if (cast.Noun.Role == WordRole.Place) t.Say("place.more", place: cast.Place);
        if (cast.Noun.Role == WordRole.Food) t.Word("snack", cast.Noun.Word);
        if (cast.Noun.Role == WordRole.Scenery) t.Word("scenery", cast.Noun.Word);
        if (cast.Noun.Role == WordRole.Animal && !cast.AnimalIsSomebody) t.Word("creature", cast.Noun.Word);
        bool gladBefore = cast.Adjective.Role == WordRole.Glad && cast.Features.HasFlag(StoryFeatures.BadEnding);
        if (gladBefore || t.Chance(.1)) t.Feel(cast.Hero, good: true);
        bool known = cast.Plot is not ("trick" or "new") && (cast.AnimalIsSomebody || t.Chance(.75));
        if (known) t.Say("friend");
        else if (cast.AnimalIsSomebody || t.Chance(.5)) t.Say("stranger");
        t.Paragraph();
    }
}
