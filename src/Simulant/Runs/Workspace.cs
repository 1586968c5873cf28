using Simulant.Provenance;

namespace Simulant.Runs;

/// <summary>How a request meets what is already on the disk.</summary>
/// <param name="Resume">Start, continue or confirm.</param>
/// <param name="Force">Replace whatever is there.</param>
/// <param name="Shard">This process's share, 1-based, of <see cref="RunPlan.Shards"/>.</param>
internal sealed record Admission(bool Resume, bool Force, int Shard);

/// <summary>
/// The folder beside DIR in which a run is made: <c>DIR.partial/result</c> becomes DIR by one rename, so that nobody ever sees
/// a half-made DIR. The plan and the journals of finished files stand next to it, and let a killed run go on.
/// </summary>
internal sealed class Workspace : IDisposable
{
    private const string PlanName = "plan.json";

    private readonly IFiles _files;
    private readonly string _target;
    private readonly Admission _admission;
    private readonly FolderLock _lock;

    private Workspace(IFiles files, string target, RunPlan plan, Admission admission, FolderLock held, Journal journal)
    {
        _files = files;
        _target = target;
        _admission = admission;
        _lock = held;
        Plan = plan;
        Journal = journal;
    }

    public RunPlan Plan { get; }

    /// <summary>What this shard has finished.</summary>
    public Journal Journal { get; }

    public string Root => PartialOf(_target);
    public string Result => ResultOf(_target);
    public string Data => Path.Combine(Result, "data");

    /// <summary>Where this shard's checkpoints begin; see <see cref="CheckpointFiles"/>.</summary>
    public string Checkpoint => Path.Combine(Root, $"shard-{_admission.Shard}");

    public static string PartialOf(string target) => target + ".partial";
    public static string RejectedOf(string target) => target + ".rejected";
    private static string ResultOf(string target) => Path.Combine(PartialOf(target), "result");

