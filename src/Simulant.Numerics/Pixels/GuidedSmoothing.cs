using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Pixels;

/// <summary>What stands in a plane of <see cref="GuidedSmoothing"/>, a number a pixel.</summary>
public enum SmoothingPlane
{
    Red,
    Green,
    Blue,

    /// <summary>Of the mean that the light is, of its brightness.</summary>
    Variance,

    /// <summary>Which thing it shows: a whole number, 0 for none. Nothing is mixed across things.</summary>
    Thing,

    /// <summary>Metres; not asked where there is no thing.</summary>
    Depth,

    /// <summary>Unit normal of the surface.</summary>
    NormalX,
    NormalY,
    NormalZ,
}

/// <summary>
/// Passes of the edge-avoiding à-trous wavelet (Dammertz et al., HPG 2010) under depth and normals, with the brightness weight scaled by
/// each pixel's own variance (Schied et al., "SVGF", HPG 2017), eight pixels at a time. Fill all planes, <see cref="Prepare"/> every row,
/// then <see cref="Pass"/> every row and <see cref="Turn"/>, level by level. Rows of one step may be worked on by any number of threads.
/// </summary>
public sealed unsafe class GuidedSmoothing
{
    public const int Levels = 4;

    private const float Sharpness = 2.5f;

    // Taps reach two steps of the widest level aside.
    private const int Margin = 2 << (Levels - 1);

    // Planes beyond those that are filled: the brightness of the light, the other side of a pass, and how fast depth changes.
    private const int Bright = 9, Other = 10, OtherBright = 14, Slope = 15, Planes = 16;

    private readonly float[] _memory;
    private readonly int _width, _height, _stride;
    private int _from, _to = Other, _bright = Bright, _toBright = OtherBright;

    /// <param name="memory">At least <see cref="Floats"/> numbers, of any content.</param>
    public GuidedSmoothing(int width, int height, float[] memory)
    {
        if (width < 1 || height < 1) throw new ArgumentException($"a picture of {width} by {height}");
        ArgumentOutOfRangeException.ThrowIfLessThan((long)memory.Length, Floats(width, height));
        (_memory, _width, _height, _stride) = (memory, width, height, Stride(width));
    }

    /// <summary>Numbers that a picture needs.</summary>
    public static long Floats(int width, int height) => (long)Planes * Stride(width) * height;

    private static int Stride(int width) => Margin + (width + 7) / 8 * 8 + Margin;

