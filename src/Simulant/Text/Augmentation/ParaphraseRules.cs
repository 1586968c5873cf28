namespace Simulant.Text.Augmentation;

/// <summary>Phrases of the same meaning, read in both directions unless an arrow says otherwise.</summary>
internal static class ParaphraseRules
{
    private const string List = """
        do not = don't, does not = doesn't, did not = didn't, is not = isn't, are not = aren't, was not = wasn't, were not = weren't,
        have not = haven't, has not = hasn't, had not = hadn't, will not = won't, would not = wouldn't, could not = couldn't, should not
        = shouldn't, must not = mustn't, cannot = can't, I am = I'm, you are = you're, we are = we're, they are = they're, I have =
        I've, you have = you've, we have = we've, they have = they've, I will = I'll, you will = you'll, we will = we'll, they will =
        they'll, he will = he'll, she will = she'll, for example = for instance, in order to > to, due to the fact that > because, in
        spite of = despite, prior to > before, subsequent to > after, a number of > several, a large number of > many, at this point in
        time > now, at the present time > now, in the event that > if, with regard to > regarding, in addition to > besides, as well as
        > and also, is able to > can, are able to > can, was able to > could, were able to > could, in the near future > soon, on a
        regular basis > regularly, take into account > consider, make use of > use, make a decision > decide, come to an end > end, at
        the same time = simultaneously, more and more = increasingly, again and again = repeatedly, right away = immediately, at once =
        immediately, at first = initially, in the end = eventually, such as > like, every day = daily, each year = every year, each day
        = every day, all over the world = around the world, a great deal of > much, a couple of > two, because of > due to, so that > in
        order that, from time to time = occasionally, most of the time = usually, as a result = consequently, on the other hand > by
        contrast, to begin with = first of all
        """;

    /// <summary>What to look for, in lower case, and what to say instead; longer phrases first.</summary>
    public static IReadOnlyList<(string[] From, string To)> All { get; } =
    [
        .. List.Split(',').SelectMany(Read).OrderByDescending(rule => rule.From.Length)
            .ThenBy(rule => string.Join(' ', rule.From), StringComparer.Ordinal),
    ];

    private static IEnumerable<(string[] From, string To)> Read(string rule)
    {
        string[] sides = [.. rule.Split('=', '>').Select(side => string.Join(' ', side.Split((char[])[' ', '\n', '\r'],
            StringSplitOptions.RemoveEmptyEntries)))];
        yield return (sides[0].ToLowerInvariant().Split(' '), sides[1]);
        if (rule.Contains('=')) yield return (sides[1].ToLowerInvariant().Split(' '), sides[0]);
    }
}
