using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Simulant.Numerics.Rays;

/// <summary>A pinhole as lanes need it, axes as OpenCV has them.</summary>
public readonly record struct Pinhole(Vector2 Focal, Vector2 Centre, Pose ToWorld);

/// <summary>A surface as seen by a camera at the three moments, and its places in the world now and after.</summary>
/// <param name="Still">Whether it stays where it is in the world.</param>
public readonly record struct SurfaceView(Pose Before, Pose Now, Pose After, Pose World, Pose WorldAfter, bool Still)
{
    /// <summary>The sky: directions that only the camera's turn moves.</summary>
    public static SurfaceView Sky(in Pose before, in Pose after) => new(before with { Translation = default }, Pose.Identity,
        after with { Translation = default }, Pose.Identity, Pose.Identity, true);
}

/// <summary>What eight pixels side by side show: places and normals in the surfaces' own spaces, x of all eight, then y, then z.</summary>
public unsafe struct LabelBlock
{
    internal fixed float Local[24];
    internal fixed float Normal[24];
    internal fixed int View[8];

    /// <summary>All eight show one view, whose places are not asked: the sky's.</summary>
    public void Show(int view)
    {
        fixed (int* to = View) Vector256.Create(view).Store(to);
        fixed (float* local = Local, normal = Normal)
            for (int i = 0; i < 24; i += 8)
            {
                Vector256<float>.Zero.Store(local + i);
                Vector256<float>.Zero.Store(normal + i);
            }
    }

    /// <param name="view">Index of the surface's view.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(int lane, int view, Vector3 local, Vector3 normal)
    {
        if ((uint)lane >= 8) throw new ArgumentOutOfRangeException(nameof(lane));
        (Local[lane], Local[8 + lane], Local[16 + lane]) = (local.X, local.Y, local.Z);
        (Normal[lane], Normal[8 + lane], Normal[16 + lane]) = (normal.X, normal.Y, normal.Z);
        View[lane] = view;
    }
}

