using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;

namespace Simulant.Scenes.Sensors;

/// <summary>What a pixel of the left picture finds in the right one.</summary>
public enum StereoMatch : byte
{
    /// <summary>The sky: nothing to match.</summary>
    Sky = 0,

    Seen = 1,

    /// <summary>Something stands before it for the right camera.</summary>
    Hidden = 2,

    /// <summary>It falls beside the right picture.</summary>
    Outside = 3,
}

/// <summary>Two cameras side by side, alike but for the baseline, with the right one on the left one's x axis.</summary>
/// <param name="Disparity">Left u minus right u in pixels, by pixel of the left picture: fx baseline / z; 0 for the sky.</param>
/// <param name="Match">Whether the right camera sees the same point, found by a ray from there.</param>
public sealed record StereoFrame(Frame Left, Frame Right, float Baseline, float[] Disparity, StereoMatch[] Match)
{
    // A surface's own rounding must not hide it.
    private const float Slack = 1e-3f;

    /// <param name="baseline">Metres, above 0.</param>
    /// <exception cref="ArgumentException">The baseline is not above 0, or the camera's lens bends lines of equal depth.</exception>
    public static StereoFrame Of(Scene scene, Camera left, float baseline, RunContext run)
    {
        Demand(left, baseline);
        return Of(Frame.Of(scene, left, run), baseline, run);
    }

    /// <summary>The same where the left picture's labels are there already.</summary>
    /// <inheritdoc cref="Of(Scene, Camera, float, RunContext)"/>
    public static StereoFrame Of(Frame first, float baseline, RunContext run)
    {
        var left = first.Stage.Camera;
        Demand(left, baseline);
        var right = left with { Motion = left.Motion.Carry(Motion.Still(Pose.At(new(baseline, 0, 0)))) };
        var second = Frame.Of(first.Stage.Scene, right, run);
        int count = left.Width * left.Height;
        var stereo = new StereoFrame(first, second, baseline, new float[count], new StereoMatch[count]);
        Work.For((left.Height + 3) / 4, run, band =>
        {
            for (int x = 0; x < left.Width; x += 4) stereo.Tile(x, 4 * band);
        });
        return stereo;
    }

    private static void Demand(Camera left, float baseline)
    {
        if (!(baseline > 0) || !float.IsFinite(baseline)) throw new ArgumentException($"a baseline of {baseline} m; it is above 0");
        if (left.Lens is not null) throw new ArgumentException("disparity is of rectified pictures; give the camera without its lens");
    }

    private void Tile(int x, int y)
    {
        var camera = Left.Stage.Camera;
        Pose from = camera.Pose;
        var eye = Right.Stage.Camera.Pose.Translation;
        RayPacket packet = default;
        int any = -1;
        uint asked = 0;
        for (int lane = 0; lane < RayPacket.Count; lane++)
        {
            int at = PixelTile.At(camera, x, y, lane);
            if (at < 0 || float.IsPositiveInfinity(Left.Pixels.Depth[at])) continue;
            float depth = Left.Pixels.Depth[at];
            Disparity[at] = camera.Fx * Baseline / depth;
            float u = at % camera.Width - Disparity[at];
            Match[at] = u >= -0.5f && u < camera.Width - 0.5f ? StereoMatch.Seen : StereoMatch.Outside;
            var point = from.Point(camera.Direction(at % camera.Width, at / camera.Width) * depth);
            packet.Set(lane, eye, point - eye, 1 - Slack);
            (any, asked) = (lane, asked | 1u << lane);
        }
        if (any < 0) return;
        for (int lane = 0; lane < RayPacket.Count; lane++)
            if ((asked >> lane & 1) == 0) packet.Repeat(lane, any);
        uint blocked = Right.Stage.Tree.Any(ref packet) & asked;
        for (int lane = 0; lane < RayPacket.Count; lane++)
            if ((blocked >> lane & 1) != 0 && PixelTile.At(camera, x, y, lane) is var at && Match[at] == StereoMatch.Seen)
                Match[at] = StereoMatch.Hidden;
    }
}
