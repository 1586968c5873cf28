namespace Simulant.Specs.Reading;

/// <summary>Every column the spec names must be one of the columns there are. Expressions tell theirs themselves when types
/// are known; here only their names are looked at.</summary>
internal sealed class NameCheck(Spec spec, IReadOnlyList<string> columns, DiagnosticBag faults)
{
    private readonly HashSet<string> _columns = new(columns, StringComparer.Ordinal);

    public void Run()
    {
        Outside();
        foreach (var condition in spec.Conditions) Expression(condition.Where);
        foreach (var reach in spec.Supplement?.Reach ?? []) Expression(reach.Where);
        foreach (var constraint in spec.Constraints)
            if (constraint is ExpressionConstraint { Expression: { } expression }) Expression(expression);
    }

    /// <summary>All names but those inside expressions.</summary>
    public void Outside()
    {
        var rootAt = spec.Root.At;
        if (spec.Source is { } source) Name(source.Target, Place(source.At, "source", "target"));
        if (spec.Split is { } split)
        {
            Name(split.By, Place(split.At, "split", "by"));
            Name(split.Stratify, Place(split.At, "split", "stratify"));
        }
        foreach (var column in spec.Columns) Name(column.Name, column.At.Line == 0 ? rootAt : column.At);
        foreach (var balance in spec.Balance) Name(balance.Column, balance.At);
        foreach (var (column, at) in spec.Protect) Name(column, at);
        foreach (var constraint in spec.Constraints)
        {
            IEnumerable<string> names = constraint switch
            {
                DeterminesConstraint d => [.. d.Left, .. d.Right],
                IncrementConstraint i => [i.Column],
                OneHotConstraint o => o.Columns,
                UniqueConstraint u => u.Columns,
                _ => [],
            };
            foreach (string name in names) Name(name, constraint.At);
        }
    }

    private void Expression(Expression expression)
    {
        foreach (string name in expression.Columns) Name(name, expression.At);
    }

    private void Name(string? name, SourcePosition at)
    {
        if (name is null || _columns.Contains(name)) return;
        string suggestion = Nearest.Suggest(name, columns);
        faults.Error(Codes.UnknownColumn, at, $"unknown column '{Nearest.Printable(name)}'"
            + (suggestion.Length > 0 ? suggestion : $"; {Listed()}"));
    }

    private string Listed()
    {
        const int most = 6;
        string names = string.Join(", ", columns.Take(most).Select(Nearest.Printable));
        return columns.Count == 0 ? "there are no columns"
            : columns.Count > most ? $"there are {names} and {columns.Count - most} more"
            : $"there are {names}";
    }

    /// <summary>Where the value of a nested key stands, or the section where it stands nowhere.</summary>
    private SourcePosition Place(SourcePosition section, string key, string inner) =>
        spec.Root[key] is SpecMap map && map[inner] is { } node ? node.At : section;
}