/// <summary>
/// Range, normal, flow and scene flow of eight pixels at once, whatever surfaces they show: each surface is worked out for all eight and
/// kept where it is seen. The operations of <see cref="Pose"/> and <see cref="Spatial"/> in their order, hence their bits.
/// </summary>
public static unsafe class LabelLanes
{
    /// <param name="sky">Index of the sky's view: there the place is the pixel's direction.</param>
    /// <param name="x">Column of the first pixel.</param>
    /// <param name="at">Where the eight pixels stand in all that is written.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Fill(ref LabelBlock block, ReadOnlySpan<SurfaceView> views, int sky, in Pinhole camera, int x, int y, int at,
        ReadOnlySpan<float> depth, Span<float> range, Span<Vector3> normal, Span<Vector3> sceneFlow, Span<Vector2> forward,
        Span<Vector2> backward)
    {
        var column = Vector256.Create((float)x) + Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7);
        var row = Vector256.Create((float)y);
        Pack sight = new((column - Vector256.Create(camera.Centre.X)) / Vector256.Create(camera.Focal.X),
            (row - Vector256.Create(camera.Centre.Y)) / Vector256.Create(camera.Focal.Y), Vector256<float>.One);
        var length = Vector256.Sqrt(sight.X * sight.X + sight.Y * sight.Y + sight.Z * sight.Z);
        (Vector256.Create<float>(depth.Slice(at, 8)) * length).CopyTo(range.Slice(at, 8));
        fixed (float* local = block.Local, flat = block.Normal)
        fixed (int* view = block.View)
        {
            var shown = Vector256.Load(view);
            var open = Vector256.Equals(shown, Vector256.Create(sky)).AsSingle();
            var place = Load(local).Or(sight.Turned(camera.ToWorld), open);
            var across = Load(flat);
            Pack facing = default, moved = default;
            Vector256<float> fx = default, fy = default, bx = default, by = default;
            for (uint left = 0xFF; left != 0;)
            {
                int one = view[BitOperations.TrailingZeroCount(left)];
                var mine = Vector256.Equals(shown, Vector256.Create(one)).AsSingle();
                left &= ~mine.ExtractMostSignificantBits();
                ref readonly var of = ref views[one];
                facing = facing.Or(across.Turned(of.Now), mine);
                if (!of.Still) moved = moved.Or(place.Moved(of.WorldAfter) - place.Moved(of.World), mine);
                Flow(place.Moved(of.After), camera, column, row, mine, ref fx, ref fy);
                Flow(place.Moved(of.Before), camera, column, row, mine, ref bx, ref by);
            }
            var away = Vector256.GreaterThan(facing.X * sight.X + facing.Y * sight.Y + facing.Z * sight.Z, Vector256<float>.Zero);
            Threes(facing.Or(-facing, away), normal.Slice(at, 8));
            Threes(moved, sceneFlow.Slice(at, 8));
            Pairs(fx, fy, forward.Slice(at, 8));
            Pairs(bx, by, backward.Slice(at, 8));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Flow(in Pack point, in Pinhole camera, Vector256<float> column, Vector256<float> row, Vector256<float> mine,
        ref Vector256<float> x, ref Vector256<float> y)
    {
        var u = Vector256.Create(camera.Focal.X) * point.X / point.Z + Vector256.Create(camera.Centre.X) - column;
        var v = Vector256.Create(camera.Focal.Y) * point.Y / point.Z + Vector256.Create(camera.Centre.Y) - row;
        var ahead = Vector256.GreaterThan(point.Z, Vector256<float>.Zero);
        x = Vector256.ConditionalSelect(mine, Vector256.ConditionalSelect(ahead, u, Vector256.Create(float.NaN)), x);
        y = Vector256.ConditionalSelect(mine, Vector256.ConditionalSelect(ahead, v, Vector256.Create(float.NaN)), y);
    }

    private static Pack Load(float* from) => new(Vector256.Load(from), Vector256.Load(from + 8), Vector256.Load(from + 16));

    private static void Pairs(Vector256<float> x, Vector256<float> y, Span<Vector2> to)
    {
        for (int i = 0; !Avx.IsSupported && i < 8; i++) to[i] = new(x[i], y[i]);
        if (!Avx.IsSupported) return;
        Vector256<float> low = Avx.UnpackLow(x, y), high = Avx.UnpackHigh(x, y);
        ref float target = ref Unsafe.As<Vector2, float>(ref MemoryMarshal.GetReference(to));
        Avx.Permute2x128(low, high, 0x20).StoreUnsafe(ref target);
        Avx.Permute2x128(low, high, 0x31).StoreUnsafe(ref target, 8);
    }

    // x, y and z by turns: each row of eight takes what it holds of them from its place.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Threes(in Pack pack, Span<Vector3> to)
    {
        for (int i = 0; !Avx2.IsSupported && i < 8; i++) to[i] = new(pack.X[i], pack.Y[i], pack.Z[i]);
        if (!Avx2.IsSupported) return;
        ref float target = ref Unsafe.As<Vector3, float>(ref MemoryMarshal.GetReference(to));
        Mixed(pack, Vector256.Create(0, 0, 0, 1, 1, 1, 2, 2), 0b10010010, 0b00100100).StoreUnsafe(ref target);
        Mixed(pack, Vector256.Create(2, 3, 3, 3, 4, 4, 4, 5), 0b00100100, 0b01001001).StoreUnsafe(ref target, 8);
        Mixed(pack, Vector256.Create(5, 5, 6, 6, 6, 7, 7, 7), 0b01001001, 0b10010010).StoreUnsafe(ref target, 16);
    }

    /// <param name="ys">Places of y, as bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Mixed(in Pack pack, Vector256<int> which, [ConstantExpected] byte ys, [ConstantExpected] byte zs) =>
        Avx.Blend(Avx.Blend(Avx2.PermuteVar8x32(pack.X, which), Avx2.PermuteVar8x32(pack.Y, which), ys),
            Avx2.PermuteVar8x32(pack.Z, which), zs);
}
