using Simulant.Scenes.Formats;
using Xunit;

namespace Simulant.Tests.Scenes.Formats;

public class ShardFormatTests
{
    [Fact]
    public void Pieces_in_a_row_and_zeros_are_the_shard_that_is_written_at_once()
    {
        (string Key, IReadOnlyList<SceneFile> Files)[] samples =
            [("000000", [new("images/000000.png", [1, 2, 3]), new("000000.json", [4])]),
            ("000001", [new("depth/000001.npy", new byte[2000])])];
        using var whole = new MemoryStream();
        Assert.Equal(1, WebDataset.Write(samples, long.MaxValue, _ => whole));
        byte[] joined = [.. samples.SelectMany(s => WebDataset.Piece(s.Key, s.Files)), .. new byte[WebDataset.End]];
        Assert.Equal(whole.ToArray(), joined);
    }

    [Fact]
    public void A_piece_holds_the_notes_once_under_its_key_alone()
    {
        var notes = Noted.Notes;
        var piece = ShardFormat.Piece(notes, [new(notes.Path, notes.ToJson()), new(notes.Picture, [1])]);
        Assert.True(ShardFormat.IsPiece(piece));
        Assert.False(ShardFormat.IsPiece(new("images/000042.tar", [])));
        Assert.Equal("webdataset/000042.tar", piece.Path);
        string text = System.Text.Encoding.Latin1.GetString(piece.Content);
        Assert.Contains("000042.json", text, StringComparison.Ordinal);
        Assert.DoesNotContain("labels", text[..512], StringComparison.Ordinal);
    }
}
