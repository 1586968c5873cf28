using System.Text;
using System.Text.Json;
using Simulant.Provenance;

namespace Simulant.Runs;

/// <summary>One data file that is whole on the disk.</summary>
/// <param name="Rejected">Candidates rejected while its rows were drawn, by rule: they cannot be counted again later.</param>
internal sealed record FinishedFile(string Name, long Start, long Rows, long Bytes, string Sha256,
    Dictionary<string, long> Rejected)
{
    /// <summary>Files that lie beside the rows, by path.</summary>
    public IReadOnlyList<BesideFile> Beside { get; init; } = [];
}

/// <summary>A file that belongs to a row: a picture, or labels of it.</summary>
internal sealed record BesideFile(string Name, string Sha256, long Bytes);

/// <summary>
/// What a shard has finished, a line a file, each line flushed before the next file begins. A line that a crash cut short is
/// dropped; a file that no longer matches its line is made again.
/// </summary>
internal sealed class Journal
{
    private readonly IFiles _files;
    private readonly string _path;
    private readonly Dictionary<string, FinishedFile> _finished = new(StringComparer.Ordinal);

    private Journal(IFiles files, string path)
    {
        _files = files;
        _path = path;
    }

    public IReadOnlyDictionary<string, FinishedFile> Finished => _finished;

    /// <summary>Reads what is there; nothing is checked against the files yet.</summary>
    public static Journal Read(IFiles files, string path)
    {
        var journal = new Journal(files, path);
        if (!File.Exists(path)) return journal;
        string text = File.ReadAllText(path);
        foreach (string line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
            if (Parse(line) is { } file) journal._finished[file.Name] = file;
        return journal;
    }

    /// <summary>
    /// Opens to go on writing: keeps the lines whose files still match, and rewrites the journal with these alone.
    /// </summary>
    public static Journal Continue(IFiles files, string path, string folder, CancellationToken cancel)
    {
        var journal = Read(files, path);
        foreach (var file in journal._finished.Values.ToList())
        {
            cancel.ThrowIfCancellationRequested();
            bool Stands(string name, long bytes, string sha256)
            {
                string stored = Path.Combine(folder, name);
                return File.Exists(stored) && new FileInfo(stored).Length == bytes && FileHash.Of(stored, cancel).Sha256 == sha256;
            }
            if (!Stands(file.Name, file.Bytes, file.Sha256) || !file.Beside.All(b => Stands(b.Name, b.Bytes, b.Sha256)))
                journal._finished.Remove(file.Name);
        }
        using (var stream = files.Create(path + ".tmp"))
            foreach (var file in journal._finished.Values) stream.Write(Line(file));
        files.MoveFile(path + ".tmp", path);
        return journal;
    }

    public void Add(FinishedFile file)
    {
        _files.Append(_path, Line(file));
        _finished[file.Name] = file;
    }

    private static byte[] Line(FinishedFile file) =>
        Encoding.UTF8.GetBytes(JsonSerializer.Serialize(file, JournalJson.Default.FinishedFile) + "\n");

    private static FinishedFile? Parse(string line)
    {
        try
        {
            var file = JsonSerializer.Deserialize(line, JournalJson.Default.FinishedFile);
            return file is { Name: not null, Sha256: not null, Rejected: not null, Beside: not null } ? file : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
