using Xunit;

namespace Simulant.Tests.Architecture;

/// <summary>Each ban with a snippet that breaks it, and one beside it that may.</summary>
public class BanTests
{
    private const string Anywhere = "src/Simulant/Data/A.cs";

    [Theory]
    [InlineData("random", "new System.Random(1).Next()")]
    [InlineData("random", "Random.Shared.Next()")]
    [InlineData("random", "M(new Random())", "object M(Random r) => r;")]
    [InlineData("clock", "DateTime.Now")]
    [InlineData("clock", "DateTime.UtcNow")]
    [InlineData("clock", "DateTime.Today")]
    [InlineData("clock", "DateTimeOffset.Now")]
    [InlineData("clock", "DateTimeOffset.UtcNow")]
    [InlineData("clock", "Guid.NewGuid()")]
    [InlineData("clock", "Guid.CreateVersion7()")]
    [InlineData("clock", "TimeProvider.System")]
    [InlineData("clock", "Environment.TickCount64")]
    [InlineData("console", "Console.In")]
    [InlineData("console", "System.Console.Out")]
    [InlineData("threads", "new Thread(() => { })")]
    [InlineData("threads", "Task.Run(() => 1)")]
    [InlineData("threads", "Task.Factory.StartNew(() => 1)")]
    [InlineData("threads", "Parallel.For(0, 1, _ => { })")]
    [InlineData("threads", "Parallel.ForEachAsync(new[] { 1 }, async (_, _) => { })")]
    [InlineData("threads", "new[] { 1 }.AsParallel()")]
    [InlineData("threads", "ThreadPool.QueueUserWorkItem(_ => { })")]
    [InlineData("os-randomness", "System.Security.Cryptography.RandomNumberGenerator.GetInt32(5)")]
    [InlineData("network", "new HttpClient()")]
    [InlineData("network", "new System.Net.Sockets.TcpClient()")]
    [InlineData("unsafe-class", "System.Runtime.CompilerServices.Unsafe.SizeOf<int>()")]
    [InlineData("native", "System.Runtime.InteropServices.NativeLibrary.Load(\"x\")")]
    [InlineData("exit", "M()", "object M() { Environment.Exit(1); return 1; }")]
    public void A_ban_catches(string ban, string expression, string member = "") =>
        Assert.Contains(Bans.Check(Snippet(Anywhere, expression, member)), v => v.Rule == ban && v.File == Anywhere);

    [Theory]
    [InlineData("clock", "DateTime.UtcNow", Bans.ClockSeam)]
    [InlineData("console", "Console.In", "src/Simulant.Cli/A.cs")]
    [InlineData("threads", "new Thread(() => { })", Bans.Scheduler)]
    [InlineData("threads", "new Thread(() => { })", Bans.CodeHost)]
    [InlineData("console", "Console.In", Bans.CodeHost)]
    [InlineData("os-randomness", "System.Security.Cryptography.RandomNumberGenerator.GetInt32(5)", Bans.CodeNonce)]
    [InlineData("os-randomness", "System.Security.Cryptography.RandomNumberGenerator.GetInt32(5)", "src/Simulant/Privacy/A.cs")]
    [InlineData("unsafe-class", "System.Runtime.CompilerServices.Unsafe.SizeOf<int>()", "src/Simulant.Numerics/Kernels/A.cs")]
    [InlineData("native", "System.Runtime.InteropServices.NativeLibrary.Load(\"x\")", Bans.NativeBinding)]
    [InlineData("native", "System.Runtime.InteropServices.NativeLibrary.Load(\"x\")", Bans.NetworkBinding)]
    [InlineData("network", "new HttpClient()", Bans.ModelTransport)]
    public void A_ban_spares_the_one_place(string ban, string expression, string path)
    {
        Assert.Contains(Bans.Check(Snippet(Anywhere, expression)), v => v.Rule == ban);
        Assert.Empty(Bans.Check(Snippet(path, expression)));
    }

    [Theory]
    [InlineData("DateTime.UnixEpoch")]
    [InlineData("new DateTime(2024, 1, 1)")]
    [InlineData("Guid.Empty")]
    [InlineData("System.Net.IPAddress.Loopback")]
    [InlineData("Task.CompletedTask")]
    [InlineData("Timeout.Infinite", "void Console() { } int Random => 1;")]
    [InlineData("nameof(HttpMethodName)", "const string HttpMethodName = \"new Random()\"; // DateTime.Now")]
    public void What_only_looks_alike_passes(string expression, string member = "") =>
        Assert.Empty(Bans.Check(Snippet(Anywhere, expression, member)));

