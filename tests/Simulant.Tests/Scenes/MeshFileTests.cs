using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Scenes.Description;
using Simulant.Scenes.Meshes;
using Simulant.Tests.Data;
using Xunit;

namespace Simulant.Tests.Scenes;

public class MeshFileTests
{
    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private const string Obj = "# a square\nv 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nvt 0 0\nvt 1 0\nvt 1 1\nvt 0 1\n"
        + "vn 0 0 1\nf 1/1/1 2/2/1 3/3/1 -1/-1/-1\n";

    private const string Ply = "ply\nformat ascii 1.0\ncomment a square\nelement vertex 4\nproperty float x\nproperty double y\n"
        + "property float z\n"
        + "property uchar red\nelement face 1\nproperty list uchar int vertex_indices\nend_header\n"
        + "0 0 0 9\n1 0 0 9\n1 1 0 9\n0 1 0 9\n4 0 1 2 3\n";

    private const string Stl = "solid square\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 1 1 0\nendloop\nendfacet\n"
        + "facet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 1 0\nvertex 0 1 0\nendloop\nendfacet\nendsolid\n";

    private static byte[] BinaryPly(bool big)
    {
        var bytes = new List<byte>(Utf8($"ply\nformat binary_{(big ? "big" : "little")}_endian 1.0\nelement vertex 4\n"
            + "property float x\nproperty float y\nproperty float z\n"
            + "element face 1\nproperty list uchar ushort vertex_index\nend_header\n"));
        void Put(byte[] little) => bytes.AddRange(big ? little.Reverse() : little);
        foreach (float f in (float[])[0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0]) Put(BitConverter.GetBytes(f));
        bytes.Add(4);
        foreach (ushort i in (ushort[])[0, 1, 2, 3]) Put(BitConverter.GetBytes(i));
        return [.. bytes];
    }

    private static byte[] BinaryStl()
    {
        var bytes = new List<byte>(new byte[80]);
        bytes.AddRange(BitConverter.GetBytes(2));
        foreach (float[] facet in (float[][])[[0, 0, 0, 1, 0, 0, 1, 1, 0], [0, 0, 0, 1, 1, 0, 0, 1, 0]])
        {
            bytes.AddRange(new byte[12]);
            foreach (float f in facet) bytes.AddRange(BitConverter.GetBytes(f));
            bytes.AddRange([0, 0]);
        }
        return [.. bytes];
    }

    private static byte[] Glb(string? json = null)
    {
        var data = new List<byte>();
        foreach (float f in (float[])[0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0]) data.AddRange(BitConverter.GetBytes(f));
        foreach (ushort i in (ushort[])[0, 1, 2, 0, 2, 3]) data.AddRange(BitConverter.GetBytes(i));
        json ??= GlbJson;
        json = json.PadRight((json.Length + 3) / 4 * 4);
        var bytes = new List<byte>(Utf8("glTF"));
        void Word(int value) => bytes.AddRange(BitConverter.GetBytes(value));
        Word(2);
        Word(12 + 8 + json.Length + 8 + data.Count);
        Word(json.Length);
        bytes.AddRange(Utf8("JSON" + json));
        Word(data.Count);
        bytes.AddRange(Utf8("BIN\0"));
        bytes.AddRange(data);
        return [.. bytes];
    }

    private const string GlbJson = """
        {"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],
        "nodes":[{"children":[1],"translation":[0,0,0]},{"mesh":0,"rotation":[0,0,0,1]}],
        "meshes":[{"primitives":[{"attributes":{"POSITION":0},"indices":1,"material":0}]}],
        "materials":[{"name":"red","pbrMetallicRoughness":{"baseColorFactor":[1,0,0,1],"metallicFactor":0,"roughnessFactor":0.25}}],
        "accessors":[{"bufferView":0,"componentType":5126,"count":4,"type":"VEC3"},
        {"bufferView":1,"componentType":5123,"count":6,"type":"SCALAR"}],
        "bufferViews":[{"buffer":0,"byteLength":48},{"buffer":0,"byteOffset":48,"byteLength":12}],"buffers":[{"byteLength":60}]}
        """;

    private static readonly Dictionary<string, byte[]> Squares = new()
    {
        ["a.obj"] = Utf8(Obj), ["a.ply"] = Utf8(Ply), ["little.ply"] = BinaryPly(false), ["big.ply"] = BinaryPly(true),
        ["a.stl"] = Utf8(Stl), ["binary.stl"] = BinaryStl(), ["a.glb"] = Glb(),
    };

