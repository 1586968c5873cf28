namespace Simulant.Runs;

/// <summary>Commands as a person can paste them into a shell, without this machine's paths.</summary>
internal static class CommandText
{
    /// <summary>A name as one word of a POSIX shell.</summary>
    public static string Word(string name) =>
        name.All(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_') && name.Length > 0
            ? name : $"'{name.Replace("'", "'\\''")}'";

    /// <summary>A file's name as one word.</summary>
    public static string File(string path) => Word(Path.GetFileName(path));
}
