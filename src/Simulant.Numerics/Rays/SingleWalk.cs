using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Rays;

/// <summary>What a walk does at a leaf.</summary>
internal interface ILeafVisit
{
    /// <summary>How far the walk still looks.</summary>
    float Far { get; }

    /// <summary>Tests what lies in a leaf; true ends the walk.</summary>
    bool Visit(int leaf);
}

/// <summary>One ray through a <see cref="WideTree"/>: eight boxes at a time, near arms first.</summary>
internal static unsafe class SingleWalk
{
    // Rounding of origin times reciprocal, as a part of that product: slabs are widened by it, so that no box is lost.
    private const float Slack = 4e-7f;

    /// <summary>Directions' parts below this count as this, of the same sign.</summary>
    internal const float Flattest = 1e-18f;

    [SkipLocalsInit]
    public static void Run<T>(WideTree tree, Vector3 origin, Vector3 direction, float near, ref T leaf) where T : struct, ILeafVisit
    {
        float* nodes = tree.Nodes.Start;
        int* stack = stackalloc int[tree.StackNeeded];
        float* reach = stackalloc float[tree.StackNeeded];
        float* entry = stackalloc float[8];
        float x = Reciprocal(direction.X), y = Reciprocal(direction.Y), z = Reciprocal(direction.Z);
        int nearX = x < 0 ? 24 : 0, nearY = y < 0 ? 32 : 8, nearZ = z < 0 ? 40 : 16;
        int farX = 24 - nearX, farY = 40 - nearY, farZ = 56 - nearZ;
        Vector256<float> rx = Vector256.Create(x), ry = Vector256.Create(y), rz = Vector256.Create(z);
        float ox = origin.X * x, oy = origin.Y * y, oz = origin.Z * z;
        Vector256<float> inX = Vector256.Create(-ox - MathF.Abs(ox) * Slack), outX = Vector256.Create(-ox + MathF.Abs(ox) * Slack);
        Vector256<float> inY = Vector256.Create(-oy - MathF.Abs(oy) * Slack), outY = Vector256.Create(-oy + MathF.Abs(oy) * Slack);
        Vector256<float> inZ = Vector256.Create(-oz - MathF.Abs(oz) * Slack), outZ = Vector256.Create(-oz + MathF.Abs(oz) * Slack);
        var first = Vector256.Create(near);
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
                // They lie on a line of their own, and which of them is wanted is known late.
                WideTree.Fetch(at + WideTree.Children);
                var enter = Vector256.MaxNative(
                    Vector256.MaxNative(Vector256.FusedMultiplyAdd(Vector256.Load(at + nearX), rx, inX),
                        Vector256.FusedMultiplyAdd(Vector256.Load(at + nearY), ry, inY)),
                    Vector256.MaxNative(Vector256.FusedMultiplyAdd(Vector256.Load(at + nearZ), rz, inZ), first));
                var leave = Vector256.MinNative(
                    Vector256.MinNative(Vector256.FusedMultiplyAdd(Vector256.Load(at + farX), rx, outX),
                        Vector256.FusedMultiplyAdd(Vector256.Load(at + farY), ry, outY)),
                    Vector256.MinNative(Vector256.FusedMultiplyAdd(Vector256.Load(at + farZ), rz, outZ), Vector256.Create(leaf.Far)));
                uint arms = Vector256.LessThanOrEqual(enter, leave).ExtractMostSignificantBits();
                if (arms != 0)
                {
                    int* child = (int*)(at + WideTree.Children);
                    int arm = BitOperations.TrailingZeroCount(arms);
                    arms &= arms - 1;
                    node = child[arm];
                    if (arms == 0) continue;
                    enter.Store(entry);
                    node = Sort(arms, child, entry, node, entry[arm], stack, reach, ref top);
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

    /// <summary>Puts the arms on the stack, the nearest last, but for the very nearest, which it returns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Sort(uint arms, int* child, float* entry, int node, float distance, int* stack, float* reach, ref int top)
    {
        int bottom = top;
        while (true)
        {
            int arm = BitOperations.TrailingZeroCount(arms);
            arms &= arms - 1;
            int other = child[arm];
            float at = entry[arm];
            if (at < distance)
            {
                (other, node) = (node, other);
                (at, distance) = (distance, at);
            }
            int slot = top++;
            for (; slot > bottom && reach[slot - 1] < at; slot--)
            {
                reach[slot] = reach[slot - 1];
                stack[slot] = stack[slot - 1];
            }
            reach[slot] = at;
            stack[slot] = other;
            if (arms == 0) return node;
        }
    }

    // Rays along an axis get a slope too steep to matter in place of infinity, which would make 0 times infinity.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Reciprocal(float d) => 1 / (MathF.Abs(d) < Flattest ? MathF.CopySign(Flattest, d) : d);
}
