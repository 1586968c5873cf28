using Simulant.Data;

namespace Simulant.Specs.Schemas;

/// <summary>
/// The tables of an SQL file: CREATE TABLE, CREATE TYPE … AS ENUM, COMMENT ON COLUMN, and keys that ALTER TABLE adds later.
/// Other statements are passed over. What a definition holds beyond types, keys, checks and comments (defaults, collations,
/// storage) has no meaning for data and is skipped.
/// </summary>
internal sealed class SqlSchema
{
    private readonly List<SqlToken> _tokens;
    private readonly string _file;
    private readonly DiagnosticBag _faults;
    private readonly Dictionary<string, string[]> _enums = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<SqlTable> _tables = [];
    private int _at;

    private SqlSchema(List<SqlToken> tokens, string file, DiagnosticBag faults) => (_tokens, _file, _faults) = (tokens, file,
        faults);

    public static IReadOnlyList<DeclaredTable>? Read(string text, string file, DiagnosticBag faults)
    {
        if (new SqlLexer(text, file, faults).Run() is not { } tokens) return null;
        var schema = new SqlSchema(tokens, file, faults);
        return schema.Statements() ? [.. schema._tables.Select(t => t.Finish(faults))] : null;
    }

    private SqlToken Current => _tokens[_at];

    private SqlToken Peek(int ahead) => _tokens[Math.Min(_at + ahead, _tokens.Count - 1)];

    private bool Statements()
    {
        bool sound = true;
        while (Current.Kind != SqlKind.End)
        {
            if (Accept("create")) sound &= Create();
            else if (Accept("comment")) Comment();
            else if (Accept("alter")) Alter();
            else SkipStatement();
        }
        return sound;
    }

    private void SkipStatement()
    {
        while (Current.Kind != SqlKind.End && !Current.IsSymbol(";")) _at++;
        if (Current.IsSymbol(";")) _at++;
    }

    private bool Accept(string word)
    {
        if (!Current.Is(word)) return false;
        _at++;
        return true;
    }

    private bool AcceptSymbol(string symbol)
    {
        if (!Current.IsSymbol(symbol)) return false;
        _at++;
        return true;
    }

    private bool Create()
    {
        while (Current.Kind == SqlKind.Word && !Current.Is("table") && !Current.Is("type")) _at++;
        if (Accept("type")) return EnumType();
        if (!Accept("table"))
        {
            SkipStatement();
            return true;
        }
        if (Accept("if"))
        {
            Accept("not");
            Accept("exists");
        }
        var at = Current.At;
        if (Name() is not { } name) return Fault("expected the table's name");
        if (!AcceptSymbol("("))
        {
            // CREATE TABLE … AS SELECT declares no columns.
            SkipStatement();
            return true;
        }
        var table = new SqlTable(name, at);
        bool sound = Definitions(table);
        if (sound) _tables.Add(table);
        SkipStatement();
        return sound;
    }

    private bool Definitions(SqlTable table)
    {
        do
        {
            if (!Current.IsName) return Fault($"expected a column or constraint of table '{Nearest.Printable(table.Name)}'");
            bool sound = IsTableConstraint() ? TableConstraint(table) : Column(table);
            if (!sound) return false;
        }
        while (AcceptSymbol(","));
        return AcceptSymbol(")") || Fault($"expected ',' or ')' in table '{Nearest.Printable(table.Name)}'");
    }

    private bool Fault(string expected)
    {
        string found = Current.Kind == SqlKind.End ? "the end of the file" : $"'{Nearest.Printable(Current.Text)}'";
        _faults.Error(Codes.SchemaSyntax, Current.At, $"{expected}, found {found}");
        SkipStatement();
        return false;
    }

    /// <summary>A name with its qualifiers (<c>public.people</c>); the last part counts.</summary>
    private string? Name()
    {
        if (!Current.IsName) return null;
        string name = Current.Text;
        _at++;
        while (Current.IsSymbol(".") && Peek(1).IsName)
        {
            name = Peek(1).Text;
            _at += 2;
        }
        return name;
    }

    private bool EnumType()
    {
        string? name = Name();
        if (name is not null && Accept("as") && Accept("enum")
            && Current.IsSymbol("(")) _enums[name] = SqlTypes.Texts(Bracketed());
        SkipStatement();
        return true;
    }

    /// <summary>COMMENT ON COLUMN t.c IS 'text'.</summary>
    private void Comment()
    {
        if (Accept("on") && Accept("column") && Current.IsName)
        {
            var path = new List<string>();
            do
            {
                path.Add(Current.Text);
                _at++;
            }
            while (AcceptSymbol(".") && Current.IsName);
            if (path.Count > 1 && Accept("is") && Current.Kind == SqlKind.Text)
                Table(path[^2])?.Describe(path[^1], Current.Text);
        }
        SkipStatement();
    }

    /// <summary>ALTER TABLE … ADD [CONSTRAINT x] PRIMARY KEY, UNIQUE or CHECK, as dumps write them.</summary>
    private void Alter()
    {
        if (Accept("table"))
        {
            Accept("if");
            Accept("exists");
            Accept("only");
            if (Name() is { } name && Accept("add") && IsTableConstraint() && Table(name) is { } table) TableConstraint(table);
        }
        SkipStatement();
    }

