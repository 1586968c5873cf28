namespace Simulant.Text.Code.Children;

/// <summary>
/// A folder of this process's own, for what children run from: their hosts, and an empty folder to stand in. Other users may read
/// it and not write to it. Removed at the end of the process.
/// </summary>
internal sealed class WorkFolder
{
    private static readonly Lazy<WorkFolder> Only = new(() => new WorkFolder());
    private readonly Lock _gate = new();

    private WorkFolder()
    {
        Root = Directory.CreateTempSubdirectory("simulant-code-").FullName;
        Empty = Path.Combine(Root, "empty");
        Directory.CreateDirectory(Empty);
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
            File.SetUnixFileMode(Root, Read | UnixFileMode.UserWrite);
            File.SetUnixFileMode(Empty, Read);
        }
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove();
    }

    public static WorkFolder OfThisProcess => Only.Value;

    public string Root { get; }

    /// <summary>Where children stand: empty, and not theirs to write to.</summary>
    public string Empty { get; }

    /// <summary>Path of a file of this name, made on first use.</summary>
    public string Place(string name, Func<byte[]> content)
    {
        string path = Path.Combine(Root, name);
        lock (_gate)
        {
            if (File.Exists(path)) return path;
            File.WriteAllBytes(path, content());
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }
        return path;
    }

    private void Remove()
    {
        try
        {
            Directory.Delete(Root, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return; // the machine's own cleaning of its temporary folder takes it
        }
    }
}
