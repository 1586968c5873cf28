using System.Xml;
using System.Xml.Linq;
using Simulant.Data;

namespace Simulant.Images.Vector;

/// <summary>How large a drawing may be.</summary>
public sealed record SvgLimits
{
    public static SvgLimits Usual { get; } = new();

    /// <summary>Bytes of a file; 8 MiB unless said otherwise.</summary>
    public int MaxBytes { get; init; } = 8 << 20;

    /// <summary>Elements, each counted as often as it is used; 50,000 unless said otherwise.</summary>
    public int MaxElements { get; init; } = 50_000;

    /// <summary>Elements within elements, uses among them; 64 unless said otherwise.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Stretches of one path; 200,000 unless said otherwise.</summary>
    public int MaxStretches { get; init; } = 200_000;
}

/// <summary>
/// Reads SVG: paths, basic shapes, groups, use and symbol, transforms, attributes and style sheets, fills, lines, linear and radial
/// gradients, clip paths, opacity, viewBox (SVG 1.1). What changes the picture and is not read (text, images, filters, scripts) is
/// refused with its place rather than left out. No entity is expanded and nothing outside the file is fetched.
/// </summary>
public sealed class SvgReader
{
    private const string Xlink = "http://www.w3.org/1999/xlink";

    private static readonly string[] Silent =
        ["title", "desc", "metadata", "defs", "symbol", "clipPath", "linearGradient", "radialGradient", "style", "pattern", "filter",
        "mask",
            "marker"];

    private readonly string _file;
    private readonly SvgLimits _limits;
    private readonly SvgStyles _styles = new();
    private readonly Dictionary<string, XElement> _ids = new(StringComparer.Ordinal);
    private double _width, _height;
    private int _elements;

    private SvgReader(string file, SvgLimits limits) => (_file, _limits) = (file, limits);

    private double Diagonal => Math.Sqrt((_width * _width + _height * _height) / 2);

    /// <param name="name">How messages name the file.</param>
    /// <exception cref="DataException">It is no SVG, too large, or holds what is not read; with the line.</exception>
    public static Drawing Read(ReadOnlyMemory<byte> file, string name, SvgLimits? limits = null) =>
        new SvgReader(name, limits ?? SvgLimits.Usual).Read(file);

