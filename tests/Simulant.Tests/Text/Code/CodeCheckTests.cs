using Simulant.Text.Code;
using Xunit;

namespace Simulant.Tests.Text.Code;

/// <summary>Sound programs of the three languages: each verdict, each refusal, and that one leaves nothing behind for the next.</summary>
public class CodeCheckTests(CheckFixture fixture) : IClassFixture<CheckFixture>
{
    private readonly CodeCheck _check = fixture.Check;

    private const string Add = "static class S { public static int Add(int a, int b) => a + b; }";

    [Fact]
    public void A_right_solution_passes_and_a_wrong_one_says_what_was_found()
    {
        const string Tests = """
            static class Tests
            {
                public static void Small()
                {
                    Expect.Case(0);
                    Expect.Equal(3, S.Add(1, 2));
                    Expect.Case(1);
                    Expect.Equal(0, S.Add(0, 0));
                }
                public static void Negative() { Expect.Case(2); Expect.Equal(-5, S.Add(-2, -3)); }
            }
            """;
        Assert.Equal(CodeOutcome.Passed, _check.Run(CodeLanguage.CSharp, Add, Tests).Outcome);
        var wrong = _check.Run(CodeLanguage.CSharp, Add.Replace('+', '-'), Tests);
        Assert.Equal((CodeOutcome.Failed, 0), (wrong.Outcome, wrong.Case));
        Assert.Equal("InvalidOperationException: expected 3, found -1", wrong.Message);
    }

    [Fact]
    public void A_fault_of_the_text_has_its_file_line_and_column()
    {
        const string Solution = "static class S\n{\n    public static int F() => \"a\";\n}";
        var verdict = _check.Run(CodeLanguage.CSharp, Solution, "static class Tests { }");
        Assert.Equal(CodeOutcome.NotCompiled, verdict.Outcome);
        var fault = Assert.Single(verdict.Diagnostics);
        Assert.Equal(("solution", 3, 30, "CS0029"), (fault.File, fault.Line, fault.Column, fault.Code));
        Assert.StartsWith("solution:3:30: CS0029", verdict.Message);
    }

    [Theory]
    [InlineData("static class Tests { }", "no public static void method")]
    [InlineData("static class Others { public static void A() { } }", "no class 'Tests'")]
    public void Tests_that_test_nothing_do_not_pass(string tests, string says)
    {
        var verdict = _check.Run(CodeLanguage.CSharp, Add, tests);
        Assert.Equal(CodeOutcome.Failed, verdict.Outcome);
        Assert.Contains(says, verdict.Message);
    }

    [Fact]
    public void Values_are_equal_down_to_their_items()
    {
        const string Tests = """
            static class Tests
            {
                public static void Equal()
                {
                    Expect.Equal(new[] { 1, 2 }, new List<int> { 1, 2 });
                    Expect.Equal(new Dictionary<string, int[]> { ["a"] = [1] }, new Dictionary<string, int[]> { ["a"] = [1] });
                    Expect.Equal(0.3, 0.1 + 0.2);
                }
                public static void Different()
                {
                    Differ(new[] { 1, 2 }, new[] { 1, 2, 3 });
                    Differ(new[] { 1, 2 }, new[] { 2, 1 });
                    Differ("ab", new[] { 'a', 'b' });
                    Differ(new Dictionary<string, int> { ["a"] = 1 }, new Dictionary<string, int> { ["b"] = 1 });
                    Differ(1, 1L);
                    Differ(null, 0);
                    Differ(1.0, 1.000001);
                }
                static void Differ(object? a, object? b)
                {
                    bool threw = false;
                    try { Expect.Equal(a, b); } catch (InvalidOperationException) { threw = true; }
                    Expect.True(threw);
                }
            }
            """;
        var verdict = _check.Run(CodeLanguage.CSharp, Add, Tests);
        Assert.True(verdict.Passed, verdict.Message);
    }

    [Fact]
    public void Output_is_kept_beside_the_verdict()
    {
        var verdict = _check.Run(CodeLanguage.CSharp,
            "static class S { public static void F() { Console.WriteLine(\"grüße\"); Console.Write(7); } }",
            "static class Tests { public static void A() => S.F(); }");
        Assert.True(verdict.Passed, verdict.Message);
        Assert.Equal("grüße\n7", verdict.Output);
    }

    [Fact]
    public void Statics_of_one_program_are_not_seen_by_the_next_in_the_same_child()
    {
        const string Counter = "static class S { static int n; public static int Next() => ++n; }";
        const string Tests = "static class Tests { public static void A() => Expect.Equal(1, S.Next()); }";
        using var check = new CodeCheck();
        for (int i = 0; i < 5; i++) Assert.True(check.Run(CodeLanguage.CSharp, Counter, Tests).Passed);
        Assert.Equal(1, check.Started);
    }

    [Fact]
    public void Compilation_is_deterministic()
    {
        const string Tests = "static class Tests { public static void A() => Expect.Equal(3, S.Add(1, 2)); }";
        var first = Simulant.Text.Code.CSharp.CSharpCompiler.Compile(Add, Tests);
        var second = Simulant.Text.Code.CSharp.CSharpCompiler.Compile(Add, Tests);
        Assert.NotNull(first.Program);
        Assert.Equal(first.Program, second.Program!);
    }

