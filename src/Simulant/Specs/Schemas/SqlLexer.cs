namespace Simulant.Specs.Schemas;

internal enum SqlKind { End, Word, Quoted, Text, Number, Symbol }

/// <param name="Text">Unquoted text; symbols as written.</param>
internal readonly record struct SqlToken(SqlKind Kind, string Text, SourcePosition At)
{
    public bool Is(string word) => Kind == SqlKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
    public bool IsSymbol(string symbol) => Kind == SqlKind.Symbol && Text == symbol;
    public bool IsName => Kind is SqlKind.Word or SqlKind.Quoted;
}

/// <summary>SQL text into tokens: quoting and comments of PostgreSQL, MySQL, SQLite, SQL Server and Oracle.</summary>
internal sealed class SqlLexer(string text, string file, DiagnosticBag faults)
{
    private static readonly string[] Symbols = ["::", "<>", "<=", ">=", "!=", "||"];

    private int _at;
    private int _line = 1;
    private int _lineStart;
    private int _counted;

    /// <summary>Tokens and a last End; null after a fault.</summary>
    public List<SqlToken>? Run()
    {
        var tokens = new List<SqlToken>();
        while (true)
        {
            if (!SkipSpace()) return null;
            if (_at >= text.Length)
            {
                tokens.Add(new SqlToken(SqlKind.End, "", Here(_at)));
                return tokens;
            }
            if (Next() is not { } token) return null;
            tokens.Add(token);
        }
    }

    private SourcePosition Here(int index)
    {
        for (; _counted < index && _counted < text.Length; _counted++)
        {
            if (text[_counted] != '\n') continue;
            _line++;
            _lineStart = _counted + 1;
        }
        return new SourcePosition(file, _line, index - _lineStart + 1);
    }

    private bool SkipSpace()
    {
        while (_at < text.Length)
        {
            if (char.IsWhiteSpace(text[_at]))
            {
                _at++;
            }
            else if (text[_at] == '#' || string.CompareOrdinal(text, _at, "--", 0, 2) == 0)
            {
                while (_at < text.Length && text[_at] != '\n') _at++;
            }
            else if (string.CompareOrdinal(text, _at, "/*", 0, 2) == 0)
            {
                int end = text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                if (end < 0) return Fault(_at, "a comment opened by /* is never closed");
                _at = end + 2;
            }
            else
            {
                break;
            }
        }
        return true;
    }

    private bool Fault(int index, string message)
    {
        faults.Error(Codes.SchemaSyntax, Here(index), message);
        return false;
    }

    private SqlToken? Next()
    {
        var at = Here(_at);
        char c = text[_at];
        if (c == '\'' || (c is 'N' or 'n' or 'E' or 'e' && _at + 1 < text.Length && text[_at + 1] == '\''))
        {
            if (c != '\'') _at++;
            return Quoted('\'', SqlKind.Text, at);
        }
        if (c is '"' or '`') return Quoted(c, SqlKind.Quoted, at);
        if (c == '[' && BracketedName() is { } name) return new SqlToken(SqlKind.Quoted, name, at);
        if (c == '$' && DollarQuoted() is { } body) return new SqlToken(SqlKind.Text, body, at);
        int start = _at;
        if (char.IsLetter(c) || c is '_' or '@')
        {
            while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '_' or '$' or '@' or '#')) _at++;
            return new SqlToken(SqlKind.Word, text[start.._at], at);
        }
        if (char.IsAsciiDigit(c) || (c == '.' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1])))
        {
            while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '.')) _at++;
            return new SqlToken(SqlKind.Number, text[start.._at], at);
        }
        string symbol = Array.Find(Symbols, s => string.CompareOrdinal(text, start, s, 0, s.Length) == 0) ?? c.ToString();
        _at += symbol.Length;
        return new SqlToken(SqlKind.Symbol, symbol, at);
    }

    private SqlToken? Quoted(char quote, SqlKind kind, SourcePosition at)
    {
        if (QuotedText.At(text, _at) is var (value, end))
        {
            _at = end;
            return new SqlToken(kind, value, at);
        }
        faults.Error(Codes.SchemaSyntax, at, $"{(kind == SqlKind.Text ? "text" : "a name")} opened by {quote} is never closed");
        return null;
    }

    /// <summary>SQL Server's [name]; brackets that hold no name (array types, ARRAY[…]) stay symbols.</summary>
    private string? BracketedName()
    {
        int end = text.IndexOf(']', _at + 1);
        if (end < 0 || end == _at + 1 || _at > 0 && (char.IsLetterOrDigit(text[_at - 1])
            || text[_at - 1] is ']' or ')')) return null;
        string name = text[(_at + 1)..end];
        if (name.Contains('\'') || name.Contains('\n') || char.IsDigit(name[0])) return null;
        _at = end + 1;
        return name;
    }

    private string? DollarQuoted()
    {
        int close = text.IndexOf('$', _at + 1);
        if (close < 0 || !text.AsSpan(_at + 1, close - _at - 1).ToString().All(ch => char.IsLetterOrDigit(ch)
            || ch == '_')) return null;
        string tag = text[_at..(close + 1)];
        int end = text.IndexOf(tag, close + 1, StringComparison.Ordinal);
        if (end < 0) return null;
        string body = text[(close + 1)..end];
        _at = end + tag.Length;
        return body;
    }
}
