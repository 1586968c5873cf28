namespace Simulant.Data;

/// <summary>Finds what npm restored under <c>native/</c>.</summary>
internal static class NativePackages
{
    /// <summary>The first of some files that stands in native/node_modules of a folder or of one above it; null where none does.</summary>
    /// <param name="from">Where to begin, usually the program's own folder.</param>
    /// <param name="files">Paths below node_modules, with forward slashes, the one to be preferred first.</param>
    public static string? Find(string from, params ReadOnlySpan<string> files)
    {
        for (string? folder = from; folder is not null; folder = Path.GetDirectoryName(folder))
            foreach (string file in files)
                if (Path.Combine([folder, "native", "node_modules", .. file.Split('/')]) is var path && File.Exists(path)) return path;
        return null;
    }
}
