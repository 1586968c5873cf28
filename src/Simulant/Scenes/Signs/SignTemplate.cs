using System.Globalization;
using System.Numerics;
using System.Text;
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

    private static readonly string[] Options = ["frame", "take", "swap", "bold", "fit", "mirror", "top", "at"];

    /// <summary>The outline in the drawing's own units.</summary>
    internal IReadOnlyList<Place> Edge { get; init; } = [];

    /// <summary>
    /// Templates by a table of lines <c>class,name,file</c>, with options after it: <c>frame=FILE</c> lays what is taken of the drawing
    /// on another one, outline on outline, so that classes do not differ in the width of their rings where their drawings come from
    /// several countries;
    /// <c>take=dark</c>, <c>black</c>, <c>white</c>, <c>grey</c> or <c>inner</c> (what spans less than .6 of either side) says what is
    /// taken; <c>fit=PART</c> makes it fill a part of the frame's width, its middle at <c>at=PART</c> of the height (.61, the middle of a
    /// triangle's ground); <c>mirror=yes</c> exchanges left and right; <c>top=FILE</c> lays a further drawing over both;
    /// <c>bold=WIDTH</c> draws it round with a line of its own colour; <c>swap=COLOUR=#rrggbb</c> exchanges a colour. Lines
    /// that begin with # are passed over; several lines may name one class.
    /// </summary>
    /// <param name="text">The table.</param>
    /// <param name="table">How messages name it.</param>
    /// <param name="open">A drawing by its name; null where there is none.</param>
    /// <exception cref="DataException">A line or drawing is at fault.</exception>
    public static IReadOnlyList<SignTemplate> Read(string text, string table, Func<string, byte[]?> open)
    {
        var templates = new List<SignTemplate>();
        int number = 0;
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            string[] cells = line.Split(',', StringSplitOptions.TrimEntries);
            if (cells.Length < 3 || !int.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out int kind))
                throw new DataException("a line is class,name,file and options such as frame=a.svg", table, number);
            string? Option(string name) => cells.Skip(3).FirstOrDefault(c => c.StartsWith(name + "=",
                StringComparison.Ordinal))?[(name.Length + 1)..];
            double Number(string name)
            {
                if (Option(name) is not { } given) return 0;
                bool read = double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
                if (!read || value is not (> 0 and < 100)) throw new DataException($"{name}={given} is no number above 0", table, number);
                return value;
            }
            if (cells.Skip(3).FirstOrDefault(c => !Options.Contains(c.Split('=')[0])) is { } unknown)
                throw new DataException($"there is no option '{unknown}'; there are {string.Join(", ", Options)}", table, number);
            var drawing = Load(cells[2], open, table, number, Option("swap"));
            if (Option("frame") is { } frame)
            {
                var ground = Load(frame, open, table, number, null);
                var look = new Look(Taken(Option("take"), table, number), Number("bold"), Number("fit"), Option("mirror") == "yes",
                    Option("at") is null ? 0.61 : Number("at"));
                drawing = Framed(Of(kind, cells[1], drawing, cells[2]), Of(kind, cells[1], ground, frame), look);
                if (Option("top") is { } top)
                    drawing = drawing with { Parts = [.. drawing.Parts, .. Load(top, open, table, number, null).Parts] };
            }
            templates.Add(Of(kind, cells[1], drawing, cells[2]));
        }
        return templates.Count > 0 ? templates : throw new DataException("there is no sign in it", table);
    }

    /// <summary>The German signs, one of each class at least; read when first asked for.</summary>
    /// <exception cref="DataException">The package of drawings is not restored.</exception>
    public static IReadOnlyList<SignTemplate> Usual => German.Value;

    private static readonly Lazy<IReadOnlyList<SignTemplate>> German = new(() => Read(Encoding.UTF8.GetString(Embedded("signs.csv")!),
        "signs.csv", file => Embedded(file) ?? (NativePackages.Find(AppContext.BaseDirectory,
            $"mapillary_sprite_source/package_signs/{file}") is { } path ? File.ReadAllBytes(path) : null)));

    private static byte[]? Embedded(string file)
    {
        using var stream = typeof(SignTemplate).Assembly.GetManifestResourceStream("Signs." + file);
        if (stream is null) return null;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static Drawing Load(string file, Func<string, byte[]?> open, string table, int number, string? swap)
    {
        byte[] bytes = open(file) ?? throw new DataException(
            $"the drawing '{file}' is not found; restore the packages of native/ (npm ci)", table, number);
        if (swap is not null)
        {
            if (swap.Split('=') is not [{ Length: > 2 } from, { Length: 7 } to])
                throw new DataException($"'{swap}' is not colour=#rrggbb", table, number);
            bytes = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace(from, to, StringComparison.OrdinalIgnoreCase));
        }
        return SvgReader.Read(bytes, file);
    }

    private static Func<DrawnShape, SignTemplate, bool> Taken(string? take, string table, int number)
    {
        static double Luma(DrawnShape shape) => shape.Fill is FlatPaint { Ink: var ink } ? 0.3 * ink.Red + 0.59 * ink.Green
            + 0.11 * ink.Blue
            : 0.5;
        return take switch
        {
            "dark" => (shape, whole) => shape.Fill is FlatPaint { Ink: { Red: < 0.4, Green: < 0.4, Blue: < 0.4 } }
                && !Spans(shape, whole, 0.8, either: true),
            "black" => (shape, _) => Luma(shape) < 0.04,
            "white" => (shape, _) => Luma(shape) > 0.85,
            "grey" => (shape, _) => Luma(shape) is > 0.3 and < 0.8,
            "inner" => (shape, whole) => !Spans(shape, whole, 0.6),
            _ => throw new DataException($"take={take} is not dark, black, white, grey or inner", table, number),
        };
    }

    // Whether a shape spans a part of the sign, both ways or one: a ground, an edge or a base line.
    private static bool Spans(DrawnShape shape, SignTemplate whole, double part, bool either = false)
    {
        var box = Box(shape.Shape.Moved(shape.Placed).Flattened(0.05).SelectMany(l => l.Places));
        var edge = Box(whole.Edge);
        bool wide = box.Width >= part * edge.Width, high = box.Height >= part * edge.Height;
        return either ? wide || high : wide && high;
    }

    private sealed record Look(Func<DrawnShape, SignTemplate, bool> Taken, double Bold, double Fit, bool Mirror, double At);

    // What is taken of a drawing, moved so that the boxes of both outlines agree, or so that it fills a part of the frame.
    private static Drawing Framed(SignTemplate sign, SignTemplate frame, Look look)
    {
        DrawnShape[] parts = [.. sign.Drawing.Parts.OfType<DrawnShape>().Where(s => look.Taken(s, sign))];
        var to = Box(frame.Edge);
        var from = look.Fit > 0 && parts.Length > 0
            ? Box(parts.SelectMany(s => s.Shape.Moved(s.Placed).Flattened(0.05)).SelectMany(l => l.Places)) : Box(sign.Edge);
        double by = look.Fit > 0 ? look.Fit * to.Width / Math.Max(from.Width, from.Height)
            : Math.Min(to.Width / from.Width, to.Height / from.Height);
        // The middle of a triangle's ground lies below that of its box.
        double y = to.Y + to.Height * (look.Fit > 0 ? look.At : 0.5);
        var move = Affine.Shift(to.X + to.Width / 2, y) * Affine.Scale(look.Mirror ? -by : by, by)
            * Affine.Shift(-from.X - from.Width / 2, -from.Y - from.Height / 2);
        return frame.Drawing with
        {
            Parts = [.. frame.Drawing.Parts, .. parts.Select(s => Bold(s with { Placed = move * s.Placed }, look.Bold))],
        };
    }

    private static DrawnShape Bold(DrawnShape shape, double width) => width > 0
        ? shape with { Stroke = shape.Fill, Style = new(width, LineCap.Butt, LineJoin.Miter, 4, [], 0) } : shape;

    private static (double X, double Y, double Width, double Height) Box(IEnumerable<Place> places)
    {
        double left = double.MaxValue, top = double.MaxValue, right = double.MinValue, bottom = double.MinValue;
        foreach (var p in places)
        {
            (left, right) = (Math.Min(left, p.X), Math.Max(right, p.X));
            (top, bottom) = (Math.Min(top, p.Y), Math.Max(bottom, p.Y));
        }
        return (left, top, right - left, bottom - top);
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
        return new(kind, name, drawing, [.. places.Select(p => Metres(p.X, p.Y))], Metres(0, drawing.Height), Metres(drawing.Width, 0))
        {
            Edge = places,
        };
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
