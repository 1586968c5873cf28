using Simulant.Data;

namespace Simulant.Specs.Schemas;

/// <summary>A table while its statements are read; names are resolved at the end, when every column is known.</summary>
internal sealed class SqlTable(string name, SourcePosition at)
{
    private readonly List<ColumnSpec> _columns = [];
    private readonly List<(List<string> Columns, bool Primary, SourcePosition At)> _keys = [];
    private readonly List<(List<SqlToken> Tokens, SourcePosition At)> _checks = [];

    public string Name { get; } = name;

    /// <summary>False where a column of that name is there already.</summary>
    public bool Add(ColumnSpec column)
    {
        if (_columns.Exists(c => c.Name == column.Name)) return false;
        _columns.Add(column);
        return true;
    }

    public void Unique(List<string> columns, bool primary, SourcePosition where) => _keys.Add((columns, primary, where));

    public void Check(List<SqlToken> tokens, SourcePosition where) => _checks.Add((tokens, where));

    public void Describe(string column, string text)
    {
        int index = Index(column);
        if (index >= 0 && text.Trim().Length > 0) _columns[index] = _columns[index] with { Description = text };
    }

    public DeclaredTable Finish(DiagnosticBag faults)
    {
        if (_columns.Count == 0) faults.Error(Codes.SchemaSyntax, at, $"table '{Nearest.Printable(Name)}' has no columns");
        var constraints = new List<Constraint>();
        foreach (var (columns, primary, where) in _keys) Key(columns, primary, where, constraints, faults);
        string[] names = [.. _columns.Select(c => c.Name)];
        foreach (var (tokens, where) in _checks)
        {
            if (SqlCheck.Levels(tokens) is var (column, levels) && Index(column) is >= 0 and var index && TakesLevels(index))
                _columns[index] = _columns[index] with { Kind = ColumnKind.Category, Levels = levels };
            else if (SqlCheck.Constraint(tokens, names, where) is { } constraint)
                constraints.Add(constraint);
            else
                faults.Warn(Codes.SchemaContent, where,
                    $"this CHECK of table '{Nearest.Printable(Name)}' cannot be said as a constraint; left out");
        }
        return new DeclaredTable(Name, _columns, constraints);
    }

    private bool TakesLevels(int index) => _columns[index].Kind is null or ColumnKind.Category or ColumnKind.Text;

    private void Key(List<string> columns, bool primary, SourcePosition where, List<Constraint> constraints, DiagnosticBag faults)
    {
        int[] indices = [.. columns.Select(Index).Distinct()];
        if (indices.Length == 0 || indices.Contains(-1))
        {
            string unknown = columns.Find(c => Index(c) < 0) ?? "";
            faults.Error(Codes.SchemaContent, where, $"the key of table '{Nearest.Printable(Name)}' names a column "
                + $"'{Nearest.Printable(unknown)}' that it does not have" + Nearest.Suggest(unknown, _columns.Select(c =>
                    c.Name)));
            return;
        }
        if (primary && indices is [var id])
        {
            _columns[id] = _columns[id] with { Kind = ColumnKind.Identifier, Role = ColumnRole.Id, Decimals = null };
            return;
        }
        string[] names = [.. indices.Select(i => _columns[i].Name)];
        constraints.Add(new UniqueConstraint(names, $"unique {string.Join(", ", names.Select(Expression.Quote))}", where));
    }

    private int Index(string column)
    {
        int exact = _columns.FindIndex(c => c.Name == column);
        return exact >= 0 ? exact : _columns.FindIndex(c => c.Name.Equals(column, StringComparison.OrdinalIgnoreCase));
    }
}
