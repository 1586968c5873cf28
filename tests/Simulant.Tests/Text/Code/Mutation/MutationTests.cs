using Simulant.Text.Code;
using Simulant.Text.Code.Mutation;
using Xunit;

namespace Simulant.Tests.Text.Code.Mutation;

/// <summary>Mutants are the changes they say, each has the fate it should have, and the score counts what it says.</summary>
public class MutationTests(CheckFixture fixture) : IClassFixture<CheckFixture>
{
    private const string Largest = """
        public static class Solution
        {
            public static int Largest(int[] v)
            {
                int best = v[0];
                for (int i = 1; i < v.Length; i++)
                {
                    if (v[i] > best) best = v[i];
                }
                return best;
            }
        }
        """;

    [Fact]
    public void Every_mutant_is_one_change_at_its_place()
    {
        var mutants = MutantWriter.Write(Largest);
        string[] lines = Largest.Split('\n');
        Assert.All(mutants, m =>
        {
            Assert.StartsWith(m.Before, lines[m.Line - 1][(m.Column - 1)..]);
            int at = lines.Take(m.Line - 1).Sum(l => l.Length + 1) + m.Column - 1;
            Assert.Equal(Largest[..at] + m.After + Largest[(at + m.Before.Length)..], m.Text);
        });
        Assert.Equal(mutants.Count, mutants.Select(m => m.Text).Distinct().Count());
        // By hand: v[0] 2, i = 1 2, i < n 2, i++ 1, v[i] > best 2, its condition 1, the assignment 1, the value 2.
        Assert.Equal(13, mutants.Count);
        Assert.Equal(["arithmetic", "condition", "constant", "relational", "return", "statement"],
            mutants.Select(m => m.Kind).Distinct().Order());
    }

    [Theory]
    [InlineData("static class S { static bool F(bool a, bool b) { return !a && b || a; } }", "boolean", 3)]
    [InlineData("static class S { static int F(int a) { return (a & 3) | (a << 1) ^ a; } }", "bits", 4)]
    [InlineData("static class S { static string F(string a) => a.ToLowerInvariant(); }", "call", 1)]
    [InlineData("static class S { static string F(string a) => a.ToLowerInvariant(); }", "return", 1)]
    [InlineData("static class S { static int[] F(int[] a) { return a; } }", "return", 1)]
    [InlineData("static class S { static void F() { while (true) { break; } } }", "statement", 1)]
    [InlineData("static class S { static char F() { return 'a'; } }", "constant", 1)]
    public void Each_operator_has_its_mutants(string solution, string kind, int count) =>
        Assert.Equal(count, MutantWriter.Write(solution).Count(m => m.Kind == kind));

    [Fact]
    public void Many_at_once_are_judged_as_one_by_one()
    {
        // Among its mutants are recursions that end no more, and one that survives.
        const string Ends = """
            public static class Solution
            {
                public static int Sum(int n) { if (n <= 0) { return 0; } return n + Sum(n - 1); }
            }
            """;
        string tests = "public static class Tests { public static void A() { Expect.Case(0); Expect.Equal(3, Solution.Sum(0) + 3); } "
            + "public static void B() { Expect.Case(1); Expect.Equal(6, Solution.Sum(3)); } }";
        string wide = tests.Replace("Solution.Sum(0) + 3", "3");
        var together = new MutationTest(fixture.Check).Run(Ends, tests, wide);
        Assert.Equal(new MutationTest(fixture.Check) { IsBatched = false }.Run(Ends, tests, wide).Mutants, together.Mutants);
        Assert.Contains(together.Mutants, m => m.Fate == MutantFate.Killed && m.Case == 1);
        var batch = new MutantBatch(fixture.Check, new CodeLimits());
        string wrong = Ends.Replace("return 0", "return 1");
        var found = batch.Run([Ends, "public static class Solution { broken }", "using System; " + Ends, wrong],
            Simulant.Text.Code.CSharp.CSharpCompiler.Parse(tests, "tests"), default);
        // By hand: passes; does not compile; has what fits into no namespace; fails the first case.
        Assert.Equal([new(true, true, -1), new(false, false, -1), null, new(true, false, 0)], found);
    }

