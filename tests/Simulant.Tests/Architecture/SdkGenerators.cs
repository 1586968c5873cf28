using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Simulant.Tests.Architecture;

/// <summary>
/// The source generators that every build runs (regular expressions, JSON contexts), from the SDK that runs
/// these tests. Without them the members they write would be unknown names.
/// </summary>
internal static class SdkGenerators
{
    public static IEnumerable<ISourceGenerator> Load()
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string packs = Path.GetFullPath(Path.Combine(runtime, "../../../packs/Microsoft.NETCore.App.Ref"));
        if (!Directory.Exists(packs)) throw new InvalidOperationException($"no SDK at {packs}");
        string newest = Directory.EnumerateDirectories(packs, $"{Environment.Version.Major}.*").OrderBy(Version).Last();
        return Directory.EnumerateFiles(Path.Combine(newest, "analyzers/dotnet/cs"), "System.Text.*.dll").Order(StringComparer.Ordinal)
            .SelectMany(file => new AnalyzerFileReference(file, Loader.Instance).GetGenerators(LanguageNames.CSharp));
    }

    private static Version Version(string folder) => new(Path.GetFileName(folder).Split('-')[0]);

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public static readonly Loader Instance = new();

        public void AddDependencyLocation(string fullPath) => _ = fullPath;

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
