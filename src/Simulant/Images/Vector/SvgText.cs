using System.Globalization;

namespace Simulant.Images.Vector;

/// <summary>What is wrong with an attribute, before its place in the file is known.</summary>
internal sealed class SvgFault(string message) : Exception(message);

/// <summary>Reads the numbers, lists and path data of attributes.</summary>
internal ref struct SvgText(ReadOnlySpan<char> text)
{
    /// <summary>No coordinate, length or factor lies further from 0.</summary>
    public const double Reach = 1e7;

    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    public readonly bool Ends => _at >= _text.Length;

    public readonly char Next => Ends ? '\0' : _text[_at];

    public readonly string Where => $"character {_at + 1}";

    public void Space()
    {
        while (!Ends && _text[_at] is ' ' or '\t' or '\r' or '\n' or '\f') _at++;
    }

    /// <summary>White space, and a comma between.</summary>
    public void Gap()
    {
        Space();
        if (Next != ',') return;
        _at++;
        Space();
    }

    public char Take() => _text[_at++];

    public bool Take(char wanted)
    {
        if (Next != wanted) return false;
        _at++;
        return true;
    }

    public string Word()
    {
        int from = _at;
        while (!Ends && (char.IsAsciiLetterOrDigit(Next) || Next is '-' or '_')) _at++;
        return _text[from.._at].ToString();
    }

    /// <summary>A number as SVG writes it: "-.5e-3", and "1.5.5" is two.</summary>
    public double Number()
    {
        int from = _at;
        if (Next is '+' or '-') _at++;
        int digits = Digits();
        if (Next == '.')
        {
            _at++;
            digits += Digits();
        }
        if (digits == 0) throw new SvgFault($"a number was expected at character {from + 1}");
        int mark = _at;
        if (Next is 'e' or 'E')
        {
            _at++;
            if (Next is '+' or '-') _at++;
            // "1em" is a number and a unit.
            if (Digits() == 0) _at = mark;
        }
        double value = double.Parse(_text[from.._at], NumberStyles.Float, CultureInfo.InvariantCulture);
        return Math.Abs(value) <= Reach ? value
            : throw new SvgFault($"the number at character {from + 1} is beyond {Reach:N0} either way; draw smaller");
    }

    /// <summary>An arc's flag, which needs no space after it.</summary>
    public bool Flag()
    {
        Gap();
        return Next switch
        {
            '0' => !Take('0'),
            '1' => Take('1'),
            _ => throw new SvgFault($"a flag, 0 or 1, was expected at {Where}"),
        };
    }

    public double NumberAfterGap()
    {
        Gap();
        return Number();
    }

    /// <summary>All numbers there are.</summary>
    public static double[] Numbers(string text, int most)
    {
        var at = new SvgText(text);
        var numbers = new List<double>();
        at.Space();
        while (!at.Ends)
        {
            if (numbers.Count == most) throw new SvgFault($"there are more than {most} numbers");
            numbers.Add(at.Number());
            at.Gap();
        }
        return [.. numbers];
    }

    /// <summary>A length in user units: px, pt, pc, mm, cm, in; percent of <paramref name="whole"/>.</summary>
    public static double Length(string text, double whole)
    {
        var at = new SvgText(text);
        at.Space();
        double value = at.Number();
        if (at.Take('%')) value *= whole / 100;
        else
        {
            string unit = at.Word();
            value *= unit switch
            {
                "" or "px" => 1, "pt" => 4 / 3.0, "pc" => 16, "in" => 96, "mm" => 96 / 25.4, "cm" => 96 / 2.54,
                _ => throw new SvgFault($"unit '{unit}' is not read; use px, pt, pc, mm, cm, in or %"),
            };
        }
        at.Space();
        return at.Ends ? value : throw new SvgFault($"'{text}' is no length");
    }

    /// <summary>Transforms one after another, the last applied first.</summary>
    public static Affine Transform(string text)
    {
        var all = Affine.Identity;
        var at = new SvgText(text);
        at.Space();
        while (!at.Ends)
        {
            string name = at.Word();
            at.Space();
            if (!at.Take('(')) throw new SvgFault($"'(' was expected at {at.Where}");
            var n = new List<double>();
            at.Space();
            while (!at.Take(')'))
            {
                if (at.Ends || n.Count == 6) throw new SvgFault($"')' was expected at {at.Where}");
                n.Add(at.Number());
                at.Gap();
            }
            all *= (name, n.Count) switch
            {
                ("matrix", 6) => new(n[0], n[1], n[2], n[3], n[4], n[5]),
                ("translate", 1) => Affine.Shift(n[0], 0),
                ("translate", 2) => Affine.Shift(n[0], n[1]),
                ("scale", 1) => Affine.Scale(n[0], n[0]),
                ("scale", 2) => Affine.Scale(n[0], n[1]),
                ("rotate", 1) => Affine.Turn(n[0]),
                ("rotate", 3) => Affine.Shift(n[1], n[2]) * Affine.Turn(n[0]) * Affine.Shift(-n[1], -n[2]),
                ("skewX", 1) => new(1, 0, Math.Tan(n[0] * Math.PI / 180), 1, 0, 0),
                ("skewY", 1) => new(1, Math.Tan(n[0] * Math.PI / 180), 0, 1, 0, 0),
                _ => throw new SvgFault($"there is no transform '{name}' of {n.Count} numbers"),
            };
            at.Gap();
        }
        return all;
    }

    private int Digits()
    {
        int from = _at;
        while (!Ends && char.IsAsciiDigit(_text[_at])) _at++;
        return _at - from;
    }
}
