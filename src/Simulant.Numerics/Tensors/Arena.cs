using System.Numerics;

namespace Simulant.Numerics.Tensors;

/// <summary>
/// Memory for activations, kept between steps in classes of size (eight to a doubling), so that training allocates nothing
/// after its first steps. Not for several threads at once.
/// </summary>
public sealed class Arena
{
    private readonly Dictionary<int, Stack<float[]>> _free = [];

    /// <summary>Floats ever allocated, used and free.</summary>
    public long Allocated { get; private set; }

    internal float[] Rent(int length)
    {
        int size = SizeOf(length);
        if (_free.TryGetValue(size, out var free) && free.TryPop(out float[]? found)) return found;
        Allocated += size;
        return GC.AllocateUninitializedArray<float>(size);
    }

    internal void Return(float[] array)
    {
        if (!_free.TryGetValue(array.Length, out var free)) _free.Add(array.Length, free = new Stack<float[]>());
        free.Push(array);
    }

    private static int SizeOf(int length)
    {
        if (length <= 64) return 64;
        int step = 1 << Math.Max(0, 28 - BitOperations.LeadingZeroCount((uint)(length - 1)));
        return checked((int)(((long)length + step - 1) / step * step));
    }
}
