using System.Numerics.Tensors;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Tests.Text.Filters;
using Simulant.Validation;
using Simulant.Validation.Text;
using Xunit;

namespace Simulant.Tests.Validation.Text;

public class TextMetricsTests
{
    private static string[] Texts(int from, int count, int vocabulary = 800) =>
        [.. Enumerable.Range(from, count).Select(i => Sentences.Of(i, 20 + i % 30, vocabulary))];

    /// <summary>The first letters of words, counted: texts with the same ones are alike.</summary>
    internal static SentenceVectors Vectors { get; } = new(64, (texts, _) =>
    {
        float[] vectors = new float[texts.Count * 64];
        for (int i = 0; i < texts.Count; i++)
        {
            var to = vectors.AsSpan(i * 64, 64);
            foreach (string word in texts[i].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                foreach (char letter in word) to[letter % 64] += char.IsLetterOrDigit(letter) ? 1 : 0;
            float length = MathF.Sqrt(TensorPrimitives.Dot<float>(to, to));
            if (length > 0) TensorPrimitives.Divide(to, length, to);
        }
        return vectors;
    });

    private static MetricResult Of(IReadOnlyList<MetricResult> all, string name) => all.Single(m => m.Name == name);

    [Fact]
    public void Texts_of_the_same_law_score_as_the_held_out_ones_do_on_any_threads()
    {
        string[] training = Texts(0, 600), holdout = Texts(600, 400), synthetic = Texts(2000, 400);
        var one = TextMetrics.Measure(training, holdout, synthetic, Vectors, RunContext.Quiet(4));
        Assert.Equal(one, TextMetrics.Measure(training, holdout, synthetic, Vectors, RunContext.Quiet(4, 3)));
        Assert.Equal(MetricNames.Text.Except([MetricNames.TextTstr]), one.Select(m => m.Name));
        Assert.All(one, m =>
        {
            Assert.True(m.IsEvaluated, m.Name);
            Assert.Equal(m.Score.Reference, m.Score.Value, 0.05 * Math.Max(1, m.Score.Reference));
            Assert.InRange(m.Score.Value, m.Score.Low, m.Score.High);
        });
        Assert.InRange(Of(one, MetricNames.TextMauve).Score.Value, 0.9, 1);
    }

    /// <summary>Each way to fail moves the figure that is there for it.</summary>
    [Fact]
    public void Each_fault_shows_in_its_figure()
    {
        string[] training = Texts(0, 600), holdout = Texts(600, 400), honest = Texts(2000, 400);
        MetricResult Measured(string name, string[] synthetic) =>
            Of(TextMetrics.Measure(training, holdout, synthetic, Vectors, RunContext.Quiet(4)), name);
        string[] copies = [.. training[..200], .. honest[..200]];
        Assert.Equal(0.5, Measured(MetricNames.TextCopies, copies).Score.Value, 1e-12);
        Assert.True(Measured(MetricNames.TextCopies, copies).IsWorseThanReference);
        Assert.True(Measured(MetricNames.TextOverlap, copies).IsWorseThanReference);
        string[] opened = [.. honest.Select((t, i) => i % 5 == 0 ? "Once upon a time " + t : t)];
        Assert.Equal(0.2, Measured(MetricNames.TextOpenings, opened).Score.Value, 0.01);
        Assert.True(Measured(MetricNames.TextOpenings, opened).IsWorseThanReference);
        string[] few = [.. Enumerable.Range(0, 400).Select(i => honest[i % 10])];
        Assert.True(Measured(MetricNames.TextSelfBleu, few).IsWorseThanReference);
        Assert.True(Measured(MetricNames.TextDistinct4, few).IsWorseThanReference);
        Assert.True(Measured(MetricNames.TextMauve, few).IsWorseThanReference);
        Assert.True(Measured(MetricNames.TextStudentBits, few).IsWorseThanReference);
        Assert.True(Measured(MetricNames.TextVocabulary, few).IsWorseThanReference);
        string[] brief = [.. honest.Select(t => string.Join(' ', t.Split(' ')[..12]))];
        Assert.Equal(1, Measured(MetricNames.TextLength, brief).Score.Value);
        string[] narrow = Texts(2000, 400, 60);
        Assert.True(Measured(MetricNames.TextDistinct1, narrow).IsWorseThanReference);
        Assert.True(Measured(MetricNames.TextTypeToken, narrow).IsWorseThanReference);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    public void Too_few_texts_say_so(int count)
    {
        var found = TextMetrics.Measure(Texts(0, count), Texts(50, count), Texts(90, count), Vectors, RunContext.Quiet(1));
        Assert.Equal(MetricNames.Text.Count - 1, found.Count);
        Assert.Equal("fewer than 20 texts of one kind", Of(found, MetricNames.TextMauve).NotEvaluated);
        Assert.All(found, m => Assert.Equal(m.IsEvaluated, !double.IsNaN(m.Score.Value)));
        var empty = TextMetrics.Measure(["", "!"], [""], ["", "\0"], Vectors, RunContext.Quiet(1));
        Assert.All(empty.Where(m => m.IsEvaluated), m => Assert.False(double.IsNaN(m.Score.Value)));
    }

    [Fact]
    public void A_student_learns_what_the_texts_teach()
    {
        static LabelledTexts Taught(int from, int count, double wrong)
        {
            var stream = new RandomStream(2, "test/taught");
            string[] labels = ["sport", "food", "law"];
            int[] kinds = [.. Enumerable.Range(from, count).Select(i => stream.Below(3, i, 0))];
            return new LabelledTexts([.. kinds.Select((k, i) =>
                $"{Sentences.Of(from + i, 12, 400)} about{k} {Sentences.Of(from + i + 9999, 5, 400)}")],
                [.. kinds.Select((k, i) => labels[stream.Uniform(from + i, 1) < wrong ? stream.Below(3, from + i, 2) : k])]);
        }
        var run = RunContext.Quiet(3, 2);
        var good = TextMetrics.Measure(Taught(0, 300, 0), Taught(1000, 300, 0), Taught(5000, 300, 0), Vectors, run)[^1];
        var useless = TextMetrics.Measure(Taught(0, 300, 0), Taught(1000, 300, 0), Taught(5000, 300, 1), Vectors, run)[^1];
        Assert.Equal(MetricNames.TextTstr, good.Name);
        Assert.InRange(good.Score.Value, 0.95, 1);
        Assert.InRange(good.Score.Reference, 0.95, 1);
        Assert.InRange(useless.Score.Value, 0.15, 0.55);
        Assert.True(useless.IsWorseThanReference);
        var alone = new LabelledTexts(["a b", "c d"], ["x", "x"]);
        Assert.Contains("one class", TextMetrics.Measure(Taught(0, 30, 0), Taught(50, 30, 0), alone, Vectors, run)[^1].NotEvaluated);
        Assert.Throws<ArgumentException>(() => TextMetrics.Measure(alone, alone, new LabelledTexts(["a"], []), Vectors, run));
    }

    /// <summary>Probabilities of a model sum to one over all words there could be, seen or not.</summary>
    [Fact]
    public void The_word_model_is_a_distribution()
    {
        ulong[][] texts = [.. Texts(0, 30, 20).Select(NGramFiguresTests.Words)];
        ulong[] kinds = [.. texts.SelectMany(t => t).Distinct()];
        const int all = 50;
        var model = new WordModel(texts, all);
        foreach (ulong[] context in new ulong[][] { [], [kinds[0]], [kinds[1], kinds[0]], [7, 8], [kinds[2], 9] })
        {
            ulong[] before = [WordModel.Edge, WordModel.Edge, .. context];
            double seen = kinds.Sum(k => model.Probability([.. before, k])), unseen = model.Probability([.. before, 12345]);
            double end = EndProbability(model, context);
            Assert.Equal(1, seen + end + (all - kinds.Length - 1) * unseen, 1e-9);
        }
        Assert.Equal(-Math.Log2(EndProbability(model, [])), model.Bits([]).Bits, 1e-12);
        // No text at all: every word costs the same.
        Assert.Equal((3 * Math.Log2(all), 3), new WordModel([], all).Bits([1, 2]));
    }

    /// <summary>Of the text's end: from the bits of the text with and without it.</summary>
    private static double EndProbability(WordModel model, ulong[] context)
    {
        double bits = model.Bits(context).Bits;
        ulong[] padded = [WordModel.Edge, WordModel.Edge, .. context];
        for (int i = 2; i < padded.Length; i++) bits += Math.Log2(model.Probability(padded.AsSpan(0, i + 1)));
        return Math.Pow(2, -bits);
    }
}
