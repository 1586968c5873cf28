using System.Text.RegularExpressions;

namespace Simulant.Tests.Guide;

/// <summary>A fenced block of a page.</summary>
/// <param name="Line">1-based line of its first line of text.</param>
/// <param name="Language">What stands after the fence: sh, yaml, csharp.</param>
internal sealed record Block(string Page, int Line, string Language, string Text)
{
    /// <summary>A whole spec, which has to pass <c>simulant check</c>; other YAML is a fragment.</summary>
    public bool IsSpec => Language == "yaml" && Text.StartsWith("simulant: 1", StringComparison.Ordinal);

    /// <summary>Commands that are run; other shell text is only shown.</summary>
    public bool IsCommands => Language == "sh" && Text.StartsWith("simulant ", StringComparison.Ordinal);

    public bool IsCode => Language == "csharp";

    /// <summary>The spec's name, which is also the file that the page's commands call it by.</summary>
    public string SpecFile => Regex.Match(Text, @"^name: *(\S+)", RegexOptions.Multiline).Groups[1].Value + ".yaml";
}

/// <summary>Fenced blocks of Markdown, in order.</summary>
internal static class Page
{
    public static IEnumerable<Block> Blocks(string path, string text)
    {
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            var open = Regex.Match(lines[i], @"^```(\w+)\s*$");
            if (!open.Success) continue;
            int end = Array.FindIndex(lines, i + 1, line => line.StartsWith("```", StringComparison.Ordinal));
            if (end < 0) throw new InvalidOperationException($"{path}:{i + 1}: the block is never closed");
            yield return new Block(path, i + 2, open.Groups[1].Value, string.Join('\n', lines[(i + 1)..end]) + "\n");
            i = end;
        }
    }
}
