
using Simulant.Scenes.Physics;
using Xunit;
namespace Simulant.Tests.Scenes.Physics;
public class ZDebug
{
    [Fact]
    public void Show()
    {
        var o = new System.Text.StringBuilder();
            var world = new PhysicsWorld(DropTests.Bin(1000), Worlds.Run(1));
            for (int t = 0; t < 12 && !world.AtRest; t++) {
                var w = System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime;
                Worlds.Steps(world, .5);
                double el = (System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime - w).TotalSeconds;
                var a = Enumerable.Range(5, 1000).Select(i => world.VelocityOf(i).Length + .1 * world.SpinOf(i).Length).Order().ToList();
                o.AppendLine($"{world.Time:f1} {el:f2}s  speeds {a[500]:g3} {a[900]:g3} {a[990]:g3} {a[999]:g3}");
            }
                var d = OverlapAudit.Deepest(world, Worlds.Run(1));
        throw new Exception("\n" + o + d);
    }
}
