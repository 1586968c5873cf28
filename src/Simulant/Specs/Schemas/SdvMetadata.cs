using Simulant.Data;

namespace Simulant.Specs.Schemas;

/// <summary>
/// SDV's metadata.json: the single-table form (<c>columns</c> at the top) and the multi-table form (<c>tables</c>). Types here
/// are
/// those of the public documentation of SDV 1.x.
/// </summary>
internal sealed class SdvMetadata(string file, DiagnosticBag faults)
{
    private static readonly Dictionary<string, PersonalData> Personal = new(StringComparer.Ordinal)
    {
        ["name"] = PersonalData.FullName, ["first_name"] = PersonalData.FirstName, ["last_name"] = PersonalData.LastName,
        ["email"] = PersonalData.Email, ["phone_number"] = PersonalData.Phone, ["address"] = PersonalData.Address,
        ["street_address"] = PersonalData.Address, ["city"] = PersonalData.City, ["postcode"] = PersonalData.PostalCode,
        ["zipcode"] = PersonalData.PostalCode, ["credit_card_number"] = PersonalData.CardNumber,
        ["iban"] = PersonalData.BankAccount, ["bban"] = PersonalData.BankAccount, ["ssn"] = PersonalData.NationalNumber,
        ["ipv4_address"] = PersonalData.IpAddress, ["ipv6_address"] = PersonalData.IpAddress,
        ["user_name"] = PersonalData.UserName, ["company"] = PersonalData.Company,
    };

    public static IReadOnlyList<DeclaredTable>? Read(string text, string file, DiagnosticBag faults)
    {
        var root = JsonNodes.Read(text, file, faults);
        if (root is null) return null;
        return new SdvMetadata(file, faults).Tables(root);
    }

    private List<DeclaredTable>? Tables(SpecNode root)
    {
        if (root is SpecMap map && map["tables"] is SpecMap several)
            return [.. several.Entries.Select(e => e.Value is SpecMap t ? Table(e.Key, t) : null).OfType<DeclaredTable>()];
        if (root is SpecMap single && single["columns"] is SpecMap)
        {
            string name = single["table_name"] is SpecScalar named ? named.Text : Path.GetFileNameWithoutExtension(file);
            return Table(name, single) is { } table ? [table] : null;
        }
        faults.Error(Codes.SchemaSyntax, root.At, "no SDV metadata: neither 'tables' nor 'columns' at the top");
        return null;
    }

    private DeclaredTable? Table(string name, SpecMap map)
    {
        if (map["columns"] is not SpecMap columns)
        {
            faults.Error(Codes.SchemaSyntax, map.At, $"table '{Nearest.Printable(name)}' has no map 'columns'");
            return null;
        }
        var declared = columns.Entries.Select(Column).ToList();
        foreach (var key in Keys(map, "primary_key")) SetRole(declared, key, ColumnRole.Id);
        foreach (var key in Keys(map, "sequence_key")) SetRole(declared, key, ColumnRole.Entity);
        foreach (var key in Keys(map, "sequence_index")) SetRole(declared, key, ColumnRole.Time);
        var keys = Keys(map, "primary_key").Select(k => k.Text).Distinct().ToArray();
        Constraint[] constraints = keys.Length > 1
            ? [new UniqueConstraint(keys, $"unique {string.Join(", ", keys.Select(Expression.Quote))}", map["primary_key"]!.At)]
            : [];
        return new DeclaredTable(name, declared, constraints);
    }

    private static IEnumerable<SpecScalar> Keys(SpecMap map, string key) => map[key] switch
    {
        SpecScalar { IsNull: false } one => [one],
        SpecList list => list.Items.OfType<SpecScalar>(),
        _ => [],
    };

    private void SetRole(List<ColumnSpec> columns, SpecScalar name, ColumnRole role)
    {
        int index = columns.FindIndex(c => c.Name == name.Text);
        if (index >= 0) columns[index] = columns[index] with { Role = role };
        else faults.Error(Codes.SchemaContent, name.At,
            $"the key names a column '{Nearest.Printable(name.Text)}' that is not declared");
    }

    private ColumnSpec Column(SpecEntry entry)
    {
        var column = new ColumnSpec(entry.Key, entry.KeyAt);
        if (entry.Value is not SpecMap map || map["sdtype"] is not SpecScalar type)
        {
            Warn(entry.KeyAt, $"column '{Nearest.Printable(entry.Key)}' has no 'sdtype'; it is inferred");
            return column;
        }
        bool? pii = (map["pii"] as SpecScalar)?.Truth;
        if (Personal.TryGetValue(type.Text, out var personal))
            return column with { Kind = ColumnKind.Text, Personal = pii == false ? PersonalData.None : personal };
        switch (type.Text)
        {
            case "numerical":
                return column with { Kind = Number(map["computer_representation"] as SpecScalar) };
            case "categorical":
                return Ordered(column with { Kind = ColumnKind.Category }, map);
            case "boolean":
                return column with { Kind = ColumnKind.Boolean };
            case "datetime":
                return Dated(column, map["datetime_format"] as SpecScalar);
            case "id":
                return column with { Kind = ColumnKind.Identifier };
            case "text":
                return column with { Kind = ColumnKind.Text };
            default:
                if (type.Text != "unknown")
                    Warn(type.At, $"the sdtype '{Nearest.Printable(type.Text)}' has no counterpart; "
                        + $"'{Nearest.Printable(entry.Key)}' is inferred");
                return column;
        }
    }

    private static ColumnKind? Number(SpecScalar? representation) => representation?.Text switch
    {
        null => null,
        "Float" or "Float32" or "Float64" => ColumnKind.Decimal,
        _ => ColumnKind.Integer,
    };

    private static ColumnSpec Ordered(ColumnSpec column, SpecMap map) => map["order"] is SpecList order
        ? column with { Ordered = true, Levels = [.. order.Items.OfType<SpecScalar>().Select(s => s.Text).Distinct()] }
        : column;

    private ColumnSpec Dated(ColumnSpec column, SpecScalar? format)
    {
        if (format is null || format.IsNull) return column;
        var kind = !Strftime.HasTime(format.Text) ? ColumnKind.Date
            : Strftime.HasDate(format.Text) ? ColumnKind.Timestamp : ColumnKind.Time;
        string? net = Strftime.ToNet(format.Text);
        if (net is null)
            Warn(format.At, $"the format '{Nearest.Printable(format.Text)}' has no counterpart; how the dates are written is "
                + "inferred");
        return column with { Kind = kind, Format = net is "yyyy-MM-dd" ? null : net };
    }

    private void Warn(SourcePosition at, string message) => faults.Warn(Codes.SchemaContent, at, message);
}
