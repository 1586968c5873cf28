using System.Numerics;

namespace Simulant.Scenes.Description;

/// <summary>What a surface is made of, in glTF's terms.</summary>
/// <param name="Name">For people.</param>
/// <param name="BaseColour">Linear red, green, blue, each 0 to 1: albedo, or for metals the colour of reflections.</param>
/// <param name="Metallic">0 to 1.</param>
/// <param name="Roughness">0 (a mirror; used as .03 at the least) to 1.</param>
/// <param name="Emission">Radiance given off, linear, 0 or more.</param>
/// <param name="Texture">Multiplies the base colour where given.</param>
public sealed record Material(string Name, Vector3 BaseColour, float Metallic = 0, float Roughness = 0.6f, Vector3 Emission = default,
    Texture? Texture = null)
{
    public static Material Grey { get; } = new("grey", new(0.5f));

    /// <summary>A matt surface of one colour.</summary>
    public static Material Matt(float red, float green, float blue) => new("matt", new(red, green, blue), 0, 0.9f);

    /// <summary>The base colour at a point: object space for solid textures, texture coordinates for images.</summary>
    public Vector3 ColourAt(Vector3 position, Vector2 uv) => Texture is null ? BaseColour : BaseColour * Texture.At(position, uv);

    internal string? Fault()
    {
        bool within(float x, float most) => x >= 0 && x <= most;
        bool colour(Vector3 c, float most) => within(c.X, most) && within(c.Y, most) && within(c.Z, most);
        return !colour(BaseColour, 1) ? $"base colour {BaseColour} is not within 0 to 1"
            : !within(Metallic, 1) || !within(Roughness, 1) ? $"metallic {Metallic} and roughness {Roughness} are not within 0 to 1"
            : !colour(Emission, 1e9f) ? $"emission {Emission} is not within 0 to 1e9" : null;
    }
}
