using System.Globalization;
using System.Text;

namespace Simulant.Runs;

/// <summary>
/// Keeps two processes out of one piece of work: a file held open and locked. The system lets go of it when its process
/// dies, however that happens, so a killed run leaves no lock behind.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _held;

    private FolderLock(FileStream held) => _held = held;

    /// <summary>The lock, or null where another process (or another run of this one) holds it.</summary>
    public static FolderLock? TryTake(string path)
    {
        FileStream held;
        try
        {
            held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
        // Its owner may have removed the file between our opening and our locking; then this lock keeps nobody out.
        if (!File.Exists(path))
        {
            held.Dispose();
            return null;
        }
        held.SetLength(0);
        held.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        held.Flush();
        return new FolderLock(held);
    }

    public void Dispose() => _held.Dispose();
}
