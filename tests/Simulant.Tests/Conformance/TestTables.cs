using Simulant.Data;
using Simulant.Numerics.Random;

namespace Simulant.Tests.Conformance;

/// <summary>Tables made here, by address: an everyday one and the ugly ones.</summary>
internal static class TestTables
{
    /// <summary>Every kind of column, dependences and missing values.</summary>
    public static Table Everyday(int rows = 400)
    {
        var random = new RandomStream(7, "everyday");
        return Of("everyday",
            Number("age", ColumnKind.Integer, rows, i => Math.Floor(18 + 60 * random.Uniform(i, 0))),
            Number("income", ColumnKind.Decimal, rows, i =>
                random.Uniform(i, 1) < 0.3 ? 0 : Math.Round(Math.Exp(8 + random.Normal(i, 2)), 2), decimals: 2),
            Number("height", ColumnKind.Decimal, rows, i =>
                random.Uniform(i, 3) < 0.1 ? double.NaN : 160 + 12 * random.Normal(i, 4)),
            Number("joined", ColumnKind.Date, rows, i => 18000 + random.Below(900, i, 5)),
            Number("at", ColumnKind.Time, rows, i => 1e6 * random.Below(86400, i, 6)),
            Number("seen", ColumnKind.Timestamp, rows, i => 1.6e15 + 1e6 * random.Below(100_000_000, i, 7)),
            Coded("member", ColumnKind.Boolean, rows, i => random.Uniform(i, 8) < 0.2 ? "true" : "false"),
            Coded("city", ColumnKind.Category, rows, i =>
                random.Uniform(i, 9) < 0.05 ? null : "city " + (int)(5 * Math.Pow(random.Uniform(i, 10), 2))));
    }

    public static IReadOnlyDictionary<string, Func<Table>> Ugly { get; } = new Dictionary<string, Func<Table>>
    {
        ["constant"] = () =>
            Of("constant", Number("n", ColumnKind.Integer, 60, _ => 7), Coded("c", ColumnKind.Category, 60, _ => "only"),
                Ramp(60)),
        ["all constant"] = () =>
            Of("all constant", Number("n", ColumnKind.Decimal, 60, _ => 0.5, decimals: 1),
                Coded("c", ColumnKind.Category, 60, _ => "only")),
        ["all missing"] = () =>
            Of("all missing", Number("n", ColumnKind.Decimal, 60, _ => double.NaN), Coded("c", ColumnKind.Category, 60, _ =>
                null), Ramp(60)),
        ["one row"] = () =>
            Of("one row", Number("n", ColumnKind.Integer, 1, _ => 3), Coded("c", ColumnKind.Category, 1, _ => "a")),
        ["two rows"] = () =>
            Of("two rows", Number("n", ColumnKind.Decimal, 2, i => i), Coded("c", ColumnKind.Category, 2, i =>
                i == 0 ? "a" : null)),
        ["one column"] = () => Of("one column", Ramp(60)),
        ["one missing value"] = () =>
            Of("one missing value", Number("n", ColumnKind.Integer, 60, i => i == 30 ? double.NaN : i), Ramp(60)),
        ["10,000 categories"] = () =>
            Of("many", Coded("c", ColumnKind.Category, 12_000, i => "level " + (i % 10_000)), Ramp(12_000)),
        ["unicode names"] = () =>
            Of("таблица 表 📊", Number("größe \"quoted\"", ColumnKind.Integer, 60, i => i % 9),
                Coded("имя\nline", ColumnKind.Category, 60, i => i % 2 == 0 ? "да" : "ne\u0301t"),
            Coded("<b>'; DROP TABLE x; --", ColumnKind.Category, 60, i => i % 3 == 0 ? "" : "👩‍👩‍👧")),
        ["infinite"] = () =>
            Of("infinite", Number("n", ColumnKind.Decimal, 60, i =>
                i % 10 == 0 ? double.PositiveInfinity : i % 10 == 1 ? double.NegativeInfinity : i), Ramp(60)),
        ["huge"] = () =>
            Of("huge", Number("n", ColumnKind.Decimal, 60, i => (i % 3 - 1) * double.MaxValue),
                Number("m", ColumnKind.Decimal, 60, i => i % 2 == 0 ? double.Epsilon : 1e300 * i), Ramp(60)),
        ["far integers"] = () => Of("far integers", Number("n", ColumnKind.Integer, 60, i => (1L << 53) - i), Ramp(60)),
        ["wide"] = () => Of("wide", [.. Enumerable.Range(0, 120).Select(c => c % 2 == 0
            ? Number("n" + c, ColumnKind.Integer, 80, i => (i * (c + 3)) % 11)
                : Coded("c" + c, ColumnKind.Category, 80, i => "v" + (i * c) % 5))]),
        ["rare level"] = () =>
            Of("rare level", Coded("c", ColumnKind.Category, 500, i => i == 250 ? "rare" : "common"), Ramp(500)),
    };

    public static Column Number(string name, ColumnKind kind, int rows, Func<int, double> value, int decimals = -1) =>
        new NumericColumn(new ColumnSchema(name, kind) { Decimals = decimals }, [.. Enumerable.Range(0, rows).Select(value)]);

    /// <summary>Levels in order of first appearance; null is missing.</summary>
    public static Column Coded(string name, ColumnKind kind, int rows, Func<int, string?> value)
    {
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        if (kind == ColumnKind.Boolean) (codes["false"], codes["true"]) = (0, 1);
        int[] coded = [.. Enumerable.Range(0, rows).Select(i =>
        {
            if (value(i) is not { } text) return -1;
            if (!codes.TryGetValue(text, out int code)) codes[text] = code = codes.Count;
            return code;
        })];
        return new CodedColumn(new ColumnSchema(name, kind), coded, [.. codes.Keys]);
    }

    public static Table Of(string name, params Column[] columns) => new(name, columns);

    private static Column Ramp(int rows) => Number("ramp", ColumnKind.Decimal, rows, i => i * 0.25 + (i * i) % 7, decimals: 2);
}
