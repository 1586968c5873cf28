using Simulant.Data;
using Simulant.Reports;
using Simulant.Specs;
using Simulant.Validation;

namespace Simulant.Runs;

/// <summary>Synthetic tables of any origin, each measured against the same real rows.</summary>
internal sealed class Comparing(Corridor corridor, EvaluateRequest request, IProgress<StageProgress> progress, CancellationToken cancel)
{
    private const string Html = "report.html", Json = "report.json";

    public EvaluateOutcome Run()
    {
        if (request.Output is { } folder)
            foreach (string name in new[] { Html, Json }) SingleFile.Refuse(Path.Combine(folder, name), request.Force);
        if (request.Synthetic.GroupBy(s => s.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new UsageException($"two sets are named '{twice.Key}'; name them apart, as in --synthetic a={twice.First().Path}");
        var reading = new ReadOptions { MaxThreads = request.Threads, Overrides = Overrides() };
        Table Read(string path, Table like)
        {
            progress.Report(new StageProgress($"reading {Path.GetFileName(path)}", 0, 0, "rows"));
            return TableReader.ReadAs(path, like, new ReadOptions { MaxThreads = request.Threads }, cancel);
        }
        CheckProtected();
        progress.Report(new StageProgress($"reading {Path.GetFileName(request.Train)}", 0, 0, "rows"));
        var training = TableReader.Read(request.Train, reading, cancel).Table;
        var holdout = Read(request.Holdout, training);
        var sets = new List<ReportSet>();
        foreach (var named in request.Synthetic)
        {
            var evaluation = new Evaluation(
                Dataset.Of(training), Dataset.Of(holdout), Dataset.Of(Read(named.Path, training)));
            var run = new RunContext(request.Seed, request.Threads, progress, cancel);
            var options = new ValidationOptions { Target = request.Target, Protect = request.Protect };
            sets.Add(new ReportSet(named.Name, Validator.Measure(evaluation, options, run), []));
        }
        if (request.Output is not null) Write(new ReportModel
        {
            Title = string.Join(", ", sets.Select(s => s.Name)),
            Command = Command(),
            ProgramVersion = ProgramVersion.Number,
            Sets = sets,
            Schema = training.Schema,
        });
        return new EvaluateOutcome([.. sets.Select(Set)]);
    }

    private List<ColumnOverride> Overrides()
    {
        var roles = request.Protect.Select(column => new ColumnOverride(column) { Role = ColumnRole.Protected }).ToList();
        if (request.Target is { } target) roles.Add(new ColumnOverride(target) { Role = ColumnRole.Target });
        return roles;
    }

    private void CheckProtected()
    {
        if (request.Protect.Count > ProtectSpec.Most)
            throw new UsageException($"--protect names {request.Protect.Count} columns, and every intersection is measured; name at most "
                + $"{ProtectSpec.Most}");
        if (request.Protect.GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } again)
            throw new UsageException($"--protect names '{again.Key}' twice; name it once");
        if (request.Target is { } target && request.Protect.Contains(target))
            throw new UsageException($"'{target}' is the target, and --protect names it; name columns beside the outcome");
    }

    private static EvaluatedSet Set(ReportSet set) => new(set.Name, set.Result.Rows.Synthetic,
        [.. Figures.Of(set.Result, []).Select(Summaries.Line)],
        [.. set.Result.Metrics.Where(Words.IsPlainSignOfMemory).Select(m => $"{m.Name}: {Words.SignOfMemory(m)}")],
        [.. set.Result.NotChecked.Select(n => $"{n.What}: {n.Reason}")]);

    private void Write(ReportModel report)
    {
        SingleFile.Write(corridor.Files, Path.Combine(request.Output!, Html), s => s.Write(HtmlReport.Write(report)));
        SingleFile.Write(corridor.Files, Path.Combine(request.Output!, Json), s => s.Write(JsonReport.Write(report)));
    }

    private string Command()
    {
        string command = $"simulant evaluate --train {CommandText.File(request.Train)} "
            + $"--holdout {CommandText.File(request.Holdout)} --synthetic "
            + string.Join(' ', request.Synthetic.Select(s => $"{CommandText.Word(s.Name)}={CommandText.File(s.Path)}"));
        if (request.Target is { } target) command += $" --target {CommandText.Word(target)}";
        if (request.Protect.Count > 0) command += $" --protect {CommandText.Word(string.Join(',', request.Protect))}";
        return $"{command} --seed {request.Seed}";
    }
}
