using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Simulant.Numerics.Rays;

/// <summary>
/// A packet in one space (the world's or an instance's): its rays, their shear, and the beam that holds them all. At depth w along the
/// shared dominant axis the beam spans, on each other axis, [least start + least slope w, greatest start + greatest slope w].
/// </summary>
internal unsafe struct PacketSpace
{
    private const int Count = RayPacket.Count;

    // Widening of the beam against rounding, as a part of coordinates; slopes are at most 1.
    private const float Slack = 1e-6f;

    // Sizes of fixed buffers are written out, three times Count and Count: names in them are bound to nothing that tools can see.
    public fixed float Origins[48];
    public fixed float Directions[48];
    public fixed float MinusSx[16];
    public fixed float MinusSy[16];
    public fixed float Sz[16];
    public fixed float Reciprocals[48];
    public int I, J, K;

    /// <summary>Whether rays start apart, so that most of the beam may be empty and boxes are worth a test ray by ray.</summary>
    public bool Wide;
    private bool _one;
    private float _sign, _near, _far, _lowI, _highI, _lowJ, _highJ, _slopeLowI, _slopeHighI, _slopeLowJ, _slopeHighJ, _perDepth, _ahead;

    /// <summary>The packet moved by a pose; nothing is known of its beam yet.</summary>
    public void Move(float* origins, float* directions, in Pose pose)
    {
        _one = FromOne(origins);
        fixed (float* to = Origins, turned = Directions)
            for (int h = 0; h < Count; h += 8)
            {
                Turn(directions + h, turned + h, pose, default);
                if (h > 0 && _one) Copy(to, to + h);
                else Turn(origins + h, to + h, pose, pose.Translation);
            }
    }

    /// <summary>The packet as it is, in the world.</summary>
    public void Take(float* origins, float* directions)
    {
        _one = FromOne(origins);
        fixed (float* to = Origins, same = Directions)
            for (int h = 0; h < Count; h += 8)
            {
                Copy(origins + h, to + h);
                Copy(directions + h, same + h);
            }
    }

    private static void Copy(float* from, float* to)
    {
        for (int axis = 0; axis < 3 * Count; axis += Count) Vector256.Load(from + axis).Store(to + axis);
    }

    private static bool FromOne(float* origins)
    {
        var apart = Vector256<float>.Zero;
        for (int axis = 0; axis < 3 * Count; axis += Count)
        {
            var first = Vector256.Create(origins[axis]);
            Vector256<float> front = Vector256.Load(origins + axis), back = Vector256.Load(origins + axis + 8);
            apart |= ~(Vector256.Equals(front, first) & Vector256.Equals(back, first));
        }
        return apart.ExtractMostSignificantBits() == 0;
    }

    // As Pose.Point and Pose.Direction, in their order: a direction's sum with 0 changes no bit that matters.
    private static void Turn(float* from, float* to, in Pose pose, Vector3 shift)
    {
        Vector256<float> x = Vector256.Load(from), y = Vector256.Load(from + Count), z = Vector256.Load(from + 2 * Count);
        (x * pose.X.X + y * pose.X.Y + z * pose.X.Z + Vector256.Create(shift.X)).Store(to);
        (x * pose.Y.X + y * pose.Y.Y + z * pose.Y.Z + Vector256.Create(shift.Y)).Store(to + Count);
        (x * pose.Z.X + y * pose.Z.Y + z * pose.Z.Z + Vector256.Create(shift.Z)).Store(to + 2 * Count);
    }

    /// <summary>Finds the shear and the beam; false where rays do not share a dominant direction and must go one by one.</summary>
    public bool Prepare()
    {
        fixed (float* d = Directions, o = Origins, sx = MinusSx, sy = MinusSy)
        {
            if (!Dominant(d, out K)) return false;
            I = K == 2 ? 0 : K + 1;
            J = I == 2 ? 0 : I + 1;
            uint negative = (Vector256.Load(d + K * Count).ExtractMostSignificantBits() << 8)
                | Vector256.Load(d + K * Count + 8).ExtractMostSignificantBits();
            if (negative is not (0 or 0xFFFF)) return false;
            _sign = negative == 0 ? 1 : -1;
            Shear(d);
            Wide = false;
            if (_one)
            {
                float at = o[K * Count], slack = MathF.Abs(at) * Slack;
                (_near, _far, _ahead) = (-_sign * at - slack, -_sign * at + slack, -slack * _perDepth);
                (_lowI, _highI, _lowJ, _highJ) = (o[I * Count], o[I * Count], o[J * Count], o[J * Count]);
            }
            else Spread(o, d, sx, sy);
            (_lowI, _highI) = (_lowI - MathF.Abs(_lowI) * Slack, _highI + MathF.Abs(_highI) * Slack);
            (_lowJ, _highJ) = (_lowJ - MathF.Abs(_lowJ) * Slack, _highJ + MathF.Abs(_highJ) * Slack);
            return true;
        }
    }

