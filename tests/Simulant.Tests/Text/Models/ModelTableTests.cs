using Simulant.Specs;
using Simulant.Text.Models;
using Xunit;

namespace Simulant.Tests.Text.Models;

public class ModelTableTests
{
    internal static SpecMap Parse(string yaml)
    {
        var faults = new DiagnosticBag();
        var node = YamlNodes.Read(yaml, "spec.yaml", faults);
        Assert.Empty(faults.All);
        return Assert.IsType<SpecMap>(node);
    }

    private static (ModelTable Table, IReadOnlyList<string> Faults) Read(string yaml)
    {
        var faults = new DiagnosticBag();
        var table = ModelTable.Read(Parse(yaml), faults);
        return (table, [.. faults.All.Select(f => f.ToString())]);
    }

    [Fact]
    public void Every_key_is_read()
    {
        var (table, faults) = Read("""
            big: { endpoint: "https://example.org/v1", model: m-1, key_from: BIG_KEY, temperature: 0.7, top_p: 0.9, presence_penalty: 1,
                   frequency_penalty: -1, stop: [END, STOP], max_tokens: 2k, price: { input: 0.15, output: 0.6 }, concurrency: 64,
                   timeout: 30s, retries: 3, backoff: 200ms, revision: r2 }
            local: { command: [python3, model.py] }
            none: { grammar: { answer: "{a} day", a: [good, bad] } }
            """);
        Assert.Empty(faults);
        var big = table.Find("big")!;
        Assert.Equal((ModelProvider.OpenAi, "https://example.org/v1", "m-1", "BIG_KEY", 2000, 64, 3),
            (big.Provider, big.Endpoint!.AbsoluteUri, big.Model, big.KeyFrom, big.MaxTokens, big.Concurrency, big.Retries));
        Assert.Equal((0.7, 0.9, 1.0, -1.0), (big.Temperature, big.TopP, big.PresencePenalty, big.FrequencyPenalty));
        Assert.Equal(["END", "STOP"], big.Stop);
        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(200)), (big.Timeout, big.Backoff));
        Assert.Equal(0.00075m, big.Price.Of(1000, 1000));
        Assert.Equal((ModelProvider.Process, "python3"), (table.Find("local")!.Provider, table.Find("local")!.Command[0]));
        Assert.Equal(ModelProvider.Embedded, table.Find("none")!.Provider);
    }

    [Theory]
    [InlineData("m: { endpoint: 'http://h/v1', model: a, temprature: 1 }",
        "1:41: error SIM010: unknown key 'temprature' in a model; did you mean 'temperature'?")]
    [InlineData("m: { endpoint: 'http://h/v1' }", "1:4: error SIM011: the model 'm' has no 'model'; add its name as the server knows it")]
    [InlineData("m: { model: a }", "1:4: error SIM011: nothing says where the model 'm' is; add 'endpoint', 'command' or 'provider'")]
    [InlineData("m: { endpoint: 'ftp://h', model: a }", "1:16: error SIM013: 'ftp://h' is no address; write http://… or https://…, "
        + "without user or password")]
    [InlineData("m: { endpoint: 'http://u:p@h', model: a }",
        "1:16: error SIM013: 'http://u:p@h' is no address; write http://… or https://…, "
        + "without user or password")]
    [InlineData("m: { endpoint: 'http://h', model: a, api_key: sk-1 }",
        "1:38: error SIM010: 'api_key' would put a key into the spec; name the environment variable that holds it: 'key_from: …'")]
    [InlineData("m: { endpoint: 'https://h', model: a, key_from: sk-12-ab }",
        "1:49: error SIM013: 'key_from' is not the name of an environment variable; a key itself never stands in a spec")]
    [InlineData("m: { endpoint: 'http://h', model: a, key_from: KEY }",
        "1:16: warning SIM013: the key would travel in the clear; use https, or leave 'key_from' out")]
    [InlineData("m: { provider: azure, model: a }", "1:4: error SIM011: Azure has an address for each customer; add "
        + "'endpoint: https://….openai.azure.com'")]
    [InlineData("m: { provider: openia, model: a }", "1:16: error SIM013: 'provider' is 'openia'; did you mean 'openai'?")]
    [InlineData("m: { provider: process }", "1:4: error SIM018: a process needs 'command: [program, …]'")]
    [InlineData("m: { command: [a], endpoint: 'http://h' }", "1:30: error SIM018: this provider has no 'endpoint'; remove it")]
    [InlineData("m: { provider: openai, model: a, command: [a] }",
        "1:34: error SIM018: 'command' is for the provider process, and this one is openai; remove one")]
    [InlineData("m: { endpoint: 'http://h', model: a, grammar: { answer: x } }",
        "1:16: error SIM018: this provider has no 'endpoint'; remove it")]
    [InlineData("m: { provider: openai, model: a, grammar: { answer: x } }",
        "1:34: error SIM018: 'grammar' is for the provider embedded, and this one is openai")]
    [InlineData("m: { grammar: { start: x } }", "1:15: error SIM011: a grammar starts at 'answer', and this has none")]
    [InlineData("m: { grammar: { answer: { a: b } } }", "1:25: error SIM012: 'answer' must be a text or a list of texts")]
    [InlineData("m: { endpoint: 'http://h', model: a, timeout: soon }",
        "1:47: error SIM013: 'timeout' is 'soon'; write a time such as 500ms, 30s or 5m")]
    [InlineData("m: { endpoint: 'http://h', model: a, concurrency: 0 }",
        "1:51: error SIM013: 'concurrency' is 0; it must be from 1 to 4096")]
    [InlineData("m: text", "1:4: error SIM012: the model 'm' must be a map, found text 'text'")]
    public void A_fault_is_found_at_its_place(string yaml, string fault) => Assert.Contains("spec.yaml:" + fault, Read(yaml).Faults);

    [Fact]
    public void A_key_that_stands_in_a_spec_is_not_repeated() =>
        Assert.DoesNotContain(Read("m: { endpoint: 'https://h', model: a, key_from: sk-12-ab, api_key: sk-12-ab }").Faults, f =>
            f.Contains("sk-12"));

    [Fact]
    public void Faults_are_found_together() =>
        Assert.Equal(4, Read("a: { endpoint: x, model: a, retries: -1 }\nb: 3\nc: { model: d }").Faults.Count);

    [Fact]
    public void A_variable_that_is_not_set_is_named()
    {
        var (table, _) = Read("m: { endpoint: 'https://h', model: a, key_from: SIMULANT_TEST_NO_SUCH_KEY }");
        var e = Assert.Throws<SpecException>(() => ModelClients.Open(table, new BudgetMeter(Budget.None), new CallTally()));
        Assert.Equal("spec.yaml:1:1: error SIM013: the variable 'SIMULANT_TEST_NO_SUCH_KEY', which holds the key of the model 'm', "
            + "is not set",
            Assert.Single(e.Diagnostics).ToString());
    }

    [Fact]
    public void The_address_is_no_part_of_a_models_identity()
    {
        var (table, _) = Read("""
            a: { endpoint: "http://one/v1", model: m }
            b: { endpoint: "http://two/v1", model: m, concurrency: 3, timeout: 5 }
            c: { endpoint: "http://one/v1", model: m, revision: q4 }
            """);
        Assert.Equal(table.Find("a")!.Identity, table.Find("b")!.Identity);
        Assert.NotEqual(table.Find("a")!.Identity, table.Find("c")!.Identity);
    }
}
