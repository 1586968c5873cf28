using System.Globalization;
using Simulant.Data;
using Simulant.Scenes.Formats;
using Simulant.Scenes.Worlds;

namespace Simulant.Runs;

/// <summary>A data file to be: which rows it holds, and its name under the result, with forward slashes.</summary>
internal sealed record FilePlan(string Name, long Start, long Rows);

/// <summary>How the rows are laid out in files, and how they are drawn and written.</summary>
internal static class DataFiles
{
    private const int ChunkRows = 65_536, LeastChunkRows = 1_024;

    /// <summary>Files at most: their names have five digits.</summary>
    private const long MostFiles = 99_999;

    /// <summary>Refuses more rows than files can hold.</summary>
    /// <exception cref="UsageException">With the greatest number that is possible.</exception>
    public static void Check(long rows, long rowsPerFile)
    {
        if (rows / rowsPerFile >= MostFiles && rows > MostFiles * rowsPerFile)
            throw new UsageException(string.Create(CultureInfo.InvariantCulture,
                $"{rows:N0} rows are too many for one data set; ask for at most {MostFiles * rowsPerFile:N0}"));
    }

    /// <summary>
    /// One file for each <paramref name="rowsPerFile"/> rows or part of it, at least one for each shard, named as Hugging Face
    /// expects. Files hold
    /// nearly equal numbers of rows, in order.
    /// </summary>
    public static IReadOnlyList<FilePlan> Layout(long rows, long rowsPerFile, int shards, string format)
    {
        Check(rows, rowsPerFile);
        long count = Math.Max(Math.Max(1, Parts(rows, rowsPerFile)), shards);
        var plan = new FilePlan[count];
        for (long i = 0; i < count; i++)
        {
            long start = Part(rows, i, count);
            plan[i] = new FilePlan(
                string.Create(CultureInfo.InvariantCulture, $"data/train-{i:00000}-of-{count:00000}.{format}"),
                start, Part(rows, i + 1, count) - start);
        }
        return plan;
    }

    /// <summary>The files that are shard <paramref name="shard"/>'s (1-based): every shard has at least one, in order.</summary>
    public static IReadOnlyList<FilePlan> OfShard(IReadOnlyList<FilePlan> files, int shard, int shards)
    {
        int from = (int)Part(files.Count, shard - 1, shards), to = (int)Part(files.Count, shard, shards);
        return [.. files.Skip(from).Take(to - from)];
    }

    /// <summary>
    /// Draws rows [start, start + rows) in chunks on all threads and hands them over in order. While the chunks of one wave are
    /// handed over, the next are drawn, so memory holds two waves at any number of rows.
    /// </summary>
    /// <param name="put">Takes the files that lie beside the rows, in no order and from any thread; null where they are not wanted.</param>
    public static void Draw(ISampler sampler, long start, long rows, RunContext run, Action<Table> take, Action<SceneFile>? put = null)
    {
        int threads = Math.Max(1, run.MaxThreads);
        // A frame takes as long as a hundred thousand rows, and each thread makes one at a time.
        int chunkRows = sampler is IFiled ? 1 : (int)Math.Clamp(Parts(rows, threads), LeastChunkRows, ChunkRows);
        var inner = run with { MaxThreads = 1 };
        Table[] drawn = [];
        for (long at = start; at < start + rows || drawn.Length > 0;)
        {
            int wave = (int)Math.Min(threads, Parts(start + rows - at, chunkRows));
            var next = new Table[wave];
            var (before, from) = (drawn, at);
            Work.For(wave + 1, run, piece =>
            {
                if (piece == 0)
                {
                    foreach (var table in before) take(table);
                    return;
                }
                long first = from + (long)(piece - 1) * chunkRows;
                int count = (int)Math.Min(chunkRows, start + rows - first);
                var range = new ItemRange(first, count);
                next[piece - 1] = (sampler is IFiled filed && put is not null ? filed.Sample(range, inner, put)
                    : sampler.Sample(range, inner)).Single;
            });
            drawn = next;
            at += Math.Min(start + rows - at, (long)wave * chunkRows);
        }
    }

    // Whole parts of a size, and one for what is left; without a sum that could overflow.
    private static long Parts(long whole, long size) => whole / size + (whole % size == 0 ? 0 : 1);

    private static long Part(long whole, long index, long count) => (long)((Int128)whole * index / count);
}
