using System.Numerics;
using Simulant.Scenes.Description;

namespace Simulant.Scenes.Worlds.Props;

/// <summary>Materials that several worlds share.</summary>
internal static class Paints
{
    public static Material Steel { get; } = new("steel", new(0.55f, 0.56f, 0.58f), 0.9f, 0.4f);
    public static Material Rubber { get; } = new("rubber", new(0.03f, 0.03f, 0.03f), 0, 0.9f);
    public static Material Glass { get; } = new("glass", new(0.04f, 0.05f, 0.06f), 0, 0.08f);
    public static Material Black { get; } = new("black plastic", new(0.03f, 0.03f, 0.035f), 0, 0.45f);
    public static Material White { get; } = new("white paint", new(0.8f, 0.8f, 0.78f), 0, 0.5f);

    public static Material Plastic(Vector3 colour) => new("plastic", colour, 0, 0.4f);

    public static Material Paint(Vector3 colour) => new("paint", colour, 0, 0.35f);

    public static Material Cloth(Vector3 colour) => new("cloth", colour, 0, 0.95f);

    public static Material Glowing(Vector3 radiance) => new("lamp", new(0.8f), 0, 0.8f, radiance);

    /// <summary>A colour by hue 0 to 1, strength and brightness 0 to 1, linear.</summary>
    public static Vector3 Hue(float hue, float strength, float bright)
    {
        float Part(float at)
        {
            float x = MathF.Abs((hue + at) % 1 * 6 - 3) - 1;
            return bright * (1 - strength + strength * Math.Clamp(x, 0, 1));
        }
        return new(Part(1), Part(2 / 3f), Part(1 / 3f));
    }
}
