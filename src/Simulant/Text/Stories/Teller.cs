using System.Text;
using Simulant.Numerics.Random;

namespace Simulant.Text.Stories;

/// <summary>Somebody in a story, and how they stand.</summary>
/// <param name="Name">A name, or <c>her mother</c>.</param>
/// <param name="Kind">What they are, with article: a brave girl.</param>
internal sealed class Person(string name, bool she, string kind, string label)
{
    public string Name => name;
    public bool She => she;
    public string Kind => kind;

    /// <summary>As the facts name them.</summary>
    public string Label => label;
    public string Place { get; set; } = Teller.Home;
    public string Feeling { get; set; } = "";
}

/// <summary>Something to hold.</summary>
/// <param name="phrase">With article and adjective, as it is first spoken of.</param>
internal sealed class Item(string noun, string phrase)
{
    public string Noun => noun;
    public string Phrase => phrase;
    public Person? Holder { get; set; }

    /// <summary>Where it lies when nobody holds it; null when it is gone.</summary>
    public string? Place { get; set; }
}

/// <summary>
/// Tells a story and keeps its world: who is where, who holds what, who feels what. Every act states what must hold before it; a plot
/// that asks for the impossible is a mistake of ours and stops.
/// </summary>
internal sealed class Teller
{
    public const string Home = "home";

    private readonly StringBuilder _text = new(1024);
    private readonly HashSet<Phrase> _said = [];
    private readonly Action<StringBuilder, string> _fill;
    private readonly StoryCast _cast;
    private DrawSequence _draws;
    private Person _a, _b;
    private Item _item;
    private string _place = Home, _word = "";
    private int _hint = -1;

    public Teller(StoryCast cast, DrawSequence draws)
    {
        (_cast, _draws, _a, _b, _item) = (cast, draws, cast.Hero, cast.Friend, cast.Item);
        _fill = Fill;
    }

    public StoryCast Cast => _cast;
    public string Text => _text.ToString();

    public bool Shows(StoryFeatures feature) => (_cast.Features & feature) != 0;

    public bool Chance(double probability) => _draws.Uniform() < probability;

    /// <summary>Says one phrase of a list, one not yet said in this story while there are any.</summary>
    public void Say(string pool, Person? a = null, Person? b = null, Item? item = null, string? place = null)
    {
        var phrases = StoryGrammar.Book[pool];
        int index = _draws.Below(phrases.Length);
        for (int i = 1; i < phrases.Length && _said.Contains(phrases[index]); i++) index = (index + 1) % phrases.Length;
        SayLine(pool, index, a, b, item, place);
    }

    /// <summary>As <see cref="Say"/>, the line that a number asks for; lists that belong together share numbers.</summary>
    public void SayLine(string pool, int line, Person? a = null, Person? b = null, Item? item = null, string? place = null)
    {
        var phrase = StoryGrammar.Book[pool][line];
        _said.Add(phrase);
        (_a, _b, _item, _place) = (a ?? _cast.Hero, b ?? _cast.Friend, item ?? _cast.Item, place ?? _cast.Hero.Place);
        if (_text.Length > 0 && _text[^1] != '\n') _text.Append(' ');
        int start = _text.Length;
        phrase.Write(_text, _fill, ref _draws);
        while (start < _text.Length && !char.IsLetter(_text[start])) start++;
        _text[start] = char.ToUpperInvariant(_text[start]);
    }

    /// <summary>One of the lines of lists that belong together.</summary>
    public int Line(string pool) => _draws.Below(StoryGrammar.Book[pool].Length);

    /// <summary>Speech where the story has dialogue, else the same reported.</summary>
    public void Talk(string pool)
    {
        Require(_cast.Hero.Place == _cast.Friend.Place, "they talk from afar");
        Say(pool + (Shows(StoryFeatures.Dialogue) ? ".say" : ".tell"));
    }

    public void Paragraph() => _text.Append("\n\n");

    public void Hint()
    {
        if (!Shows(StoryFeatures.Foreshadowing)) return;
        _hint = Line(_cast.Plot + ".hint");
        SayLine(_cast.Plot + ".hint", _hint);
    }

    public void Payoff()
    {
        if (_hint >= 0) SayLine(_cast.Plot + ".payoff", _hint);
        _hint = -1;
    }

    public void Go(Person who, string place)
    {
        Require(who.Place != place, "they are there already");
        who.Place = place;
        Say(place == Home ? "go.home" : "go", who, place: place);
    }

    public void GoBoth(string place)
    {
        Require(_cast.Hero.Place == _cast.Friend.Place && _cast.Hero.Place != place, "they are not together");
        _cast.Hero.Place = _cast.Friend.Place = place;
        Say(place == Home ? "go.home.both" : "go.both", place: place);
    }

    public void Meet()
    {
        Require(_cast.Hero.Place != Home, "they meet at home");
        _cast.Friend.Place = _cast.Hero.Place;
        Say("meet");
    }

