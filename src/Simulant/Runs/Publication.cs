using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Simulant.Data;
using Simulant.Provenance;
using Simulant.Reports;
using Simulant.Validation;

namespace Simulant.Runs;

/// <summary>Writes what stands beside the data: report, card, Croissant description, and last the manifest that lists them
/// all.</summary>
internal sealed class Publication(Workspace workspace, Job job, ModelFile model, IReadOnlyList<FinishedFile> files)
{
    /// <summary>What was promised and paid; null where nothing was.</summary>
    public PaidPrivacy? Paid { get; init; }

    /// <summary>Under a promise: the figures that stay inside, <see cref="Judgement"/> being the one to publish.</summary>
    public Judgement? Inside { get; init; }

    public required RealData? Real { get; init; }

    /// <summary>How many of the stored rows are real ones.</summary>
    public long RealRows { get; init; }

    public required Lineage Lineage { get; init; }
    public required StoredRows Stored { get; init; }
    public required Judgement Judgement { get; init; }
    public required string Command { get; init; }

    /// <summary>What the engine <c>auto</c> tried; empty under any other.</summary>
    public required IReadOnlyList<EngineTry> Tries { get; init; }

    /// <summary>How the model was trained; null where it was not.</summary>
    public required TrainingCurve? Training { get; init; }

    /// <summary>What was asked of language models; null where nothing was.</summary>
    public required IAsked? Asked { get; init; }

    /// <summary>The frames and their labels as they lie in the result; null where rows are all there is.</summary>
    public required SceneSet? Scenes { get; init; }

    /// <summary>Changed copies of the frames; null where none are asked for.</summary>
    public AugmentedFrames? Copies { get; init; }

    public void Write(StageClock stages)
    {
        var outputs = new List<OutputFile>(files.Select(f => new OutputFile(f.Name, f.Sha256, f.Bytes, f.Rows)))
        {
            Listed(ModelFile.PublishedName),
        };
        var run = Describe(outputs);
        foreach (var beside in files.SelectMany(f => f.Beside)) outputs.Add(new OutputFile(beside.Name, beside.Sha256, beside.Bytes));
        foreach (var file in (Scenes?.OfSet() ?? []).Concat(Copies?.Files() ?? []))
        {
            var written = workspace.WriteBeside(file.Path, file.Content);
            outputs.Add(new OutputFile(written.Name, written.Sha256, written.Bytes));
        }
        foreach (var (name, content) in Documents(run, Judgement, Training, Asked, Scenes, Copies))
        {
            workspace.Write(name, stream => stream.Write(content));
            outputs.Add(new OutputFile(name, FileHash.OfBytes(content), content.Length));
        }
        if (Inside is not null)
        {
            Directory.CreateDirectory(Path.Combine(workspace.Result, Releasing.Folder));
            foreach (var (name, content) in Releasing.Inside(run, Inside, Real?.Notes ?? []))
                workspace.Write(name, stream => stream.Write(content));
        }
        var manifest = new Manifest(run with { Outputs = outputs }, Times(stages));
        workspace.Write(Manifest.FileName, stream => stream.Write(manifest.ToBytes()));
    }

    /// <summary>Every document that describes a run, as bytes: a function of the run, its data files and what judging
    /// found.</summary>
    public static IEnumerable<(string Name, byte[] Content)> Documents(PublishedRun run, Judgement judgement, TrainingCurve? training,
        IAsked? asked = null, SceneSet? scenes = null, AugmentedFrames? copies = null)
    {
        var report = ReportModel.Of(run, judgement.Result, judgement.Gates) with
        {
            Unrefined = judgement.Unrefined,
            Training = training,
            Scenes = scenes?.Story() is { } story ? story with { Copies = copies?.Sheet() } : null,
        };
        yield return ("report.html", HtmlReport.Write(report));
        yield return ("report.json", JsonReport.Write(report));
        yield return (DatasetCard.FileName, Encoding.UTF8.GetBytes(DatasetCard.Write(run)));
        yield return (Croissant.FileName, Croissant.Write(run));
        if (asked is null) yield break;
        yield return ("history.jsonl", asked.Histories.ToArray());
        yield return ("attempts.jsonl", asked.Attempts.ToArray());
    }

