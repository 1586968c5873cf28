using System.Numerics;
using Simulant.Numerics.Random;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;

namespace Simulant.Scenes.Shading;

/// <summary>
/// One sample of each of a tile's sixteen pixels: their random numbers. Taken up again tile after tile and sample after sample.
/// </summary>
internal sealed class TileSample
{
    public readonly PixelRandom[] Random = new PixelRandom[RayPacket.Count];

    /// <summary>Index of each pixel, -1 outside the picture.</summary>
    public readonly int[] Pixel = new int[RayPacket.Count];

    public void Begin(RandomStream stream, int frame, Camera camera, int x, int y, int sample)
    {
        for (int lane = 0; lane < RayPacket.Count; lane++) Pixel[lane] = PixelTile.At(camera, x, y, lane);
        PixelRandom.Fill(stream, frame, Pixel, sample, Random);
    }

    /// <summary>What the labels' rays have met already.</summary>
    public RayPacket Known(Frame frame, int x, int y)
    {
        RayPacket packet = default;
        PixelTile.Fill(frame.Stage, x, y, ref packet);
        var hits = frame.Hits;
        if (x + 4 <= hits.Width && y + 4 <= hits.Height)
        {
            for (int lane = 0; lane < RayPacket.Count; lane += 4)
                packet.PutRow(lane, Pixel[lane], hits.Surface, hits.Primitive, hits.U, hits.V, hits.Depth);
            return packet;
        }
        for (int lane = 0; lane < RayPacket.Count; lane++)
            if (Pixel[lane] is >= 0 and var at)
                packet.Put(lane, new(hits.Surface[at], hits.Primitive[at], hits.Depth[at], hits.U[at], hits.V[at]));
        return packet;
    }
}

/// <summary>What a tile's pixels have gathered, sample after sample. Taken up again tile after tile.</summary>
internal sealed class TileSums
{
    private readonly Vector3[] _light = new Vector3[RayPacket.Count], _albedo = new Vector3[RayPacket.Count];
    private readonly float[] _brightness = new float[RayPacket.Count], _squares = new float[RayPacket.Count];

    /// <summary>Of the sample at hand: where rays met something, and the light there.</summary>
    public readonly ShadeTile Places = new();

    public void Begin()
    {
        Array.Clear(_light);
        Array.Clear(_albedo);
        Array.Clear(_brightness);
        Array.Clear(_squares);
    }

    public void Add(int lane, Vector3 light, Vector3 albedo)
    {
        _light[lane] += light;
        _albedo[lane] += albedo;
        float brightness = Brdf.Brightness(light);
        _brightness[lane] += brightness;
        _squares[lane] += brightness * brightness;
    }

    public void Put(ColourImage image, int at, int lane, int samples)
    {
        float part = 1f / samples, mean = _brightness[lane] * part;
        image.Pixels[at] = _light[lane] * part;
        image.Albedo[at] = _albedo[lane] * part;
        image.Variance[at] = samples > 1 ? MathF.Max(0, _squares[lane] * part - mean * mean) / (samples - 1) : 0;
    }
}

/// <summary>Lights with shadows, for sixteen hits at once: shadow rays of one light go as a packet.</summary>
internal static class DirectLight
{
    public static void Prepare(Moment moment, TileSample lanes, ref RayPacket hits, ShadeTile places)
    {
        var scene = moment.Stage.Scene;
        places.Begin();
        for (int lane = 0; lane < RayPacket.Count; lane++)
            if (lanes.Pixel[lane] >= 0 && hits.Hit(lane) is { IsHit: true } hit)
                Set(moment.Stage.Surfaces[hit.Instance], hit, lane, places);
        if (places.Used == 0) return;
        places.Prepare(moment.Poses, ref hits);
        // The sky's light by the diffuse colour; what metals would mirror of it is taken as if diffuse.
        places.Glow(scene.Sky is { } sky ? sky.Irradiance : [], scene.Ambient);
        foreach (var light in scene.Lights) Add(moment, light, lanes, places);
    }

    private static void Set(in Surface surface, RayHit hit, int lane, ShadeTile places)
    {
        int[] indices = surface.Mesh.Indices;
        int at = 3 * hit.Primitive, a = indices[at], b = indices[at + 1], c = indices[at + 2];
        float first = 1 - hit.U - hit.V;
        var positions = surface.Mesh.Positions;
        var local = positions[a] * first + positions[b] * hit.U + positions[c] * hit.V;
        var smooth = surface.Mesh.Normals is { } normals ? normals[a] * first + normals[b] * hit.U + normals[c] * hit.V : default;
        var material = surface.Mesh.MaterialAt(hit.Primitive);
        var colour = material.Texture is null ? material.BaseColour
            : material.ColourAt(local, surface.Uv(hit.Primitive, hit.U, hit.V));
        places.Set(lane, hit.Instance, local, surface.Normal(hit.Primitive), smooth, colour, material.Metallic, material.Roughness,
            material.Emission);
    }

    private static void Add(Moment moment, Light light, TileSample lanes, ShadeTile places)
    {
        uint used = places.Used;
        if (light is SunLight { Radius: > 0 } sun) Sun(sun, used, lanes, places);
        else
            for (int lane = 0; lane < RayPacket.Count; lane++)
            {
                if ((used >> lane & 1) == 0) continue;
                var sample = LightSampling.Sample(light, places.Position(lane), lanes.Random[lane].Pair());
                places.Way(lane, sample.Direction, sample.Distance, sample.Radiance, sample.Pdf);
            }
        RayPacket shadows = default;
        uint asked = places.Ask(ref shadows);
        if (asked != 0) places.Add(asked & ~moment.Tree.Any(ref shadows));
    }

    // As LightSampling does it, but for what all places share.
    private static void Sun(SunLight sun, uint used, TileSample lanes, ShadeTile places)
    {
        Span<float> parts = stackalloc float[RayPacket.Count], turns = stackalloc float[RayPacket.Count];
        parts.Clear();
        turns.Clear();
        for (uint left = used; left != 0; left &= left - 1)
        {
            int lane = BitOperations.TrailingZeroCount(left);
            var at = lanes.Random[lane].Pair();
            (parts[lane], turns[lane]) = (at.X, at.Y);
        }
        float cap = LightSampling.Cap(sun.Radius), density = 1 / (2 * MathF.PI * cap);
        places.Cone(Spatial.Unit(sun.Towards), cap, sun.Irradiance * density, density, parts, turns);
    }
}
