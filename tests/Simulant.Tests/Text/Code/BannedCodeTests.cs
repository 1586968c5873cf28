using Simulant.Text.Code;
using Xunit;

namespace Simulant.Tests.Text.Code;

/// <summary>What the rules of each language refuse before it runs, however it is spelt; and what they must let through.</summary>
public class BannedCodeTests(CheckFixture fixture) : IClassFixture<CheckFixture>
{
    private readonly CodeCheck _check = fixture.Check;

    [Theory]
    [InlineData("System.IO.File.WriteAllText(\"a\", \"b\");")]
    [InlineData("var x = global::System.IO.Directory.GetCurrentDirectory();")]
    [InlineData("using var c = new System.Net.Sockets.TcpClient();")]
    [InlineData("System.Diagnostics.Process.Start(\"ls\");")]
    [InlineData("Environment.Exit(0);")]
    [InlineData("Environment.FailFast(null);")]
    [InlineData("var v = Environment.GetEnvironmentVariable(\"PATH\");")]
    [InlineData("new System.Threading.Thread(() => { }).Start();")]
    [InlineData("System.Threading.Tasks.Task.Run(() => { });")]
    [InlineData("var t = new System.Threading.Timer(_ => { });")]
    [InlineData("var a = typeof(string).Assembly;")]
    [InlineData("var m = \"\".GetType().GetMethods();")]
    [InlineData("var m = new object().GetType().GetProperties().Length;")]
    [InlineData("Activator.CreateInstance<List<int>>();")]
    [InlineData("Console.OpenStandardOutput().WriteByte(1);")]
    [InlineData("Console.SetOut(null!);")]
    [InlineData("var t = DateTime.Now;")]
    [InlineData("var r = new Random();")]
    [InlineData("var r = Random.Shared.Next();")]
    [InlineData("GC.Collect();")]
    [InlineData("AppDomain.CurrentDomain.ProcessExit += (_, _) => { };")]
    [InlineData("CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;")]
    [InlineData("System.Runtime.InteropServices.Marshal.AllocHGlobal(1 << 30);")]
    [InlineData("var x = System.Runtime.CompilerServices.Unsafe.SizeOf<int>();")]
    [InlineData("Delegate d = () => 1; d.DynamicInvoke();")]
    [InlineData("Delegate d = () => 1; var m = d.Method;")]
    [InlineData("System.Linq.Expressions.Expression<Func<int>> e = () => 1; e.Compile()();")]
    [InlineData("Enumerable.Range(0, 9).AsParallel().ForAll(_ => { });")]
    [InlineData("Action<string, string> f = System.IO.File.WriteAllText; f(\"a\", \"b\");")]
    [InlineData("foreach (var a in Type.GetType(\"System.IO.File\")!.GetMethods()) { }")]
    public void CSharp_that_reaches_out_is_refused(string statement)
    {
        var verdict = _check.Run(CodeLanguage.CSharp, $"static class S {{ public static void F() {{ {statement} }} }}",
            "static class Tests { public static void A() => S.F(); }");
        Assert.True(verdict.Outcome == CodeOutcome.Banned, $"{verdict.Outcome}: {verdict.Message}");
        Assert.All(verdict.Diagnostics, d => Assert.Equal(("solution", "ban"), (d.File, d.Code)));
        Assert.StartsWith("solution:1:", verdict.Message);
    }

    [Theory]
    [InlineData("using F = System.IO.File; static class S { public static void F1() => F.Delete(\"a\"); }")]
    [InlineData("using static System.IO.File; static class S { public static void F1() => Delete(\"a\"); }")]
    [InlineData("class S { ~S() { } }")]
    [InlineData("class S : System.IO.MemoryStream { }")]
    [InlineData("static class S { [System.Runtime.InteropServices.DllImport(\"libc\")] static extern int fork(); }")]
    [InlineData("static class S { [System.Runtime.CompilerServices.ModuleInitializer] internal static void M() { } }")]
    [InlineData("static class S { static System.IO.FileStream? F; }")]
    [InlineData("static class S { static T Make<T>() where T : System.IO.Stream => null!; }")]
    public void CSharp_declarations_that_reach_out_are_refused(string solution)
    {
        var verdict = _check.Run(CodeLanguage.CSharp, solution, "static class Tests { public static void A() { } }");
        Assert.True(verdict.Outcome == CodeOutcome.Banned, $"{verdict.Outcome}: {verdict.Message}");
    }

    [Theory]
    [InlineData("static class S { static void F() { dynamic d = 1; d.Go(); } }", "CS0656")]
    [InlineData("unsafe static class S { static void F() { int x = 1; int* p = &x; } }", "CS0227")]
    [InlineData("static class Expect { public static void Equal(object a, object b) { } }", "CS0101")]
    [InlineData("static class Tests { public static void A() { } }", "CS0101")]
    public void What_the_compiler_refuses_is_not_run(string solution, string code)
    {
        var verdict = _check.Run(CodeLanguage.CSharp, solution, "static class Tests { public static void A() { } }");
        Assert.Equal(CodeOutcome.NotCompiled, verdict.Outcome);
        Assert.Contains(verdict.Diagnostics, d => d.Code == code);
    }

