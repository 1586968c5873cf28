namespace Simulant.Images.Vector;

/// <summary>Path data (SVG 1.1, chapter 8.3): every command, absolute and relative.</summary>
internal static class PathData
{
    private const string Commands = "MmLlHhVvCcSsQqTtAaZz";

    public static PathShape Read(string text, int mostStretches)
    {
        var pen = new Pen();
        var at = new SvgText(text);
        int stretches = 0;
        char before = '\0', command = '\0';
        var control = default(Place);
        at.Space();
        while (!at.Ends)
        {
            if (++stretches > mostStretches) throw new SvgFault($"there are more than {mostStretches:N0} stretches; draw simpler");
            if (Commands.Contains(at.Next, StringComparison.Ordinal)) command = at.Take();
            // Numbers after a move draw lines; none may follow a close.
            else if (command is 'M' or 'm') command = command == 'M' ? 'L' : 'l';
            else if (command is '\0' or 'Z' or 'z') throw new SvgFault($"a command was expected at {at.Where}, one of {Commands}");
            if (before == '\0' && command is not ('M' or 'm')) throw new SvgFault("path data begins with M or m");
            at.Space();
            Draw(pen, command, before, ref at, ref control);
            before = command;
            at.Gap();
        }
        return pen.Done();
    }

    // control is where the last curve's second control place was, for the commands that mirror it.
    private static void Draw(Pen pen, char command, char before, ref SvgText at, ref Place control)
    {
        var here = pen.At;
        var origin = char.IsAsciiLetterLower(command) ? here : default;
        bool cubic = before is 'C' or 'c' or 'S' or 's', quadratic = before is 'Q' or 'q' or 'T' or 't';
        switch (char.ToUpperInvariant(command))
        {
            case 'M': pen.Move(Read(ref at, origin)); break;
            case 'L': pen.Line(Read(ref at, origin)); break;
            case 'H': pen.Line(new(origin.X + at.NumberAfterGap(), here.Y)); break;
            case 'V': pen.Line(new(here.X, origin.Y + at.NumberAfterGap())); break;
            case 'C' or 'S':
                Place first = char.ToUpperInvariant(command) == 'C' ? Read(ref at, origin) : cubic ? here * 2 - control : here;
                control = Read(ref at, origin);
                pen.Curve(first, control, Read(ref at, origin));
                break;
            case 'Q' or 'T':
                control = char.ToUpperInvariant(command) == 'Q' ? Read(ref at, origin) : quadratic ? here * 2 - control : here;
                pen.Quadratic(control, Read(ref at, origin));
                break;
            case 'A':
                double rx = at.NumberAfterGap(), ry = at.NumberAfterGap(), turn = at.NumberAfterGap();
                bool large = at.Flag(), sweep = at.Flag();
                pen.Arc(rx, ry, turn, large, sweep, Read(ref at, origin));
                break;
            default: pen.Close(); break;
        }
        if (Math.Abs(pen.At.X) > SvgText.Reach || Math.Abs(pen.At.Y) > SvgText.Reach)
            throw new SvgFault($"the pen runs beyond {SvgText.Reach:N0} before {at.Where}; draw smaller");
    }

    private static Place Read(ref SvgText at, Place origin)
    {
        double x = at.NumberAfterGap();
        return new(origin.X + x, origin.Y + at.NumberAfterGap());
    }
}
