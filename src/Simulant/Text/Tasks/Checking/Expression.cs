using System.Numerics;

namespace Simulant.Text.Tasks.Checking;

/// <summary>What one instruction of an <see cref="Expression"/> does to the stack of values.</summary>
internal enum ExpressionOp
{
    Number,
    Letter,
    Add,
    Subtract,
    Multiply,
    Divide,
    Negate,
    Power,
}

/// <summary>One instruction: a number or letter is pushed, an operation takes its operands off; a power is to the fixed exponent.</summary>
internal readonly record struct ExpressionStep(ExpressionOp Op, Fraction Value = default, char Letter = ' ', int Exponent = 0);

/// <summary>
/// An algebraic expression of letters, numbers, + - * / ^ and brackets, in postfix order: a rational function. Factors side by side
/// multiply, and rank with * and /, from left to right: <c>1/2x</c> is half of x. Exponents are whole numbers.
/// </summary>
internal sealed class Expression
{
    private const int MaxLength = 20_000, MaxDepth = 200, MaxExponent = 100_000;
    private const double MaxDegree = 1e9;

    private readonly List<ExpressionStep> _steps = [];
    private readonly string _text;
    private int _at, _depth;

    private Expression(string text) => _text = text;

    public IReadOnlyList<ExpressionStep> Steps => _steps;

    /// <summary>Bound on the degrees of top and bottom together.</summary>
    public double Degree { get; private set; }

    /// <summary>Null where the text is no expression, nests deeper than two hundred, or has a degree above a thousand million.</summary>
    public static Expression? Read(string text)
    {
        if (text.Length is 0 or > MaxLength) return null;
        var read = new Expression(Cleaning.Formula(text));
        if (!read.Sum(out double degree) || !read.AtEnd()) return null;
        read.Degree = degree;
        return read;
    }

    private char Next()
    {
        while (_at < _text.Length && _text[_at] == ' ') _at++;
        return _at < _text.Length ? _text[_at] : '\0';
    }

    private bool AtEnd() => Next() == '\0' && _at == _text.Length;

    private bool Take(char c)
    {
        if (Next() != c) return false;
        _at++;
        return true;
    }

    private bool Sum(out double degree)
    {
        bool minus = Next() == '-';
        if (minus || Next() == '+') _at++;
        if (!Product(out degree)) return false;
        if (minus) _steps.Add(new(ExpressionOp.Negate));
        while (Next() is '+' or '-')
        {
            var op = _text[_at++] == '+' ? ExpressionOp.Add : ExpressionOp.Subtract;
            if (!Product(out double more)) return false;
            _steps.Add(new(op));
            if ((degree += more) > MaxDegree) return false;
        }
        return true;
    }

    private bool Product(out double degree)
    {
        if (!Factor(out degree)) return false;
        while (true)
        {
            char next = Next();
            // A number can only begin a factor: "2 3" is not six.
            bool beside = next == '(' || char.IsAsciiLetter(next);
            if (next is not ('*' or '/') && !beside) return true;
            if (!beside) _at++;
            if (!beside && Next() is '-' or '+' && _text[_at++] == '-')
            {
                if (!Factor(out double signed)) return false;
                _steps.Add(new(ExpressionOp.Negate));
                degree += signed;
            }
            else
            {
                if (!Factor(out double more)) return false;
                degree += more;
            }
            _steps.Add(new(next == '/' ? ExpressionOp.Divide : ExpressionOp.Multiply));
            if (degree > MaxDegree) return false;
        }
    }

    private bool Factor(out double degree)
    {
        if (!Atom(out degree)) return false;
        if (Next() == '*' && _at + 1 < _text.Length && _text[_at + 1] == '*') _at += 2;
        else if (!Take('^')) return true;
        if (!Exponent(out int power)) return false;
        _steps.Add(new(ExpressionOp.Power, Exponent: power));
        degree *= Math.Abs(power);
        return degree <= MaxDegree && Next() != '^';
    }

    private bool Atom(out double degree)
    {
        degree = 0;
        char next = Next();
        if (next == '(')
        {
            _at++;
            if (++_depth > MaxDepth || !Sum(out degree) || !Take(')')) return false;
            _depth--;
            return true;
        }
        if (char.IsAsciiLetter(next))
        {
            _at++;
            degree = 1;
            _steps.Add(new(ExpressionOp.Letter, Letter: next));
            return true;
        }
        int start = _at;
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '.')) _at++;
        if (start == _at || NumberReader.Exact(_text[start.._at]) is not { } value) return false;
        _steps.Add(new(ExpressionOp.Number, value));
        return true;
    }

    private bool Exponent(out int power)
    {
        power = 0;
        char close = Take('(') ? ')' : Take('{') ? '}' : '\0';
        bool minus = Take('-');
        int start = Next() == '\0' ? _at : _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at])) _at++;
        if (_at - start is 0 or > 6) return false;
        power = int.Parse(_text.AsSpan(start, _at - start), System.Globalization.CultureInfo.InvariantCulture);
        if (minus) power = -power;
        return Math.Abs(power) <= MaxExponent && (close == '\0' || Take(close));
    }
}
