using System.Numerics;

namespace Simulant.Scenes.Description;

/// <summary>A factor of the base colour, 0 to 1 in linear red, green and blue, as a pure function of place.</summary>
public abstract record Texture
{
    /// <param name="position">In the mesh's own space, in metres: solid textures are carved out of it.</param>
    /// <param name="uv">Texture coordinates, (0, 0) at the first row's first pixel as in glTF.</param>
    public abstract Vector3 At(Vector3 position, Vector2 uv);

    private protected static Vector3 Mix(Vector3 a, Vector3 b, float part) => a + (b - a) * part;
}

/// <summary>Cubes of two colours by turns.</summary>
public sealed record Checker(Vector3 First, Vector3 Second, float Size) : Texture
{
    public override Vector3 At(Vector3 position, Vector2 uv)
    {
        // Faces often lie on whole multiples of the size: they are moved off them by a part that no rounding reaches.
        var cell = position * (1 / Size) + new Vector3(1e-3f);
        return (((int)MathF.Floor(cell.X) + (int)MathF.Floor(cell.Y) + (int)MathF.Floor(cell.Z)) & 1) == 0 ? First : Second;
    }
}

/// <summary>Clouds between two colours: five octaves of gradient noise.</summary>
public sealed record Clouds(Vector3 First, Vector3 Second, float Size, uint Seed = 0) : Texture
{
    public override Vector3 At(Vector3 position, Vector2 uv) =>
        Mix(First, Second, Math.Clamp(0.5f + 0.9f * Noise.Octaves(position * (1 / Size), 5, Seed), 0, 1));
}

/// <summary>Year rings about the y axis, bent by noise, with fine grain.</summary>
public sealed record Wood(Vector3 Early, Vector3 Late, float Ring = 0.03f, uint Seed = 0) : Texture
{
    public override Vector3 At(Vector3 position, Vector2 uv)
    {
        var bent = position + new Vector3(1, 0, 1) * (2 * Ring * Noise.Octaves(position * new Vector3(3, 0.6f, 3), 3, Seed));
        float radius = MathF.Sqrt(bent.X * bent.X + bent.Z * bent.Z) / Ring;
        float phase = radius - MathF.Floor(radius), grain = Noise.At(position * new Vector3(300, 8, 300), Seed + 7);
        return Mix(Early, Late, Math.Clamp(phase * phase * phase + 0.15f * grain, 0, 1));
    }
}

/// <summary>
/// Courses of bricks (each a little different) in mortar: courses run along x (or z on faces that look along x), rows up y.
/// </summary>
public sealed record Brick(Vector3 Colour, Vector3 Mortar, float Length = 0.24f, float Height = 0.08f, float Joint = 0.01f, uint Seed = 0)
    : Texture
{
    public override Vector3 At(Vector3 position, Vector2 uv)
    {
        float row = MathF.Floor(position.Y / Height), along = (position.X + position.Z) / Length + 0.5f * (((int)row) & 1);
        float brick = MathF.Floor(along), x = (along - brick) * Length, y = position.Y - row * Height;
        if (x < Joint || y < Joint) return Mortar;
        float shade = 0.75f + 0.25f * Noise.Cell((int)brick, (int)row, 0, Seed);
        return Colour * Math.Clamp(shade + 0.15f * Noise.Octaves(position * 40, 3, Seed), 0, 1);
    }
}

/// <summary>Dark binder with grains of stone of a stated size.</summary>
public sealed record Asphalt(Vector3 Binder, Vector3 Stone, float Grain = 0.008f, uint Seed = 0) : Texture
{
    public override Vector3 At(Vector3 position, Vector2 uv)
    {
        var cell = position * (1 / Grain);
        float stone = Noise.Cell((int)MathF.Floor(cell.X), (int)MathF.Floor(cell.Y + 1e-3f), (int)MathF.Floor(cell.Z), Seed);
        float worn = 0.5f + 0.5f * Noise.Octaves(position * 0.7f, 4, Seed + 1);
        return Mix(Binder, Stone, Math.Clamp(stone * stone * 0.6f + 0.4f * worn, 0, 1));
    }
}

/// <summary>Pixels of a file, wrapped, blended between the four nearest.</summary>
/// <param name="Linear">Rows from the top, linear red, green, blue, 0 to 1.</param>
public sealed record Picture(int Width, int Height, Vector3[] Linear) : Texture
{
    public override Vector3 At(Vector3 position, Vector2 uv)
    {
        float x = uv.X * Width - 0.5f, y = uv.Y * Height - 0.5f, left = MathF.Floor(x), top = MathF.Floor(y);
        Vector3 above = Mix(Pixel(left, top), Pixel(left + 1, top), x - left);
        return Mix(above, Mix(Pixel(left, top + 1), Pixel(left + 1, top + 1), x - left), y - top);
    }

    private Vector3 Pixel(float x, float y)
    {
        // Coordinates far outside, of hostile files, still wrap; what is no number at all is the first pixel.
        int column = (int)(x - MathF.Floor(x / Width) * Width), row = (int)(y - MathF.Floor(y / Height) * Height);
        return Linear[Math.Clamp(row, 0, Height - 1) * Width + Math.Clamp(column, 0, Width - 1)];
    }
}
