using Simulant.Specs.Expressions;

namespace Simulant.Specs.Reading;

/// <summary>
/// Constraints: <c>a, b determines c</c>, <c>x increments 0.05</c>, <c>one_hot a, b, c</c>, <c>unique a, b</c>; anything else
/// is an expression. A column with the name of such a word is written in backticks.
/// </summary>
internal static class ConstraintReader
{
    public static IReadOnlyList<Constraint> Read(Fields root, DiagnosticBag faults)
    {
        if (root.Texts("constraints") is not { } texts) return [];
        var constraints = new List<Constraint>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            if (!seen.Add(text.Text))
                faults.Warn(Codes.DuplicateName, text.At,
                    $"the constraint '{Nearest.Printable(text.Text)}' stands twice; remove one");
            else if (One(text, faults) is { } constraint)
                constraints.Add(constraint);
        }
        return constraints;
    }

    public static Constraint? One(SpecScalar text, DiagnosticBag faults)
    {
        // A lexical fault is told once, by the expression below.
        var tokens = text.Text.Length <= Expression.MaxLength ? new Lexer(text.Text, (_, _, _) => { }).Run() : null;
        if (tokens is { Count: > 1 })
        {
            string word = tokens[0].Kind == TokenKind.Name ? tokens[0].Value : "";
            if (word is "one_hot" or "unique" && IsName(tokens[1])) return Listed(word, text, tokens, faults);
            int determines = tokens.FindIndex(1, t => Is(t, "determines"));
            if (determines > 0 && IsName(tokens[determines - 1])) return Determines(text, tokens, determines, faults);
            if (IsName(tokens[0]) && Is(tokens[1], "increments")) return Increments(text, tokens, faults);
        }
        return Expression.Parse(text, faults) is { } expression ? new ExpressionConstraint(expression, text.Text, text.At) : null;
    }

    private static Constraint? Listed(string word, SpecScalar text, List<Token> tokens, DiagnosticBag faults)
    {
        if (Names(text, tokens, 1, tokens.Count - 1, $"{word} a, b", faults) is not { } columns) return null;
        if (word == "unique") return new UniqueConstraint(columns, text.Text, text.At);
        if (columns.Count > 1) return new OneHotConstraint(columns, text.Text, text.At);
        faults.Error(Codes.ConstraintSyntax, text.PositionOf(0), "one_hot needs two columns or more: one_hot a, b");
        return null;
    }

    private static DeterminesConstraint? Determines(SpecScalar text, List<Token> tokens, int at, DiagnosticBag faults)
    {
        const string usage = "a, b determines c";
        var left = Names(text, tokens, 0, at, usage, faults);
        var right = left is null ? null : Names(text, tokens, at + 1, tokens.Count - 1, usage, faults);
        if (left is null || right is null) return null;
        if (left.Intersect(right).FirstOrDefault() is not { } both)
            return new DeterminesConstraint(left, right, text.Text, text.At);
        faults.Error(Codes.ConstraintSyntax, text.PositionOf(0),
            $"'{Nearest.Printable(both)}' stands on both sides of 'determines'");
        return null;
    }

    private static IncrementConstraint? Increments(SpecScalar text, List<Token> tokens, DiagnosticBag faults)
    {
        if (tokens[2].Kind == TokenKind.Number && tokens[2].Number > 0 && tokens[3].Kind == TokenKind.End)
            return new IncrementConstraint(tokens[0].Value, tokens[2].Number, text.Text, text.At);
        faults.Error(Codes.ConstraintSyntax, text.PositionOf(tokens[2].Start),
            "expected a step above 0, as in: price increments 0.05");
        return null;
    }

    /// <summary>Names between commas in tokens [from, to), or null after a fault.</summary>
    private static List<string>? Names(SpecScalar text, List<Token> tokens, int from, int to, string usage, DiagnosticBag faults)
    {
        var names = new List<string>();
        for (int i = from; ; i += 2)
        {
            bool separated = i + 1 >= to || tokens[i + 1].Kind == TokenKind.Comma;
            if (i >= to || !IsName(tokens[i]) || !separated)
            {
                var wrong = i >= to ? tokens[to] : IsName(tokens[i]) ? tokens[i + 1] : tokens[i];
                faults.Error(Codes.ConstraintSyntax, text.PositionOf(wrong.Start),
                    $"expected column names with commas between them, as in: {usage}; put names with spaces in backticks");
                return null;
            }
            if (names.Contains(tokens[i].Value))
            {
                faults.Error(Codes.ConstraintSyntax, text.PositionOf(tokens[i].Start),
                    $"'{Nearest.Printable(tokens[i].Value)}' stands twice; remove one");
                return null;
            }
            names.Add(tokens[i].Value);
            if (i + 1 >= to) return names;
        }
    }

    private static bool IsName(Token token) => token.Kind is TokenKind.Name or TokenKind.QuotedName;
    private static bool Is(Token token, string word) => token.Kind == TokenKind.Name && token.Value == word;
}
