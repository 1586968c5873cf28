using System.Numerics;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;

namespace Simulant.Scenes.Signs;

/// <summary>
/// What may stand behind and before a sign: made once from the seed, placed by each item. Sizes are those of things (trees of 3 to 9 m,
/// walls of 4 to 20), colours albedos of plants (.03 to .25, green), plaster and brick (.15 to .7), asphalt (.05 to .15).
/// </summary>
internal sealed class Roadside
{
    /// <summary>Numbers of classes.</summary>
    public const int Ground = 1, Post = 2, Plants = 3, Wall = 4, Car = 5, Plate = 6;

    private const int Kinds = 16;

    private readonly Mesh[] _crowns, _walls, _hedges, _cars, _grounds, _leaves, _lumps;
    private readonly Mesh _post, _mast, _plate;
    private readonly Dial _which, _x, _z, _turn, _ground, _many, _near, _height, _plates;

    public Roadside(ulong seed)
    {
        Dial tint = new(seed, "roadside/tint", 0, 1), size = new(seed, "roadside/size", 0, 1);
        float T(int i, int slot) => tint.Single(i, slot);
        float S(int i, int slot, float low, float high) => low + (high - low) * size.Single(i, slot);
        Vector3 Green(int i, int slot, float light) =>
            new Vector3(0.25f + 0.5f * T(i, slot), 0.55f + 0.35f * T(i, slot + 1), 0.08f + 0.25f * T(i, slot + 2)) * light;
        Vector3 Plaster(int i, int slot) => new Vector3(0.88f + 0.12f * T(i, slot), 0.84f + 0.12f * T(i, slot + 1), 0.74f + 0.2f * T(i,
            slot + 2)) * (0.05f + 0.6f * T(i, slot + 3) * T(i, slot + 3));
        Material Leafy(int i) => new("leaves", Vector3.One, 0, 0.8f, default,
            new Clouds(Green(i, 0, 0.04f + 0.08f * T(i, 6)), Green(i, 3, 0.12f + 0.25f * T(i, 7)), S(i, 9, 0.08f, 0.6f), (uint)i));
        _crowns = Make(i => Shapes.Sphere(S(i, 0, 1.2f, 4.5f), 16, Leafy(i)));
        _hedges = Make(i => Shapes.Box(new(S(i, 1, 2, 14), S(i, 2, 0.8f, 3.5f), S(i, 3, 0.5f, 3)), Leafy(i + 20)));
        _lumps = Make(i => Lump(seed, i, Leafy(i + 40)));
        _walls = Make(i => Shapes.Box(new(S(i, 4, 4, 20), S(i, 5, 3, 14), S(i, 6, 3, 10)), new("wall", Vector3.One, 0, 0.9f, default,
            (i % 3) switch
            {
                0 => new Brick(Plaster(i, 10) * new Vector3(1, 0.6f, 0.5f), Plaster(i, 14), Seed: (uint)i),
                1 => new Checker(Plaster(i, 10), Plaster(i, 14) * 0.4f, S(i, 7, 0.6f, 2.5f)),
                _ => new Clouds(Plaster(i, 10), Plaster(i, 10) * 0.8f, 2, (uint)i),
            })));
        _cars = Make(i => Shapes.Box(new(1.8f, 1.5f, 4.3f),
            new("car", new Vector3(T(i, 20), T(i, 21), T(i, 22)) * (0.05f + 0.7f * T(i, 23)), 0, 0.25f)));
        _grounds = Make(i => Shapes.Plane(400, 1, new("ground", Vector3.One, 0, 0.9f, default, i % 2 == 0
            ? new Asphalt(new(0.04f + 0.05f * T(i, 24)), new(0.12f + 0.1f * T(i, 25)), 0.02f, (uint)i)
            : new Clouds(Green(i, 26, 0.08f), Green(i, 29, 0.3f), 0.7f, (uint)i))));
        _leaves = Make(i => Leaves(seed, i));
        _post = Shapes.Cylinder(0.038f, 3.4f, 12, new("post", new(0.45f), 0.6f, 0.5f));
        _mast = Shapes.Cylinder(0.09f, 9, 12, new("mast", new(0.3f), 0.2f, 0.6f));
        _plate = Shapes.Box(new(0.6f, 0.3f, 0.01f), Material.Matt(0.75f, 0.75f, 0.72f));
        _which = new(seed, "roadside/which", 0, 1);
        _x = new(seed, "roadside/x", -1, 1);
        _z = new(seed, "roadside/z", 1.5, 60, Law.LogUniform);
        _turn = new(seed, "roadside/turn", -Math.PI, Math.PI);
        _ground = new(seed, "roadside/ground", 0, 1);
        _many = new(seed, "roadside/many", 0, 1);
        _near = new(seed, "roadside/near", 0, 1);
        _height = new(seed, "roadside/height", -1, 1);
        _plates = new(seed, "roadside/plates", 0, 1);
    }

