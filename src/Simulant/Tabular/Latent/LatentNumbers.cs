using Simulant.Numerics.Kernels;
using Simulant.Numerics.Tensors;
using Simulant.Numerics.Tensors.Products;
using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Latent;

/// <summary>The latent normals of candidates, each a pure function of its address.</summary>
internal static class LatentNumbers
{
    /// <summary>Slots of latent numbers, four numbers each; below them are those of columns.</summary>
    private const int Slot = 1 << 20;

    /// <param name="latents">A multiple of four.</param>
    /// <returns>[row, latent]</returns>
    public static Tensor Of(Tape tape, DrawBatch batch, int start, int count, int latents)
    {
        var z = tape.New(count, latents);
        var four = tape.New(4, count);
        var values = z.Values;
        for (int k = 0; k < latents; k += 4)
        {
            NormalLanes.Fill(batch.Stream, batch.Items.AsSpan(start, count), batch.Attempts.AsSpan(start, count), Slot + k / 4,
                four.Row(0), four.Row(1), four.Row(2), four.Row(3));
            for (int i = 0; i < 4; i++)
            {
                var row = four.Row(i);
                for (int r = 0, to = k + i; r < count; r++, to += latents) values[to] = row[r];
            }
        }
        return z;
    }

    /// <summary>The same numbers, a row in each lane.</summary>
    public static void Fill(Panels z, DrawBatch batch, int start, int count)
    {
        for (int r = 0; r < count; r += 16)
        {
            int at = start + r, rows = Math.Min(16, count - r);
            NormalLanes.FillDown(batch.Stream, batch.Items.AsSpan(at, rows), batch.Attempts.AsSpan(at, rows), Slot, z.Numbers / 4,
                z.Part(r / Panels.Lanes, 0, z.Numbers)[(r % Panels.Lanes)..], Panels.Lanes);
        }
    }
}
