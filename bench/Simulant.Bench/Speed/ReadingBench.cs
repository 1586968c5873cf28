using System.Text;
using Simulant.Data;
using Simulant.Provenance;

namespace Simulant.Bench.Speed;

/// <summary>
/// Reading and writing CSV, JSONL and Parquet: a table of twelve columns of every kind, one thread, beside DuckDB on the same
/// files (<c>create table as</c> for reading, <c>copy to</c> for writing). What is read must be what was written.
/// </summary>
internal static class ReadingBench
{
    public static readonly Benchmark Benchmark = new("reading", "CSV, JSONL and Parquet read and written, beside DuckDB", Run);

    private static void Run(BenchContext context)
    {
        int rows = context.Option("rows", context.Tiny ? 500 : 300_000);
        var table = BenchTables.Mixed(rows);
        string digest = LogicalDigest.Of(table);
        context.Result(Encoding.UTF8.GetBytes(digest));
        using var scratch = new ScratchFolder();
        using var duck = new DuckDb(1);
        foreach (string format in (string[])["csv", "jsonl", "parquet"])
        {
            string path = scratch.File("rows." + format);
            double write = context.CpuSeconds(() => BenchTables.Write(table, path, format), 3);
            double megabytes = new FileInfo(path).Length / 1e6;
            void Speed(string what, double seconds)
            {
                context.Figure($"{format}: {what}", megabytes / seconds, "MB/CPU s");
                context.Figure($"{format}: {what}", rows / seconds, "rows/CPU s");
            }
            context.Figure($"{format}: file", megabytes, "MB");
            context.Check(LogicalDigest.Of(TableReader.ReadAs(path, table.Schema)) == digest,
                $"{format}: what is read is what was written");
            Speed("write", write);
            Speed("read under a schema", context.CpuSeconds(() => TableReader.ReadAs(path, table.Schema), 3));
            Speed("read and infer", context.CpuSeconds(() => TableReader.Read(path), 3));
            Reference(context, duck, table, path, scratch.File("duck." + format), Speed, megabytes);
        }
    }

    private static void Reference(
        BenchContext context, DuckDb duck, Table table, string path, string copy, Action<string, double> speed, double megabytes)
    {
        string format = Path.GetExtension(path)[1..];
        string source = $"{format switch { "csv" => "read_csv", "jsonl" => "read_json", _ => "read_parquet" }}({DuckDb.Literal(path)})";
        double read = context.CpuSeconds(() =>
            duck.Execute($"create or replace table rows as select * from {source}", CancellationToken.None), 3);
        context.Check(Total(duck, table) is var (count, sum) && count == table.RowCount && sum, $"{format}: DuckDB reads the same rows");
        string kind = format == "jsonl" ? "json" : format;
        double write = context.CpuSeconds(() =>
            duck.Execute($"copy rows to {DuckDb.Literal(copy)} (format {kind})", CancellationToken.None), 3);
        speed("DuckDB reads it", read);
        context.Figure($"{format}: DuckDB writes its own", new FileInfo(copy).Length / 1e6 / write, "MB/CPU s");
        context.Figure($"{format}: DuckDB writes its own", table.RowCount / write, "rows/CPU s");
        context.Check(megabytes > 0 && new FileInfo(copy).Length > 0, $"{format}: both files hold something");
    }

    /// <summary>The rows DuckDB counts, and whether its sums of the whole numbers are ours.</summary>
    private static (long Count, bool Equal) Total(DuckDb duck, Table table)
    {
        using var result = duck.Query("select count(*)::double, sum(age)::double, sum(gain)::double from rows", CancellationToken.None);
        using var chunk = result.Next()!;
        double Sum(string name)
        {
            double sum = 0;
            foreach (double v in ((NumericColumn)table[name]).Values) if (!double.IsNaN(v)) sum += v;
            return sum;
        }
        double Cell(int column)
        {
            double[] one = new double[1];
            chunk.CopyTo(column, one);
            return one[0];
        }
        return ((long)Cell(0), Cell(1) == Sum("age") && Cell(2) == Sum("gain"));
    }
}