    private OutputFile Listed(string name)
    {
        var (sha256, bytes) = FileHash.Of(Path.Combine(workspace.Result, name));
        return new OutputFile(name, sha256, bytes);
    }

    private PublishedRun Describe(IReadOnlyList<OutputFile> outputs)
    {
        var header = model.Header;
        return new PublishedRun
        {
            Name = job.Spec.Name,
            Kind = job.Spec.Kind,
            Description = job.Spec.Description,
            License = job.Spec.Card.License,
            Creator = job.Spec.Card.Creator,
            Citation = job.Spec.Card.Citation,
            Url = job.Spec.Card.Url,
            Published = job.Spec.Card.Published,
            ProgramVersion = ProgramVersion.Number,
            Command = Command,
            SpecSha256 = workspace.Plan.Spec,
            Engine = header.Engine,
            Tries = Tries,
            EngineOptions = job.Engine.Options.Read(job.Spec.Engine.Options).AsUsed,
            FittedOnData = job.Engine.LearnsFromData || !job.Engine.Asks && job.Engine.FilesOf(job.Spec).Count > 0,
            Asked = Asked?.Asked,
            FitSeed = header.FitSeed,
            SampleSeed = header.SampleSeed,
            RequestedRows = header.Rows,
            Rows = Stored.Rows,
            RealRows = RealRows,
            TrainingRows = header.TrainingRows,
            HoldoutRows = Paid is not null ? 0 : Real?.Holdout.Count ?? 0,
            Schema = model.Schema,
            Digest = Stored.Digest,
            Inputs = [.. workspace.Plan.Inputs.Select(i => new InputFile(i.Role, i.Name, i.Sha256, i.Bytes, null, null))],
            Outputs = [.. outputs],
            Figures = Figures.Of(Judgement.Result, Judgement.Gates),
            Rejections = Rejections(),
            Parents = Lineage.Parents,
            Generation = Lineage.Generation,
            InstructionSet = ProgramVersion.InstructionSet,
            Privacy = Paid,
            Declared = job.Spec.Declared,
            NotChecked = [.. Judgement.Result.NotChecked.Select(n => $"{n.What}: {n.Reason}")],
            Notes = Notes(),
            Verdict = Judgement.Gates.Count == 0 ? Verdict.NoGates : Judgement.Rejected ? Verdict.Rejected : Verdict.Passed,
        };
    }

    private List<string> Notes()
    {
        var notes = new List<string>([.. Paid is not null ? [] : Real?.Notes ?? [], .. Lineage.Notes]);
        if (Paid?.Earned is { } earned)
            notes.Add($"By its ledger and the attack audit it passed, the set is {earned}. That it passed was told at the spec's wish, and "
                + "no part of the budget paid for it.");
        if (job.Spec.Refine is { } refine)
            notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"The rows were chosen from {refine.Pool} times as many, so that their counts match the training part's where these lie "
                + $"{refine.Margin} standard errors or more from the engine's; the report judges them with and without the choice."));
        foreach (string file in job.Engine.FilesOf(job.Spec))
            notes.Add(job.Engine.Asks ? $"The recipe read '{Path.GetFileName(file)}'; what stands there may stand in prompts and records."
                : $"Columns drawn from '{Path.GetFileName(file)}' hold values of that file, as they stand there.");
        notes.AddRange(Judgement.Notes);
        if (Stored.Sample.RowCount < Stored.Rows)
            notes.Add($"{Stored.Sample.RowCount} rows, evenly spread over all {Stored.Rows}, were judged.");
        return notes;
    }

    private List<KeyValuePair<string, long>> Rejections() =>
    [
        .. files.SelectMany(f => f.Rejected).GroupBy(r => r.Key, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => KeyValuePair.Create(g.Key, g.Sum(r => r.Value))),
    ];

    private RunJournal Times(StageClock stages) => new(stages.Started, stages.Now, Paid is null ? stages.Seconds : [],
    [
        new("processors", $"{Environment.ProcessorCount}"),
        new("system", RuntimeInformation.OSDescription),
        new("architecture", $"{RuntimeInformation.ProcessArchitecture}"),
        new("runtime", RuntimeInformation.FrameworkDescription),
    ]);
}
