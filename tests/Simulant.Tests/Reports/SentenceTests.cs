using System.Text.Json.Nodes;
using Simulant.Reports.Dossiers;
using Xunit;

namespace Simulant.Tests.Reports;

/// <summary>No figure gets into a dossier without the place it stands.</summary>
public class SentenceTests
{
    private static readonly Cited Rows = new("manifest.json", "/content/rows/delivered", JsonValue.Create(1200), "1,200");

    [Fact]
    public void A_sentence_is_words_and_cited_figures()
    {
        Sentence more = $" by {Rows}";
        Sentence text = $"{Rows} rows{more}.";
        Assert.Equal("1,200 rows by 1,200.", text.ToString());
        Assert.Equal([Rows, Rows], text.Figures);
        Assert.Equal(Basis.Measured, new Statement(Basis.Measured, text).Basis);
    }

    [Fact]
    public void Words_with_a_figure_of_their_own_and_statements_without_any_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Statement(Basis.Recorded, $"{Rows} rows of 3000."));
        Assert.Throws<ArgumentException>(() => new Statement(Basis.Recorded, $"many rows"));
    }
}
