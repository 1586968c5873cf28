using System.Globalization;
using System.Text.RegularExpressions;
using Simulant.Tests.Runs;
using Xunit;

namespace Simulant.Tests.Cases;

/// <summary>Every case file beside this one, through the program as a user meets it.</summary>
public partial class CaseTests
{
    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var one in Cases()) all.Add(one.File, one.Title);
            return all;
        }
    }

    [Theory, MemberData(nameof(All))]
    public void It_is_as_the_case_says(string file, string title)
    {
        var one = Cases().Single(c => c.File == file && c.Title == title);
        using var folder = new TempFolder();
        Printed last = new(0, "", "");
        foreach (var step in one.Steps)
        {
            string text = step.Text.Replace("{dir}", folder.Path);
            string where = $"{file}:{step.Line}: exit {last.Code}\n{last.Out}{last.Error}";
            switch (step.Word)
            {
                case "file": File.WriteAllBytes(Made(folder, text), Bytes(step.Body.Replace("{dir}", folder.Path))); break;
                case "repeat": Repeat(folder, text); break;
                case "cut":
                    string[] cut = text.Split(' ');
                    using (var stream = File.OpenWrite(folder[cut[0]])) stream.SetLength(long.Parse(cut[1],
                        CultureInfo.InvariantCulture));
                    break;
                case "run": last = TestBench.Run([.. Words().Matches(text).Select(m => m.Value.Trim('"'))]); break;
                case "exit": Assert.True(last.Code == int.Parse(text, CultureInfo.InvariantCulture), where); break;
                case "out": Assert.True(last.Out.Contains(text, StringComparison.Ordinal), where); break;
                case "error": Assert.True(last.Error.Contains(text, StringComparison.Ordinal), where); break;
                case "no": Assert.False(Path.Exists(folder[text]), where); break;
                case "has": Assert.True(Path.Exists(folder[text]), where); break;
                default: Assert.Fail($"{file}:{step.Line}: unknown word '{step.Word}'"); break;
            }
            if (step.Word == "run")
                Assert.False(last.Error.Contains("   at ", StringComparison.Ordinal),
                    $"{file}:{step.Line}: a trace\n{last.Error}");
        }
    }

    [Fact]
    public void Cases_are_found() => Assert.InRange(Cases().Count(), 20, 1000);

    private static IEnumerable<Case> Cases() =>
        Directory.EnumerateFiles(Repository.PathOf("tests/Simulant.Tests/Cases"), "*.txt").Order(StringComparer.Ordinal)
            .SelectMany(Of);

    private static IEnumerable<Case> Of(string path) => Case.Parse(Path.GetFileName(path), File.ReadAllText(path));

    private static string Made(TempFolder folder, string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
        return folder[name];
    }

    private static void Repeat(TempFolder folder, string text)
    {
        string[] parts = text.Split(' ', 3);
        int times = int.Parse(parts[1], CultureInfo.InvariantCulture);
        File.AppendAllLines(folder[parts[0]], Enumerable.Range(0, times).Select(i => parts[2].Replace("{i}", $"{i}")));
    }

    /// <summary>UTF-8, with \xNN for bytes that no text can say.</summary>
    private static byte[] Bytes(string text)
    {
        var bytes = new List<byte>();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length && text[i + 1] == 'x')
            {
                bytes.Add(byte.Parse(text.AsSpan(i + 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 3;
            }
            else
            {
                int length = char.IsHighSurrogate(text[i]) ? 2 : 1;
                bytes.AddRange(System.Text.Encoding.UTF8.GetBytes(text.Substring(i, length)));
                i += length - 1;
            }
        }
        return [.. bytes];
    }

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Words();
}
