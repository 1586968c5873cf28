using Xunit;

namespace Simulant.Tests.Data;

/// <summary>Finds the public data sets that lie outside the repository, through the variable SIMULANT_DATA.</summary>
internal static class SharedData
{
    /// <summary>The file's path; skips the test, with the reason, where it is not there.</summary>
    public static string Tabular(string file) => In("tabular", file);

    /// <inheritdoc cref="Tabular"/>
    public static string Text(string file) => In("text", file);

    private static string In(string folder, string file)
    {
        string? root = Environment.GetEnvironmentVariable("SIMULANT_DATA");
        Assert.SkipWhen(string.IsNullOrEmpty(root), "SIMULANT_DATA is not set");
        string path = Path.Combine(root!, folder, file);
        Assert.SkipUnless(File.Exists(path), $"{file} is not under SIMULANT_DATA");
        return path;
    }

    /// <summary>A file of native/node_modules/vega-datasets/data; skips where npm has not restored it.</summary>
    public static string Vega(string file)
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string path = Path.Combine(folder, "native", "node_modules", "vega-datasets", "data", file);
            if (File.Exists(path)) return path;
        }
        Assert.Skip($"{file} is not restored: cd native && npm ci");
        return "";
    }
}

/// <summary>A folder of its own for a test, gone afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("simulant-test-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    public string Write(string name, byte[] bytes)
    {
        System.IO.File.WriteAllBytes(File(name), bytes);
        return File(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
