using System.Buffers;
using System.Xml.Linq;

namespace Simulant.Images.Vector;

/// <summary>
/// The properties of elements: attributes, then rules of style sheets (by element, class or id, in rising order of weight), then the style
/// attribute.
/// </summary>
internal sealed class SvgStyles
{
    private const int MostRules = 10_000;

    private static readonly SearchValues<char> Joints = SearchValues.Create(" .#>+~[:*");

    private readonly Dictionary<string, List<(string Name, string Value)>> _rules = new(StringComparer.Ordinal);

    /// <summary>Reads a sheet of rules such as <c>.a, #b { fill: red; }</c>.</summary>
    public void Read(string sheet)
    {
        int at = 0;
        while (Skip(sheet, ref at))
        {
            int open = sheet.IndexOf('{', at), close = open < 0 ? -1 : sheet.IndexOf('}', open);
            if (close < 0) throw new SvgFault("a rule of the style sheet has no { }");
            var declared = Declarations(sheet[(open + 1)..close]);
            foreach (string selector in sheet[at..open].Split(',', StringSplitOptions.TrimEntries))
            {
                if (selector.Length == 0 || selector.AsSpan(1).ContainsAny(Joints) || selector[0] is '@' or '[' or ':')
                    throw new SvgFault($"selector '{selector}' is not read; use an element's name, .class or #id");
                if (!_rules.TryGetValue(selector, out var known)) _rules[selector] = known = [];
                known.AddRange(declared);
                if (known.Count > MostRules || _rules.Count > MostRules) throw new SvgFault("the style sheet is too long");
            }
            at = close + 1;
        }
    }

    /// <summary>What is said of one element itself.</summary>
    public Dictionary<string, string> Of(XElement element)
    {
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in element.Attributes())
            if (attribute.Name.NamespaceName.Length == 0) said[attribute.Name.LocalName] = attribute.Value;
        Apply(said, "*");
        Apply(said, element.Name.LocalName);
        foreach (string name in (said.GetValueOrDefault("class") ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            Apply(said, "." + name);
        if (said.TryGetValue("id", out string? id)) Apply(said, "#" + id);
        if (said.TryGetValue("style", out string? style))
            foreach (var (name, value) in Declarations(style)) said[name] = value;
        return said;
    }

    private void Apply(Dictionary<string, string> said, string selector)
    {
        foreach (var (name, value) in _rules.GetValueOrDefault(selector) ?? []) said[name] = value;
    }

    private static List<(string, string)> Declarations(string text)
    {
        var found = new List<(string, string)>();
        foreach (string one in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = one.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1) throw new SvgFault($"'{one}' is no declaration; write name: value");
            string value = one[(colon + 1)..].Replace("!important", "", StringComparison.Ordinal).Trim();
            found.Add((one[..colon].Trim(), value));
        }
        return found;
    }

    // White space and comments.
    private static bool Skip(string sheet, ref int at)
    {
        while (at < sheet.Length)
        {
            if (char.IsWhiteSpace(sheet[at])) at++;
            else if (sheet.AsSpan(at).StartsWith("/*"))
            {
                int end = sheet.IndexOf("*/", at, StringComparison.Ordinal);
                if (end < 0) throw new SvgFault("a comment of the style sheet has no end");
                at = end + 2;
            }
            else return true;
        }
        return false;
    }
}

/// <summary>Properties that pass from parents to children.</summary>
internal sealed record SvgState
{
    public string Fill { get; init; } = "black";

    public string Stroke { get; init; } = "none";

    public Ink Colour { get; init; } = Ink.Black;

    public double FillOpacity { get; init; } = 1;

    public double StrokeOpacity { get; init; } = 1;

    public FillRule FillRule { get; init; }

    public FillRule ClipRule { get; init; }

    public StrokeStyle Style { get; init; } = new(1, LineCap.Butt, LineJoin.Miter, 4, [], 0);

    public bool Visible { get; init; } = true;

    public SvgState With(Dictionary<string, string> said, double diagonal)
    {
        string? Said(string name) => said.TryGetValue(name, out string? value) && value != "inherit" ? value : null;
        double Share(string name, double otherwise) => Said(name) is { } v ? Math.Clamp(SvgText.Length(v, 1), 0, 1) : otherwise;
        FillRule Rule(string name, FillRule otherwise) => Said(name) switch
        {
            null => otherwise, "nonzero" => FillRule.NonZero, "evenodd" => FillRule.EvenOdd,
            var other => throw new SvgFault($"{name} '{other}' is neither nonzero nor evenodd"),
        };
        return this with
        {
            Fill = Said("fill") ?? Fill,
            Stroke = Said("stroke") ?? Stroke,
            Colour = Said("color") is { } colour ? SvgColours.Read(colour, Colour) : Colour,
            FillOpacity = Share("fill-opacity", FillOpacity),
            StrokeOpacity = Share("stroke-opacity", StrokeOpacity),
            FillRule = Rule("fill-rule", FillRule),
            ClipRule = Rule("clip-rule", ClipRule),
            Visible = Said("visibility") is { } seen ? seen == "visible" : Visible,
            Style = Lines(Said, diagonal),
        };
    }

    private StrokeStyle Lines(Func<string, string?> said, double diagonal)
    {
        double width = said("stroke-width") is { } w ? SvgText.Length(w, diagonal) : Style.Width;
        if (width < 0) throw new SvgFault($"stroke-width {width} is below 0");
        IReadOnlyList<double> dashes = Style.Dashes;
        if (said("stroke-dasharray") is { } list)
        {
            double[] lengths = list.Trim() == "none" ? [] : SvgText.Numbers(list, 1000);
            if (lengths.Any(l => l < 0)) throw new SvgFault("a dash is shorter than 0");
            dashes = lengths.Length % 2 == 0 ? lengths : [.. lengths, .. lengths];
        }
        return Style with
        {
            Width = width,
            Dashes = dashes,
            DashOffset = said("stroke-dashoffset") is { } offset ? SvgText.Length(offset, diagonal) : Style.DashOffset,
            MiterLimit = said("stroke-miterlimit") is { } limit ? SvgText.Length(limit, 1) : Style.MiterLimit,
            Cap = said("stroke-linecap") switch
            {
                null => Style.Cap, "butt" => LineCap.Butt, "round" => LineCap.Round, "square" => LineCap.Square,
                var other => throw new SvgFault($"stroke-linecap '{other}' is not butt, round or square"),
            },
            Join = said("stroke-linejoin") switch
            {
                null => Style.Join, "miter" => LineJoin.Miter, "round" => LineJoin.Round, "bevel" => LineJoin.Bevel,
                var other => throw new SvgFault($"stroke-linejoin '{other}' is not miter, round or bevel"),
            },
        };
    }
}
