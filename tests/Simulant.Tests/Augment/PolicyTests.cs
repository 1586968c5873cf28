using Simulant.Augment;
using Simulant.Data;
using Simulant.Images;
using Simulant.Specs;
using Xunit;

namespace Simulant.Tests.Augment;

/// <summary>How policies are read, and that chances are addressed.</summary>
public class PolicyTests
{
    private static Policy Read(string text, out DiagnosticBag faults)
    {
        faults = new DiagnosticBag();
        return Policy.Read(YamlNodes.Read(text, "policy.yaml", faults)!, faults);
    }

    [Theory]
    [InlineData("[ spin ]", "there is no operation 'spin'")]
    [InlineData("[ rotat ]", "did you mean 'rotate'")]
    [InlineData("[ { rotate: 10 } ]", "a name with a map of options")]
    [InlineData("[ { rotate: { limit: 1000 } } ]", "limit")]
    [InlineData("[ { rotate: { angle: 3 } } ]", "angle")]
    [InlineData("[ { one-of: { p: 0.5 } } ]", "one-of needs steps")]
    [InlineData("rotate", "a list of operations was expected")]
    [InlineData("[ { sequence: { steps: [ { sequence: { steps: [ x ] } } ] } } ]", "there is no operation 'x'")]
    public void Faults_are_named_at_their_place(string text, string message)
    {
        Read(text, out var faults);
        Assert.Contains(faults.All, d => d.Message.Contains(message, StringComparison.Ordinal) && d.At.Line == 1);
    }

    [Fact]
    public void Probabilities_hold_and_one_of_several_happens()
    {
        var s = Pictures.Star(8, 8);
        var policy = Read("[ { horizontal-flip: { p: 0.3 } } ]", out _);
        int flipped = Enumerable.Range(0, 2000).Count(i => !ReferenceEquals(policy.Apply(s, 1, i), s));
        Assert.InRange(flipped, 530, 670);
        var one = Read("[ { one-of: { steps: [ invert, vertical-flip, transpose ] } } ]", out _);
        byte[][] results = [.. new[] { "invert", "vertical-flip", "transpose" }.Select(n => Policy.Only(n).Apply(s, 0, 0).Image.Samples)];
        int[] counts = new int[3];
        for (int i = 0; i < 900; i++) counts[Array.FindIndex(results, r => r.AsSpan().SequenceEqual(one.Apply(s, 1, i).Image.Samples))]++;
        Assert.All(counts, c => Assert.InRange(c, 240, 360));
    }

    [Fact]
    public void Some_of_several_happen_in_their_order()
    {
        var s = Pictures.Star(8, 8);
        var policy = Read("[ { some-of: { count: 2, steps: [ "
            + "{ invert: { p: 1 } }, { solarise: { p: 1, threshold: 128 } }, { vertical-flip: { p: 1 } } ] } } ]", out _);
        byte[] Chain(params string[] names) => names.Aggregate(s, (t, n) => Policy.Only(n, n == "solarise" ? "threshold: 128" : "").Apply(t,
            0, 0)).Image.Samples;
        byte[][] allowed = [Chain("invert", "solarise"), Chain("invert", "vertical-flip"), Chain("solarise", "vertical-flip")];
        int[] counts = new int[3];
        for (int i = 0; i < 300; i++) counts[Array.FindIndex(allowed,
            r => r.AsSpan().SequenceEqual(policy.Apply(s, 1, i).Image.Samples))]++;
        Assert.All(counts, c => Assert.InRange(c, 60, 140));
    }

    [Fact]
    public void Threads_and_order_change_nothing()
    {
        var pool = new Pictures.Pool([.. Enumerable.Range(0, 4).Select(i => Pictures.Star(64, 48, i))]);
        var policy = Read("[ { mosaic: { p: 0.5 } }, affine, colour-jitter, { one-of: { steps: [ rain, fog, gaussian-noise ] } }, jpeg ]",
            out var faults);
        Assert.Empty(faults.All);
        byte[][] Make(int threads, bool backwards)
        {
            byte[][] made = new byte[24][];
            Work.For(24, threads, i =>
            {
                int item = backwards ? 23 - i : i;
                made[item] = policy.Apply(pool.Get(item % 4), 77, item, pool).Image.Samples;
            }, TestContext.Current.CancellationToken);
            return made;
        }
        byte[][] expected = Make(1, false);
        Assert.Equal(expected, Make(2, true));
        Assert.Equal(expected, Make(8, false));
        Assert.True(expected.Select(Convert.ToBase64String).Distinct().Count() > 20);
    }

    [Fact]
    public void A_policy_refuses_transparency_and_mixing_without_a_pool()
    {
        var clear = new Labelled(new Simulant.Images.Raster<byte>(4, 4, 4));
        Assert.Throws<ArgumentException>(() => Policy.Only("invert").Apply(clear, 1, 0));
        Assert.Throws<InvalidOperationException>(() => Policy.Only("mixup").Apply(Pictures.Star(8, 8), 1, 0));
        Assert.True(Policy.Only("mixup").Mixes);
        Assert.False(Policy.Only("invert").Mixes);
    }

    [Fact]
    public void Rooms_that_are_used_again_leave_every_other_picture_alone()
    {
        // Large enough for rooms to be kept.
        var pictures = Enumerable.Range(0, 3).Select(i => Pictures.Star(200, 150, i)).ToArray();
        var pool = new Pictures.Pool(pictures);
        byte[][] untouched = [.. pictures.Select(p => p.Image.Samples.ToArray())];
        var policy = Read("[ { mixup: { p: 0.5 } }, { invert: { p: 0.5 } }, { horizontal-flip: { p: 0.5 } }, "
            + "{ some-of: { count: 2, steps: [ box-blur, { solarise: { p: 1 } }, transpose ] } }, { copy-paste: { p: 0.5 } }, jpeg ]",
            out _);
        Labelled[] kept = [.. Enumerable.Range(0, 40).Select(i => policy.Apply(pictures[i % 3], 4, i, pool))];
        byte[][] expected = [.. kept.Select(k => k.Image.Samples.ToArray())];
        Work.For(40, 3, i =>
        {
            var made = policy.Apply(pictures[i % 3], 4, i, pool);
            Assert.Equal(expected[i], made.Image.Samples);
            Policy.Release(made, pictures[i % 3]);
        }, TestContext.Current.CancellationToken);
        // One that nobody handed back, and the pictures themselves, are as they were.
        Assert.All(Enumerable.Range(0, 40), i => Assert.Equal(expected[i], kept[i].Image.Samples));
        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(untouched[i], pictures[i].Image.Samples));
        byte[] room = new byte[100_000];
        KeptArrays<byte>.Give(room);
        Assert.NotSame(room, KeptArrays<byte>.Take(99_999));
        Assert.Same(room, KeptArrays<byte>.Take(100_000));
        Assert.NotSame(room, KeptArrays<byte>.Take(100_000));
    }
}