    [Theory]
    [InlineData("def add(a, b):\n    return a + b",
        "expect_case(0)\nassert add(1, 2) == 3\nexpect_equal([1, {'a': .3}], [1, {'a': .1 + .2}])", CodeOutcome.Passed, "")]
    [InlineData("def add(a, b):\n    return a - b", "expect_case(4)\nexpect_equal(3, add(1, 2))",
        CodeOutcome.Failed, "AssertionError: expected 3, found -1")]
    [InlineData("def add(a, b)\n    return a", "pass", CodeOutcome.NotCompiled, "solution:1:14: expected ':'")]
    [InlineData("x = 1", "add(1)", CodeOutcome.Failed, "NameError: name 'add' is not defined")]
    [InlineData("import datetime, re, math\nfrom collections import Counter\nd = datetime.datetime.strptime('2024-02-29', '%Y-%m-%d')",
        "assert d.day == 29 and Counter('aab')['a'] == 2 and re.match('a', 'ab') and math.gcd(6, 4) == 2", CodeOutcome.Passed, "")]
    [InlineData("class A:\n    def __init__(self):\n        self._n = 1\n    def n(self):\n        return self._n",
        "assert A().n() == 1", CodeOutcome.Passed, "")]
    public void Python_is_checked_likewise(string solution, string tests, CodeOutcome outcome, string message)
    {
        SkipWithout(CodeLanguage.Python);
        var verdict = _check.Run(CodeLanguage.Python, solution, tests);
        Assert.Equal((outcome, message), (verdict.Outcome, verdict.Message));
    }

    [Theory]
    [InlineData("const add = (a, b) => a + b;",
        "expectCase(0); assert(add(1, 2) === 3); expectEqual(new Map([['a', [.3]]]), new Map([['a', [.1 + .2]]]));",
        CodeOutcome.Passed, "")]
    [InlineData("function add(a, b) { return a - b; }", "expectCase(4); expectEqual(3, add(1, 2));",
        CodeOutcome.Failed, "Error: expected 3, found -1")]
    [InlineData("function add(a, b { }", "", CodeOutcome.NotCompiled, "solution:1:1: Unexpected token '{'")]
    [InlineData("'use strict';", "expectEqual([1, 2], [2, 1]);", CodeOutcome.Failed, "Error: expected [1,2], found [2,1]")]
    [InlineData("class A { #n = 1; get n() { return this.#n; } }", "expectEqual(1, new A().n);", CodeOutcome.Passed, "")]
    public void JavaScript_is_checked_likewise(string solution, string tests, CodeOutcome outcome, string message)
    {
        SkipWithout(CodeLanguage.JavaScript);
        var verdict = _check.Run(CodeLanguage.JavaScript, solution, tests);
        Assert.Equal((outcome, message), (verdict.Outcome, verdict.Message));
    }

    [Theory]
    [InlineData(CodeLanguage.Python)]
    [InlineData(CodeLanguage.JavaScript)]
    public void Without_its_layers_a_language_is_refused_and_says_why(CodeLanguage language)
    {
        using var bare = new CodeCheck(Simulant.Text.Code.Children.Confinement.None);
        var verdict = bare.Run(language, "", "");
        Assert.Equal(CodeOutcome.Refused, verdict.Outcome);
        Assert.Equal($"{language} is not run: prlimit is missing", verdict.Message);
        Assert.Equal(verdict.Message, bare.RefusalOf(language));
    }

    [Fact]
    public void CSharp_runs_without_layers_too()
    {
        using var bare = new CodeCheck(Simulant.Text.Code.Children.Confinement.None);
        Assert.All(bare.Layers, layer => Assert.False(layer.Holds));
        Assert.True(bare.Run(CodeLanguage.CSharp, Add,
            "static class Tests { public static void A() => Expect.Equal(3, S.Add(1, 2)); }").Passed);
    }

    [Fact]
    public void Limits_out_of_range_are_the_callers_mistake()
    {
        foreach (var limits in (CodeLimits[])
            [new() { WallMs = 9 }, new() { CpuSeconds = 0 }, new() { MemoryMb = 31 }, new() { OutputCharacters = -1 }])
            Assert.Throws<ArgumentOutOfRangeException>(() => _check.Run(CodeLanguage.CSharp, "", "", limits));
    }

    [Fact]
    public void Many_threads_may_ask_at_once()
    {
        using var check = new CodeCheck();
        var outcomes = new CodeVerdict[40];
        Simulant.Data.Work.For(outcomes.Length, 4, i => outcomes[i] = check.Run(CodeLanguage.CSharp,
            $"static class S {{ public static int F() => {i}; }}",
            $"static class Tests {{ public static void A() => Expect.Equal({(i % 3 == 0 ? i + 1 : i)}, S.F()); }}"),
            CancellationToken.None);
        for (int i = 0; i < outcomes.Length; i++)
            Assert.Equal(i % 3 == 0 ? CodeOutcome.Failed : CodeOutcome.Passed, outcomes[i].Outcome);
        Assert.InRange(check.Started, 1, 4);
    }

    private void SkipWithout(CodeLanguage language) => fixture.SkipWithout(language);
}
