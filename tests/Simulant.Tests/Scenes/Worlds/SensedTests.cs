using System.Globalization;
using System.Numerics;
using System.Text;
using Simulant.Data;
using Simulant.Images.Codecs;
using Simulant.Scenes.Description;
using Simulant.Scenes.Formats;
using Simulant.Scenes.Formats.Clouds;
using Simulant.Scenes.Sensors;
using Simulant.Scenes.Worlds;
using Simulant.Scenes.Worlds.Drawing;
using Simulant.Specs;
using Xunit;

namespace Simulant.Tests.Scenes.Worlds;

/// <summary>What a spec may say of lenses, shutters and sensors beside cameras.</summary>
public class SensedTests
{
    private const int Seed = 11;

    private static (OptionValues Values, SpecMap Map, IWorld World) Read(string world, string options, DiagnosticBag faults)
    {
        var of = WorldTable.All.Single(w => w.Name == world);
        var map = (SpecMap)YamlNodes.Read($"{{ width: 80, height: 60, samples: 2{options} }}", "o", faults)!;
        return (SceneOptions.Declare(world).Read(map, faults), map, of);
    }

    private static SceneSampler Sampler(string world, string options, int frames = 4)
    {
        var faults = new DiagnosticBag();
        var (values, map, of) = Read(world, options, faults);
        SceneOptions.Check(values, of, new Dictionary<string, Law>(), map, map.At, faults);
        Assert.Empty(faults.All);
        return new SceneSampler(of, "set", values, new Dictionary<string, Law>(), frames);
    }

    private static (Table Rows, Dictionary<string, byte[]> Files) Drawn(SceneSampler sampler, ItemRange range, int threads = 2)
    {
        var files = new Dictionary<string, byte[]>();
        var rows = sampler.Sample(range, RunContext.Quiet(Seed, threads), file => files.Add(file.Path, file.Content)).Single;
        return (rows, files);
    }

