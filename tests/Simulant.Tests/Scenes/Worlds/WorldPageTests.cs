using Simulant.Runs;
using Simulant.Scenes.Worlds;
using Simulant.Tests.Specs;
using Xunit;

namespace Simulant.Tests.Scenes.Worlds;

public class WorldPageTests
{
    private static string Page => File.ReadAllText(Repository.PathOf("docs/guide/worlds.md"));

    [Fact]
    public void The_options_of_worlds_stand_on_their_page()
    {
        // All worlds declare the same.
        var options = EngineTable.Shipped.WorldOptions;
        Assert.Single(options.Select(o => GuideTables.Table(o.Section)).Distinct());
        Assert.Contains(GuideTables.Table(options[0].Section), Page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_parameters_of_each_world_stand_on_their_page()
    {
        foreach (var world in WorldTable.All) Assert.Contains(WorldPage.Parameters(world), Page, StringComparison.Ordinal);
    }
}