    /// <summary>A row of a plane, to be filled or, of the light, to be read.</summary>
    public Span<float> Row(SmoothingPlane plane, int y)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)_height);
        int row = plane < SmoothingPlane.Thing ? _from + (int)plane : (int)plane;
        return _memory.AsSpan(At(row, y) + Margin, _width);
    }

    /// <summary>Once all planes of all rows are filled: what passes over a row need.</summary>
    public void Prepare(int y)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)_height);
        for (int plane = 0; plane < Planes; plane++)
        {
            // Beyond the picture's sides nothing is like anything in it.
            var row = _memory.AsSpan(At(plane, y), _stride);
            float outside = plane == (int)SmoothingPlane.Thing ? -1 : 0;
            row[..Margin].Fill(outside);
            row[(Margin + _width)..].Fill(outside);
        }
        fixed (float* memory = _memory)
            for (int x = Margin; x < Margin + _width; x += 8)
            {
                var light = Load(memory, 0, y, x);
                Store(memory, Bright, y, x, Brightness(light, Load(memory, 1, y, x), Load(memory, 2, y, x)));
                Store(memory, Slope, y, x, Steepness(memory, x, y));
            }
    }

    /// <summary>The light and variance that were written are the next pass's to read.</summary>
    public void Turn() => (_from, _to, _bright, _toBright) = (_to, _from, _toBright, _bright);

    /// <summary>Smooths one row from the light at hand to the other side.</summary>
    /// <param name="level">0 to <see cref="Levels"/> - 1; taps are 2^level pixels apart.</param>
    public void Pass(int y, int level)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)level, (uint)Levels);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)_height);
        fixed (float* memory = _memory)
            for (int x = Margin; x < Margin + _width; x += 8) Eight(memory, x, y, 1 << level);
    }

    [SkipLocalsInit]
    private void Eight(float* memory, int x, int y, int step)
    {
        Vector256<float> none = Vector256<float>.Zero, one = Vector256<float>.One;
        Vector256<float> thing = Load(memory, (int)SmoothingPlane.Thing, y, x), depth = Load(memory, (int)SmoothingPlane.Depth, y, x);
        Vector256<float> nx = Load(memory, (int)SmoothingPlane.NormalX, y, x), ny = Load(memory, (int)SmoothingPlane.NormalY, y, x),
            nz = Load(memory, (int)SmoothingPlane.NormalZ, y, x);
        var empty = Vector256.Equals(thing, none);
        var bright = Load(memory, _bright, y, x);
        var sharp = one / (Vector256.Create(Sharpness) * Vector256.Sqrt(Around(memory, x, y)) + Vector256.Create(1e-3f));
        // Depth changes along a slope by this for each pixel, and a little for rounding.
        Vector256<float>* allowed = stackalloc Vector256<float>[5];
        Vector256<float> slope = Load(memory, Slope, y, x) * Vector256.Create((float)step), slack = depth * Vector256.Create(1e-3f);
        for (int k = 1; k <= 4; k++) allowed[k] = one / (slope * Vector256.Create((float)k) + slack);
        Vector256<float> red = none, green = none, blue = none, squares = none, weights = none;
        for (int j = -2; j <= 2; j++)
        {
            int row = y + j * step;
            if ((uint)row >= (uint)_height) continue;
            for (int i = -2; i <= 2; i++)
            {
                int column = x + i * step;
                var weight = Vector256.Create(Kernel(i) * Kernel(j));
                if ((i | j) != 0)
                {
                    var along = nx * Load(memory, (int)SmoothingPlane.NormalX, row, column)
                        + ny * Load(memory, (int)SmoothingPlane.NormalY, row, column)
                        + nz * Load(memory, (int)SmoothingPlane.NormalZ, row, column);
                    var off = Vector256.Abs(Load(memory, (int)SmoothingPlane.Depth, row, column) - depth)
                        * allowed[Math.Abs(i) + Math.Abs(j)];
                    var apart = Vector256.Abs(Load(memory, _bright, row, column) - bright) * sharp;
                    var turned = Power32(Vector256.Max(along, none));
                    turned = Vector256.ConditionalSelect(empty, one, turned);
                    off = Vector256.ConditionalSelect(empty, none, off);
                    weight *= turned * Falling(off, apart);
                    weight &= Vector256.Equals(Load(memory, (int)SmoothingPlane.Thing, row, column), thing);
                }
                red += Load(memory, _from, row, column) * weight;
                green += Load(memory, _from + 1, row, column) * weight;
                blue += Load(memory, _from + 2, row, column) * weight;
                squares += Load(memory, _from + 3, row, column) * weight * weight;
                weights += weight;
            }
        }
        // Lanes beyond the picture stay empty.
        var inside = Vector256.GreaterThanOrEqual(thing, none);
        var by = one / weights;
        (red, green, blue) = (red * by & inside, green * by & inside, blue * by & inside);
        Store(memory, _to, y, x, red);
        Store(memory, _to + 1, y, x, green);
        Store(memory, _to + 2, y, x, blue);
        Store(memory, _to + 3, y, x, squares / (weights * weights) & inside);
        Store(memory, _toBright, y, x, Brightness(red, green, blue));
    }

    private static float Kernel(int i) => i == 0 ? 0.375f : i is 1 or -1 ? 0.25f : 0.0625f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Power32(Vector256<float> x)
    {
        x *= x;
        x *= x;
        x *= x;
        x *= x;
        return x * x;
    }

    // Near exp(-a - b), of products alone.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Falling(Vector256<float> a, Vector256<float> b)
    {
        Vector256<float> one = Vector256<float>.One, quarter = Vector256.Create(0.25f), part = Vector256.Create(0.03125f);
        var y = (one + a * (quarter + a * part)) * (one + b * (quarter + b * part));
        y *= y;
        return one / (y * y);
    }

    // How fast depth changes from pixel to pixel, as far as both neighbours of a direction agree.
    private Vector256<float> Steepness(float* memory, int x, int y)
    {
        const int Depth = (int)SmoothingPlane.Depth;
        var depth = Load(memory, Depth, y, x);
        var across = Vector256.Min(Gap(Load(memory, Depth, y, x - 1), depth), Gap(Load(memory, Depth, y, x + 1), depth));
        var column = Vector256.Create((float)(x - Margin)) + Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7);
        across &= Vector256.GreaterThan(column, Vector256<float>.Zero) & Vector256.LessThan(column, Vector256.Create(_width - 1f));
        if (y == 0 || y == _height - 1) return across;
        var along = Vector256.Min(Gap(Load(memory, Depth, y - 1, x), depth), Gap(Load(memory, Depth, y + 1, x), depth));
        return Vector256.Max(across, along);
    }

    private static Vector256<float> Gap(Vector256<float> other, Vector256<float> depth)
    {
        var gap = Vector256.Abs(other - depth);
        return gap & Vector256.LessThan(gap, Vector256.Create(float.PositiveInfinity));
    }

    // Single pixels' variances are rough: the mean over 3 by 3 is used.
    private Vector256<float> Around(float* memory, int x, int y)
    {
        var sum = Vector256<float>.Zero;
        int first = Math.Max(0, y - 1), last = Math.Min(_height - 1, y + 1);
        for (int row = first; row <= last; row++)
            for (int column = x - 1; column <= x + 1; column++) sum += Load(memory, _from + 3, row, column);
        var at = Vector256.Create((float)(x - Margin)) + Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7);
        var one = Vector256<float>.One;
        var columns = Vector256.Create(3f) - (one & Vector256.Equals(at, Vector256<float>.Zero))
            - (one & Vector256.Equals(at, Vector256.Create(_width - 1f)));
        return sum / (columns * Vector256.Create(last - first + 1f));
    }

    private static Vector256<float> Brightness(Vector256<float> red, Vector256<float> green, Vector256<float> blue) =>
        Vector256.Create(0.2126f) * red + Vector256.Create(0.7152f) * green + Vector256.Create(0.0722f) * blue;

    private int At(int plane, int y) => (plane * _height + y) * _stride;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Load(float* memory, int plane, int y, int x) => Vector256.Load(memory + At(plane, y) + x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(float* memory, int plane, int y, int x, Vector256<float> value) => value.Store(memory + At(plane, y) + x);
}
