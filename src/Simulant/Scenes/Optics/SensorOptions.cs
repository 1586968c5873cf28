using System.Numerics;
using Simulant.Numerics.Rays;

namespace Simulant.Scenes.Optics;

/// <summary>
/// A camera from the light that its lens lets in to the file that it writes. Stages run in the order in which they stand here; one that is
/// null, or left as it is by default where it says so, does nothing. Lens distortion is not here: it belongs to the camera of the scene
/// (<see cref="Description.Camera.Lens"/>), so that labels follow it.
/// </summary>
public sealed record SensorOptions
{
    /// <summary>Rain or snow before the lens.</summary>
    public Precipitation? Precipitation { get; init; }

    /// <summary>How far the shutter is open; EV 0 unless said otherwise.</summary>
    public Exposure Exposure { get; init; } = new();

    /// <summary>Light of what is far too bright, spread about it.</summary>
    public Glare? Glare { get; init; }

    /// <summary>Drops or dirt on the lens.</summary>
    public LensSpots? Spots { get; init; }

    public PointSpread? PointSpread { get; init; }

    public Vignetting? Vignetting { get; init; }

    /// <summary>What turns light into numbers.</summary>
    public Photosites Photosites { get; init; } = new();

    /// <summary>Colours of photosites; RGGB unless said otherwise.</summary>
    public BayerPattern Bayer { get; init; } = BayerPattern.Rggb;

    public WhiteBalance WhiteBalance { get; init; } = WhiteBalance.Sensor;

    public Demosaic Demosaic { get; init; } = Demosaic.Malvar;

    /// <summary>Rows of a 3 x 3 matrix from the sensor's colours to linear sRGB; the identity where not given.</summary>
    public ColourMatrix? Matrix { get; init; }

    public ToneCurve Tone { get; init; } = new();

    public Sharpening? Sharpening { get; init; }

    /// <summary>What compresses the picture, and leaves its traces in it.</summary>
    public Compression? Compression { get; init; }

    /// <summary>Number of the frame: with the run's seed, the address of its noise.</summary>
    public int Frame { get; init; }

    /// <summary>Every fault, empty where pictures can be taken.</summary>
    public IReadOnlyList<string> Faults() =>
    [
        .. new[]
        {
            Precipitation?.Fault(), Exposure.Fault(), Glare?.Fault(), Spots?.Fault(), PointSpread?.Fault(), Vignetting?.Fault(),
            Photosites.Fault(), WhiteBalance.Fault(), Matrix?.Fault(), Tone.Fault(), Sharpening?.Fault(), Compression?.Fault(),
        }.OfType<string>(),
    ];
}

/// <summary>
/// Exposure in stops: radiance 1 at EV 0 fills the photosites that take most light. Of its own accord it brings the picture's geometric
/// mean of brightness to <see cref="Key"/> (Reinhard et al., SIGGRAPH 2002, equation 1), within its stops.
/// </summary>
/// <param name="Ev">Stops, -20 to 20; added to what is found where <paramref name="Automatic"/>.</param>
/// <param name="Key">Part of the white (of a full well, less by the photosites' gain) that the mean becomes, above 0 to 1.</param>
/// <param name="Range">Stops that the automatic keeps within, either way.</param>
public sealed record Exposure(float Ev = 0, bool Automatic = false, float Key = 0.18f, float Range = 12)
{
    internal string? Fault() => MathF.Abs(Ev) <= 20 && Key is > 0 and <= 1 && Range is >= 0 and <= 20 ? null
        : $"an exposure of {Ev} stops, key {Key}, within {Range}";
}

/// <summary>
/// Veiling glare of lights over full well: what exceeds it is spread by three bells of <paramref name="Spread"/>, a third and a ninth of it
/// in standard deviation, each of a third of <paramref name="Strength"/> (a sum of bells as in Spencer et al., SIGGRAPH 1995).
/// </summary>
/// <param name="Strength">Part of the excess that is spread, 0 to 1.</param>
/// <param name="Spread">Pixels, 1 to 200.</param>
/// <param name="Most">Brightness in full wells beyond which more adds no more.</param>
public sealed record Glare(float Strength = 0.05f, float Spread = 24, float Most = 1000)
{
    internal string? Fault() => Strength is >= 0 and <= 1 && Spread is >= 1 and <= 200 && Most is >= 1 and <= 1e6f ? null
        : $"a glare of {Strength} over {Spread} pixels up to {Most}";
}

