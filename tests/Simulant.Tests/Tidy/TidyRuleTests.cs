using Xunit;

namespace Simulant.Tests.Tidy;

public class TidyRuleTests
{
    [Theory]
    [InlineData("bom", "\uFEFFclass A { }\n")]
    [InlineData("newline", "class A { }")]
    [InlineData("line-ends", "class A { }\r\n")]
    [InlineData("tab", "class A\n{\n\tint B;\n}\n")]
    [InlineData("trailing-space", "class A { } \n")]
    [InlineData("promise", "// TO" + "DO: later\n")]
    [InlineData("promise", "class A { object B => throw new NotImplemented" + "Exception(); }\n")]
    [InlineData("machine-path", "// see /ho" + "me/someone/notes\n")]
    [InlineData("machine-path", "// see \"/wo" + "rk/x\"\n")]
    [InlineData("registry-host", "// https://regi" + "stry.example.com/package\n")]
    [InlineData("swallowed", "class A { void B() { try { } cat" + "ch { } } }\n")]
    [InlineData("swallowed", "class A { void B() { try { } catch (System.Exception) { /* never mind */ } } }\n")]
    [InlineData("skip", "class A { [Fact(Skip = \"slow\")] void B() { } }\n")]
    [InlineData("namespace", "namespace A { class B { } }\n")]
    public void A_blemish_is_seen(string rule, string text) =>
        Assert.Contains(TidyRules.Check("src/A.cs", text), b => b.Rule == rule);

    [Theory]
    [InlineData(140, false)]
    [InlineData(141, true)]
    public void A_long_line_is_seen(int columns, bool caught) =>
        Assert.Equal(caught, Rules("// " + new string('x', columns - 3) + "\n").Contains("line-length"));

    [Theory]
    [InlineData(400, false, false)]
    [InlineData(401, true, false)]
    [InlineData(601, true, true)]
    public void A_long_file_is_seen(int lines, bool soft, bool hard)
    {
        var rules = Rules(string.Concat(Enumerable.Repeat("//\n", lines))).ToList();
        Assert.Equal((soft, hard), (rules.Contains("file-length"), rules.Contains("file-length-hard")));
    }

    [Theory]
    [InlineData("void B()", 70, false)]
    [InlineData("void B()", 71, true)]
    [InlineData("A()", 71, true)]
    [InlineData("[X]\n[Y]\nvoid B()", 70, false)]
    [InlineData("[X]\n[Y]\nvoid B()", 71, true)]
    [InlineData("int B", 74, true)]
    public void A_long_function_is_seen(string head, int lines, bool caught)
    {
        string body = head == "int B"
            ? "get\n{\n" + new string('\n', lines - 3) + "}\n"
            : new string('\n', lines - 3);
        Assert.Equal(caught,
            Rules($"class A\n{{\n/// <summary>doc</summary>\n{head}\n{{\n{body}}}\n}}\n").Contains("function-length"));
    }

    [Theory]
    [InlineData("class A\n{\n    // a workroot path: src/home/x, ./wo" + "rk/y, https://example.org/home/page\n}\n")]
    [InlineData("class A { void B() { try { } catch (System.Exception e) { throw new System.IO.IOException(\"x\", e); } } }\n")]
    [InlineData("")]
    public void A_clean_file_passes(string text) => Assert.Empty(TidyRules.Check("src/A.cs", text));

    [Theory]
    [InlineData("[a](b.md)", null)]
    [InlineData("[a](../c.md)", null)]
    [InlineData("[a](b.md#some-heading-of-b)", null)]
    [InlineData("[a](https://example.org/x)", null)]
    [InlineData("`[a](nowhere.md)`", null)]
    [InlineData("```\n[a](nowhere.md)\n```", null)]
    [InlineData("[a](nowhere.md)", "link")]
    [InlineData("text ![a](images/none.png) text", "link")]
    [InlineData("[a](b.md#no-such)", "anchor")]
    public void A_link_leads_somewhere_or_is_seen(string text, string? rule)
    {
        var pages = new Dictionary<string,
            string> { ["docs/a.md"] = text, ["docs/b.md"] = "# B\n\n## Some heading, of B\n", ["c.md"] = "" };
        var found = Links.Check("docs/a.md", text, pages.GetValueOrDefault, pages.ContainsKey).Select(b => b.Rule);
        Assert.Equal(rule is null ? [] : [rule], found);
    }

    private static IEnumerable<string> Rules(string text) => TidyRules.Check("src/A.cs", text).Select(b => b.Rule);
}
