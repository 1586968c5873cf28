using Simulant.Scenes.Worlds;
using Simulant.Scenes.Worlds.Drawing;
using Simulant.Specs;
using Xunit;

namespace Simulant.Tests.Scenes.Worlds;

public class VaryReaderTests
{
    private static readonly IWorld Street = WorldTable.All.Single(w => w.Name == "street");

    private static (IReadOnlyDictionary<string, Law> Laws, DiagnosticBag Faults) Read(string yaml)
    {
        var faults = new DiagnosticBag();
        return (VaryReader.Read((SpecMap?)YamlNodes.Read(yaml, "vary.yaml", faults), Street, faults), faults);
    }

    [Theory]
    [InlineData("haze: 3", "haze", "3")]
    [InlineData("weather: rain", "weather", "{ choice: { clear: 0, overcast: 0, rain: 1, fog: 0, snow: 0 } }")]
    [InlineData("people: 4", "people", "{ integers: [4, 4] }")]
    [InlineData("people: { integers: [1, 9] }", "people", "{ integers: [1, 9] }")]
    [InlineData("people: { uniform: [1, 9] }", "people", "{ integers: [1, 9] }")]
    [InlineData("wear: { uniform: [0, 1] }", "wear", "{ uniform: [0, 1] }")]
    [InlineData("fall: { log_uniform: [1, 9] }", "fall", "{ log_uniform: [1, 9] }")]
    [InlineData("view: { normal: [60, 5] }", "view", "{ normal: [60, 5] }")]
    [InlineData("hour: { choice: { day: 1, night: 3 } }", "hour", "{ choice: { day: 1, dusk: 0, night: 3 } }")]
    public void Each_distribution_is_read_and_written_as_it_was_meant(string yaml, string name, string told)
    {
        var (laws, faults) = Read(yaml);
        Assert.Empty(faults.All);
        Assert.Equal(told, laws[name].Distribution.Text);
        var again = new DiagnosticBag();
        var stored = VaryReader.Read((SpecMap?)JsonNodes.Read(VaryReader.Write(laws).ToJsonString(), "m", again), Street, again);
        Assert.Empty(again.All);
        double At(Law law, double u) => law.Distribution.At(u);
        Assert.All([0, 0.2, 0.5, 0.99], u => Assert.Equal(At(laws[name], u), At(stored[name], u)));
    }

    [Fact]
    public void What_follows_is_kept_with_its_lead()
    {
        var (laws, faults) = Read("haze: { uniform: [2, 8], follows: wear, by: -0.5 }");
        Assert.Empty(faults.All);
        Assert.Equal(("wear", -0.5), (laws["haze"].Follows, laws["haze"].By));
        var again = new DiagnosticBag();
        var stored = VaryReader.Read((SpecMap?)JsonNodes.Read(VaryReader.Write(laws).ToJsonString(), "m", again), Street, again);
        Assert.Equal(laws["haze"], stored["haze"]);
    }

    [Theory]
    [InlineData("hase: 3", "did you mean 'haze'?")]
    [InlineData("haze: [1, 2]", "a value or a map of one distribution")]
    [InlineData("haze: thick", "is a number")]
    [InlineData("haze: 99", "lies within 1.7 to 10")]
    [InlineData("haze: { uniform: [5, 2] }", "from the lower to the higher")]
    [InlineData("haze: { uniform: [2, 99] }", "lies within")]
    [InlineData("haze: { uniform: 2 }", "is two numbers")]
    [InlineData("haze: { choice: { a: 1 } }", "is a number; write one of")]
    [InlineData("fall: { log_uniform: [0, 2] }", "both above 0")]
    [InlineData("haze: { uniform: [2, 3], normal: [2, 3] }", "two distributions")]
    [InlineData("haze: { unifrom: [2, 3] }", "did you mean 'uniform'?")]
    [InlineData("haze: { normal: [2, 0] }", "a deviation above 0")]
    [InlineData("haze: { normal: [900, 1] }", "a mean near")]
    [InlineData("people: 1.5", "is a whole number")]
    [InlineData("people: { log_uniform: [1, 2] }", "is a whole number")]
    [InlineData("people: { normal: [1, 2] }", "is a whole number")]
    [InlineData("wear: { integers: [0.1, 0.5] }", "from one whole number to another")]
    [InlineData("weather: hail", "unknown weather 'hail'")]
    [InlineData("weather: { uniform: [0, 1] }", "write 'choice' with a weight")]
    [InlineData("weather: { choice: [clear] }", "is a map from level to weight")]
    [InlineData("weather: { choice: { hail: 1 } }", "unknown weather 'hail'")]
    [InlineData("weather: { choice: { rain: -1 } }", "a number from 0 on")]
    [InlineData("weather: { choice: { rain: 0 } }", "no weight above 0")]
    [InlineData("haze: { follows: nothing, by: 0.5 }", "names another parameter")]
    [InlineData("haze: { follows: haze, by: 0.5 }", "names another parameter")]
    [InlineData("haze: { follows: wear, by: 2 }", "from -1 to 1")]
    [InlineData("haze: { follows: wear }", "from -1 to 1")]
    [InlineData("haze: { follows: wear, by: 0.1 }\nwear: { follows: haze, by: 0.1 }", "follows it in turn")]
    public void A_fault_is_told_with_its_remedy(string yaml, string told)
    {
        var (_, faults) = Read(yaml);
        Assert.Contains(faults.All, f => f.Severity == Severity.Error && f.Message.Contains(told, StringComparison.Ordinal));
        Assert.All(faults.All, f => Assert.True(f.At.Line > 0));
    }
}
