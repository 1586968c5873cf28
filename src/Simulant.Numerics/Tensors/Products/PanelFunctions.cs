using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Simulant.Numerics.Tensors.Elementwise;

namespace Simulant.Numerics.Tensors.Products;

/// <summary>What is done to the numbers of rows, a row in each lane.</summary>
public sealed unsafe partial class Panels
{
    /// <summary>Softmax of each segment of numbers, as <see cref="Tape.Softmax(Tensor, int[])"/> of rows; numbers behind stay.</summary>
    /// <param name="offsets">Segment s holds numbers offsets[s] to offsets[s + 1] - 1.</param>
    public void Softmax(int panel, int[] offsets)
    {
        Segments.Check(offsets, offsets is [.., var end] ? Math.Min(end, Numbers) : Numbers);
        var all = Part(panel, 0, offsets[^1]);
        for (int s = 0; s + 1 < offsets.Length; s++)
            for (int lane = 0; lane < Lanes; lane += 16)
                SubtractMost(Part(panel, offsets[s], offsets[s + 1] - offsets[s])[lane..]);
        Map.Run(new ExpOf(), all, all);
        for (int s = 0; s + 1 < offsets.Length; s++)
            for (int lane = 0; lane < Lanes; lane += 16)
                DivideBySum(Part(panel, offsets[s], offsets[s + 1] - offsets[s])[lane..]);
    }

    /// <summary>Hyperbolic tangent of some numbers.</summary>
    public void Tanh(int panel, int from, int numbers)
    {
        var part = Part(panel, from, numbers);
        Map.Run(new TanhOf(), part, part);
    }

    /// <summary>
    /// For each row of a panel, the number under which the sum of some shares passes a part of the whole, and how far within it that is:
    /// below 1, and a little below 1 where rounding left no such number.
    /// </summary>
    /// <param name="u">[lane], in [0, 1).</param>
    /// <param name="chosen">[lane], counted from <paramref name="from"/>.</param>
    /// <param name="within">[lane]; may be <paramref name="u"/>.</param>
    public void Choose(int panel, int from, int numbers, ReadOnlySpan<double> u, Span<int> chosen, Span<double> within)
    {
        if (u.Length != Lanes || chosen.Length != Lanes || within.Length != Lanes)
            throw new ArgumentException($"a panel has {Lanes} lanes, not {u.Length}, {chosen.Length}, {within.Length}");
        fixed (float* shares = Part(panel, from, numbers))
        fixed (double* parts = u, to = within)
        fixed (int* codes = chosen)
            for (int lane = 0; lane < Lanes; lane += 4) Choose4(shares + lane, numbers, parts + lane, codes + lane, to + lane);
    }

    private static void Choose4(float* shares, int numbers, double* u, int* chosen, double* within)
    {
        int lanes = Lanes;
        Vector256<double> total = default, code = default, at = Vector256<double>.One, open = Vector256<double>.AllBitsSet;
        for (int k = 0; k < numbers; k++) total += Double(shares + k * lanes);
        var rest = Vector256.Load(u) * total;
        for (int k = 0; k < numbers; k++)
        {
            var own = Double(shares + k * lanes);
            var live = open & Vector256.GreaterThan(own, Vector256<double>.Zero);
            code = Vector256.ConditionalSelect(live, Vector256.Create((double)k), code);
            var hit = live & Vector256.LessThan(rest, own);
            at = Vector256.ConditionalSelect(hit, own, at);
            rest = Vector256.ConditionalSelect(Vector256.AndNot(live, hit), rest - own, rest);
            open = Vector256.AndNot(open, hit);
            if (open == Vector256<double>.Zero) break;
        }
        Vector256.ConditionalSelect(open, Vector256.Create(1 - 1e-12), rest / at).Store(within);
        for (int l = 0; l < 4; l++) chosen[l] = (int)code[l];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Double(float* four)
    {
        var x = Vector128.Load(four);
        return Avx.IsSupported ? Avx.ConvertToVector256Double(x) : Vector256.Create(Vector128.WidenLower(x), Vector128.WidenUpper(x));
    }

    /// <summary>max(0, x).</summary>
    internal static void Rectify(Span<float> x)
    {
        ref float at = ref MemoryMarshal.GetReference(x);
        for (nuint i = 0; i < (nuint)x.Length; i += 8)
            Vector256.Max(Vector256.LoadUnsafe(ref at, i), Vector256<float>.Zero).StoreUnsafe(ref at, i);
    }

    private static void SubtractMost(Span<float> x)
    {
        ref float at = ref MemoryMarshal.GetReference(x);
        var most = Vector512.LoadUnsafe(ref at);
        for (int i = Lanes; i < x.Length; i += Lanes) most = Vector512.MaxNative(most, Vector512.LoadUnsafe(ref at, (nuint)i));
        for (int i = 0; i < x.Length; i += Lanes) (Vector512.LoadUnsafe(ref at, (nuint)i) - most).StoreUnsafe(ref at, (nuint)i);
    }

    /// <summary>Sums as <see cref="Segments.Softmax"/> makes them: of sixteen numbers and more, by sixteen chains.</summary>
    private static void DivideBySum(Span<float> x)
    {
        ref float at = ref MemoryMarshal.GetReference(x);
        int numbers = (x.Length + Lanes - 1) / Lanes;
        var sum = numbers < 16 ? Sum(ref at, numbers, 1) : SumBySixteen(ref at, numbers);
        var factor = Vector512<float>.One / sum;
        for (int i = 0; i < x.Length; i += Lanes) (Vector512.LoadUnsafe(ref at, (nuint)i) * factor).StoreUnsafe(ref at, (nuint)i);
    }

    private static Vector512<float> Sum(ref float at, int numbers, int step)
    {
        Vector512<float> sum = default;
        for (int k = 0; k < numbers; k += step) sum += Vector512.LoadUnsafe(ref at, (nuint)(k * Lanes));
        return sum;
    }

    private static Vector512<float> SumBySixteen(ref float at, int numbers)
    {
        Span<Vector512<float>> chains = stackalloc Vector512<float>[16];
        for (int i = 0; i < 16; i++) chains[i] = Sum(ref Unsafe.Add(ref at, i * Lanes), numbers - i, 16);
        for (int i = 0; i < 8; i++) chains[i] += chains[i + 8];
        for (int i = 0; i < 4; i++) chains[i] += chains[i + 4];
        return chains[0] + chains[2] + (chains[1] + chains[3]);
    }
}
