using System.Text.Json;
using Simulant.Bench.Speed;
using Simulant.Tests.Runs;
using Simulant.Text.Recipes;
using Simulant.Text.Recipes.Steps;
using Xunit;
using static Simulant.Tests.Text.Recipes.RecipeBench;

namespace Simulant.Tests.Text.Recipes;

public sealed class MoreRecipesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <param name="answer">Of the last message's text, all messages, and the seed.</param>
    private RecipeOutcome Run(string recipe, Func<string, JsonElement, ulong, string> answer, long wanted)
    {
        using var stub = new ModelStub(r =>
        {
            var messages = JsonDocument.Parse(r.Body).RootElement.GetProperty("messages");
            string last = messages[messages.GetArrayLength() - 1].GetProperty("content").GetString()!;
            return new StubReply(200, StubAnswers.Chat(answer(last, messages, StubAnswers.SeedOf(r.Body))));
        });
        return RecipeBench.Run(Read(Model(stub) + "recipe: { " + recipe + " }"), wanted, _folder);
    }

    private string File(string text, string name = "in.jsonl") => _folder.Write(name, text).Replace('\\', '/');

    [Fact]
    public void Personas_are_crossed_with_tasks()
    {
        var outcome = Run("name: persona, personas: [a baker, a judge], tasks: ['Write a riddle.', 'A letter from {persona}.']",
            (last, _, seed) => $"{last.ReplaceLineEndings(" ")} {seed}", 4);
        Assert.Equal([("a baker", "Write a riddle."), ("a baker", "A letter from {persona}."), ("a judge", "Write a riddle."),
            ("a judge", "A letter from {persona}.")], outcome.Accepted.Select(r => (r.Fields["persona"], r.Fields["task"])));
        Assert.StartsWith("Write a riddle.  It is by or for this person: a baker", outcome.Accepted[0].Fields["text"]);
        Assert.StartsWith("A letter from a judge. ", outcome.Accepted[3].Fields["text"]);
        Assert.Equal(["person:1 task:1"], outcome.Accepted[3].History.Parents);
    }

    [Fact]
    public void Personas_are_drawn_out_of_texts()
    {
        string file = File("""{"text": "How to knead."}""" + "\n");
        var outcome = Run($"name: persona, file: \"{file}\", tasks: ['Write a riddle.']",
            (last, _, _) => last.Contains("Who is likely") ? "A baker of York." : "riddle for " + last[^16..], 1);
        Assert.Equal(("A baker of York.", "riddle for A baker of York."),
            (outcome.Accepted[0].Fields["persona"], outcome.Accepted[0].Fields["text"]));
    }

    [Fact]
    public void People_lead_to_others_who_are_close_to_them()
    {
        var outcome = Run("name: persona, personas: [A baker., A judge.], tasks: ['Write a riddle.', Write a note.], relatives: 2",
            (last, _, seed) => last.Contains("Who is close") && last.Split('\n')[0] is var person ? $"{person[..^1]} w{person.Length}."
                : $"text {last[^20..]} {seed}", 12);
        string[] people = ["A baker.", "A baker w8.", "A baker w8 w11.", "A judge.", "A judge w8.", "A judge w8 w11."];
        Assert.Equal(people.SelectMany(p => new[] { p, p }), outcome.Accepted.Select(r => r.Fields["persona"]));
        Assert.Equal([1, 1, 2, 2, 3, 3, 1, 1, 2, 2, 3, 3], outcome.Accepted.Select(r => r.History.Calls.Count));
        Assert.Equal(["person:1 task:1 relative:2"], outcome.Accepted[^1].History.Parents);
        // Who is close to whom is asked once, whatever the task.
        Assert.Equal(12 + 4, outcome.Accepted.SelectMany(r => r.History.Calls.Select(c => c.Request)).Distinct().Count());
    }

    [Fact]
    public void People_described_almost_alike_count_once()
    {
        const string First = "A retired engineer from York who repairs old radios and writes long letters to her nephews on Sundays";
        string file = File(string.Join('\n', new[] { First, First + " evenings", "A baker.", First.Replace("York", "a village") }
            .Select(p => JsonSerializer.Serialize(new { persona = p }))) + "\n");
        var outcome = Run($"name: persona, file: \"{file}\", tasks: [Write., Ask.], max_attempts: 8",
            (last, _, seed) => $"{(last.StartsWith("Write") ? "w" : "a")} {seed} {seed / 3} {seed / 7}", 8);
        // Of 17 words all are in 18: 17 / 18 above .9. Of 17 and 18 16 are common: 16 / 19 below.
        Assert.Equal([First, First, "A baker.", "A baker.", First.Replace("York", "a village"), First.Replace("York", "a village")],
            outcome.Accepted.Select(r => r.Fields["persona"]));
        Assert.Equal(2, outcome.Account.ByRule.Single(r => r.Rule == "like another person").Count);
    }

    /// <summary>What a file lacks is found before anything is asked.</summary>
    [Theory]
    [InlineData("evolve", "", "instruction")]
    [InlineData("distil", "", "question")]
    [InlineData("judge", "output: [verdict]", "verdict")]
    [InlineData("preference", "", "prompt")]
    [InlineData("dialogue", "", "topic")]
    [InlineData("translate-back", "", "text")]
    [InlineData("parallel", "language: Welsh", "text")]
    [InlineData("persona", "tasks: [Write.]", "text")]
    [InlineData("flan-mix", "", "answer")]
    public void A_field_that_the_file_lacks_is_a_fault_of_the_spec(string recipe, string more, string field)
    {
        string file = File("""{"other": "x"}""" + "\n");
        var faults = TryRead("models: { m: { endpoint: 'http://h', model: x } }\n"
            + $"recipe: {{ name: {recipe}, file: \"{file}\"{(more.Length > 0 ? ", " + more : "")} }}").Faults;
        Assert.Contains(faults, f => f.Contains("SIM310") && f.Contains($"'{field}'"));
    }

    [Fact]
    public void A_field_in_braces_that_a_task_speaks_of_is_its_own_words()
    {
        string file = File("""{"question": "What is {answer} in a template?", "answer": "a place"}""" + "\n");
        var outcome = RecipeBench.Run(Read($"recipe: {{ name: flan-mix, file: \"{file}\", unique: [], weights: {{ inverted: 0 }} }}"), 20,
            _folder);
        Assert.All(outcome.Accepted, r => Assert.Contains("What is {answer} in a template?", r.Fields["input"]));
        Assert.Contains("has '{question}' in it, and no other field", Assert.Single(TryRead(
            $"recipe: {{ name: flan-mix, file: \"{file}\", templates: ['{{question}} {{hint}}'] }}").Faults));
    }

    [Fact]
    public void Options_without_the_answer_are_not_shown()
    {
        string file = File("""{"question": "Q?", "answer": "A", "options": ["B", "C"]}""" + "\n"
            + """{"question": "R?", "answer": "B", "options": ["B", "C"]}""" + "\n");
        var outcome = RecipeBench.Run(Read($"recipe: {{ name: flan-mix, file: \"{file}\", unique: [] }}"), 200, _folder);
        Assert.All(outcome.Accepted.Where(r => r.History.Candidate % 2 == 0), r => Assert.DoesNotContain("Options:", r.Fields["input"]));
        Assert.Contains(outcome.Accepted, r => r.Fields["setting"] == "options");
    }

    [Fact]
    public void Questions_come_with_the_place_they_are_from()
    {
        string file = File("# Rivers\nThe Ouse floods in winter.\n\n# Bread\nRye keeps long.\n", "d.md");
        var outcome = Run($"name: qa-from-documents, documents: \"{file}\", questions: 3", (last, _, _) =>
            last.Contains("Write 3 questions") ? last.Contains("Ouse")
                ? "1. When does the Ouse flood?\n2. What does the passage say?\n3. Where is Paris?"
                : "1. Which bread keeps long?\n2. Who ate the bread?"
            : last.Contains("Does the passage say so?") ? last.Contains("Paris") ? "No." : "Yes."
            : last.Contains("Who ate") ? "Unanswerable" : last.Contains("Paris") ? "In France" : last.Contains("Ouse flood?") ? "In winter."
                : "Rye.", 5);
        Assert.Equal([("When does the Ouse flood?", "In winter.", "d.md", "Rivers"), ("Which bread keeps long?", "Rye.", "d.md", "Bread")],
            outcome.Accepted.Select(r => (r.Fields["question"], r.Fields["answer"], r.Fields["document"], r.Fields["section"])));
        Assert.Equal(["d.md#9-35"], outcome.Accepted[0].History.Parents);
        Assert.Equal(["speaks of the passage", "the passage does not answer it", "the passage does not bear it out"],
            outcome.Account.ByRule.Where(r => r.End == AttemptEnd.Rejected).Select(r => r.Rule).Order());
        Assert.Contains("the source's 2 entries are used up", outcome.Short);
    }

    [Fact]
    public void Pairs_are_of_a_better_and_a_worse_answer()
    {
        string file = File("""{"prompt": "Hard?"}""" + "\n" + """{"prompt": "Even?"}""" + "\n");
        var outcome = Run($"name: preference, file: \"{file}\", samples: 4, margin: 3, max_attempts: 2", (last, _, seed) =>
            !last.Contains("How good is it?") ? $"answer {seed % 8 + 1}"
            : last.Contains("Even?") ? "All alike.\n5" : $"Reasons, 3 of them.\n{last.Split("answer ")[1][0]}", 2);
        var pair = Assert.Single(outcome.Accepted).Fields;
        Assert.Equal("Hard?", pair["prompt"]);
        Assert.Equal(($"answer {pair["chosen_score"]}", $"answer {pair["rejected_score"]}"), (pair["chosen"], pair["rejected"]));
        Assert.True(int.Parse(pair["chosen_score"]) - int.Parse(pair["rejected_score"]) >= 3);
        Assert.Contains(outcome.Account.ByRule, r => r.Rule == "too little difference");
        Assert.Equal(8, outcome.Accepted[0].History.Calls.Count);
    }

    [Fact]
    public void A_judge_keeps_what_scores_enough()
    {
        string file = File("""{"text": "good one"}""" + "\n" + """{"text": "bad one"}""" + "\n" + """{"text": "odd one"}""" + "\n");
        var outcome = Run($"name: judge, file: \"{file}\", min: 6", (last, _, _) =>
            last.Contains("good one") ? "Fine.\n8" : last.Contains("bad one") ? "Poor.\n3" : "No idea.", 3);
        Assert.Equal(("good one", "8"), (Assert.Single(outcome.Accepted).Fields["text"], outcome.Accepted[0].Fields["score"]));
        Assert.Equal(["no score in it", "scored too low"],
            outcome.Account.ByRule.Where(r => r.End == AttemptEnd.Rejected).Select(r => r.Rule).Order());
    }

    [Fact]
    public void A_conversation_sees_all_turns_before_each_side_from_its_own()
    {
        var outcome = Run("name: dialogue, topics: [bread], turns: 2, system: Be kind.", (last, messages, _) =>
            messages[0].GetProperty("content").GetString()!.Contains("You play a person")
                ? $"person {messages.GetArrayLength()}: {last}" : $"assistant {messages.GetArrayLength()}: {last}", 1);
        var turns = Turns.Read(outcome.Accepted[0].Fields["messages"]);
        Assert.Equal([("user", "person 2: Begin."), ("assistant", "assistant 2: person 2: Begin."), ("user", "person 4: Go on."),
            ("assistant", "assistant 4: person 4: Go on.")], turns);
    }

    [Fact]
    public void A_conversation_that_says_the_same_twice_is_rejected()
    {
        var outcome = Run("name: dialogue, topics: [bread, rain], turns: 2, max_attempts: 2", (last, messages, seed) =>
            messages.ToString().Contains("about this: bread") ? "I say." : $"{seed}", 2);
        Assert.Equal("rain", Assert.Single(outcome.Accepted).Fields["topic"]);
        Assert.Equal(("repeats", "says the same twice", 1),
            outcome.Account.ByRule.Where(r => r.End == AttemptEnd.Rejected).Select(r => (r.Step, r.Rule, r.Count)).Single());
    }

    [Fact]
    public void A_label_that_only_some_records_have_is_not_lost()
    {
        string file = File("""{"text": "one two three four"}""" + "\n" + """{"text": "five six seven eight", "label": "x"}""" + "\n");
        var outcome = Run($"name: translate-back, file: \"{file}\"", (last, _, _) => last.Split("\n\n")[1] switch
        {
            "one two three four" => "un deux trois", "un deux trois" => "one two three",
            "five six seven eight" => "cinq six sept", _ => "five six seven",
        }, 2);
        Assert.Equal(["", "x"], outcome.Accepted.Select(r => r.Fields["label"]));
    }

    [Theory]
    [InlineData("Дождь идёт весь день", "Снег падал вчера ночью", false)]
    [InlineData("Дождь идёт весь день", "Дождь идёт каждый день", true)]
    [InlineData("ฝนตกตลอดทั้งวันในกรุงเทพ", "ฝนตกทั้งวันในกรุงเทพ", true)]
    public void What_comes_back_is_compared_in_words_of_its_script(string text, string back, bool near)
    {
        string file = File(JsonSerializer.Serialize(new { text }) + "\n");
        var outcome = Run($"name: parallel, language: L, file: \"{file}\", max_attempts: 1", (last, _, _) =>
            last.Contains("from L into English") ? "some English words here" : back, 1);
        Assert.Equal(near ? 1 : 0, outcome.Accepted.Count);
    }

    [Fact]
    public void A_translation_and_back_is_a_paraphrase_when_it_is_near_but_not_the_same()
    {
        string file = File(string.Join('\n', ((string[])["the cat sat on the mat", "stay the same now", "lose all of it", "long one here",
            "left alone"])
            .Select(t => $$"""{"text": "{{t}}", "label": "x"}""")) + "\n");
        var outcome = Run($"name: translate-back, file: \"{file}\", max_attempts: 5", (last, _, _) => last.Split("\n\n")[1] switch
        {
            "the cat sat on the mat" => "le chat sur le tapis",
            "le chat sur le tapis" => "a cat sat on the mat",
            "stay the same now" => "reste le meme",
            "reste le meme" => "stay the same now",
            "lose all of it" => "perds tout",
            "perds tout" => "nothing remains here",
            "long one here" => new string('x', 60),
            var other => other,
        }, 5);
        var record = Assert.Single(outcome.Accepted).Fields;
        Assert.Equal(("the cat sat on the mat", "a cat sat on the mat", "x"), (record["source"], record["target"], record["label"]));
        Assert.Equal(["came back the same", "came back too different", "lengths differ too much", "not translated"],
            outcome.Account.ByRule.Where(r => r.End == AttemptEnd.Rejected).Select(r => r.Rule).Order());
    }

    [Fact]
    public void Parallel_text_has_the_real_side_as_its_target()
    {
        string file = File("""{"text": "Дождь идёт"}""" + "\n");
        var outcome = Run($"name: parallel, language: Russian, file: \"{file}\"", (last, _, _) =>
            last.Contains("from Russian into English") ? "It is raining" : "Идёт дождь", 1);
        Assert.Equal(("It is raining", "Дождь идёт"),
            (outcome.Accepted[0].Fields["source"], outcome.Accepted[0].Fields["target"]));
    }

    [Fact]
    public void A_mix_words_tasks_in_every_setting_they_fit_by_weight()
    {
        string file = File(string.Join('\n', Enumerable.Range(0, 6).Select(i => JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["question"] = $"Q{i}?", ["answer"] = $"A{i}", ["options"] = i < 4 ? new[] { $"A{i}", "other" } : [], ["rationale"] = i < 5
                ? $"since R{i}" : "",
        }))) + "\n");
        var recipe = Read($"recipe: {{ name: flan-mix, file: \"{file}\", unique: [], weights: {{ zero: 3, inverted: 1 }} }}");
        var outcome = RecipeBench.Run(recipe, 3000, _folder);
        Assert.Equal(3000, outcome.Accepted.Count);
        var first = outcome.Accepted.Where(r => r.History.Candidate % 6 == 0).ToList();
        // Of the first task all settings fit: weights 3, 1, 1, 1, 1, 1, 1 of 9; 500 draws, four deviations.
        Assert.InRange(first.Count(r => r.Fields["setting"] == "zero"), 500 / 3 - 43, 500 / 3 + 43);
        Assert.InRange(first.Count(r => r.Fields["setting"] == "inverted"), 55 - 29, 55 + 29);
        Assert.All(outcome.Accepted.Where(r => r.History.Candidate % 6 == 5), r =>
            Assert.Contains(r.Fields["setting"], (string[])["zero", "few", "inverted"]));
        Assert.All(outcome.Accepted, r =>
        {
            long task = r.History.Candidate % 6;
            var (input, output, setting) = (r.Fields["input"], r.Fields["output"], r.Fields["setting"]);
            Assert.Equal(setting == "inverted" ? $"Q{task}?" : setting.EndsWith("reasoning") ? $"since R{task}\nSo the answer is A{task}."
                : $"A{task}", output);
            Assert.Equal(setting.EndsWith("options"), input.Contains("Options:\n(A) "));
            int shown = r.History.Parents.Count(p => p.StartsWith("shown:"));
            Assert.Equal(setting.StartsWith("few"), shown > 0);
            Assert.DoesNotContain($"shown:{task}", r.History.Parents);
            if (setting == "zero") Assert.DoesNotContain($"A{task}", input);
        });
        Assert.Equal(0, outcome.Account.Asked.Requests);
    }
}
