using System.Numerics;
using Simulant.Numerics.Physics;
using Simulant.Numerics.Random;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Physics;
using Simulant.Scenes.Physics.Identifying;
using Xunit;

namespace Simulant.Tests.Scenes.Physics.Identifying;

public class IdentificationTests
{
    private static readonly double[] Times = [.. Enumerable.Range(1, 40).Select(i => i * .05)];

    private static readonly Dictionary<string, (Experiment Experiment, Unknown[] Unknowns, double[] Planted)> Cases = new()
    {
        ["block slides out"] = (new([new(.1, new(0, .1, 0), new(3, 0, 1), default, true)], Times), [new(0, ProbeProperty.Friction)], [.35]),
        ["block on a slope"] = (new([new(.1, new(0, .1, 0), new(0, 0, 2), default, true)], Times, new Vec3(4, -8.5, 0)),
            [new(0, ProbeProperty.Friction)], [.3]),
        ["ball bounces with spin"] = (new([new(.1, new(0, 1.1, 0), new(2, 0, .5), new(0, 5, 30))], Times),
            [new(0, ProbeProperty.Friction), new(0, ProbeProperty.Restitution)], [.15, .7]),
        ["block is pushed"] = (new([new(.1, new(0, .1, 0), default, default, true)], Times, null, [new(0, .2, .9, new(12, 0, 3))]),
            [new(0, ProbeProperty.Mass), new(0, ProbeProperty.Friction)], [1.7, .4]),
        ["flying block is pushed"] = (new([new(.1, new(0, 2, 0), new(1, 0, 0), default, true)], Times, null,
            [new(0, .1, .5, new(2, 0, 1))]),
            [new(0, ProbeProperty.Mass), new(0, ProbeProperty.Friction), new(0, ProbeProperty.Restitution)], [.8, .2, .5]),
        ["balls meet"] = (new([new(.1, new(0, .1, 0), new(3, 0, 0), new(0, 0, -30)), new(.12, new(1, .12, .05), default)], Times),
            [new(0, ProbeProperty.Mass), new(0, ProbeProperty.Friction), new(1, ProbeProperty.Restitution)], [2.5, .2, .6]),
        ["balls meet in the air"] = (new([new(.1, new(0, 1.5, 0), new(3, 2, 0)), new(.1, new(1.5, 1.6, .02), new(-1, 2, 0), new(0, 0, 20))],
            Times),
            [new(0, ProbeProperty.Mass), new(0, ProbeProperty.Restitution), new(1, ProbeProperty.Friction)], [.6, .8, .05]),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Slopes_are_those_of_finite_differences(string name)
    {
        var (experiment, unknowns, planted) = Cases[name];
        var run = experiment.Run(unknowns, planted);
        for (int k = 0; k < planted.Length; k++)
        {
            Dual3[] At(double value) => experiment.Run(unknowns, [.. planted.Select((p, i) => i == k ? value : p)]);
            double step = 1e-6 * planted[k], largest = 0, worst = 0;
            Dual3[] high = At(planted[k] + step), low = At(planted[k] - step);
            for (int p = 0; p < run.Length; p++)
                for (int axis = 0; axis < 3; axis++)
                {
                    double difference = (high[p].Value[axis] - low[p].Value[axis]) / (2 * step);
                    double slope = (axis == 0 ? run[p].X : axis == 1 ? run[p].Y : run[p].Z).Slope(k);
                    largest = Math.Max(largest, Math.Abs(difference));
                    worst = Math.Max(worst, Math.Abs(slope - difference) / Math.Max(Math.Abs(difference), 1e-2));
                }
            Assert.True(largest > .01, $"{name}: nothing depends on unknown {k}");
            Assert.True(worst < 1e-3, $"{name}: unknown {k} is off by {worst}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Planted_properties_are_found_again(string name)
    {
        var (experiment, unknowns, planted) = Cases[name];
        Vec3[] places = [.. experiment.Run(unknowns, planted).Select(p => p.Value)];
        double[] start =
            [.. unknowns.Select(u => u.Property == ProbeProperty.Mass ? 1.2 : u.Property == ProbeProperty.Friction ? .25 : .55)];
        var found = Identification.Find(experiment, unknowns, places, start);
        for (int k = 0; k < planted.Length; k++) Assert.Equal(1, found.Values[k] / planted[k], 1e-4);
        Assert.InRange(found.Residual, 0, 1e-6);
    }

    [Fact]
    public void With_noise_the_truth_lies_within_what_is_stated()
    {
        var (experiment, unknowns, planted) = Cases["block is pushed"];
        var noise = new RandomStream(4, "noise");
        Vec3[] places = [.. experiment.Run(unknowns, planted).Select((p, i) =>
            p.Value + new Vec3(noise.Normal(i, 0), noise.Normal(i, 1), noise.Normal(i, 2)) * .002)];
        var found = Identification.Find(experiment, unknowns, places, [1, .3]);
        Assert.Equal(.002, found.Residual, 3e-4);
        for (int k = 0; k < planted.Length; k++)
        {
            Assert.InRange(Math.Abs(found.Values[k] - planted[k]) / found.Deviations[k], 0, 4);
            Assert.InRange(found.Deviations[k] / planted[k], 1e-5, .05);
        }
    }

    [Fact]
    public void Properties_of_a_world_are_found_from_what_it_recorded()
    {
        // Two other implementations: the world steps contacts, the experiment runs from event to event.
        const float Friction = .05f, Restitution = .6f;
        var ball = Worlds.Sphere(.1f, new(0, 1.1f, 0)) with { Velocity = new(2, 0, 0), Surface = new(Friction, Restitution) };
        var world = new PhysicsWorld(new([Worlds.Floor(Friction), ball]), Worlds.Run());
        var places = new List<Vec3>();
        var times = new List<double>();
        for (int step = 0; step < 90; step++)
        {
            world.Step(1.0 / 60);
            places.Add(world.CentreOf(1));
            times.Add(world.Time);
        }
        var experiment = new Experiment([new(.1, new(0, 1.1, 0), new(2, 0, 0))], times);
        var found = Identification.Find(experiment, [new(0, ProbeProperty.Friction), new(0, ProbeProperty.Restitution)], places, [.4, .4]);
        Assert.Equal(1, found.Values[0] / Friction, .06);
        Assert.Equal(1, found.Values[1] / Restitution, .03);
        Assert.InRange(found.Residual, 0, .01);
    }

    [Fact]
    public void Motion_is_that_of_closed_forms()
    {
        // A block of speed 3 and friction .35 stops after v^2 / (2 mu g).
        var (experiment, unknowns, _) = Cases["block slides out"];
        var run = experiment.Run(unknowns, [.35]);
        Assert.Equal(10 / (2 * .35 * 9.81), Math.Sqrt(run[^1].X.Value * run[^1].X.Value + run[^1].Z.Value * run[^1].Z.Value), 1e-9);
        // d(distance)/d(mu) = -distance / mu.
        double slope = run[^1].X.Slope(0) * run[^1].X.Value + run[^1].Z.Slope(0) * run[^1].Z.Value, length = 10 / (2 * .35 * 9.81);
        Assert.Equal(-length / .35, slope / length, 1e-9);
        // A sliding ball that had no spin rolls at 5/7 of its speed.
        var ball = new Experiment([new(.1, new(0, .1, 0), new(2, 0, 0))], [2, 2.5]).Run();
        Assert.Equal(2 * 5.0 / 7, (ball[1].X - ball[0].X) / .5, 1e-9);
        // A ball's third flight after falls from a metre with e = .8 rises to e^6.
        var top = Math.Sqrt(2 / 9.81) * (1 + 2 * .8 + 2 * .64 + .512);
        var bounce = new Experiment([new(.1, new(0, 1.1, 0), default) { Restitution = .8 }], [top]).Run();
        Assert.Equal(.1 + Math.Pow(.8, 6), bounce[0].Y, 1e-9);
    }

    [Fact]
    public void What_cannot_be_run_or_found_is_refused()
    {
        Probe good = new(.1, new(0, .1, 0), default);
        Experiment fine = new([good], [1]);
        Experiment[] bad =
        [
            new([], [1]), new([good], []), new([good], [0]), new([good], [1, 1]), new([good with { Radius = 0 }], [1]),
            new([good with { Place = default }], [1]), new([good with { Mass = 0 }], [1]), new([good with { Restitution = 2 }], [1]),
            new([good with { Velocity = new(double.NaN, 0, 0) }], [1]), new([good], [1], new Vec3(0, double.NaN, 0)),
            new([good], [1], null, [new(1, 0, 1, default)]), new([good], [1], null, [new(0, 1, 1, default)]),
        ];
        Assert.All(bad, e => Assert.Throws<ArgumentException>(() => e.Run()));
        Unknown mass = new(0, ProbeProperty.Mass);
        Assert.Throws<ArgumentException>(() => fine.Run([mass], []));
        Assert.Throws<ArgumentException>(() => fine.Run([new(1, ProbeProperty.Mass)], [1]));
        Assert.Throws<ArgumentException>(() => fine.Run([.. Enumerable.Repeat(mass, 9)], [.. Enumerable.Repeat(1.0, 9)]));
        Assert.Throws<ArgumentException>(() => Identification.Find(fine, [mass], [], [1]));
        Assert.Throws<ArgumentException>(() => Identification.Find(fine, [mass], [new(double.NaN, 0, 0)], [1]));
        Assert.Throws<ArgumentException>(() => Identification.Find(fine, [mass], [default], [0]));
        Assert.Throws<ArgumentException>(() => Identification.Find(fine, [new(0, ProbeProperty.Restitution)], [default], [1]));
        Assert.Throws<ArgumentException>(() => Identification.Find(fine, [], [default], []));
    }
}
