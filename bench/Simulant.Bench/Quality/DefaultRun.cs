using System.Diagnostics;
using System.Text;
using Simulant.Data;
using Simulant.Runs;
using Simulant.Specs;
using Simulant.Validation;

namespace Simulant.Bench.Quality;

/// <summary>
/// A table through the corridor in this process, as <c>init</c> and <c>make</c> take it, nothing set by hand: the spec that
/// <c>init</c> writes, parted by the spec's own split, fitted, stored, sampled and judged.
/// </summary>
internal sealed class DefaultRun
{
    /// <summary>Replicates of the judge's own intervals, which splits do not use; the least it allows.</summary>
    private const int FewReplicates = 20;

    private readonly string _path;
    private readonly byte[] _text;
    private readonly Spec _spec;
    private readonly Engine _engine;

    public DefaultRun(string path, string? target, string? delimiter, string engine)
    {
        _path = Path.GetFullPath(path);
        var found = TableReader.Read(_path, new ReadOptions { Delimiter = delimiter });
        string text = SpecWriter.Init(found, new InitOptions(_path) { Target = target }).Text;
        _text = Encoding.UTF8.GetBytes(text);
        var faults = new DiagnosticBag();
        var spec = SpecReader.Parse(text, "init.yaml", faults, MetricNames.All);
        faults.ThrowIfErrors();
        _spec = spec! with { Source = spec!.Source! with { Delimiter = delimiter }, Engine = new EngineSpec(engine, null, default) };
        _engine = EngineTable.Shipped[engine];
        (Rows, Columns) = (found.Table.RowCount, found.Table.Columns.Count);
    }

    public int Rows { get; }
    public int Columns { get; }

    /// <summary>CPU seconds of the process: reading and parting are in neither.</summary>
    public sealed record Outcome(ValidationResult Result, double FitSeconds, double SampleSeconds, double JudgeSeconds);

    /// <summary>Everything under one seed: the split, the fit, the sample, the judge.</summary>
    /// <param name="holdout">Share of the rows held out, entities whole where <c>init</c> found any.</param>
    /// <param name="metrics">Null measures everything.</param>
    public Outcome Run(double holdout, ulong seed, IReadOnlyList<string>? metrics, int threads)
    {
        var split = new SplitSpec(holdout, _spec.Split?.By, null, null, seed, default);
        var spec = _spec with
        {
            Split = split, FitSeed = seed, SampleSeed = seed,
            Measures = new MeasureSpec { Only = metrics, Replicates = FewReplicates },
        };
        var quiet = RunContext.Quiet(seed, threads);
        var real = Sources.Read(spec, "", quiet);
        ModelFile? model = null;
        double fit = CpuSeconds(() => model = new Fitting(threads, quiet.Progress, quiet.Cancel)
            .Fit(new Job("init.yaml", _text, spec, _engine), real, null));
        Table? synthetic = null;
        double sample = CpuSeconds(() => synthetic = EngineTable.Shipped.Load(model!)
            .Sample(new ItemRange(0, real.Training.RowCount), quiet).Single);
        Judgement? judgement = null;
        double judge = CpuSeconds(() => judgement = Judging.Judge(spec, real, synthetic!, quiet));
        return new Outcome(judgement!.Result, fit, sample, judge);
    }

    private static double CpuSeconds(Action action)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        action();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalSeconds;
    }
}
