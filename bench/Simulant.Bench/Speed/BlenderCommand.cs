using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Simulant.Data;
using Simulant.Images;
using Simulant.Images.Codecs;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;
using Simulant.Scenes.Shading;

namespace Simulant.Bench.Speed;

/// <summary>
/// End to end beside Blender's Cycles: the yard in both, each against its own reference of many samples, denoisers off, with depth, normals
/// and segmentation. Needs a Blender (Debian: <c>apt-get install blender</c>).
/// </summary>
internal static class BlenderCommand
{
    private const int Bounces = 3, SkyWidth = 1024, SkyHeight = 512;

    /// <summary>Light beyond so many means is cut before errors are taken: single sparks would decide them.</summary>
    private const double Clip = 8;

    private sealed record Timed(int Samples, double Wall, double Cpu, double Error);

    public static int Run(string[] args, TextWriter to)
    {
        var given = Arguments.Parse(args);
        given.Only("width", "height", "smaller", "reference", "samples", "threads", "blender", "keep");
        int width = given.Number("width", 640), height = given.Number("height", 480), smaller = given.Number("smaller", 10);
        int threads = given.Number("threads", 2), most = given.Number("reference", 4096);
        int[] samples = given.Has("samples") ? [.. given.Many("samples").Select(s => int.Parse(s, CultureInfo.InvariantCulture))]
            : [1, 4, 16];
        string blender = given.Optional("blender") ?? "blender";
        string folder = given.Optional("keep") ?? Directory.CreateTempSubdirectory("simulant-blender-").FullName;
        Directory.CreateDirectory(folder);
        try
        {
            var scene = BenchScene.Yard();
            // An error is a property of the samples of a pixel, and is taken on a smaller picture: references are dear.
            var small = BenchScene.Camera(width / smaller, height / smaller);
            Export(scene, small, folder, samples, most, threads);
            var (errors, mean, reference) = Ours(scene, small, samples, most, threads, folder);
            var (theirErrors, theirMean) = Theirs(blender, folder, most);
            double apart = Apart(reference, mean, folder, theirMean);
            var camera = BenchScene.Camera(width, height);
            Export(scene, camera, folder, samples, 0, threads);
            var ours = Ours(scene, camera, samples, 0, threads, folder).Figures.Zip(errors, (t, e) => t with { Error = e.Error });
            var theirs = Theirs(blender, folder, 0).Figures.Zip(theirErrors, (t, e) => t with { Error = e.Error });
            Tell(to, [.. ours], [.. theirs], mean, theirMean, apart);
        }
        finally
        {
            if (given.Optional("keep") is null) Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    private static void Tell(TextWriter to, List<Timed> ours, List<Timed> theirs, double mean, double theirMean, double apart)
    {
        string F(double x) => x.ToString("0.####", CultureInfo.InvariantCulture);
        to.WriteLine(
            $"mean light {F(mean)} and {F(theirMean)}; references apart by {F(apart)} of the mean where each is brought to its own");
        to.WriteLine("                samples      wall s       CPU s       error");
        foreach (var (name, figures) in new[] { ("simulant", ours), ("cycles", theirs) })
            foreach (var t in figures) to.WriteLine($"{name,-12}{t.Samples,11}{F(t.Wall),12}{F(t.Cpu),12}{F(t.Error),12}");
        to.WriteLine("at equal error: error, CPU s of simulant and of cycles, how many times faster by CPU and by wall");
        foreach (var t in ours)
        {
            // Neither side is asked about errors that it did not come to.
            if (t.Error < theirs.Min(x => x.Error) || t.Error > theirs.Max(x => x.Error)) continue;
            double cpu = At(theirs, t.Error, x => x.Cpu), wall = At(theirs, t.Error, x => x.Wall);
            to.WriteLine($"{F(t.Error),12}{F(t.Cpu),12}{F(cpu),12}{F(cpu / t.Cpu),12}{F(wall / t.Wall),12}");
        }
    }

    /// <summary>Seconds at an error between two that were measured, straight in both logarithms.</summary>
    private static double At(List<Timed> figures, double error, Func<Timed, double> seconds)
    {
        var falling = figures.OrderByDescending(f => f.Error).ToList();
        int i = Math.Clamp(falling.FindIndex(f => f.Error <= error), 1, falling.Count - 1);
        var (a, b) = (falling[i - 1], falling[i]);
        double part = Math.Log(a.Error / error) / Math.Log(a.Error / b.Error);
        return Math.Exp(Math.Log(seconds(a)) * (1 - part) + Math.Log(seconds(b)) * part);
    }

    /// <param name="most">Samples of the reference; 0 for none, and then errors are not numbers.</param>
    private static (List<Timed> Figures, double Mean, Vector3[] Reference) Ours(Scene scene, Camera camera, int[] samples, int most,
        int threads,
        string folder)
    {
        var run = RunContext.Quiet(1, threads);
        RenderOptions Of(int count, int frame) => new(Simulant.Scenes.Shading.Quality.Traced, count, Bounces, false, frame);
        Vector3[] reference = most == 0 ? [] : Renderer.Render(Frame.Of(scene, camera, run), Of(most, 1), run).Pixels;
        double mean = reference.Sum(p => (double)p.X + p.Y + p.Z) / (3.0 * reference.Length);
        var figures = new List<Timed>();
        foreach (int count in (int[])[samples[0], .. samples]) // the first warms up
        {
            using var process = Process.GetCurrentProcess();
            var before = process.TotalProcessorTime;
            long start = Stopwatch.GetTimestamp();
            var frame = Frame.Of(scene, camera, run);
            var image = Renderer.Render(frame, Of(count, 0), run);
            Write(frame, image, folder);
            double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
            process.Refresh();
            figures.Add(new(count, wall, (process.TotalProcessorTime - before).TotalSeconds,
                most == 0 ? double.NaN : Error(image.Pixels, reference, mean)));
        }
        return (figures[1..], mean, reference);
    }

    private static double Error(Vector3[] found, Vector3[] reference, double mean)
    {
        double sum = 0, most = Clip * mean;
        for (int i = 0; i < found.Length; i++)
            for (int c = 0; c < 3; c++)
                sum += Math.Pow(Math.Min(found[i][c], most) - Math.Min(reference[i][c], most), 2);
        return Math.Sqrt(sum / (3.0 * found.Length)) / mean;
    }

    /// <summary>Colour, depth, normals and numbers of instances as files, as the other side writes them.</summary>
    private static void Write(Frame frame, ColourImage image, string folder)
    {
        var pixels = frame.Pixels;
        Raster<float> Of(int channels, float[] samples) => new(pixels.Width, pixels.Height, channels, samples, ColourSpace.Data);
        float[] Flat(Vector3[] vectors) => MemoryMarshal.Cast<Vector3, float>(vectors).ToArray();
        File.WriteAllBytes(Path.Combine(folder, "colour.npy"), Npy.Write(Of(3, Flat(image.Pixels))));
        File.WriteAllBytes(Path.Combine(folder, "depth.npy"), Npy.Write(Of(1, pixels.Depth)));
        File.WriteAllBytes(Path.Combine(folder, "normals.npy"), Npy.Write(Of(3, Flat(pixels.Normal))));
        File.WriteAllBytes(Path.Combine(folder, "instance.npy"), Npy.Write(new Raster<ushort>(pixels.Width, pixels.Height, 1,
            pixels.Instance,
            ColourSpace.Data)));
    }

    /// <summary>How far the two references lie apart, each divided by its mean: whether both show one scene.</summary>
    private static double Apart(Vector3[] reference, double mean, string folder, double theirMean)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(folder, "reference.bin"));
        double sum = 0;
        for (int i = 0; i < reference.Length; i++)
            for (int c = 0; c < 3; c++)
                sum += Math.Abs(Math.Min(Clip, reference[i][c] / mean)
                    - Math.Min(Clip, BitConverter.ToSingle(bytes, 4 * (3 * i + c)) / theirMean));
        return sum / (3.0 * reference.Length);
    }

