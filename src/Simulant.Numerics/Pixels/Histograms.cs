namespace Simulant.Numerics.Pixels;

/// <summary>Histograms of bytes, and what equalises them.</summary>
public static class Histograms
{
    /// <summary>Counts of each value in a channel of interleaved pixels.</summary>
    public static int[] Count(ReadOnlySpan<byte> pixels, int channels, int channel)
    {
        // Four sets of counts, since a count that is still being written stalls the next.
        int[] counts = new int[1024];
        int i = channel;
        for (; i + 3 * channels < pixels.Length; i += 4 * channels)
        {
            counts[pixels[i]]++;
            counts[256 + pixels[i + channels]]++;
            counts[512 + pixels[i + 2 * channels]]++;
            counts[768 + pixels[i + 3 * channels]]++;
        }
        for (; i < pixels.Length; i += channels) counts[pixels[i]]++;
        for (int v = 0; v < 256; v++) counts[v] += counts[256 + v] + counts[512 + v] + counts[768 + v];
        return counts[..256];
    }

    /// <summary>Counts of all three channels of coloured pixels.</summary>
    public static int[][] CountColours(ReadOnlySpan<byte> pixels)
    {
        int[] counts = new int[6 * 256];
        int i = 0;
        for (; i + 6 <= pixels.Length; i += 6)
        {
            counts[pixels[i]]++;
            counts[256 + pixels[i + 1]]++;
            counts[512 + pixels[i + 2]]++;
            counts[768 + pixels[i + 3]]++;
            counts[1024 + pixels[i + 4]]++;
            counts[1280 + pixels[i + 5]]++;
        }
        for (; i + 3 <= pixels.Length; i += 3)
            for (int c = 0; c < 3; c++) counts[c * 256 + pixels[i + c]]++;
        for (int v = 0; v < 768; v++) counts[v] += counts[768 + v];
        return [counts[..256], counts[256..512], counts[512..768]];
    }

    /// <summary>The table that makes values evenly frequent: (pixels of at most v - pixels of the least) / (the rest) * 255.</summary>
    public static byte[] Equalise(ReadOnlySpan<int> counts)
    {
        long total = 0;
        foreach (int count in counts) total += count;
        int first = 0;
        while (first < 255 && counts[first] == 0) first++;
        byte[] table = new byte[256];
        long rest = total - counts[first], sum = 0;
        for (int v = 0; v < 256; v++)
        {
            if (v > first) sum += counts[v];
            table[v] = rest == 0 ? (byte)v : (byte)((sum * 510 + rest) / (2 * rest));
        }
        return table;
    }

    /// <summary>
    /// Contrast-limited adaptive equalisation of one channel (Zuiderveld, Graphics Gems IV, 1994): a table for each tile, its counts
    /// clipped and what was clipped spread evenly, and between the middles of tiles their tables' values interpolated.
    /// </summary>
    /// <param name="limit">Most counts of one value, in multiples of the mean; 1 or more.</param>
    public static void Clahe(ReadOnlySpan<byte> plane, Span<byte> to, int width, int height, int tiles, double limit)
    {
        int across = Math.Min(tiles, width), down = Math.Min(tiles, height);
        byte[] tables = new byte[across * down * 256];
        for (int ty = 0; ty < down; ty++)
            for (int tx = 0; tx < across; tx++)
                Tile(plane, width, (tx * width / across, (tx + 1) * width / across, ty * height / down, (ty + 1) * height / down), limit,
                    tables.AsSpan((ty * across + tx) * 256, 256));
        var columns = Places(width, across);
        var rows = Places(height, down);
        for (int y = 0; y < height; y++)
        {
            var (y0, y1, under) = rows[y];
            int top = y0 * across * 256, bottom = y1 * across * 256;
            for (int x = 0; x < width; x++)
            {
                int value = plane[y * width + x];
                var (x0, x1, over) = columns[x];
                int a = tables[top + x0 * 256 + value] * (256 - over) + tables[top + x1 * 256 + value] * over;
                int b = tables[bottom + x0 * 256 + value] * (256 - over) + tables[bottom + x1 * 256 + value] * over;
                to[y * width + x] = (byte)(a * (256 - under) + b * under + 32768 >> 16);
            }
        }
    }

    private static void Tile(ReadOnlySpan<byte> plane, int width, (int Left, int Right, int Top, int Bottom) tile, double limit,
        Span<byte> table)
    {
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        for (int y = tile.Top; y < tile.Bottom; y++)
            foreach (byte value in plane[(y * width + tile.Left)..(y * width + tile.Right)]) counts[value]++;
        int pixels = (tile.Right - tile.Left) * (tile.Bottom - tile.Top), most = Math.Max(1, (int)(limit * pixels / 256)), clipped = 0;
        foreach (ref int count in counts)
        {
            clipped += Math.Max(0, count - most);
            count = Math.Min(count, most);
        }
        int each = clipped / 256, left = clipped % 256;
        long sum = 0;
        for (int v = 0; v < 256; v++)
        {
            // What does not divide evenly goes to every so manyth value.
            sum += counts[v] + each + ((v + 1) * left / 256 - v * left / 256);
            table[v] = (byte)((sum * 510 + pixels) / (2 * pixels));
        }
    }

    private static (int Before, int Behind, int Weight)[] Places(int count, int tiles)
    {
        var places = new (int, int, int)[count];
        for (int i = 0; i < count; i++)
        {
            double at = Math.Clamp((i + 0.5) * tiles / count - 0.5, 0, tiles - 1);
            places[i] = ((int)at, Math.Min((int)at + 1, tiles - 1), (int)((at - (int)at) * 256));
        }
        return places;
    }
}
