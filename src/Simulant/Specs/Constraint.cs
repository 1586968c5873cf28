namespace Simulant.Specs;

/// <summary>A rule that every delivered row satisfies. <paramref name="Text"/> names it in reports and rejection
/// counts.</summary>
public abstract record Constraint(string Text, SourcePosition At);

/// <summary>Any expression that must not be false; a row for which it is unknown (a missing operand) passes, as in SQL
/// CHECK.</summary>
public sealed record ExpressionConstraint(Expression Expression, string Text, SourcePosition At) : Constraint(Text, At);

/// <summary>The left columns' values fix the right columns' values: <c>a, b determines c</c>.</summary>
public sealed record DeterminesConstraint(IReadOnlyList<string> Left, IReadOnlyList<string> Right, string Text, SourcePosition At)
    : Constraint(Text, At);

/// <summary>Values are whole multiples of the step: <c>price increments 0.05</c>.</summary>
public sealed record IncrementConstraint(string Column, double Step, string Text, SourcePosition At) : Constraint(Text, At);

/// <summary>Exactly one of the columns is 1 (or true), the others 0: <c>one_hot a, b, c</c>.</summary>
public sealed record OneHotConstraint(IReadOnlyList<string> Columns, string Text, SourcePosition At) : Constraint(Text, At);

/// <summary>No two rows agree on all of the columns: <c>unique a, b</c>.</summary>
public sealed record UniqueConstraint(IReadOnlyList<string> Columns, string Text, SourcePosition At) : Constraint(Text, At);
