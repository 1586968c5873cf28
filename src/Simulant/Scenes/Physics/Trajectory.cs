using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;

namespace Simulant.Scenes.Physics;

/// <summary>Where every body of a world was, moment after moment, at equal times apart.</summary>
public sealed class Trajectory
{
    private readonly Pose[][] _poses;

    private Trajectory(Pose[][] poses, double apart) => (_poses, Apart) = (poses, apart);

    /// <summary>Seconds from one moment to the next.</summary>
    public double Apart { get; }

    /// <summary>How many moments there are; the first is the world as it was given.</summary>
    public int Moments => _poses.Length;

    /// <summary>Steps a world and keeps its poses.</summary>
    /// <param name="moments">1 to 1,000,000.</param>
    /// <param name="apart">Seconds between moments: a frame of a film.</param>
    /// <param name="steps">Steps between moments, 1 to 1,000.</param>
    public static Trajectory Record(PhysicsWorld world, int moments, double apart = 1.0 / 30, int steps = 2)
    {
        if (moments is < 1 or > 1_000_000 || steps is < 1 or > 1000 || !(apart > 0 && apart / steps <= 1))
            throw new ArgumentException($"{moments} moments of {steps} steps in {apart} s are not 1 to 1,000,000 of 1 to 1,000");
        var poses = new Pose[moments][];
        for (int m = 0; m < moments; m++)
        {
            for (int s = 0; m > 0 && s < steps; s++) world.Step(apart / steps);
            poses[m] = [.. Enumerable.Range(0, world.Count).Select(world.PoseOf)];
        }
        return new(poses, apart);
    }

    public Pose At(int moment, int body) => _poses[moment][body];

    /// <summary>
    /// A body's motion at a moment, for actors of scenes, so that flow and motion blur follow from the physics. At the ends the missing
    /// moment is the present one.
    /// </summary>
    public Motion MotionAt(int moment, int body) =>
        new(At(Math.Max(0, moment - 1), body), At(moment, body), At(Math.Min(Moments - 1, moment + 1), body));
}