    // The shear of each ray, and between which slopes all of them lie.
    private void Shear(float* d)
    {
        fixed (float* sx = MinusSx, sy = MinusSy, sz = Sz)
        {
            for (int h = 0; h < Count; h += 8)
            {
                var k = Vector256.Load(d + K * Count + h);
                (-(Vector256.Load(d + I * Count + h) / k)).Store(sx + h);
                (-(Vector256.Load(d + J * Count + h) / k)).Store(sy + h);
                (Vector256<float>.One / k).Store(sz + h);
            }
            Vector256<float> x0 = Vector256.Load(sx), x1 = Vector256.Load(sx + 8), y0 = Vector256.Load(sy), y1 = Vector256.Load(sy + 8);
            var least = Least(Vector256.Min(x0, x1), -Vector256.Max(x0, x1), Vector256.Min(y0, y1), -Vector256.Max(y0, y1));
            if (_sign > 0) least = Vector128.Shuffle(least, Vector128.Create(1, 0, 3, 2));
            (_slopeLowI, _slopeHighI) = (least[0] - Slack, Slack - least[1]);
            (_slopeLowJ, _slopeHighJ) = (least[2] - Slack, Slack - least[3]);
            var depth = Vector256.Min(Vector256.Abs(Vector256.Load(sz)), Vector256.Abs(Vector256.Load(sz + 8)));
            _perDepth = Least(depth, depth, depth, depth)[0] * (1 - Slack);
        }
    }

    // Of rays that start apart: where they do.
    private void Spread(float* o, float* d, float* sx, float* sy)
    {
        var (least, most) = Range(o + K * Count);
        // Depth counts from the rearmost origin; the slack is that of subtracting it from boxes' faces.
        float start = _sign > 0 ? least : most, slack = MathF.Abs(start) * Slack, spread = most - least + slack;
        (_near, _far) = (-_sign * start - slack, -_sign * start + slack);
        // Rays that start further on have less far to go.
        _ahead = -spread * _perDepth;
        (_lowI, _highI) = Range(o + I * Count);
        (_lowJ, _highJ) = Range(o + J * Count);
        Wide = most > least || _highI > _lowI || _highJ > _lowJ;
        if (!Wide) return;
        Starts(o + I * Count, o + K * Count, sx, start, ref _lowI, ref _highI);
        Starts(o + J * Count, o + K * Count, sy, start, ref _lowJ, ref _highJ);
        Invert(d);
    }

    // The least of each of four times eight.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Least(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d)
    {
        Vector128<float> first = Vector128.Min(a.GetLower(), a.GetUpper()), second = Vector128.Min(b.GetLower(), b.GetUpper());
        Vector128<float> third = Vector128.Min(c.GetLower(), c.GetUpper()), fourth = Vector128.Min(d.GetLower(), d.GetUpper());
        var front = Vector128.Min(Low(first, second), High(first, second));
        var back = Vector128.Min(Low(third, fourth), High(third, fourth));
        // Now (a, b, a, b) and (c, d, c, d).
        return Vector128.Min(Vector128.Create(front.GetLower(), back.GetLower()), Vector128.Create(front.GetUpper(), back.GetUpper()));
    }

