using System.Text.Json;
using System.Text.RegularExpressions;
using Simulant.Specs;
using Simulant.Text.Stories;
using Xunit;

namespace Simulant.Tests.Text.Stories;

public class DialogueEngineTests
{
    private static readonly Lazy<Dialogue[]> Many = new(() =>
    {
        var engine = new DialogueEngine(DialogueOptions.Default, 11);
        return [.. Enumerable.Range(0, 10_000).Select(i => engine.Make(i))];
    });

    [Fact]
    public void A_dialogue_is_a_function_of_seed_and_item()
    {
        var engine = new DialogueEngine(DialogueOptions.Default, 11);
        foreach (int item in (int[])[9_999, 3, 0]) Assert.Equal(Many.Value[item].TurnsJson, engine.Make(item).TurnsJson);
        Assert.NotEqual(Many.Value[0].TurnsJson, new DialogueEngine(DialogueOptions.Default, 12).Make(0).TurnsJson);
        int same = 10_000 - Many.Value.Select(d => d.TurnsJson).Distinct(StringComparer.Ordinal).Count();
        Assert.True(same < 10, $"{same} duplicates");
    }

    [Fact]
    public void What_a_turn_states_stands_in_its_text()
    {
        foreach (var dialogue in Many.Value)
            foreach (var turn in dialogue.Turns)
                foreach (var (slot, value) in turn.Slots) Assert.True(turn.Text.Contains(value), $"{slot} = {value} not in: {turn.Text}");
    }

    [Fact]
    public void The_last_word_of_the_user_is_what_is_settled()
    {
        foreach (var dialogue in Many.Value)
        {
            var told = new Dictionary<string, string>();
            foreach (var turn in dialogue.Turns)
            {
                foreach (var (slot, value) in turn.Slots) told[slot] = value;
                if (!turn.Acts.Contains("confirm")) continue;
                // All that is known by now is repeated, and nothing that was taken back.
                foreach (string value in told.Values) Assert.Contains(value, turn.Text);
            }
            Assert.Equal(told.OrderBy(t => t.Key, StringComparer.Ordinal), dialogue.Slots.OrderBy(t => t.Key, StringComparer.Ordinal));
            Assert.Equal(dialogue.Corrections, dialogue.Turns.Count(t => t.Acts.Contains("correct")));
        }
    }

    // From the text alone: days, times and names have a form of their own, whoever says them.
    [Theory]
    [InlineData("day", "(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(Jan|Febr)uary \\d+|(March|April|May|June|July|August) \\d+|" +
        "(Septem|Octo|Novem|Decem)ber \\d+")]
    [InlineData("time", "at \\d+:\\d\\d")]
    [InlineData("people", "\\w+ people")]
    public void The_settled_value_is_the_last_in_the_text(string slot, string form)
    {
        foreach (var dialogue in Many.Value)
        {
            if (!dialogue.Slots.TryGetValue(slot, out string? settled)) continue;
            string said = string.Join('\n', dialogue.Turns.Where(t => t.Speaker == "user").Select(t => t.Text));
            Assert.Equal(settled, Regex.Matches(said, form)[^1].Value);
        }
    }

    [Fact]
    public void Turns_alternate_and_nothing_known_is_asked_for()
    {
        foreach (var dialogue in Many.Value)
        {
            Assert.Equal("user", dialogue.Turns[0].Speaker);
            Assert.Contains("request", dialogue.Turns[0].Acts);
            Assert.Equal("close", Assert.Single(dialogue.Turns[^1].Acts));
            Assert.Equal("thank", Assert.Single(dialogue.Turns[^2].Acts));
            for (int i = 1; i < dialogue.Turns.Count; i++) Assert.NotEqual(dialogue.Turns[i - 1].Speaker, dialogue.Turns[i].Speaker);
            int asked = dialogue.Turns.Count(t => t.Acts.Contains("ask"));
            int slots = DialogueDomain.All.First(d => d.Name == dialogue.Domain).Slots.Count;
            Assert.Equal(slots - dialogue.Turns[0].Slots.Count, asked);
            Assert.Equal(dialogue.Turns.Count(t => t.Acts.Contains("question")), dialogue.Turns.Count(t => t.Acts.Contains("answer")));
        }
        Assert.Equal(DialogueDomain.All.Count, Many.Value.Select(d => d.Domain).Distinct().Count());
        Assert.InRange(Many.Value.Count(d => d.Corrections > 0), 3_000, 7_000);
    }

    [Fact]
    public void Openings_are_varied()
    {
        var most = Many.Value.GroupBy(d => string.Join(' ', d.Turns[0].Text.Split(' ').Take(6))).Max(g => g.Count());
        Assert.True(most <= 500, $"{most} of 10,000 open alike");
    }

    [Fact]
    public void The_json_says_what_the_record_says()
    {
        using var json = JsonDocument.Parse(Many.Value[5].TurnsJson);
        var turns = json.RootElement.EnumerateArray().ToArray();
        Assert.Equal(Many.Value[5].Turns.Select(t => (t.Speaker, t.Text)),
            turns.Select(t => (t.GetProperty("speaker").GetString()!, t.GetProperty("text").GetString()!)));
    }

    [Fact]
    public void Domains_and_rates_can_be_asked_for()
    {
        var engine = new DialogueEngine(Read(("domains", "hotel"), ("correction-rate", "0")), 1);
        for (int i = 0; i < 100; i++)
        {
            var dialogue = engine.Make(i);
            Assert.Equal(("hotel", 0), (dialogue.Domain, dialogue.Corrections));
        }
        Assert.Contains("no domain 'bank'", Assert.Throws<ArgumentException>(() => Read(("domains", "bank"))).Message);
    }

    private static DialogueOptions Read(params (string Name, string Value)[] given)
    {
        var map = new SpecMap([.. given.Select(g => new SpecEntry(g.Name, default, new SpecScalar(g.Value, false, default)))], default);
        return DialogueOptions.From(DialogueOptions.Declared.Read(map));
    }
}
