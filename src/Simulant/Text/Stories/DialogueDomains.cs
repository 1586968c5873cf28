using Simulant.Numerics.Random;

namespace Simulant.Text.Stories;

/// <summary>What can be settled in dialogue: a domain, its slots in the order they are asked for, and the values of each.</summary>
internal sealed record DialogueDomain(string Name, IReadOnlyList<(string Slot, string Values)> Slots)
{
    public static IReadOnlyList<DialogueDomain> All { get; } =
    [
        new("restaurant", [("people", "people"), ("day", "day"), ("time", "time")]),
        new("train", [("from", "city"), ("to", "city"), ("day", "day"), ("class", "class")]),
        new("doctor", [("reason", "reason"), ("day", "day"), ("time", "time"), ("name", "name")]),
        new("hotel", [("room", "room"), ("nights", "nights"), ("day", "day")]),
        new("cinema", [("film", "title"), ("people", "people"), ("time", "time")]),
        new("library", [("book", "title"), ("name", "name"), ("weeks", "weeks")]),
        new("parcel", [("size", "size"), ("to", "city"), ("day", "day")]),
        new("taxi", [("from", "corner"), ("to", "corner"), ("time", "time"), ("people", "people")]),
    ];
}

/// <summary>Values of slots, each drawn at an address of its own.</summary>
internal static class DialogueValues
{
    private static readonly Dictionary<string, string[]> Lists = new(StringComparer.Ordinal)
    {
        ["people"] = Parts("two people, three people, four people, five people, six people, seven people, eight people, nine people"),
        ["city"] = Parts("""
            London, Paris, Madrid, Vienna, Oslo, Dublin, Lisbon, Prague, Warsaw, Athens, Helsinki, Zurich, Hamburg, Milan, Porto, Lyon,
            Leeds, Cork, Bergen, Malmo, Ghent, Turin, Seville, Graz
            """),
        ["class"] = Parts("first class, second class"),
        ["reason"] = Parts("""
            a bad cough, a sore throat, a headache, back pain, a rash, an earache, a fever, a sprained ankle, trouble sleeping, a flu shot,
            a check-up, a stomach ache
            """),
        ["room"] = Parts("a single room, a double room, a family room, a quiet room, a room with a view, a room with a balcony"),
        ["nights"] = Parts("one night, two nights, three nights, four nights, five nights, six nights, a whole week, ten nights"),
        ["weeks"] = Parts("one week, two weeks, three weeks, four weeks, five weeks, six weeks"),
        ["size"] = Parts("small, medium, large, very large, long and thin, flat"),
        ["offer"] = Parts("""
            ten minutes, twenty minutes, half an hour, forty minutes, about an hour, an hour and a half, two hours, two and a half hours,
            three hours
            """),
    };

    private static readonly string[] Days = Parts("Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday");
    private static readonly string[] Months = Parts("""
        January, February, March, April, May, June, July, August, September, October, November, December
        """);

    private static readonly string[] Families = Parts("""
        Smith, Jones, Brown, Garcia, Rossi, Novak, Weber, Olsen, Silva, Kim, Patel, Moreau, Nilsson, Walsh, Haddad, Tanaka, Kowalski,
        Fischer, Okafor, Byrne
        """);

    private static readonly string[] Qualities = Parts("""
        Silent, Golden, Last, Hidden, Broken, Endless, Winter, Crimson, Distant, Forgotten, Burning, Secret, Hollow, Paper, Glass
        """);

    private static readonly string[] Things = Parts("""
        River, Garden, Island, Letter, Tower, Mirror, Harbour, Forest, Crown, Bridge, Lantern, Orchard, Summer, Kingdom, Voyage
        """);

    private static readonly string[] Roads =
        Parts("Mill, Station, Church, Park, High, Bridge, Green, King's, North, River, Garden, School");

    /// <summary>A value of a kind.</summary>
    public static string Draw(string kind, ref DrawSequence draws) => kind switch
    {
        "day" => draws.Below(2) == 0 ? Pick(Days, ref draws) : $"{Pick(Months, ref draws)} {draws.Below(28) + 1}",
        "time" => Time(ref draws),
        "name" => $"{StoryWords.Names[draws.Below(StoryWords.Names.Count)].Name} {Pick(Families, ref draws)}",
        "title" => $"The {Pick(Qualities, ref draws)} {Pick(Things, ref draws)}",
        "corner" => $"{draws.Below(180) + 1} {Pick(Roads, ref draws)} {(draws.Below(2) == 0 ? "Road" : "Street")}",
        _ => Pick(Lists[kind], ref draws),
    };

    /// <summary>A reference such as K7-4821.</summary>
    public static string Reference(ref DrawSequence draws) =>
        $"{(char)('A' + draws.Below(26))}{draws.Below(10)}-{draws.Below(9_000) + 1_000}";

    private static string Time(ref DrawSequence draws)
    {
        int hour = draws.Below(12) + 9, quarter = draws.Below(4);
        return FormattableString.Invariant($"at {hour}:{quarter * 15:00}");
    }

    private static string Pick(string[] from, ref DrawSequence draws) => from[draws.Below(from.Length)];

    private static string[] Parts(string list) =>
        [.. list.Split(',').Select(part => string.Join(' ', StoryWords.Words(part)))];
}
