using Simulant.Data;
using Simulant.Specs.Expressions;

namespace Simulant.Specs.Reading;

/// <summary>What the spec declares of columns.</summary>
/// <param name="ownOptions">Whether the engine reads options of its own from a column's map; else unknown keys are
/// faults.</param>
internal sealed class ColumnReader(DiagnosticBag faults, bool ownOptions)
{
    public IReadOnlyList<ColumnSpec> Read(Fields root)
    {
        if (root.Map("columns") is not { } map) return [];
        var columns = new List<ColumnSpec>();
        foreach (var entry in map.Entries)
        {
            if (entry.Key.Length == 0) faults.Error(Codes.BadValue, entry.KeyAt, "a column has no name");
            else columns.Add(Column(entry));
        }
        return columns;
    }

    private ColumnSpec Column(SpecEntry entry)
    {
        var column = new ColumnSpec(entry.Key, entry.KeyAt);
        if (entry.Value is SpecScalar { IsNull: true }) return column;
        if (entry.Value is SpecScalar type) return column with { Kind = Member<ColumnKind>(type, "type") };
        if (entry.Value is not SpecMap map)
        {
            faults.Error(Codes.WrongType, entry.Value.At,
                $"a column is described by a type or a map, found {Fields.Describe(entry.Value)}");
            return column;
        }
        var fields = new Fields(map, SpecKeys.Column with { Name = $"column '{Nearest.Printable(entry.Key)}'" }, faults,
            keepUnknown: ownOptions);
        column = column with
        {
            Kind = Member<ColumnKind>(fields.Scalar("type"), "type"),
            Role = Member<ColumnRole>(fields.Scalar("role"), "role"),
            Levels = Levels(fields),
            Ordered = fields.Truth("ordered"),
            Decimals = (int?)fields.Integer("decimals"),
            Format = fields.Text("format"),
            Personal = Personal(fields),
            Description = fields.Text("description"),
            Options = map,
        };
        if (fields.Node("domain") is { } domain) column = Domain(column, domain, fields);
        Agree(column, fields);
        return column;
    }

    private TEnum? Member<TEnum>(SpecScalar? scalar, string key) where TEnum : struct, Enum
    {
        if (scalar is null) return null;
        var checker = new Fields(new SpecMap([], scalar.At), SpecKeys.Column, faults);
        return checker.Text(scalar, SpecKeys.Column.Find(key)!) is { } name ? Enum.Parse<TEnum>(name.Replace("_", ""),
            ignoreCase: true) : null;
    }

    private PersonalData? Personal(Fields fields)
    {
        if (fields.Scalar("personal") is not { } scalar) return null;
        if (scalar.Truth == false) return PersonalData.None;
        if (scalar.Truth != true) return Member<PersonalData>(scalar, "personal");
        faults.Error(Codes.BadValue, scalar.At,
            $"'personal: true' does not say what to generate; choose one of "
                + $"{string.Join(", ", SpecKeys.Names<PersonalData>().Skip(1))}");
        return null;
    }

    private string[]? Levels(Fields fields)
    {
        if (fields.Texts("levels") is not { } texts) return null;
        if (texts.Count == 0) faults.Error(Codes.BadValue, fields.Node("levels")!.At,
            "'levels' is empty; list the values or remove the key");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in texts)
            if (!seen.Add(text.Text)) faults.Error(Codes.DuplicateName, text.At,
                $"the level '{Nearest.Printable(text.Text)}' stands twice");
        return [.. seen];
    }

    private ColumnSpec Domain(ColumnSpec column, SpecNode node, Fields fields)
    {
        if (node is not SpecList { Items.Count: 2 } list)
        {
            faults.Error(Codes.WrongType, node.At, "'domain' must be a range [low, high]; for a list of values use 'levels'");
            return column;
        }
        double? low = End(list.Items[0], column.Kind), high = End(list.Items[1], column.Kind);
        if (low > high)
            faults.Error(Codes.BadValue, node.At,
                "the range of 'domain' is empty: its low end lies above its high end; swap them");
        return column with { Minimum = Finite(low), Maximum = Finite(high) };
    }

    private static double? Finite(double? value) => value is { } v && double.IsFinite(v) ? v : null;

    /// <summary>An end in the column's storage units; null where open.</summary>
    private double? End(SpecNode node, ColumnKind? kind)
    {
        if (node is not SpecScalar scalar)
        {
            faults.Error(Codes.WrongType, node.At,
                $"an end of 'domain' must be a number, a date or null, found {Fields.Describe(node)}");
            return null;
        }
        if (scalar.IsNull) return null;
        bool dated = kind is ColumnKind.Date or ColumnKind.Time or ColumnKind.Timestamp;
        double? value = kind switch
        {
            ColumnKind.Date => Instants.Date(scalar.Text),
            ColumnKind.Time => Instants.Time(scalar.Text),
            ColumnKind.Timestamp => Instants.Timestamp(scalar.Text),
            _ => scalar.Number,
        };
        if (value is not null) return value;
        string advice = dated ? $"write it as a {SpecKeys.Snake(kind.ToString()!)}, such as {Example(kind)}"
            : Instants.Timestamp(scalar.Text) is not null ? "give the column's type first: date or timestamp"
            : "write a number, or null for an open end";
        faults.Error(Codes.WrongType, scalar.At, $"'{Nearest.Printable(scalar.Text)}' is no end for 'domain'; {advice}");
        return null;
    }

    private static string Example(ColumnKind? kind) => kind switch
    {
        ColumnKind.Date => "2024-01-31",
        ColumnKind.Time => "23:59:00",
        _ => "2024-01-31T23:59:00",
    };

    /// <summary>Options that exclude each other.</summary>
    private void Agree(ColumnSpec column, Fields fields)
    {
        if (column.Kind is not { } kind) return;
        bool numeric = new ColumnSchema(column.Name, kind).IsNumericStorage;
        string type = SpecKeys.Snake(kind.ToString());
        void Clash(string key, bool clash, string remedy)
        {
            if (clash && fields.Node(key) is { } node)
                faults.Error(Codes.Contradiction, node.At, $"'{key}' does not go with type {type}; {remedy}");
        }
        Clash("levels", numeric, "use 'domain', or make the type category");
        Clash("ordered", kind is not ColumnKind.Category, "only the levels of a category have an order");
        Clash("domain", !numeric, "use 'levels', or make the type integer or decimal");
        Clash("decimals", kind is not ColumnKind.Decimal, "make the type decimal");
        Clash("personal", numeric && column.Personal is not (null or PersonalData.None),
            "personal data is text; make the type text");
    }
}