    public static TheoryData<string> Names => [.. Squares.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_square_is_read_from_every_format(string name)
    {
        var mesh = MeshFile.Parse(name, Squares[name]);
        Assert.Equal([new(0, 0, 0), new(1, 0, 0), new(1, 1, 0), new(0, 1, 0)], mesh.Positions);
        Assert.Equal([0, 1, 2, 0, 2, 3], mesh.Indices);
    }

    [Fact]
    public void Normals_texture_coordinates_and_materials_come_along()
    {
        var obj = MeshFile.Parse("a.obj", Squares["a.obj"]);
        Assert.All(obj.Normals!, n => Assert.Equal(Vector3.UnitZ, n));
        Assert.Equal([new(0, 1), new(1, 1), new(1, 0), new(0, 0)], obj.Uvs!);
        var glb = MeshFile.Parse("a.glb", Glb());
        Assert.Equal(("red", new Vector3(1, 0, 0), 0f, .25f),
            (glb.MaterialAt(1).Name, glb.MaterialAt(1).BaseColour, glb.MaterialAt(1).Metallic, glb.MaterialAt(1).Roughness));
    }

    [Fact]
    public void Nodes_turn_scale_and_mirror_what_hangs_on_them()
    {
        // A quarter turn about z, then a mirror of x twice as large, then a shift.
        var mesh = MeshFile.Parse("a.glb", Glb(GlbJson.Replace("\"translation\":[0,0,0]", "\"translation\":[5,0,0],\"scale\":[-2,2,2]")
            .Replace("[0,0,0,1]},", "[0,0,0.70710678,0.70710678]},").Replace("\"rotation\":[0,0,0,1]",
                "\"rotation\":[0,0,0.70710678,0.70710678]")));
        Vector3[] expected = [new(5, 0, 0), new(5, 2, 0), new(7, 2, 0), new(7, 0, 0)];
        Assert.All(mesh.Positions.Zip(expected), p => Assert.InRange(Vector3.Distance(p.First, p.Second), 0, 1e-5f));
        var normal = Vector3.Cross(mesh.Positions[mesh.Indices[1]] - mesh.Positions[mesh.Indices[0]],
            mesh.Positions[mesh.Indices[2]] - mesh.Positions[mesh.Indices[0]]);
        Assert.True(normal.Z > 0);
    }

    [Theory]
    [InlineData("a.fbx", "x", "no mesh format")]
    [InlineData("a.obj", "v 0 0\n", "line 1: v has 2 numbers")]
    [InlineData("a.obj", "v 0 0 0\nf 1 2 3\n", "line 2: '2' points outside")]
    [InlineData("a.obj", "v 0 0 zero\n", "'zero' is not a number")]
    [InlineData("a.obj", "v 0 0 0\nf 1 1\n", "2 corners")]
    [InlineData("a.obj", "v 1e30 0 0\nv 0 1 0\nv 0 0 1\nf 1 2 3\n", "not a finite place")]
    [InlineData("a.obj", "", "no triangle")]
    [InlineData("a.ply", "ply\nformat", "end_header")]
    [InlineData("a.ply", "obj", "begins with the word ply")]
    [InlineData("a.ply", "ply\nformat utf 1.0\nend_header\n", "'utf' is not known")]
    [InlineData("a.ply", "ply\nformat ascii 1.0\nelement vertex 2000000000\nproperty float x\nend_header\n", "promised")]
    [InlineData("a.ply", "ply\nformat ascii 1.0\nelement vertex 1\nproperty quad x\nend_header\n", "'quad' is not known")]
    [InlineData("a.ply", "ply\nformat ascii 1.0\nelement vertex 2\nproperty float x\nend_header\n1\n", "ends before")]
    [InlineData("a.stl", "solid\nvertex 1 2\n", "line 2: a vertex has 2 numbers")]
    [InlineData("a.stl", "solid\nvertex 1 2 3\nendloop\n", "1 corners")]
    [InlineData("a.stl", "sol", "ends within the header")]
    [InlineData("a.glb", "glTF", "ends within its header")]
    [InlineData("a.glb", "not a binary file of any kind", "letters glTF")]
    public void A_hostile_file_is_refused_with_place_and_reason(string name, string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<DataException>(() => MeshFile.Parse(name, Utf8(text))).Message);

    [Theory]
    [InlineData("\"count\":4", "\"count\":5", "do not fit")]
    [InlineData("\"count\":4", "\"count\":-1", "0 or more")]
    [InlineData("\"count\":4", "\"count\":2000000000", "do not fit")]
    [InlineData("\"byteLength\":48}", "\"byteLength\":480}", "reaches to")]
    [InlineData("\"children\":[1]", "\"children\":[0]", "contain themselves")]
    [InlineData("\"mesh\":0", "\"mesh\":7", "no number 7")]
    [InlineData("\"asset\"", "\"extensionsRequired\":[\"KHR_draco_mesh_compression\"],\"asset\"", "KHR_draco")]
    [InlineData("[1,0,0,1]", "[7,0,0,1]", "not within 0 to 1")]
    [InlineData("\"buffers\":[{", "\"buffers\":[{\"uri\":\"http://x\",", "outside the file")]
    [InlineData("\"type\":\"VEC3\"", "\"type\":\"VEC3\",\"sparse\":{}", "sparse")]
    [InlineData("5126", "5130", "componentType")]
    [InlineData("{\"asset\"", "{{", "cannot be read")]
    public void A_damaged_glb_is_refused(string what, string by, string expected) =>
        Assert.Contains(expected, Assert.Throws<DataException>(() => MeshFile.Parse("a.glb", Glb(GlbJson.Replace(what, by)))).Message);

    [Theory]
    [MemberData(nameof(Names))]
    public void No_change_of_bytes_does_more_than_be_refused(string name)
    {
        var random = new RandomStream(9, "tests/meshes/" + name);
        int refused = 0;
        for (int i = 0; i < 3000; i++)
        {
            byte[] bytes = [.. Squares[name]];
            for (int k = 0; k <= i % 4; k++) bytes[random.Below(bytes.Length, i, 2 * k)] = (byte)random.Below(256, i, 2 * k + 1);
            if (i % 5 == 0) bytes = bytes[..random.Below(bytes.Length, i, 99)];
            try
            {
                var mesh = MeshFile.Parse(name, bytes);
                Assert.All(mesh.Indices, index => Assert.InRange(index, 0, mesh.Positions.Length - 1));
            }
            catch (DataException e)
            {
                Assert.StartsWith(name, e.Message);
                refused++;
            }
        }
        Assert.InRange(refused, 300, 3000);
    }

    [Fact]
    public void A_file_that_is_missing_or_too_large_is_refused()
    {
        using var folder = new TempFolder();
        Assert.Contains("no such file", Assert.Throws<DataException>(() => MeshFile.Read(folder.File("none.obj"))).Message);
        string path = folder.Write("a.obj", Obj);
        Assert.Equal(2, MeshFile.Read(path).Triangles);
        Assert.Contains("more than the 10", Assert.Throws<DataException>(() => MeshFile.Read(path, new(MaxBytes: 10))).Message);
    }

    [Fact]
    public void A_real_file_under_draco_is_refused()
    {
        string path = Path.Combine(Environment.GetEnvironmentVariable("SIMULANT_DATA") ?? "", "meshes", "bunny.glb");
        Assert.SkipUnless(File.Exists(path), "meshes/bunny.glb is not under SIMULANT_DATA");
        Assert.Contains("KHR_draco", Assert.Throws<DataException>(() => MeshFile.Read(path)).Message);
    }

    [Theory]
    [InlineData("kenney_city/building-small-a.glb", 100)]
    [InlineData("kenney_city/road-intersection.glb", 20)]
    public void Real_files_are_read(string file, int least)
    {
        string? root = Environment.GetEnvironmentVariable("SIMULANT_DATA");
        string path = Path.Combine(root ?? "", "meshes", file);
        Assert.SkipUnless(root is not null && File.Exists(path), $"meshes/{file} is not under SIMULANT_DATA");
        int pictures = 0;
        var mesh = MeshFile.Read(path, new(Picture: _ =>
        {
            pictures++;
            return new(1, 1, [new(.5f)]);
        }, Beside: name => File.Exists(Path.Combine(Path.GetDirectoryName(path)!, name))
            ? File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(path)!, name)) : null));
        Assert.InRange(mesh.Triangles, least, 1_000_000);
        Assert.False(mesh.Box.IsEmpty);
        if (file.StartsWith("kenney", StringComparison.Ordinal)) Assert.True(pictures > 0);
    }
}