/// <summary>
/// Drops and dirt on the lens, far out of focus: soft discs that stay where they are from frame to frame. A disc takes away a part of the
/// light that comes straight and gives back a part of that, as the blurred light of its surroundings.
/// </summary>
/// <param name="Count">0 to 1000.</param>
/// <param name="Size">Their mean radius as a part of the picture's diagonal, .001 to .5; each has half to one and a half of it.</param>
/// <param name="Opacity">Part taken away in a disc's middle, 0 to 1.</param>
/// <param name="Scatter">Part of that given back, 0 (dirt) to 1 (clear drops).</param>
public sealed record LensSpots(int Count, float Size = 0.03f, float Opacity = 0.7f, float Scatter = 0.8f)
{
    internal string? Fault() => Count is >= 0 and <= 1000 && Size is >= 0.001f and <= 0.5f && Opacity is >= 0 and <= 1
        && Scatter is >= 0 and <= 1
        ? null : $"{Count} spots on the lens of size {Size}, opacity {Opacity}, scatter {Scatter}";
}

/// <summary>The lens's own blur, a bell.</summary>
/// <param name="Sigma">Standard deviation in pixels, 0 to 20, of green.</param>
/// <param name="Red">Of red light as a part of green's; colours are focused apart.</param>
/// <param name="Blue">Of blue.</param>
public sealed record PointSpread(float Sigma, float Red = 1, float Blue = 1)
{
    internal string? Fault() => Sigma is >= 0 and <= 20 && Red is >= 0 and <= 4 && Blue is >= 0 and <= 4 ? null
        : $"a point spread of {Sigma} pixels, {Red} and {Blue} of it";
}

/// <summary>
/// Light lost towards the corners: the fourth power of the cosine to the axis where <paramref name="Cosine"/>, times
/// 1 + a r2 + b r4 + c r6 with r the distance from the axis in half diagonals.
/// </summary>
public sealed record Vignetting(bool Cosine = true, float A = 0, float B = 0, float C = 0)
{
    internal string? Fault()
    {
        if (!float.IsFinite(A + B + C)) return "vignetting of no number";
        for (int i = 0; i <= 100; i++)
            if (At(i / 100f) is not (>= 0 and <= 2)) return $"vignetting of {A}, {B}, {C} gives {At(i / 100f)} at {i / 100f} of the corner";
        return null;
    }

    internal float At(float radius)
    {
        float s = radius * radius;
        return 1 + s * (A + s * (B + s * C));
    }
}

/// <summary>
/// Photosites and the converter behind them. Electrons are Poisson in number, of mean quantum efficiency x photons x light, plus dark
/// ones; the well holds so many; reading adds a normal error; counts are bits wide and start at a black level (EMVA Standard 1288,
/// release 4.0, section 2). All noise off leaves the rounding of the converter.
/// </summary>
public sealed record Photosites
{
    /// <summary>Electrons, 100 to 1e7.</summary>
    public float FullWell { get; init; } = 10_000;

    /// <summary>Electrons a photon of red, green, blue light: above 0 to 1.</summary>
    public Vector3 QuantumEfficiency { get; init; } = new(0.45f, 0.6f, 0.4f);

    /// <summary>Electrons, standard deviation of a reading.</summary>
    public float ReadNoise { get; init; } = 3;

    /// <summary>Electrons without light, in the mean.</summary>
    public float Dark { get; init; } = 1;

    /// <summary>Whether electrons arrive at random.</summary>
    public bool Shot { get; init; } = true;

    /// <summary>Standard deviation of photosites' own sensitivity, as a part of it: the same in every frame.</summary>
    public float Unevenness { get; init; }

    /// <summary>Electrons, standard deviation of photosites' own dark level: the same in every frame.</summary>
    public float DarkUnevenness { get; init; }

    /// <summary>Amplification before the converter, 1 to 256: white is then so much earlier than a full well.</summary>
    public float Gain { get; init; } = 1;

    /// <summary>Of the converter, 8 to 16.</summary>
    public int Bits { get; init; } = 12;

    /// <summary>Count of no light; below the largest count.</summary>
    public int Black { get; init; } = 64;

    /// <summary>Largest count.</summary>
    public int White => (1 << Bits) - 1;

    /// <summary>Electrons that one count stands for.</summary>
    public float Step => FullWell / Gain / (White - Black);

    internal Vector3 Relative => QuantumEfficiency * (1 / MathF.Max(QuantumEfficiency.X, MathF.Max(QuantumEfficiency.Y,
        QuantumEfficiency.Z)));