    private static double[][] Csv(byte[] file) =>
    [
        .. Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray()),
    ];

    private const string Everything =
        ", sequence: 2, rate: 10, lens: brown_conrady, distortion: [-0.12, 0.02, 0.001, -0.002], readout: 30, "
        + "shutter: 20, aperture: 4, focus: 12, imu: 50, gps: 5, events: 0.3, event_steps: 2, lidar: 16, radar: true, formats: [plain, "
            + "coco]";

    [Theory]
    [InlineData("street")]
    [InlineData("warehouse")]
    public void Frames_with_every_sensor_are_without_a_fault_and_the_same_at_any_threads_and_division(string world)
    {
        var sampler = Sampler(world, Everything);
        var (rows, files) = Drawn(sampler, new(0, 4), 1);
        Assert.All(((NumericColumn)rows["label_faults"]).Values.ToArray(), faults => Assert.Equal(0, faults));
        foreach (string folder in (string[])["images", "labels", "depth", "lidar", "radar", "events"])
            Assert.Equal(4, files.Keys.Count(k => k.StartsWith(folder + "/", StringComparison.Ordinal)));
        Assert.Equal(["gps/000000.csv", "gps/000002.csv", "imu/000000.csv", "imu/000002.csv"], files.Keys.Where(k => k.EndsWith(".csv",
            StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        var (_, again) = Drawn(sampler, new(0, 4), 8);
        Assert.Equal(files.OrderBy(f => f.Key), again.OrderBy(f => f.Key));
        using var stored = new MemoryStream();
        sampler.Save(stored);
        stored.Position = 0;
        var (last, part) = Drawn(SceneSampler.Load(sampler.World, SceneOptions.Declare(world), stored), new(2, 1));
        Assert.All(part, f => Assert.Equal(files[f.Key], f.Value));
        Assert.Equal(ValueText.Format(rows["content"], 2), ValueText.Format(last["content"], 0));
    }

    [Fact]
    public void A_lens_moves_every_label_and_its_coefficients_stand_in_the_notes()
    {
        var (_, straight) = Drawn(Sampler("street", ", formats: [plain]", 1), new(0, 1));
        var (_, bent) = Drawn(Sampler("street", ", formats: [plain], lens: brown_conrady, distortion: [-0.12, 0.02, 0.001, -0.002]", 1),
            new(0, 1));
        var notes = FrameNotes.Read(bent["labels/000000.json"], "bent");
        Assert.Equal(new BrownConrady(-0.12, 0.02, 0.001, -0.002), notes.Camera.Lens);
        Assert.Null(FrameNotes.Read(straight["labels/000000.json"], "straight").Camera.Lens);
        Assert.Equal(bent["labels/000000.json"], notes.ToJson());
        // A pixel of the bent picture sees what the straight one shows where OpenCV's formula says it lies.
        var seen = Npy.Read<float>(bent["depth/000000.npy"], "bent");
        var plain = Npy.Read<float>(straight["depth/000000.npy"], "straight");
        var camera = FrameNotes.Read(straight["labels/000000.json"], "straight").Camera;
        int near = 0, asked = 0;
        for (int y = 5; y < 55; y += 5)
            for (int x = 5; x < 75; x += 5)
            {
                // By search, another way than the lens's own.
                double u = (x - camera.Cx) / camera.Fx, v = (y - camera.Cy) / camera.Fy, a = u, b = v;
                for (int i = 0; i < 100; i++)
                {
                    double r = a * a + b * b, radial = 1 - 0.12 * r + 0.02 * r * r;
                    (a, b) = ((u - 2 * 0.001 * a * b + 0.002 * (r + 2 * a * a)) / radial, (v - 0.001 * (r + 2 * b * b) + 2 * 0.002 * a * b)
                        / radial);
                }
                int i0 = (int)Math.Round(a * camera.Fx + camera.Cx), j0 = (int)Math.Round(b * camera.Fy + camera.Cy);
                if (i0 < 0 || j0 < 0 || i0 >= 80 || j0 >= 60) continue;
                float there = plain[i0, j0, 0], here = seen[x, y, 0];
                asked++;
                if (float.IsFinite(here) == float.IsFinite(there) && (!float.IsFinite(here) || MathF.Abs(here - there) < 0.15f
                    * there)) near++;
            }
        Assert.True(asked > 100 && near >= 0.8 * asked, $"{near} of {asked}");
    }

    [Fact]
    public void Rows_that_are_read_later_see_the_world_later()
    {
        const string still = ", formats: [plain], quality: preview, sensor: ideal";
        var (_, whole) = Drawn(Sampler("street", still + ", rate: 5", 1), new(0, 1));
        var (_, rolled) = Drawn(Sampler("street", still + ", rate: 5, readout: 200", 1), new(0, 1));
        // Rows 48 to 59 are read together, nine tenths of the way: as the tenth of fifty frames a second sees them.
        var (_, late) = Drawn(Sampler("street", still + ", rate: 50, sequence: 10", 10), new(9, 1));
        float[] Depth(Dictionary<string, byte[]> files, string key) => Npy.Read<float>(files[$"depth/{key}.npy"], key).Samples[(80 * 48)..];
        float[] first = Depth(whole, "000000"), read = Depth(rolled, "000000"), tenth = Depth(late, "000009");
        int Same(float[] a, float[] b) => a.Zip(b).Count(p => p.First.Equals(p.Second) || MathF.Abs(p.First - p.Second) < 1e-3f * p.First);
        Assert.True(Same(read, tenth) >= 0.98 * read.Length && Same(read, tenth) >= Same(read, first),
            $"{Same(read, tenth)} and {Same(read, first)} of {read.Length}");
        Assert.NotEqual(whole["images/000000.png"], rolled["images/000000.png"]);
    }

    [Fact]
    public void An_open_shutter_and_an_open_lens_blur_the_picture_and_leave_its_labels()
    {
        var (_, sharp) = Drawn(Sampler("street", ", formats: [plain], sensor: ideal", 1), new(0, 1));
        foreach (string more in (string[])[", shutter: 100", ", aperture: 60, focus: 2"])
        {
            var (_, blurred) = Drawn(Sampler("street", ", formats: [plain], sensor: ideal" + more, 1), new(0, 1));
            Assert.NotEqual(sharp["images/000000.png"], blurred["images/000000.png"]);
            Assert.Equal(sharp["depth/000000.npy"], blurred["depth/000000.npy"]);
            Assert.Equal(sharp["labels/000000.json"], blurred["labels/000000.json"]);
        }
    }

    [Fact]
    public void An_inertial_unit_and_a_receiver_tell_of_the_cars_way()
    {
        var sampler = Sampler("street", ", sequence: 4, rate: 10, imu: 100, gps: 10, origin: [48, 11, 500], formats: [plain]");
        var (rows, files) = Drawn(sampler, new(0, 4));
        double speed = ((NumericColumn)rows["speed"]).Values[0];
        double[][] imu = Csv(files["imu/000000.csv"]), gps = Csv(files["gps/000000.csv"]);
        Assert.Equal((40, 4), (imu.Length, gps.Length));
        Assert.Equal(0.39, imu[^1][0], 1e-9);
        // Straight on at one speed: no turn, gravity alone, along the picture's y (down) upwards.
        foreach (double[] line in imu)
        {
            Assert.Equal(0, new Vector3((float)line[7], (float)line[8], (float)line[9]).Length(), 1e-3);
            Assert.Equal(9.80665, Math.Sqrt(line[10] * line[10] + line[11] * line[11] + line[12] * line[12]), 0.05);
            Assert.True(line[11] < -9.7);
            Assert.InRange(Math.Abs(line[5] - line[11]), 1e-6, 1.5);
        }
        var origin = GeoPoint.Degrees(48, 11, 500);
        var places = gps.Select(g => Geodesy.Local(origin, GeoPoint.Degrees(g[7], g[8], g[9]))).ToArray();
        Assert.Equal(speed * 0.3, (places[3] - places[0]).Length, 1e-3);
        Assert.Equal(speed * 0.3, places[3].Y - places[0].Y, 1e-3); // it drives north: the world's -z
        Assert.All(gps, g => Assert.InRange(Geodesy.Local(origin, GeoPoint.Degrees(g[1], g[2], g[3])).Length, 0.01, 40));
    }

    [Fact]
    public void Sequences_have_errors_of_their_own()
    {
        var (_, files) = Drawn(Sampler("circuit-boards", ", sequence: 2, imu: 20, gps: 20, formats: [plain]"), new(0, 4));
        Assert.NotEqual(files["imu/000000.csv"], files["imu/000002.csv"]);
        Assert.NotEqual(Csv(files["gps/000000.csv"]).Select(g => g[1]), Csv(files["gps/000002.csv"]).Select(g => g[1]));
    }

    [Fact]
    public void Events_follow_from_light_that_changes_and_from_nothing_else()
    {
        const string options = ", events: 0.15, event_steps: 4, formats: [plain], rate: 10";
        var (_, boards) = Drawn(Sampler("circuit-boards", options, 1), new(0, 1));
        Assert.Equal(0, PcdCloud.Read(boards["events/000000.pcd"], "still").Count);
        var (_, street) = Drawn(Sampler("street", options + ", sequence: 2", 2), new(1, 1));
        var events = PcdCloud.Read(street["events/000001.pcd"], "moving");
        Assert.True(events.Count > 100, $"{events.Count} events");
        double[] times = events.Of<double>("time")!;
        Assert.Equal(times.Order(), times);
        Assert.All(times, t => Assert.InRange(t, 0.1, 0.2));
        Assert.Equal((byte[])[0, 1], events.Of<byte>("brighter")!.Distinct().Order());
        Assert.True(events.Of<ushort>("x")!.Max() < 80 && events.Of<ushort>("y")!.Max() < 60);
    }

    [Theory]
    [InlineData("street", ", distortion: [0.1]", "bends no pinhole")]
    [InlineData("street", ", lens: fisheye, distortion: [0.1, 0, 0, 0, 0]", "takes 4 at most")]
    [InlineData("street", ", lens: brown_conrady, distortion: [wide]", "is no number")]
    [InlineData("street", ", lens: brown_conrady, distortion: [-2]", "lower 'distortion'")]
    [InlineData("warehouse", ", lens: fisheye, distortion: [-0.6]", "lower 'distortion'")]
    [InlineData("street", ", lens: telephoto", "pinhole")]
    [InlineData("street", ", readout: 120", "the next frame comes 100 ms after")]
    [InlineData("street", ", shutter: 50, rate: 30", "the next frame comes 33.333 ms after")]
    [InlineData("street", ", stereo: 0.2, readout: 10", "remove 'stereo' or 'readout'")]
    [InlineData("street", ", stereo: 0.2, lens: brown_conrady", "remove 'stereo' or 'lens'")]
    [InlineData("street", ", lens: brown_conrady, distortion: -0.1, formats: [coco, kitti]", "kitti tells of a pinhole's pictures")]
    [InlineData("street", ", events: 0.001", "raise it")]
    [InlineData("street", ", origin: [95, 0]", "degrees of latitude")]
    [InlineData("street", ", origin: here", "degrees of latitude")]
    [InlineData("street", ", imu: 10000, sequence: 10000, rate: 1", "lower it, or 'sequence'")]
    public void What_cannot_be_is_refused_with_a_remedy_at_its_place(string world, string options, string told)
    {
        var faults = new DiagnosticBag();
        var (values, map, of) = Read(world, options, faults);
        SceneOptions.Check(values, of, new Dictionary<string, Law>(), map, map.At, faults);
        var fault = Assert.Single(faults.All);
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
        Assert.True(fault.At.Column > 1);
    }

    [Fact]
    public void The_widest_view_that_is_drawn_decides_what_a_lens_must_reach()
    {
        var faults = new DiagnosticBag();
        var (values, map, of) = Read("street", ", lens: brown_conrady, distortion: [-0.3]", faults);
        SceneOptions.Check(values, of, new Dictionary<string, Law>(), map, map.At, faults);
        Assert.Single(faults.All);
        var narrow = new Dictionary<string, Law> { ["view"] = new(new Uniform(30, 50)) };
        var none = new DiagnosticBag();
        SceneOptions.Check(values, of, narrow, map, map.At, none);
        Assert.Empty(none.All);
    }

    [Theory]
    [InlineData("street")]
    [InlineData("warehouse")]
    [InlineData("circuit-boards")]
    [InlineData("traffic-signs")]
    public void No_picture_reaches_beyond_the_worlds_reach(string name)
    {
        var world = WorldTable.All.Single(w => w.Name == name);
        double most = world.Reach(n => world.Parameters.First(p => p.Name == n).Default.Range, 96, 64), seen = 0;
        var draw = new ParameterDraw(world.Parameters, new Dictionary<string, Law>(), 5, 24, even: true);
        for (int i = 0; i < 24; i++)
        {
            var camera = world.Build(new(draw.At(i), new Dice(5, i), 96, 64, 0, 0.1)).Camera;
            foreach (var (u, v) in ((float, float)[])[(-0.5f, -0.5f), (95.5f, -0.5f), (-0.5f, 63.5f), (95.5f, 63.5f)])
                seen = Math.Max(seen, Math.Sqrt(Math.Pow((u - camera.Cx) / camera.Fx, 2) + Math.Pow((v - camera.Cy) / camera.Fy, 2)));
        }
        Assert.InRange(seen, 0.05 * most, most * (1 + 1e-6));
    }
}
