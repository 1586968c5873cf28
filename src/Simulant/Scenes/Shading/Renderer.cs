using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Kernels;
using Simulant.Numerics.Random;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;

namespace Simulant.Scenes.Shading;

public enum Quality
{
    /// <summary>Albedo by the cosine to the viewer: no light is asked.</summary>
    Preview,

    /// <summary>Lights with shadows, and the sky's light without them; no light from surface to surface.</summary>
    Direct,

    /// <summary>Paths.</summary>
    Traced,
}

/// <summary>How a frame is to be coloured.</summary>
/// <param name="Samples">Of each pixel, 1 to 65536; with 1 and no lens or shutter, Direct and Preview colour the labels' own hits.</param>
/// <param name="Bounces">Surfaces after the first that paths follow, 0 to 64.</param>
/// <param name="Denoise">Whether traced pictures are smoothed under the guidance of the labels.</param>
/// <param name="Frame">Number of the frame: with the run's seed, the address of its random numbers.</param>
public sealed record RenderOptions(Quality Quality = Quality.Direct, int Samples = 1, int Bounces = 3, bool Denoise = true, int Frame = 0);

/// <summary>Colours a labelled frame. The same to the bit on any number of threads: each pixel sums its samples in order.</summary>
public sealed class Renderer
{
    private readonly Frame _frame;
    private readonly RenderOptions _options;
    private readonly RandomStream _stream;
    private readonly Moment[] _moments;
    private readonly bool _centred;

    private Renderer(Frame frame, RenderOptions options, ulong seed)
    {
        if (options is not { Samples: >= 1 and <= 65536, Bounces: >= 0 and <= 64 })
            throw new ArgumentException($"{options.Samples} samples of {options.Bounces} bounces; 1 to 65536 and 0 to 64 are possible");
        (_frame, _options, _stream) = (frame, options, new(seed, "scenes/colour"));
        var camera = frame.Stage.Camera;
        _moments = Moment.Of(frame.Stage, options.Samples);
        _centred = options.Samples == 1 && camera.Aperture == 0 && camera.Shutter == 0;
    }

    public static ColourImage Render(Frame frame, RenderOptions options, RunContext run)
    {
        var renderer = new Renderer(frame, options, run.Seed);
        var camera = frame.Stage.Camera;
        int count = camera.Width * camera.Height;
        // Every pixel is written to all of them.
        var image = new ColourImage(camera.Width, camera.Height, KeptArrays<Vector3>.Take(count),
            KeptArrays<float>.Take(count), KeptArrays<Vector3>.Take(count));
        Work.For((camera.Height + 3) / 4, run, band =>
        {
            var lanes = new TileSample();
            var sums = new TileSums();
            for (int x = 0; x < camera.Width; x += 4) renderer.Tile(image, x, 4 * band, lanes, sums);
        });
        return options is { Quality: Quality.Traced, Denoise: true } ? Denoiser.Smooth(image, frame.Pixels, run) : image;
    }

    private void Tile(ColourImage image, int x, int y, TileSample lanes, TileSums sums)
    {
        var camera = _frame.Stage.Camera;
        sums.Begin();
        for (int sample = 0; sample < _options.Samples; sample++)
        {
            var moment = _moments[sample];
            lanes.Begin(_stream, _options.Frame, camera, x, y, sample);
            var packet = Rays(moment, lanes, x, y);
            if (!_centred) moment.Tree.Closest(ref packet);
            Shade(moment, lanes, ref packet, sums);
        }
        for (int lane = 0; lane < RayPacket.Count; lane++)
            if (PixelTile.At(camera, x, y, lane) is var at and >= 0) sums.Put(image, at, lane, _options.Samples);
    }

    // Camera rays: at the labels' places, or anywhere on pixel and lens.
    private RayPacket Rays(Moment moment, TileSample lanes, int x, int y)
    {
        if (_centred) return lanes.Known(_frame, x, y);
        RayPacket packet = default;
        var camera = _frame.Stage.Camera;
        for (int lane = 0; lane < RayPacket.Count; lane++)
        {
            int column = Math.Min(x + (lane & 3), camera.Width - 1), row = Math.Min(y + (lane >> 2), camera.Height - 1);
            Vector2 jitter = lanes.Random[lane].Pair(), lens = lanes.Random[lane].Pair();
            var direction = camera.Direction(column + jitter.X - 0.5f, row + jitter.Y - 0.5f);
            Vector3 origin = default;
            if (camera.Aperture > 0)
            {
                float radius = camera.Aperture * MathF.Sqrt(lens.X);
                var (cosine, sine) = Circle.At(lens.Y);
                origin = new(radius * cosine, radius * sine, 0);
                direction = (direction * camera.Focus - origin) * (1 / camera.Focus);
            }
            bool inside = lanes.Pixel[lane] >= 0;
            packet.Set(lane, moment.Eye.Point(origin), moment.Eye.Direction(direction), inside ? float.PositiveInfinity
                : float.NegativeInfinity);
        }
        return packet;
    }

    private void Shade(Moment moment, TileSample lanes, ref RayPacket packet, TileSums sums)
    {
        if (_options.Quality == Quality.Direct) DirectLight.Prepare(moment, lanes, ref packet, sums.Places);
        for (int lane = 0; lane < RayPacket.Count; lane++)
        {
            if (lanes.Pixel[lane] < 0) continue;
            var hit = packet.Hit(lane);
            var direction = packet.Direction(lane);
            var scene = moment.Stage.Scene;
            Vector3 light, albedo = Vector3.One;
            if (!hit.IsHit) light = scene.Sky?.Quick(Spatial.Unit(direction)) ?? default;
            else if (_options.Quality == Quality.Direct) (light, albedo) = (sums.Places.Lit(lane), sums.Places.Colour(lane));
            else
            {
                var point = moment.Point(hit, direction);
                albedo = point.Albedo;
                light = _options.Quality == Quality.Preview
                    ? albedo * MathF.Max(0, Spatial.Dot(point.Normal, point.View)) + point.Emission
                    : PathTracer.Radiance(moment, hit, direction, _options.Bounces, ref lanes.Random[lane]);
            }
            if (scene.Fog is { } fog && _options.Quality != Quality.Preview) light = Through(fog, light, hit.T * Spatial.Length(direction));
            sums.Add(lane, light, albedo);
        }
    }

    private static Vector3 Through(Fog fog, Vector3 light, float distance)
    {
        float clear = MathF.Exp(-fog.Density * distance);
        return fog.Density > 0 ? light * clear + fog.Colour * (1 - clear) : light;
    }
}
