using System.Text;
using Simulant.Bench.Quality;
using Simulant.Data;
using Simulant.Provenance;
using Simulant.Runs;
using Simulant.Specs;
using Simulant.Tabular;

namespace Simulant.Bench.Speed;

/// <summary>
/// CTGAN and TVAE at their published sizes: CPU seconds of an epoch on Adult's training part, the difference of two trainings, and
/// of 1,000,000 rows. One thread; models and rows must be the same with two. <c>epochs=N</c> trains for longer.
/// </summary>
internal static class LatentBench
{
    public static readonly Benchmark Benchmark = new("latent", "an epoch of ctgan and tvae on Adult, and 1,000,000 rows of each", Run);

    private static void Run(BenchContext context)
    {
        using var scratch = new ScratchFolder();
        var spec = EnginesBench.Source(context, scratch);
        var training = DefaultSpec.Read(spec.With(), RunContext.Quiet(1)).Training;
        foreach (string engine in (string[])["ctgan", "tvae"]) Time(context, spec, training, engine);
    }

    private static void Time(BenchContext context, DefaultSpec table, Table training, string engine)
    {
        ISampler Fit(int epochs, int threads)
        {
            var options = new SpecMap([new SpecEntry("epochs", default, new SpecScalar($"{epochs}", false, default))], default);
            var spec = table.With(engine: engine) with { Engine = new EngineSpec(engine, options, default), Rows = training.RowCount };
            return EngineTable.Shipped[engine].Fit(
                new TableRequest(spec, training.Schema), Dataset.Of(training), RunContext.Quiet(1, threads));
        }
        byte[] model = Saved(Fit(1, 1));
        context.Check(model.AsSpan().SequenceEqual(Saved(Fit(1, 2))), $"{engine}: two threads give the same model");
        var sampler = Fit(1, 1);
        string Digest(int threads) => LogicalDigest.Of(sampler.Sample(new ItemRange(0, 5000), RunContext.Quiet(1, threads)).Single);
        string digest = Digest(1);
        context.Check(Digest(2) == digest, $"{engine}: two threads give the same rows");
        context.Result(Encoding.UTF8.GetBytes(digest));
        int more = context.Tiny ? 2 : context.Option("epochs", 6);
        double one = context.CpuSeconds(() => Fit(1, 1), 1), many = context.CpuSeconds(() => Fit(more, 1), 1);
        context.Figure($"{engine}: an epoch", (many - one) / (more - 1), "CPU s");
        int rows = context.Tiny ? 2000 : 1_000_000;
        double draw = context.CpuSeconds(() => DataFiles.Draw(sampler, 0, rows, RunContext.Quiet(1), _ => { }), 1);
        context.Figure($"{engine}: {rows} rows", draw, "CPU s");
    }

    private static byte[] Saved(ISampler sampler)
    {
        var to = new MemoryStream();
        sampler.Save(to);
        return to.ToArray();
    }
}
