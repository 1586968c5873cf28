using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;
using Simulant.Scenes.Sensors;
using Xunit;

namespace Simulant.Tests.Scenes.Sensors;

public class StereoTests
{
    private static readonly RunContext Run = RunContext.Quiet(0, 2);

    [Fact]
    public void Disparity_of_a_wall_and_what_a_post_hides_are_those_of_the_closed_form()
    {
        // A post of 20 cm at 2 m before a wall at 6 m; the right eye is 30 cm to the right.
        var camera = Camera.OfView(300, 60, 1, Motion.Still(Pose.LookAt(default, -Vector3.UnitZ, Vector3.UnitY)));
        var scene = new Scene([new("wall", 1, Shapes.Box(new(90, 90, 1)), Pose.At(new(0, 0, -6.5f))),
            new("post", 2, Shapes.Box(new(.2f, 9, .2f)), Pose.At(new(0, 0, -2.1f)))], []);
        var stereo = StereoFrame.Of(scene, camera, .3f, Run);
        for (int x = 0; x < 300; x++)
        {
            int at = 30 * 300 + x;
            double depth = stereo.Left.Pixels.Depth[at];
            Assert.Equal(camera.Fx * .3 / depth, stereo.Disparity[at], 3);
            if (stereo.Left.Pixels.Instance[at] != 1) continue;
            Assert.Equal(camera.Fx * .3 / 6, stereo.Disparity[at], 2);
            // Where the line from the right eye to the wall's point crosses the post's planes.
            double wall = (x - camera.Cx) / camera.Fx * 6, u = x - stereo.Disparity[at];
            double front = .3 + (wall - .3) * 2 / 6, back = .3 + (wall - .3) * 2.2 / 6;
            if (Math.Abs(Math.Abs(front) - .1) < .01 || Math.Abs(Math.Abs(back) - .1) < .01) continue;
            bool hidden = Math.Min(front, back) < .1 && Math.Max(front, back) > -.1;
            Assert.Equal(u < -.5 ? StereoMatch.Outside : hidden ? StereoMatch.Hidden : StereoMatch.Seen, stereo.Match[at]);
        }
        Assert.Contains(StereoMatch.Hidden, stereo.Match);
        Assert.Contains(StereoMatch.Outside, stereo.Match);
    }

    [Fact]
    public void What_matches_is_found_in_the_right_picture_where_disparity_says()
    {
        var (scene, camera) = LabelTests.Table(160, 110);
        var stereo = StereoFrame.Of(scene, camera, .12f, Run);
        int seen = 0, same = 0, hidden = 0, other = 0;
        for (int at = 0; at < stereo.Disparity.Length; at++)
        {
            int u = (int)MathF.Round(at % 160 - stereo.Disparity[at]);
            if (stereo.Match[at] is StereoMatch.Sky or StereoMatch.Outside || u is < 0 or > 159) continue;
            int there = at / 160 * 160 + u;
            float depth = stereo.Right.Pixels.Depth[there], expected = stereo.Left.Pixels.Depth[at];
            bool agrees = stereo.Right.Pixels.Instance[there] == stereo.Left.Pixels.Instance[at]
                && Math.Abs(depth - expected) < .05f * expected;
            if (stereo.Match[at] == StereoMatch.Seen) (seen, same) = (seen + 1, same + (agrees ? 1 : 0));
            else (hidden, other) = (hidden + 1, other + (depth < expected + 1e-3f ? 1 : 0));
        }
        // Half a pixel's rounding mistakes some at outlines.
        Assert.True(seen > 5000 && same > .97 * seen, $"{same} of {seen}");
        Assert.True(hidden > 50 && other > .9 * hidden, $"{other} of {hidden}");
        Assert.Equal(stereo.Left.Pixels.Instance.Count(i => i == 0), stereo.Match.Count(m => m == StereoMatch.Sky));
    }

    [Fact]
    public void A_pair_is_the_same_on_any_number_of_threads_and_refuses_what_it_cannot_be()
    {
        var (scene, camera) = LabelTests.Table(50, 33);
        Assert.Equal(StereoFrame.Of(scene, camera, .2f, RunContext.Quiet(0, 1)).Match, StereoFrame.Of(scene, camera, .2f,
            RunContext.Quiet(0, 8)).Match);
        Assert.Contains("baseline", Assert.Throws<ArgumentException>(() => StereoFrame.Of(scene, camera, 0, Run)).Message);
        Assert.Contains("rectified", Assert.Throws<ArgumentException>(() => StereoFrame.Of(scene, camera with { Lens = new Fisheye() }, .1f,
            Run)).Message);
    }
}
