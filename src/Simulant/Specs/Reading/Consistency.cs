using Simulant.Data;

namespace Simulant.Specs.Reading;

/// <summary>Faults that show only when sections are read together, still without opening data.</summary>
internal sealed class Consistency(Spec spec, Fields root, DiagnosticBag faults, bool rowsGiven)
{
    public void Check()
    {
        Roles();
        Split();
        Target();
        Amounts();
        Protected();
        Supplement();
        Kind();
        if (spec.Source is null || spec.Kind == SpecKeys.Scene) WithoutSource();
    }

    private void Kind()
    {
        (string Kind, string Told, IReadOnlyList<string> Keys)[] owned =
        [
            (SpecKeys.Table, "tables", SpecKeys.TableOnly), (SpecKeys.Text, "text", SpecKeys.TextOnly),
            (SpecKeys.Scene, "scenes", SpecKeys.SceneOnly),
        ];
        foreach (var (kind, told, keys) in owned.Where(o => o.Kind != spec.Kind))
            foreach (var entry in spec.Root.Entries.Where(e => keys.Contains(e.Key)).Concat(OfValidate(kind)))
                faults.Error(Codes.Contradiction, entry.KeyAt, $"'{entry.Key}' is for {told}, and the spec's kind is {spec.Kind}; "
                    + (kind == SpecKeys.Table ? "remove it" : $"write 'kind: {kind}', or remove it"));
        if (spec.Kind != SpecKeys.Text && spec.Output.Shape != OutputSpec.Plain)
            faults.Error(Codes.Contradiction, spec.Output.At,
                $"shape '{spec.Output.Shape}' lays out texts, and the spec's kind is {spec.Kind}; remove it, or write 'kind: text'");
        if (spec.Kind != SpecKeys.Table && spec.Engine.Name.Length == 0)
            faults.Error(Codes.MissingKey, spec.Engine.At, spec.Kind == SpecKeys.Text
                ? "a spec of kind text needs a recipe; add 'recipe: NAME'" : "a spec of kind scene needs a world; add 'world: NAME'");
        if (spec.Kind == SpecKeys.Scene) Pictures();
    }

    // What 'validate' has for one kind alone.
    private IEnumerable<SpecEntry> OfValidate(string kind)
    {
        string[] keys = kind == SpecKeys.Scene ? ["extractor", "transfer"] : kind == SpecKeys.Text ? ["field"] : [];
        return (spec.Root["validate"] as SpecMap)?.Entries.Where(e => keys.Contains(e.Key)) ?? [];
    }

    /// <summary>The source of a spec of scenes is a set of real pictures, which frames are held against.</summary>
    private void Pictures()
    {
        if (spec.Source is { } source)
        {
            if (source.Train is null)
                faults.Error(Codes.NotAvailable, source.At, "frames are held against pictures in a folder; write 'source: FOLDER'");
            foreach (var entry in (spec.Root["source"] as SpecMap)?.Entries.Where(e => e.Key is not ("train" or "holdout")) ?? [])
                faults.Error(Codes.Contradiction, entry.KeyAt,
                $"'{entry.Key}' is for tables, and the source of scenes is a set of pictures; "
                    + "remove it");
        }
        foreach (var entry in (spec.Root["split"] as SpecMap)?.Entries.Where(e => e.Key is not ("holdout" or "seed")) ?? [])
            faults.Error(Codes.Contradiction, entry.KeyAt, $"'{entry.Key}' is for tables, and pictures have no columns; remove it, or name "
                + "'source.holdout'");
    }

    private void Roles()
    {
        foreach (var role in new[] { ColumnRole.Target, ColumnRole.Time, ColumnRole.Weight })
        {
            foreach (var second in spec.Columns.Where(c => c.Role == role).Skip(1))
            {
                faults.Error(Codes.Contradiction, second.At,
                    $"column '{Nearest.Printable(second.Name)}' is a second column of role {SpecKeys.Snake(role.ToString())}; "
                        + "one is allowed");
            }
        }
    }

