using Simulant.Data;

namespace Simulant.Specs.Reading;

/// <summary>The promise of a spec's <c>privacy</c>.</summary>
internal static class PrivacyReader
{
    public static PrivacySpec? Read(Fields root, DiagnosticBag faults)
    {
        if (root.Map("privacy") is not { } map) return null;
        var fields = new Fields(map, SpecKeys.Privacy, faults);
        double? epsilon = Positive(fields, "epsilon", faults), delta = Positive(fields, "delta", faults);
        var privacy = new PrivacySpec(epsilon ?? 1, delta ?? 1e-9, root.KeyAt("privacy"))
        {
            Unit = fields.Text("unit") ?? PrivacySpec.Row,
            MaxRows = (int)(fields.Integer("max_rows") ?? 1),
            Ledger = fields.Text("ledger") ?? PrivacySpec.DefaultLedger,
            TellAudit = fields.Truth("tell_audit") == true,
            Budget = Budget(fields, delta ?? 1e-9, faults),
        };
        if (privacy.Unit == PrivacySpec.Row && fields.Node("max_rows") is { } bound)
            faults.Error(Codes.Contradiction, bound.At, "'max_rows' bounds the rows of one owner, and 'unit' names none; "
                + "name the owner's column as 'unit', or remove it");
        return privacy;
    }

    private static (double Epsilon, double Delta)? Budget(Fields fields, double delta, DiagnosticBag faults)
    {
        if (fields.Node("budget") is not { } node) return null;
        if (node is SpecScalar)
            return fields.Number("budget") is { } alone and > 0 ? (alone, delta) : Refused(node, "budget", faults);
        if (node is not SpecMap map)
        {
            fields.Wrong<SpecNode>(node, "budget");
            return null;
        }
        var budget = new Fields(map, SpecKeys.Budget, faults);
        double? epsilon = Positive(budget, "epsilon", faults);
        double? most = budget.Node("delta") is null ? delta : Positive(budget, "delta", faults);
        return epsilon is null || most is null ? null : (epsilon.Value, most.Value);
    }

    private static (double, double)? Refused(SpecNode node, string key, DiagnosticBag faults)
    {
        if (node is SpecScalar { Number: 0 }) faults.Error(Codes.BadValue, node.At, $"'{key}' is 0; it must be above 0");
        return null;
    }

    /// <summary>Nothing can be measured at 0, and no noise hides with certainty.</summary>
    private static double? Positive(Fields fields, string key, DiagnosticBag faults)
    {
        if (fields.Number(key) is not { } value) return null;
        if (value > 0) return value;
        faults.Error(Codes.BadValue, fields.Node(key)!.At, $"'{key}' is 0; it must be above 0");
        return null;
    }
}

/// <summary>What cannot stand beside <c>privacy</c>: whatever would read the data without paying for it.</summary>
internal sealed class PrivacyConsistency(Spec spec, DiagnosticBag faults)
{
    public void Check()
    {
        if (spec.Privacy is not { } privacy) return;
        if (spec.Source is null)
            faults.Error(Codes.Contradiction, privacy.At, "'privacy' protects the rows of a source, and the spec names none; remove it");
        Columns(privacy);
        if (privacy.TellAudit && spec.Measures.Only is { } only && !only.Contains("attack.leak"))
            faults.Error(Codes.Contradiction, privacy.At, "'tell_audit' tells whether the set passed the attack audit, and validate.only "
                + "leaves that out; add attack.leak to it, or remove 'tell_audit'");
        if (spec.Refine is { } refine)
            faults.Error(Codes.Contradiction, refine.At, "'refine' follows counts of the training rows that 'privacy' has not paid for; "
                + "remove it");
        if (spec.Split is { Stratify: not null } or { After: not null })
            faults.Error(Codes.Contradiction, spec.Split.At, "under 'privacy' one row must not move another between the parts, as "
                + "'stratify' and 'after' let it; remove them, or name source.holdout");
        if (spec.Source is { SampleRows: not null } source)
            faults.Error(Codes.Contradiction, source.At, "'sample_rows' draws a fixed number, so one row would decide on others; "
                + "remove it under 'privacy'");
        foreach (var constraint in spec.Constraints)
            if (constraint is DeterminesConstraint or OneHotConstraint)
                faults.Error(Codes.Contradiction, constraint.At, $"'{constraint.Text}' reads a table off the training rows that 'privacy' "
                    + "has not paid for; remove it, or state it as a condition");
    }

    private void Columns(PrivacySpec privacy)
    {
        foreach (var column in spec.Columns)
        {
            string name = Nearest.Printable(column.Name);
            if (column.Personal is not (null or PersonalData.None)) continue;
            if (column.Role is ColumnRole.Id or ColumnRole.Entity && column.Kind is not null) continue;
            if (column.Kind is null)
                faults.Error(Codes.MissingKey, column.At, $"column '{name}' has no 'type', and under 'privacy' none is inferred from the "
                    + "data; add its type (simulant init writes a spec with all of them)");
            else if (column is { Kind: ColumnKind.Decimal, Decimals: null })
                faults.Error(Codes.MissingKey, column.At, $"column '{name}' does not say its 'decimals', and under 'privacy' they are not "
                    + "inferred from the data; add them");
        }
        if (privacy.Unit != PrivacySpec.Row && !spec.Columns.Any(c => c.Name == privacy.Unit))
            faults.Error(Codes.UnknownColumn, privacy.At,
                $"'unit' is '{Nearest.Printable(privacy.Unit)}', which 'columns' does not describe; "
                + "describe that column, or write 'unit: row'");
    }
}
