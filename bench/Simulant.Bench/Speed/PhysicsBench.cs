using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Physics;
using Simulant.Numerics.Random;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Physics;
using Simulant.Scenes.Physics.Identifying;

namespace Simulant.Bench.Speed;

/// <summary>Rigid bodies: what they keep, how still they stand, how deep they overlap, and how fast they are stepped.</summary>
internal static class PhysicsBench
{
    private const double Frame = 1.0 / 60;

    public static readonly Benchmark Benchmark = new("physics", "rigid bodies: stack, pile, drift, slopes; steps a second", Run);

    private static void Run(BenchContext context)
    {
        Stack(context);
        Drift(context);
        Slopes(context);
        Pile(context);
    }

    private static RigidBody Floor() => new("floor", new PlaneCollider(), Pose.Identity) { Kind = BodyKind.Static };

    private static void Steps(PhysicsWorld world, double seconds)
    {
        for (double end = world.Time + seconds - Frame / 2; world.Time < end;) world.Step(Frame);
    }

    private static void Stack(BenchContext context)
    {
        int boxes = context.Tiny ? 3 : 10;
        double seconds = context.Tiny ? 8 : 60, from = seconds / 3;
        WorldSpec spec = new([Floor(), .. Enumerable.Range(0, boxes).Select(i =>
            new RigidBody("box", new BoxCollider(new(.5f)), Pose.At(new(.01f * (i % 2), .25f + i * .501f, 0))))], null,
            new() { SleepAfter = double.PositiveInfinity });
        var world = new PhysicsWorld(spec, RunContext.Quiet(1, 1));
        Steps(world, from);
        Vec3[] settled = [.. Enumerable.Range(1, boxes).Select(world.CentreOf)];
        Steps(world, seconds - from);
        double moved = Enumerable.Range(1, boxes).Max(i => (world.CentreOf(i) - settled[i - 1]).Length);
        double gap = OverlapAudit.Deepest(world, RunContext.Quiet(1, 1)).Gap;
        context.Check(moved < (context.Tiny ? 1e-3 : 1e-5) && gap > -1e-3, "a stack stands still without sleeping");
        context.Figure($"stack of {boxes}, moved from {from:0} to {seconds:0} s", moved * 1e6, "micrometres");
        context.Figure("stack, deepest overlap", -gap * 1e3, "mm");
        double cpu = context.CpuSeconds(() => Steps(world, context.Tiny ? .2 : 10), 3);
        context.Figure("stack, a step", cpu / (context.Tiny ? 12 : 600) * 1e3, "CPU ms");
    }

    private static void Drift(BenchContext context)
    {
        RunContext one = RunContext.Quiet(1, 1);
        double seconds = context.Tiny ? 1 : 10;
        var tumbling = new RigidBody("t", new BoxCollider(new(.3f, .2f, .1f)), Pose.At(new(0, 900, 0))) { Spin = new(0, 8, .01f) };
        var free = new PhysicsWorld(new([tumbling], default(Vector3)), one);
        var (energy, angular) = (free.KineticEnergy(), free.AngularMomentum());
        Steps(free, seconds);
        double spin = Math.Abs(free.KineticEnergy() / energy - 1), turned = (free.AngularMomentum() - angular).Length / angular.Length;
        context.Check(spin < 1e-3 && turned < 1e-9, "a free body keeps energy and angular momentum");
        context.Figure($"tumbling {seconds:0} s, energy drift", spin * 1e6, "parts a million");
        context.Figure($"tumbling {seconds:0} s, angular momentum", turned * 1e12, "parts in 1e12");
        var falling = new PhysicsWorld(new([tumbling with { Velocity = new(1, 2, 3) }]), one);
        double before = falling.KineticEnergy() + falling.PotentialEnergy();
        Steps(falling, seconds);
        double fell = Math.Abs((falling.KineticEnergy() + falling.PotentialEnergy()) / before - 1);
        context.Check(fell < 1e-2, "a falling body keeps its energy");
        context.Figure($"falling {seconds:0} s, energy drift", fell * 1e6, "parts a million");
        var ball = new RigidBody("b", new SphereCollider(.05f), Pose.At(new(0, 1.05f, 0))) { Surface = new(.5f, 1) };
        var bouncing = new PhysicsWorld(new([Floor(), ball]), one);
        double height = bouncing.PotentialEnergy() - bouncing.MassOf(1) * 9.81f * .05;
        Steps(bouncing, seconds);
        double bounced = (bouncing.KineticEnergy() + bouncing.PotentialEnergy() - bouncing.MassOf(1) * 9.81f * .05) / height - 1;
        context.Check(Math.Abs(bounced) < .1, "an elastic bounce keeps its energy");
        context.Figure($"elastic bouncing {seconds:0} s, energy drift", bounced * 100, "%");
    }

