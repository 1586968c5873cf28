using System.Globalization;
using System.Text;
using Simulant.Provenance;
using Xunit;

namespace Simulant.Tests.Runs;

/// <summary>Sources that no one should have, through the program as a user meets it: the right result, or one clear line.</summary>
public sealed class HostileFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Spec(string source, string more = "validate: { only: [fidelity.shapes] }") =>
        _folder.Write("spec.yaml", $"simulant: 1\nname: hostile\nsource: {source}\noutput: csv\n{more}\n");

    private Printed Make(string source, params string[] more) =>
        TestBench.Run(["make", Spec(source), "-o", _folder["out"], "--threads", "1", .. more]);

    private void AssertNothingIsLeft()
    {
        foreach (string name in new[] { "out", "out.partial", "out.rejected" }) Assert.False(Path.Exists(_folder[name]), name);
    }

    [Fact]
    public void A_field_of_100_megabytes_is_read_and_not_handed_on()
    {
        const int Field = 100_000_000, Rows = 40;
        byte[] piece = new byte[1_000_000];
        Array.Fill(piece, (byte)'x');
        using (var file = File.Create(_folder["big.csv"]))
        {
            file.Write("a,b\n"u8);
            for (int row = 0; row < Rows; row++)
            {
                file.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{row},word {row}")));
                for (int i = 0; row == 7 && i < Field / piece.Length; i++) file.Write(piece);
                file.Write("\n"u8);
            }
        }
        long before = GC.GetAllocatedBytesForCurrentThread();
        var run = Make("big.csv");
        Assert.True(run.Code == 0, run.Error);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 12L * Field);
        foreach (string path in Directory.EnumerateFiles(_folder["out"], "*", SearchOption.AllDirectories))
            Assert.InRange(new FileInfo(path).Length, 1, 1_000_000);
        Assert.Equal(0, TestBench.Run("verify", _folder["out"]).Code);
    }

    [Fact]
    public void Five_thousand_columns_are_made()
    {
        const int Columns = 5000, Rows = 40;
        var text = new StringBuilder(string.Join(',', Enumerable.Range(0, Columns).Select(c => $"c{c}")) + "\n");
        for (int row = 0; row < Rows; row++)
            text.AppendJoin(',', Enumerable.Range(0, Columns).Select(c => c % 3 == 0 ? "abc"[(row * 7 + c) % 3].ToString()
                : ((row * 31 + c * 17 + row * c) % 10).ToString(CultureInfo.InvariantCulture))).Append('\n');
        _folder.Write("wide.csv", text.ToString());
        var run = TestBench.Run("make", Spec("wide.csv"), "-o", _folder["out"]);
        Assert.True(run.Code == 0, run.Error);
        var content = Manifest.Load(_folder["out"]).Content;
        Assert.Equal((Columns, 32), (content.Schema.Columns.Count, (int)content.Rows));
        Assert.InRange(new FileInfo(_folder["out/report.html"]).Length, 1, 2_000_000);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs links and /proc");
        File.CreateSymbolicLink(_folder["gone.csv"], _folder["nowhere"]);
        // Opens, and fails at the first byte, whoever asks: root reads files that are forbidden to others.
        File.CreateSymbolicLink(_folder["broken.csv"], "/proc/self/mem");
        Directory.CreateDirectory(_folder["folder.csv"]);
        foreach (var (source, reason) in new[] { ("gone.csv", "no such file"), ("broken.csv", "cannot be read (Input/output error"),
            ("folder.csv", "is a folder") })
        {
            var run = Make(source);
            Assert.Equal(3, run.Code);
            Assert.Contains(reason, run.Error, StringComparison.Ordinal);
            Assert.Contains(source, run.Error, StringComparison.Ordinal);
            Assert.Single(run.Error.TrimEnd().Split('\n'));
            AssertNothingIsLeft();
        }
    }

    [Fact]
    public void A_file_that_is_forbidden_is_named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs Unix permissions");
        Assert.SkipWhen(Environment.UserName == "root", "root may read everything");
        string path = _folder.Write("mine.csv", "a\n1\n2\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.None);
        var run = Make("mine.csv");
        Assert.Equal(3, run.Code);
        Assert.Contains("mine.csv: error: permission to read it is denied", run.Error, StringComparison.Ordinal);
        AssertNothingIsLeft();
    }

    [Fact]
    public void Parquet_that_ends_too_early_is_refused_wherever_it_was_cut()
    {
        string made = _folder["made"], data = "made/data/train-00000-of-00001.parquet";
        string rules = _folder.Write("rules.yaml", TestBench.Rules.Replace("format: csv", "format: parquet"));
        Assert.Equal(0, TestBench.Run("make", rules, "-o", made).Code);
        byte[] whole = File.ReadAllBytes(_folder[data]);
        foreach (int length in new[] { 0, 1, 4, 11, whole.Length / 3, whole.Length / 2, whole.Length - 9, whole.Length - 1 })
        {
            File.WriteAllBytes(_folder["cut.parquet"], whole[..length]);
            var run = Make("cut.parquet");
            Assert.True(run.Code == 3, $"{length} of {whole.Length} bytes: exit {run.Code} {run.Error}");
            Assert.Contains("cut.parquet", run.Error, StringComparison.Ordinal);
            Assert.Single(run.Error.TrimEnd().Split('\n'));
            AssertNothingIsLeft();
        }
        File.WriteAllBytes(_folder["cut.parquet"], whole);
        Assert.Equal(0, Make("cut.parquet").Code);
    }

    [Fact]
    public void An_input_that_changed_since_is_neither_confirmed_nor_resumed()
    {
        _folder.Write("people.csv", TestBench.People());
        Assert.Equal(0, Make("people.csv").Code);
        Assert.Contains("is finished", Make("people.csv", "--resume").Out, StringComparison.Ordinal);
        var before = TempFolder.Contents(_folder["out"]);
        _folder.Write("people.csv", TestBench.People(239));
        foreach (string[] more in new string[][] { [], ["--resume"] })
        {
            var run = Make("people.csv", more);
            Assert.Equal(2, run.Code);
            Assert.Contains("the input 'people.csv' has changed since", run.Error, StringComparison.Ordinal);
            Assert.Equal(before, TempFolder.Contents(_folder["out"]));
        }
    }
}
