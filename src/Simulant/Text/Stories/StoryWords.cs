namespace Simulant.Text.Stories;

/// <summary>What part a word can play in a story.</summary>
internal enum WordRole
{
    /// <summary>A noun: something to hold, find and give away.</summary>
    Thing,

    /// <summary>A noun: what a character is.</summary>
    Animal,

    /// <summary>A noun: where a story goes.</summary>
    Place,

    /// <summary>A noun that can be counted: a snack.</summary>
    Food,

    /// <summary>A noun: something to see on the way.</summary>
    Scenery,

    /// <summary>A noun: a grown-up of the family.</summary>
    Family,

    /// <summary>A noun: a grown-up by what they do.</summary>
    Grown,

    /// <summary>A verb that needs nothing beside it, done for fun.</summary>
    Play,

    /// <summary>A verb of going about.</summary>
    Move,

    /// <summary>A verb of the voice.</summary>
    Voice,

    /// <summary>A verb done to a thing in the hand.</summary>
    Handle,

    /// <summary>A verb of the mind, with <c>about</c>.</summary>
    Mind,

    /// <summary>An adjective of things.</summary>
    Look,

    /// <summary>An adjective of characters.</summary>
    Trait,

    /// <summary>An adjective of the day.</summary>
    Weather,

    /// <summary>An adjective: a good feeling.</summary>
    Glad,

    /// <summary>An adjective: a bad feeling.</summary>
    Low,
}

/// <summary>
/// The words that stories choose from, by the part they can play. All are everyday words of the first school years; a test holds
/// every one of them to WordNet's class.
/// </summary>
internal static class StoryWords
{
    private static readonly Dictionary<WordRole, string[]> Lists = new()
    {
        [WordRole.Thing] = Words("""
            ball doll kite book hat drum coin key map lamp bell ring box basket cup spoon rope ribbon button pencil brush puppet puzzle
            blanket pillow scarf coat glove sock shoe boot bag bottle bowl plate mirror candle clock watch whistle flute horn guitar
            shell stone feather flower leaf stick nest pebble marble card letter picture photo stamp sticker sponge bucket shovel net
            umbrella fan mask crown cape wand sword shield flag balloon robot truck train boat plane rocket wagon sled bike scooter top
            block brick hammer nail saw ladder wheel magnet compass telescope lantern torch radio phone camera notebook crayon chalk
            paintbrush needle thread pin jar pot pan kettle tray cushion teddy toy necklace bracelet purse wallet belt badge medal trophy
            """),
        [WordRole.Animal] = Words("""
            cat dog rabbit fox bear mouse frog duck hen cow pig horse goat lamb donkey squirrel hedgehog mole badger otter beaver deer
            wolf lion tiger elephant giraffe zebra monkey panda koala kangaroo turtle lizard snake crab seal whale dolphin penguin owl
            crow robin parrot swan goose eagle pigeon bee ant spider snail caterpillar kitten puppy pony hamster
            """),
        [WordRole.Food] = Words("""
            apple banana pear peach plum orange cherry grape strawberry melon cake cookie pie muffin pancake waffle bun biscuit sandwich
            pizza carrot potato tomato bean egg nut sausage burger noodle candy lollipop donut cracker pretzel
            """),
        [WordRole.Scenery] = Words("""
            sun moon star cloud sky rainbow wind tree bush grass mountain stream waterfall pond rock fence gate path tower chimney roof
            window cottage tent butterfly bird wave sunset hedge well statue fountain
            """),
        [WordRole.Family] = Words("mother father grandmother grandfather aunt uncle mom dad grandma grandpa"),
        [WordRole.Grown] = Words("teacher farmer baker doctor nurse sailor gardener painter builder driver king queen singer hunter"),
        [WordRole.Play] = Words("""
            dance jump hop skip clap smile laugh giggle spin play swing paint draw read cook bake dig climb swim fish sail ride stretch
            rest nap sleep dream exercise pretend practice juggle write count bounce roll wave grin nod
            """),
        [WordRole.Move] = Words("""
            walk run wander march hurry rush crawl creep tiptoe stroll race gallop trot stumble slide drift travel explore
            """),
        [WordRole.Voice] = Words("sing hum whisper shout sigh whistle mumble murmur yell cheer chuckle gasp groan whine mutter chatter"),
        [WordRole.Handle] = Words("""
            hold hug clean wash wipe polish carry touch pat hide shake lift squeeze admire guard protect drop study examine tap lick sniff
            kiss rub poke inspect brush dust balance
            """),
        [WordRole.Mind] = Words("think worry wonder dream care talk forget learn ask joke"),
        [WordRole.Look] = Words("""
            red blue green yellow purple pink white black brown golden silver shiny old new big small tiny huge little pretty beautiful
            ugly round soft hard heavy light dirty clean dusty wet dry smooth rough bright colorful plain fancy special rare strange funny
            wooden broken sticky fluffy fuzzy striped lovely nice long short wide thick thin cheap precious magic secret simple
            """),
        [WordRole.Trait] = Words("""
            brave kind clever shy quiet gentle polite helpful honest careful careless curious lazy busy silly smart wise friendly cheerful
            playful stubborn greedy selfish generous patient loyal strong weak quick slow young little naughty clumsy fearless thoughtful
            noisy neat messy proud modest bold calm fair funny
            """),
        [WordRole.Weather] = Words("""
            sunny warm cold windy cloudy rainy snowy foggy bright dark quiet cool hot lovely stormy mild gray fine chilly beautiful
            """),
        [WordRole.Glad] = Words("""
            happy proud glad excited joyful thankful cheerful pleased calm hopeful delighted merry grateful content relieved safe
            """),
        [WordRole.Low] = Words("""
            sad angry scared upset lonely worried unhappy afraid sorry nervous tired ashamed miserable gloomy cross confused
            """),
    };

