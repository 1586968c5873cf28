using Simulant.Scenes.Physics;
using Xunit;

namespace Simulant.Tests.Scenes.Physics;

public class StackTests
{
    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(.5)]
    public void Ten_boxes_stand_still_for_a_minute(double sleepAfter)
    {
        var world = new PhysicsWorld(Worlds.Stack(10, new() { SleepAfter = sleepAfter }), Worlds.Run());
        Worlds.Steps(world, 20);
        var settled = Enumerable.Range(1, 10).Select(world.CentreOf).ToList();
        Worlds.Steps(world, 40);
        double below = 0;
        for (int i = 1; i <= 10; i++)
        {
            Assert.InRange((world.CentreOf(i) - settled[i - 1]).Length, 0, double.IsFinite(sleepAfter) ? 0 : 1e-5);
            // Each box stands on the one below, and sinks no further in than half a millimetre.
            Assert.InRange(world.CentreOf(i).Y - below, (i == 1 ? .25 : .5) - 5e-4, (i == 1 ? .25 : .5) + 1e-5);
            below = world.CentreOf(i).Y;
        }
        Assert.Equal(double.IsFinite(sleepAfter), world.AtRest);
    }

    [Fact]
    public void A_sleeping_stack_wakes_as_a_whole_when_something_lands_on_it()
    {
        var spec = Worlds.Stack(4);
        var world = new PhysicsWorld(spec with { Bodies = [.. spec.Bodies, Worlds.Sphere(.2f, new(0, 40, 0))] }, Worlds.Run());
        Worlds.Steps(world, 2.4);
        Assert.All(Enumerable.Range(1, 4), i => Assert.True(world.IsAsleep(i)));
        Worlds.Steps(world, .5);
        Assert.True(world.CentreOf(5).Y < 4);
        Assert.All(Enumerable.Range(1, 4), i => Assert.False(world.IsAsleep(i)));
    }
}