    [Fact]
    public void Everyday_code_is_let_through()
    {
        const string Solution = """
            using System.Numerics;
            using System.Text.RegularExpressions;
            public record struct Point(int X, int Y);
            public abstract record Shape(string Name) { public abstract double Area(); }
            public record Circle(double R) : Shape("circle") { public override double Area() => Math.PI * R * R; }
            public enum Colour { Red, Green }
            public class Stack2<T> where T : IComparable<T>
            {
                private readonly List<T> _items = new();
                public event EventHandler? Changed;
                public T this[int i] => _items[i];
                public void Push(T item) { _items.Add(item); Changed?.Invoke(this, EventArgs.Empty); }
                public T Pop()
                {
                    if (_items.Count == 0) throw new InvalidOperationException("empty");
                    var x = _items[^1];
                    _items.RemoveAt(_items.Count - 1);
                    return x;
                }
                public IEnumerable<T> Sorted() => from i in _items orderby i descending select i;
            }
            public static class S
            {
                public static string Work(string text)
                {
                    var counts = text.Split(' ').GroupBy(w => w.ToLowerInvariant()).ToDictionary(g => g.Key, g => g.Count());
                    var sb = new StringBuilder();
                    foreach (var (key, value) in counts.OrderBy(p => p.Key, StringComparer.Ordinal)) sb.Append($"{key}={value:D2};");
                    Span<int> small = stackalloc int[4]; small.Fill(3);
                    int[] copy = [1, .. small];
                    (int a, int b) = (copy.Sum(), copy.Max());
                    var anonymous = new { a, b };
                    var big = BigInteger.Pow(2, 70);
                    var match = Regex.Match(text, "b+");
                    var heap = new PriorityQueue<string, int>(); heap.Enqueue("x", 2);
                    var day = new DateTime(2024, 2, 28).AddDays(1).DayOfWeek;
                    var stack = new Stack2<int>(); stack.Changed += (_, _) => { }; stack.Push(2); stack.Push(5);
                    try { new Stack2<int>().Pop(); }
                    catch (InvalidOperationException e) when (e.Message == "empty") { sb.Append(e.GetType().Name); }
                    Func<int, int> twice = x => x * 2; twice += x => x + 1;
                    object boxed = new Point(1, 2);
                    if (boxed is Point { X: 1, Y: var y }) sb.Append(y);
                    sb.Append(anonymous.a).Append(big).Append(match.Value).Append(day);
                    sb.Append(stack.Sorted().First()).Append(twice(3));
                    sb.Append(new Circle(1).Area().ToString("F2", CultureInfo.InvariantCulture));
                    sb.Append(Colour.Green).Append(heap.Dequeue());
                    var random = new Random(5); random.Next(3);
                    return sb.ToString();
                }
            }
            """;
        var verdict = _check.Run(CodeLanguage.CSharp, Solution, """
            static class Tests
            {
                public static void A() => Expect.Equal(
                    "a=01;bb=02;InvalidOperationException2131180591620717411303424bbThursday543.14Greenx", S.Work("bb a BB"));
            }
            """);
        Assert.True(verdict.Passed, verdict.Message);
    }

    [Theory]
    [InlineData("import os")]
    [InlineData("import socket as s")]
    [InlineData("from subprocess import run")]
    [InlineData("x = ().__class__.__bases__[0].__subclasses__()")]
    [InlineData("eval('1')")]
    [InlineData("open('/etc/passwd')")]
    [InlineData("__import__('os')")]
    [InlineData("from dataclasses import sys")]
    [InlineData("import dataclasses\ndataclasses.sys.modules")]
    [InlineData("import random\nrandom._os")]
    [InlineData("g = (i for i in [1])\ng.gi_frame.f_back")]
    [InlineData("try:\n    1/0\nexcept Exception as e:\n    e.__traceback__.tb_frame")]
    [InlineData("from operator import attrgetter")]
    public void Python_that_reaches_out_is_refused(string solution)
    {
        SkipWithout(CodeLanguage.Python);
        var verdict = _check.Run(CodeLanguage.Python, solution, "pass");
        Assert.True(verdict.Outcome == CodeOutcome.Banned, $"{verdict.Outcome}: {verdict.Message}");
    }

    [Theory]
    [InlineData("getattr((), '__class__')")]
    [InlineData("getattr(print, '_' + '_self__')")]
    [InlineData("hasattr((), '__cla' + 'ss__')")]
    public void Python_that_computes_names_is_refused_as_it_runs(string solution)
    {
        SkipWithout(CodeLanguage.Python);
        var verdict = _check.Run(CodeLanguage.Python, solution, "pass");
        Assert.Equal((CodeOutcome.Failed, "AttributeError: a name that may not be used in checked code"),
            (verdict.Outcome, verdict.Message));
    }

    [Theory]
    [InlineData("import('fs')", CodeOutcome.Banned)]
    [InlineData("require('fs')", CodeOutcome.Failed)]
    [InlineData("process.exit(0)", CodeOutcome.Failed)]
    [InlineData("this.constructor.constructor('return process')().exit()", CodeOutcome.Failed)]
    [InlineData("eval('1')", CodeOutcome.Failed)]
    [InlineData("new Function('return 1')()", CodeOutcome.Failed)]
    [InlineData("console.log.constructor('return process')()", CodeOutcome.Failed)]
    [InlineData("'use strict'; Array.prototype.push = () => 1", CodeOutcome.Failed)]
    [InlineData("try { null.x } catch (e) { e.constructor.constructor('return process')() }", CodeOutcome.Failed)]
    public void JavaScript_that_reaches_out_is_refused(string solution, CodeOutcome outcome)
    {
        SkipWithout(CodeLanguage.JavaScript);
        Assert.Equal(outcome, _check.Run(CodeLanguage.JavaScript, solution, "").Outcome);
    }

    private void SkipWithout(CodeLanguage language) => fixture.SkipWithout(language);
}
