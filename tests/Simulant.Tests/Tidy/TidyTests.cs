using Xunit;

namespace Simulant.Tests.Tidy;

/// <summary>The checkout keeps the style; TidyRuleTests shows that each rule can fail.</summary>
public class TidyTests
{
    // Path and rule, with the reason it stands. A line here that is no longer needed fails the test.
    private static readonly Dictionary<(string Path, string Rule), string> Exemptions = new()
    {
    };

    private static readonly string[] Patterns =
        ["*.cs", "*.csproj", "*.props", "*.slnx", "*.md", "*.json", "*.yaml", "*.yml", ".editorconfig", "simulant", "test",
            "format", "run"];

    private static readonly Lazy<(string Path, string Text)[]> Texts = new(() =>
        [.. Patterns.SelectMany(pattern => Repository.Read("", pattern)).Where(file => !file.Path.EndsWith(".lock.json"))]);

    [Fact]
    public void Files_keep_the_style()
    {
        var blemishes = Texts.Value.SelectMany(file => TidyRules.Check(file.Path, file.Text)).ToList();
        var left = blemishes.Where(b => !Exemptions.ContainsKey((b.File, b.Rule)));
        Assert.True(!left.Any(), string.Join(Environment.NewLine, left));
        Assert.All(Exemptions.Keys, e => Assert.Contains(blemishes, b => (b.File, b.Rule) == e));
    }

    [Fact]
    public void Links_in_the_pages_lead_somewhere()
    {
        var pages = Repository.Read("", "*.md").ToDictionary(p => p.Path, p => p.Text);
        var broken = pages.SelectMany(page => Links.Check(page.Key, page.Value, pages.GetValueOrDefault,
            file => File.Exists(Repository.PathOf(file)) || Directory.Exists(Repository.PathOf(file))));
        Assert.True(!broken.Any(), string.Join(Environment.NewLine, broken));
    }

    [Fact]
    public void Every_source_folder_has_its_tests()
    {
        var rooms = Repository.Files("src", "*.cs").Select(Architecture.Rooms.Of).OfType<string>().Distinct();
        Assert.All(rooms, room => Assert.Contains(Repository.Read($"tests/Simulant.Tests/{room}", "*.cs"),
            file => file.Text.Contains("[Fact", StringComparison.Ordinal)
                || file.Text.Contains("[Theory", StringComparison.Ordinal)));
    }

    [Fact]
    public void Launchers_may_be_run()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no executable bit");
        if (OperatingSystem.IsWindows()) return;
        foreach (string launcher in (string[])["simulant", "test", "format", ".ci/run", "bench/run"])
            Assert.True(File.GetUnixFileMode(Repository.PathOf(launcher)).HasFlag(UnixFileMode.UserExecute), launcher);
    }
}
