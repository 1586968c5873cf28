using Simulant.Bench.Quality;
using Simulant.Data;
using Simulant.Runs;
using Simulant.Specs;
using Simulant.Tabular;

namespace Simulant.Bench.Speed;

/// <summary>
/// The engine <c>diffusion</c> on california: first that 1, 2 and 8 threads give the same model byte for byte, then what an epoch
/// and 1,000 rows cost.
/// </summary>
internal static class DiffusionBench
{
    public static readonly Benchmark Benchmark = new("diffusion", "what an epoch and 1,000 rows of the engine diffusion cost", Run);

    private static void Run(BenchContext context)
    {
        using var scratch = new ScratchFolder();
        var table = Source(context, scratch);
        var spec = table.With(engine: "diffusion");
        var training = DefaultSpec.Read(spec, RunContext.Quiet(1)).Training;
        int epoch = context.Tiny ? 50 : Math.Max(50, (int)Math.Ceiling(0.95 * training.RowCount / 512));
        int few = 2 * epoch, more = context.Tiny ? 3 * epoch : 6 * epoch;
        byte[] one = Bytes(Fit(spec, training, few, 1));
        foreach (int threads in (int[])[2, 8])
            context.Check(Bytes(Fit(spec, training, few, threads)).AsSpan().SequenceEqual(one), $"{threads} threads give the same model");
        context.Result(one);

        ISampler sampler = Fit(spec, training, few, 1);
        double less = context.CpuSeconds(() => Fit(spec, training, few, 1), 2);
        double all = context.CpuSeconds(() => sampler = Fit(spec, training, more, 1), 2);
        // The difference leaves out what comes before and after training. Steps are counted in whole epochs.
        double step = (all - less) / (more - few);
        context.Figure($"an epoch on {training.RowCount} rows ({epoch} steps)", step * epoch, "CPU s");
        int rows = context.Tiny ? 50 : 2000;
        double draw = context.CpuSeconds(() => sampler.Sample(new ItemRange(0, rows), RunContext.Quiet(1)), 3);
        context.Figure("1,000 rows", 1000 * draw / rows, "CPU s");
    }

    private static DefaultSpec Source(BenchContext context, ScratchFolder scratch)
    {
        if (!context.Tiny)
        {
            string folder = BenchContext.SharedData
                ?? throw new ArgumentException("set SIMULANT_DATA to the folder that holds tabular/california.csv");
            return new DefaultSpec(Path.Combine(folder, "tabular", "california.csv"), "median_house_value");
        }
        BenchTables.Write(BenchTables.Mixed(200), scratch.File("tiny.csv"), "csv");
        return new DefaultSpec(scratch.File("tiny.csv"), "kind");
    }

    private static ISampler Fit(Spec spec, Table training, int steps, int threads)
    {
        var options = new SpecMap([new SpecEntry("max_steps", default, new SpecScalar($"{steps}", false, default)),
            new SpecEntry("early_stopping", default, new SpecScalar("false", false, default))], default);
        spec = spec with { Rows = training.RowCount, Engine = spec.Engine with { Options = options } };
        return EngineTable.Shipped["diffusion"].Fit(
            new TableRequest(spec, training.Schema), Dataset.Of(training), RunContext.Quiet(1, threads));
    }

    private static byte[] Bytes(ISampler sampler)
    {
        using var stream = new MemoryStream();
        sampler.Save(stream);
        return stream.ToArray();
    }
}
