using System.Buffers.Binary;
using Simulant.Images.Codecs;
using Simulant.Scenes.Formats;
using Xunit;

namespace Simulant.Tests.Scenes.Formats;

/// <summary>Files by pixel hold the frame's labels.</summary>
public class PlainFormatTests
{
    [Fact]
    public void Measures_read_back()
    {
        var files = Noted.Files("plain-amodal", Noted.Notes);
        var pixels = Noted.Frame.Pixels;
        Assert.Equal([1, 2, 3], files["images/000042.png"]);
        Assert.Equal(pixels.Depth, Npy.Read<float>(files["depth/000042.npy"], "d").Samples);
        var normals = Npy.Read<float>(files["normals/000042.npy"], "n");
        var flow = Npy.Read<float>(files["scene-flow/000042.npy"], "s");
        var albedo = PngReader.Read16(files["albedo/000042.png"], "a");
        for (int i = 0; i < pixels.Depth.Length; i++)
        {
            Assert.Equal(pixels.Normal[i], new(normals.Samples.AsSpan(3 * i)));
            Assert.Equal(pixels.SceneFlow[i], new(flow.Samples.AsSpan(3 * i)));
            Assert.Equal(pixels.Albedo[i].Y, albedo.Samples[3 * i + 1] / 65535.0, 1e-5);
        }
        Assert.Equal(pixels.Semantic, PngReader.Read16(files["semantic/000042.png"], "s").Samples);
        Assert.Equal(pixels.Instance, PngReader.Read16(files["instance/000042.png"], "s").Samples);
        Assert.Equal("1 floor\n2 box\n3 ball\n4 table lamp\n"u8.ToArray(), files["classes.txt"]);
    }

    [Fact]
    public void Flow_is_as_Middlebury_has_it()
    {
        var files = Noted.Files("plain-amodal", Noted.Notes);
        foreach (var (name, flow) in new[] { ("forward", Noted.Frame.Pixels.Forward), ("backward", Noted.Frame.Pixels.Backward) })
        {
            byte[] file = files[$"flow-{name}/000042.flo"];
            Assert.Equal("PIEH"u8.ToArray(), file[..4]);
            Assert.Equal((96, 64), (BitConverter.ToInt32(file, 4), BitConverter.ToInt32(file, 8)));
            Assert.Equal(12 + 8 * flow.Length, file.Length);
            for (int i = 0; i < flow.Length; i++)
            {
                float u = BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan(12 + 8 * i));
                Assert.Equal(float.IsNaN(flow[i].X) ? 1e10f : flow[i].X, u);
            }
        }
        byte[] unknown = PlainFormat.Flo([new(float.NaN), new(1, 2)], 2, 1);
        Assert.Equal((1e10f, 2f), (BitConverter.ToSingle(unknown, 12), BitConverter.ToSingle(unknown, 24)));
        var npy = new PlainFormat("p", "", new() { FlowAsNpy = true }).OfFrame(Noted.Notes, Noted.Frame, []);
        var read = Npy.Read<float>(npy.Single(f => f.Path == "flow-forward/000042.npy").Content, "f");
        Assert.Equal(Noted.Frame.Pixels.Forward[5].Y, read.Samples[11]);
    }

    [Fact]
    public void Pictures_of_depth_and_normals_are_rounded_right()
    {
        var files = Noted.Files("plain-png", Noted.Notes);
        var pixels = Noted.Frame.Pixels;
        ushort[] depth = PngReader.Read16(files["depth/000042.png"], "d").Samples;
        ushort[] normals = PngReader.Read16(files["normals/000042.png"], "n").Samples;
        Assert.Contains(depth, d => d == 0);
        for (int i = 0; i < depth.Length; i++)
        {
            if (float.IsInfinity(pixels.Depth[i])) Assert.Equal((0, 0), (depth[i], normals[3 * i]));
            else
            {
                Assert.InRange(depth[i] - Math.Min(1000.0 * pixels.Depth[i], 65535), -0.51, 0.51);
                Assert.Equal(pixels.Normal[i].Z, (normals[3 * i + 2] - 1) / 65534.0 * 2 - 1, 4e-5);
            }
        }
    }

    [Fact]
    public void Amodal_masks_are_those_of_the_actors()
    {
        var files = Noted.Files("plain-amodal", Noted.Notes);
        foreach (var actor in Noted.Frame.Actors)
        {
            string path = $"amodal/000042_{actor.Instance:D6}.png";
            Assert.Equal(actor.AmodalPixels > 0, files.ContainsKey(path));
            if (actor.AmodalPixels == 0) continue;
            byte[] mask = PngReader.Read(files[path], "m").Samples;
            for (int i = 0; i < mask.Length; i++) Assert.Equal(actor.Amodal.At(i % 96, i / 96) ? 255 : 0, mask[i]);
        }
    }

    [Fact]
    public void Formats_are_found_by_name_and_paths_are_clean()
    {
        Assert.Null(SceneFormats.Find("pain"));
        Assert.Equal(SceneFormats.Names.Distinct().Count(), SceneFormats.All.Count);
        foreach (string name in SceneFormats.Names)
        {
            var files = Noted.Files(name, Noted.Notes);
            if (name == "webdataset") // its pieces hold other formats' files
            {
                Assert.Empty(files);
                continue;
            }
            Assert.All(files.Keys, p => Assert.Matches("^[a-zA-Z0-9_./-]+$", p));
            Assert.Contains(files, f => f.Value.AsSpan().SequenceEqual((byte[])[1, 2, 3]));
            // The same twice.
            Assert.Equal(files, Noted.Files(name, Noted.Notes));
        }
    }
}