    private SqlTable? Table(string name) => _tables.Find(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private bool IsTableConstraint()
    {
        if (Current.Kind != SqlKind.Word) return false;
        var next = Peek(1);
        return Current.Is("constraint") || (Current.Is("primary") && next.Is("key")) || (Current.Is("foreign") && next.Is("key"))
            || (Current.Is("unique") && (next.IsSymbol("(") || next.Is("key") || next.Is("index")))
            || (Current.Is("check") && next.IsSymbol("(")) || Current.Is("exclude") || Current.Is("period")
            || ((Current.Is("key") || Current.Is("index")) && (next.IsSymbol("(") || Peek(2).IsSymbol("(")) && !IsType(next))
            || Current.Is("fulltext") || Current.Is("spatial") || (Current.Is("like") && next.IsName);
    }

    private static bool IsType(SqlToken token)
    {
        var column = new ColumnSpec("", default);
        return token.Kind == SqlKind.Word && SqlTypes.Apply(ref column, token.Text, []);
    }

    private bool TableConstraint(SqlTable table)
    {
        if (Accept("constraint") && Current.IsName && !Current.Is("primary") && !Current.Is("unique")
            && !Current.Is("check")) _at++;
        var at = Current.At;
        bool primary = Current.Is("primary"), unique = Current.Is("unique");
        if (primary || unique)
        {
            while (Current.IsName) _at++;
            if (!Current.IsSymbol("(")) return Fault("expected '(' and column names");
            table.Unique(KeyColumns(), primary, at);
        }
        else if (Current.Is("check"))
        {
            _at++;
            if (!Current.IsSymbol("(")) return Fault("expected '(' after CHECK");
            table.Check(Bracketed(), at);
        }
        SkipDefinition();
        return true;
    }

    private List<string> KeyColumns()
    {
        var names = new List<string>();
        bool expected = true;
        foreach (var token in Bracketed())
        {
            if (expected && token.IsName) names.Add(token.Text);
            expected = token.IsSymbol(",");
        }
        return names;
    }

    /// <summary>What stands inside the brackets that open here; the cursor ends behind them.</summary>
    private List<SqlToken> Bracketed()
    {
        var inside = new List<SqlToken>();
        int depth = 0;
        do
        {
            if (Current.Kind == SqlKind.End) return inside;
            if (Current.IsSymbol("(")) depth++;
            if (Current.IsSymbol(")")) depth--;
            if (depth > 0 && (depth > 1 || !Current.IsSymbol("("))) inside.Add(Current);
            _at++;
        }
        while (depth > 0);
        return inside;
    }

    /// <summary>To the comma or bracket that ends this definition.</summary>
    private void SkipDefinition()
    {
        while (Current.Kind != SqlKind.End && !Current.IsSymbol(",") && !Current.IsSymbol(")") && !Current.IsSymbol(";"))
        {
            if (Current.IsSymbol("(")) Bracketed();
            else _at++;
        }
    }

    private bool Column(SqlTable table)
    {
        var column = new ColumnSpec(Current.Text, Current.At);
        _at++;
        if (Current.IsName && !IsColumnOption()) column = Type(column);
        if (!table.Add(column))
        {
            _faults.Error(Codes.SchemaSyntax, column.At, $"column '{Nearest.Printable(column.Name)}' stands twice");
            return false;
        }
        while (Current.Kind != SqlKind.End && !Current.IsSymbol(",") && !Current.IsSymbol(")"))
        {
            var at = Current.At;
            if (Accept("primary")) table.Unique([column.Name], true, at);
            else if (Accept("unique")) table.Unique([column.Name], false, at);
            else if (Current.Is("check") && Peek(1).IsSymbol("(")) CheckOf(table, at);
            else if (Current.Is("comment") && Peek(1).Kind == SqlKind.Text) CommentOf(table, column.Name);
            else if (Current.IsSymbol("(")) Bracketed();
            else _at++;
        }
        return true;
    }

    private void CheckOf(SqlTable table, SourcePosition at)
    {
        _at++;
        table.Check(Bracketed(), at);
    }

    private void CommentOf(SqlTable table, string column)
    {
        table.Describe(column, Peek(1).Text);
        _at += 2;
    }

    private bool IsColumnOption() => Current.Is("not") || Current.Is("null") || Current.Is("primary") || Current.Is("unique")
        || Current.Is("check") || Current.Is("default") || Current.Is("references") || Current.Is("constraint")
            || Current.Is("generated");

    private ColumnSpec Type(ColumnSpec column)
    {
        var at = Current.At;
        string type = Name()!;
        if (type.Equals("long", StringComparison.OrdinalIgnoreCase)) type = "text";
        while (Current.Is("varying") || Current.Is("precision") || Current.Is("large")) _at++;
        List<SqlToken> arguments = Current.IsSymbol("(") ? Bracketed() : [];
        bool array = Current.IsSymbol("[");
        if (_enums.TryGetValue(type, out string[]? levels)) return column with { Kind = ColumnKind.Category, Levels = levels };
        if (array || !SqlTypes.Apply(ref column, type, arguments))
        {
            _faults.Warn(Codes.SchemaContent, at,
                $"the type '{Nearest.Printable(type)}{(array ? "[]" : "")}' has no counterpart; "
                    + $"'{Nearest.Printable(column.Name)}' is inferred");
        }
        return column;
    }
}
