using System.Numerics;
using Simulant.Data;

namespace Simulant.Scenes.Shading;

/// <summary>A picture in linear light, rows from the top.</summary>
/// <param name="Variance">Of each pixel's brightness as an estimate, where it was estimated from samples; else 0.</param>
/// <param name="Albedo">Mean base colour of what the pixel's samples met; the sky counts as white.</param>
public sealed record ColourImage(int Width, int Height, Vector3[] Pixels, float[] Variance, Vector3[] Albedo)
{
    public ColourImage(int width, int height)
        : this(width, height, new Vector3[width * height], new float[width * height], new Vector3[width * height])
    {
    }

    /// <summary>Lets this thread's next picture of the same size have the memory; nobody may look at this one again.</summary>
    public void Release()
    {
        KeptArrays<Vector3>.Give(Pixels);
        KeptArrays<float>.Give(Variance);
        KeptArrays<Vector3>.Give(Albedo);
    }

    /// <summary>sRGB bytes, red green blue by pixel: light times exposure, clipped at 1, rounded to the nearest.</summary>
    public byte[] ToBytes(float exposure = 1)
    {
        byte[] bytes = new byte[3 * Pixels.Length];
        for (int i = 0; i < Pixels.Length; i++)
            for (int c = 0; c < 3; c++) bytes[3 * i + c] = Encode((c == 0 ? Pixels[i].X : c == 1 ? Pixels[i].Y : Pixels[i].Z) * exposure);
        return bytes;
    }

    private static byte Encode(float linear)
    {
        float x = linear > 0 ? MathF.Min(linear, 1) : 0;
        return (byte)(255 * (x <= 0.0031308f ? 12.92f * x : 1.055f * MathF.Pow(x, 1 / 2.4f) - 0.055f) + 0.5f);
    }
}
