using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Simulant.Tests.Guide;

/// <summary>
/// What the pages show works: whole specs pass <c>simulant check</c>, commands run page by page in an empty folder (with the
/// repository's <c>native</c> and <c>samples</c> beside them), C# compiles.
/// </summary>
public sealed class GuideTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("simulant-guide-").FullName;

    public static TheoryData<string> PagesWithCommands => [.. Pages().Where(p => p.Any(b => b.IsCommands)).Select(p => p.Key)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, MemberData(nameof(PagesWithCommands))]
    public void The_commands_of_a_page_run(string page)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the examples are run by Bash");
        Assert.SkipUnless(Directory.Exists(Repository.PathOf("native/node_modules")), "native/ is not restored");
        Furnish();
        foreach (var block in Pages().Single(p => p.Key == page))
        {
            if (block.IsSpec) File.WriteAllText(Path.Combine(_folder, block.SpecFile), block.Text);
            if (!block.IsCommands) continue;
            var (code, output) = Bash(block.Text);
            Assert.True(code == 0, $"{page}:{block.Line}: exit code {code}\n{block.Text}{output}");
        }
    }

    [Fact]
    public void Every_spec_in_the_pages_and_samples_passes_the_check()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the examples are run by Bash");
        Furnish();
        var specs = Pages().SelectMany(p => p).Where(b => b.IsSpec).ToList();
        var commands = new List<string>();
        foreach (var (block, i) in specs.Select((b, i) => (b, i)))
        {
            File.WriteAllText(Path.Combine(_folder, $"{i}.yaml"), block.Text);
            commands.Add($"echo '{block.Page}:{block.Line}'; simulant check {i}.yaml");
        }
        commands.AddRange(Directory.EnumerateDirectories(Repository.PathOf("samples")).Order(StringComparer.Ordinal)
            .Select(sample => $"echo '{Path.GetFileName(sample)}'; simulant check samples/{Path.GetFileName(sample)}"));
        var (code, output) = Bash(string.Join('\n', commands));
        Assert.True(code == 0, output);
    }

    [Fact]
    public void Code_in_the_pages_compiles()
    {
        string all = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        var references = all.Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)).ToList();
        foreach (var block in Pages().SelectMany(p => p).Where(b => b.IsCode))
        {
            const string Usings =
                "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;";
            var program = CSharpCompilation.Create("Snippet",
                [CSharpSyntaxTree.ParseText(block.Text), CSharpSyntaxTree.ParseText(Usings)], references,
                new CSharpCompilationOptions(OutputKind.ConsoleApplication));
            var errors = program.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
            Assert.True(errors.Count == 0, $"{block.Page}:{block.Line}: {string.Join(Environment.NewLine, errors)}");
        }
    }

    private static IEnumerable<IGrouping<string, Block>> Pages() =>
        Repository.Read("docs", "*.md").Append(("README.md", File.ReadAllText(Repository.PathOf("README.md"))))
            .SelectMany(p => Page.Blocks(p.Item1, p.Item2)).GroupBy(b => b.Page);

    // The examples say `simulant`; here that is the program as the tests were built with it.
    private void Furnish()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Simulant.Cli.dll");
        string launcher = Path.Combine(_folder, "simulant");
        File.WriteAllText(launcher, $"#!/usr/bin/env bash\nexec dotnet '{program}' \"$@\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(launcher, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        foreach (string shared in (string[])["native", "samples"])
            Directory.CreateSymbolicLink(Path.Combine(_folder, shared), Repository.PathOf(shared));
    }

    private (int Code, string Output) Bash(string script)
    {
        var start = new ProcessStartInfo("bash", ["-e", "-c", "exec 2>&1\n" + script])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        start.Environment["PATH"] = _folder + ":" + Environment.GetEnvironmentVariable("PATH");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
