using Simulant.Data;
using Simulant.Numerics.Random;

namespace Simulant.Bench.Speed;

/// <summary>Tables of any length with every kind of column, the same on every machine; and a folder that goes away.</summary>
internal static class BenchTables
{
    /// <summary>Twelve columns: integers, decimals, categories, a truth, a date, an instant and a text; some values missing.</summary>
    public static Table Mixed(int rows)
    {
        var random = new RandomStream(8, "bench/mixed");
        NumericColumn Number(string name, ColumnKind kind, int slot, Func<double, double> value, int decimals = -1, double missing = 0)
        {
            double[] values = new double[rows];
            for (int i = 0; i < rows; i++)
                values[i] = random.Uniform(i, 50 + slot) < missing ? double.NaN : value(random.Uniform(i, slot));
            return new NumericColumn(new ColumnSchema(name, kind) { Decimals = decimals }, values);
        }
        CodedColumn Coded(string name, ColumnKind kind, int slot, string[] levels, double missing = 0)
        {
            int[] codes = new int[rows];
            for (int i = 0; i < rows; i++)
            {
                double u = random.Uniform(i, slot);
                codes[i] = random.Uniform(i, 50 + slot) < missing ? -1 : (int)(levels.Length * u * u);
            }
            return new CodedColumn(new ColumnSchema(name, kind), codes, levels);
        }
        static string[] Levels(string stem, int count) => [.. Enumerable.Range(0, count).Select(l => $"{stem} {l}")];
        string[] texts = [.. Enumerable.Range(0, rows).Select(i => $"note {i}: {(int)(1e6 * random.Uniform(i, 40))}, \"quoted\"")];
        return new Table("mixed",
        [
            Number("age", ColumnKind.Integer, 0, u => Math.Floor(17 + 70 * u)),
            Number("weight", ColumnKind.Integer, 1, u => Math.Floor(12_000 + 1_400_000 * u * u)),
            Number("gain", ColumnKind.Integer, 2, u => u < 0.9 ? 0 : Math.Floor(99_999 * u), missing: 0.1),
            Number("price", ColumnKind.Decimal, 3, u => Math.Round(1_000 * u * u, 2), decimals: 2),
            Number("rate", ColumnKind.Decimal, 4, u => Math.Round(10 * u, 4), decimals: 4, missing: 0.05),
            Number("measured", ColumnKind.Decimal, 5, u => Math.Log(u + 1e-9)),
            Coded("kind", ColumnKind.Category, 6, Levels("kind", 9), 0.05),
            Coded("place", ColumnKind.Category, 7, Levels("a place of number", 400)),
            Coded("active", ColumnKind.Boolean, 8, ["false", "true"]),
            Number("day", ColumnKind.Date, 9, u => Math.Floor(12_000 + 8_000 * u)),
            Number("at", ColumnKind.Timestamp, 10, u => Math.Floor(1.5e9 + 2e8 * u) * 1e6),
            new CodedColumn(new ColumnSchema("note", ColumnKind.Text), [.. Enumerable.Range(0, rows)], texts),
        ]);
    }

    public static void Write(Table table, string path, string format)
    {
        using var stream = File.Create(path);
        using var writer = ShardWriter.Create(format, table.Schema, stream);
        writer.Append(table);
        writer.Complete();
    }
}

/// <summary>A folder for a benchmark's files, deleted with what is in it.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("simulant-bench-").FullName;

    public string File(string name) => Path.Combine(_path, name);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
