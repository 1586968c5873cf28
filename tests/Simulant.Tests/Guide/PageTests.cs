using Xunit;

namespace Simulant.Tests.Guide;

public class PageTests
{
    [Fact]
    public void Blocks_come_in_order_with_their_lines()
    {
        const string Text =
            "# A\n\n```sh\nsimulant check a.yaml\n```\ntext\n```yaml\nsimulant: 1\nname: a\n```\n```\nplain\n```\n";
        var blocks = Page.Blocks("a.md", Text).ToList();
        Assert.Equal([(4, "sh"), (8, "yaml")], blocks.Select(b => (b.Line, b.Language)));
        Assert.True(blocks[0].IsCommands);
        Assert.Equal("simulant check a.yaml\n", blocks[0].Text);
        Assert.True(blocks[1].IsSpec);
        Assert.Equal("a.yaml", blocks[1].SpecFile);
    }

    [Fact]
    public void Fragments_are_not_specs_and_other_shell_text_is_not_run()
    {
        var blocks = Page.Blocks("a.md", "```yaml\nrows: 5\n```\n```sh\ncurl x\n```\n").ToList();
        Assert.All(blocks, b => Assert.False(b.IsSpec || b.IsCommands));
    }

    [Fact]
    public void A_block_left_open_is_a_fault() =>
        Assert.Throws<InvalidOperationException>(() => Page.Blocks("a.md", "```sh\nsimulant\n").ToList());
}
