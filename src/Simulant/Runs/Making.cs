using Simulant.Data;
using Simulant.Provenance;
using Simulant.Scenes.Worlds;
using Simulant.Specs;
using Simulant.Tabular;

namespace Simulant.Runs;

/// <summary>
/// One run through the corridor: plan, read and part the source, fit, draw into files, read back what was stored, judge it,
/// publish or refuse. Every step leaves its result in the workspace, so a run that was cut short goes on behind it.
/// </summary>
internal sealed class Making(Corridor corridor, MakeRequest request, IProgress<StageProgress> progress, CancellationToken cancel)
{
    private readonly StageClock _stages = new(corridor.Clock);
    private RealData? _real;
    private IReadOnlyList<string> _notes = [];
    private Lineage? _lineage;

    public MakeOutcome Run()
    {
        var job = Job.Load(request, corridor.Engines);
        var paying = Paying(job);
        if (paying is not null && request.Shards > 1)
            throw new UsageException("shards would each pay for a model of their own under 'privacy'; run it whole, or store the model "
                + "with fit and sample it in parts");
        if (job.Engine.Asks && request.Shards > 1)
            throw new UsageException("shards would each ask the models for the whole set, whose answers and not whose rows take the time; "
                + "run it whole");
        long rowsPerFile = Math.Min(corridor.RowsPerFile, job.Engine.RowsPerFile);
        DataFiles.Check(job.Spec.Rows ?? 0, rowsPerFile);
        var inputs = _stages.Time(StageClock.Hashing, () => Sources.Describe(job, progress, cancel));
        if (job.Spec.Source is { Train: null }) inputs = [.. inputs, Sources.DescribeQuery(Real(job)!)];
        _lineage = Lineage.Of(job.Spec, job.Folder, () => inputs);
        if (paying is not null) inputs = paying.Masked(inputs);
        var plan = job.Plan(request, inputs);
        string target = Path.TrimEndingDirectorySeparator(request.Output ?? Path.Combine("out", FileNames.Safe(job.Spec.Name)));
        if (File.Exists(target)) throw new UsageException($"'{target}' is a file; choose another folder with -o");
        if (Standing(target, plan) is { } standing) return standing with { Warnings = job.Warnings };
        _lineage.Demand(job.Spec);

        using var workspace = Workspace.Open(
            corridor.Files, target, plan, new Admission(request.Resume, request.Force, request.Shard), cancel);
        var model = Model(workspace, job, paying);
        var layout = DataFiles.Layout(model.Header.Rows, rowsPerFile, request.Shards, job.Spec.Output.Format);
        _stages.Time(StageClock.Sampling, () => Draw(workspace, model, layout, job.Spec.Output.Format));

        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            if (!Directory.Exists(workspace.Root)) return PublishedByAnother(target);
            using var finish = workspace.TryTakeFinish();
            if (finish is null)
            {
                cancel.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(50));
                continue;
            }
            var finished = workspace.AllFinished();
            if (finished.Count < layout.Count)
                return new MakeOutcome(MakeState.ShardDone, target, null) { ShardsDone = ShardsDone(layout, finished,
                    request.Shards) };
            return Publish(workspace, job, model, finished, paying) with { Warnings = job.Warnings, Notes = _notes };
        }
    }

    /// <summary>What the destination says before any work: finished, rejected before, in the way, or nothing (null).</summary>
    private MakeOutcome? Standing(string target, RunPlan plan)
    {
        if (request.Force) return null;
        var (state, why) = Destination.Inspect(target, plan, cancel);
        if (state is Occupancy.Confirmed or Occupancy.Rejected) Workspace.Sweep(corridor.Files, target);
        return state switch
        {
            Occupancy.Free => null,
            Occupancy.Confirmed => new MakeOutcome(MakeState.Confirmed, target, Summaries.Of(target)),
            Occupancy.Rejected => new MakeOutcome(MakeState.Rejected, Workspace.RejectedOf(target),
                Summaries.Of(Workspace.RejectedOf(target))),
            _ => throw new UsageException($"{why}; choose another folder with -o, or replace it with --force"),
        };
    }

    private static MakeOutcome PublishedByAnother(string target) => Directory.Exists(target)
        ? new MakeOutcome(MakeState.Made, target, Summaries.Of(target))
        : new MakeOutcome(MakeState.Rejected, Workspace.RejectedOf(target), Summaries.Of(Workspace.RejectedOf(target)));

    /// <summary>The stored model; fitted and stored first where this run, or another shard, has not done so yet.</summary>
    private ModelFile Model(Workspace workspace, Job job, Paying? paying)
    {
        string path = Path.Combine(workspace.Result, ModelFile.PublishedName);
        if (!File.Exists(path))
        {
            var checkpoints = corridor.Checkpoints(workspace.Checkpoint, resume: true);
            var fitting = new Fitting(request.Threads, progress, cancel) { Checkpoints = checkpoints };
            var real = Real(job);
            var model = _stages.Time(StageClock.Fitting, () => fitting.Fit(job, real, workspace.Plan, paying,
                Path.Combine(workspace.Root, Runs.Paying.KeptName)));
            workspace.Write(ModelFile.PublishedName, model.Write);
            checkpoints.Clear();
            _notes = checkpoints.Notes;
        }
        return ModelFile.Read(path); // what is published is what draws, to the byte
    }

    private void Draw(Workspace workspace, ModelFile model, IReadOnlyList<FilePlan> layout, string format)
    {
        var sampler = corridor.Engines.Load(model);
        var mine = DataFiles.OfShard(layout, request.Shard, request.Shards);
        long total = mine.Sum(f => f.Rows), done = 0;
        foreach (var file in mine)
        {
            if (workspace.Journal.Finished.ContainsKey(file.Name))
            {
                done += file.Rows;
                continue;
            }
            var run = new RunContext(model.Header.SampleSeed, request.Threads, progress, cancel);
            var beside = new BesideFiles(workspace);
            workspace.Write(file.Name, stream =>
            {
                using var writer = ShardWriter.Create(format, model.Schema, stream);
                long before = done;
                DataFiles.Draw(sampler, file.Start, file.Rows, run, rows =>
                {
                    writer.Append(rows);
                    progress.Report(new StageProgress("sampling", before + writer.Rows, total, sampler is IFiled ? "frames" : "rows"));
                }, beside.Put);
                writer.Complete();
            });
            done += file.Rows;
            var (sha256, bytes) = FileHash.Of(Path.Combine(workspace.Result, file.Name), cancel);
            workspace.Journal.Add(new FinishedFile(file.Name, file.Start, file.Rows, bytes, sha256,
                run.Rejections.Counts.ToDictionary(c => c.Key, c => c.Value))
            {
                Beside = beside.End(Index(layout, file), cancel),
            });
        }
    }

    private static int Index(IReadOnlyList<FilePlan> layout, FilePlan file) => layout.TakeWhile(f => f.Name != file.Name).Count();

    private Paying? Paying(Job job) => job.Spec.Privacy is null ? null : new Paying(corridor, job, cancel);

    private MakeOutcome Publish(Workspace workspace, Job job, ModelFile model, IReadOnlyList<FinishedFile> files, Paying? paying)
    {
        var stored = _stages.Time(StageClock.ReadingBack,
            () => StoredRows.Read(workspace.Result, model, files, progress, cancel));
        var run = new RunContext(job.Spec.FitSeed, request.Threads, progress, cancel);
        var real = Real(job);
        var sampler = corridor.Engines.Load(model);
        var scenes = sampler is SceneSampler world ? new SceneSet(workspace.Result, world, stored.Rows) : null;
        var judgement = _stages.Time(StageClock.Judging, () =>
            Judging.Judge(job.Spec, real, stored, sampler, run, Unrefined.Rows(sampler, model, run), scenes, job.Folder));
        var paid = paying?.Told(model.Header.LedgerRun!);
        var inside = judgement;
        if (paid is not null && job.Spec.Privacy!.TellAudit)
            paid = paid with { Earned = Earning.Word(paying!.Ledger, model.Header.LedgerRun!, real!, inside.Result.Attacks) };
        if (paid is not null) judgement = Releasing.Judge(job.Spec, paid, stored.Sample, run);
        var publication = new Publication(workspace, job, model, files)
        {
            Paid = paid,
            Inside = paid is null ? null : inside,
            Real = real,
            RealRows = Supplements.In(sampler)?.RealCount ?? 0,
            Lineage = _lineage!,
            Stored = stored,
            Judgement = judgement,
            Command = job.Command(request),
            Tries = (sampler as AutoSampler)?.Tries ?? [],
            Training = (sampler as ITrained)?.Training,
            Asked = sampler as IAsked,
            Scenes = scenes,
            Copies = AugmentedFrames.Of(job.Spec, scenes, new(model.Header.SampleSeed, request.Threads, progress, cancel)),
        };
        progress.Report(new StageProgress("publishing", 0, 0, "files"));
        publication.Write(_stages);
        cancel.ThrowIfCancellationRequested();
        string place = workspace.Publish(judgement.Rejected);
        return new MakeOutcome(judgement.Rejected ? MakeState.Rejected : MakeState.Made, place, Summaries.Of(place));
    }

    /// <summary>The model alone, into the file that the request names as its output.</summary>
    public FitOutcome Fit()
    {
        string path = request.Output!;
        SingleFile.Refuse(path, request.Force);
        var job = Job.Load(request, corridor.Engines);
        Demand(job);
        var checkpoints = corridor.Checkpoints(path, request.Resume);
        var fitting = new Fitting(request.Threads, progress, cancel) { Checkpoints = checkpoints };
        var model = fitting.Fit(job, Real(job), null, Paying(job));
        SingleFile.Write(corridor.Files, path, model.Write);
        checkpoints.Clear();
        return new FitOutcome(model.Header.Engine, model.Header.TrainingRows, model.Schema.Columns.Count,
            new FileInfo(path).Length) { Notes = checkpoints.Notes };
    }

    /// <summary>The first rows of what a run would make.</summary>
    public Table Preview(int rows)
    {
        var job = Job.Load(request, corridor.Engines);
        if (job.Spec.Privacy is not null)
            throw new UsageException("a preview would spend privacy budget on rows that are thrown away; make the set, then show it");
        Demand(job);
        // Of models no more is asked than will be shown; a later run finds the answers recorded.
        if (job.Engine.Asks && job.Spec.Rows is not < 1)
            job = job with { Spec = job.Spec with { Rows = Math.Max(1, Math.Min(rows, job.Spec.Rows ?? rows)) } };
        var model = new Fitting(request.Threads, progress, cancel).Fit(job, Real(job), null);
        int count = (int)Math.Min(rows, model.Header.Rows);
        var run = new RunContext(model.Header.SampleSeed, request.Threads, progress, cancel);
        return corridor.Engines.Load(model).Sample(new ItemRange(0, count), run).Single;
    }

    private void Demand(Job job) =>
        Lineage.Of(job.Spec, job.Folder, () => Sources.Describe(job, progress, cancel)).Demand(job.Spec);

    private RealData? Real(Job job)
    {
        // Real pictures are for judging alone, which opens them itself.
        if (job.Spec.Source is null || job.Spec.Kind == Engine.Scene) return null;
        var run = new RunContext(job.Spec.FitSeed, request.Threads, progress, cancel);
        return _real ??= _stages.Time(StageClock.Reading, () => Sources.Read(job.Spec, job.Folder, run));
    }

    private static int ShardsDone(IReadOnlyList<FilePlan> layout, IReadOnlyList<FinishedFile> finished, int shards)
    {
        var names = finished.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(1, shards).Count(s => DataFiles.OfShard(layout, s, shards).All(f => names.Contains(f.Name)));
    }
}
