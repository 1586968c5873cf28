using Simulant.Specs;
using Xunit;

namespace Simulant.Tests.Specs;

public sealed class YamlNodesTests
{
    internal static (SpecNode? Root, DiagnosticBag Faults) Read(string text)
    {
        var faults = new DiagnosticBag();
        return (YamlNodes.Read(text, "s.yaml", faults), faults);
    }

    private static string Show(SpecNode node) => node switch
    {
        SpecScalar s => (s.Quoted ? $"'{s.Text}'" : s.Text) + $"@{s.At.Line}:{s.At.Column}",
        SpecList l => $"[{string.Join(' ', l.Items.Select(Show))}]@{l.At.Line}:{l.At.Column}",
        SpecMap m => $"{{{string.Join(' ', m.Entries.Select(e => $"{e.Key}@{e.KeyAt.Line}:{e.KeyAt.Column}={Show(e.Value)}"))}}}",
        _ => "",
    };

    [Theory]
    [InlineData("a: 1\nb: 'x'\n", "{a@1:1=1@1:4 b@2:1='x'@2:4}")]
    [InlineData("a:\n  - 1\n  - {b: ~}\n", "{a@1:1=[1@2:5 {b@3:6=~@3:9}]@2:3}")]
    [InlineData("{\"a\": [1, \"x\"]}", "{a@1:2=[1@1:8 'x'@1:11]@1:7}")]
    [InlineData("{\n\t\"a\": 1\n}", "{a@2:2=1@2:7}")]
    [InlineData("a: !!str 5\nb: !!int 5\n", "{a@1:1='5'@1:4 b@2:1=5@2:4}")]
    [InlineData("a: &x {p: 1}\nb: *x\n", "{a@1:1={p@1:8=1@1:11} b@2:1={p@1:8=1@1:11}}")]
    [InlineData("a: |\n  one\n  two\n", "{a@1:1='one\ntwo\n'@1:4}")]
    [InlineData("a: 1\r\nb: 2\r\n", "{a@1:1=1@1:4 b@2:1=2@2:4}")]
    [InlineData("---\na:\n...\n", "{a@2:1=@2:3}")]
    public void Nodes_know_where_they_stand(string text, string expected)
    {
        var (root, faults) = Read(text);
        Assert.Empty(faults.All);
        Assert.Equal(expected, Show(root!));
    }

