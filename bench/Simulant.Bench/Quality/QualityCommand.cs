using System.Diagnostics;
using System.Globalization;
using Simulant.Data;
using Simulant.Validation;

namespace Simulant.Bench.Quality;

/// <summary>Prints every figure of validation as one table: quality --train F --holdout F --synthetic F [F ...] --target COL.</summary>
internal static class QualityCommand
{
    public static int Run(string[] args, TextWriter to)
    {
        var options = Arguments.Parse(args);
        var train = TableReader.Read(options.Single("train")).Table;
        var holdout = TableReader.ReadAs(options.Single("holdout"), train);
        var validation = new ValidationOptions { Target = options.Optional("target") };
        // One seed for all, or one for each synthetic file.
        var given = options.Has("seed") ? options.Many("seed") : ["1"];
        ulong[] seeds = [.. given.Select(s => ulong.Parse(s, CultureInfo.InvariantCulture))];
        int threads = int.Parse(options.Optional("threads") ?? "2", CultureInfo.InvariantCulture);
        var names = new List<string>();
        var results = new List<ValidationResult>();
        foreach (string file in options.Many("synthetic"))
        {
            var synthetic = TableReader.ReadAs(file, train);
            var evaluation = new Evaluation(Dataset.Of(train), Dataset.Of(holdout), Dataset.Of(synthetic));
            var progress = new Stages();
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            ulong seed = seeds[Math.Min(names.Count, seeds.Length - 1)];
            results.Add(Validator.Measure(evaluation, validation, new RunContext(seed, threads, progress, CancellationToken.None)));
            names.Add(Path.GetFileNameWithoutExtension(file));
            double cpu = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
            to.WriteLine($"{file}: {synthetic.RowCount} rows, {cpu:F2} CPU s ({progress.Finish()})");
        }
        Print(names, results, to);
        return 0;
    }

    private static void Print(List<string> names, List<ValidationResult> results, TextWriter to)
    {
        to.WriteLine($"{"",-30}{"reference",12}  {string.Join("  ", names.Append("mean").Select(n => $"{n,-28}"))}");
        foreach (string metric in MetricNames.All)
        {
            var found = results.ConvertAll(r => r.Find(metric));
            if (found.TrueForAll(f => f is null)) continue;
            double reference = found.Find(f => f is { IsEvaluated: true })?.Score.Reference ?? double.NaN;
            to.WriteLine($"{metric,-30}{Number(reference),12}  {string.Join("  ", found.Select(f => $"{Cell(f),-28}"))}  "
                + Number(found.Average(f => f is { IsEvaluated: true } ? f.Score.Value : double.NaN)));
        }
        for (int i = 0; i < results.Count; i++) Details(names[i], results[i], to);
    }

    private static void Details(string name, ValidationResult result, TextWriter to)
    {
        foreach (var detail in result.Detection)
        {
            var top = detail.Columns.Take(5).Select(c => $"{c.Column} {c.GainShare:P0}");
            to.WriteLine($"{name}: {detail.Judge} against {detail.Against}: {string.Join(", ", top)}");
        }
        if (result.Dcr is { } dcr)
        {
            var points = dcr.Levels.Select((l, i) => $"{l:P0} {dcr.Synthetic[i]:P2} (holdout {dcr.Holdout[i]:P2})");
            to.WriteLine($"{name}: rows under the holdout's DCR quantile: {string.Join(", ", points)}");
        }
        foreach (var missed in result.NotChecked) to.WriteLine($"{name}: not checked: {missed.What}: {missed.Reason}");
    }

    private static string Cell(MetricResult? result) => result switch
    {
        null => "",
        { IsEvaluated: false } => "not evaluated",
        { Score: var s } when s.Low == s.High => Number(s.Value),
        { Score: var s } => $"{Number(s.Value)} [{Number(s.Low)}, {Number(s.High)}]",
    };

    private static string Number(double value) =>
        double.IsNaN(value) ? "-" : value.ToString(Math.Abs(value) < 100 ? "F5" : "G6", CultureInfo.InvariantCulture);

    private sealed class Stages : IProgress<StageProgress>
    {
        private TimeSpan _since = Process.GetCurrentProcess().TotalProcessorTime;
        private readonly List<string> _done = [];
        private string? _current;

        public void Report(StageProgress value)
        {
            Close();
            _current = value.Stage.Replace("validate: ", "", StringComparison.Ordinal);
        }

        public string Finish()
        {
            Close();
            return "CPU s: " + string.Join(", ", _done);
        }

        private void Close()
        {
            var now = Process.GetCurrentProcess().TotalProcessorTime;
            if (_current is not null) _done.Add($"{_current} {(now - _since).TotalSeconds:F2}");
            _since = now;
        }
    }
}
