using Simulant.Numerics.Physics;

namespace Simulant.Scenes.Physics.Identifying;

/// <summary>What of a body may be unknown.</summary>
public enum ProbeProperty
{
    /// <summary>Kilograms.</summary>
    Mass,

    /// <summary>Coulomb's coefficient against the ground.</summary>
    Friction,

    /// <summary>Against the ground, and between balls, of which the larger holds.</summary>
    Restitution,
}

/// <summary>A body of an experiment: a ball, or where <paramref name="Block"/>, something that slides and never turns.</summary>
/// <param name="Radius">Metres; of a block, its centre's height above its underside.</param>
/// <param name="Place">Of the centre; the ground is y = 0.</param>
public sealed record Probe(double Radius, Vec3 Place, Vec3 Velocity, Vec3 Spin = default, bool Block = false)
{
    public double Mass { get; init; } = 1;

    public double Friction { get; init; } = 0.5;

    public double Restitution { get; init; }
}

/// <summary>A known force on a body's centre, from a time to a later one.</summary>
public readonly record struct Push(int Body, double From, double To, Vec3 Force);

/// <summary>A property of a body, as an unknown.</summary>
public readonly record struct Unknown(int Body, ProbeProperty Property);

/// <summary>
/// Few bodies on level ground, under gravity of any direction (a slope is tilted gravity) and known forces; watched at known times. Balls
/// meet one another without friction; blocks meet only the ground.
/// </summary>
/// <param name="Gravity">Metres a second squared; where not given, 9.81 downwards.</param>
/// <param name="Times">When places are watched, in seconds, increasing from above 0.</param>
public sealed record Experiment(IReadOnlyList<Probe> Probes, IReadOnlyList<double> Times, Vec3? Gravity = null,
    IReadOnlyList<Push>? Pushes = null)
{
    public Vec3 Pull => Gravity ?? new(0, -9.81, 0);

    /// <summary>Bodies that meet the ground more slowly than this do not bounce, in metres a second.</summary>
    public double BounceFrom { get; init; } = 0.3;

    /// <summary>Every fault; empty where the experiment can be run.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (Probes.Count is < 1 or > 64) faults.Add($"{Probes.Count} bodies are not 1 to 64");
        for (int i = 0; i < Probes.Count; i++)
        {
            var p = Probes[i];
            if (!(p.Radius is > 0 and <= 1e5) || !p.Place.IsFinite || !p.Velocity.IsFinite || !p.Spin.IsFinite)
                faults.Add($"body {i + 1}: its radius, place, velocity or spin is not finite, or its radius not above 0");
            else if (p.Place.Y < p.Radius - 1e-9) faults.Add($"body {i + 1}: starts {p.Radius - p.Place.Y} m below the ground");
            if (!(p.Mass is > 0 and <= 1e12 && p.Friction is >= 0 and <= 100 && p.Restitution is >= 0 and <= 1))
                faults.Add($"body {i + 1}: mass above 0, friction 0 to 100, restitution 0 to 1, not {p.Mass}, {p.Friction}, {p.Restitution}");
        }
        if (Times.Count == 0) faults.Add("no times to watch at");
        for (int t = 0; t < Times.Count; t++)
            if (!(Times[t] > (t == 0 ? 0 : Times[t - 1]) && Times[t] <= 1e4)) faults.Add($"time {t + 1} of {Times[t]} s is not later");
        if (!Pull.IsFinite) faults.Add("gravity is not finite");
        foreach (var push in Pushes ?? [])
            if ((uint)push.Body >= (uint)Probes.Count || !push.Force.IsFinite || !(push.From >= 0 && push.To > push.From && push.To <= 1e4))
                faults.Add($"{push} is not a force on a body from one time to a later");
        return faults;
    }

    /// <summary>Places at each time, body after body, without slopes.</summary>
    public Vec3[] Run() => [.. Run([], []).Select(p => p.Value)];

    /// <summary>Places at each time, body after body, with their slopes by the unknowns, which have the given values.</summary>
    /// <exception cref="ArgumentException">The experiment has faults, or there are more unknowns than <see cref="Dual.Most"/>.</exception>
    public Dual3[] Run(IReadOnlyList<Unknown> unknowns, IReadOnlyList<double> values)
    {
        if (Faults() is { Count: > 0 } faults) throw new ArgumentException(string.Join("; ", faults));
        if (unknowns.Count > Dual.Most || unknowns.Count != values.Count || unknowns.Any(u => (uint)u.Body >= (uint)Probes.Count))
            throw new ArgumentException($"{unknowns.Count} unknowns of {values.Count} values are not 0 to {Dual.Most} of the bodies'");
        return new ExperimentRun(this, unknowns, values).Places();
    }
}
