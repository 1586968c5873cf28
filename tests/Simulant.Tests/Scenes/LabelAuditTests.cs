using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Auditing;
using Simulant.Scenes.Labels;
using Xunit;

namespace Simulant.Tests.Scenes;

public class LabelAuditTests
{
    private static Frame Labelled()
    {
        var (scene, camera) = LabelTests.Table();
        return Frame.Of(scene, camera, RunContext.Quiet(0, 1));
    }

    private static Frame With(Frame frame, int actor, Func<ActorLabels, ActorLabels> change) =>
        frame with { Actors = [.. frame.Actors.Select((a, i) => i == actor ? change(a) : a)] };

    // A pixel of the box (instance 2) that is hit.
    private static int Pixel(Frame frame) => Array.IndexOf(frame.Pixels.Instance, (ushort)2);

    private static Frame Changed(Action<PixelLabels, int> change)
    {
        var frame = Labelled();
        change(frame.Pixels, Pixel(frame));
        return frame;
    }

    [Fact]
    public void A_true_frame_has_no_fault() => Assert.Empty(LabelAudit.Run(Labelled(), RunContext.Quiet(0, 2)));

    public static TheoryData<string> Checks => [.. Faults.Keys];

    private static readonly Dictionary<string, Func<Frame>> Faults = new()
    {
        ["depth"] = () => Changed((p, at) => p.Depth[at] *= 1.001f),
        ["range"] = () => Changed((p, at) => p.Range[at] = p.Depth[at] * .99f),
        ["normal"] = () => Changed((p, at) => p.Normal[at] = -p.Normal[at]),
        ["semantic"] = () => Changed((p, at) => p.Semantic[at] = 3),
        ["instance"] = () => Changed((p, at) => p.Instance[at] = 4),
        ["albedo"] = () => Changed((p, at) => p.Albedo[at] = new(1.2f, 0, 0)),
        ["flow-forward"] = () => Changed((p, at) => p.Forward[at] += new Vector2(.05f, 0)),
        ["flow-backward"] = () => Changed((p, at) => p.Backward[at] = -p.Backward[at]),
        ["scene-flow"] = () => Changed((p, at) => p.SceneFlow[at] += new Vector3(0, .01f, 0)),
        ["tight-box"] = () => With(Labelled(), 1, a => a with { Tight = a.Tight with { Right = a.Tight.Right - 1 } }),
        ["amodal-box"] = () => With(Labelled(), 1, a => a with { Amodal = new(a.Amodal.Box with { Right = a.Amodal.Box.Right + 1 },
            new bool[(a.Amodal.Box.Width + 1) * a.Amodal.Box.Height]) }),
        ["amodal-mask"] = () => With(Labelled(), 1, a => a with { Amodal = a.Amodal with { Pixels = new bool[a.Amodal.Pixels.Length] } }),
        ["visibility"] = () => With(Labelled(), 1, a => a with { VisiblePixels = a.VisiblePixels - 3 }),
        ["occlusion-order"] = () => With(Labelled(), 1, a => a with { HiddenBy = [] }),
        // The ball hides a part of the box; drawn back behind it, it cannot.
        ["occlusion-depth"] = () => Changed((p, _) =>
        {
            for (int at = 0; at < p.Depth.Length; at++)
                if (p.Instance[at] == 3) p.Depth[at] *= 3;
        }),
        ["pose"] = () => With(Labelled(), 1, a => a with { ToCamera = Pose.At(new(.01f, 0, 0)).After(a.ToCamera) }),
        ["box-3d"] = () => With(Labelled(), 1, a => a with { Box = a.Box with { Size = a.Box.Size * .9f } }),
        ["keypoint"] = () => With(Labelled(), 1, a => a with { Keypoints = [a.Keypoints[0] with { Place = a.Keypoints[0].Place
            + Vector3.UnitX }] }),
        ["keypoint-visibility"] = () => With(Labelled(), 1, a => a with { Keypoints = [.. a.Keypoints.Select(k =>
            k with { Seen = 3 - k.Seen })] }),
    };

    [Fact]
    public void A_mask_that_reaches_where_the_actor_is_not_is_caught() =>
        Assert.Contains(LabelAudit.Run(With(Labelled(), 2, a => a with { Amodal = Whole(Labelled()) }), RunContext.Quiet(0, 2)),
            f => f.Check == "amodal-mask");

    private static ActorMask Whole(Frame frame)
    {
        bool[] all = new bool[frame.Pixels.Width * frame.Pixels.Height];
        Array.Fill(all, true);
        return new(new(0, 0, frame.Pixels.Width, frame.Pixels.Height), all);
    }

    [Theory]
    [MemberData(nameof(Checks))]
    public void A_planted_fault_is_caught(string check) =>
        Assert.Contains(LabelAudit.Run(Faults[check](), RunContext.Quiet(0, 2)), f => f.Check == check && f.Count > 0
            && f.First.Length > 10);
}