    [Fact]
    public void What_grows_without_end_is_stopped_by_what_it_allocates()
    {
        // Each turn copies all that is there already: the memory would last for minutes.
        const string Digits = """
            public static class Solution
            {
                public static string F(int n) { string text = ""; while (n > 0) { text = n % 2 + text; n /= 2; } return text; }
            }
            """;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var result = new MutationTest(fixture.Check).Run(Digits,
            "public static class Tests { public static void A() { Expect.Equal(\"101\", Solution.F(5)); } }");
        Assert.Contains(result.Mutants, m => m.Mutant is { Before: "n /= 2;" } && m.Fate == MutantFate.Killed);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 20);
    }

    [Fact]
    public void Strong_tests_kill_all_and_weak_ones_do_not()
    {
        string strong = Tests("new[] { 1, 5, 3 }", 5, "new[] { 7, 2 }", 7, "new[] { -4, -2, -2 }", -2, "new[] { 6 }", 6,
            "new[] { 1, 2 }", 2);
        string wide = Tests("new[] { 3, 1, 2 }", 3, "new[] { 1, 2, 3 }", 3, "new[] { 2, 3, 1 }", 3, "new[] { 2, 2 }", 2,
            "new[] { -1 }", -1);
        var run = new MutationTest(fixture.Check);
        var good = run.Run(Largest, strong, wide);
        Assert.Equal(1, good.Score);
        // >= in the place of > is the same program, and so is a start at 0 in the place of 1.
        Assert.Equal(["1 -> 0", "> -> >="], good.Mutants.Where(m => m.Fate == MutantFate.Equivalent)
            .Select(m => $"{m.Mutant.Before} -> {m.Mutant.After}").Order(StringComparer.Ordinal));
        var weak = run.Run(Largest, Tests("new[] { 5 }", 5), wide);
        Assert.True(weak.Score < .9, $"{weak.Score}");
        Assert.All(weak.Mutants.Where(m => m.Fate == MutantFate.Survived), m => Assert.InRange(m.Case, 0, 4));
        Assert.Equal(weak.Mutants.Count, weak.Count(MutantFate.Killed) + weak.Count(MutantFate.Survived)
            + weak.Count(MutantFate.Equivalent) + weak.Count(MutantFate.NotCompiled));
    }

    [Fact]
    public void Without_wider_cases_what_survives_counts_as_survivor()
    {
        var result = new MutationTest(fixture.Check).Run(Largest, Tests("new[] { 1, 5, 3 }", 5, "new[] { 7, 2 }", 7));
        Assert.Equal(0, result.Count(MutantFate.Equivalent));
        Assert.True(result.Count(MutantFate.Survived) >= 2);
    }

    [Theory]
    [InlineData("int n = 0; for (int i = 0; i < k; i++) n += 2; return n;")] // i-- never ends
    [InlineData("return k == 0 ? 0 : 2 + Largest(new[] { k - 1 });")] // k + 1 never ends
    [InlineData("int n = 0; while (k > 0) { k--; n += 2; } return n;")]
    public void What_never_ends_is_killed_by_its_steps_and_not_by_the_clock(string body)
    {
        string solution = $"public static class Solution {{ public static int Largest(int[] v) {{ int k = v[0]; {body} }} }}";
        string tests = Tests("new[] { 3 }", 6, "new[] { 0 }", 0, "new[] { 1 }", 2);
        var first = new MutationTest(fixture.Check).Run(solution, tests);
        Assert.Contains(first.Mutants, m => m.Fate == MutantFate.Killed && (m.Mutant.After is "--" or "++" or "+" or ";"));
        var second = new MutationTest(fixture.Check).Run(solution, tests);
        Assert.Equal(first.Mutants.Select(m => (m.Fate, m.Case)), second.Mutants.Select(m => (m.Fate, m.Case)));
    }

    [Fact]
    public void A_solution_that_fails_its_own_tests_is_the_callers_mistake()
    {
        var e = Assert.Throws<ArgumentException>(() => new MutationTest(fixture.Check).Run(Largest, Tests("new[] { 5 }", 6)));
        Assert.Contains("expected 6, found 5", e.Message);
    }

    private static string Tests(params object[] inputsAndAnswers) => "static class Tests { public static void A() { " + string.Concat(
        inputsAndAnswers.Chunk(2).Select((p, i) => $"Expect.Case({i}); Expect.Equal({p[1]}, Solution.Largest({p[0]})); ")) + "} }";
}
