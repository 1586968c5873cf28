using Simulant.Data;
using Simulant.Tests.Runs;
using Simulant.Text.Recipes;
using Simulant.Text.Recipes.Steps;
using Xunit;

namespace Simulant.Tests.Text.Recipes;

public class DocumentsTests
{
    private const string Markdown = """
        # Rivers
        The *Ouse* runs through [York](http://y.org). It floods.

        ## Floods
        They come in winter.

        ```
        # no heading
        ```
        # Bread
        Rye keeps.
        """;

    [Fact]
    public void Markdown_is_cut_at_headings_and_its_marks_are_left_out()
    {
        var chunks = Documents.Split(Markdown, "a.md", 100);
        Assert.Equal(["Rivers", "Rivers > Floods", "Bread"], chunks.Select(c => c.Section));
        Assert.Equal("The Ouse runs through York. It floods.", chunks[0].Text);
        Assert.Equal("They come in winter.\n\n```\n# no heading\n```", chunks[1].Text);
        Assert.Equal("The *Ouse* runs through [York](http://y.org). It floods.", Markdown[chunks[0].Start..chunks[0].End]);
        Assert.Equal("Rye keeps.", Markdown[chunks[2].Start..chunks[2].End]);
    }

    [Fact]
    public void Html_is_cut_at_headings_and_what_is_not_seen_is_left_out()
    {
        const string Html = "<html><head><title>T</title></head><body><h1>Rivers</h1><script>var x = '<p>no</p>';</script>"
            + "<p>The <b>Ouse</b> &amp; the Foss.</p><!-- <p>not</p> --><h2>Floods</h2><ul><li>In winter</li></ul></body></html>";
        var chunks = Documents.Split(Html, "a.html", 100);
        Assert.Equal([("Rivers", "The Ouse & the Foss."), ("Rivers > Floods", "In winter")], chunks.Select(c => (c.Section, c.Text)));
        Assert.Equal("The <b>Ouse</b> &amp; the Foss.", Html[chunks[0].Start..chunks[0].End]);
    }

    [Fact]
    public void Paragraphs_are_joined_up_to_the_words_and_long_ones_cut_between_sentences()
    {
        const string Plain = "one two three.\n\nfour five.\n\nsix seven eight nine. ten eleven twelve thirteen. a b c d e f g h";
        var chunks = Documents.Split(Plain, "a.txt", 5);
        Assert.Equal(["one two three.\n\nfour five.", "six seven eight nine.", "ten eleven twelve thirteen.", "a b c d e", "f g h"],
            chunks.Select(c => c.Text));
        Assert.Equal((0, 26), (chunks[0].Start, chunks[0].End));
        Assert.All(chunks, c => Assert.True(c.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length <= 5));
    }

    [Theory]
    [InlineData("**bold *in* it** and ***both*** and __so__ and _so_", "bold in it and both and so and so")]
    [InlineData("a * b * c, snake_case_name, 2**3**4", "a * b * c, snake_case_name, 2**3**4")]
    [InlineData("![a picture](p.png) and [a link](l)", "a picture and a link")]
    public void Marks_of_emphasis_are_told_from_marks_that_mean_something(string line, string plain) =>
        Assert.Equal(plain, Assert.Single(Documents.Split(line, "a.md", 100)).Text);

    /// <summary>Documents come from anywhere; none may take longer than its length allows.</summary>
    [Fact]
    public void What_is_opened_and_never_closed_is_read_in_time()
    {
        const int Many = 60_000;
        foreach (string mark in (string[])["<script ", "<nav ", "<!--", "<p ", "<", "</", "[", "*", "_ ", "**a", "![", "\n", "# ", "```\n"])
        {
            string text = string.Concat(Enumerable.Repeat(mark, Many));
            foreach (string name in (string[])["a.html", "a.md", "a.txt"])
                Assert.All(Documents.Split(text + " end", name, 100), c => Assert.InRange(TextRules.WordCount(c.Text), 1, 100));
        }
        // What nothing closes is no more than it says: the rest is still there.
        Assert.Equal("seen", Assert.Single(Documents.Split("<head><p>seen", "a.html", 100)).Text);
        Assert.Equal("seen", Assert.Single(Documents.Split("<header>seen</header>", "a.html", 100)).Text);
    }

    [Fact]
    public void A_folder_is_read_in_order_of_its_names()
    {
        using var folder = new TempFolder();
        folder.Write("b.txt", "second");
        folder.Write("a/z.md", "first");
        folder.Write("c.pdf", "no");
        Assert.Equal([("a/z.md", "first"), ("b.txt", "second")], Documents.Read(folder.Path, 50).Select(c => (c.File, c.Text)));
        Assert.Contains("PDF is read by a program of yours",
            Assert.Throws<DataException>(() => Documents.Read(folder["c.pdf"], 50)).Message);
        Directory.CreateDirectory(folder["empty"]);
        Assert.Contains("no text in", Assert.Throws<DataException>(() => Documents.Read(folder["empty"], 50)).Message);
        Assert.Throws<DataException>(() => Documents.Read(folder["none.txt"], 50));
    }

    [Fact]
    public void A_link_is_not_followed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "links need no rights on Linux");
        using var folder = new TempFolder();
        folder.Write("a/b.txt", "Plain.");
        Directory.CreateSymbolicLink(folder["a/up"], folder.Path);
        Assert.Equal(["a/b.txt"], Documents.Read(folder.Path, 50).Select(c => c.File));
    }

    [Fact]
    public void Pdf_is_read_by_the_program_that_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the programs are Linux's");
        using var folder = new TempFolder();
        folder.Write("a.pdf", "First page.\n\fSecond page.\n");
        folder.Write("b.txt", "Plain.");
        var chunks = Documents.Read(folder.Path, 3, new PdfTool(["cat", "{file}"]));
        Assert.Equal([("a.pdf", "First page."), ("a.pdf", "Second page."), ("b.txt", "Plain.")], chunks.Select(c => (c.File, c.Text)));
        // Without a program a folder's PDF files are passed over.
        Assert.Equal("b.txt", Assert.Single(Documents.Read(folder.Path, 3)).File);
        Assert.Contains("exit code 1",
            Assert.Throws<DataException>(() => Documents.Read(folder["a.pdf"], 3, new PdfTool(["false"]))).Message);
        Assert.Contains("wrote more than 5 characters", Assert.Throws<DataException>(() =>
            Documents.Read(folder["a.pdf"], 3, new PdfTool(["cat", "{file}"], most: 5))).Message);
        Assert.Contains("did not end within 1 s", Assert.Throws<DataException>(() =>
            Documents.Read(folder["a.pdf"], 3, new PdfTool(["sleep", "20"], seconds: 1))).Message);
        Assert.Contains("cannot be started",
            Assert.Throws<DataException>(() => Documents.Read(folder["a.pdf"], 3, new PdfTool(["no-such-program"]))).Message);
    }
}