    private void Split()
    {
        if (spec.Split is not { } split) return;
        if (spec.Source is null)
            faults.Error(Codes.Contradiction, split.At, "'split' parts real data, and the spec has no 'source'; remove it");
        else if (spec.Source.Holdout is not null)
            faults.Error(Codes.Contradiction, split.At, "'source' names a holdout already; remove 'split' or 'source.holdout'");
        if (split.By is not null && split.By == split.Stratify)
            faults.Error(Codes.Contradiction, split.At,
                "'by' and 'stratify' name the same column; strata are groups of entities");
    }

    private void Target()
    {
        if (spec.Source?.Target is not { } target) return;
        foreach (var column in spec.Columns)
        {
            if (column.Role == ColumnRole.Target && column.Name != target)
            {
                faults.Error(Codes.Contradiction, column.At,
                    $"'source.target' is '{Nearest.Printable(target)}', and column '{Nearest.Printable(column.Name)}' has "
                        + "role target; keep one");
            }
            else if (column.Name == target && column.Role is not (null or ColumnRole.Target))
            {
                faults.Error(Codes.Contradiction, column.At,
                    $"column '{Nearest.Printable(column.Name)}' is the target of 'source' and has another role; remove one");
            }
        }
    }

    private void Protected()
    {
        for (int i = 0; i < spec.Protect.Count; i++)
        {
            var (column, at) = spec.Protect[i];
            string name = Nearest.Printable(column);
            if (spec.Protect.Take(i).Any(p => p.Column == column))
                faults.Error(Codes.Contradiction, at, $"'protect' names '{name}' twice; keep one");
            else if (column == spec.Source?.Target)
                faults.Error(Codes.Contradiction, at, $"'{name}' is the target, and 'protect' names it: groups are told apart by what "
                    + "stands beside the outcome; remove it");
            else if (i == ProtectSpec.Most)
                faults.Error(Codes.Contradiction, at, $"'{name}' is a fifth protected column, and every intersection is measured; "
                    + $"keep {ProtectSpec.Most}");
            else if (spec.Source is null && i == 0)
                faults.Error(Codes.Contradiction, at, "protected groups are compared with real rows, and the spec has no 'source'; "
                    + "remove 'protect' and role protected");
        }
        if (spec.Independence > 0) Loose();
        if (spec.Protect.Count > 0) return;
        var gated = spec.Gates.FirstOrDefault(g => g.Metric.StartsWith("fairness.", StringComparison.Ordinal));
        if (gated is not null)
            faults.Error(Codes.MissingKey, gated.At, $"'{Nearest.Printable(gated.Metric)}' is measured on groups, and the spec "
                + "protects no column; add 'protect: [column]'");
    }

    /// <summary>What cannot stand beside <c>independence</c>.</summary>
    private void Loose()
    {
        var at = root.KeyAt("protect");
        if (spec.Protect.Count == 0)
            faults.Error(Codes.MissingKey, at, "'independence' cuts the target loose from groups, and 'protect' names none; add 'columns'");
        else if (spec.Source is { Target: null })
            faults.Error(Codes.MissingKey, at, "'independence' cuts a target loose from groups, and 'source' names none; add its 'target'");
        else if (spec.Balance.Count > 0 || spec.Conditions.Count > 0)
            faults.Error(Codes.Contradiction, at, "'independence' decides how many rows each group has with each outcome, and so does "
                + $"'{(spec.Balance.Count > 0 ? "balance" : "conditions")}'; keep one of them");
        else if (spec.Privacy is not null)
            faults.Error(Codes.Contradiction, at, "'independence' counts groups and outcomes in the training rows, which 'privacy' has "
                + "not paid for; remove it");
    }