    public void Own(Person who, Item item)
    {
        Require(item is { Holder: null, Place: null }, "the thing is elsewhere");
        item.Holder = who;
        Say(item == _cast.Item ? "own" : "own.other", who, item: item);
    }

    /// <summary>The thing lies somewhere; told where the hero sees it.</summary>
    public void Lies(Item item, string place, bool told)
    {
        Require(item.Holder is null, "somebody holds it");
        item.Place = place;
        if (told) Say("wait.place", item: item, place: place);
    }

    public void Take(Person who, Item item, bool search = false)
    {
        Require(item.Holder is null && item.Place == who.Place, "the thing is not there");
        (item.Holder, item.Place) = (who, null);
        Say(search ? "find" : "take", who, item: item);
    }

    public void Give(Person from, Person to, Item item)
    {
        Require(item.Holder == from && from.Place == to.Place, "the thing cannot change hands");
        item.Holder = to;
        Say("give", from, to, item);
    }

    public void Lose(Person who, Item item)
    {
        Require(item.Holder == who, "the thing is not theirs to lose");
        (item.Holder, item.Place) = (null, who.Place);
        Say("lose", who, item: item, place: who.Place);
    }

    public void Vanish(Item item)
    {
        (item.Holder, item.Place) = (null, null);
        Say("vanish", item: item);
    }

    public void Feel(Person who, bool good)
    {
        who.Feeling = good ? _cast.Glad : _cast.Low;
        Say("feel", who);
    }

    public void FeelBoth(bool good)
    {
        _cast.Hero.Feeling = _cast.Friend.Feeling = good ? _cast.Glad : _cast.Low;
        Say("feel.both");
    }

    public void Quarrel()
    {
        if (!Shows(StoryFeatures.Conflict)) return;
        Require(_cast.Hero.Place == _cast.Friend.Place, "they fight from afar");
        Say(Shows(StoryFeatures.Dialogue) ? "quarrel.say" : "quarrel");
    }

    public void MakeUp()
    {
        if (Shows(StoryFeatures.Conflict)) Say("makeup");
    }

    /// <summary>The required word of a role, in its phrase.</summary>
    public void Word(string pool, string word, Person? who = null, Item? item = null)
    {
        _word = word;
        Say(pool, who, item: item);
    }

    /// <summary>The required verb, if it is one done to a thing or thought about one: while somebody holds it.</summary>
    public void VerbOf(Person who, Item item)
    {
        if (_cast.Verb.Role == WordRole.Handle)
        {
            Require(item.Holder == who, "nobody holds the thing");
            Word("word.handle", _cast.Verb.Word, who, item);
        }
        else if (_cast.Verb.Role == WordRole.Mind)
        {
            Word("word.mind", _cast.Verb.Word, who, item);
        }
    }

    private static void Require(bool holds, string fault)
    {
        if (!holds) throw new InvalidOperationException($"a plot contradicts itself: {fault}");
    }

    internal static string Cap(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private void Fill(StringBuilder text, string gap) => _ = gap switch
    {
        "A" => text.Append(_a.Name),
        "A.he" => text.Append(_a.She ? "she" : "he"),
        "A.him" => text.Append(_a.She ? "her" : "him"),
        "A.his" => text.Append(_a.She ? "her" : "his"),
        "A.kind" => text.Append(_a.Kind),
        "B" => text.Append(_b.Name),
        "B.he" => text.Append(_b.She ? "she" : "he"),
        "B.him" => text.Append(_b.She ? "her" : "him"),
        "B.kind" => text.Append(_b.Kind),
        "M" => text.Append(_cast.Adult.Name),
        "X" => text.Append("the ").Append(_item.Noun),
        "X.The" => text.Append("The ").Append(_item.Noun),
        "X.a" => text.Append(_item.Phrase),
        "Y" => text.Append("the ").Append(_cast.Other.Noun),
        "Y.a" => text.Append(_cast.Other.Phrase),
        "P" => text.Append("the ").Append(_place == Home ? _cast.Place : _place),
        "P.in" => In(text, _place == Home ? _cast.Place : _place),
        "Q.in" => In(text, _cast.Far),
        "feel" => text.Append(_a.Feeling),
        "weather" => text.Append(_cast.Weather),
        "w" => text.Append(_word),
        "w.a" => text.Append(WordNet.Inflection.Article(_word)).Append(' ').Append(_word),
        "w.past" => text.Append(WordNet.Inflection.Past(_word)),
        "moral" => Moral(text),
        _ => throw new InvalidOperationException($"no gap '{gap}'"),
    };

    private static StringBuilder In(StringBuilder text, string place) =>
        text.Append(StoryGrammar.Prepositions[place]).Append(" the ").Append(place);

    private StringBuilder Moral(StringBuilder text)
    {
        var phrases = StoryGrammar.Book[_cast.Plot + ".moral"];
        phrases[_draws.Below(phrases.Length)].Write(text, _fill, ref _draws);
        return text;
    }
}
