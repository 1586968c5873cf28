using System.Numerics;

namespace Simulant.Scenes.Physics;

/// <summary>How finely and how stiffly a world is stepped. The defaults suit things of centimetres to metres.</summary>
public sealed record StepOptions
{
    /// <summary>Parts that each step is cut into, 1 to 64. Twice as many cost twice the time of solving, not of collision.</summary>
    public int Substeps { get; init; } = 16;

    /// <summary>Overlap that is left alone, in metres, so that contacts at rest persist.</summary>
    public double Slop { get; init; } = 1e-4;

    /// <summary>Natural frequency of a contact's spring in hertz; never more than 3/16 of the substeps' rate.</summary>
    public double ContactHertz { get; init; } = 45;

    /// <summary>Damping ratio of that spring: above 1 it creeps out of an overlap and does not bounce.</summary>
    public double ContactDamping { get; init; } = 10;

    /// <summary>No overlap is pushed out faster than this, in metres a second.</summary>
    public double PushOut { get; init; } = 3;

    /// <summary>Bodies that meet more slowly than this do not bounce, in metres a second.</summary>
    public double BounceFrom { get; init; } = 0.3;

    /// <summary>Natural frequency of a joint's spring in hertz; never more than 3/16 of the substeps' rate.</summary>
    public double JointHertz { get; init; } = 120;

    /// <summary>Damping ratio of a joint's spring.</summary>
    public double JointDamping { get; init; } = 2;

    /// <summary>Contacts are foreseen at least this far, in metres, and as far as the bodies may come nearer within the step.</summary>
    public double Foresight { get; init; } = 0.005;

    /// <summary>A body no point of which moves further than this, in metres, within the time below keeps its place.</summary>
    public double SleepDrift { get; init; } = 0.005;

    /// <summary>Seconds that everything in touch must keep its place before it sleeps; infinite for never.</summary>
    public double SleepAfter { get; init; } = 0.5;

    internal string? Fault() =>
        Substeps is < 1 or > 64 ? $"{Substeps} substeps are not 1 to 64"
        : !(Slop is >= 0 and <= 1 && Foresight is > 0 and <= 10) ? $"slop {Slop} m and foresight {Foresight} m are not within 0 to 1 and 10"
        : !(ContactHertz is > 0 and <= 1e4 && ContactDamping is > 0 and <= 1e3) ? "contacts are of 0 to 10,000 hertz and damping 0 to 1,000"
        : !(JointHertz is > 0 and <= 1e4 && JointDamping is > 0 and <= 1e3) ? "joints are of 0 to 10,000 hertz and damping 0 to 1,000"
        : !(PushOut > 0 && BounceFrom >= 0 && SleepDrift >= 0 && SleepAfter >= 0)
            ? "speeds and times of stepping are 0 or more, and pushing out above 0" : null;
}

/// <summary>Everything that a simulation starts from: metres, kilograms, seconds, radians, y up. Immutable.</summary>
/// <param name="Gravity">Metres a second squared; where not given, 9.81 downwards.</param>
public sealed record WorldSpec(IReadOnlyList<RigidBody> Bodies, Vector3? Gravity = null, StepOptions? Options = null)
{
    public IReadOnlyList<Joint> Joints { get; init; } = [];

    public const int MostBodies = 1 << 20;

    internal StepOptions Stepping => Options ?? new();

    internal Vector3 Pull => Gravity ?? new(0, -9.81f, 0);

    /// <summary>Every fault, each with the body or joint it belongs to; empty where the world can be stepped.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (Stepping.Fault() is { } fault) faults.Add(fault);
        if (Bodies.Count > MostBodies) faults.Add($"{Bodies.Count} bodies; at most {MostBodies}");
        if (!(Vector3.Abs(Pull).Length() <= 1e4f)) faults.Add($"gravity {Pull} is not within 10,000 m/s2");
        for (int i = 0; i < Bodies.Count; i++)
            foreach (string of in Bodies[i].Faults()) faults.Add($"body {i + 1} ({Bodies[i].Name}): {of}");
        for (int j = 0; j < Joints.Count; j++)
            foreach (string of in Joints[j].Faults(Bodies.Count, i => Bodies[i].Kind == BodyKind.Dynamic))
                faults.Add($"joint {j + 1}: {of}");
        return faults;
    }
}