    private static void Slopes(BenchContext context)
    {
        var experiment = new Experiment([new(.1, new(0, 1.1, 0), new(2, 0, .5), new(0, 5, 30))],
            [.. Enumerable.Range(1, 40).Select(i => i * .05)]);
        Unknown[] unknowns = [new(0, ProbeProperty.Friction), new(0, ProbeProperty.Restitution)];
        double[] planted = [.15, .7];
        var run = experiment.Run(unknowns, planted);
        double worst = 0;
        for (int k = 0; k < 2; k++)
        {
            double step = 1e-6 * planted[k];
            Dual3[] At(double value) => experiment.Run(unknowns, k == 0 ? [value, planted[1]] : [planted[0], value]);
            Dual3[] high = At(planted[k] + step), low = At(planted[k] - step);
            for (int p = 0; p < run.Length; p++)
                foreach (var (x, h, l) in (IEnumerable<(Dual, Dual, Dual)>)
                    [(run[p].X, high[p].X, low[p].X), (run[p].Y, high[p].Y, low[p].Y)])
                {
                    double difference = (h.Value - l.Value) / (2 * step);
                    worst = Math.Max(worst, Math.Abs(x.Slope(k) - difference) / Math.Max(.01, Math.Abs(difference)));
                }
        }
        context.Check(worst < 1e-3, "slopes are those of finite differences");
        context.Figure("slopes beside finite differences", worst * 1e6, "parts a million");
        Vec3[] places = [.. run.Select(p => p.Value)];
        var found = Identification.Find(experiment, unknowns, places, [.25, .55]);
        double off = Enumerable.Range(0, 2).Max(k => Math.Abs(found.Values[k] / planted[k] - 1));
        context.Check(off < 1e-4, "planted properties are found again");
        context.Figure("friction and restitution found, off by", off * 1e6, "parts a million");
    }

    private static void Pile(BenchContext context)
    {
        int count = context.Tiny ? 12 : context.Option("bodies", 1000), threads = context.Option("threads", 2);
        var spec = PileOf(count);
        var world = new PhysicsWorld(spec, RunContext.Quiet(1, threads));
        double start = Cpu(), busiest = 0;
        int steps = 0;
        for (; !world.AtRest && world.Time < 30; steps++)
        {
            double before = Cpu();
            world.Step(Frame);
            if (steps > 5) busiest = Math.Max(busiest, Cpu() - before);
            if (steps != 30) continue;
            var alone = new PhysicsWorld(spec, RunContext.Quiet(1, 1));
            for (int k = 0; k <= steps; k++) alone.Step(Frame);
            context.Check(alone.StateHash() == world.StateHash(), "states on any number of threads");
            start += Cpu() - before;
        }
        double all = Cpu() - start, gap = OverlapAudit.Deepest(world, RunContext.Quiet(1, threads)).Gap;
        context.Check(world.AtRest, "a pile comes to rest");
        context.Check(gap > -1e-3, "bodies at rest overlap by less than a millimetre");
        context.Figure($"{count} bodies dropped, at rest after", world.Time, "s of their time");
        context.Figure("pile, deepest overlap of any pair", -gap * 1e3, "mm");
        context.Figure("pile, a step, mean", all / steps * 1e3, "CPU ms");
        context.Figure("pile, a step, most", busiest * 1e3, "CPU ms");
        context.Result(System.Text.Encoding.ASCII.GetBytes(world.StateHash()));
    }

    /// <summary>Things to be dropped into a place about as wide as they will lie high.</summary>
    internal static WorldSpec PileOf(int count)
    {
        int side = (int)Math.Ceiling(Math.Cbrt(count));
        return Placing.World([.. Enumerable.Range(0, count).Select(Thing)], new DropPlace(.22f * side, .22f * side), 7);
    }

    private static double Cpu()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }

    // Balls, boxes, capsules and hulls of 5 to 10 cm in turn.
    private static RigidBody Thing(int i)
    {
        var draws = new RandomStream(9, "things");
        float U(int slot) => .05f + .05f * (float)draws.Uniform(i, slot);
        Collider collider = (i % 4) switch
        {
            0 => new SphereCollider(U(4)),
            1 => new BoxCollider(new Vector3(U(4), U(5), U(6)) * 1.1f),
            2 => new CapsuleCollider(U(4) / 2, U(4) + U(5)),
            _ => new HullCollider(Enumerable.Range(0, 14).Select(k =>
                U(4) * Vector3.Normalize(new((float)draws.Normal(i, 7, k), (float)draws.Normal(i, 8, k), (float)draws.Normal(i, 9, k))))),
        };
        return new($"thing {i}", collider, Pose.Identity) { Surface = new(.5f, 0, .02f) };
    }
}
