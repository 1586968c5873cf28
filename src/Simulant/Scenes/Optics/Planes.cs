using System.Numerics;
using Simulant.Data;

namespace Simulant.Scenes.Optics;

/// <summary>Red, green and blue apart, rows from the top.</summary>
internal sealed class Planes(int width, int height)
{
    private const int Band = 8;

    private readonly float[][] _colours = [new float[width * height], new float[width * height], new float[width * height]];

    public int Width => width;

    public int Height => height;

    public float[] this[int colour]
    {
        get => _colours[colour];
        set => _colours[colour] = value;
    }

    public Span<float> Row(int colour, int y) => _colours[colour].AsSpan(y * width, width);

    /// <summary>Light times a factor; what is below 0 or no number is dark.</summary>
    public static Planes Of(Vector3[] pixels, int width, int height, float factor, RunContext run)
    {
        var planes = new Planes(width, height);
        EachRow(height, run, y =>
        {
            Span<float> red = planes.Row(0, y), green = planes.Row(1, y), blue = planes.Row(2, y);
            for (int x = 0; x < width; x++)
            {
                var light = pixels[y * width + x] * factor;
                (red[x], green[x], blue[x]) = (Bright(light.X), Bright(light.Y), Bright(light.Z));
            }
        });
        return planes;
    }

    /// <summary>All rows, some at a time on each thread.</summary>
    public static void EachRow(int height, RunContext run, Action<int> row) => Work.For((height + Band - 1) / Band, run, band =>
    {
        for (int y = band * Band; y < Math.Min(height, (band + 1) * Band); y++) row(y);
    });

    private static float Bright(float light) => light > 0 ? MathF.Min(light, 1e12f) : 0;
}
