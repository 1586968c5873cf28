using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Simulant.Numerics.Kernels;

namespace Simulant.Numerics.Rays;

/// <summary>
/// Sixteen places where rays met metallic-roughness surfaces, worked out eight at a time: the frame of each, light from the sky, and what
/// one light gives to each unblocked (Walter et al. 2007; Heitz 2014). Operations stand in the order of the scalar form, which is the law,
/// so that all bits are its own. Taken up again tile after tile; for one thread.
/// </summary>
public sealed unsafe partial class ShadeTile
{
    public const int Count = RayPacket.Count;

    // Rows of sixteen numbers; three rows a vector.
    private const int Place = 0, Flat = 3, Bent = 6, View = 9, Base = 12, Metallic = 15, Roughness = 16, Emission = 17, Across = 20,
        Along = 23, Mirror = 26, Matt = 29, Square = 32, Seen = 33, LitRow = 36, To = 39, Distance = 42, Radiance = 43, Density = 46,
        Value = 47, Alpha = 50, From = 51, Rows = 54;

    private readonly float[] _rows = GC.AllocateArray<float>(Rows * Count, pinned: true);
    private readonly int[] _surfaces = GC.AllocateArray<int>(Count, pinned: true);
    private readonly float* _at;
    private readonly int* _surface;