    /// <summary>
    /// Takes this shard's place in the work; refuses where another run, another plan or foreign files are in the way.
    /// </summary>
    /// <exception cref="UsageException">The place is taken; the message says by what and what to do.</exception>
    public static Workspace Open(IFiles files, string target, RunPlan plan, Admission admission, CancellationToken cancel)
    {
        string root = PartialOf(target);
        if (Path.GetDirectoryName(Path.GetFullPath(target)) is { } parent) files.CreateFolder(parent);
        bool fresh = !Directory.Exists(root);
        files.CreateFolder(root);
        string lockPath = Path.Combine(root, $"shard-{admission.Shard}-of-{plan.Shards}.lock");
        var held = FolderLock.TryTake(lockPath)
            ?? throw new UsageException($"another process is making '{target}'{OfShard(plan, admission)}; wait for it to end");
        try
        {
            if (!fresh) Reconcile(files, target, plan, admission);
            string planPath = Path.Combine(root, PlanName);
            if (!File.Exists(planPath)) WriteWhole(files, planPath, lockPath + ".plan.tmp", plan.ToJson());
            files.CreateFolder(Path.Combine(ResultOf(target), "data"));
            string journalPath = Path.Combine(root, $"shard-{admission.Shard}-of-{plan.Shards}.jsonl");
            var journal = Journal.Continue(files, journalPath, ResultOf(target), cancel);
            return new Workspace(files, target, plan, admission, held, journal);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Writes a file of the result whole: beside its place, flushed, then renamed.</summary>
    public void Write(string name, Action<Stream> content)
    {
        string path = Path.Combine(Result, name);
        // Shards may write the same file, such as the model, at the same time: each has a place of its own for it.
        string mine = Plan.Shards == 1 ? "" : $"shard-{_admission.Shard}-";
        string aside = Path.Combine(Root, $"{mine}{Path.GetFileName(name)}.tmp");
        using (var stream = _files.Create(aside)) content(stream);
        _files.MoveFile(aside, path);
        _files.SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>
    /// Writes a file that belongs to a row, at its place in the result: it counts only once the data file of its row is finished.
    /// </summary>
    public BesideFile WriteBeside(string name, byte[] content)
    {
        string path = Path.Combine(Result, name);
        _files.CreateFolder(Path.GetDirectoryName(path)!);
        using (var stream = _files.Create(path)) stream.Write(content);
        return new BesideFile(name, FileHash.OfBytes(content), content.Length);
    }

    /// <summary>Writes a file that is to be a part of one in the result, beside it.</summary>
    public void WritePiece(string name, byte[] content)
    {
        string path = PieceOf(name);
        _files.CreateFolder(Path.GetDirectoryName(path)!);
        using var stream = _files.Create(path);
        stream.Write(content);
    }

    /// <summary>Joins pieces to a file at its place in the result, and takes them away.</summary>
    /// <param name="ending">What stands behind the last.</param>
    public BesideFile Join(string name, IReadOnlyList<string> pieces, byte[] ending, CancellationToken cancel)
    {
        string path = Path.Combine(Result, name);
        _files.CreateFolder(Path.GetDirectoryName(path)!);
        using (var stream = _files.Create(path))
        {
            foreach (string piece in pieces)
            {
                cancel.ThrowIfCancellationRequested();
                using var from = File.OpenRead(PieceOf(piece));
                from.CopyTo(stream);
            }
            stream.Write(ending);
        }
        foreach (string piece in pieces) _files.DeleteFile(PieceOf(piece));
        var (sha256, bytes) = FileHash.Of(path, cancel);
        return new BesideFile(name, sha256, bytes);
    }

    private string PieceOf(string name) => Path.Combine(Root, "pieces", name);

    /// <summary>All files that any shard has finished.</summary>
    public IReadOnlyList<FinishedFile> AllFinished()
    {
        var all = new List<FinishedFile>();
        for (int shard = 1; shard <= Plan.Shards; shard++)
            all.AddRange(Journal.Read(_files, Path.Combine(Root, $"shard-{shard}-of-{Plan.Shards}.jsonl")).Finished.Values);
        return [.. all.OrderBy(f => f.Start)];
    }

    /// <summary>The right to publish, or null where another shard is about to.</summary>
    public FolderLock? TryTakeFinish() =>
        Directory.Exists(Root) ? FolderLock.TryTake(Path.Combine(Root, "finish.lock")) : null;

    /// <summary>Makes the result visible under DIR, or under DIR.rejected; the last step, one rename.</summary>
    /// <returns>Where it now is.</returns>
    public string Publish(bool rejected)
    {
        string place = rejected ? RejectedOf(_target) : _target;
        _files.SyncFolder(Data);
        _files.SyncFolder(Result);
        string old = Path.Combine(Root, "old");
        if (Directory.Exists(old)) _files.DeleteFolder(old);
        if (Directory.Exists(place)) _files.MoveFolder(place, old);
        _files.MoveFolder(Result, place);
        _files.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(place))!);
        _files.DeleteFolder(Root);
        if (_admission.Force && !rejected && Directory.Exists(RejectedOf(_target))) _files.DeleteFolder(RejectedOf(_target));
        return place;
    }

    /// <summary>Clears away what a run left that died after its rename: nothing of it is needed any more.</summary>
    public static void Sweep(IFiles files, string target)
    {
        string root = PartialOf(target);
        if (Directory.Exists(root) && !Directory.Exists(ResultOf(target))
            && !OthersAreAtWork(root, null)) files.DeleteFolder(root);
    }

    /// <summary>Lets go of the work. What failed before anything was finished leaves nothing behind.</summary>
    public void Dispose()
    {
        bool begun = Journal.Finished.Count > 0 || File.Exists(Path.Combine(Result, ModelFile.PublishedName))
            || Directory.Exists(Root) && CheckpointFiles.AnyIn(Root)
            || File.Exists(Path.Combine(Root, Paying.KeptName)); // what was paid for is not thrown away
        try
        {
            if (!begun && Directory.Exists(Root) && !OthersAreAtWork(Root, _admission)) _files.DeleteFolder(Root);
        }
        catch (IOException)
        {
            begun = true; // what failed first is what the user should hear of
        }
        _lock.Dispose();
    }

    private static void Reconcile(IFiles files, string target, RunPlan plan, Admission admission)
    {
        string root = PartialOf(target);
        string planPath = Path.Combine(root, PlanName);
        var earlier = File.Exists(planPath) ? RunPlan.FromJson(File.ReadAllBytes(planPath)) : null;
        bool begun = earlier is not null && Directory.EnumerateFiles(root, "*.jsonl").Any();
        if (earlier is null || admission.Force && !OthersAreAtWork(root, admission))
        {
            Empty(files, root, admission);
            return;
        }
        if (plan.DifferenceFrom(earlier, sameProgram: true) is { } difference)
            throw new UsageException($"'{root}' holds an unfinished run that cannot be continued: {difference}; "
                + "start again with --force");
        bool mine = File.Exists(Path.Combine(root, $"shard-{admission.Shard}-of-{plan.Shards}.jsonl"));
        if (begun && mine && !admission.Resume)
            throw new UsageException($"'{root}' holds an unfinished run{OfShard(plan, admission)}; "
                + "add --resume to continue it, or --force to start again");
    }

    private static bool OthersAreAtWork(string root, Admission? admission)
    {
        foreach (string path in Directory.EnumerateFiles(root, "*.lock"))
        {
            bool own = admission is not null
                && Path.GetFileName(path).StartsWith($"shard-{admission.Shard}-of-", StringComparison.Ordinal);
            if (own) continue;
            using var other = FolderLock.TryTake(path);
            if (other is null) return true;
        }
        return false;
    }

    /// <summary>Clears an abandoned run away; the locks stay, being held.</summary>
    private static void Empty(IFiles files, string root, Admission admission)
    {
        if (OthersAreAtWork(root, admission)) return;
        foreach (string folder in Directory.EnumerateDirectories(root)) files.DeleteFolder(folder);
        foreach (string file in Directory.EnumerateFiles(root))
            if (!file.EndsWith(".lock", StringComparison.Ordinal)) files.DeleteFile(file);
    }

    private static void WriteWhole(IFiles files, string path, string aside, byte[] bytes)
    {
        using (var stream = files.Create(aside)) stream.Write(bytes);
        files.MoveFile(aside, path);
    }

    private static string OfShard(RunPlan plan, Admission admission) =>
        plan.Shards == 1 ? "" : $" (shard {admission.Shard} of {plan.Shards})";
}