    private static (List<Timed> Figures, double Mean) Theirs(string blender, string folder, int most)
    {
        string script = Path.Combine(Path.GetDirectoryName(Checkout.Launcher)!, "bench", "blender", "cycles.py");
        var start = new ProcessStartInfo(blender, ["-b", "--factory-startup", "-P", script, "--", folder])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        string said;
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            said = process.StandardOutput.ReadToEnd() + errors.Result;
            process.WaitForExit();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new ArgumentException(
                $"there is no program '{blender}'; install Blender (Debian: apt-get install blender), or name it with "
                + "--blender");
        }
        string path = Path.Combine(folder, "figures.json");
        if (!File.Exists(path)) throw new ArgumentException($"Blender wrote no figures: {said[Math.Max(0, said.Length - 2000)..]}");
        var lines = JsonNode.Parse(File.ReadAllText(path))!.AsArray();
        double Number(JsonNode line, string key) => (double?)line[key] ?? double.NaN;
        if ((int)lines[0]!["samples"]! != most) throw new ArgumentException("Blender's figures are of another run");
        return ([.. lines.Skip(1).Select(l => new Timed((int)l!["samples"]!, Number(l, "wall"), Number(l, "cpu"), Number(l, "error")))],
            Number(lines[0]!, "mean"));
    }

    private static void Export(Scene scene, Camera camera, string folder, int[] samples, int most, int threads)
    {
        File.Delete(Path.Combine(folder, "figures.json"));
        using var file = File.Create(Path.Combine(folder, "scene.bin"));
        using var data = new BinaryWriter(file);
        JsonObject Put(int count, Action write)
        {
            data.Flush();
            var place = new JsonObject { ["offset"] = file.Position, ["count"] = count };
            write();
            return place;
        }
        var things = new JsonArray();
        foreach (var (actor, part) in scene.Actors.SelectMany(a => a.Parts.Select(p => (a, p))))
        {
            var pose = actor.Motion.Now.After(part.Motion.Now);
            var (mesh, material) = (part.Mesh, part.Mesh.MaterialAt(0));
            things.Add((JsonNode)new JsonObject
            {
                ["positions"] = Put(3 * mesh.Positions.Length, () =>
                {
                    foreach (var p in mesh.Positions.Select(q => pose.Point(q))) Write(data, p);
                }),
                ["indices"] = Put(mesh.Indices.Length, () =>
                {
                    foreach (int index in mesh.Indices) data.Write(index);
                }),
                ["smooth"] = mesh.Normals is not null,
                ["colour"] = Three(material.BaseColour), ["metallic"] = material.Metallic, ["roughness"] = material.Roughness,
            });
        }
        var sun = (SunLight)scene.Lights.Single();
        float strength = MathF.Max(sun.Irradiance.X, MathF.Max(sun.Irradiance.Y, sun.Irradiance.Z));
        // A lamp shines along -z, and so does Blender's camera look, with y up.
        var towards = Spatial.Unit(sun.Towards);
        var side = Spatial.Unit(Spatial.Cross(Vector3.UnitY, towards));
        var eye = camera.Pose;
        File.WriteAllText(Path.Combine(folder, "scene.json"), new JsonObject
        {
            ["width"] = camera.Width, ["height"] = camera.Height, ["threads"] = threads, ["bounces"] = Bounces, ["reference"] = most,
            ["samples"] = new JsonArray([.. samples.Select(s => (JsonNode)s)]), ["clip"] = Clip, ["things"] = things,
            ["camera"] = new JsonObject
            {
                ["angle"] = 2 * Math.Atan(camera.Width / 2.0 / camera.Fx),
                ["matrix"] = Matrix(eye.Direction(Vector3.UnitX), eye.Direction(-Vector3.UnitY), eye.Direction(-Vector3.UnitZ),
                    eye.Translation),
            },
            ["sun"] = new JsonObject
            {
                ["strength"] = strength, ["colour"] = Three(sun.Irradiance / strength), ["angle"] = 2 * sun.Radius,
                ["matrix"] = Matrix(side, Spatial.Cross(towards, side), towards, default),
            },
            ["sky"] = new JsonObject
            {
                ["width"] = SkyWidth, ["height"] = SkyHeight, ["pixels"] = Put(4 * SkyWidth * SkyHeight, () => Sky(data, scene.Sky!)),
            },
        }.ToJsonString());
    }

    /// <summary>Light from all round as Blender lays it out: rows from straight down along its z, columns round it.</summary>
    private static void Sky(BinaryWriter data, Sky sky)
    {
        for (int row = 0; row < SkyHeight; row++)
            for (int column = 0; column < SkyWidth; column++)
            {
                double round = -((column + 0.5) / SkyWidth - 0.5) * 2 * Math.PI, up = ((row + 0.5) / SkyHeight - 0.5) * Math.PI;
                Write(data, sky.Radiance(new((float)(Math.Cos(round) * Math.Cos(up)), (float)(Math.Sin(round) * Math.Cos(up)),
                    (float)Math.Sin(up))));
                data.Write(1f);
            }
    }

    private static void Write(BinaryWriter data, Vector3 v)
    {
        data.Write(v.X);
        data.Write(v.Y);
        data.Write(v.Z);
    }

    private static JsonArray Three(Vector3 v) => new(v.X, v.Y, v.Z);

    private static JsonArray Matrix(Vector3 x, Vector3 y, Vector3 z, Vector3 at) => new([.. Enumerable.Range(0, 4).Select(i =>
        (JsonNode)(i == 3 ? new JsonArray(0, 0, 0, 1) : new JsonArray(x[i], y[i], z[i], at[i])))]);
}