    /// <summary>Things in the world whose origin is the sign's middle, y up, the camera towards -z.</summary>
    /// <param name="ground">Height of the ground, below 0.</param>
    /// <param name="towardsSun">For leaves between sun and sign; none without.</param>
    public List<Actor> Around(long item, float ground, Vector3? towardsSun, bool covered)
    {
        var actors = new List<Actor>
        {
            new("ground", Ground, _grounds[_ground.Below(Kinds, item)], Pose.At(new(0, ground, 150))),
            new("post", Post, _post, Pose.At(new(_plates.Single(item, 3) * 0.1f - 0.05f, -1.55f, 0.06f))),
        };
        // A bank of plants close behind, in more than half of all places.
        if (_near.Happens(0.55, item))
            for (int i = 0; i < 4; i++)
                Put(actors, "bank", Plants, Pick(_lumps, item, 20 + i), item, 20 + i, 0.7f * _x.Single(item, 20 + i) * (1 + i),
                    _height.Single(item, 20 + i) * 1.2f, 0.8f + 1.2f * i);
        int many = 1 + _many.Below(6, item);
        for (int i = 0; i < many; i++)
        {
            float z = _z.Single(item, i), x = _x.Single(item, i) * (1 + 0.3f * z);
            switch (_which.Below(6, item, i))
            {
                case 0 or 1:
                    Put(actors, "crown", Plants, Pick(_crowns, item, i), item, i, x, ground + 4 + _height.Single(item, i) * 2, z + 3);
                    break;
                case 2: Put(actors, "wall", Wall, Pick(_walls, item, i), item, i, x, ground + 3, z + 12); break;
                case 3: Put(actors, "hedge", Plants, Pick(_hedges, item, i), item, i, x, ground + 1, z + 2); break;
                case 4: Put(actors, "car", Car, Pick(_cars, item, i), item, i, x, ground + 0.75f, z + 4); break;
                default: Put(actors, "mast", Post, _mast, item, i, x, ground + 4, z + 0.5f); break;
            }
        }
        if (_plates.Happens(0.2, item)) actors.Add(new("plate", Plate, _plate, Pose.At(new(0, -0.35f - 0.18f, 0))));
        if (_plates.Happens(0.12, item, 1))
            actors.Add(new("other", Plate, _plate, Pose.At(new(0, 0.35f + 0.2f, 0))));
        if (towardsSun is { } sun && covered)
            for (int i = 0; i < 2; i++)
                Put(actors, "leaves", Plants, Pick(_leaves, item, 30 + i), item, 30 + i, sun * (1.6f + 2 * i)
                    + new Vector3(_x.Single(item, 30 + i), _height.Single(item, 30 + i), 0) * 0.4f);
        return actors;
    }

    private Mesh Pick(Mesh[] of, long item, int slot) => of[_which.Below(Kinds, item, 100 + slot)];

    private void Put(List<Actor> actors, string name, int kind, Mesh mesh, long item, int slot, float x, float y, float z) =>
        Put(actors, name, kind, mesh, item, slot, new Vector3(x, y, z));

    private void Put(List<Actor> actors, string name, int kind, Mesh mesh, long item, int slot, Vector3 at) =>
        actors.Add(new(name, kind, mesh, Pose.Turn(Vector3.UnitY, _turn.Single(item, slot), at)));

    private static Mesh[] Make(Func<int, Mesh> make) => [.. Enumerable.Range(0, Kinds).Select(make)];

    // Leaves are flakes of 4 to 12 cm strewn in a cube.
    private static Mesh Leaves(ulong seed, int kind) => Strewn(seed, $"leaves/{kind}", 60, new(0.55f), 0.04f, 0.16f, Material.Matt(0.1f,
        0.2f, 0.05f));

    private static Mesh Lump(ulong seed, int kind, Material leafy) => Strewn(seed, $"lump/{kind}", 160, new(1.3f, 1.1f, 0.5f), 0.06f,
        0.35f, leafy);

    private static Mesh Strewn(ulong seed, string name, int count, Vector3 half, float least, float most, Material material)
    {
        Dial place = new(seed, name, -1, 1), side = new(seed, name + "/side", least, most, Law.LogUniform);
        var positions = new Vector3[3 * count];
        for (int i = 0; i < count; i++)
        {
            var at = new Vector3(place.Single(i, 0), place.Single(i, 1), place.Single(i, 2)) * half;
            for (int c = 0; c < 3; c++)
                positions[3 * i + c] = at + new Vector3(place.Single(i, 3 + 3 * c), place.Single(i, 4 + 3 * c), place.Single(i, 5 + 3 * c))
                    * side.Single(i);
        }
        return new(positions, [.. Enumerable.Range(0, 3 * count)], materials: [material]);
    }
}
