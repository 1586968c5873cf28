using System.Globalization;
using System.Numerics;
using Simulant.Data;
using Simulant.Images.Vector;

namespace Simulant.Scenes.Signs;

/// <summary>What a sign looks like when it is new.</summary>
/// <param name="Class">Number of its class, from 0.</param>
/// <param name="Name">Of the class.</param>
/// <param name="Drawing">Its face.</param>
/// <param name="Outline">Its edge in metres about the middle, y up; the larger side is <see cref="Size"/> long.</param>
/// <param name="Least">Lower left of the whole drawing in the same metres.</param>
/// <param name="Most">Its upper right.</param>
public sealed record SignTemplate(int Class, string Name, Drawing Drawing, Vector2[] Outline, Vector2 Least, Vector2 Most)
{
    /// <summary>The larger side of a plate, in metres: round German signs are .6 across outside motorways, triangles .9 along a side; how
    /// near a camera is follows from pixels, so that one size serves.</summary>
    public const float Size = 0.7f;

    /// <summary>
    /// Templates by a table of lines <c>class,name,file</c>, optionally <c>,#from=#to</c> where a colour of the drawing is exchanged (a
    /// yellow ground for the white one of another country). Lines that begin with # are passed over; several lines may name one class.
    /// </summary>
    /// <param name="table">Path of the table.</param>
    /// <param name="folders">Where files are looked for, in this order.</param>
    /// <exception cref="DataException">A line or file is at fault.</exception>
    public static IReadOnlyList<SignTemplate> Read(string table, IReadOnlyList<string> folders)
    {
        var templates = new List<SignTemplate>();
        int number = 0;
        foreach (string line in File.ReadLines(table))
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            string[] cells = line.Split(',', StringSplitOptions.TrimEntries);
            if (cells.Length is not (3 or 4) || !int.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out int kind))
                throw new DataException("a line is class,name,file or class,name,file,#from=#to", table, number);
            string path = folders.Select(f => Path.Combine(f, cells[2])).FirstOrDefault(File.Exists)
                ?? throw new DataException($"'{cells[2]}' stands in none of {string.Join(", ", folders)}; restore the packages of native/",
                    table, number);
            byte[] bytes = File.ReadAllBytes(path);
            if (cells.Length == 4)
            {
                if (cells[3].Split('=') is not [{ Length: > 2 } from, { Length: 7 } to])
                    throw new DataException($"'{cells[3]}' is not colour=#rrggbb", table, number);
                bytes = System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(bytes)
                    .Replace(from, to, StringComparison.OrdinalIgnoreCase));
            }
            templates.Add(Of(kind, cells[1], SvgReader.Read(bytes, path), path));
        }
        return templates.Count > 0 ? templates : throw new DataException("there is no sign in it", table);
    }

    /// <summary>The plate is cut along the outline that encloses most.</summary>
    internal static SignTemplate Of(int kind, string name, Drawing drawing, string file)
    {
        var edge = drawing.Filled.SelectMany(f => f.Shape.Flattened(0.003 * Math.Max(drawing.Width, drawing.Height)))
            .MaxBy(line => Math.Abs(line.Area)) ?? throw new DataException("nothing is filled, so that no plate can be cut", file);
        var places = Clean(edge.Places);
        if (places.Count < 3) throw new DataException("its largest outline encloses nothing", file);
        double left = places.Min(p => p.X), right = places.Max(p => p.X), top = places.Min(p => p.Y), bottom = places.Max(p => p.Y);
        double by = Size / Math.Max(right - left, bottom - top), x = (left + right) / 2, y = (top + bottom) / 2;
        Vector2 Metres(double px, double py) => new((float)((px - x) * by), (float)((y - py) * by));
        return new(kind, name, drawing, [.. places.Select(p => Metres(p.X, p.Y))], Metres(0, drawing.Height), Metres(drawing.Width, 0));
    }

    // Places within a thousandth of the drawing of the one before add nothing to a plate.
    private static List<Place> Clean(Place[] places)
    {
        double size = places.Max(p => Math.Abs(p.X) + Math.Abs(p.Y)), least = 1e-3 * size;
        var kept = new List<Place>();
        foreach (var p in places)
            if (kept.Count == 0 || (p - kept[^1]).Length > least) kept.Add(p);
        while (kept.Count > 1 && (kept[^1] - kept[0]).Length <= least) kept.RemoveAt(kept.Count - 1);
        return kept;
    }
}
