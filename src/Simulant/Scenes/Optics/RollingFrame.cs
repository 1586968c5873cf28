using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;
using Simulant.Scenes.Shading;

namespace Simulant.Scenes.Optics;

/// <summary>Rows that are exposed together: a frame of their own, of the world and camera of their time.</summary>
/// <param name="First">Row of the whole picture.</param>
/// <param name="Time">Part of the way to the next moment.</param>
public sealed record RollingBand(int First, float Time, Frame Frame);

/// <summary>
/// A frame whose rows are read one after another while things move on. Every few rows are a frame of their own, so that each label is true
/// for its row: <see cref="Whole"/> puts them together. There, boxes and poses in space are those of the middle of the readout, keypoints
/// stand where they are met by the row that is just read, and flow leads to where a point is a whole moment after its own row's time.
/// </summary>
public sealed record RollingFrame(Frame Whole, IReadOnlyList<RollingBand> Bands)
{
    /// <param name="readout">Part of the time to the next moment from the first row to just after the last, 0 to 1.</param>
    /// <param name="rows">Rows exposed together, 1 or more; 4 and multiples waste no rays.</param>
    /// <exception cref="ArgumentException">The scene or the camera cannot be rendered, or the readout cannot be.</exception>
    public static RollingFrame Of(Scene scene, Camera camera, float readout, RunContext run, int rows = 8)
    {
        if (readout is not (>= 0 and <= 1) || rows < 1) throw new ArgumentException($"a readout of {readout}, {rows} rows at once");
        if (scene.Faults(camera) is { Count: > 0 } faults) throw new ArgumentException(string.Join("; ", faults));
        var bands = new List<RollingBand>();
        for (int y = 0; y < camera.Height; y += rows)
        {
            int count = Math.Min(rows, camera.Height - y);
            float time = readout * (y + count / 2f) / camera.Height;
            var part = camera with { Height = count, Cy = camera.Cy - y, Motion = Later(camera.Motion, time) };
            bands.Add(new(y, time, Frame.Of(Later(scene, time), part, run)));
        }
        var hits = HitBuffer.Stack([.. bands.Select(b => b.Frame.Hits)]);
        var pixels = PixelLabels.Stack(hits, [.. bands.Select(b => b.Frame.Pixels)]);
        float half = readout / 2;
        var stage = new Stage(Later(scene, half), camera with { Motion = Later(camera.Motion, half) });
        return new(new(stage, hits, pixels, [.. Enumerable.Range(0, scene.Actors.Count).Select(i => Join(stage, bands, i))]), bands);
    }

    /// <summary>Colours every band at its time; smoothing, where asked for, sees the whole picture.</summary>
    public ColourImage Render(RenderOptions options, RunContext run)
    {
        var camera = Whole.Stage.Camera;
        var image = new ColourImage(camera.Width, camera.Height);
        for (int b = 0; b < Bands.Count; b++)
        {
            // Bands number their pixels from 0: numbers of frames keep their noise apart.
            var part = Renderer.Render(Bands[b].Frame, options with { Denoise = false, Frame = options.Frame * Bands.Count + b }, run);
            int at = Bands[b].First * camera.Width;
            part.Pixels.CopyTo(image.Pixels, at);
            part.Variance.CopyTo(image.Variance, at);
            part.Albedo.CopyTo(image.Albedo, at);
        }
        return options is { Quality: Quality.Traced, Denoise: true } ? Denoiser.Smooth(image, Whole.Pixels, run) : image;
    }

    /// <summary>The same world a part of a moment later; the moment after goes on as the one before it did.</summary>
    public static Scene Later(Scene scene, float part) => part == 0 ? scene : scene with
    {
        Actors =
        [
            .. scene.Actors.Select(a => a with
            {
                Motion = Later(a.Motion, part),
                Parts = [.. a.Parts.Select(p => p with { Motion = Later(p.Motion, part) })],
            }),
        ],
    };

    internal static Motion Later(Motion motion, float part)
    {
        if (part == 0 || motion.Before == motion.Now && motion.Now == motion.After) return motion;
        var now = Moment.Between(motion.Now, motion.After, part);
        return new(Moment.Between(motion.Before, motion.Now, part), now, motion.After.After(motion.Now.Inverse().After(now)));
    }

    private static ActorLabels Join(Stage stage, List<RollingBand> bands, int index)
    {
        PixelBox tight = default, amodal = default;
        var hidden = new SortedDictionary<int, int>();
        int seen = 0, alone = 0;
        foreach (var band in bands)
        {
            var part = band.Frame.Actors[index];
            (seen, alone) = (seen + part.VisiblePixels, alone + part.AmodalPixels);
            (tight, amodal) = (Both(tight, part.Tight, band.First), Both(amodal, part.Amodal.Box, band.First));
            foreach (var (instance, pixels) in part.HiddenBy) hidden[instance] = hidden.GetValueOrDefault(instance) + pixels;
        }
        var mask = new ActorMask(amodal, new bool[amodal.Width * amodal.Height]);
        foreach (var band in bands)
        {
            var part = band.Frame.Actors[index].Amodal;
            for (int row = 0; row < part.Box.Height; row++)
                part.Pixels.AsSpan(row * part.Box.Width, part.Box.Width).CopyTo(mask.Pixels.AsSpan(
                    (part.Box.Top + row + band.First - amodal.Top) * amodal.Width + part.Box.Left - amodal.Left));
        }
        // Where the actor stands at the middle of the readout.
        var middle = bands[bands.Count / 2].Frame.Actors[index];
        Pose pose = stage.Scene.Actors[index].Motion.Now, toCamera = stage.WorldToCamera.After(pose);
        var centre = Pose.At(middle.Box.Centre);
        return middle with
        {
            VisiblePixels = seen, AmodalPixels = alone, Tight = tight, Amodal = mask, HiddenBy = [.. hidden.Select(h => (h.Key, h.Value))],
            ToCamera = toCamera, Box = middle.Box with { ToCamera = toCamera.After(centre), ToWorld = pose.After(centre) },
            Keypoints = [.. middle.Keypoints.Select((_, k) => Keypoint(bands, index, k))],
        };
    }

    // By the rows that read it; one that none reads stands where the middle's would.
    private static KeypointLabel Keypoint(List<RollingBand> bands, int actor, int index)
    {
        var band = bands.FirstOrDefault(b => b.Frame.Actors[actor].Keypoints[index].Seen != Seen.Outside) ?? bands[bands.Count / 2];
        var label = band.Frame.Actors[actor].Keypoints[index];
        return label with { Place = label.Place + new Vector3(0, band.First, 0) };
    }

    private static PixelBox Both(PixelBox all, PixelBox part, int down) => part.IsEmpty ? all
        : all.With(part.Left, part.Top + down).With(part.Right - 1, part.Bottom - 1 + down);
}
