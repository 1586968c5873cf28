using Simulant.Data;

namespace Simulant.Specs.Reading;

/// <summary>The spec against the columns there really are.</summary>
internal sealed class SchemaCheck(Spec spec, TableSchema schema, DiagnosticBag faults)
{
    public bool Run()
    {
        int before = Errors();
        new NameCheck(spec, [.. schema.Columns.Select(c => c.Name)], faults).Outside();
        foreach (var condition in spec.Conditions) condition.Where.CheckCondition(schema, faults);
        foreach (var reach in spec.Supplement?.Reach ?? []) reach.Where.CheckCondition(schema, faults);
        if (spec.Supplement is { Mark: { } mark } supplement && Find(mark) is not null)
            faults.Error(Codes.Contradiction, supplement.At, $"'supplement' adds the column '{Nearest.Printable(mark)}', and there is one "
                + "of that name; choose another 'mark'");
        foreach (var constraint in spec.Constraints) Check(constraint);
        foreach (var balance in spec.Balance) Levels("balance", balance.Column, balance.At, "; use 'conditions' with a range");
        if (spec is { Independence: > 0, Source.Target: { } target })
            foreach (var (name, at) in spec.Protect.Append(new ProtectSpec(target, spec.Protect[0].At)))
                Levels("independence", name, at, "");
        TimeColumn();
        return Errors() == before;
    }

    private int Errors() => faults.All.Count(d => d.Severity == Severity.Error);

    private ColumnSchema? Find(string name) => schema.IndexOf(name) is >= 0 and var index ? schema.Columns[index] : null;

    private void Check(Constraint constraint)
    {
        switch (constraint)
        {
            case ExpressionConstraint expression:
                expression.Expression.CheckCondition(schema, faults);
                break;
            case IncrementConstraint increment when Find(increment.Column) is { } column
                && column.Kind is not (ColumnKind.Integer or ColumnKind.Decimal):
                Kind(increment, column, "'increments' needs a column of numbers");
                break;
            case OneHotConstraint oneHot:
                foreach (string name in oneHot.Columns)
                {
                    if (Find(name) is { } part && !CanBeOneHot(part.Kind))
                        Kind(oneHot, part, "'one_hot' needs columns of 0 and 1, or of booleans");
                }
                break;
        }
    }

    private static bool CanBeOneHot(ColumnKind kind) =>
        kind is ColumnKind.Integer or ColumnKind.Decimal or ColumnKind.Boolean or ColumnKind.Category;

    private void Levels(string key, string name, SourcePosition at, string remedy)
    {
        if (Find(name) is not { } column
            || column.Kind is ColumnKind.Category or ColumnKind.Boolean or ColumnKind.Integer
            or ColumnKind.Identifier) return;
        faults.Error(Codes.ExpressionType, at, $"'{key}' needs levels, and column '{Nearest.Printable(column.Name)}' is "
            + $"{SpecKeys.Snake(column.Kind.ToString())}{remedy}");
    }

    private void Kind(Constraint constraint, ColumnSchema column, string need) => faults.Error(Codes.ExpressionType,
        constraint.At,
        $"{need}; '{Nearest.Printable(column.Name)}' is {SpecKeys.Snake(column.Kind.ToString())}");

    private void TimeColumn()
    {
        if (spec.Split?.After is null || schema.Columns.Any(c => c.Role == ColumnRole.Time)) return;
        int dated = schema.Columns.Count(c => c.Kind is ColumnKind.Date or ColumnKind.Timestamp);
        if (dated == 1) return;
        faults.Error(Codes.MissingKey, spec.Split.At, dated == 0
            ? "'after' splits by time, and no column holds dates; remove it, or give the column type date or timestamp"
            : "'after' splits by time, and several columns hold dates; give one of them role time");
    }
}