    internal string? Fault()
    {
        bool efficiency(float q) => q is > 0 and <= 1;
        return FullWell is not (>= 100 and <= 1e7f) ? $"a full well of {FullWell} electrons is not within 100 to 1e7"
            : !efficiency(QuantumEfficiency.X) || !efficiency(QuantumEfficiency.Y) || !efficiency(QuantumEfficiency.Z)
                ? $"quantum efficiencies {QuantumEfficiency} are not above 0 to 1"
            : !(ReadNoise is >= 0 and <= 1e5f && Dark is >= 0 and <= 1e6f && DarkUnevenness is >= 0 and <= 1e5f
                && Unevenness is >= 0 and <= 1)
                ? $"noise of {ReadNoise} and {DarkUnevenness} electrons, {Unevenness}, {Dark} in the dark"
            : Gain is not (>= 1 and <= 256) ? $"gain {Gain} is not within 1 to 256"
            : Bits is < 8 or > 16 || Black < 0 || Black >= White ? $"{Bits} bits from a black level of {Black}" : null;
    }
}

/// <summary>Colours of the first two rows' first two photosites.</summary>
public enum BayerPattern
{
    /// <summary>Three photosites at every pixel: no mosaic.</summary>
    None,

    Rggb,
    Bggr,
    Grbg,
    Gbrg,
}

public enum Demosaic
{
    /// <summary>Means of the nearest of each colour.</summary>
    Bilinear,

    /// <summary>Gradient-corrected linear filters of 5 x 5 (Malvar, He, Cutler, ICASSP 2004).</summary>
    Malvar,
}

/// <summary>How colours are balanced.</summary>
/// <param name="GreyWorld">Whether gains come of the picture: those that make the means of its colours equal.</param>
/// <param name="Gains">Factors of red, green, blue; null for those that undo the photosites' own efficiencies.</param>
public sealed record WhiteBalance(bool GreyWorld, Vector3? Gains = null)
{
    /// <summary>Undoes the photosites' efficiencies: a grey thing under white light is grey.</summary>
    public static WhiteBalance Sensor { get; } = new(false);

    public static WhiteBalance Grey { get; } = new(true);

    internal string? Fault() => Gains is not { } g || g.X is > 0 and <= 64 && g.Y is > 0 and <= 64 && g.Z is > 0 and <= 64 ? null
        : $"gains {Gains} are not above 0 to 64";
}

/// <summary>Rows.</summary>
public sealed record ColourMatrix(Vector3 Red, Vector3 Green, Vector3 Blue)
{
    internal string? Fault() => float.IsFinite(Spatial.Dot(Red + Green + Blue, Vector3.One)) ? null : "a colour matrix of no numbers";
}

/// <summary>From linear light to bytes: sRGB's curve (IEC 61966-2-1), after a shoulder where <paramref name="Filmic"/>.</summary>
/// <param name="Filmic">
/// Whether light is bent first as film does: Hable's curve ("Uncharted 2: HDR lighting", GDC 2010) with white at the sensor's white.
/// </param>
/// <param name="Headroom">How far white lies beyond what the filmic curve renders as it is, 1 to 64.</param>
public sealed record ToneCurve(bool Filmic = false, float Headroom = 8)
{
    internal string? Fault() => Headroom is >= 1 and <= 64 ? null : $"a headroom of {Headroom} is not within 1 to 64";

    /// <summary>0 to 1 from linear light of 0 to 1.</summary>
    public float At(float linear)
    {
        float x = Math.Clamp(linear, 0, 1);
        if (Filmic) x = Hable(x * Headroom) / Hable(Headroom);
        return x <= 0.0031308f ? 12.92f * x : 1.055f * MathF.Pow(x, 1 / 2.4f) - 0.055f;
    }

    private static float Hable(float x) => (x * (0.15f * x + 0.05f) + 0.004f) / (x * (0.15f * x + 0.5f) + 0.06f) - 0.02f / 0.3f;
}

/// <summary>Unsharp masking of brightness: what a bell of 3 x 3 takes from it is added.</summary>
/// <param name="Amount">0 to 4.</param>
public sealed record Sharpening(float Amount = 0.5f)
{
    internal string? Fault() => Amount is >= 0 and <= 4 ? null : $"sharpening by {Amount} is not within 0 to 4";
}

/// <summary>A JPEG file (ITU-T T.81, baseline).</summary>
/// <param name="Quality">1 to 100, as the Independent JPEG Group counts.</param>
/// <param name="Halved">Whether colour has half the size both ways (4:2:0).</param>
public sealed record Compression(int Quality = 90, bool Halved = true)
{
    internal string? Fault() => Quality is >= 1 and <= 100 ? null : $"JPEG of quality {Quality} is not within 1 to 100";
}
