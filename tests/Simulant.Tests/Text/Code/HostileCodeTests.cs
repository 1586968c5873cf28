using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Simulant.Text.Code;
using Xunit;

namespace Simulant.Tests.Text.Code;

/// <summary>
/// Hostile programs: each ends within its bound, with a verdict that says how, and the next program passes as if nothing had been.
/// What the rules of the language would refuse runs here without them, so that the layers of the operating system are tried alone.
/// </summary>
public class HostileCodeTests(CheckFixture fixture) : IClassFixture<CheckFixture>
{
    private static readonly CodeLimits Ruled = new() { WallMs = 20_000, CpuSeconds = 20, MemoryMb = 128, OutputCharacters = 2_000 };
    private static readonly CodeLimits Unruly = Ruled with { Unruly = true };

    private const string NoTests = "static class Tests { public static void A() => S.F(); }";

    private readonly CodeCheck _check = fixture.Check;

    [Theory]
    [InlineData("while (true) { }", CodeOutcome.TimedOut, "more than 700 ms")]
    [InlineData("while (true) try { throw new Exception(); } catch { }", CodeOutcome.TimedOut, "more than 700 ms")]
    [InlineData("while (true) try { Console.Write(\"abcdefgh\"); } catch { }", CodeOutcome.TimedOut, "more than 700 ms")]
    [InlineData("while (true) Console.Write(\"abcdefgh\");", CodeOutcome.TooMuchOutput, "more than 2000 characters of output")]
    [InlineData("Console.Write(new string('x', 1_000_000));", CodeOutcome.TooMuchOutput, "more than 2000 characters of output")]
    [InlineData("var l = new List<long[]>(); while (true) l.Add(new long[100_000]);", CodeOutcome.OutOfMemory, "OutOfMemoryException")]
    [InlineData("static int G(int n) => 1 + G(n + 1); G(0);", CodeOutcome.Died, "stack overflow")]
    [InlineData("Console.WriteLine(\"{\\\"outcome\\\":\\\"Passed\\\",\\\"nonce\\\":\\\"0\\\"}\"); throw new Exception(\"x\");",
        CodeOutcome.Failed, "Exception: x")]
    [InlineData("_ = Bad.N;", CodeOutcome.TimedOut, "more than 700 ms")]
    [InlineData("_ = Worse.N;", CodeOutcome.Failed, "Exception: from a static constructor")]
    [InlineData("throw null!;", CodeOutcome.Failed, "NullReferenceException")]
    public void CSharp_under_the_rules(string statements, CodeOutcome outcome, string says)
    {
        string solution = $$"""
            static class Bad { public static int N; static Bad() { while (true) { } } }
            static class Worse { public static int N; static Worse() { throw new Exception("from a static constructor"); } }
            static class S { public static void F() { {{statements}} } }
            """;
        Ends(CodeLanguage.CSharp, solution, NoTests, Ruled, outcome, says);
    }

    [Theory]
    [InlineData("Environment.Exit(0);", "its process ended before it gave a verdict")]
    [InlineData("Environment.FailFast(\"x\");", "its process ended before it gave a verdict")]
    [InlineData("Console.OpenStandardOutput().Write([60, 0, 0, 0, .. new byte[60]]); while (true) { }", "wrote to the channel of verdicts")]
    [InlineData("Console.OpenStandardOutput().Write([255, 255, 255, 127]); while (true) { }", "wrote to the channel of verdicts")]
    [InlineData("new System.Threading.Thread(() => throw new Exception()).Start(); System.Threading.Thread.Sleep(1000);",
        "its process ended before it gave a verdict")]
    public void CSharp_without_the_rules_kills_only_its_child(string statements, string says) =>
        Ends(CodeLanguage.CSharp, $"static class S {{ public static void F() {{ {statements} }} }}", NoTests, Unruly,
            CodeOutcome.Died, says);

