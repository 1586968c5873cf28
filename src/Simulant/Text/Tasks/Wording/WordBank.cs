namespace Simulant.Text.Tasks.Wording;

/// <summary>Everyday nouns by what they are; no word stands in two groups, and none could be argued into another.</summary>
internal static class WordBank
{
    /// <summary>Name of a group, in the singular, and its words.</summary>
    public static IReadOnlyList<(string Kind, string[] Words)> Groups { get; } =
    [
        ("mammal", ["badger", "camel", "donkey", "elephant", "giraffe", "hedgehog", "leopard", "monkey", "otter", "rabbit", "squirrel",
            "tiger", "walrus", "zebra"]),
        ("bird", ["blackbird", "eagle", "falcon", "heron", "magpie", "ostrich", "owl", "parrot", "penguin", "pigeon", "sparrow",
            "stork", "woodpecker", "wren"]),
        ("fish", ["carp", "cod", "eel", "haddock", "halibut", "herring", "mackerel", "sardine", "sturgeon", "trout", "tuna", "pike"]),
        ("insect", ["ant", "bee", "beetle", "butterfly", "cockroach", "dragonfly", "grasshopper", "hornet", "ladybird", "mosquito",
            "moth", "termite", "wasp"]),
        ("fruit", ["apple", "apricot", "banana", "cherry", "fig", "grape", "mango", "melon", "nectarine", "pear", "pineapple",
            "raspberry", "strawberry"]),
        ("vegetable", ["artichoke", "broccoli", "cabbage", "carrot", "cauliflower", "celery", "leek", "lettuce", "onion", "parsnip",
            "potato", "spinach", "turnip"]),
        ("tree", ["beech", "birch", "cedar", "cypress", "larch", "maple", "oak", "poplar", "spruce", "sycamore", "willow", "yew"]),
        ("flower", ["begonia", "buttercup", "carnation", "daffodil", "daisy", "dandelion", "geranium", "orchid", "pansy", "petunia",
            "snowdrop", "tulip"]),
        ("tool", ["axe", "chisel", "drill", "hammer", "hatchet", "mallet", "pliers", "rake", "saw", "screwdriver", "shovel", "spanner"]),
        ("musical instrument", ["accordion", "bassoon", "cello", "clarinet", "drum", "flute", "guitar", "harp", "oboe", "piano",
            "trombone", "trumpet", "violin"]),
        ("vehicle", ["ambulance", "bicycle", "bus", "car", "ferry", "helicopter", "lorry", "motorcycle", "scooter", "train", "tram",
            "tractor", "van"]),
        ("piece of furniture", ["armchair", "bed", "bench", "bookcase", "cupboard", "desk", "dresser", "sofa", "stool", "table",
            "wardrobe"]),
        ("piece of clothing", ["blouse", "cardigan", "coat", "glove", "hat", "jacket", "scarf", "shirt", "skirt", "sock", "sweater",
            "trousers", "waistcoat"]),
        ("sport", ["archery", "badminton", "basketball", "boxing", "fencing", "golf", "hockey", "judo", "rowing", "rugby", "tennis",
            "volleyball", "wrestling"]),
        ("part of the body", ["ankle", "elbow", "eyebrow", "finger", "forehead", "knee", "neck", "nose", "shoulder", "stomach", "thumb",
            "tongue", "wrist"]),
        ("metal", ["aluminium", "chromium", "cobalt", "copper", "iron", "nickel", "platinum", "titanium", "tungsten", "zinc"]),
        ("job", ["architect", "baker", "butcher", "carpenter", "dentist", "electrician", "farmer", "gardener", "journalist", "lawyer",
            "nurse", "plumber", "surgeon", "teacher"]),
        ("kind of weather", ["blizzard", "breeze", "drizzle", "fog", "frost", "hail", "hurricane", "rain", "sleet", "sunshine",
            "thunder", "tornado"]),
        ("building", ["barn", "castle", "cathedral", "chapel", "cottage", "factory", "hospital", "hotel", "library", "lighthouse",
            "museum", "palace", "warehouse"]),
        ("kitchen object", ["colander", "fork", "frying pan", "grater", "kettle", "ladle", "saucepan", "spatula", "spoon", "teapot",
            "whisk"]),
    ];

    /// <summary>Every single word of the groups.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Groups.SelectMany(group => group.Words).Where(word => !word.Contains(' '))];
}
