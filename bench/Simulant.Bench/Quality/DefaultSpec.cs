using System.Diagnostics;
using System.Text;
using Simulant.Data;
using Simulant.Runs;
using Simulant.Specs;
using Simulant.Validation;

namespace Simulant.Bench.Quality;

/// <summary>
/// The spec that <c>init</c> writes for a file, nothing set by hand, and the corridor's own steps under it, in this process:
/// read and part, fit, store, load.
/// </summary>
internal sealed class DefaultSpec
{
    private const string Name = "init.yaml";

    private readonly string _text;
    private readonly ReadOptions _reading;

    /// <param name="holdout">A file of held-out rows; null leaves holding out to the spec's split.</param>
    public DefaultSpec(string path, string? target, string? holdout = null, string? delimiter = null)
    {
        path = Path.GetFullPath(path);
        _reading = new ReadOptions { Delimiter = delimiter };
        var found = TableReader.Read(path, _reading);
        (Rows, Columns) = (found.Table.RowCount, found.Table.Columns.Count);
        _text = SpecWriter.Init(found, new InitOptions(path)
        {
            Target = target,
            Holdout = holdout is null ? null : Path.GetFullPath(holdout),
        }).Text;
    }

    public int Rows { get; }
    public int Columns { get; }

    /// <summary>The spec as <c>init</c> wrote it, with the data's whole path.</summary>
    public string Text => _text;

    /// <summary>The spec with further keys as a user would add them, such as <c>balance</c>.</summary>
    /// <param name="engine">Its name, or a map of its name and options as a spec has it.</param>
    public Spec With(string keys = "", string engine = "trees")
    {
        var faults = new DiagnosticBag();
        var spec = SpecReader.Parse($"{_text}\nengine: {engine}\n{keys}", Name, faults, MetricNames.All);
        faults.ThrowIfErrors();
        return spec! with { Source = spec.Source! with { Delimiter = _reading.Delimiter } };
    }

    public static RealData Read(Spec spec, RunContext run) => Sources.Read(spec, "", run);

    public ModelFile Fit(Spec spec, RealData real, int threads)
    {
        var job = new Job(Name, Encoding.UTF8.GetBytes(_text), spec, EngineTable.Shipped[spec.Engine.Name]);
        var quiet = RunContext.Quiet(spec.FitSeed, threads);
        return new Fitting(threads, quiet.Progress, quiet.Cancel).Fit(job, real, null);
    }

    /// <summary>What is stored is what draws.</summary>
    public static ISampler Load(ModelFile model) => EngineTable.Shipped.Load(model);

    /// <summary>CPU seconds of the whole process over the action.</summary>
    public static double CpuSeconds(Action action)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        action();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalSeconds;
    }
}