    [Fact]
    public void Threads_and_finalisers_that_are_left_end_with_their_child()
    {
        const string Solution = """
            class Late { ~Late() { while (true) { } } }
            static class S
            {
                public static void F()
                {
                    for (int i = 0; i < 3; i++)
                        new System.Threading.Thread(() => { while (true) System.Threading.Thread.Sleep(1); }).Start();
                    Make();
                    GC.Collect();
                    Console.Write(Environment.ProcessId);
                }
                static void Make() => new Late();
            }
            """;
        var before = Children();
        Assert.Equal(CodeOutcome.Passed, Run(CodeLanguage.CSharp, Solution, NoTests, Unruly).Outcome);
        Assert.Empty(Children().Except(before));
    }

    // Fork bombs: counts are bounded in the bomb itself too, should a layer not hold.
    [Fact]
    public void A_fork_bomb_in_CSharp_is_bounded_and_leaves_nothing()
    {
        fixture.SkipWithoutLayer("processes");
        const string Solution = """
            static class S
            {
                public static void F()
                {
                    int n = 0;
                    try { for (; n < 120; n++) System.Diagnostics.Process.Start("/bin/sleep", "7357.25"); }
                    catch (Exception e) { Console.Write(n + " " + e.GetType().Name); return; }
                    Console.Write(n + " all");
                }
            }
            """;
        var verdict = Run(CodeLanguage.CSharp, Solution, NoTests, Unruly);
        Assert.DoesNotContain("all", verdict.Output);
        Assert.Empty(Running("7357.25"));
    }

    [Fact]
    public void A_fork_bomb_in_Python_is_bounded_and_leaves_nothing()
    {
        fixture.SkipWithout(CodeLanguage.Python);
        fixture.SkipWithoutLayer("processes");
        const string Solution = """
            import os
            n = 0
            try:
                while n < 40:
                    if os.fork() == 0:
                        os.setsid()
                        os.execv('/bin/sleep', ['sleep', '7357.5'])
                    n += 1
            except OSError as e:
                print('stopped at', n)
            """;
        var verdict = Run(CodeLanguage.Python, Solution, "pass", Unruly);
        Assert.Equal(CodeOutcome.Passed, verdict.Outcome);
        Assert.Matches("^stopped at [0-9]\n$", verdict.Output);
        Assert.Empty(Running("7357.5"));
    }

