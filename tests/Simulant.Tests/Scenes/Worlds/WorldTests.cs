using Simulant.Data;
using Simulant.Scenes.Formats;
using Simulant.Scenes.Worlds;
using Simulant.Scenes.Worlds.Drawing;
using Simulant.Specs;
using Xunit;

namespace Simulant.Tests.Scenes.Worlds;

public class WorldTests
{
    public static TheoryData<string> Names => [.. WorldTable.All.Select(w => w.Name)];

    private static SceneSampler Sampler(string name, int frames, string more = "")
    {
        var world = WorldTable.All.Single(w => w.Name == name);
        var faults = new DiagnosticBag();
        var map = (SpecMap?)YamlNodes.Read($"{{ width: 80, height: 60, samples: 1, formats: [plain, coco]{more} }}", "o", faults);
        var values = SceneOptions.Declare(name).Read(map, faults);
        Assert.Empty(faults.All);
        return new SceneSampler(world, "set", values, new Dictionary<string, Law>(), frames);
    }

    private static (Table Rows, Dictionary<string, string> Files) Drawn(SceneSampler sampler, ItemRange range, int threads = 1)
    {
        var files = new Dictionary<string, string>();
        var rows = sampler.Sample(range, RunContext.Quiet(11, threads), file => files.Add(file.Path, Convert.ToHexString(file.Content)))
            .Single;
        return (rows, files);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Frames_are_without_a_fault_and_none_is_like_another(string name)
    {
        var (rows, files) = Drawn(Sampler(name, 6), new(0, 6));
        Assert.Equal(6, rows.RowCount);
        Assert.All(((NumericColumn)rows["label_faults"]).Values.ToArray(), faults => Assert.Equal(0, faults));
        Assert.Equal(6, ((CodedColumn)rows["content"]).Levels.Count);
        Assert.Equal(6, files.Where(f => f.Key.StartsWith("images/", StringComparison.Ordinal)).DistinctBy(f => f.Value).Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_frame_is_the_same_at_any_number_of_threads_and_division_and_after_the_model_is_stored(string name)
    {
        var sampler = Sampler(name, 4);
        var (rows, files) = Drawn(sampler, new(0, 4));
        foreach (int threads in new[] { 2, 8 })
        {
            var (_, again) = Drawn(sampler, new(0, 4), threads);
            Assert.Equal(files.OrderBy(f => f.Key), again.OrderBy(f => f.Key));
        }
        using var stored = new MemoryStream();
        sampler.Save(stored);
        stored.Position = 0;
        var loaded = SceneSampler.Load(sampler.World, SceneOptions.Declare(name), stored);
        var (last, lastFiles) = Drawn(loaded, new(3, 1));
        Assert.All(lastFiles, f => Assert.Equal(files[f.Key], f.Value));
        for (int c = 0; c < rows.Columns.Count; c++)
            Assert.Equal(ValueText.Format(rows.Columns[c], 3), ValueText.Format(last.Columns[c], 0));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_level_of_every_choice_can_be_built(string name)
    {
        var world = WorldTable.All.Single(w => w.Name == name);
        long item = 0;
        foreach (var parameter in world.Parameters.Where(p => p.Levels is not null))
            for (int level = 0; level < parameter.Levels!.Count; level++, item++)
            {
                var law = new Law(new Choice(parameter.Levels, [.. parameter.Levels.Select((_, i) => i == level ? 1.0 : 0)]));
                var draw = new ParameterDraw(world.Parameters, new Dictionary<string, Law> { [parameter.Name] = law }, 4, 1, even: false);
                var values = draw.At(item);
                Assert.Equal(parameter.Levels[level], values.Level(parameter.Name));
                var view = world.Build(new(values, new Dice(4, item), 64, 48, 0, 0.1));
                Assert.Empty(view.Scene.Faults(view.Camera));
                Assert.All(view.Scene.Actors, a => Assert.NotNull(world.Classes.Find(a.Class)));
            }
    }

    [Fact]
    public void A_sequence_shows_one_world_whose_things_go_on()
    {
        var sampler = Sampler("street", 6, ", sequence: 3, rate: 5");
        var notes = new List<FrameNotes>();
        var rows = sampler.Sample(new(0, 6), RunContext.Quiet(2), file =>
        {
            if (file.Path.StartsWith("labels/", StringComparison.Ordinal)) notes.Add(FrameNotes.Read(file.Content, file.Path));
        }).Single;
        Assert.Equal([0, 0, 0, 1, 1, 1], ((NumericColumn)rows["sequence"]).Values.ToArray());
        double[] speeds = ((NumericColumn)rows["speed"]).Values.ToArray();
        Assert.Equal((speeds[0], speeds[0], speeds[3]), (speeds[1], speeds[2], speeds[5]));
        Assert.NotEqual(speeds[0], speeds[3]);
        Assert.Equal(notes[0].Actors.Count, notes[2].Actors.Count);
        // The camera drives on by speed times the time between frames.
        float driven = notes[0].Camera.ToWorld.Translation.Z - notes[1].Camera.ToWorld.Translation.Z;
        Assert.Equal(speeds[0] / 5, driven, 1e-3);
    }

    [Fact]
    public void A_heap_that_falls_can_be_stopped()
    {
        var world = WorldTable.All.Single(w => w.Name == "warehouse");
        var laws = new Dictionary<string, Law> { ["heap"] = new(new Fixed(40)) };
        var values = new ParameterDraw(world.Parameters, laws, 1, 1, even: false).At(0);
        var occasion = new Occasion(values, new Dice(1, 0), 64, 48, 0, 0.1) { Cancel = new CancellationToken(canceled: true) };
        Assert.ThrowsAny<OperationCanceledException>(() => world.Build(occasion));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"name":"x","frames":0,"options":{},"vary":{}}""")]
    [InlineData("""{"name":"x","frames":3,"options":{"width":-1},"vary":{}}""")]
    [InlineData("""{"name":"x","frames":3,"options":{"formats":"tiff"},"vary":{}}""")]
    [InlineData("""{"name":"x","frames":3,"options":{},"vary":{"haze":5}}""")]
    public void A_damaged_model_is_refused(string stored)
    {
        var world = WorldTable.All[0];
        Assert.Throws<InvalidDataException>(() => SceneSampler.Load(world, SceneOptions.Declare(world.Name),
            new MemoryStream(System.Text.Encoding.UTF8.GetBytes(stored))));
    }
}