    [Fact]
    public void An_alias_does_not_hide_a_ban() =>
        Assert.Contains(Bans.Check(SourceModel.Of((Anywhere,
            "using Dice = System.Random; using static System.DateTime; class A { object B() => new Dice(); " +
            "object C() => UtcNow; }"))),
            v => v.Rule == "clock");

    [Theory]
    [InlineData("\"the rows are private\"", true)]
    [InlineData("$\"{1} Private rows\"", true)]
    [InlineData("\"\"\"anonymised data\"\"\"", true)]
    [InlineData("\"a private\"u8.ToArray()", true)]
    [InlineData("\"privacy.epsilon\" // of private rows", false)]
    public void The_word_stands_in_no_text_of_the_program(string expression, bool caught)
    {
        Assert.Equal(caught, Bans.Check(Snippet(Anywhere, expression + "\n")).Any(v => v.Rule == "word"));
        Assert.Empty(Bans.Check(Snippet(Bans.EarnedWord, expression + "\n")));
    }

    [Theory]
    [InlineData("new AuditPass(\"x\", 0)", "AuditPass", "src/Simulant/Validation/Attacks/AuditResult.cs")]
    [InlineData("(AuditPass)new(\"x\", 0)", "AuditPass", "src/Simulant/Validation/Attacks/AuditResult.cs")]
    [InlineData("new Simulant.Privacy.Ledger.LedgerProof(null!)", "LedgerProof", "src/Simulant/Privacy/Ledger/PrivacyLedger.cs")]
    [InlineData("new Simulant.Validation.Attacks.AuditResult(1)", "AuditResult", "src/Simulant/Validation/Attacks/Audit.cs")]
    [InlineData("default(Simulant.Validation.Attacks.AuditResult)! with { Found = 0 }", "AuditResult",
        "src/Simulant/Validation/Attacks/Audit.cs")]
    public void What_the_word_takes_is_made_in_one_place(string expression, string type, string maker)
    {
        const string Types = "namespace Simulant.Privacy.Ledger { class AuditPass(string a, double b); class LedgerProof(object a); } "
            + "namespace Simulant.Validation.Attacks { record AuditResult(int Found); }";
        SourceModel At(string path) => SourceModel.Of((path, $"using Simulant.Privacy.Ledger; class A {{ object B() => {expression}; }}"),
            ("src/Simulant/Data/T.cs", Types));
        Assert.Contains(Bans.Check(At(Anywhere)), v => v.Rule == "unearned" && v.Message.Contains(type, StringComparison.Ordinal));
        Assert.DoesNotContain(Bans.Check(At(maker)), v => v.Rule == "unearned");
    }

    [Theory]
    [InlineData("unsafe class A { }")]
    [InlineData("class A { unsafe int* P; }")]
    [InlineData("class A { void M() { unsafe { int x = 1; int* p = &x; } } }")]
    public void Unsafe_code_is_seen_outside_numerics(string text)
    {
        Assert.Contains(Bans.Check(SourceModel.Of((Anywhere, text))), v => v.Rule == "unsafe");
        Assert.Empty(Bans.Check(SourceModel.Of(("src/Simulant.Numerics/Kernels/A.cs", text))));
    }

    [Theory]
    [InlineData("File.ReadAllText(\"x\")")]
    [InlineData("new MemoryStream()")]
    [InlineData("Environment.ProcessorCount")]
    [InlineData("System.Diagnostics.Stopwatch.GetTimestamp()")]
    public void Numerics_reaches_nothing_outside(string expression) =>
        Assert.Contains(Bans.Check(Snippet("src/Simulant.Numerics/A.cs", expression)), v => v.Rule == "numerics-is-pure");

    [Fact]
    public void Numerics_may_write_to_what_it_is_given() =>
        Assert.Empty(Bans.Check(Snippet("src/Simulant.Numerics/A.cs", "1", "void Save(BinaryWriter to) => to.Write(1);")));

    [Theory]
    [InlineData("class A { static int _count; }", true)]
    [InlineData("class A { [System.ThreadStatic] static int[]? _scratch; }", true)]
    [InlineData("class A { static readonly List<int> Cache = []; }", true)]
    [InlineData("class A { public static int Count { get; set; } }", true)]
    [InlineData("class A { static readonly double[] Table = [1, 2]; const int K = 1; int _own; }", false)]
    [InlineData("class A { public static int Count { get; } = 1; }", false)]
    public void Numerics_keeps_no_globals(string text, bool caught) =>
        Assert.Equal(caught, Bans.Check(SourceModel.Of(("src/Simulant.Numerics/A.cs", text))).Any(v => v.Rule == "globals"));

    private static SourceModel Snippet(string path, string expression, string member = "") =>
        SourceModel.Of((path, $"class A {{ object B() => {expression};\n{member}\n}}"));
}
