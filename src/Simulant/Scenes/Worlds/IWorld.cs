using Simulant.Scenes.Description;
using Simulant.Scenes.Formats;
using Simulant.Scenes.Optics;
using Simulant.Scenes.Worlds.Drawing;

namespace Simulant.Scenes.Worlds;

/// <summary>A procedural world: from parameters and dice to a scene and the camera that looks at it.</summary>
public interface IWorld
{
    string Name { get; }

    /// <summary>What it shows, one sentence with a full stop.</summary>
    string Meaning { get; }

    /// <summary>What differs from frame to frame, in the order of the table's columns.</summary>
    IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>What actors may be.</summary>
    SceneClasses Classes { get; }

    /// <summary>The world at one moment. A pure function of what it is given.</summary>
    View Build(Occasion occasion);

    /// <summary>
    /// How far from the camera's axis a corner of any picture may lie, in focal lengths: what a lens must bend without folding.
    /// </summary>
    /// <param name="within">Between which values a parameter is drawn.</param>
    double Reach(Func<string, (double Low, double High)> within, int width, int height);

    /// <summary>The reach of a picture about the axis whose sides span a horizontal angle in degrees.</summary>
    static double ReachOf(double view, int width, int height) =>
        Math.Tan(view * Math.PI / 360) * Math.Sqrt((double)width * width + (double)height * height) / width;
}

/// <summary>What one frame of a world is made from.</summary>
/// <param name="Values">Its parameters.</param>
/// <param name="Dice">Its randomness beside them.</param>
/// <param name="Width">Of the picture, in pixels.</param>
/// <param name="Height">Likewise.</param>
/// <param name="Time">Seconds since the sequence began; 0 for frames that stand alone.</param>
/// <param name="Step">Seconds from one moment to the next: flow is told over it.</param>
public sealed record Occasion(Values Values, Dice Dice, int Width, int Height, double Time, double Step)
{
    /// <summary>Stops what takes long, such as things that fall until they lie still.</summary>
    public CancellationToken Cancel { get; init; }
}

/// <summary>What there is to see, and by which camera.</summary>
/// <param name="Exposure">What light is multiplied by before it is clipped at 1.</param>
/// <param name="Falling">Rain or snow before the lens; null where nothing falls.</param>
public sealed record View(Scene Scene, Camera Camera, float Exposure, Precipitation? Falling = null);
