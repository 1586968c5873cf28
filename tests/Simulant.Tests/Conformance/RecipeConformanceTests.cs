using Simulant.Data;
using Simulant.Runs;
using Simulant.Specs;
using Simulant.Tabular;
using Simulant.Text.Records;
using Xunit;

namespace Simulant.Tests.Conformance;

/// <summary>Every recipe that needs no model keeps every promise that engines keep.</summary>
public class RecipeConformanceTests
{
    private const int Records = 600;

    public static MatrixTheoryData<string, string> RecipesAndShapes => new(Names, RecordShape.Names);

    public static TheoryData<string> Recipes => [.. Names];

    private static IReadOnlyList<string> Names => [.. EngineTable.Shipped.Recipes.Where(r => !EngineTable.Shipped[r].Asks)];

    private static Spec Spec(string recipe, string shape) => SpecReader.Parse(
        $"{{ simulant: 1, name: texts, kind: text, recipe: {recipe}, rows: {Records}, output: {{ shape: {shape} }} }}", "spec.yaml",
        new DiagnosticBag())!;

    private static ISampler Fit(string recipe, string shape)
    {
        var spec = Spec(recipe, shape);
        var engine = EngineTable.Shipped[recipe];
        return engine.Fit(new TableRequest(spec, engine.SchemaOf!(spec)), Dataset.Of(new Table("texts", [])), RunContext.Quiet(1));
    }

    private static string[] Draw(ISampler sampler, long start, int count, ulong seed = 5, int threads = 1)
    {
        var table = sampler.Sample(new ItemRange(start, count), RunContext.Quiet(seed, threads)).Single;
        return [.. Enumerable.Range(0, table.RowCount).Select(row =>
            string.Join('\u001f', table.Columns.Select(c => c.IsMissing(row) ? "\u0000" : ValueText.Format(c, row))))];
    }

    [Theory, MemberData(nameof(RecipesAndShapes))]
    public void Records_depend_on_seed_and_index_alone(string recipe, string shape)
    {
        var faults = new DiagnosticBag();
        if (EngineTable.Shipped.Of(Spec(recipe, shape), faults) is null || faults.HasErrors)
        {
            Assert.Contains("cannot be laid out", faults.All.Single().Message, StringComparison.Ordinal);
            return;
        }
        var sampler = Fit(recipe, shape);
        string[] whole = Draw(sampler, 0, Records);
        Assert.Equal(whole, Draw(sampler, 0, Records, threads: 3));
        foreach (var (start, count) in ((int, int)[])[(0, 1), (1, 255), (256, 300), (599, 1)])
            Assert.Equal(whole[start..(start + count)], Draw(sampler, start, count));
        Assert.NotEqual(whole, Draw(sampler, 0, Records, seed: 6));
        var saved = new MemoryStream();
        sampler.Save(saved);
        saved.Position = 0;
        var loaded = EngineTable.Shipped[recipe].Load(saved);
        Assert.Equal(sampler.Schema.Single.Columns, loaded.Schema.Single.Columns);
        Assert.Equal(EngineTable.Shipped[recipe].SchemaOf!(Spec(recipe, shape)).Columns, loaded.Schema.Single.Columns);
        Assert.Equal(whole, Draw(loaded, 0, Records));
    }

    [Theory, MemberData(nameof(Recipes))]
    public void Drawing_stops_within_a_second(string recipe)
    {
        var sampler = Fit(recipe, RecordShape.Plain);
        Assert.InRange(Checks.TimeToStop(stop =>
        {
            while (true) sampler.Sample(new ItemRange(0, Records), RunContext.Quiet(1, 2) with { Cancel = stop });
        }, after: TimeSpan.FromMilliseconds(200)), TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Theory, MemberData(nameof(Recipes))]
    public void A_damaged_model_is_refused(string recipe)
    {
        foreach (string model in (string[])["", "{", "{}", "[1]", """{"name":"a","records":5,"shape":"odd","options":{}}""",
            """{"name":"a","records":5,"shape":"plain","options":{"no such option":1}}"""])
            Assert.Throws<InvalidDataException>(() => EngineTable.Shipped[recipe].Load(new MemoryStream(
                System.Text.Encoding.UTF8.GetBytes(model))));
    }
}
