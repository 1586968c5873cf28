using System.Formats.Tar;
using System.Globalization;

namespace Simulant.Scenes.Formats;

/// <summary>
/// WebDataset's shards: tar files (ustar) in which the files of one sample stand together under one key, KEY.EXTENSION. Headers hold
/// neither time nor owner, so the same samples give the same bytes.
/// </summary>
public static class WebDataset
{
    private const int Block = 512;

    /// <summary>Bytes, all of them 0, that end a shard.</summary>
    public const int End = 2 * Block;

    /// <summary>Writes samples in their order, and begins a new shard before one would grow beyond its bound; a sample is never
    /// parted.</summary>
    /// <param name="samples">A key without dots, and its files.</param>
    /// <param name="shardBytes">Bound of a shard; one that holds a single sample may be larger.</param>
    /// <param name="open">Opens shard i for writing; it is closed here.</param>
    /// <returns>How many shards were written.</returns>
    /// <exception cref="ArgumentException">A key holds a dot or slash or comes twice in a row, a name is used twice in a sample or is
    /// longer than tar's 100 bytes.</exception>
    public static int Write(IEnumerable<(string Key, IReadOnlyList<SceneFile> Files)> samples, long shardBytes, Func<int, Stream> open)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(open);
        ArgumentOutOfRangeException.ThrowIfLessThan(shardBytes, 1);
        int shards = 0;
        long written = 0;
        Stream? stream = null;
        TarWriter? tar = null;
        string last = "";
        try
        {
            foreach (var (key, files) in samples)
            {
                var named = Named(key, files);
                if (key == last) throw new ArgumentException($"the key '{key}' comes twice", nameof(samples));
                last = key;
                long size = named.Sum(f => Block + (f.Content.LongLength + Block - 1) / Block * Block);
                if (tar is not null && written + size + End > shardBytes) Close();
                if (tar is null)
                {
                    stream = open(shards++);
                    (tar, written) = (new(stream, TarEntryFormat.Ustar, leaveOpen: true), 0);
                }
                foreach (var file in named) Add(tar, file);
                written += size;
            }
        }
        finally
        {
            Close();
        }
        return shards;

        void Close()
        {
            tar?.Dispose();
            stream?.Dispose();
            (tar, stream) = (null, null);
        }
    }

    /// <summary>
    /// One sample as it stands in a shard: pieces one after another, and <see cref="End"/> zeros, are a shard.
    /// </summary>
    /// <exception cref="ArgumentException">As of <see cref="Write"/>.</exception>
    public static byte[] Piece(string key, IReadOnlyList<SceneFile> files)
    {
        using var stream = new MemoryStream();
        Write([(key, files)], long.MaxValue, _ => stream);
        // What a closed stream of memory holds can still be had.
        return stream.ToArray()[..^End];
    }

    /// <summary>
    /// What a file is called in a shard: its key, its folder unless that is images, what its own name adds to the key, its ending, apart by
    /// dots: depth/000042.npy is 000042.depth.npy.
    /// </summary>
    public static string NameOf(string key, string path)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(path);
        int slash = path.LastIndexOf('/');
        string folder = slash < 0 ? "" : path[..slash].Replace('/', '.'), file = path[(slash + 1)..];
        if (file.StartsWith(key, StringComparison.Ordinal)) file = file[key.Length..].TrimStart('_', '.', '-');
        return folder is "" or "images" ? $"{key}.{file}" : $"{key}.{folder}.{file}";
    }

    private static List<SceneFile> Named(string key, IReadOnlyList<SceneFile> files)
    {
        if (key.Length == 0 || key.AsSpan().IndexOfAny('.', '/') >= 0)
            throw new ArgumentException($"'{key}' is no key: it must hold something, and neither dots nor slashes", nameof(key));
        var names = new HashSet<string>(StringComparer.Ordinal);
        var named = new List<SceneFile>();
        foreach (var file in files)
        {
            string name = NameOf(key, file.Path);
            if (!names.Add(name)) throw new ArgumentException($"two files of '{key}' are called {name}", nameof(files));
            if (System.Text.Encoding.UTF8.GetByteCount(name) > 100)
                throw new ArgumentException($"{name} is longer than the 100 bytes that tar holds", nameof(files));
            named.Add(new(name, file.Content));
        }
        return named;
    }

    private static void Add(TarWriter tar, SceneFile file)
    {
        using var content = new MemoryStream(file.Content, writable: false);
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, file.Path)
        {
            DataStream = content, ModificationTime = DateTimeOffset.UnixEpoch, Uid = 0, Gid = 0, UserName = "", GroupName = "",
            Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
        });
    }

    /// <summary>The usual name of shard i.</summary>
    public static string ShardName(int index) => string.Create(CultureInfo.InvariantCulture, $"shard-{index:D6}.tar");
}