    /// <summary>What cannot stand beside <c>supplement</c>, which decides alone what is drawn and gives real rows out.</summary>
    private void Supplement()
    {
        if (spec.Supplement is not { } supplement) return;
        (bool Is, string Why)[] against =
        [
            (spec.Source is null, "stands beside real rows, and the spec has no 'source'; remove it"),
            (spec.Engine.Name == "rules", "adds rows that were learned, and engine 'rules' learns nothing; name another engine"),
            (spec.Rows is not null, "decides how many rows there are; remove 'rows'"),
            (spec.Balance.Count > 0, "decides what is drawn, and so does 'balance'; keep one of them"),
            (spec.Conditions.Count > 0, "decides what is drawn, and so does 'conditions'; keep one of them"),
            (spec.Independence > 0, "decides what is drawn, and so does protect.independence; keep one of them"),
            (spec.Refine is not null, "adds rows for some conditions, and 'refine' chooses rows by the counts of all; remove one of them"),
            (spec.Privacy is not null, "gives out the real rows themselves, which 'privacy' promises not to; remove one of them"),
            (spec.Constraints.Any(c => c is UniqueConstraint), "gives out real rows as they are, which a constraint 'unique' cannot bind; "
                + "remove one of them"),
            (supplement.Mark is { } mark && spec.Columns.Any(c => c.Name == mark),
                $"adds the column '{Nearest.Printable(supplement.Mark ?? "")}', and there is one of that name; choose another 'mark'"),
        ];
        foreach (var (_, why) in against.Where(a => a.Is)) faults.Error(Codes.Contradiction, supplement.At, $"'supplement' {why}");
    }

    private void Amounts()
    {
        if (spec.Balance.Count > 0 && spec.Conditions.Count > 0)
        {
            faults.Error(Codes.Contradiction, root.KeyAt("conditions"),
                "'balance' and 'conditions' both fix what is drawn; keep one of them");
        }
        if (spec is { Refine: { } refine, Rows: { } asked } && asked > RefineSpec.MostPoolRows / refine.Pool)
            faults.Add(refine.TooLarge(asked, RefineSpec.MostPoolRows));
        if (spec is { Refine: { Regions: > 0 } regions, Source.Target: null })
            faults.Error(Codes.Contradiction, regions.At,
                "'refine' counts a target in 'regions', and 'source' names none; give it a 'target', or remove 'regions'");
        long wanted = spec.Conditions.Aggregate(0L, (sum, c) => sum + c.Rows);
        if (spec.Rows is { } rows && wanted > rows)
        {
            faults.Error(Codes.Contradiction, root.KeyAt("conditions"),
                $"the conditions ask for {wanted} rows, more than 'rows: {rows}'; raise 'rows' or lower them");
        }
    }

    /// <summary>Nothing can be inferred, so everything must be declared, and every name can be judged now.</summary>
    private void WithoutSource()
    {
        if (spec.Rows is null && !rowsGiven && spec.Conditions.Count == 0 && spec.Kind != SpecKeys.Table)
            faults.Error(Codes.MissingKey, root.At, (spec.Kind == SpecKeys.Text ? "without 'source' the spec must say how many records"
                : "the spec must say how many frames") + " to make; add 'rows: …', or ask for them with make --rows");
        if (spec.Kind != SpecKeys.Table) return;
        if (spec.Engine.Name is not ("" or "rules"))
        {
            faults.Error(Codes.MissingKey, spec.Engine.At,
                $"engine '{Nearest.Printable(spec.Engine.Name)}' learns from data; add 'source: file', or use engine rules");
            return;
        }
        if (spec.Columns.Count == 0) faults.Error(Codes.MissingKey, root.At,
            "without 'source' the spec must describe its 'columns'");
        if (spec.Rows is null && !rowsGiven && spec.Conditions.Count == 0)
            faults.Error(Codes.MissingKey, root.At,
                "without 'source' the spec must say how many 'rows' to make; add 'rows: …', or ask for them with make --rows");
        if (spec.Columns.Count > 0) new NameCheck(spec, [.. spec.Columns.Select(c => c.Name)], faults).Run();
    }
}
