using Simulant.Cli;
using Xunit;

namespace Simulant.Tests.Cli;

/// <summary>The contract with scripts: exit codes, one-line messages, results on standard output.</summary>
public sealed class ExitCodeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("simulant-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Help_lists_every_command()
    {
        var (code, output, errors) = Run("--help");
        Assert.Equal((0, ""), (code, errors));
        foreach (string command in (string[])["init", "check", "make", "verify", "fit", "sample", "score", "evaluate", "audit", "drift",
            "show"])
            Assert.Contains($"  {command} ", output);
    }

    [Theory]
    [InlineData("nope")]
    [InlineData("make")]
    [InlineData("make", "x.yaml", "--rows", "many")]
    [InlineData("make", "x.yaml", "--threads", "0")]
    public void Misuse_is_2_and_says_where_help_is(params string[] arguments)
    {
        var (code, output, errors) = Run(arguments);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("--help", errors);
    }

    [Fact]
    public void A_faulty_spec_is_2_with_every_fault_at_its_place()
    {
        string spec = Write("bad.yaml", "simulant: 1\nname: bad\nsource: { train: a.csv }\nrowz: 5\nrows: -1\n");
        var (code, output, errors) = Run("check", spec);
        Assert.Equal(2, code);
        Assert.Contains($"{spec}:4:1: error SIM", output + errors);
        Assert.Contains("did you mean 'rows'", output + errors);
        Assert.Contains($"{spec}:5:7: error SIM", output + errors);
    }

    [Fact]
    public void Missing_data_is_3_in_one_line()
    {
        string spec = Write("spec.yaml", "simulant: 1\nname: gone\nsource: { train: nowhere.csv }\nsplit: { holdout: 0.2 }\n");
        var (code, _, errors) = Run("make", spec, "-o", Path.Combine(_folder, "out"));
        Assert.Equal(3, code);
        Assert.Contains("nowhere.csv", Assert.Single(errors.TrimEnd().Split('\n')));
        Assert.False(Directory.Exists(Path.Combine(_folder, "out")));
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        var output = new StringWriter();
        var errors = new StringWriter();
        int code = Program.Run(arguments, new Shell(output, errors, TestContext.Current.CancellationToken));
        return (code, output.ToString(), errors.ToString());
    }
}
