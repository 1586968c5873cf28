using System.Collections.Concurrent;
using Simulant.Scenes.Formats;

namespace Simulant.Runs;

/// <summary>The files that lie beside the rows of one data file, as they come, from any thread.</summary>
internal sealed class BesideFiles(Workspace workspace)
{
    private readonly ConcurrentBag<BesideFile> _whole = [];
    private readonly ConcurrentBag<string> _pieces = [];

    public void Put(SceneFile file)
    {
        if (!ShardFormat.IsPiece(file))
        {
            _whole.Add(workspace.WriteBeside(file.Path, file.Content));
            return;
        }
        workspace.WritePiece(file.Path, file.Content);
        _pieces.Add(file.Path);
    }

    /// <summary>All of them, pieces joined in the order of their frames.</summary>
    /// <param name="index">Number of the data file among all: its shard has it too.</param>
    public IReadOnlyList<BesideFile> End(int index, CancellationToken cancel)
    {
        string[] pieces = [.. _pieces.OrderBy(p => p.Length).ThenBy(p => p, StringComparer.Ordinal)];
        if (pieces.Length > 0)
            _whole.Add(workspace.Join($"{ShardFormat.Folder}/{WebDataset.ShardName(index)}", pieces, new byte[WebDataset.End], cancel));
        return [.. _whole.OrderBy(b => b.Name, StringComparer.Ordinal)];
    }
}
