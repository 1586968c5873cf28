using System.Globalization;
using System.Text;

namespace Simulant.Images.Sets;

/// <summary>
/// A mask as COCO packs it: lengths of runs down the columns, from the left, the first of pixels outside it. Packed into text, each number
/// is the difference to the one two before it, five bits a character from '0' on, the lowest first (the "compressed RLE" of the COCO
/// interface).
/// </summary>
public sealed class RunLengths
{
    private RunLengths(int width, int height, IReadOnlyList<int> counts) => (Width, Height, Counts) = (width, height, counts);

    public int Width { get; }

    public int Height { get; }

    /// <summary>Their sum is width times height; only the first may be 0.</summary>
    public IReadOnlyList<int> Counts { get; }

    /// <summary>Pixels in the mask.</summary>
    public long Area
    {
        get
        {
            long area = 0;
            for (int i = 1; i < Counts.Count; i += 2) area += Counts[i];
            return area;
        }
    }

    /// <summary>A mask of which a piece is given.</summary>
    /// <param name="rows">Rows of the piece, whose upper left corner is at (left, top); it lies in the picture.</param>
    public static RunLengths Of(int width, int height, int left, int top, int pieceWidth, bool[] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        int pieceHeight = pieceWidth == 0 ? 0 : rows.Length / pieceWidth;
        if (left < 0 || top < 0 || left + pieceWidth > width || top + pieceHeight > height || pieceHeight * pieceWidth != rows.Length)
            throw new ArgumentException("the piece does not lie in the picture", nameof(rows));
        var counts = new List<int>();
        int ended = 0, from = -1;
        for (int x = 0; x < pieceWidth; x++)
        {
            int start = checked((left + x) * height) + top;
            // A run goes on from column to column only where it reaches the picture's lower edge and begins at its upper one.
            for (int y = 0; y < pieceHeight; y++)
            {
                bool inside = rows[y * pieceWidth + x];
                if (inside && from < 0) from = start + y;
                if (inside || from < 0) continue;
                End(start + y);
            }
            if (from >= 0 && (top > 0 || top + pieceHeight < height || x == pieceWidth - 1)) End(start + pieceHeight);
        }
        if (ended < width * height || counts.Count == 0) counts.Add(width * height - ended);
        return new(width, height, counts);

        void End(int at)
        {
            if (from == ended && counts.Count > 0) counts[^1] += at - from;
            else counts.AddRange([from - ended, at - from]);
            (ended, from) = (at, -1);
        }
    }

    /// <summary>The mask of outlines, by the pixels whose middles they hold an odd number of times.</summary>
    public static RunLengths Of(int width, int height, IReadOnlyList<Spot[]> outlines)
    {
        bool[] rows = new bool[checked(width * height)];
        Outlines.Fill(outlines, width, height, at => rows[at] = true);
        return Of(width, height, 0, 0, width, rows);
    }

    /// <summary>Runs as they are listed; null with what is wrong where they are no mask of this size.</summary>
    public static RunLengths? Of(int width, int height, IReadOnlyList<long> counts, out string fault)
    {
        ArgumentNullException.ThrowIfNull(counts);
        fault = "";
        long sum = 0;
        for (int i = 0; i < counts.Count; i++)
        {
            if (counts[i] < 0) fault = string.Create(CultureInfo.InvariantCulture, $"run {i + 1} has length {counts[i]}");
            sum += counts[i];
            if (sum > int.MaxValue) break;
        }
        if (fault.Length == 0 && sum != (long)width * height)
            fault = string.Create(CultureInfo.InvariantCulture, $"runs of {sum} pixels in all, and the picture has {(long)width * height}");
        if (fault.Length > 0) return null;
        var merged = new List<int>();
        for (int i = 0; i < counts.Count; i++)
            // A run of nothing joins its neighbours.
            if (counts[i] > 0 || i == 0)
            {
                if (merged.Count % 2 == i % 2) merged.Add((int)counts[i]);
                else merged[^1] += (int)counts[i];
            }
        return new(width, height, merged);
    }

    /// <summary>Reads what <see cref="Pack"/> writes; null with what is wrong where it is no mask of this size.</summary>
    public static RunLengths? Unpack(int width, int height, string packed, out string fault)
    {
        ArgumentNullException.ThrowIfNull(packed);
        var counts = new List<long>();
        for (int at = 0; at < packed.Length;)
        {
            long value = 0;
            int bits = 0, digit;
            do
            {
                digit = at < packed.Length ? packed[at++] - '0' : -1;
                if (digit is < 0 or > 63 || bits > 35)
                {
                    fault = string.Create(CultureInfo.InvariantCulture, $"character {at} of the packed runs is none of them");
                    return null;
                }
                value |= (long)(digit & 31) << bits;
                bits += 5;
            }
            while ((digit & 32) != 0);
            if ((digit & 16) != 0) value |= -1L << bits;
            counts.Add(counts.Count > 2 ? value + counts[^2] : value);
        }
        return Of(width, height, counts, out fault);
    }

    /// <summary>The runs as one text.</summary>
    public string Pack()
    {
        var text = new StringBuilder();
        for (int i = 0; i < Counts.Count; i++)
        {
            int value = i > 2 ? Counts[i] - Counts[i - 2] : Counts[i];
            while (true)
            {
                int digit = value & 31;
                value >>= 5;
                // The last digit's upper bit is the sign of what is cut off.
                bool last = (digit & 16) == 0 ? value == 0 : value == -1;
                text.Append((char)('0' + (last ? digit : digit | 32)));
                if (last) break;
            }
        }
        return text.ToString();
    }

    /// <summary>Rows of the whole picture, true within the mask.</summary>
    public bool[] Pixels()
    {
        bool[] rows = new bool[Width * Height];
        for (int i = 0, at = 0; i < Counts.Count; at += Counts[i++])
            for (int p = at; (i & 1) == 1 && p < at + Counts[i]; p++) rows[p % Height * Width + p / Height] = true;
        return rows;
    }
}
