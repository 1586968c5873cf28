namespace Simulant.Tests;

/// <summary>Where this checkout lies, found from the test program's own folder.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>Files below a folder with the pattern, as (path relative to the root with '/', text), in ordinal order.</summary>
    public static IReadOnlyList<(string Path, string Text)> Read(string folder, string pattern) =>
        [.. Files(folder, pattern).Select(path => (path, File.ReadAllText(PathOf(path))))];

    /// <summary>As <see cref="Read"/>, the names only; what is built, restored or produced is left out.</summary>
    public static IEnumerable<string> Files(string folder, string pattern)
    {
        string start = PathOf(folder);
        if (!Directory.Exists(start)) return [];
        return Directory.EnumerateFiles(start, pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(path =>
                !path.Split('/').Any(part => part is "artifacts" or "node_modules" or "bin" or "obj" or ".git" or "out"))
            .Order(StringComparer.Ordinal);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Simulant.slnx")))
                return folder.FullName;
        throw new InvalidOperationException($"no Simulant.slnx above {AppContext.BaseDirectory}");
    }
}
