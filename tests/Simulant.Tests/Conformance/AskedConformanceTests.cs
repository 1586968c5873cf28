using Simulant.Bench.Speed;
using Simulant.Provenance;
using Simulant.Runs;
using Simulant.Tests.Runs;
using Simulant.Tests.Text.Recipes;
using Simulant.Text.Recipes;
using Xunit;

namespace Simulant.Tests.Conformance;

/// <summary>Every recipe that asks language models keeps what the corridor promises of all of them.</summary>
public class AskedConformanceTests
{
    private const int Records = 12;

    public static TheoryData<string> Names => [.. AskedRecipe.All.Select(r => r.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_recipe_makes_a_whole_set_that_proves_itself_and_comes_again_from_its_answers(string recipe)
    {
        using var folder = new TempFolder();
        RecipeCases.Furnish(folder);
        using var stub = new ModelStub(r => new StubReply(200, StubAnswers.Chat(RecipeCases.Answer(r.Body, StubAnswers.SeedOf(r.Body)))));
        var (options, shape) = RecipeCases.All[recipe];
        string spec = folder.Write("spec.yaml", $$"""
            simulant: 1
            name: set
            kind: text
            models: { m: { endpoint: "{{stub.Address}}", model: stub, temperature: 1, backoff: 1ms } }
            recipe: { name: {{recipe}}, {{options}} }
            rows: {{Records}}
            output: { format: jsonl, shape: {{shape}} }
            seed: 3
            """);
        Assert.Equal(0, TestBench.Run("check", spec).Code);
        var made = TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["out"], Threads = 1 });
        Assert.Equal((MakeState.Made, (long)Records), (made.State, made.Summary!.Rows));
        Assert.Null(TestBench.Verify(folder["out"]).Difference);
        Assert.Equal(Records, File.ReadLines(folder["out/history.jsonl"]).Count());
        var asked = Manifest.Load(folder["out"]).Content.Asked!;
        Assert.Equal(recipe != "flan-mix", asked.Models.Single().Answers > 0);
        Assert.Equal(recipe != "flan-mix", asked.Prompts.Count > 0);
        Assert.Equal(File.ReadLines(folder["out/attempts.jsonl"]).Count(), asked.Attempts.Sum(a => a.Count));

        long before = stub.Requests;
        TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["again"], Threads = 4 });
        Assert.Equal(before, stub.Requests);
        Assert.Equal(TempFolder.Contents(folder["out"]), TempFolder.Contents(folder["again"]));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_damaged_model_is_refused(string recipe)
    {
        foreach (string model in (string[])["", "{", "{}\n", "[1]\n", "{\"Name\":\"a\",\"Columns\":[[\"x\"]],\"Fields\":[\"f\",\"g\"]}\n"])
            Assert.Throws<InvalidDataException>(() => EngineTable.Shipped[recipe].Load(new MemoryStream(
                System.Text.Encoding.UTF8.GetBytes(model))));
    }
}