    // (a0, b0, a1, b1) and (a2, b2, a3, b3).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Low(Vector128<float> a, Vector128<float> b) => Sse.IsSupported ? Sse.UnpackLow(a, b)
        : Vector128.Create(a[0], b[0], a[1], b[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> High(Vector128<float> a, Vector128<float> b) => Sse.IsSupported ? Sse.UnpackHigh(a, b)
        : Vector128.Create(a[2], b[2], a[3], b[3]);

    // Where rays, drawn back, cross the plane that depth counts from: parallel rays stay as close there as they are.
    private static void Starts(float* origins, float* depths, float* minusSlope, float start, ref float low, ref float high)
    {
        float* at = stackalloc float[Count];
        for (int h = 0; h < Count; h += 8)
        {
            var past = Vector256.Load(depths + h) - Vector256.Create(start);
            Vector256.FusedMultiplyAdd(past, Vector256.Load(minusSlope + h), Vector256.Load(origins + h)).Store(at + h);
        }
        var (least, most) = Range(at);
        float slack = (MathF.Max(MathF.Abs(low), MathF.Abs(high)) + MathF.Max(MathF.Abs(least), MathF.Abs(most))) * Slack;
        (low, high) = (least - slack, most + slack);
    }

    private void Invert(float* d)
    {
        var least = Vector256.Create(SingleWalk.Flattest);
        fixed (float* to = Reciprocals)
            for (int i = 0; i < 3 * Count; i += 8)
            {
                var v = Vector256.Load(d + i);
                var steep = Vector256.ConditionalSelect(Vector256.LessThan(Vector256.Abs(v), least), Vector256.CopySign(least, v), v);
                (Vector256<float>.One / steep).Store(to + i);
            }
    }

    /// <summary>Whether any ray meets arm <paramref name="arm"/> of a node before its own far end.</summary>
    public readonly bool AnyMeets(float* node, int arm, float* far)
    {
        fixed (float* o = Origins, r = Reciprocals)
            for (int h = 0; h < Count; h += 8)
            {
                var enter = Vector256<float>.Zero;
                var leave = Vector256.Load(far + h);
                for (int axis = 0; axis < 3; axis++)
                {
                    Vector256<float> from = Vector256.Load(o + axis * Count + h), by = Vector256.Load(r + axis * Count + h);
                    var low = (Vector256.Create(node[axis * 8 + arm]) - from) * by;
                    var high = (Vector256.Create(node[24 + axis * 8 + arm]) - from) * by;
                    enter = Vector256.MaxNative(enter, Vector256.MinNative(low, high));
                    leave = Vector256.MinNative(leave, Vector256.MaxNative(low, high));
                }
                var slack = Vector256.Create(Slack);
                if (Vector256.LessThanOrEqualAny(enter - enter * slack, leave + Vector256.Abs(leave) * slack)) return true;
            }
        return false;
    }

    private static bool Dominant(float* d, out int axis)
    {
        uint first = 0, second = 0;
        for (int h = 0; h < Count; h += 8)
        {
            var x = Vector256.Abs(Vector256.Load(d + h));
            var y = Vector256.Abs(Vector256.Load(d + Count + h));
            var z = Vector256.Abs(Vector256.Load(d + 2 * Count + h));
            uint a = (Vector256.GreaterThanOrEqual(x, y) & Vector256.GreaterThanOrEqual(x, z)).ExtractMostSignificantBits();
            first |= a << h;
            second |= (~a & Vector256.GreaterThanOrEqual(y, z).ExtractMostSignificantBits()) << h;
        }
        axis = first == 0xFFFF ? 0 : second == 0xFFFF ? 1 : 2;
        return axis < 2 || (first | second) == 0;
    }

    private static (float Least, float Most) Range(float* values)
    {
        Vector256<float> a = Vector256.Load(values), b = Vector256.Load(values + 8);
        Vector256<float> low = Vector256.Min(a, b), high = Vector256.Max(a, b);
        Vector128<float> l = Vector128.Min(low.GetLower(), low.GetUpper()), m = Vector128.Max(high.GetLower(), high.GetUpper());
        l = Vector128.Min(l, Vector128.Shuffle(l, Vector128.Create(2, 3, 0, 1)));
        m = Vector128.Max(m, Vector128.Shuffle(m, Vector128.Create(2, 3, 0, 1)));
        l = Vector128.Min(l, Vector128.Shuffle(l, Vector128.Create(1, 0, 3, 2)));
        m = Vector128.Max(m, Vector128.Shuffle(m, Vector128.Create(1, 0, 3, 2)));
        return (l.ToScalar(), m.ToScalar());
    }

    /// <summary>Which of eight boxes (six rows of eight, least x, y, z, greatest x, y, z) the beam may meet at t up to far.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly uint Meets(float* rows, float far, out Vector256<float> enter)
    {
        var back = Vector256.Load(rows + (_sign > 0 ? 24 : 0) + K * 8);
        var front = Vector256.Load(rows + (_sign > 0 ? 0 : 24) + K * 8);
        return Meets(front, back, Vector256.Load(rows + I * 8), Vector256.Load(rows + 24 + I * 8),
            Vector256.Load(rows + J * 8), Vector256.Load(rows + 24 + J * 8), far, out enter);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly uint Meets(Vector256<float> front, Vector256<float> back, Vector256<float> lowI, Vector256<float> highI,
        Vector256<float> lowJ, Vector256<float> highJ, float far, out Vector256<float> enter)
    {
        var w0 = Vector256.MaxNative(Vector256.FusedMultiplyAdd(front, Vector256.Create(_sign), Vector256.Create(_near)),
            Vector256<float>.Zero);
        var w1 = Vector256.FusedMultiplyAdd(back, Vector256.Create(_sign), Vector256.Create(_far));
        Vector256<float> slope = Vector256.Create(_slopeLowI), wide = Vector256.Create(_slopeHighI);
        var leastI = Vector256.MinNative(slope * w0, slope * w1) + Vector256.Create(_lowI);
        var mostI = Vector256.MaxNative(wide * w0, wide * w1) + Vector256.Create(_highI);
        (slope, wide) = (Vector256.Create(_slopeLowJ), Vector256.Create(_slopeHighJ));
        var leastJ = Vector256.MinNative(slope * w0, slope * w1) + Vector256.Create(_lowJ);
        var mostJ = Vector256.MaxNative(wide * w0, wide * w1) + Vector256.Create(_highJ);
        enter = Vector256.FusedMultiplyAdd(w0, Vector256.Create(_perDepth), Vector256.Create(_ahead));
        return (Vector256.LessThanOrEqual(w0, w1) & Vector256.LessThanOrEqual(leastI, highI) & Vector256.GreaterThanOrEqual(mostI, lowI)
            & Vector256.LessThanOrEqual(leastJ, highJ) & Vector256.GreaterThanOrEqual(mostJ, lowJ)
            & Vector256.LessThanOrEqual(enter, Vector256.Create(far))).ExtractMostSignificantBits();
    }

    /// <summary>Which of a leaf's eight triangles have a box that the beam may meet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly uint MeetsTriangles(float* block, float far)
    {
        Span(block + K * 8, out var lowK, out var highK);
        Span(block + I * 8, out var lowI, out var highI);
        Span(block + J * 8, out var lowJ, out var highJ);
        return _sign > 0
            ? Meets(lowK, highK, lowI, highI, lowJ, highJ, far, out _)
            : Meets(highK, lowK, lowI, highI, lowJ, highJ, far, out _);
    }

    // The span of three vertices on an axis, grown as the tree's boxes are.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Span(float* rows, out Vector256<float> low, out Vector256<float> high)
    {
        Vector256<float> a = Vector256.Load(rows), b = Vector256.Load(rows + 24), c = Vector256.Load(rows + 48);
        low = Vector256.MinNative(Vector256.MinNative(a, b), c);
        high = Vector256.MaxNative(Vector256.MaxNative(a, b), c);
        var slack = Vector256.Create(Slack);
        low -= Vector256.Abs(low) * slack;
        high += Vector256.Abs(high) * slack;
    }
}

/// <summary>
/// A packet's beam through a <see cref="WideTree"/>, near arms first. Far are the rays' own far ends, which leaves may draw in.
/// </summary>
internal static unsafe class PacketWalk
{
    [SkipLocalsInit]
    public static void Run<T>(WideTree tree, in PacketSpace space, float* far, ref T leaf) where T : struct, ILeafVisit
    {
        float* nodes = tree.Nodes.Start;
        int* stack = stackalloc int[tree.StackNeeded];
        float* reach = stackalloc float[tree.StackNeeded];
        float* entry = stackalloc float[8];
        int top = 0, node = 0;
        while (true)
        {
            if (node < 0)
            {
                if (leaf.Visit(~node)) return;
            }
            else
            {
                float* at = nodes + node * WideTree.NodeFloats;
                WideTree.Fetch(at + WideTree.Children);
                uint arms = space.Meets(at, leaf.Far, out var enter);
                if (space.Wide)
                    for (uint left = arms; left != 0; left &= left - 1)
                        if (!space.AnyMeets(at, BitOperations.TrailingZeroCount(left), far)) arms ^= left & (~left + 1);
                if (arms != 0)
                {
                    int* child = (int*)(at + WideTree.Children);
                    int arm = BitOperations.TrailingZeroCount(arms);
                    arms &= arms - 1;
                    node = child[arm];
                    if (arms == 0) continue;
                    enter.Store(entry);
                    node = SingleWalk.Sort(arms, child, entry, node, entry[arm], stack, reach, ref top);
                    continue;
                }
            }
            do
            {
                if (top == 0) return;
                top--;
            }
            while (reach[top] > leaf.Far);
            node = stack[top];
        }
    }
}
