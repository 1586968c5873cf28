using System.Globalization;
using Simulant.Images;

namespace Simulant.Augment;

/// <summary>Pictures side by side, with their labels drawn: boxes, outlines, keypoints, each class in a colour of its own.</summary>
public static class ContactSheet
{
    private const int Gap = 4;

    private static readonly (byte R, byte G, byte B)[] Colours =
        [(230, 60, 60), (60, 200, 90), (70, 120, 250), (250, 200, 40), (200, 80, 220), (50, 210, 210), (250, 130, 40), (160, 160, 250)];

    /// <summary>Rows of pictures on grey, each within a tile of one size, made smaller where it is larger.</summary>
    /// <param name="pictures">At least one.</param>
    /// <param name="tile">Longest side of a tile in pixels; tiles are no larger than the largest picture on them.</param>
    public static Raster<byte> Of(IReadOnlyList<Labelled> pictures, int tile = 256, int columns = 4)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentOutOfRangeException.ThrowIfZero(pictures.Count);
        columns = Math.Min(columns, pictures.Count);
        int rows = (pictures.Count + columns - 1) / columns;
        Labelled[] fitting = [.. pictures.Select(p => Fitting(p, tile))];
        int width = fitting.Max(p => p.Width), height = fitting.Max(p => p.Height);
        var sheet = new Raster<byte>(columns * (width + Gap) + Gap, rows * (height + Gap) + Gap, 3);
        sheet.Samples.AsSpan().Fill(96);
        for (int i = 0; i < fitting.Length; i++)
        {
            int left = Gap + i % columns * (width + Gap) + (width - fitting[i].Width) / 2;
            int top = Gap + i / columns * (height + Gap) + (height - fitting[i].Height) / 2;
            Put(fitting[i], sheet, left, top);
        }
        return sheet;
    }

    private static Labelled Fitting(Labelled s, int tile)
    {
        double scale = Math.Min(1, Math.Min((double)tile / s.Width, (double)tile / s.Height));
        int width = Math.Max(1, (int)(s.Width * scale)), height = Math.Max(1, (int)(s.Height * scale));
        return scale >= 1 ? s : Policy.Only("resize", string.Create(CultureInfo.InvariantCulture, $"width: {width}, height: {height}"))
            .Apply(s with { Map = null }, 0, 0);
    }

    private static void Put(Labelled s, Raster<byte> sheet, int left, int top)
    {
        for (int y = 0; y < s.Height; y++)
            for (int x = 0; x < s.Width; x++)
                for (int c = 0; c < 3; c++) sheet[left + x, top + y, c] = s.Image[x, y, s.Image.Channels == 1 ? 0 : c];
        foreach (var subject in s.Subjects)
        {
            var colour = Colours[Math.Abs(subject.Class % Colours.Length)];
            void Dot(double x, double y)
            {
                int column = Math.Clamp((int)x, 0, s.Width - 1), row = Math.Clamp((int)y, 0, s.Height - 1);
                (sheet[left + column, top + row, 0], sheet[left + column, top + row, 1], sheet[left + column, top + row, 2]) = colour;
            }
            var box = subject.Box;
            // Edges lie behind the last pixel: the frame is drawn within.
            Line(Dot, new(box.Left, box.Top), new(box.Right - 1, box.Top));
            Line(Dot, new(box.Right - 1, box.Top), new(box.Right - 1, box.Bottom - 1));
            Line(Dot, new(box.Right - 1, box.Bottom - 1), new(box.Left, box.Bottom - 1));
            Line(Dot, new(box.Left, box.Bottom - 1), new(box.Left, box.Top));
            foreach (var outline in subject.Polygons)
                for (int i = 0; i < outline.Length; i++) Line(Dot, outline[i], outline[(i + 1) % outline.Length]);
            foreach (var point in subject.Keypoints)
                for (int k = 0; k < 9 && point.Visibility > 0; k++) Dot(point.X + k % 3 - 1, point.Y + k / 3 - 1);
        }
    }

    private static void Line(Action<double, double> dot, Spot from, Spot to)
    {
        int steps = (int)Math.Min(Math.Ceiling(Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y))), 100_000);
        for (int i = 0; i <= steps; i++)
        {
            double t = steps == 0 ? 0 : (double)i / steps;
            dot(from.X + (to.X - from.X) * t, from.Y + (to.Y - from.Y) * t);
        }
    }
}
