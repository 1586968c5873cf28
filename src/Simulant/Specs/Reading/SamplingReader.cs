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
}
