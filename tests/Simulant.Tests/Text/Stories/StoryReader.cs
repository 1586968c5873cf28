using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Simulant.Text.Stories;

namespace Simulant.Tests.Text.Stories;

/// <summary>
/// Reads a story back, knowing nothing of how it was told but its cast: sentence by sentence it follows who holds the thing, where
/// the hero is and how the hero feels, and stops at a sentence that cannot be.
/// </summary>
internal sealed partial class StoryReader(string hero, string grownUp)
{
    // The thing goes by one name, so that each pattern is compiled once.
    private const string Thing = "thething";
    private static readonly ConcurrentDictionary<(string, RegexOptions), Regex> Patterns = new();
    private static readonly HashSet<string> Feelings = [.. StoryWords.Of(WordRole.Glad), .. StoryWords.Of(WordRole.Low)];

    private string? _friend;

    public string Place { get; private set; } = "home";
    public string Feeling { get; private set; } = "";
    public string? Holder { get; private set; }
    public string? Lies { get; private set; }

    public static StoryReader Read(Story story, string grownUp)
    {
        var reader = new StoryReader(story.Facts.Hero, grownUp);
        string text = Regex.Replace(story.Text.Replace("\n\n", " "), $@"\b{story.Facts.Item}\b", Thing);
        foreach (string sentence in Sentence().Split(text)) reader.Take(sentence);
        return reader;
    }

    [GeneratedRegex(@"(?<=[.!?]""?) ")]
    private static partial Regex Sentence();

    private void Take(string said)
    {
        string sentence = Regex.Replace(said, "\"[^\"]*\"", "");
        const string Name = @"(?<a>[A-Z][a-z]+|[Tt]he \w+|([Hh]is|[Hh]er) \w+)";
        string thing = $"the {Thing}";
        if (Match(sentence, $@"^(Near|At|In) .*") is not null && !sentence.Contains(thing)) return;
        if (Match(sentence, $@"{Name} met (?<b>[A-Z]\w+) \w+ the (?<p>\w+)|when s?he met (?<b>[A-Z]\w+) ") is { } met)
            _friend = met.Groups["b"].Value;
        Moves(sentence, Name);
        Feels(sentence, Name);
        if (Match(sentence, $@"{Name} (gave|handed) {thing} to (?<b>[A-Z]\w+)") is { } give)
        {
            Check(Holder == Who(give.Groups["a"].Value), $"{Holder} holds it: {sentence}");
            Holder = give.Groups["b"].Value;
        }
        else if (Match(sentence, $@"{Name} (picked up|found) {thing}\b") is { } take)
        {
            bool tricked = sentence.Contains("picked up") && _friend == Holder && Lies is null;
            Check(Holder is null || tricked, $"{Holder} holds it: {sentence}");
            (Holder, Lies) = (Who(take.Groups["a"].Value), null);
        }
        else if (Match(sentence, $@"{Name} took {thing} (with|and)") is { } grab)
        {
            bool thief = sentence.Contains("laughed") || sentence.Contains("hid it");
            Check(Holder is null == !thief, $"{Holder} holds it: {sentence}");
            (Holder, Lies) = (Who(grab.Groups["a"].Value), null);
        }
        Rests(sentence, Name, thing);
    }

    private void Moves(string sentence, string name)
    {
        const string Ways = @"(\w+|took the \w+ \w+ and went)";
        if (Match(sentence, $@"{name} (and [A-Z]\w+ )?{Ways} to the (?<p>\w+)( side by side| together)?\.$") is { } go
            && Who(go.Groups["a"].Value) == hero && StoryWords.Of(WordRole.Place).Contains(go.Groups["p"].Value))
        {
            Check(Place != go.Groups["p"].Value, $"is there already: {sentence}");
            Place = go.Groups["p"].Value;
        }
        else if (Match(sentence, $@"^{name} (and [A-Z]\w+ )?(went|walked|ran|hurried) home") is { } home
            && Who(home.Groups["a"].Value) == hero)
        {
            Place = "home";
        }
    }

    private void Feels(string sentence, string name)
    {
        if (Match(sentence, $@"^{name} (and (?<b>[A-Z]\w+) )?(was|were|felt) (very |so )?(?<f>\w+)( now| then)?\.$") is { } feel
            && Feelings.Contains(feel.Groups["f"].Value) && Who(feel.Groups["a"].Value) == hero)
            Feeling = feel.Groups["f"].Value;
    }

    private void Rests(string sentence, string name, string thing)
    {
        string some = $@"an? (\w+ )?{Thing}\b";
        if (Match(sentence, $@"{name} had {some}") is { } own) Holder = Who(own.Groups["a"].Value);
        else if (Match(sentence, $"{some} was the prize|The prize was {some}") is not null) Holder = grownUp;
        else if (Match(sentence, $@"^{some} lay \w+ the (?<p>\w+)", RegexOptions.IgnoreCase) is { } lies) Lies = lies.Groups["p"].Value;
        else if (Match(sentence, $@"{some} that was hidden \w+ the (?<p>\w+)|{some} was hidden \w+ the (?<p>\w+)") is { } hidden)
            Lies = hidden.Groups["p"].Value;
        else if (Match(sentence, $@"{name} (\w+ too \w+ and )?lost {thing} \w+ the (?<p>\w+)") is { } lost)
        {
            Check(Holder == Who(lost.Groups["a"].Value), $"{Holder} holds it: {sentence}");
            (Holder, Lies) = (null, lost.Groups["p"].Value);
        }
        else if (Match(sentence, $@"{thing} (was gone for good|was never seen again|was not there)", RegexOptions.IgnoreCase) is not null)
            (Holder, Lies) = (null, null);
        else if (Match(sentence, $@"(had kept {thing} safe|kept it safe for)") is not null) (Holder, Lies) = (_friend, null);
        else if (Match(sentence, "look at home, under your bed|pointed back home") is not null) Lies = "home";
    }

    private static string Who(string name) => name.Contains(' ') ? name[(name.IndexOf(' ') + 1)..] : name;

    private static Match? Match(string text, string pattern, RegexOptions options = RegexOptions.None) =>
        Patterns.GetOrAdd((pattern, options), p => new Regex(p.Item1, p.Item2 | RegexOptions.ExplicitCapture)).Match(text)
            is { Success: true } match ? match : null;

    private static void Check(bool holds, string fault)
    {
        if (!holds) throw new InvalidDataException(fault);
    }
}
