using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Simulant.Numerics.Kernels;

namespace Simulant.Numerics.Rays;

/// <summary>What surfaces do with light, and where they look for it (visible normals sampled after Heitz, JCGT 7(4), 2018).</summary>
public sealed unsafe partial class ShadeTile
{
    /// <summary>Where rays from here start, in the world.</summary>
    public Vector3 Start(int lane) => Get(From, lane);

    /// <summary>The direction last followed or asked, unit.</summary>
    public Vector3 Way(int lane) => Get(To, lane);

    /// <summary>What the light last asked for would add; or, of a direction followed, the part of its light that comes back.</summary>
    public Vector3 Gain(int lane) => Get(Value, lane);

    /// <summary>The density by solid angle at which the direction last followed was chosen.</summary>
    public float Chance(int lane)
    {
        if ((uint)lane >= Count) throw new ArgumentOutOfRangeException(nameof(lane));
        return _at[Density * Count + lane];
    }

    /// <summary>
    /// Directions to look for light in, by what the surfaces do with it: gloss or base, each as often as it matters. Lanes that found one
    /// above their surface, as bits.
    /// </summary>
    /// <param name="choices">Sixteen numbers of [0, 1) that decide between gloss and base.</param>
    /// <param name="radii">Numbers of [0, 1) for how far from the axis, and <paramref name="turns"/> for which way.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public uint Follow(ReadOnlySpan<float> choices, ReadOnlySpan<float> radii, ReadOnlySpan<float> turns)
    {
        uint found = 0;
        for (int h = 0; h < Count; h += 8)
        {
            var seen = Load(Seen, h);
            Vector256<float> part = Vector256.Create(radii.Slice(h, 8)), none = Vector256<float>.Zero, one = Vector256<float>.One;
            var radius = Vector256.Sqrt(part);
            var (cosine, sine) = Circle.At(Vector256.Create(turns.Slice(h, 8)));
            Vector256<float> x = radius * cosine, y = radius * sine;
            Pack spread = new(x, y, Vector256.Sqrt(Vector256.Max(none, one - part)));
            var half = VisibleNormal(seen, Row(Alpha, h), x, y);
            var mirrored = half * (Vector256.Create(2f) * seen.Dot(half)) - seen;
            var light = spread.Or(mirrored, Vector256.LessThan(Vector256.Create(choices.Slice(h, 8)), Shine(seen, h)));
            var value = Reflected(light, h, out var chance);
            var way = Load(Across, h) * light.X + Load(Along, h) * light.Y + Load(Bent, h) * light.Z;
            var good = Vector256.GreaterThan(chance, none) & Vector256.GreaterThan(way.Dot(Load(Flat, h)), none);
            found |= (good.ExtractMostSignificantBits() & ~Vector256.Load(_surface + h).ExtractMostSignificantBits() & 0xFF) << h;
            Store(way, To, h);
            Store(value * (one / chance), Value, h);
            chance.Store(_at + Density * Count + h);
        }
        return found;
    }

    // A normal of the gloss that the view sees, from a point of the unit disc.
    private static Pack VisibleNormal(in Pack view, Vector256<float> alpha, Vector256<float> x, Vector256<float> y)
    {
        Vector256<float> none = Vector256<float>.Zero, one = Vector256<float>.One;
        var stretched = new Pack(alpha * view.X, alpha * view.Y, view.Z).Unit();
        var flat = stretched.X * stretched.X + stretched.Y * stretched.Y;
        var by = one / Vector256.Sqrt(flat);
        var first = new Pack(one, none, none).Or(new(-stretched.Y * by, stretched.X * by, none), Vector256.GreaterThan(flat, none));
        Pack second = new(stretched.Y * first.Z - stretched.Z * first.Y, stretched.Z * first.X - stretched.X * first.Z,
            stretched.X * first.Y - stretched.Y * first.X);
        var s = Vector256.Create(0.5f) * (one + stretched.Z);
        y = (one - s) * Vector256.Sqrt(Vector256.Max(none, one - x * x)) + s * y;
        var normal = first * x + second * y + stretched * Vector256.Sqrt(Vector256.Max(none, one - x * x - y * y));
        return new Pack(alpha * normal.X, alpha * normal.Y, Vector256.Max(Vector256.Create(1e-6f), normal.Z)).Unit();
    }

    // How often the gloss is sampled: its share of what this view gets back, kept off 0 and 1.
    private Vector256<float> Shine(in Pack seen, int h)
    {
        var none = Vector256<float>.Zero;
        Vector256<float> gloss = Brightness(Fresnel(Load(Mirror, h), seen.Z)),
            matt = Brightness(Load(Matt, h)) * Vector256.Create(MathF.PI), both = gloss + matt;
        var most = Vector256.ConditionalSelect(Vector256.GreaterThan(matt, none), Vector256.Create(0.9f), Vector256<float>.One);
        var share = Vector256.Min(Vector256.Max(gloss / both, Vector256.Create(0.1f)), most);
        return Vector256.ConditionalSelect(Vector256.GreaterThan(both, none), share, Vector256.Create(0.5f));
    }

    private static Vector256<float> Brightness(in Pack c) =>
        Vector256.Create(0.2126f) * c.X + Vector256.Create(0.7152f) * c.Y + Vector256.Create(0.0722f) * c.Z;

    private static Pack Fresnel(in Pack mirror, Vector256<float> cosine)
    {
        var one = Vector256<float>.One;
        var x = Vector256.Min(Vector256.Max(one - cosine, Vector256<float>.Zero), one);
        var x2 = x * x;
        var steep = x2 * x2 * x;
        Pack whole = new(one, one, one);
        return mirror + (whole - mirror) * steep;
    }

    // A direction of the world in the places' own frames.
    private Pack Within(in Pack to, int h) => new(to.Dot(Load(Across, h)), to.Dot(Load(Along, h)), to.Dot(Load(Bent, h)));

    // The surface's value times cosine, and the density at which Follow would choose the direction; 0 where view or light lies below it.
    private Pack Reflected(in Pack light, int h, out Vector256<float> chance)
    {
        Pack seen = Load(Seen, h), mirror = Load(Mirror, h), matt = Load(Matt, h);
        Vector256<float> one = Vector256<float>.One, none = Vector256<float>.Zero, square = Row(Square, h), rest = one - square;
        var half = (seen + light).Unit();
        var bent = half.Z * half.Z * (square - one) + one;
        var d = square / (Vector256.Create(MathF.PI) * bent * bent);
        var toView = Vector256.Sqrt(seen.Z * seen.Z * rest + square);
        var lambdaV = light.Z * toView;
        var lambdaL = seen.Z * Vector256.Sqrt(light.Z * light.Z * rest + square);
        var peak = d * Vector256.Create(0.5f) / (lambdaV + lambdaL);
        Pack whole = new(one, one, one), fresnel = Fresnel(mirror, seen.Dot(half));
        var value = (fresnel * peak + (whole - fresnel) * matt) * light.Z;
        var above = Vector256.GreaterThan(seen.Z, none) & Vector256.GreaterThan(light.Z, none);
        var shine = Shine(seen, h);
        // Masking 2 z / (z + toView) by the shape's density over 4 z.
        chance = shine * d / (Vector256.Create(2f) * (seen.Z + toView)) + (one - shine) * light.Z * Vector256.Create(1 / MathF.PI);
        chance &= above;
        return new(value.X & above, value.Y & above, value.Z & above);
    }
}
