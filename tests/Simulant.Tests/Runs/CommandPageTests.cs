using Xunit;

namespace Simulant.Tests.Runs;

/// <summary>docs/guide/commands.md says what <c>--help</c> says, and <c>--help</c> says it in few columns.</summary>
public class CommandPageTests
{
    private static readonly string[] Commands = ["init", "check", "make", "verify", "fit", "sample", "score", "filter", "augment",
        "evaluate", "audit", "drift", "collapse", "dossier", "show"];

    public static TheoryData<string> Names => [.. Commands];

    /// <summary>The options with their descriptions, as a table of the page has them.</summary>
    internal static string Page(string command) => TestBench.Run(command, "--help").Out.Trim();

    [Theory, MemberData(nameof(Names))]
    public void The_page_shows_the_help_of_a_command(string command)
    {
        string page = File.ReadAllText(Repository.PathOf("docs/guide/commands.md"));
        string help = WithoutThreads(Page(command));
        Assert.True(WithoutThreads(page).Contains(help, StringComparison.Ordinal),
            $"docs/guide/commands.md has another help of '{command}'; it now reads:\n{help}");
    }

    [Theory, MemberData(nameof(Names))]
    public void A_line_of_help_fits_a_wide_terminal(string command) =>
        Assert.All(Page(command).Split('\n'), line => Assert.InRange(line.Length, 0, 140));

    // The default is the machine's own number of processors.
    private static string WithoutThreads(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.Split(" [default: ")[0].TrimEnd()));
}
