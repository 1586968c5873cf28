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
            var work = new TileWork(options);
            for (int x = 0; x < camera.Width; x += 4) renderer.Tile(image, x, 4 * band, work);
        });
        return options is { Quality: Quality.Traced, Denoise: true } ? Denoiser.Smooth(image, frame.Pixels, run) : image;
    }

    /// <summary>What one thread takes from tile to tile.</summary>
    private sealed class TileWork(RenderOptions options)
    {
        public readonly PathTracer? Paths = options.Quality == Quality.Traced ? new(options.Bounces) : null;
        public readonly TileNumbers Numbers = new();
        public readonly TileSums Sums = new(options.Samples);
        public readonly ShadeTile Places = new();

        /// <summary>Index of each pixel, -1 outside the picture.</summary>
        public readonly int[] Pixel = new int[RayPacket.Count];

        /// <summary>Lanes within the picture, as bits.</summary>
        public uint Used;
    }

    private void Tile(ColourImage image, int x, int y, TileWork work)
    {
        work.Used = 0;
        for (int lane = 0; lane < RayPacket.Count; lane++)
        {
            work.Pixel[lane] = PixelTile.At(_frame.Stage.Camera, x, y, lane);
            if (work.Pixel[lane] >= 0) work.Used |= 1u << lane;
        }
        work.Numbers.Begin(_stream, _options.Frame, work.Pixel);
        work.Sums.Begin();
        // Paths of one moment go together.
        int together = work.Paths is null || _frame.Stage.Camera.Shutter > 0 ? 1 : PathTracer.Most;
        for (int sample = 0; sample < _options.Samples; sample += together)
        {
            int count = Math.Min(together, _options.Samples - sample);
            if (work.Paths is { } paths) Trace(paths, x, y, sample, count, work);
            else Shade(x, y, sample, work);
        }
        for (uint left = work.Used; left != 0; left &= left - 1)
        {
            int lane = BitOperations.TrailingZeroCount(left);
            work.Sums.Put(image, work.Pixel[lane], lane);
        }
    }

    private void Trace(PathTracer paths, int x, int y, int first, int count, TileWork work)
    {
        paths.Begin(first);
        for (int i = 0; i < count; i++)
        {
            var packet = Rays(x, y, first + i, work);
            paths.Add(_moments[first + i].Stage.Scene, i, ref packet, work.Used);
        }
        paths.Run(_moments[first], work.Numbers);
        for (int i = 0; i < count; i++)
        {
            for (uint left = work.Used; left != 0; left &= left - 1)
            {
                int lane = BitOperations.TrailingZeroCount(left);
                work.Sums.Add(lane, Through(paths.Light(i, lane), paths.Distance(i, lane)), paths.Albedo(i, lane));
            }
            work.Sums.Next();
        }
    }

    private void Shade(int x, int y, int sample, TileWork work)
    {
        var moment = _moments[sample];
        var packet = Rays(x, y, sample, work);
        var places = work.Places;
        places.Begin();
        for (uint left = work.Used; left != 0; left &= left - 1)
        {
            int lane = BitOperations.TrailingZeroCount(left);
            if (packet.Hit(lane) is { IsHit: true } hit) SurfacePlace.Set(moment.Stage.Surfaces[hit.Instance], hit, lane, places);
        }
        bool direct = _options.Quality == Quality.Direct;
        if (places.Used != 0)
        {
            places.Prepare(moment.Poses, ref packet);
            if (direct) DirectLight.Prepare(moment, work.Numbers, ref packet, places);
            else places.Preview();
        }
        for (uint left = work.Used; left != 0; left &= left - 1)
        {
            int lane = BitOperations.TrailingZeroCount(left);
            bool met = packet.Hit(lane).IsHit;
            var light = met ? places.Lit(lane) : moment.Stage.Scene.Sky?.Quick(Spatial.Unit(packet.Direction(lane))) ?? default;
            if (direct) light = Through(light, packet.Hit(lane).T * Spatial.Length(packet.Direction(lane)));
            work.Sums.Add(lane, light, met ? places.Colour(lane) : Vector3.One);
        }
        work.Sums.Next();
    }

    // Camera rays and what they met: at the labels' places, or anywhere on pixel and lens.
    private RayPacket Rays(int x, int y, int sample, TileWork work)
    {
        work.Numbers.Sample(sample);
        if (_centred) return Known(x, y, work);
        var camera = _frame.Stage.Camera;
        var moment = _moments[sample];
        var numbers = work.Numbers;
        numbers.Pair(TileNumbers.Pixel);
        if (camera is { Lens: null, Aperture: 0 } && work.Used == 0xFFFF)
        {
            RayPacket pinhole = default;
            pinhole.Pinhole(moment.Eye, x, y, new(camera.Cx, camera.Cy), new(camera.Fx, camera.Fy), numbers.X, numbers.Y);
            moment.Tree.Closest(ref pinhole);
            return pinhole;
        }
        return Anywhere(x, y, moment, work);
    }

    // Through lenses, and at the picture's sides.
    private RayPacket Anywhere(int x, int y, Moment moment, TileWork work)
    {
        var camera = _frame.Stage.Camera;
        var numbers = work.Numbers;
        RayPacket packet = default;
        Span<Vector2> jitter = stackalloc Vector2[RayPacket.Count];
        for (int lane = 0; lane < RayPacket.Count; lane++) jitter[lane] = new(numbers.X[lane], numbers.Y[lane]);
        if (camera.Aperture > 0) numbers.Pair(TileNumbers.Lens);
        for (int lane = 0; lane < RayPacket.Count; lane++)
        {
            int column = Math.Min(x + (lane & 3), camera.Width - 1), row = Math.Min(y + (lane >> 2), camera.Height - 1);
            var direction = camera.Direction(column + jitter[lane].X - 0.5f, row + jitter[lane].Y - 0.5f);
            Vector3 origin = default;
            if (camera.Aperture > 0)
            {
                float radius = camera.Aperture * MathF.Sqrt(numbers.X[lane]);
                var (cosine, sine) = Circle.At(numbers.Y[lane]);
                origin = new(radius * cosine, radius * sine, 0);
                direction = (direction * camera.Focus - origin) * (1 / camera.Focus);
            }
            packet.Set(lane, moment.Eye.Point(origin), moment.Eye.Direction(direction),
                work.Pixel[lane] >= 0 ? float.PositiveInfinity : float.NegativeInfinity);
        }
        moment.Tree.Closest(ref packet);
        return packet;
    }

    // What the labels' rays have met already.
    private RayPacket Known(int x, int y, TileWork work)
    {
        RayPacket packet = default;
        PixelTile.Fill(_frame.Stage, x, y, ref packet);
        var hits = _frame.Hits;
        if (x + 4 <= hits.Width && y + 4 <= hits.Height)
        {
            for (int lane = 0; lane < RayPacket.Count; lane += 4)
                packet.PutRow(lane, work.Pixel[lane], hits.Surface, hits.Primitive, hits.U, hits.V, hits.Depth);
            return packet;
        }
        for (int lane = 0; lane < RayPacket.Count; lane++)
            if (work.Pixel[lane] is >= 0 and var at)
                packet.Put(lane, new(hits.Surface[at], hits.Primitive[at], hits.Depth[at], hits.U[at], hits.V[at]));
        return packet;
    }

    private Vector3 Through(Vector3 light, float distance)
    {
        if (_frame.Stage.Scene.Fog is not { Density: > 0 } fog) return light;
        float clear = MathF.Exp(-fog.Density * distance);
        return light * clear + fog.Colour * (1 - clear);
    }
}
