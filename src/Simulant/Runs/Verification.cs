using Simulant.Data;
using Simulant.Provenance;
using Simulant.Scenes.Worlds;
using Simulant.Specs;

namespace Simulant.Runs;

/// <summary>
/// Makes a published folder prove itself: every file against its hash, the rows' digest, rows drawn again from model, seed and
/// index, and, where the real data is at hand, every figure and every document measured and written again. Stops at the first
/// difference.
/// </summary>
internal sealed class Verification(Corridor corridor, VerifyRequest request, IProgress<StageProgress> progress,
    CancellationToken cancel)
{
    private const long RegeneratedWhole = 1_000_000;
    private const int Blocks = 100, BlockRows = 2_000;

    // A frame takes as long as a hundred thousand rows.
    private const long FramesWhole = 300;
    private const int FrameBlocks = 30, BlockFrames = 10;
    private readonly List<string> _proved = [], _notChecked = [];

    public VerifyOutcome Run()
    {
        string folder = Path.TrimEndingDirectorySeparator(request.Folder);
        string? difference = Hashes(folder) ?? Contents(folder);
        return new VerifyOutcome(difference, _proved, _notChecked);
    }

    private string? Hashes(string folder)
    {
        try
        {
            if (ManifestCheck.Check(folder, progress, cancel) is [var first, ..]) return first.ToString();
        }
        catch (DataException e) when (File.Exists(Path.Combine(folder, Manifest.FileName)))
        {
            return $"{Manifest.FileName}: {e.Message}";
        }
        int files = Manifest.Load(folder).Content.Outputs.Count;
        _proved.Add($"{files} files have the hashes that {Manifest.FileName} lists, and it has its own");
        return null;
    }

    private string? Contents(string folder)
    {
        var run = Manifest.Load(folder).Content;
        ModelFile model;
        try
        {
            model = ModelFile.Read(Path.Combine(folder, ModelFile.PublishedName));
        }
        catch (UsageException e)
        {
            return e.Message;
        }
        if (Disagreement(run, model) is { } disagreement) return disagreement;
        var files = DataFilesOf(run);
        if (request.Rows is { } asked && asked.To > run.Rows)
            throw new UsageException($"--rows asks for rows up to {asked.To}, and there are {run.Rows}");
        StoredRows stored;
        try
        {
            stored = StoredRows.Read(folder, model, files, progress, cancel);
        }
        catch (Exception e) when (e is MiscountException or DataException)
        {
            return e.Message; // its hash holds, and yet it is not the data that manifest and model speak of
        }
        if (stored.Rows != run.Rows) return $"{Manifest.FileName}: it says {run.Rows} rows, and the data files list {stored.Rows}";
        if (stored.Digest != run.Digest) return $"data: the rows' digest is {stored.Digest}, not {run.Digest}";
        _proved.Add($"the {run.Rows:N0} stored rows have the digest {run.Digest[..16]}…");
        return Regenerated(folder, model, files, run.Rows) ?? (request.FolderOnly ? null : Measured(folder, run, model, stored));
    }

    /// <summary>Model and manifest are hashed apart; here each must say the same of the run.</summary>
    private static string? Disagreement(PublishedRun run, ModelFile model)
    {
        string? Differs(string what, object here, object there) =>
            Equals(here, there) ? null : $"{ModelFile.PublishedName}: its {what} is {here}, but {Manifest.FileName} says {there}";
        return Differs("engine", model.Header.Engine, run.Engine)
            ?? Differs("fit seed", model.Header.FitSeed, run.FitSeed)
            ?? Differs("sample seed", model.Header.SampleSeed, run.SampleSeed)
            ?? Differs("spec", FileHash.OfBytes(model.Spec), run.SpecSha256)
            ?? Differs("training rows", model.Header.TrainingRows, run.TrainingRows)
            ?? Differs("rows", model.Header.Rows, run.RequestedRows)
            ?? Differs("columns", Columns(model.Schema), Columns(run.Schema));
    }

    private static string Columns(TableSchema schema) =>
        string.Join(", ", schema.Columns.Select(c => $"{c.Name} ({c.Kind} {c.Role} {c.Personal})"));

    internal static List<FinishedFile> DataFilesOf(PublishedRun run)
    {
        var files = new List<FinishedFile>();
        long start = 0;
        foreach (var output in run.Outputs.Where(o => o.IsData).OrderBy(o => o.Path, StringComparer.Ordinal))
        {
            files.Add(new FinishedFile(output.Path, start, output.Rows ?? 0, output.Bytes, output.Sha256, []));
            start += output.Rows ?? 0;
        }
        return files;
    }

    private string? Regenerated(string folder, ModelFile model, IReadOnlyList<FinishedFile> files, long total)
    {
        var sampler = corridor.Engines.Load(model);
        var spans = request.Rows is { } asked ? [asked] : sampler is IFiled ? Spans(total, FramesWhole, FrameBlocks, BlockFrames)
            : Spans(total, RegeneratedWhole, Blocks, BlockRows);
        long all = spans.Sum(s => s.To - s.From), done = 0;
        foreach (var file in files)
        {
            var inside = spans.Where(s => s.From < file.Start + file.Rows && s.To > file.Start).ToList();
            if (inside.Count == 0) continue;
            var stored = StoredRows.ReadFile(Path.Combine(folder, file.Name), model.Schema, cancel);
            foreach (var span in inside)
            {
                long from = Math.Max(span.From, file.Start), to = Math.Min(span.To, file.Start + file.Rows);
                string? difference = null;
                long at = from;
                var run = new RunContext(model.Header.SampleSeed, request.Threads, progress, cancel);
                DataFiles.Draw(sampler, from, to - from, run, drawn =>
                {
                    difference ??= FirstDifference(drawn, stored, (int)(at - file.Start), at, file.Name);
                    at += drawn.RowCount;
                    done += drawn.RowCount;
                    progress.Report(new StageProgress("regenerating", done, all, "rows"));
                });
                if (difference is not null) return difference;
            }
        }
        _proved.Add(all == total
            ? $"all {total:N0} rows come out of model, seed and index again"
            : $"{all:N0} of {total:N0} rows come out of model, seed and index again");
        return null;
    }

    private static List<RowSpan> Spans(long total, long whole, int blocks, int rows)
    {
        if (total <= whole) return [new RowSpan(0, total)];
        var spans = new List<RowSpan>();
        for (int block = 0; block < blocks; block++)
        {
            long from = (long)((Int128)(total - rows) * block / (blocks - 1));
            spans.Add(new RowSpan(from, from + rows));
        }
        return spans;
    }

    private static string? FirstDifference(Table drawn, Table stored, int offset, long index, string file)
    {
        for (int c = 0; c < drawn.Columns.Count; c++)
        {
            var (fresh, kept) = (drawn.Columns[c], stored.Columns[c]);
            for (int row = 0; row < drawn.RowCount; row++)
            {
                if (Same(fresh, row, kept, offset + row)) continue;
                return $"{file}: row {index + row}, column '{fresh.Name}': stored '{ValueText.Format(kept, offset + row)}', "
                    + $"but the model gives '{ValueText.Format(fresh, row)}'";
            }
        }
        return null;
    }

    /// <summary>
    /// Equal as stored: a drawn number counts as what its column's precision writes of it, and an empty text as missing, since CSV and
    /// JSON lines are read back so.
    /// </summary>
    private static bool Same(Column fresh, int row, Column kept, int at)
    {
        if (fresh.IsMissing(row) || kept.IsMissing(at)) return IsEmpty(fresh, row) && IsEmpty(kept, at);
        if (fresh is NumericColumn numbers && numbers.Values[row].Equals(((NumericColumn)kept).Values[at])) return true;
        return ValueText.Format(fresh, row) == ValueText.Format(kept, at);
    }

    private static bool IsEmpty(Column column, int row) => column.IsMissing(row) || ValueText.Format(column, row).Length == 0;

    /// <summary>Figures and documents once more, from the stored rows and the real data, where that is at hand.</summary>
    private string? Measured(string folder, PublishedRun run, ModelFile model, StoredRows stored)
    {
        if (Job.Restore(model) is not { } spec)
        {
            _notChecked.Add("the figures: the spec draws on a schema file that the folder does not hold");
            return null;
        }
        var context = new RunContext(spec.FitSeed, request.Threads, progress, cancel);
        if (run.Privacy is { } paid) return Documents(folder, run, Releasing.Judge(spec, paid, stored.Sample, context), null);
        RealData? real = null;
        if (spec is { Kind: Engine.Scene, Measures.Extractor: { } network })
        {
            string? file = Search(folder, network);
            if ((file is null ? $"the figures: '{network}' is not at hand" : Strange(run, RealPictures.ExtractorRole, file)) is { } missing)
            {
                _notChecked.Add(missing);
                return null;
            }
            spec = spec with { Measures = spec.Measures with { Extractor = Path.GetFullPath(file!) } };
        }
        if (spec is { Kind: Engine.Scene, Source: not null })
        {
            if (PicturesAtHand(folder, run, spec) is not { } here) return null;
            spec = here;
        }
        else if (spec.Source is not null && (real = RealAtHand(folder, run, spec)) is null) return null;
        if (run.HoldoutRows != (real?.Holdout.Count ?? 0))
            return $"{Manifest.FileName}: it says {run.HoldoutRows} held-out rows, and there are {real?.Holdout.Count ?? 0}";
        var sampler = corridor.Engines.Load(model);
        var scenes = sampler is SceneSampler world ? new SceneSet(folder, world, stored.Rows) : null;
        var copies = AugmentedFrames.Of(spec, scenes, new(model.Header.SampleSeed, request.Threads, progress, cancel));
        return Annotations(folder, scenes, copies) ?? Documents(folder, run, Judging.Judge(spec, real, stored, sampler, context,
            Unrefined.Rows(sampler, model, context), scenes), sampler, scenes, copies);
    }

    /// <summary>The files of a set of frames that follow from all of its labels.</summary>
    private string? Annotations(string folder, SceneSet? scenes, AugmentedFrames? copies)
    {
        foreach (var (files, what, source) in new[]
            { (scenes?.OfSet(), "annotations", "the frames' labels"), (copies?.Files(), "augmented copies", "the frames") })
        {
            if (files is null) continue;
            int count = 0;
            foreach (var file in files)
            {
                string path = Path.Combine(folder, file.Path);
                if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(file.Content))
                    return $"{file.Path}: it is not what {source} give when written again";
                count++;
            }
            _proved.Add($"{count} files of {what} come out of {source} again");
        }
        return null;
    }

    private string? Documents(string folder, PublishedRun run, Judgement judgement, ISampler? sampler, SceneSet? scenes = null,
        AugmentedFrames? copies = null)
    {
        var figures = Reports.Figures.Of(judgement.Result, judgement.Gates);
        foreach (var (told, found) in run.Figures.Zip(figures))
            if (!Agree(told, found))
                return $"{Manifest.FileName}: {told.Name} is {told.Value:R}, but measured again it is {found.Value:R}";
        if (run.Figures.Count != figures.Count)
            return $"{Manifest.FileName}: it lists {run.Figures.Count} figures, not {figures.Count}";
        _proved.Add($"{figures.Count} figures come out equal when measured again");
        if (run.InstructionSet != ProgramVersion.InstructionSet)
        {
            _notChecked.Add($"the documents' bytes: they were written with {run.InstructionSet}, "
                + $"here are {ProgramVersion.InstructionSet}");
            return null;
        }
        var before = run with { Outputs = [.. run.Outputs.Where(o => o.IsData || o.Path == ModelFile.PublishedName)] };
        foreach (var (name, content) in Publication.Documents(before, judgement, (sampler as ITrained)?.Training, sampler as IAsked,
            scenes, copies))
            if (!File.ReadAllBytes(Path.Combine(folder, name)).AsSpan().SequenceEqual(content))
                return $"{name}: it is not what the figures and the manifest give when written again";
        _proved.Add("report, card and Croissant description come out equal when written again");
        return null;
    }

    private static bool Agree(Figure told, Figure found) =>
        told.Name == found.Name && told.Gate == found.Gate && told.Passed == found.Passed && Near(told.Value, found.Value)
        && Near(told.Reference, found.Reference) && Near(told.Low, found.Low) && Near(told.High, found.High);

    /// <summary>Equal, or equal but for what other vector widths may change in a sum.</summary>
    private static bool Near(double a, double b) => a.Equals(b) || Math.Abs(a - b) <= 1e-9 * Math.Max(Math.Abs(a), Math.Abs(b));

    /// <summary>The real data where it can be found and is what the run read; else null, and why goes among the
    /// unchecked.</summary>
    private RealData? RealAtHand(string folder, PublishedRun run, Spec spec)
    {
        var source = spec.Source!;
        if (source.Train is null) return Queried(folder, run, spec);
        string? train = request.Train ?? Search(folder, source.Train!);
        string? holdout = request.Holdout ?? (source.Holdout is { } path ? Search(folder, path) : null);
        if (train is null || holdout is null && source.Holdout is not null)
        {
            _notChecked.Add($"the figures: '{(train is null ? source.Train : source.Holdout)}' is not at hand; "
                + $"name it with {(train is null ? "--train" : "--holdout")}");
            return null;
        }
        if (request.Holdout is null && source.Holdout is null && spec.Split is null && request.Train is not null)
            _notChecked.Add("whether the holdout is the one that was held out: it is parted anew from the training file");
        var here = spec with { Source = source with { Train = train, Holdout = holdout, Postgres = null, Query = null } };
        string? strange = Strange(run, "train", train);
        if (holdout is not null && source.Holdout is not null) strange ??= Strange(run, "holdout", holdout);
        if (strange is not null)
        {
            _notChecked.Add(strange);
            return null;
        }
        return Sources.Read(here, "", new RunContext(spec.FitSeed, request.Threads, progress, cancel));
    }

    /// <summary>
    /// The spec with its real pictures where they can be found and are what the run read; else null, and why goes among the unchecked.
    /// </summary>
    private Spec? PicturesAtHand(string folder, PublishedRun run, Spec spec)
    {
        var source = spec.Source!;
        foreach (var (role, path, given) in new[] { ("train", source.Train, request.Train), ("holdout", source.Holdout, request.Holdout) })
        {
            if (path is null) continue;
            if ((given ?? Search(folder, path)) is not { } found)
            {
                _notChecked.Add($"the figures: '{path}' is not at hand; name it with --{role}");
                return null;
            }
            if (!run.Inputs.Any(i => i.Role == role && i.Sha256 == RealPictures.Describe(role, found, progress, cancel).Sha256))
            {
                _notChecked.Add($"the figures: '{found}' is not the {role} set of this run");
                return null;
            }
            source = role == "train" ? source with { Train = found } : source with { Holdout = found };
        }
        return spec with { Source = source };
    }

    /// <summary>
    /// The rows of the source's query, run again where that is asked for: a folder may be a stranger's, and no database is
    /// contacted on its word alone.
    /// </summary>
    private RealData? Queried(string folder, PublishedRun run, Spec spec)
    {
        if (!request.Query)
        {
            _notChecked.Add("the figures: the training rows came from a query; "
                + "add --query to run it again on the database that the spec names");
            return null;
        }
        string? holdout = request.Holdout ?? (spec.Source!.Holdout is { } path ? Search(folder, path) : null);
        if (holdout is null && spec.Source!.Holdout is not null)
        {
            _notChecked.Add($"the figures: '{spec.Source.Holdout}' is not at hand; name it with --holdout");
            return null;
        }
        RealData real;
        try
        {
            var here = spec with { Source = spec.Source! with { Holdout = holdout } };
            real = Sources.Read(here, "", new RunContext(spec.FitSeed, request.Threads, progress, cancel));
        }
        catch (DataException e)
        {
            _notChecked.Add($"the figures: the query cannot be run again: {e.Message.TrimEnd('.')}");
            return null;
        }
        string sha256 = Sources.DescribeQuery(real).Sha256;
        if (run.Inputs.Any(i => i.Role == "train" && i.Sha256 == sha256)) return real;
        _notChecked.Add("the figures: the query gives other rows now, or the same in another order");
        return null;
    }

    /// <summary>Why a file is not the one that the run read, or null where it is.</summary>
    private string? Strange(PublishedRun run, string role, string path)
    {
        var known = run.Inputs.Where(i => i.Role == role).Select(i => i.Sha256).ToHashSet(StringComparer.Ordinal);
        foreach (string file in SourceFiles.Find(path))
            if (!known.Contains(FileHash.Of(file, cancel).Sha256))
                return $"the figures: '{file}' is not the {role} file of this run";
        return null;
    }

    /// <summary>The spec's path from here, from the folder, or from one of the folders above it.</summary>
    private static string? Search(string folder, string path)
    {
        if (Path.IsPathRooted(path)) return Exists(path) ? path : null;
        if (Exists(path)) return path;
        for (var at = new DirectoryInfo(Path.GetFullPath(folder)); at is not null; at = at.Parent)
            if (Exists(Path.Combine(at.FullName, path))) return Path.Combine(at.FullName, path);
        return null;
    }

    private static bool Exists(string path)
    {
        if (path.AsSpan().IndexOfAny('*', '?') < 0) return Path.Exists(path);
        try
        {
            return SourceFiles.Find(path).Count > 0;
        }
        catch (DataException)
        {
            return false; // a glob that matches nothing is not there
        }
    }
}
