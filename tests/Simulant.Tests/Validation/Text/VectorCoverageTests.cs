using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Text.Embeddings;
using Simulant.Validation;
using Simulant.Validation.Text;
using Xunit;

namespace Simulant.Tests.Validation.Text;

public class VectorCoverageTests
{
    /// <summary>Two numbers of a text "x y" as a direction, so that what is near is known by hand.</summary>
    private static readonly SentenceVectors Angles = new(2, (texts, _) => [.. texts.SelectMany(text =>
    {
        if (text.Length == 0) return new float[2];
        double angle = double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        return [(float)Math.Cos(angle), (float)Math.Sin(angle)];
    })]);

    private static string[] Drawn(string name, int count, double width) => [.. Enumerable.Range(0, count).Select(i =>
        (new RandomStream(5, "test/coverage/" + name).Uniform(i, 0) * width).ToString("R",
            System.Globalization.CultureInfo.InvariantCulture))];

    private static MetricResult Measure(string[] training, string[] holdout, string[] synthetic, int threads = 1) =>
        VectorCoverage.Measure(training, holdout, synthetic, Angles, RunContext.Quiet(3, threads));

    /// <summary>The definition, pair by pair, in double precision.</summary>
    private static double ByDefinition(string[] real, string[] made)
    {
        double[] x = [.. real.Select(Number)], y = [.. made.Select(Number)];
        int covered = x.Select((at, i) => (at, i)).Count(p =>
        {
            double radius = x.Where((_, j) => j != p.i).Select(other => Math.Abs(other - p.at)).Order().ElementAt(4);
            return y.Any(other => Math.Abs(other - p.at) <= radius);
        });
        return (double)covered / x.Length;
    }

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(3.0)]
    [InlineData(1.5)]
    [InlineData(0.4)]
    public void It_is_what_the_definition_says(double width)
    {
        string[] training = Drawn("training", 120, 3), holdout = Drawn("holdout", 120, 3), synthetic = Drawn("synthetic", 120, width);
        var found = Measure(training, holdout, synthetic);
        // A cosine of single precision may decide one pair the other way.
        Assert.Equal(ByDefinition(training, synthetic), found.Score.Value, 1.5 / 120);
        Assert.Equal(ByDefinition(training, holdout), found.Score.Reference, 1.5 / 120);
        Assert.Equal((Direction.Higher, 120), (found.Score.Better, found.Score.Count));
        Assert.InRange(found.Score.Value, found.Score.Low, found.Score.High);
        Assert.Equal(found, Measure(training, holdout, synthetic, 3));
        Assert.Equal(width < 3, found.IsWorseThanReference);
    }

    [Fact]
    public void Texts_that_say_nothing_do_not_count_and_sets_are_of_one_size()
    {
        string[] training = Drawn("training", 100, 3), holdout = Drawn("holdout", 60, 3), synthetic = Drawn("synthetic", 400, 3);
        Assert.Equal(60, Measure(training, holdout, synthetic).Score.Count);
        string[] hollow = [.. synthetic.Take(30).SelectMany(t => new[] { t, "" })];
        var found = Measure(training, holdout, hollow);
        Assert.Equal(30, found.Score.Count);
        Assert.Equal(ByDefinition(training[..30], synthetic[..30]), found.Score.Value, 1.5 / 30);
        Assert.Equal("fewer than 20 texts of one kind", Measure(training, holdout, hollow[..38]).NotEvaluated);
    }

    [Fact]
    public void No_more_texts_are_embedded_than_it_says()
    {
        int asked = 0;
        var counting = Angles with
        {
            Of = (texts, run) =>
            {
                asked += texts.Count;
                return Angles.Of(texts, run);
            },
        };
        var found = VectorCoverage.Measure(Drawn("training", 2000, 3), Drawn("holdout", 900, 3), Drawn("synthetic", 3000, 3), counting,
            RunContext.Quiet(3));
        Assert.Equal((3 * VectorCoverage.Texts, VectorCoverage.Texts), (asked, found.Score.Count));
        Assert.InRange(found.Score.Value, 0.93, 1);
        Assert.Equal("none here", VectorCoverage.Measure(["1"], ["1"], ["1"], SentenceVectors.Missing("none here"),
            RunContext.Quiet(3)).NotEvaluated);
    }

    /// <summary>The encoder sees what words do not: the same said in other words covers, and another topic does not.</summary>
    [Fact]
    public void Meanings_are_seen()
    {
        if (SentenceEncoder.Find(Environment.GetEnvironmentVariable(SentenceEncoder.Variable), AppContext.BaseDirectory) is null)
            Assert.Skip("the sentence encoder is not there; run: cd native && npm ci");
        string[] animals = ["dog", "cat", "horse", "cow", "sheep", "goat", "duck", "hen", "pig", "mouse", "fox", "wolf"];
        string[] does = ["sleeps in the barn", "eats its food"], other = ["is lying asleep in the shed", "is having its meal"];
        string[] of = [.. animals.SelectMany(a => does.Select(d => $"The {a} {d}."))];
        string[] said = [.. animals.SelectMany(a => other.Select(d => $"A {a} {d}."))];
        string[] law = [.. Enumerable.Range(0, 24).Select(i => $"Paragraph {i} of the contract governs liability for unpaid invoices.")];
        var encoder = new SentenceVectors(SentenceEncoder.Dimensions, (texts, run) => SentenceEncoder.Default.Embed(texts, run.MaxThreads));
        double Of(string[] made) => VectorCoverage.Measure(of, said, made, encoder, RunContext.Quiet(3)).Score.Value;
        Assert.InRange(Of(said), 0.6, 1);
        Assert.Equal(0, Of(law));
    }
}
