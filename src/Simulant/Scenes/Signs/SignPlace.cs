using System.Numerics;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Shading;

namespace Simulant.Scenes.Signs;

/// <summary>What lights a sign: sun and sky, the sky in a building's shade, clouds, headlights.</summary>
internal enum SignLight { Clear, Shade, Overcast, Night }

/// <summary>What may be asked of a sign's surroundings.</summary>
/// <param name="Class">Of the sign, from 0.</param>
/// <param name="Distance">From camera to sign along the road, metres.</param>
/// <param name="Yaw">By which the plate is turned off the road's direction, degrees.</param>
internal sealed record SignSetting(int Class, SignLight Light, double Distance, double Yaw);

/// <summary>A sign where it stands: its middle is the origin, y up, the camera towards -z.</summary>
/// <param name="Template">Index of the sign's drawing.</param>
/// <param name="Plate">From the plate's space to the world.</param>
/// <param name="Eye">Where the camera is.</param>
/// <param name="Outdoors">Brightness of a mid grey that lies on the ground in the open.</param>
/// <param name="Illuminant">Colour that a camera takes for white.</param>
internal sealed record SignPlace(Scene Scene, int Template, Pose Plate, Vector3 Eye, float Outdoors, SignLight Light, Vector3 Illuminant)
{
    /// <summary>Brightness that a meter makes a mid grey: it weighs the whole view, of which the picture is a part.</summary>
    public float Metered(ColourImage image)
    {
        float seen = 0;
        foreach (var pixel in image.Pixels)
            seen += MathF.Min(0.2126f * pixel.X + 0.7152f * pixel.Y + 0.0722f * pixel.Z, 8 * Outdoors);
        seen /= image.Pixels.Length;
        return Light == SignLight.Night ? 0.5f * seen + 0.02f : MathF.Sqrt(MathF.Max(seen, 1e-6f) * Open);
    }

    /// <summary>Brightness of a mid grey in this light, where nothing is seen yet.</summary>
    public float Open => Light switch { SignLight.Night => 0.05f, SignLight.Shade => 0.5f * Outdoors, _ => Outdoors };
}