    private Drawing Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length > _limits.MaxBytes)
            throw new DataException($"{file.Length:N0} bytes are more than the {_limits.MaxBytes:N0} of a drawing; simplify it", _file);
        var settings = new XmlReaderSettings
        {
            // A document type is passed over, so that no entity is known: using one is an error.
            DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, MaxCharactersFromEntities = 1, IgnoreComments = true,
            MaxCharactersInDocument = _limits.MaxBytes, CheckCharacters = true,
        };
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(file.ToArray()), settings);
            var root = XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
            return At(root, () => Root(root));
        }
        catch (XmlException e)
        {
            throw new DataException($"the file is no XML that is read: {e.Message}", _file, e.LineNumber > 0 ? e.LineNumber : null);
        }
    }

    private Drawing Root(XElement root)
    {
        if (root.Name.LocalName != "svg") throw new SvgFault($"the outermost element is '{root.Name.LocalName}', not svg");
        double[]? box = root.Attribute("viewBox") is { } view ? SvgText.Numbers(view.Value, 4) : null;
        if (box is not (null or [_, _, > 0, > 0])) throw new SvgFault("viewBox is not four numbers, the last two above 0");
        _width = Side(root, "width", box?[2] ?? 300);
        _height = Side(root, "height", box?[3] ?? 150);
        foreach (var element in root.DescendantsAndSelf())
        {
            if (++_elements > _limits.MaxElements) throw TooMany();
            if (element.Attribute("id") is { } id) _ids.TryAdd(id.Value, element);
            if (element.Name.LocalName == "style") At(element, () => _styles.Read(element.Value));
        }
        _elements = 0;
        var placed = box is null ? Affine.Identity : Fit(box, root.Attribute("preserveAspectRatio")?.Value, _width, _height);
        var said = _styles.Of(root);
        var state = new SvgState().With(said, Diagonal);
        var parts = Children(root, placed, state, 1);
        return new(_width, _height, Alpha(said) is < 1 and var alpha ? [new DrawnGroup(parts, alpha, [])] : parts);
    }

    private static double Side(XElement root, string name, double otherwise)
    {
        double side = root.Attribute(name) is { } given ? SvgText.Length(given.Value, otherwise) : otherwise;
        return side > 0 ? side : throw new SvgFault($"{name} {side} is not above 0");
    }

    private static Affine Fit(double[] box, string? fitting, double width, double height)
    {
        double x = width / box[2], y = height / box[3];
        string[] words = (fitting ?? "xMidYMid meet").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is ["none", ..]) return Affine.Scale(x, y) * Affine.Shift(-box[0], -box[1]);
        double by = words is [_, "slice", ..] ? Math.Max(x, y) : Math.Min(x, y);
        if (words is not [{ Length: 8 } align, ..]) throw new SvgFault($"preserveAspectRatio '{fitting}' is not read");
        double Part(string word) => word switch
        {
            "Min" => 0, "Mid" => 0.5, "Max" => 1, _ => throw new SvgFault($"preserveAspectRatio '{fitting}' is not read"),
        };
        return Affine.Shift((width - by * box[2]) * Part(align[1..4]), (height - by * box[3]) * Part(align[5..]))
            * Affine.Scale(by, by) * Affine.Shift(-box[0], -box[1]);
    }

    private List<DrawingPart> Children(XElement parent, Affine placed, SvgState state, int depth)
    {
        if (depth > _limits.MaxDepth) throw new SvgFault($"elements lie more than {_limits.MaxDepth} deep; flatten the groups");
        var parts = new List<DrawingPart>();
        foreach (var element in parent.Elements())
            if (At(element, () => Element(element, placed, state, depth)) is { } part) parts.Add(part);
        return parts;
    }

    private DrawingPart? Element(XElement element, Affine placed, SvgState state, int depth)
    {
        if (++_elements > _limits.MaxElements) throw TooMany();
        string name = element.Name.LocalName;
        // Elements of editors' own stand in other namespaces.
        if (Silent.Contains(name) || element.Name.NamespaceName is not ("" or "http://www.w3.org/2000/svg")) return null;
        var said = _styles.Of(element);
        if (said.GetValueOrDefault("display") == "none") return null;
        foreach (string effect in (string[])["filter", "mask"])
            if (said.TryGetValue(effect, out string? value) && value != "none") throw new SvgFault($"{effect} is not read; flatten it");
        state = state.With(said, Diagonal);
        if (said.TryGetValue("transform", out string? moved)) placed *= SvgText.Transform(moved);
        if (name is "g" or "a" or "switch")
            return new DrawnGroup(Children(element, placed, state, depth + 1), Alpha(said), Clips(said, placed, null, depth));
        if (name == "use") return Used(element, said, placed, state, depth);
        var shape = Shape(element, said) ?? throw new SvgFault($"'{name}' is not drawn; convert it to paths");
        if (shape.Outlines.Count == 0 || !state.Visible) return null;
        var (fill, stroke) = (Paints(state.Fill, state.FillOpacity, state, shape, placed), Paints(state.Stroke, state.StrokeOpacity, state,
            shape, placed));
        if (state.Style.Width == 0) stroke = null;
        return new DrawnShape(shape, placed, state.FillRule, fill, stroke, state.Style, Alpha(said), Clips(said, placed, shape, depth));
    }

    private DrawnGroup Used(XElement use, Dictionary<string, string> said, Affine placed, SvgState state, int depth)
    {
        var target = Target(Href(use) ?? throw new SvgFault("use names nothing"));
        if (depth > _limits.MaxDepth) throw new SvgFault($"uses lie more than {_limits.MaxDepth} deep; flatten them");
        placed *= Affine.Shift(Number(said, "x", _width, 0), Number(said, "y", _height, 0));
        IReadOnlyList<DrawingPart> parts;
        if (target.Name.LocalName is "symbol" or "svg")
        {
            if (target.Attribute("viewBox") is { } view && SvgText.Numbers(view.Value, 4) is [_, _, > 0, > 0] box)
                placed *= Fit(box, target.Attribute("preserveAspectRatio")?.Value, Number(said, "width", _width, _width),
                    Number(said, "height", _height, _height));
            parts = Children(target, placed, state.With(_styles.Of(target), Diagonal), depth + 1);
        }
        else parts = At(target, () => Element(target, placed, state, depth + 1)) is { } part ? [part] : [];
        return new(parts, Alpha(said), Clips(said, placed, null, depth));
    }

    private PathShape? Shape(XElement element, Dictionary<string, string> said)
    {
        var pen = new Pen();
        double X(string name, double otherwise = 0) => Number(said, name, _width, otherwise);
        double Y(string name, double otherwise = 0) => Number(said, name, _height, otherwise);
        double Size(string name, double whole, double otherwise = 0) => Number(said, name, whole, otherwise) is >= 0 and var size ? size
            : throw new SvgFault($"{name} is below 0");
        switch (element.Name.LocalName)
        {
            case "path": return PathData.Read(said.GetValueOrDefault("d") ?? "", _limits.MaxStretches);
            case "rect":
                double width = Size("width", _width), height = Size("height", _height);
                double rx = Size("rx", _width, said.ContainsKey("ry") ? Size("ry", _height) : 0), ry = Size("ry", _height, rx);
                if (width > 0 && height > 0) pen.Rectangle(X("x"), Y("y"), width, height, rx, ry);
                return pen.Done();
            case "circle" when Size("r", Diagonal) is > 0 and var r: pen.Ellipse(X("cx"), Y("cy"), r, r); return pen.Done();
            case "ellipse" when Size("rx", _width) > 0 && Size("ry", _height) > 0:
                pen.Ellipse(X("cx"), Y("cy"), Size("rx", _width), Size("ry", _height));
                return pen.Done();
            case "circle" or "ellipse": return pen.Done();
            case "line":
                pen.Move(new(X("x1"), Y("y1")));
                pen.Line(new(X("x2"), Y("y2")));
                return pen.Done();
            case "polyline" or "polygon":
                double[] n = SvgText.Numbers(said.GetValueOrDefault("points") ?? "", 2 * _limits.MaxStretches);
                if (n.Length % 2 != 0) throw new SvgFault($"{n.Length} numbers are no pairs of coordinates");
                for (int i = 0; i < n.Length; i += 2)
                    if (i == 0) pen.Move(new(n[0], n[1]));
                    else pen.Line(new(n[i], n[i + 1]));
                if (element.Name.LocalName == "polygon") pen.Close();
                return pen.Done();
            default: return null;
        }
    }

    private Paint? Paints(string text, double opacity, SvgState state, PathShape shape, Affine placed)
    {
        string word = text.Trim();
        if (word == "none") return null;
        if (!word.StartsWith("url(", StringComparison.Ordinal))
        {
            var ink = SvgColours.Read(word, state.Colour);
            return new FlatPaint(ink with { Alpha = ink.Alpha * opacity });
        }
        int close = word.IndexOf(')', StringComparison.Ordinal);
        if (close < 0) throw new SvgFault($"'{word}' has no )");
        var gradients = new SvgGradients(_styles, Target, Href, _width, _height);
        var target = Target(word[4..close].Trim('\'', '"', ' '));
        return At(target, () => gradients.Read(target, opacity, state.Colour, shape, placed));
    }

    private List<ClipShape> Clips(Dictionary<string, string> said, Affine placed, PathShape? shape, int depth)
    {
        if (said.GetValueOrDefault("clip-path") is not { } text || text.Trim() is "none") return [];
        string word = text.Trim();
        if (!word.StartsWith("url(", StringComparison.Ordinal) || !word.EndsWith(')'))
            throw new SvgFault($"clip-path '{word}' is not read");
        if (depth > _limits.MaxDepth) throw new SvgFault($"clip paths lie more than {_limits.MaxDepth} deep; flatten them");
        var clip = Target(word[4..^1].Trim('\'', '"', ' '));
        return At(clip, () =>
        {
            if (clip.Name.LocalName != "clipPath") throw new SvgFault($"'{clip.Name.LocalName}' is no clipPath");
            var own = _styles.Of(clip);
            if (own.GetValueOrDefault("clipPathUnits") == "objectBoundingBox")
                placed *= SvgGradients.Box(shape ?? throw new SvgFault("clipPathUnits objectBoundingBox of a group is not read"));
            if (own.TryGetValue("transform", out string? moved)) placed *= SvgText.Transform(moved);
            var state = new SvgState().With(own, Diagonal);
            var shapes = new List<(PathShape, FillRule)>();
            foreach (var element in clip.Elements().Where(e => !Silent.Contains(e.Name.LocalName)))
                At(element, () =>
                {
                    if (++_elements > _limits.MaxElements) throw TooMany();
                    var inner = _styles.Of(element);
                    var at = inner.TryGetValue("transform", out string? turned) ? placed * SvgText.Transform(turned) : placed;
                    var outline = Shape(element, inner) ?? throw new SvgFault($"'{element.Name.LocalName}' limits nothing; use a shape");
                    shapes.Add((outline.Moved(at), state.With(inner, Diagonal).ClipRule));
                });
            return (List<ClipShape>)[new ClipShape(shapes), .. Clips(own, placed, shape, depth + 1)];
        });
    }

    private XElement Target(string reference)
    {
        if (!reference.StartsWith('#')) throw new SvgFault($"'{reference}' is outside the file, and nothing is fetched");
        return _ids.GetValueOrDefault(reference[1..]) ?? throw new SvgFault($"nothing has the id '{reference[1..]}'");
    }

    private static string? Href(XElement element) =>
        element.Attribute("href")?.Value ?? element.Attribute(XName.Get("href", Xlink))?.Value;

    private SvgFault TooMany() => new($"there are more than {_limits.MaxElements:N0} elements, uses counted; simplify it");

    private static double Alpha(Dictionary<string, string> said) =>
        said.TryGetValue("opacity", out string? value) ? Math.Clamp(SvgText.Length(value, 1), 0, 1) : 1;

    private static double Number(Dictionary<string, string> said, string name, double whole, double otherwise) =>
        said.TryGetValue(name, out string? value) && value != "auto" ? SvgText.Length(value, whole) : otherwise;

    private T At<T>(XElement element, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SvgFault fault)
        {
            throw new DataException($"{element.Name.LocalName}: {fault.Message}", _file, ((IXmlLineInfo)element).LineNumber);
        }
    }

    private void At(XElement element, Action read) => At(element, () =>
    {
        read();
        return true;
    });
}
