using Simulant.Numerics.Kernels;
using Simulant.Numerics.Random;

namespace Simulant.Tabular.Autoregressive;

/// <summary>
/// Sets hidden values to zero at random and scales up the others (Srivastava and others 2014); which ones is a function of the
/// address.
/// </summary>
/// <param name="Eighths">Of eight values, how many are dropped.</param>
internal readonly record struct Dropout(RandomStream Stream, long Item, int Block, int Eighths)
{
    private const int Lanes = LaneProduct.Lanes;

    public float Scale => 8f / (8 - Eighths);

    public void Apply(int field, Span<float> hidden)
    {
        if (Eighths == 0) return;
        float scale = Scale;
        uint least = (uint)Eighths << 29;
        for (int at = 0; at < hidden.Length; at += 40)
        {
            // 128 bits are 40 draws of three bits each, and a rest: ten of every word.
            var (a, b, c, d) = Stream.Bits(Item, Block * 4096 + field, at);
            int end = Math.Min(at + 40, hidden.Length);
            for (int i = at; i < end; i++)
            {
                int k = i - at;
                uint word = k < 10 ? a : k < 20 ? b : k < 30 ? c : d;
                hidden[i] = word << (3 * (k % 10)) < least ? 0 : hidden[i] * scale;
            }
        }
    }
}
