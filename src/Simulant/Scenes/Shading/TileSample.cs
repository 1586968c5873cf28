using System.Numerics;
using Simulant.Numerics.Random;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;

namespace Simulant.Scenes.Shading;

/// <summary>
/// One sample of each of a tile's sixteen pixels: their random numbers and directions. Taken up again tile after tile and sample after
/// sample.
/// </summary>
internal sealed class TileSample
{
    public readonly PixelRandom[] Random = new PixelRandom[RayPacket.Count];
    public readonly Vector3[] Direction = new Vector3[RayPacket.Count];

    /// <summary>Index of each pixel, -1 outside the picture.</summary>
    public readonly int[] Pixel = new int[RayPacket.Count];

    public void Begin(RandomStream stream, int frame, Camera camera, int x, int y, int sample)
    {
        for (int lane = 0; lane < RayPacket.Count; lane++)
        {
            Pixel[lane] = PixelTile.At(camera, x, y, lane);
            Random[lane] = new(stream, frame, Pixel[lane], sample);
        }
    }

    /// <summary>What the labels' rays have met already.</summary>
    public RayPacket Known(Frame frame, int x, int y)
    {
        RayPacket packet = default;
        PixelTile.Fill(frame.Stage, x, y, ref packet);
        var hits = frame.Hits;
        for (int lane = 0; lane < RayPacket.Count; lane++)
        {
            if (Pixel[lane] is not (>= 0 and var at)) continue;
            Direction[lane] = frame.Stage.RayThrough(at % hits.Width, at / hits.Width).Direction;
            packet.Put(lane, new(hits.Surface[at], hits.Primitive[at], hits.Depth[at], hits.U[at], hits.V[at]));
        }
        return packet;
    }
}

/// <summary>What a tile's pixels have gathered, sample after sample. Taken up again tile after tile.</summary>
internal sealed class TileSums
{
    private readonly Vector3[] _light = new Vector3[RayPacket.Count], _albedo = new Vector3[RayPacket.Count];
    private readonly float[] _brightness = new float[RayPacket.Count], _squares = new float[RayPacket.Count];

    /// <summary>Of the sample at hand: direct light and base colour.</summary>
    public readonly Vector3[] Lit = new Vector3[RayPacket.Count], Base = new Vector3[RayPacket.Count];

    /// <summary>Of the sample at hand: where rays met something.</summary>
    public readonly ShadingPoint[] Points = new ShadingPoint[RayPacket.Count];

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
    public static void Prepare(Moment moment, TileSample lanes, ref RayPacket hits, TileSums sums)
    {
        var scene = moment.Stage.Scene;
        var points = sums.Points;
        int any = -1;
        for (int lane = 0; lane < RayPacket.Count; lane++)
        {
            var hit = hits.Hit(lane);
            if (lanes.Pixel[lane] < 0 || !hit.IsHit) continue;
            any = lane;
            points[lane] = moment.Point(hit, lanes.Direction[lane]);
            ref var point = ref points[lane];
            // The sky's light by the diffuse colour; what metals would mirror of it is taken as if diffuse.
            sums.Base[lane] = point.Albedo;
            sums.Lit[lane] = point.Emission + point.Albedo * ((scene.Sky?.IrradianceOn(point.Normal) ?? default) + scene.Ambient)
                * (1 / MathF.PI);
        }
        if (any < 0) return;
        foreach (var light in scene.Lights) Add(moment, light, lanes, ref hits, points, sums);
    }

    private static void Add(Moment moment, Light light, TileSample lanes, ref RayPacket hits, ShadingPoint[] points, TileSums sums)
    {
        RayPacket shadows = default;
        Span<Vector3> values = stackalloc Vector3[RayPacket.Count];
        uint asked = 0;
        int some = -1;
        for (int lane = 0; lane < RayPacket.Count; lane++)
        {
            values[lane] = default;
            if (lanes.Pixel[lane] < 0 || !hits.Hit(lane).IsHit) continue;
            var sample = LightSampling.Sample(light, points[lane].Position, lanes.Random[lane].Pair());
            values[lane] = PathTracer.Unblocked(points[lane], sample, out _);
            if (values[lane] == default) continue;
            var ray = PathTracer.Shadow(points[lane].Start, sample);
            shadows.Set(lane, ray.Origin, ray.Direction, ray.Far);
            asked |= 1u << lane;
            some = lane;
        }
        if (some < 0) return;
        for (int lane = 0; lane < RayPacket.Count; lane++)
            if ((asked >> lane & 1) == 0) shadows.Repeat(lane, some);
        uint blocked = moment.Tree.Any(ref shadows);
        for (int lane = 0; lane < RayPacket.Count; lane++)
            if (((asked & ~blocked) >> lane & 1) != 0) sums.Lit[lane] += values[lane];
    }
}
