using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Simulant.Numerics.Pixels;

/// <summary>Eight bytes as floating numbers and back.</summary>
internal static class PixelLanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(ref byte from, nint at)
    {
        ulong eight = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, at));
        var bytes = Vector128.CreateScalar(eight).AsByte();
        if (Avx2.IsSupported) return Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(bytes));
        var words = Vector128.WidenLower(bytes);
        return Vector256.ConvertToSingle(Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words)).AsInt32());
    }

    /// <summary>Whole parts held in 0 to 255; add a half before, to round.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Vector256<float> values, ref byte to)
    {
        var whole = Whole(values);
        if (Sse2.IsSupported)
        {
            var pairs = Sse2.PackSignedSaturate(whole.GetLower(), whole.GetUpper());
            Unsafe.WriteUnaligned(ref to, Sse2.PackUnsignedSaturate(pairs, pairs).AsUInt64().ToScalar());
            return;
        }
        var words = Vector128.Narrow(whole.GetLower(), whole.GetUpper());
        var bytes = Vector128.Narrow(words.AsUInt16(), words.AsUInt16());
        Unsafe.WriteUnaligned(ref to, bytes.AsUInt64().ToScalar());
    }

    /// <summary>Whole parts, held in 0 to 255; within these every conversion cuts alike.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Whole(Vector256<float> values) =>
        Vector256.ConvertToInt32Native(Vector256.Min(Vector256.Max(values, Vector256<float>.Zero), Vector256.Create(255f)));
}
