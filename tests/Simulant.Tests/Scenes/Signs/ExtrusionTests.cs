using System.Numerics;
using Simulant.Numerics.Random;
using Simulant.Scenes.Description;
using Simulant.Scenes.Meshes;
using Xunit;

namespace Simulant.Tests.Scenes.Signs;

public class ExtrusionTests
{
    public static TheoryData<string, Vector2[][]> Shapes() => new()
    {
        { "triangle", [[new(0, 0), new(2, 0), new(0, 2)]] },
        { "clockwise", [[new(0, 0), new(0, 2), new(2, 2), new(2, 0)]] },
        { "arrow", [[new(0, 0), new(3, 1), new(0, 2), new(1, 1)]] },
        { "comb", [[new(0, 0), new(7, 0), new(7, 3), new(6, 3), new(6, 1), new(5, 1), new(5, 3), new(4, 3), new(4, 1), new(1, 1), new(1, 3),
            new(0, 3)]] },
        { "ring", [Round(24, 0, 0, 2), Round(18, 0.1f, 0, 1)] },
        { "three holes", [[new(0, 0), new(9, 0), new(9, 9), new(0, 9)], Round(8, 2, 2, 1), Round(7, 6, 2.2f, 1), Round(9, 5, 6, 2)] },
        { "star", [[.. Enumerable.Range(0, 40).Select(i => new Vector2(MathF.Cos(i * MathF.PI / 20), MathF.Sin(i * MathF.PI / 20))
            * (i % 2 == 0 ? 3 : 1.1f))]] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Triangles_fill_the_shape_once(string name, Vector2[][] polygons)
    {
        int[] triangles = Triangulation.Of(polygons);
        Vector2[] corners = [.. polygons.SelectMany(p => p)];
        double whole = Math.Abs(Triangulation.Area(polygons[0])) - polygons.Skip(1).Sum(p => Math.Abs(Triangulation.Area(p)));
        double sum = 0;
        for (int i = 0; i < triangles.Length; i += 3)
        {
            double area = Triangulation.Area([corners[triangles[i]], corners[triangles[i + 1]], corners[triangles[i + 2]]]);
            Assert.True(area > 0, name);
            sum += area;
        }
        Assert.Equal(whole, sum, 1e-5);
        // Places strewn over the box lie in one triangle or in none, as the outlines say.
        var stream = new RandomStream(1, name);
        for (int s = 0; s < 300; s++)
        {
            var p = new Vector2((float)stream.Uniform(s, 0) * 12 - 3, (float)stream.Uniform(s, 1) * 12 - 3);
            int inside = Enumerable.Range(0, triangles.Length / 3).Count(t => In(p, [.. triangles[(3 * t)..(3 * t + 3)].Select(i =>
                corners[i])]));
            Assert.Equal(In(p, polygons[0]) && !polygons.Skip(1).Any(h => In(p, h)) ? 1 : 0, inside);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_plate_is_closed_and_holds_area_times_depth(string name, Vector2[][] polygons)
    {
        var mesh = Extrusion.Of(polygons, 0.25f, Material.Grey, Material.Grey, Material.Grey);
        var edges = new Dictionary<(Vector3, Vector3), int>();
        double volume = 0;
        for (int i = 0; i < mesh.Indices.Length; i += 3)
        {
            Vector3 a = mesh.Positions[mesh.Indices[i]], b = mesh.Positions[mesh.Indices[i + 1]], c = mesh.Positions[mesh.Indices[i + 2]];
            volume += Vector3.Dot(a, Vector3.Cross(b, c)) / 6;
            foreach (var edge in ((Vector3, Vector3)[])[(a, b), (b, c), (c, a)]) edges[edge] = edges.GetValueOrDefault(edge) + 1;
        }
        double area = Math.Abs(Triangulation.Area(polygons[0])) - polygons.Skip(1).Sum(p => Math.Abs(Triangulation.Area(p)));
        Assert.Equal(area * 0.25, volume, 1e-4);
        Assert.All(edges, e => Assert.Equal(e.Value, edges.GetValueOrDefault((e.Key.Item2, e.Key.Item1))));
        Assert.NotEmpty(name);
    }

    [Fact]
    public void What_is_no_shape_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Triangulation.Of([[new(0, 0), new(1, 1)]]));
        Assert.Throws<ArgumentException>(() => Triangulation.Of([new Vector2[30_000]]));
        Assert.Throws<ArgumentException>(() => Triangulation.Of([[new(0, 0), new(1, 0), new(0, 1)], Round(5, 9, 9, 1)]));
        Assert.Throws<ArgumentException>(() => Extrusion.Of([Round(5, 0, 0, 1)], 0, Material.Grey, Material.Grey, Material.Grey));
    }

    private static Vector2[] Round(int corners, float x, float y, float radius) => [.. Enumerable.Range(0, corners).Select(i =>
        new Vector2(x + radius * MathF.Cos(2 * MathF.PI * i / corners), y + radius * MathF.Sin(2 * MathF.PI * i / corners)))];

    private static bool In(Vector2 p, Vector2[] polygon)
    {
        bool inside = false;
        for (int i = 0; i < polygon.Length; i++)
        {
            Vector2 a = polygon[i], b = polygon[(i + 1) % polygon.Length];
            if (a.Y > p.Y != b.Y > p.Y && p.X < a.X + (p.Y - a.Y) / (b.Y - a.Y) * (b.X - a.X)) inside = !inside;
        }
        return inside;
    }
}
