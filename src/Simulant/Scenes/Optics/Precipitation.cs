using System.Numerics;

namespace Simulant.Scenes.Optics;

public enum Falling
{
    Rain,
    Snow,
}

/// <summary>
/// Rain or snow between lens and scene. Drops and flakes live in the world: they fill a cube about the camera that repeats itself, fall and
/// drift with time, and a picture shows the stroke of each while the shutter is open. Sizes of drops after Marshall and Palmer (J.
/// Meteorology 5, 1948), their speed after Atlas et al. (Rev. Geophysics 11(1), 1973); of flakes after Gunn and Marshall (J. Meteorology
/// 15, 1958) and Langleben (Q. J. Royal Met. Soc. 80, 1954). What is further off than the cube is fog, which belongs to the scene.
/// </summary>
/// <param name="Kind">Rain or snow.</param>
/// <param name="Rate">Millimetres of water an hour, 0 to 200.</param>
public sealed record Precipitation(Falling Kind, float Rate)
{
    /// <summary>Most particles that one picture may have to look at.</summary>
    public const double MostParticles = 2e7;

    // A flake of a tenth of water's density is this much wider than the drop it melts to.
    private const double Fluff = 2.154;

    /// <summary>Metres from the camera within which they are drawn, .5 to 50.</summary>
    public float Far { get; init; } = 8;

    /// <summary>Nearer ones, in metres, are not drawn: they would lie on the lens.</summary>
    public float Near { get; init; } = 0.15f;

    /// <summary>Millimetres; smaller drops (of flakes, what they melt to) are too faint to be drawn.</summary>
    public float Least { get; init; } = 1.2f;

    /// <summary>Seconds that the shutter is open.</summary>
    public float Shutter { get; init; } = 0.008f;

    /// <summary>Seconds since the beginning: frames of one film differ by it.</summary>
    public double Time { get; init; }

    /// <summary>Seconds to the next moment of the camera's motion, by which its speed is told.</summary>
    public float Moment { get; init; } = 1f / 30;

    /// <summary>Metres a second, in the world.</summary>
    public Vector3 Wind { get; init; }

    /// <summary>
    /// How many times its own area a drop hides, above 0 to 100. At 1, as in nature, single drops are faint, as most rain is in
    /// photographs.
    /// </summary>
    public float Strength { get; init; } = 1;

    /// <summary>
    /// Linear radiance of a drop or flake; where not given, of a white thing under the sky, or the picture's mean without one.
    /// </summary>
    public Vector3? Light { get; init; }

    /// <summary>Diameters are exponential above the least: one over their mean excess, in millimetres.</summary>
    internal double Slope => Kind == Falling.Rain ? 4.1 * Math.Pow(Rate, -0.21) : 2.55 * Math.Pow(Rate, -0.48);

    /// <summary>Particles a cubic metre that are at least so large.</summary>
    public double Density => Rate > 0
        ? (Kind == Falling.Rain ? 8000 : 3800 * Math.Pow(Rate, -0.87)) / Slope * Math.Exp(-Slope * Least) : 0;

    /// <summary>Metres a second downwards, of a drop (or what a flake melts to) of a diameter in millimetres.</summary>
    public float Speed(double diameter) => (float)(Kind == Falling.Rain
        ? Math.Max(0.1, 9.65 - 10.3 * Math.Exp(-0.6 * diameter)) : 1.6 * Math.Pow(diameter / 10, 0.3));

    /// <summary>Metres across, as seen.</summary>
    internal float Width(double diameter) => (float)(1e-3 * diameter * (Kind == Falling.Rain ? 1 : Fluff));

    internal string? Fault() => Rate is not (>= 0 and <= 200) ? $"{Rate} mm/h is not within 0 to 200"
        : !(Far is >= 0.5f and <= 50 && Near > 0 && Near < Far && Least is > 0 and <= 20) ? $"drops of {Least} mm from {Near} to {Far} m"
        : !(Shutter is >= 0 and <= 10 && Moment > 0 && float.IsFinite(Moment + Wind.X + Wind.Y + Wind.Z) && Math.Abs(Time) < 1e9)
            ? $"a shutter of {Shutter} s at {Time} s, moments of {Moment} s, wind {Wind}"
        : Strength is not (> 0 and <= 100) ? $"a strength of {Strength} is not above 0 to 100"
        : Density * 8 * Far * Far * Far > MostParticles
            ? $"{Density:0} drops a cubic metre within {Far} m are too many; draw fewer by a larger least diameter or a shorter way" : null;
}
