using System.Globalization;

namespace Simulant.Specs.Reading;

/// <summary>What the sample must look like: shares of levels, and exact counts per condition.</summary>
internal static class SamplingReader
{
    private const double Slack = 1e-9;

    public static IReadOnlyList<BalanceSpec> Balance(Fields root, DiagnosticBag faults)
    {
        if (root.Map("balance") is not { } map) return [];
        var balance = new List<BalanceSpec>();
        foreach (var entry in map.Entries)
        {
            if (entry.Value is not SpecMap { Entries.Count: > 0 } levels)
            {
                faults.Error(Codes.WrongType, entry.Value.At,
                    $"'{Nearest.Printable(entry.Key)}' needs a map of levels to shares, such as {{ yes: 0.5 }}, found "
                        + $"{Fields.Describe(entry.Value)}");
                continue;
            }
            var shares = levels.Entries.Select(e => KeyValuePair.Create(e.Key, Share(e, faults))).ToArray();
            double sum = shares.Sum(s => s.Value);
            if (sum > 1 + Slack)
            {
                faults.Error(Codes.BadValue, entry.KeyAt, string.Create(CultureInfo.InvariantCulture,
                    $"the shares of '{Nearest.Printable(entry.Key)}' sum to {sum:0.######}; they may sum to at most 1"));
            }
            balance.Add(new BalanceSpec(entry.Key, shares, entry.KeyAt));
        }
        return balance;
    }

    private static double Share(SpecEntry entry, DiagnosticBag faults)
    {
        if (entry.Value is SpecScalar scalar && Quantities.Share(scalar.Text) is { } share and >= 0 and <= 1) return share;
        faults.Error(Codes.BadValue, entry.Value.At,
            $"the share of '{Nearest.Printable(entry.Key)}' is {Fields.Describe(entry.Value)}; write a number from 0 to 1, or "
                + "a percentage");
        return 0;
    }

    public static IReadOnlyList<ConditionSpec> Conditions(Fields root, DiagnosticBag faults)
    {
        if (root.List("conditions") is not { } list) return [];
        var conditions = new List<ConditionSpec>();
        foreach (var item in list.Items)
        {
            if (item is not SpecMap map)
            {
                faults.Error(Codes.WrongType, item.At,
                    $"a condition is a map such as {{ where: \"age > 80\", rows: 1000 }}, found {Fields.Describe(item)}");
                continue;
            }
            var fields = new Fields(map, SpecKeys.Condition, faults);
            var where = fields.Scalar("where") is { } scalar ? Expression.Parse(scalar, faults) : null;
            if (where is not null && fields.Count("rows") is { } rows) conditions.Add(new ConditionSpec(where, rows, item.At));
            else if (where is null) fields.Count("rows");
        }
        return conditions;
    }

    public static SupplementSpec? Supplement(Fields root, DiagnosticBag faults)
    {
        if (root.Map("supplement") is not { } map) return null;
        var fields = new Fields(map, SpecKeys.Supplement, faults);
        var reach = new List<ReachSpec>();
        var list = fields.List("reach");
        if (list is { Items.Count: 0 })
            faults.Error(Codes.MissingKey, list.At, "'reach' names no condition, so no row would be made; name one, or remove "
                + "'supplement'");
        foreach (var item in list?.Items ?? [])
        {
            if (item is SpecMap one && Reach(one, faults) is { } read) reach.Add(read);
            else if (item is not SpecMap)
                faults.Error(Codes.WrongType, item.At,
                    $"what to reach is a map such as {{ where: \"age > 80\", share: 0.1 }}, found {Fields.Describe(item)}");
        }
        double sum = reach.Sum(r => r.Share ?? 0);
        if (sum >= 1 - Slack)
            faults.Error(Codes.BadValue, root.KeyAt("supplement"), string.Create(CultureInfo.InvariantCulture,
                $"the shares to reach sum to {sum:0.######}, and rows that meet none of the conditions stay; let them sum to less than 1"));
        return new SupplementSpec(reach, fields.Text("mark"), root.KeyAt("supplement"));
    }

    private static ReachSpec? Reach(SpecMap map, DiagnosticBag faults)
    {
        var fields = new Fields(map, SpecKeys.Reach, faults);
        var where = fields.Scalar("where") is { } scalar ? Expression.Parse(scalar, faults) : null;
        double? share = null;
        if (fields.Scalar("share") is { } told)
        {
            share = Quantities.Share(told.Text);
            if (share is not (> 0 and < 1))
            {
                faults.Error(Codes.BadValue, told.At,
                    $"'share' is '{Nearest.Printable(told.Text)}'; write a number above 0 and below 1, or a percentage");
                return null;
            }
        }
        long? rows = fields.Count("rows");
        if ((share is null) != (rows is null)) return where is null ? null : new ReachSpec(where, share, rows, map.At);
        if (share is not null) faults.Error(Codes.Contradiction, map.At, "'share' and 'rows' both say how many; keep one of them");
        else if (fields.Node("share") is null && fields.Node("rows") is null)
            faults.Error(Codes.MissingKey, map.At, "nothing says how many rows shall meet the condition; add 'share' or 'rows'");
        return null;
    }
}
