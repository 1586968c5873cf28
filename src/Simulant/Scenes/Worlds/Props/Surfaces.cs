using System.Numerics;
using Simulant.Scenes.Description;

namespace Simulant.Scenes.Worlds.Props;

/// <summary>Asphalt of a road along z with painted lines: dashes in the middle of each pair of lanes, whole lines at the edges.</summary>
/// <param name="Half">Half the road's width in metres.</param>
/// <param name="Lanes">Lanes altogether.</param>
/// <param name="Paint">Of the lines; worn by noise.</param>
/// <param name="Crossings">Places along z of zebra crossings, 4 m wide.</param>
internal sealed record RoadSurface(float Half, int Lanes, Vector3 Binder, Vector3 Paint, float Wear, IReadOnlyList<float> Crossings,
    uint Seed)
    : Texture
{
    private const float Line = 0.12f, Dash = 3, Period = 9, Zebra = 4, Bar = 0.5f;

    private readonly Asphalt _asphalt = new(Binder, Binder * 2.2f + new Vector3(0.05f), 0.012f, Seed);

    public override Vector3 At(Vector3 position, Vector2 uv)
    {
        var ground = _asphalt.At(position, uv);
        return Painted(position) && 0.5f + 0.5f * Noise.Octaves(position * 3, 3, Seed + 3) > Wear ? Paint : ground;
    }

    private bool Painted(Vector3 p)
    {
        if (MathF.Abs(p.X) > Half) return false;
        foreach (float at in Crossings)
            if (MathF.Abs(p.Z - at) < Zebra / 2) return ((int)MathF.Floor((p.X + Half) / Bar) & 1) == 0;
        if (Half - MathF.Abs(p.X) is > 0.15f and < 0.15f + Line) return true;
        for (int i = 1; i < Lanes; i++)
        {
            float line = -Half + 2 * Half * i / Lanes;
            if (MathF.Abs(p.X - line) > Line / 2) continue;
            float along = p.Z - MathF.Floor(p.Z / Period) * Period;
            return along < Dash;
        }
        return false;
    }
}

/// <summary>A house's wall: rows of windows in plaster or brick.</summary>
internal sealed record Facade(Texture Wall, Vector3 Frame, Vector3 Pane, float Storey, float Step, float Width, float Height, uint Seed)
    : Texture
{
    public override Vector3 At(Vector3 position, Vector2 uv)
    {
        float along = MathF.Abs(position.X) > MathF.Abs(position.Z) ? position.Z : position.X;
        float column = MathF.Floor(along / Step), row = MathF.Floor(position.Y / Storey);
        float x = MathF.Abs(along - (column + 0.5f) * Step), y = MathF.Abs(position.Y - (row + 0.55f) * Storey);
        if (x > Width / 2 || y > Height / 2) return Wall.At(position, uv);
        if (x > Width / 2 - 0.08f || y > Height / 2 - 0.08f || x < 0.03f) return Frame;
        // Curtains and dark rooms.
        float pane = Noise.Cell((int)column, (int)row, 0, Seed);
        return Pane * (0.5f + pane) + (pane > 0.8f ? new Vector3(0.25f) : default);
    }
}

/// <summary>Solder mask over copper: traces at right angles, vias, printed rims.</summary>
internal sealed record BoardSurface(Vector3 Mask, float Pitch, uint Seed) : Texture
{
    private static readonly Vector3 Copper = new(0.62f, 0.42f, 0.14f);

    public override Vector3 At(Vector3 position, Vector2 uv)
    {
        float x = position.X / Pitch, z = position.Z / Pitch;
        int i = (int)MathF.Floor(x), j = (int)MathF.Floor(z);
        float u = MathF.Abs(x - i - 0.5f), v = MathF.Abs(z - j - 0.5f), kind = Noise.Cell(i, j, 0, Seed);
        float ring = MathF.Sqrt(u * u + v * v);
        if (kind > 0.93f && ring < 0.28f) return ring < 0.13f ? new(0.02f) : Copper;
        // A stretch of eight cells holds one trace or none, along x or z.
        bool along = Noise.Cell(i >> 3, j, 1, Seed) < 0.45f, across = Noise.Cell(i, j >> 3, 2, Seed) < 0.35f;
        bool trace = along && v < 0.16f || across && u < 0.16f;
        return trace ? Mask * 1.6f + new Vector3(0.02f) : Mask * (0.92f + 0.08f * Noise.At(position * 800, Seed + 5));
    }
}