    [Theory]
    [InlineData(CodeLanguage.CSharp, "static class S { public static void F() => System.IO.File.WriteAllText(PATH, \"x\"); }", NoTests)]
    [InlineData(CodeLanguage.Python, "with open(PATH, 'w') as f: f.write('x')", "pass")]
    [InlineData(CodeLanguage.JavaScript, "require('fs').writeFileSync(PATH, 'x')", "")]
    public void No_file_is_written(CodeLanguage language, string solution, string tests)
    {
        fixture.SkipWithout(language);
        fixture.SkipWithoutLayer("limits");
        string folder = Directory.CreateTempSubdirectory("simulant-written-").FullName;
        try
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111); // even where anyone may write
            string file = Path.Combine(folder, "f");
            var verdict = Run(language, solution.Replace("PATH", $"\"{file}\""), tests, Unruly);
            Assert.NotEqual(CodeOutcome.Passed, verdict.Outcome);
            Assert.True(!File.Exists(file) || new FileInfo(file).Length == 0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(CodeLanguage.CSharp,
        "static class S { public static void F() => Console.Write(System.IO.File.ReadAllText(PATH)); }", NoTests)]
    [InlineData(CodeLanguage.Python, "print(open(PATH).read())", "pass")]
    [InlineData(CodeLanguage.JavaScript, "console.log(String(require('fs').readFileSync(PATH)))", "")]
    public void A_file_of_another_user_is_not_read(CodeLanguage language, string solution, string tests)
    {
        fixture.SkipWithout(language);
        fixture.SkipWithoutLayer("user");
        string file = Path.GetTempFileName(); // read and write for its owner alone
        try
        {
            File.WriteAllText(file, "a secret");
            var verdict = Run(language, solution.Replace("PATH", $"\"{file}\""), tests, Unruly);
            Assert.Equal(CodeOutcome.Failed, verdict.Outcome);
            Assert.DoesNotContain("secret", verdict.Output);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData(CodeLanguage.CSharp, "static class S { public static void F() { " +
        "using var c = new System.Net.Sockets.TcpClient(); c.Connect(\"127.0.0.1\", PORT); } }", NoTests)]
    [InlineData(CodeLanguage.Python, "import socket\nsocket.create_connection(('127.0.0.1', PORT), 1)", "pass")]
    public void Nobody_is_reached_through_the_network(CodeLanguage language, string solution, string tests)
    {
        fixture.SkipWithout(language);
        fixture.SkipWithoutLayer("network");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var verdict = Run(language, solution.Replace("PORT", $"{port}"), tests, Unruly);
        Assert.Equal(CodeOutcome.Failed, verdict.Outcome);
        Assert.False(listener.Pending());
        using var here = new TcpClient();
        here.Connect(IPAddress.Loopback, port); // the listener does listen
    }

    [Theory]
    [InlineData("while True: pass", false, CodeOutcome.TimedOut, "")]
    [InlineData("while True:\n    try:\n        while True: pass\n    except BaseException: pass", false, CodeOutcome.TimedOut, "")]
    [InlineData("while True: print('abcdefgh')", false, CodeOutcome.TooMuchOutput, "")]
    [InlineData("x = [0] * 10**9", false, CodeOutcome.OutOfMemory, "")]
    [InlineData("def f(n): return 1 + f(n + 1)\nf(0)", false, CodeOutcome.Failed, "RecursionError")]
    [InlineData("raise SystemExit(0)", false, CodeOutcome.Failed, "SystemExit")]
    [InlineData("print('{\"outcome\": \"Passed\", \"nonce\": \"0\"}')\nraise ValueError('x')", false, CodeOutcome.Failed, "ValueError: x")]
    [InlineData("def expect_equal(a, b): pass", false, CodeOutcome.Failed, "AssertionError")]
    [InlineData("import os\nos._exit(0)", true, CodeOutcome.Died, "its process ended before it gave a verdict")]
    [InlineData("import os\nos.kill(os.getppid(), 9)\nos._exit(0)", true, CodeOutcome.Died, "its process ended before it gave a verdict")]
    [InlineData("import os, struct\n" +
        "b = b'{\"nonce\":\"0\",\"outcome\":\"Passed\",\"message\":\"\",\"output\":\"\",\"case\":0,\"cpuMs\":0}'\n" +
        "for fd in range(3, 20):\n    try: os.write(fd, struct.pack('<i', len(b)) + b)\n    except OSError: pass\nos._exit(0)",
        true, CodeOutcome.Died, "verdict")]
    [InlineData("import os\nfor fd in range(3, 20):\n    try: os.write(fd, b'\\xff\\xff\\xff\\x7f')\n    except OSError: pass\nos._exit(0)",
        true, CodeOutcome.Died, "verdict")]
    [InlineData("import ctypes\nctypes.string_at(0)", true, CodeOutcome.Died, "")]
    public void Python(string solution, bool unruly, CodeOutcome outcome, string says)
    {
        fixture.SkipWithout(CodeLanguage.Python);
        Ends(CodeLanguage.Python, solution, "expect_equal(1, 2)", unruly ? Unruly : Ruled, outcome, says);
    }

    [Theory]
    [InlineData("while (true) { }", false, CodeOutcome.TimedOut, "")]
    [InlineData("while (true) { try { for (;;) { } } catch { } }", false, CodeOutcome.TimedOut, "")]
    [InlineData("for (;;) console.log('abcdefgh')", false, CodeOutcome.TooMuchOutput, "")]
    [InlineData("const a = []; for (;;) a.push(new Array(100000).fill(1.5))", false, CodeOutcome.OutOfMemory, "")]
    [InlineData("const b = []; for (;;) b.push(new Uint8Array(10000000).fill(1))", false, null, "")]
    [InlineData("function f(n) { return 1 + f(n + 1); } f(0)", false, CodeOutcome.Failed, "RangeError")]
    [InlineData("Promise.resolve().then(() => { for (;;); })", false, CodeOutcome.TimedOut, "")]
    [InlineData("const loop = () => Promise.resolve().then(loop); loop()", false, CodeOutcome.TimedOut, "")]
    [InlineData("throw { get message() { for (;;); }, get name() { for (;;); } }", false, CodeOutcome.TimedOut, "")]
    [InlineData("var expectEqual = () => {};", false, CodeOutcome.Failed, "")]
    [InlineData("process.exit(0)", true, CodeOutcome.Died, "its process ended before it gave a verdict")]
    [InlineData("require('fs').writeSync(1, new Uint8Array([255, 255, 255, 127])); for (;;);",
        true, CodeOutcome.Died, "it wrote to the channel of verdicts")]
    [InlineData("require('child_process').execSync('ls')", true, CodeOutcome.Failed, "")]
    public void JavaScript(string solution, bool unruly, CodeOutcome? outcome, string says)
    {
        fixture.SkipWithout(CodeLanguage.JavaScript);
        Ends(CodeLanguage.JavaScript, solution, "expectEqual(1, 2)", unruly ? Unruly : Ruled, outcome, says);
    }

    [Fact]
    public void Cancelling_ends_the_child_at_once()
    {
        using var stop = new CancellationTokenSource(300);
        var clock = Stopwatch.StartNew();
        Assert.Throws<OperationCanceledException>(() => _check.Run(CodeLanguage.CSharp,
            "static class S { public static void F() { while (true) { } } }", NoTests, Ruled with { WallMs = 60_000 }, stop.Token));
        Assert.InRange(clock.ElapsedMilliseconds, 0, 10_000);
    }

    private void Ends(CodeLanguage language, string solution, string tests, CodeLimits limits, CodeOutcome? outcome, string says)
    {
        // What must run out of time gets little; what must end otherwise gets what a busy machine may take.
        if (outcome == CodeOutcome.TimedOut) limits = limits with { WallMs = 700, CpuSeconds = 1 };
        var verdict = Run(language, solution, tests, limits);
        Assert.True(outcome is null ? !verdict.Passed : verdict.Outcome == outcome, $"{verdict.Outcome}: {verdict.Message}");
        Assert.Contains(says, verdict.Message);
        Assert.InRange(verdict.Output.Length, 0, limits.OutputCharacters);
    }

    private CodeVerdict Run(CodeLanguage language, string solution, string tests, CodeLimits limits)
    {
        var clock = Stopwatch.StartNew();
        var verdict = _check.Run(language, solution, tests, limits);
        Assert.InRange(clock.ElapsedMilliseconds, 0, 60_000); // a busy machine's slack
        var (fine, ask) = language switch
        {
            CodeLanguage.CSharp => ("static class S { public static void F() { } }", NoTests),
            CodeLanguage.Python => ("x = 1", "expect_equal(1, x)"),
            _ => ("const x = 1", "expectEqual(1, x)"),
        };
        Assert.Equal(CodeOutcome.Passed, _check.Run(language, fine, ask, Ruled).Outcome);
        return verdict;
    }

    private static List<int> Children() => [.. Process.GetProcessesByName("dotnet").Where(IsHost).Select(p => p.Id)];

    private static bool IsHost(Process process) => CommandLine(process.Id).Contains("host.dll", StringComparison.Ordinal)
        && CommandLine(process.Id).Contains("simulant-code-", StringComparison.Ordinal);

    private static List<int> Running(string argument) =>
        [.. Process.GetProcesses().Select(p => p.Id).Where(id => CommandLine(id).Split('\0').Contains(argument))];

    private static string CommandLine(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline");
        }
        catch (IOException)
        {
            return ""; // gone
        }
    }
}
