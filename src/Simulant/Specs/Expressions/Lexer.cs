using System.Globalization;

namespace Simulant.Specs.Expressions;

internal enum TokenKind
{
    End, Number, Text, Name, QuotedName, Open, Close, Comma, Plus, Minus, Times, Divide, Modulo,
    Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, And, Or, Not, In, Between, Like, Is, Missing, True, False,
}

/// <param name="Value">Unescaped text of a literal or name; the source text otherwise.</param>
internal readonly record struct Token(TokenKind Kind, int Start, int End, string Value, double Number = 0);

/// <summary>
/// Cuts an expression into tokens. A hyphen or point between two name characters belongs to the name
/// (<c>capital-gain</c>, <c>age.years</c>); with a space on either side of it a hyphen subtracts.
/// </summary>
internal sealed class Lexer(string text, Action<string, int, string> fault)
{
    private static readonly Dictionary<string, TokenKind> Keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["and"] = TokenKind.And, ["or"] = TokenKind.Or, ["not"] = TokenKind.Not, ["in"] = TokenKind.In,
        ["between"] = TokenKind.Between, ["like"] = TokenKind.Like, ["is"] = TokenKind.Is,
        ["missing"] = TokenKind.Missing, ["null"] = TokenKind.Missing, ["true"] = TokenKind.True, ["false"] = TokenKind.False,
    };

    private int _at;

    public static bool IsKeyword(string name) => Keywords.ContainsKey(name);

    /// <summary>Whether the name may stand in an expression without quotes.</summary>
    public static bool IsBareName(string name) =>
        name.Length > 0 && !IsKeyword(name) && IsNameStart(name[0]) && NameEnd(name, 0) == name.Length;

    /// <summary>All tokens and a last <see cref="TokenKind.End"/>; null after a fault.</summary>
    public List<Token>? Run()
    {
        var tokens = new List<Token>();
        while (true)
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
            if (_at == text.Length)
            {
                tokens.Add(new Token(TokenKind.End, _at, _at, ""));
                return tokens;
            }
            if (Next() is not { } token) return null;
            tokens.Add(token);
            _at = token.End;
        }
    }

    private Token? Next()
    {
        char c = text[_at];
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1)))) return Number();
        if (IsNameStart(c)) return Name();
        return c switch
        {
            '\'' => Quoted('\'', TokenKind.Text),
            '"' => Quoted('"', TokenKind.QuotedName),
            '`' => Quoted('`', TokenKind.QuotedName),
            '(' => Symbol(TokenKind.Open, 1),
            ')' => Symbol(TokenKind.Close, 1),
            ',' => Symbol(TokenKind.Comma, 1),
            '+' => Symbol(TokenKind.Plus, 1),
            '-' or '−' => Symbol(TokenKind.Minus, 1),
            '*' when Peek(1) == '*' => Fault("'**' is not an operator; write pow(a, b)"),
            '*' => Symbol(TokenKind.Times, 1),
            '/' => Symbol(TokenKind.Divide, 1),
            '%' => Symbol(TokenKind.Modulo, 1),
            '=' => Symbol(TokenKind.Equal, Peek(1) == '=' ? 2 : 1),
            '!' => Peek(1) == '=' ? Symbol(TokenKind.NotEqual, 2) : Symbol(TokenKind.Not, 1),
            '≠' => Symbol(TokenKind.NotEqual, 1),
            '<' when Peek(1) == '>' => Symbol(TokenKind.NotEqual, 2),
            '<' => Peek(1) == '=' ? Symbol(TokenKind.LessOrEqual, 2) : Symbol(TokenKind.Less, 1),
            '≤' => Symbol(TokenKind.LessOrEqual, 1),
            '>' => Peek(1) == '=' ? Symbol(TokenKind.GreaterOrEqual, 2) : Symbol(TokenKind.Greater, 1),
            '≥' => Symbol(TokenKind.GreaterOrEqual, 1),
            '&' when Peek(1) == '&' => Symbol(TokenKind.And, 2),
            '|' when Peek(1) == '|' => Symbol(TokenKind.Or, 2),
            '&' or '|' => Fault($"'{c}' is not an operator; write '{(c == '&' ? "and" : "or")}'"),
            '^' => Fault("'^' is not an operator; write pow(a, b)"),
            '‘' or '’' or '“' or '”' => Fault("curly quotes are not understood; write 'text' in straight single quotes"),
            _ => Fault($"unexpected character '{Nearest.Printable(char.IsSurrogate(c) ? "\ufffd" : c.ToString())}'; "
                + "put column names with such characters in backticks, and text in single quotes"),
        };
    }

    private char Peek(int ahead) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    private Token Symbol(TokenKind kind, int length) => new(kind, _at, _at + length, text.Substring(_at, length));

    private Token? Fault(string message)
    {
        fault(Codes.ExpressionToken, _at, message);
        return null;
    }

    private Token? Number()
    {
        int end = _at;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        if (end < text.Length && text[end] == '.')
        {
            end++;
            while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        }
        if (end < text.Length && text[end] is 'e' or 'E')
        {
            int exponent = end + 1;
            if (exponent < text.Length && text[exponent] is '+' or '-') exponent++;
            int digits = exponent;
            while (exponent < text.Length && char.IsAsciiDigit(text[exponent])) exponent++;
            if (exponent > digits) end = exponent;
        }
        if (end < text.Length && (IsNamePart(text[end]) || text[end] == '.'))
        {
            return Fault($"'{Nearest.Printable(text[_at..(end + 1)])}…' is neither a number nor a name; "
                + "put a column name that begins with a digit in backticks");
        }
        string digitsText = text[_at..end];
        double value = double.Parse(digitsText, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value)
            ? new Token(TokenKind.Number, _at, end, digitsText, value)
            : Fault($"the number {Nearest.Printable(digitsText)} is too large");
    }

    private Token Name()
    {
        int end = NameEnd(text, _at);
        string name = text[_at..end];
        return new Token(Keywords.GetValueOrDefault(name, TokenKind.Name), _at, end, name);
    }

    private Token? Quoted(char quote, TokenKind kind)
    {
        if (QuotedText.At(text, _at) is not var (value, end))
            return Fault($"{(kind == TokenKind.Text ? "text" : "a column name")} opened by {quote} is never closed");
        return kind == TokenKind.QuotedName && value.Length == 0 ? Fault("an empty column name") : new Token(kind, _at, end, value);
    }

    private static int NameEnd(string text, int start)
    {
        int end = start + 1;
        while (end < text.Length)
        {
            bool joined = text[end] is '-' or '.' && end + 1 < text.Length && IsNamePart(text[end + 1]);
            if (!joined && !IsNamePart(text[end])) break;
            end++;
        }
        return end;
    }

    private static bool IsNameStart(char c) => char.IsLetter(c) || c == '_';
    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c == '_';
}
