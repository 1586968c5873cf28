using System.Text;
using Simulant.Scenes.Formats;
using Xunit;

namespace Simulant.Tests.Scenes.Formats;

/// <summary>Shards, read block by block as tar's standard has them.</summary>
public class WebDatasetTests
{
    private static List<MemoryStream> Write(IEnumerable<(string, IReadOnlyList<SceneFile>)> samples, long bytes)
    {
        var shards = new List<MemoryStream>();
        Assert.Equal(WebDataset.Write(samples, bytes, i =>
        {
            Assert.Equal(shards.Count, i);
            shards.Add(new MemoryStream());
            return shards[i];
        }), shards.Count);
        return shards;
    }

    private static (string, IReadOnlyList<SceneFile>) Sample(int i, int size = 700) => ($"{i:D6}",
        [new($"images/{i:D6}.png", [.. Enumerable.Repeat((byte)i, size)]), new($"labels/{i:D6}.json", [123]), new($"mask/{i:D6}_000002.png",
            [])]);

    /// <summary>Names and contents, every header checked by its own sums.</summary>
    private static List<(string Name, byte[] Content)> Read(byte[] tar)
    {
        var files = new List<(string, byte[])>();
        int at = 0;
        while (tar[at] != 0)
        {
            string Field(int from, int length) => Encoding.ASCII.GetString(tar, at + from, length).TrimEnd('\0', ' ');
            int sum = Enumerable.Range(0, 512).Sum(i => i is >= 148 and < 156 ? 32 : tar[at + i]);
            Assert.Equal(sum, Convert.ToInt32(Field(148, 8).Trim('\0', ' '), 8));
            Assert.Equal("ustar\0" + "00", Encoding.ASCII.GetString(tar, at + 257, 8));
            Assert.Equal(("0", ""), (Field(156, 1), Field(265, 64)));
            Assert.Equal((0, 0, 0), (Convert.ToInt32("0" + Field(108, 8), 8), Convert.ToInt32("0" + Field(116, 8), 8),
                Convert.ToInt32("0" + Field(136, 12), 8)));
            int size = Convert.ToInt32(Field(124, 12), 8);
            files.Add((Field(0, 100), tar[(at + 512)..(at + 512 + size)]));
            at += 512 + (size + 511) / 512 * 512;
        }
        Assert.Equal(1024, tar.Length - at);
        Assert.All(tar[at..], b => Assert.Equal(0, b));
        return files;
    }

    [Fact]
    public void Samples_stand_together_and_shards_keep_their_bound()
    {
        // A sample takes 3 headers and 3 blocks: 3,072 bytes; two and the end fit in 8,000.
        var shards = Write(Enumerable.Range(0, 7).Select(i => Sample(i)), 8000);
        Assert.Equal(4, shards.Count);
        Assert.All(shards, s => Assert.InRange(s.ToArray().Length, 1, 8000));
        var files = shards.SelectMany(s => Read(s.ToArray())).ToList();
        Assert.Equal(Enumerable.Range(0, 7).SelectMany(i => (string[])[$"{i:D6}.png", $"{i:D6}.labels.json", $"{i:D6}.mask.000002.png"]),
            files.Select(f => f.Name));
        Assert.All(Enumerable.Range(0, 7), i => Assert.Equal(700, files[3 * i].Content.Count(b => b == i)));
    }

    [Fact]
    public void A_large_sample_has_a_shard_of_its_own_and_bytes_repeat()
    {
        var shards = Write([Sample(0), Sample(1, 50_000), Sample(2)], 8000);
        Assert.Equal(3, shards.Count);
        Assert.Equal(shards.Select(s => s.ToArray()), Write([Sample(0), Sample(1, 50_000), Sample(2)], 8000).Select(s => s.ToArray()));
        Assert.Empty(Write([], 8000));
    }

    [Fact]
    public void Names_that_readers_would_take_apart_are_refused()
    {
        void Refused(string message, params (string, IReadOnlyList<SceneFile>)[] samples) => Assert.Contains(message,
            Assert.Throws<ArgumentException>(() => Write(samples, 8000)).Message, StringComparison.Ordinal);
        Refused("is no key", ("a.b", []));
        Refused("is no key", ("", []));
        Refused("comes twice", Sample(1), Sample(1));
        Refused("called 1.png", ("1", [new("images/1.png", []), new("1.png", [])]));
        Refused("100 bytes", ("1", [new($"{new string('a', 99)}/1.png", [])]));
    }

    [Theory]
    [InlineData("images/000042.png", "000042.png"), InlineData("depth/000042.npy", "000042.depth.npy")]
    [InlineData("flow-forward/000042.flo", "000042.flow-forward.flo"), InlineData("a/b/000042_000001.png", "000042.a.b.000001.png")]
    [InlineData("x.json", "000042.x.json")]
    public void Files_are_called_by_key_and_folder(string path, string name) => Assert.Equal(name, WebDataset.NameOf("000042", path));
}
