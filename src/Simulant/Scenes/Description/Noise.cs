using System.Numerics;

namespace Simulant.Scenes.Description;

/// <summary>
/// Gradient noise over the whole-number lattice (Perlin, "Improving noise", SIGGRAPH 2002) with hashed gradients: a pure function of place
/// and seed, the same everywhere.
/// </summary>
public static class Noise
{
    /// <summary>About -1 to 1; 0 at whole numbers.</summary>
    public static float At(Vector3 p, uint seed)
    {
        float fx = MathF.Floor(p.X), fy = MathF.Floor(p.Y), fz = MathF.Floor(p.Z);
        int x = (int)fx, y = (int)fy, z = (int)fz;
        float dx = p.X - fx, dy = p.Y - fy, dz = p.Z - fz;
        float u = Fade(dx), v = Fade(dy), w = Fade(dz);
        float Edge(int j, int k)
        {
            float a = Slope(Hash(x, y + j, z + k, seed), dx, dy - j, dz - k);
            return a + (Slope(Hash(x + 1, y + j, z + k, seed), dx - 1, dy - j, dz - k) - a) * u;
        }
        float near = Edge(0, 0), far = Edge(0, 1);
        near += (Edge(1, 0) - near) * v;
        far += (Edge(1, 1) - far) * v;
        return near + (far - near) * w;
    }

    /// <summary>A sum of octaves, each twice as fine and half as strong.</summary>
    public static float Octaves(Vector3 p, int count, uint seed)
    {
        float sum = 0, strength = 1;
        for (int i = 0; i < count; i++)
        {
            sum += strength * At(p, seed + (uint)i * 101);
            p *= 2;
            strength *= 0.5f;
        }
        return sum;
    }

    /// <summary>A number of the cell's own, uniform in [0, 1).</summary>
    public static float Cell(int x, int y, int z, uint seed) => (Hash(x, y, z, seed) >> 8) * (1f / (1 << 24));

    private static float Fade(float t) => t * t * t * (t * (t * 6 - 15) + 10);

    // One of the twelve directions to the middles of a cube's edges (four of them twice).
    private static float Slope(uint hash, float x, float y, float z)
    {
        uint h = hash >> 28;
        float u = h < 8 ? x : y, v = h < 4 ? y : h is 12 or 14 ? x : z;
        return ((h & 1) == 0 ? u : -u) + ((h & 2) == 0 ? v : -v);
    }

    private static uint Hash(int x, int y, int z, uint seed)
    {
        uint h = seed * 0x9E3779B9 ^ (uint)x * 0x85EBCA6B ^ (uint)y * 0xC2B2AE35 ^ (uint)z * 0x27D4EB2F;
        h = (h ^ h >> 15) * 0x2C1B3C6D;
        h = (h ^ h >> 12) * 0x297A2D39;
        return h ^ h >> 15;
    }
}
