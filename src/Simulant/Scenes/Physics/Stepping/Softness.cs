namespace Simulant.Scenes.Physics.Stepping;

/// <summary>
/// A constraint as a damped spring that is stable at any stiffness (Catto, "Soft constraints", GDC 2011; as used with substeps in
/// "Solver2D",
/// 2024): how fast an error is taken back, and how much of the impulse is kept.
/// </summary>
internal readonly record struct Softness(double BiasRate, double MassScale, double ImpulseScale)
{
    public static Softness Rigid => new(0, 1, 0);

    /// <param name="hertz">Natural frequency of the spring, capped at 3/16 of the rate of substeps: above it stacks shiver.</param>
    /// <param name="h">Seconds of a substep.</param>
    public static Softness Of(double hertz, double ratio, double h)
    {
        double omega = 2 * Math.PI * Math.Min(hertz, 0.1875 / h), a1 = 2 * ratio + h * omega, a2 = h * omega * a1, a3 = 1 / (1 + a2);
        return new(omega / a1, a2 * a3, a3);
    }
}