    // preposition, then the places it goes with
    private static readonly (string At, string[] Names)[] PlaceLists =
    [
        ("in", Words("""
            park garden forest field kitchen barn village town yard meadow woods castle cave library school museum zoo market store
            classroom playground valley desert jungle hut tunnel attic cellar orchard shop bakery
            """)),
        ("at", Words("farm beach station harbor airport circus fair church hospital palace camp theater")),
        ("by", Words("river lake sea bridge ocean road")),
        ("on", Words("hill island")),
    ];

    private static readonly string[] Girls = Words("""
        Lily Mia Anna Emma Sara Lucy Zoe Ella Nina Amy Rosa Ivy Ruby Tess Maya Clara Nora Julia Molly Bella Daisy Hana Leila Priya
        Wendy Alice Sofia Greta Olga Yara Freya Marta
        """);

    private static readonly string[] Boys = Words("""
        Tom Ben Max Sam Leo Tim Jack Finn Noah Oscar Hugo Felix Adam Luke Omar Ravi Theo Jonas Peter Simon Oliver Henry Arthur Kenji
        Mateo Emil Viktor Pablo Niko Dario Rufus Walter
        """);

    /// <summary>The words of a role; of <see cref="WordRole.Place"/> those of all prepositions.</summary>
    public static IReadOnlyList<string> Of(WordRole role) =>
        role == WordRole.Place ? Places.Select(p => p.Name).ToArray() : Lists[role];

    /// <summary>Places with the preposition that goes before them.</summary>
    public static IReadOnlyList<(string Name, string At)> Places { get; } =
        [.. PlaceLists.SelectMany(list => list.Names.Select(name => (name, list.At)))];

    /// <summary>Names of characters, with whether it is she.</summary>
    public static IReadOnlyList<(string Name, bool She)> Names { get; } =
        [.. Girls.Select(n => (n, true)), .. Boys.Select(n => (n, false))];

    internal static string[] Words(string list) =>
        list.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
