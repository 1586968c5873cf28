using System.Diagnostics;
using System.Text;
using Simulant.Bench.Quality;
using Simulant.Data;
using Simulant.Provenance;
using Simulant.Runs;
using Simulant.Tabular;

namespace Simulant.Bench.Speed;

/// <summary>
/// Fit and sample on Adult's training part, in process, after reading and a warm-up: trees 32,561 rows (mark: 1.5 CPU s
/// together), copula fit (.4) and 1,000,000 rows (1), then those to Parquet (3 more). One thread; rows must be the same with two.
/// </summary>
internal static class EnginesBench
{
    public static readonly Benchmark Benchmark = new("engines", "fit and sample Adult with trees and copula, 1,000,000 rows to Parquet",
        Run);

    private static void Run(BenchContext context)
    {
        using var scratch = new ScratchFolder();
        var spec = Source(context, scratch);
        var training = DefaultSpec.Read(spec.With(), RunContext.Quiet(1)).Training;
        var trees = Time(context, spec, training, "trees");
        context.Figure("peak working set so far", Process.GetCurrentProcess().PeakWorkingSet64 / 1e6, "MB");
        Time(context, spec, training, "copula", trees.Schema);
    }

    internal static DefaultSpec Source(BenchContext context, ScratchFolder scratch)
    {
        if (!context.Tiny)
        {
            string folder = BenchContext.SharedData
                ?? throw new ArgumentException("set SIMULANT_DATA to the folder that holds tabular/adult_train.csv");
            return new DefaultSpec(Path.Combine(folder, "tabular", "adult_train.csv"), "income",
                Path.Combine(folder, "tabular", "adult_test.csv"));
        }
        BenchTables.Write(BenchTables.Mixed(200), scratch.File("tiny.csv"), "csv");
        return new DefaultSpec(scratch.File("tiny.csv"), "kind");
    }

    private static ISampler Time(BenchContext context, DefaultSpec table, Table training, string engine, DatasetSchema? like = null)
    {
        var spec = table.With(engine: engine);
        spec = spec with { Rows = training.RowCount };
        int rows = training.RowCount;
        ISampler Fit(int threads) => EngineTable.Shipped[engine].Fit(
            new TableRequest(spec, training.Schema), Dataset.Of(training), RunContext.Quiet(1, threads));
        static Table Draw(ISampler from, int count, int threads) =>
            from.Sample(new ItemRange(0, count), RunContext.Quiet(1, threads)).Single;

        var sampler = Fit(1);
        var drawn = Draw(sampler, rows, 1);
        string digest = LogicalDigest.Of(drawn);
        context.Check(drawn.RowCount == rows && drawn.Columns.Count == training.Columns.Count, $"{engine}: as many rows as asked for");
        context.Check(LogicalDigest.Of(Draw(Fit(2), rows, 2)) == digest, $"{engine}: two threads give the same rows");
        context.Result(Encoding.UTF8.GetBytes(digest));
        if (like is not null)
            context.Check(sampler.Schema.Single.Columns.SequenceEqual(like.Single.Columns), $"{engine}: the columns that trees give");

        double fit = context.CpuSeconds(() => sampler = Fit(1)), sample = context.CpuSeconds(() => Draw(sampler, rows, 1));
        context.Figure($"{engine}: fit {rows} rows", fit, "CPU s");
        context.Figure($"{engine}: sample {rows} rows", sample, "CPU s");
        context.Figure($"{engine}: fit and sample", fit + sample, "CPU s");
        if (engine == "copula") Million(context, sampler);
        return sampler;
    }

    private static void Million(BenchContext context, ISampler sampler)
    {
        int rows = context.Tiny ? 3_000 : 1_000_000;
        var run = RunContext.Quiet(1);
        List<Table> drawn = [];
        double sample = context.CpuSeconds(() =>
        {
            drawn.Clear();
            DataFiles.Draw(sampler, 0, rows, run, drawn.Add);
        }, 3);
        context.Figure($"copula: sample {rows} rows", sample, "CPU s");
        using var scratch = new ScratchFolder();
        string path = scratch.File("many.parquet");
        void Write()
        {
            using var stream = File.Create(path);
            using var writer = ShardWriter.Create("parquet", sampler.Schema.Single, stream);
            foreach (var rows in drawn) writer.Append(rows);
            writer.Complete();
        }
        double cpu = context.CpuSeconds(Write, 3), wall = context.WallSeconds(Write, 3);
        context.Figure($"copula: write {rows} rows to Parquet", cpu, "CPU s");
        context.Figure($"copula: write {rows} rows to Parquet", wall, "wall s");
        using var stored = new LogicalDigest(sampler.Schema.Single);
        foreach (var table in drawn) stored.Append(table);
        string read = LogicalDigest.Of(TableReader.ReadAs(path, sampler.Schema.Single));
        context.Check(read == stored.Finish(), "copula: the file holds the rows that were drawn");
    }
}
