using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Simulant.Tests.Text.Tasks;

/// <summary>A second solver given as a function of the question.</summary>
internal abstract class Second(string family, Func<string, string> solve) : ISecondSolver
{
    public string Family => family;

    public string Solve(string question) => solve(question);
}

/// <summary>Reads the data of a problem out of its statement.</summary>
internal static partial class Asked
{
    /// <summary>Every whole number, in order; a hyphen is a sign only where nothing stands before it.</summary>
    public static int[] Ints(string text) =>
        [.. Number().Matches(text).Select(m => int.Parse(m.Value, CultureInfo.InvariantCulture))];

    /// <summary>Everything in double quotes, in order.</summary>
    public static string[] Quoted(string text) => [.. Quotes().Matches(text).Select(m => m.Groups[1].Value)];

    /// <summary>The parts of every list in square brackets, in order.</summary>
    public static string[][] Lists(string text) =>
        [.. Brackets().Matches(text).Select(m => m.Groups[1].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>The first list in square brackets, as numbers.</summary>
    public static int[] Numbers(string text) => [.. Lists(text)[0].Select(p => int.Parse(p, CultureInfo.InvariantCulture))];

    /// <summary>The first group of a pattern's first match.</summary>
    public static string First(string text, string pattern)
    {
        var match = Regex.Match(text, pattern);
        Assert.True(match.Success, $"no {pattern} in: {text}");
        return match.Groups[1].Value;
    }

    /// <summary>The groups of all matches of a pattern.</summary>
    public static string[][] All(string text, string pattern) =>
        [.. Regex.Matches(text, pattern).Select(m => m.Groups.Values.Skip(1).Select(g => g.Value).ToArray())];

    /// <summary>The lines that match a pattern whole: a grid.</summary>
    public static string[] Lines(string text, string pattern) =>
        [.. text.Split('\n').Where(line => Regex.IsMatch(line, "^(?:" + pattern + ")$"))];

    public static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<![\w)\]])-?\d+")]
    private static partial Regex Number();

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Quotes();

    [GeneratedRegex(@"\[([^\]]*)\]")]
    private static partial Regex Brackets();
}
