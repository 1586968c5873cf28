using System.Security.Cryptography;
using System.Text;
using Simulant.Data;

namespace Simulant.Runs;

/// <summary>
/// Checkpoints as files beside the work: one for each fit of a run, named and checked by what determines the fit and by the build
/// of the program, so that no other fit reads it. Each is written aside, flushed and renamed, and ends with its SHA-256. What
/// goes wrong with one is said in <see cref="Notes"/> and costs time alone.
/// </summary>
/// <param name="prefix">Path of the files without <c>.KEY.checkpoint</c>.</param>
/// <param name="resume">Whether those of an earlier process are read.</param>
/// <param name="every">Least time between two.</param>
internal sealed class CheckpointFiles(IFiles files, string prefix, bool resume, IClock clock, TimeSpan every) : ICheckpoints
{
    /// <summary>Writing takes at most one part in so many of the time.</summary>
    private const int Cheap = 20;

    private const string Suffix = ".checkpoint";

    private readonly IFiles _files = files;
    private readonly IClock _clock = clock;
    private readonly string _prefix = prefix;
    private readonly bool _resume = resume;
    private readonly TimeSpan _every = every;
    private readonly List<string> _notes = [];

    /// <summary>What a user should hear of: continued, unreadable or unwritable checkpoints.</summary>
    public IReadOnlyList<string> Notes => _notes;

    public bool Due => false;

    public ICheckpoints For(Func<string> key) => new OfFit(this, new Lazy<string>(key));

    public void Store(Action<Stream> write) => throw new InvalidOperationException("name the fit first");

    public bool Restore(Action<Stream> read) => false;

    /// <summary>Whether any are there.</summary>
    public static bool AnyIn(string folder) => Directory.EnumerateFiles(folder, "*" + Suffix).Any();

    /// <summary>Removes all of this prefix: the model is stored, and nothing goes back behind it.</summary>
    public void Clear()
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(_prefix))!;
        foreach (string path in Directory.EnumerateFiles(folder, Path.GetFileName(_prefix) + ".*" + Suffix)) _files.DeleteFile(path);
    }

    private sealed class OfFit(CheckpointFiles all, Lazy<string> key) : ICheckpoints
    {
        private readonly Lazy<byte[]> _name =
            new(() => SHA256.HashData(Encoding.UTF8.GetBytes($"{key.Value}\n{ProgramVersion.Build}")));

        private DateTimeOffset? _last; // the time runs from the first look, so that a fit that never looks does not touch the clock
        private TimeSpan _pause = all._every;

        private string PathOf => $"{all._prefix}.{Convert.ToHexStringLower(_name.Value)[..16]}{Suffix}";

        public bool Due
        {
            get
            {
                var now = all._clock.Now;
                return now - (_last ??= now) >= _pause;
            }
        }

        public ICheckpoints For(Func<string> other) => new OfFit(all, new Lazy<string>(() => key.Value + "\n" + other()));

        public void Store(Action<Stream> write)
        {
            var before = all._clock.Now;
            string aside = PathOf + ".tmp";
            try
            {
                using (var stream = all._files.Create(aside))
                {
                    using var hash = SHA256.Create();
                    using (var hashed = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true))
                    using (var buffered = new BufferedStream(hashed, 1 << 16))
                    {
                        buffered.Write(_name.Value);
                        write(buffered);
                    }
                    stream.Write(hash.Hash!);
                }
                all._files.MoveFile(aside, PathOf);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                all._notes.Add($"a checkpoint could not be written ({e.Message.TrimEnd('.')}); the fit went on without it");
            }
            var now = all._clock.Now;
            _last = now;
            var cost = Cheap * (now - before);
            _pause = cost > all._every ? cost : all._every;
        }

        public bool Restore(Action<Stream> read)
        {
            if (!all._resume || !File.Exists(PathOf)) return false;
            try
            {
                using var file = new FileStream(PathOf, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
                if (!IsWhole(file)) throw new InvalidDataException("it is damaged");
                file.Position = 32;
                byte[] body = new byte[file.Length - 64];
                file.ReadExactly(body);
                read(new MemoryStream(body, writable: false));
                all._notes.Add("the fit went on behind its last checkpoint");
                return true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                all._notes.Add($"a checkpoint was left aside ({e.Message.TrimEnd('.')}); the fit started from its beginning");
                return false;
            }
        }

        /// <summary>The name in front, and the hash of all before it at the end.</summary>
        private bool IsWhole(FileStream file)
        {
            if (file.Length < 64) return false;
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            byte[] buffer = new byte[1 << 16];
            for (long left = file.Length - 32; left > 0;)
            {
                int read = file.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
                if (read == 0) return false;
                hash.AppendData(buffer, 0, read);
                left -= read;
            }
            byte[] told = new byte[32];
            file.ReadExactly(told);
            if (!told.AsSpan().SequenceEqual(hash.GetHashAndReset())) return false;
            file.Position = 0;
            file.ReadExactly(told);
            return told.AsSpan().SequenceEqual(_name.Value);
        }
    }
}
