using System.Text;
using Simulant.Data;

namespace Simulant.Specs.Schemas;

/// <summary>A CHECK's tokens as an expression of ours, or as the levels of one column.</summary>
internal static class SqlCheck
{
    /// <summary>The levels a check allows its one column, as <c>x IN ('a', 'b')</c> does; null where it says something
    /// else.</summary>
    public static (string Column, string[] Levels)? Levels(IReadOnlyList<SqlToken> tokens)
    {
        var plain = Plain(tokens).Where(t => !t.IsSymbol("(") && !t.IsSymbol(")")).ToList();
        if (plain.Count < 3 || !plain[0].IsName || !plain[1].Is("in")) return null;
        for (int i = 2; i < plain.Count; i++)
            if (i % 2 == 0 ? plain[i].Kind != SqlKind.Text : !plain[i].IsSymbol(",")) return null;
        return (plain[0].Text, SqlTypes.Texts(plain.Skip(2)));
    }

    /// <summary>The check as a constraint; null where the expression language cannot say it over these columns.</summary>
    public static ExpressionConstraint? Constraint(IReadOnlyList<SqlToken> tokens, IReadOnlyList<string> columns,
        SourcePosition at)
    {
        var text = new StringBuilder();
        var plain = Plain(tokens);
        for (int i = 0; i < plain.Count; i++)
        {
            var token = plain[i];
            bool called = token.Kind == SqlKind.Word && i + 1 < plain.Count && plain[i + 1].IsSymbol("(");
            if (called && !IsOperator(token) && !IsFunction(token.Text)) return null;
            if (text.Length > 0 && !(token.IsSymbol("(") && i > 0 && plain[i - 1].Kind == SqlKind.Word
                && IsFunction(plain[i - 1].Text)))
                text.Append(' ');
            text.Append(token.Kind switch
            {
                SqlKind.Text => $"'{token.Text.Replace("'", "''", StringComparison.Ordinal)}'",
                SqlKind.Quoted => Expression.Quote(token.Text),
                SqlKind.Word when Find(columns, token.Text) is { } name => Expression.Quote(name),
                _ => token.Text,
            });
        }
        string written = text.ToString();
        var expression = Expression.Parse(written, at, new DiagnosticBag());
        return expression is not null && expression.Columns.Count > 0 && expression.Columns.All(columns.Contains)
            ? new ExpressionConstraint(expression, written, at) : null;
    }

    /// <summary>The declared column of that name, upper or lower case alike where no other fits.</summary>
    public static string? Find(IReadOnlyList<string> columns, string name) =>
        columns.FirstOrDefault(c => c == name) ?? columns.FirstOrDefault(c => c.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static bool IsFunction(string word) =>
        Expressions.Functions.Find(word) is not null && !word.Equals("in", StringComparison.OrdinalIgnoreCase);

    /// <summary>Without casts (<c>::text</c>, <c>::numeric(10, 2)</c>), and <c>= ANY (ARRAY[…])</c> as <c>IN (…)</c>.</summary>
    private static List<SqlToken> Plain(IReadOnlyList<SqlToken> tokens)
    {
        var plain = new List<SqlToken>();
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].IsSymbol("::"))
            {
                i = AfterType(tokens, i + 1) - 1;
            }
            else if (tokens[i].IsSymbol("=") && i + 1 < tokens.Count && tokens[i + 1].Is("any"))
            {
                plain.Add(tokens[i] with { Kind = SqlKind.Word, Text = "in" });
                i++;
            }
            else if (!tokens[i].Is("array"))
            {
                plain.Add(tokens[i] switch
                {
                    var t when t.IsSymbol("[") => t with { Text = "(" },
                    var t when t.IsSymbol("]") => t with { Text = ")" },
                    var t => t,
                });
            }
        }
        return Single(plain);
    }

    private static int AfterType(IReadOnlyList<SqlToken> tokens, int i)
    {
        while (i < tokens.Count && tokens[i].IsName && !IsOperator(tokens[i])) i++;
        if (i < tokens.Count && tokens[i].IsSymbol("("))
        {
            while (i < tokens.Count && !tokens[i].IsSymbol(")")) i++;
            i++;
        }
        while (i + 1 < tokens.Count && tokens[i].IsSymbol("[") && tokens[i + 1].IsSymbol("]")) i += 2;
        return i;
    }

    private static bool IsOperator(SqlToken token) => token.Is("and") || token.Is("or") || token.Is("not") || token.Is("is")
        || token.Is("in") || token.Is("between") || token.Is("like");

    /// <summary>Inside an IN list that came from ANY, doubled brackets become single ones.</summary>
    private static List<SqlToken> Single(List<SqlToken> tokens)
    {
        for (int i = 0; i + 2 < tokens.Count; i++)
        {
            if (!tokens[i].Is("in")) continue;
            while (i + 2 < tokens.Count && tokens[i + 1].IsSymbol("(") && tokens[i + 2].IsSymbol("("))
            {
                int close = Closing(tokens, i + 2);
                if (close < 0 || close + 1 >= tokens.Count || !tokens[close + 1].IsSymbol(")")) break;
                tokens.RemoveAt(close + 1);
                tokens.RemoveAt(i + 1);
            }
        }
        return tokens;
    }

    private static int Closing(List<SqlToken> tokens, int open)
    {
        int depth = 0;
        for (int i = open; i < tokens.Count; i++)
        {
            if (tokens[i].IsSymbol("(")) depth++;
            if (tokens[i].IsSymbol(")") && --depth == 0) return i;
        }
        return -1;
    }
}
