namespace Simulant.Images.Sets;

/// <summary>
/// Outlines of a mask along the edges of its pixels: clockwise as seen round what is within, the other way round a hole. Pixels that touch
/// at a corner alone have outlines of their own. Filled by their odd crossings, the outlines hold exactly the mask's pixels.
/// </summary>
public static class MaskOutlines
{
    private static readonly (int X, int Y)[] Steps = [(1, 0), (0, 1), (-1, 0), (0, -1)];

    public static IReadOnlyList<Spot[]> Trace(bool[] rows, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Length != width * height) throw new ArgumentException("the mask has another size", nameof(rows));
        bool At(int x, int y) => (uint)x < (uint)width && (uint)y < (uint)height && rows[y * width + x];
        // By corner, the directions (bit by Steps) in which an edge leaves it, the mask on its right.
        byte[] leaving = new byte[(width + 1) * (height + 1)];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                if (!rows[y * width + x]) continue;
                if (!At(x, y - 1)) leaving[y * (width + 1) + x] |= 1;
                if (!At(x + 1, y)) leaving[y * (width + 1) + x + 1] |= 2;
                if (!At(x, y + 1)) leaving[(y + 1) * (width + 1) + x + 1] |= 4;
                if (!At(x - 1, y)) leaving[(y + 1) * (width + 1) + x] |= 8;
            }
        var outlines = new List<Spot[]>();
        bool[] begun = new bool[leaving.Length];
        for (int start = 0; start < leaving.Length; start++)
            if ((leaving[start] & 1) != 0 && !begun[start]) outlines.Add(Follow(leaving, begun, start, width + 1));
        return outlines;
    }

    // Begins with an edge to the right; there is one in each outline, and the first met of them begins at a corner.
    private static Spot[] Follow(byte[] leaving, bool[] begun, int start, int stride)
    {
        var outline = new List<Spot> { new(start % stride, start / stride) };
        int at = start, way = 0;
        while (true)
        {
            if (way == 0) begun[at] = true;
            at += Steps[way].X + Steps[way].Y * stride;
            // Where two outlines meet at a corner, the way to the right stays with the same pixel.
            int next = (way + 1) & 3;
            if ((leaving[at] >> next & 1) == 0) next = (leaving[at] >> way & 1) != 0 ? way : (way + 3) & 3;
            if (at == start && next == 0) return [.. outline];
            if (next != way) outline.Add(new Spot(at % stride, at / stride));
            way = next;
        }
    }
}