    public ShadeTile()
    {
        _at = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_rows));
        _surface = (int*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_surfaces));
    }

    /// <summary>Leaves all places empty.</summary>
    public void Begin() => _surfaces.AsSpan().Fill(-1);

    /// <summary>Where a ray met a surface, in the surface's own space.</summary>
    /// <param name="surface">Index of its pose.</param>
    /// <param name="flat">The triangle's unit normal.</param>
    /// <param name="smooth">Direction of the smooth normal, of any length; 0 where there is none.</param>
    /// <param name="colour">Base colour.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(int lane, int surface, Vector3 local, Vector3 flat, Vector3 smooth, Vector3 colour, float metallic, float roughness,
        Vector3 emission)
    {
        if ((uint)lane >= Count) throw new ArgumentOutOfRangeException(nameof(lane));
        _surface[lane] = surface;
        Put(Place, lane, local);
        Put(Flat, lane, flat);
        Put(Bent, lane, smooth);
        Put(Base, lane, colour);
        Put(Emission, lane, emission);
        (_at[Metallic * Count + lane], _at[Roughness * Count + lane]) = (metallic, roughness);
    }

    public Vector3 Position(int lane) => Get(Place, lane);

    /// <summary>Light gathered so far.</summary>
    public Vector3 Lit(int lane) => Get(LitRow, lane);

    public Vector3 Colour(int lane) => Get(Base, lane);

    /// <summary>Light given off.</summary>
    public Vector3 Glow(int lane) => Get(Emission, lane);

    /// <summary>Lanes in use, as bits.</summary>
    public uint Used => ~(Vector256.Load(_surface).ExtractMostSignificantBits() | Vector256.Load(_surface + 8).ExtractMostSignificantBits()
        << 8) & 0xFFFF;

    /// <summary>Places, views, normals and frames in the world, and what the surfaces are made of.</summary>
    /// <param name="poses">From each surface's space to the world.</param>
    /// <param name="rays">The rays that met them.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Prepare(ReadOnlySpan<Pose> poses, ref RayPacket rays)
    {
        fixed (float* ways = rays.Directions)
            for (int h = 0; h < Count; h += 8)
            {
                Pack place = Load(Place, h), flat = Load(Flat, h), smooth = Load(Bent, h).Unit();
                var bent = smooth.NotZero();
                var surfaces = Vector256.Load(_surface + h);
                Pack position = default, face = default, normal = default;
                for (uint left = ~surfaces.ExtractMostSignificantBits() & 0xFF; left != 0;)
                {
                    int one = _surface[h + BitOperations.TrailingZeroCount(left)];
                    var mine = Vector256.Equals(surfaces, Vector256.Create(one)).AsSingle();
                    left &= ~mine.ExtractMostSignificantBits();
                    ref readonly var pose = ref poses[one];
                    position = position.Or(place.Moved(pose), mine);
                    face = face.Or(flat.Turned(pose), mine);
                    normal = normal.Or(smooth.Turned(pose), mine);
                }
                normal = face.Or(normal, bent);
                Pack way = new(Vector256.Load(ways + h), Vector256.Load(ways + Count + h), Vector256.Load(ways + 2 * Count + h));
                var view = -way.Unit();
                face = face.Or(-face, Vector256.LessThan(face.Dot(view), Vector256<float>.Zero));
                normal = normal.Or(-normal, Vector256.LessThan(normal.Dot(face), Vector256<float>.Zero));
                // A smooth normal that looks away from the viewer is bent back until the view lies just above the surface.
                var above = normal.Dot(view);
                normal = normal.Or((normal + view * (Vector256.Create(0.011f) - above)).Unit(),
                    Vector256.LessThan(above, Vector256.Create(0.01f)));
                Store(position, Place, h);
                Store(face, Flat, h);
                Store(normal, Bent, h);
                Store(view, View, h);
                // Off the surface by more than single precision's error of place.
                var far = Vector256.Max(Vector256.Abs(position.X), Vector256.Max(Vector256.Abs(position.Y), Vector256.Abs(position.Z)));
                Store(position + face * (Vector256.Create(1e-4f) + far * Vector256.Create(1e-5f)), From, h);
                Frame(normal, view, h);
                Matter(h);
            }
    }

    // As Spatial.Frame.
    private void Frame(in Pack normal, in Pack view, int h)
    {
        var sign = Vector256.CopySign(Vector256<float>.One, normal.Z);
        var a = Vector256.Create(-1f) / (sign + normal.Z);
        var b = normal.X * normal.Y * a;
        Pack across = new(Vector256<float>.One + sign * normal.X * normal.X * a, sign * b, -sign * normal.X);
        Pack along = new(b, sign + normal.Y * normal.Y * a, -normal.Y);
        Store(across, Across, h);
        Store(along, Along, h);
        Store(new(view.Dot(across), view.Dot(along), view.Dot(normal)), Seen, h);
    }

    private void Matter(int h)
    {
        var colour = Load(Base, h);
        Vector256<float> metallic = Row(Metallic, h), least = Vector256.Create(0.04f);
        Store(new(least + (colour.X - least) * metallic, least + (colour.Y - least) * metallic, least + (colour.Z - least) * metallic),
            Mirror, h);
        Store(colour * ((Vector256<float>.One - metallic) / Vector256.Create(MathF.PI)), Matt, h);
        var rough = Vector256.Max(Row(Roughness, h), Vector256.Create(0.03f));
        var alpha = rough * rough;
        alpha.Store(_at + Alpha * Count + h);
        (alpha * alpha).Store(_at + Square * Count + h);
    }

    /// <summary>Begins the light of each place: its own, and the sky's and ambient light by its base colour.</summary>
    /// <param name="sky">Nine coefficients of spherical harmonics, or none.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Glow(ReadOnlySpan<Vector3> sky, Vector3 ambient)
    {
        for (int h = 0; h < Count; h += 8)
        {
            var sum = sky.Length == 0 ? default : SkyLight(sky, Load(Bent, h));
            sum = new(sum.X + Vector256.Create(ambient.X), sum.Y + Vector256.Create(ambient.Y), sum.Z + Vector256.Create(ambient.Z));
            Store(Load(Emission, h) + Load(Base, h) * sum * Vector256.Create(1 / MathF.PI), LitRow, h);
        }
    }

    /// <summary>The light of each place were its base colour lit from the eye.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Preview()
    {
        for (int h = 0; h < Count; h += 8)
        {
            var facing = Vector256.Max(Vector256<float>.Zero, Load(Bent, h).Dot(Load(View, h)));
            Store(Load(Base, h) * facing + Load(Emission, h), LitRow, h);
        }
    }

    private static Pack SkyLight(ReadOnlySpan<Vector3> sky, in Pack n)
    {
        Vector256<float> one = Vector256.Create(0.488603f), two = Vector256.Create(1.092548f);
        var sum = Pack.Of(sky[0]) * Vector256.Create(0.282095f);
        sum = default(Pack) + sum + Pack.Of(sky[1]) * (one * n.Y);
        sum += Pack.Of(sky[2]) * (one * n.Z);
        sum += Pack.Of(sky[3]) * (one * n.X);
        sum += Pack.Of(sky[4]) * (two * n.X * n.Y);
        sum += Pack.Of(sky[5]) * (two * n.Y * n.Z);
        sum += Pack.Of(sky[6]) * (Vector256.Create(0.315392f) * (Vector256.Create(3f) * n.Z * n.Z - Vector256<float>.One));
        sum += Pack.Of(sky[7]) * (two * n.X * n.Z);
        sum += Pack.Of(sky[8]) * (Vector256.Create(0.546274f) * (n.X * n.X - n.Y * n.Y));
        var none = Vector256<float>.Zero;
        return new(Vector256.Max(none, sum.X), Vector256.Max(none, sum.Y), Vector256.Max(none, sum.Z));
    }

    /// <summary>One place's way to a light.</summary>
    /// <param name="radiance">0 where the light does not reach it.</param>
    /// <param name="density">By solid angle, or 0 where there was no choice.</param>
    public void Way(int lane, Vector3 to, float distance, Vector3 radiance, float density)
    {
        if ((uint)lane >= Count) throw new ArgumentOutOfRangeException(nameof(lane));
        Put(To, lane, to);
        Put(Radiance, lane, radiance);
        (_at[Distance * Count + lane], _at[Density * Count + lane]) = (distance, density);
    }

    /// <summary>All places' ways to a far light that fills a cone about an axis.</summary>
    /// <param name="cap">1 less the cosine of its half angle.</param>
    /// <param name="parts">Sixteen parts of the cap, 0 to 1.</param>
    /// <param name="turns">Angles about the axis, as parts of a turn.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Cone(Vector3 axis, float cap, Vector3 radiance, float density, ReadOnlySpan<float> parts, ReadOnlySpan<float> turns)
    {
        var (tangent, bitangent) = Spatial.Frame(axis);
        for (int h = 0; h < Count; h += 8)
        {
            var down = Vector256.Create(parts.Slice(h, 8)) * Vector256.Create(cap);
            var wide = Vector256.Sqrt(Vector256.Max(Vector256<float>.Zero, down * (Vector256.Create(2f) - down)));
            var (across, along) = Circle.At(Vector256.Create(turns.Slice(h, 8)));
            var to = Pack.Of(tangent) * (wide * across) + Pack.Of(bitangent) * (wide * along)
                + Pack.Of(axis) * (Vector256<float>.One - down);
            Store(to.Unit(), To, h);
            Store(Pack.Of(radiance), Radiance, h);
            Vector256.Create(float.PositiveInfinity).Store(_at + Distance * Count + h);
            Vector256.Create(density).Store(_at + Density * Count + h);
        }
    }

    /// <summary>
    /// What the light last given would add to each place were nothing in its way, and the rays that tell; lanes that are asked, as bits.
    /// </summary>
    /// <param name="chosenFrom">How many lights there are to choose from, of which this one stands for all.</param>
    /// <param name="met">
    /// Whether light is also found by following the surface: then both ways are weighed by the balance heuristic (Veach and Guibas 1995).
    /// </param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public uint Ask(ref RayPacket shadows, int chosenFrom = 1, bool met = false)
    {
        uint asked = 0;
        var many = Vector256.Create((float)chosenFrom);
        fixed (float* o = shadows.Origins, d = shadows.Directions, t = shadows.T, u = shadows.U, v = shadows.V)
        fixed (int* instance = shadows.Instance, primitive = shadows.Primitive)
            for (int h = 0; h < Count; h += 8)
            {
                Pack flat = Load(Flat, h), to = Load(To, h), radiance = Load(Radiance, h);
                var value = Reflected(Within(to, h), h, out var chance) * radiance;
                var density = Row(Density, h);
                var spread = Vector256.GreaterThan(density, Vector256<float>.Zero);
                value = value.Or(value * (Vector256<float>.One / density), spread);
                if (chosenFrom > 1) value *= many;
                if (met) value = value.Or(value * (density / (density + chance * many)), spread);
                var reached = radiance.NotZero() & Vector256.GreaterThan(to.Dot(flat), Vector256<float>.Zero) & value.NotZero();
                asked |= (reached.ExtractMostSignificantBits() & ~Vector256.Load(_surface + h).ExtractMostSignificantBits() & 0xFF) << h;
                Store(value, Value, h);
                Load(From, h).Store(o + h);
                to.Store(d + h);
                // Infinity stays what it is.
                (Row(Distance, h) * Vector256.Create(0.9999f)).Store(t + h);
                Vector256<float>.Zero.Store(u + h);
                Vector256<float>.Zero.Store(v + h);
                Vector256.Create(-1).Store(instance + h);
                Vector256.Create(-1).Store(primitive + h);
            }
        int some = 31 - BitOperations.LeadingZeroCount(asked);
        for (uint rest = asked == 0 ? 0 : ~asked & 0xFFFF; rest != 0; rest &= rest - 1)
            shadows.Repeat(BitOperations.TrailingZeroCount(rest), some);
        return asked;
    }

    /// <summary>Adds what was asked for to these lanes.</summary>
    public void Add(uint lanes)
    {
        for (int h = 0; h < Count; h += 8)
        {
            var lit = Load(LitRow, h);
            Store(lit.Or(lit + Load(Value, h), PacketLeaves.Lanes(lanes >> h & 0xFF)), LitRow, h);
        }
    }

    private Vector256<float> Row(int row, int h) => Vector256.Load(_at + row * Count + h);

    private Pack Load(int row, int h) => new(Row(row, h), Row(row + 1, h), Row(row + 2, h));

    private void Store(in Pack pack, int row, int h) => pack.Store(_at + row * Count + h);

    private void Put(int row, int lane, Vector3 value)
    {
        float* at = _at + row * Count + lane;
        (at[0], at[Count], at[2 * Count]) = (value.X, value.Y, value.Z);
    }

    private Vector3 Get(int row, int lane)
    {
        if ((uint)lane >= Count) throw new ArgumentOutOfRangeException(nameof(lane));
        float* at = _at + row * Count + lane;
        return new(at[0], at[Count], at[2 * Count]);
    }
}
