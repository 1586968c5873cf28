namespace Simulant.Scenes.Sensors;

/// <summary>
/// An automotive radar: power by range, azimuth and radial speed. Sensor axes are x forward, y left, z up; azimuth counts anticlockwise
/// from x. Angles in radians, lengths in metres, speeds in metres a second, positive where the distance grows. Power is in units of what a
/// square metre of cross-section returns from one metre: P = sigma / R^4 (the radar equation, Skolnik, "Radar handbook", 3rd ed., 1.6).
/// </summary>
public sealed record Radar
{
    /// <summary>Half the angle it sees across, above 0 to 1.4, and up and down, above 0 to .7.</summary>
    public float Across { get; init; } = 1;

    public float Up { get; init; } = 0.12f;

    /// <summary>Bins from 0 m, 8 to 4096, and what each spans.</summary>
    public int Ranges { get; init; } = 256;

    public float RangeStep { get; init; } = 0.4f;

    /// <summary>Bins over the angle across, 4 to 512.</summary>
    public int Azimuths { get; init; } = 64;

    /// <summary>Bins over speeds from -<see cref="Fastest"/> to it, 4 to 512; faster ones are folded in.</summary>
    public int Speeds { get; init; } = 64;

    public float Fastest { get; init; } = 20;

    /// <summary>Standard deviation of what a point spreads over, in bins each way, .3 to 1.5: the windows' main lobe as a bell.</summary>
    public float Spread { get; init; } = 0.7f;

    /// <summary>Rays traced across and up, 8 to 8192 and 1 to 1024: reflections are summed over them.</summary>
    public int RaysAcross { get; init; } = 768;

    public int RaysUp { get; init; } = 64;

    /// <summary>The aerial's gain there and back is this power of the cosine to its axis, 0 to 16.</summary>
    public float Beam { get; init; } = 4;

    /// <summary>Mean power of noise in a cell.</summary>
    public float Floor { get; init; } = 1e-9f;

    /// <summary>
    /// How often noise alone passes the threshold, 1e-12 to .1. The threshold follows the mean of neighbours in range (cell averaging, Finn
    /// and Johnson, RCA Review 29, 1968).
    /// </summary>
    public double FalseAlarm { get; init; } = 1e-6;

    /// <summary>Neighbours on either side that are left out, and those that are averaged, 0 to 64 and 1 to 256.</summary>
    public int Guard { get; init; } = 3;

    public int Trained { get; init; } = 12;

    /// <summary>Seconds to the next moment of motions, by which speeds are told.</summary>
    public float Moment { get; init; } = 0.1f;

    /// <summary>Reflectance of what is no metal, as a part of metal's.</summary>
    public float Plain { get; init; } = 0.3f;

    /// <summary>Roughness that surfaces have at the least: glints sharper than the rays lie apart would be met by chance.</summary>
    public float Roughest { get; init; } = 0.4f;

    public float SpeedStep => 2 * Fastest / Speeds;

    public float AzimuthStep => 2 * Across / Azimuths;

    /// <summary>What is wrong with it, or null.</summary>
    public string? Fault() => !(Across is > 0 and <= 1.4f && Up is > 0 and <= 0.7f) ? $"a view of {Across} by {Up}"
        : Ranges is < 8 or > 4096 || Azimuths is < 4 or > 512 || Speeds is < 4 or > 512 || (long)Ranges * Azimuths * Speeds > 1 << 26
            ? $"{Ranges} x {Azimuths} x {Speeds} cells"
        : !(RangeStep > 0 && Fastest > 0 && float.IsFinite(RangeStep + Fastest)) ? $"range bins of {RangeStep} m, speeds to {Fastest} m/s"
        : Spread is not (>= 0.3f and <= 1.5f) ? $"a spread of {Spread} bins"
        : RaysAcross is < 8 or > 8192 || RaysUp is < 1 or > 1024 ? $"{RaysAcross} x {RaysUp} rays"
        : !(Beam is >= 0 and <= 16 && Floor >= 0 && float.IsFinite(Floor) && Moment > 0 && float.IsFinite(Moment))
            ? $"a beam of power {Beam}, a floor of {Floor}, moments of {Moment} s"
        : !(FalseAlarm is >= 1e-12 and <= 0.1) || Guard is < 0 or > 64 || Trained is < 1 or > 256
            ? $"false alarms {FalseAlarm}, {Guard} guards, {Trained} trained"
        : !(Plain is >= 0 and <= 1 && Roughest is >= 0.03f and <= 1) ? $"reflectance {Plain}, roughness {Roughest}" : null;
}

/// <summary>A peak of power over the threshold.</summary>
/// <param name="Range">Metres; like the others between bins, by a parabola through logarithms.</param>
/// <param name="Azimuth">Radians, anticlockwise.</param>
/// <param name="Speed">Metres a second away from the sensor, within its fastest.</param>
/// <param name="Power">Of the peak's cell.</param>
/// <param name="OverNoise">Power by the mean of the neighbours.</param>
/// <param name="Instance">The actor's index + 1 whose reflection is strongest in the cell; 0 for noise alone.</param>
/// <param name="Class">That actor's class; 0 for noise.</param>
public readonly record struct RadarDetection(float Range, float Azimuth, float Speed, float Power, float OverNoise, ushort Instance,
    ushort Class);

/// <param name="Power">By azimuth, range and speed, speed running fastest.</param>
/// <param name="Strongest">Instance that gives most power to each cell; 0 where reflections are below the floor.</param>
/// <param name="Detections">By azimuth, range, speed.</param>
public sealed record RadarFrame(Radar Radar, float[] Power, ushort[] Strongest, RadarDetection[] Detections)
{
    public int Cell(int azimuth, int range, int speed) => (azimuth * Radar.Ranges + range) * Radar.Speeds + speed;
}
