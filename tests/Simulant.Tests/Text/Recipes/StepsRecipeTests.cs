using Simulant.Bench.Speed;
using Simulant.Data;
using Simulant.Specs;
using Simulant.Tests.Runs;
using Simulant.Text.Recipes;
using Xunit;
using static Simulant.Tests.Text.Recipes.RecipeBench;

namespace Simulant.Tests.Text.Recipes;

public class StepsRecipeTests
{
    private const string Models = "models: { m: { endpoint: 'http://127.0.0.1:1', model: x } }\n";

    [Theory]
    [InlineData("recipe: 3x", "2:9: error SIM311: there is no recipe '3x'; choose one of ")]
    [InlineData("recipe: self_instrct", "2:9: error SIM311: there is no recipe 'self_instrct'; did you mean 'self-instruct'?")]
    [InlineData("recipe: [a]", "2:9: error SIM012: 'recipe' must be a recipe's name or a map with one, found a list")]
    [InlineData("recipe: { steps: [] }", "2:9: error SIM011: the recipe has no 'name'; choose one of ")]
    [InlineData("recipe: { name: steps, stepz: [], steps: [] }",
        "2:24: error SIM010: unknown key 'stepz' in the recipe 'steps'; did you mean 'steps'?")]
    [InlineData("recipe: { name: steps }", "2:9: error SIM011: the recipe 'steps' has no 'steps'; add 'steps: …'")]
    [InlineData("recipe: { name: steps, steps: [ ask ] }", "2:33: error SIM012: a step is a map with one key that says "
        + "what it does, such as 'ask: { … }'")]
    [InlineData("recipe: { name: steps, steps: [ { aks: {} } ] }", "2:35: error SIM311: there is no step 'aks'; did you mean 'ask'?")]
    [InlineData("recipe: { name: steps, steps: [ { ask: { prompt: a, writes: b, model: z } } ] }",
        "2:71: error SIM013: there is no model 'z' under 'models'")]
    [InlineData("recipe: { name: steps, steps: [ { ask: { prompt: 'a {c}', writes: b } } ] }",
        "2:33: error SIM310: the step 'ask-1' reads 'c', which nothing before it writes; nothing is written by then")]
    [InlineData("recipe: { name: steps, steps: [ { draw: { field: topic, from: [a] } }, { set: { field: b, text: '{topik}' } } ] }",
        "2:72: error SIM310: the step 'set-2' reads 'topik', which nothing before it writes; did you mean 'topic'?")]
    [InlineData("recipe: { name: steps, output: [x], steps: [ { draw: { field: topic, from: [a] } } ] }",
        "2:9: error SIM310: the recipe delivers 'x', which no step writes; there are topic")]
    [InlineData("recipe: { name: steps, steps: [ { draw: { name: a, field: t, from: [a] } }, { set: { name: a, field: b, text: c } } ] }",
        "2:77: error SIM019: two steps are called 'a'; name one of them")]
    [InlineData("recipe: { name: steps, steps: [ { check: { field: t } } ] }",
        "2:42: error SIM011: 'check' names no rule; add min_words, max_words, without, matches, …")]
    [InlineData("recipe: { name: steps, steps: [ { check: { field: t, matches: '(' } } ] }",
        "2:63: error SIM013: 'matches' is no regular expression: Invalid pattern '(' at offset 1. Not enough )'s.")]
    [InlineData("recipe: { name: steps, steps: [ { ask: { prompt: a, writes: [b, c], form: text } } ] }",
        "2:53: error SIM018: the form 'text' gives one field; use json or labelled")]
    [InlineData("recipe: { name: steps, steps: [ { ask: { prompt: a, writes: [b, c], samples: 2 } } ] }",
        "2:69: error SIM018: several samples go into one field, and this step writes 2")]
    [InlineData("recipe: { name: steps, steps: [ { ask: { prompt: a, writes: b, form: choice } } ] }",
        "2:40: error SIM011: the form 'choice' needs 'choices: [ … ]'")]
    [InlineData("recipe: { name: steps, steps: [ { ask: { prompt: a, writes: b, form: score, range: [3, 1] } } ] }",
        "2:84: error SIM013: 'range' is [least, greatest]")]
    [InlineData("recipe: { name: steps, steps: [ { ask: { prompt: a, writes: [b], schema: { typ: object } } } ] }",
        "2:74: error SIM013: 'schema': 'typ' is not known here; did you mean 'type'?")]
    [InlineData("recipe: { name: steps, steps: [ { set: { field: 'a b', text: c } } ] }",
        "2:49: error SIM013: 'a b' is no name of a field; use letters, digits, '_' and '-', a letter first")]
    [InlineData("recipe: { name: steps, source: { passes: 2 }, steps: [ { set: { field: a, text: c } } ] }",
        "2:32: error SIM018: a source has either a 'file' or 'values'")]
    [InlineData("recipe: { name: steps, steps: [ { draw: { field: a } } ] }",
        "2:41: error SIM018: 'draw' draws either 'from' texts or from a 'file'")]
    [InlineData("recipe: { name: steps, steps: [ { run: { command: [a], reads: [], timeout: x } } ] }",
        "2:76: error SIM013: 'x' is no time; write 500ms, 30s or 5m")]
    public void A_fault_is_found_at_its_place(string recipe, string fault)
    {
        var faults = TryRead(Models + recipe).Faults;
        Assert.Contains(faults, f => f.StartsWith("spec.yaml:" + fault, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_model_or_with_two_the_step_must_say_which()
    {
        const string Ask = "recipe: { name: steps, steps: [ { ask: { prompt: a, writes: b } } ] }";
        Assert.Equal("spec.yaml:1:40: error SIM011: a model is asked here, and the spec has no 'models'",
            Assert.Single(TryRead(Ask).Faults));
        const string Two = "models: { m: { endpoint: 'http://h', model: x }, n: { endpoint: 'http://h', model: y } }\n";
        Assert.Contains("say which model is asked: 'model: …', one of m, n", Assert.Single(TryRead(Two + Ask).Faults));
    }

    [Fact]
    public void A_file_that_is_not_there_is_told_when_the_spec_is_sound()
    {
        const string Steps = "recipe: { name: steps, source: { file: none.jsonl }, steps: [ { set: { field: a, text: 'x{q}' } } ] }";
        Assert.Contains("none.jsonl", Assert.Throws<DataException>(() => TryRead(Models + Steps)).Message);
        Assert.Contains("unknown key 'zzz'", Assert.Single(TryRead(Models + Steps.Replace("name: steps,", "name: steps, zzz: 1,")).Faults));
    }

    /// <summary>Answers in JSON, several samples, a list split into records, and a program of the user's own.</summary>
    [Fact]
    public void Steps_work_together()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "uses a shell");
        using var folder = new TempFolder();
        using var stub = new ModelStub(r => new StubReply(200, StubAnswers.Chat(
            r.Body.Contains("a list") ? "1. alpha\n2. beta\n3. gamma" : r.Body.Contains("json_schema")
                ? """Sure: {"question": "Why?", "answer": "So."}""" : $"sample {StubAnswers.SeedOf(r.Body)}")));
        var recipe = Read(Model(stub) + """
            recipe:
              name: steps
              output: [item, question, answer, both, more]
              steps:
                - ask: { prompt: "Give a list.", writes: list, form: list }
                - split: { list: list, field: item, expected: 3 }
                - ask: { prompt: "About {item}, in JSON.", writes: [question, answer] }
                - ask: { prompt: "More of {item}.", writes: more, samples: 2 }
                - run:
                    name: own
                    command:
                      - sh
                      - -c
                      - |
                        while read -r line; do
                          case $line in
                            *beta*) echo "{\"reject\":\"not beta\",\"detail\":\"it is\"}";;
                            *) echo "{\"fields\":{\"both\":\"$(echo $line | tr -d "\"{}")\"}}";;
                          esac
                        done
                    reads: [item, answer]
                    writes: [both]
            """);
        var outcome = Run(recipe, 2, folder);
        Assert.Equal(["alpha", "gamma"], outcome.Accepted.Select(r => r.Fields["item"]));
        Assert.Equal(["Why?", "Why?"], outcome.Accepted.Select(r => r.Fields["question"]));
        Assert.Equal("index:0,branch:2,fields:item:gamma,answer:So.", outcome.Accepted[1].Fields["both"]);
        Assert.Equal(("0", "2"), (outcome.Accepted[0].History.Branch, outcome.Accepted[1].History.Branch));
        Assert.Equal(["ask-1", "ask-3", "ask-4", "ask-4"], outcome.Accepted[1].History.Calls.Select(c => c.Step));
        var samples = System.Text.Json.JsonSerializer.Deserialize<string[]>(outcome.Accepted[0].Fields["more"])!;
        Assert.Equal(2, samples.Distinct().Count());
        Assert.Contains(outcome.Account.ByRule, r => r is { End: AttemptEnd.Rejected, Step: "own", Rule: "not beta", Count: 1 });
        Assert.Equal(1 + 3 * 3, outcome.Account.Models.Single().Answers);
    }

    [Theory]
    [InlineData("echo no json", "broken reply")]
    [InlineData("echo '{\"fields\":{}}'", "broken reply")]
    [InlineData("exit 1", "no connection")]
    [InlineData("sleep 60", "timed out")]
    public void A_program_that_fails_fails_its_record(string script, string rule)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "uses a shell");
        using var folder = new TempFolder();
        var outcome = Run(Read($$"""
            recipe:
              name: steps
              max_attempts: 2
              steps:
                - set: { field: a, text: x }
                - run:
                    command: [sh, -c, "while read -r line; do {{script.Replace("\"", "\\\"")}}; done"]
                    reads: [a]
                    writes: [b]
                    timeout: 300ms
            """), 5, folder);
        Assert.Equal(new RuleCount(AttemptEnd.Failed, "run-2", rule, 2), Assert.Single(outcome.Account.ByRule));
    }
}
