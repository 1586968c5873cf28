using System.Numerics;
using Simulant.Scenes.Description;
using Xunit;

namespace Simulant.Tests.Scenes;

public class ShapesTests
{
    private static readonly Dictionary<string, (Mesh Mesh, double Volume)> Solids = new()
    {
        ["box"] = (Shapes.Box(new(1, 2, 3)), 6),
        ["sphere"] = (Shapes.Sphere(.5f, 128), Math.PI / 6),
        ["cylinder"] = (Shapes.Cylinder(.5f, 2, 128), Math.PI / 2),
        ["cone"] = (Shapes.Cone(1, 3, 128), Math.PI),
        ["capsule"] = (Shapes.Capsule(.5f, 2, 128), Math.PI / 6 + Math.PI / 4),
    };

    public static TheoryData<string> Names => [.. Solids.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_solid_is_closed_looks_outwards_and_has_its_volume(string name)
    {
        var (mesh, volume) = Solids[name];
        double sum = 0;
        // Where a surface is closed, each way along an edge is walked as often as back.
        var walked = new Dictionary<(Vector3, Vector3), int>();
        for (int i = 0; i < mesh.Indices.Length; i += 3)
        {
            Vector3 a = mesh.Positions[mesh.Indices[i]], b = mesh.Positions[mesh.Indices[i + 1]], c = mesh.Positions[mesh.Indices[i + 2]];
            sum += Vector3.Dot(a, Vector3.Cross(b, c)) / 6;
            foreach (var (from, to) in ((Vector3, Vector3)[])[(a, b), (b, c), (c, a)])
            {
                walked[(from, to)] = walked.GetValueOrDefault((from, to)) + 1;
                walked[(to, from)] = walked.GetValueOrDefault((to, from)) - 1;
            }
            Assert.True(Vector3.Dot(Vector3.Cross(b - a, c - a), mesh.Normals![mesh.Indices[i]]) >= 0);
        }
        Assert.All(walked.Values, count => Assert.Equal(0, count));
        Assert.InRange(sum / volume, .995, 1.0001);
        Assert.All(mesh.Normals!, n => Assert.InRange(n.Length(), .9999f, 1.0001f));
    }

    [Fact]
    public void Textures_are_functions_of_place_within_bounds()
    {
        Texture[] all = [new Checker(new(1), default, .5f), new Clouds(new(1), default, .3f, 1), new Wood(new(.6f), new(.3f)),
            new Brick(new(.6f, .2f, .1f), new(.7f)), new Asphalt(new(.05f), new(.4f))];
        foreach (var texture in all)
        {
            var seen = new HashSet<Vector3>();
            for (int i = 0; i < 500; i++)
            {
                var at = new Vector3(i * .137f % 3, i * .071f % 2, i * .223f % 5);
                var colour = texture.At(at, default);
                Assert.Equal(colour, texture.At(at, default));
                Assert.InRange(MathF.Min(colour.X, MathF.Min(colour.Y, colour.Z)), 0, 1);
                Assert.InRange(MathF.Max(colour.X, MathF.Max(colour.Y, colour.Z)), 0, 1);
                seen.Add(colour);
            }
            Assert.True(seen.Count > 1, texture.GetType().Name);
        }
        Assert.NotEqual(new Clouds(new(1), default, .3f, 1).At(new(.4f), default), new Clouds(new(1), default, .3f, 2)
            .At(new(.4f), default));
        var picture = new Picture(2, 1, [default, new(1)]);
        Assert.Equal((0f, 1f, .5f), (picture.At(default, new(.25f, .5f)).X, picture.At(default, new(.75f, .5f)).X,
            picture.At(default, new(.5f, .5f)).X));
    }

    [Fact]
    public void What_makes_no_shape_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Shapes.Capsule(1, 1));
        Assert.Throws<ArgumentException>(() => Shapes.Sphere(1, 2));
        Assert.Throws<ArgumentException>(() => Shapes.Box(new(1)).Scaled(0));
        Assert.Throws<ArgumentException>(() => new Mesh([new(float.NaN)], [0, 0, 0]));
        Assert.Throws<ArgumentException>(() => new Mesh([default], [0, 0, 1]));
        Assert.Throws<ArgumentException>(() => new Mesh([default], [0, 0]));
        Assert.Throws<ArgumentException>(() => new Mesh([default], [0, 0, 0], normals: []));
        Assert.Throws<ArgumentException>(() => new Mesh([default], [0, 0, 0], materialOf: [1]));
        Assert.Equal(2, Shapes.Box(new(1)).Scaled(2).Box.Size.X);
    }
}