    [Theory]
    [InlineData("", "SIM005", 1, 1, "empty")]
    [InlineData("# nothing\n", "SIM005", 1, 1, "empty")]
    [InlineData("a: 1\n---\nb: 2\n", "SIM005", 2, 1, "second document")]
    [InlineData("a: 1\nb: 2\na: 3\n", "SIM003", 3, 1, "first on line 1")]
    [InlineData("a:\n\tb: 1\n", "SIM002", 2, 1, "a tab indents")]
    [InlineData("a: 'x\n", "SIM002", 1, 4, "never closed")]
    [InlineData("a: \"x\n", "SIM002", 1, 4, "never closed")]
    [InlineData("a: b: c\n", "SIM002", 1, 5, "check the indentation")]
    [InlineData("a: [1, 2\n", "SIM002", 2, 1, "not valid YAML")]
    [InlineData("a: @x\n", "SIM002", 1, 4, "not valid YAML")]
    [InlineData("a: *x\n", "SIM006", 1, 4, "no '&x'")]
    [InlineData("a: &x [*x]\n", "SIM006", 1, 8, "no '&x'")]
    [InlineData("a: !mine 5\n", "SIM006", 1, 4, "tag")]
    [InlineData("a: !mine [5]\n", "SIM006", 1, 4, "tag")]
    [InlineData("? [a]\n: 1\n", "SIM006", 1, 3, "plain text")]
    [InlineData("a: &x {b: 1}\nc:\n  <<: *x\n", "SIM006", 3, 3, "merge keys")]
    public void Faults_have_a_place_and_a_remedy(string text, string code, int line, int column, string part)
    {
        var (_, faults) = Read(text);
        var fault = Assert.Single(faults.All);
        Assert.Equal((code, new SourcePosition("s.yaml", line, column)), (fault.Code, fault.At));
        TestContext.Current.TestOutputHelper?.WriteLine(fault.ToString());
        Assert.Contains(part, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_is_bounded()
    {
        foreach (string text in new[]
        {
            new string('[', 100_000),
            string.Concat(Enumerable.Repeat("{a: ", 5000)),
            string.Concat(Enumerable.Range(0, 300).Select(i => new string(' ', i) + "a:\n")),
            string.Concat(Enumerable.Repeat("- ", 5000)),
        })
        {
            var (root, faults) = Read(text);
            Assert.Null(root);
            Assert.Equal("SIM004", Assert.Single(faults.All).Code);
        }
    }

    [Fact]
    public void Aliases_cannot_grow_without_bound()
    {
        string text = "a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n";
        for (char c = 'b'; c <= 'p'; c++)
            text += $"{c}: &{c} [{string.Join(", ", Enumerable.Repeat($"*{(char)(c - 1)}", 10))}]\n";
        var (root, faults) = Read(text);
        Assert.Null(root);
        Assert.Equal("SIM004", Assert.Single(faults.All).Code);
    }

    [Theory]
    [InlineData("w: age > 1", 0, 1, 4)]
    [InlineData("w: age > 1", 6, 1, 10)]
    [InlineData("w: 'age > 1'", 0, 1, 5)]
    [InlineData("w: 'sex = ''F'' and x'", 6, 1, 11)]
    [InlineData("w: 'sex = ''F'' and x'", 14, 1, 21)]
    [InlineData("w: \"a\\\"b\\u0041c\"", 2, 1, 8)]
    [InlineData("w: \"a\\\"b\\u0041c\"", 4, 1, 15)]
    [InlineData("w: age\n   and x", 4, 2, 4)]
    [InlineData("w: |\n    age\n    and x", 0, 2, 5)]
    [InlineData("w: |\n    age\n    and x", 4, 3, 5)]
    [InlineData("w: >\n  age\n  and x", 8, 3, 7)]
    public void A_place_in_a_text_is_found_in_the_file(string text, int offset, int line, int column)
    {
        var scalar = (SpecScalar)((SpecMap)Read(text).Root!)["w"]!;
        Assert.Equal(new SourcePosition("s.yaml", line, column), scalar.PositionOf(offset));
    }

    [Theory]
    [InlineData("{\"a\": [1, \"x\"]}", "{a@1:2=[1@1:8 'x'@1:11]@1:7}")]
    [InlineData("{\n\t\"é😀\": true, \"b\": \"\\ud83d\\ude00\"}", "{é😀@2:2=true@2:9 b@2:15='😀'@2:20}")]
    public void Json_has_the_same_nodes(string text, string expected)
    {
        var faults = new DiagnosticBag();
        var root = JsonNodes.Read(text, "s.json", faults);
        Assert.Empty(faults.All);
        Assert.Equal(expected, Show(root!));
    }

    [Theory]
    [InlineData("", "SIM002")]
    [InlineData("{\"a\": }", "SIM002")]
    [InlineData("{\"a\": 1} x", "SIM002")]
    [InlineData("{\"a\": 1, \"a\": 2}", "SIM003")]
    [InlineData("{\"a\": \"\\ud83d\"}", "SIM002")]
    public void Json_faults_are_diagnostics(string text, string code)
    {
        var faults = new DiagnosticBag();
        JsonNodes.Read(text, "s.json", faults);
        Assert.Equal(code, Assert.Single(faults.All).Code);
    }

    [Fact]
    public void Json_depth_is_bounded()
    {
        var faults = new DiagnosticBag();
        Assert.Null(JsonNodes.Read(new string('[', 100_000), "s.json", faults));
        Assert.Equal("SIM004", Assert.Single(faults.All).Code);
    }
}
