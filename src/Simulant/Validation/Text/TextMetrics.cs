using Simulant.Data;
using Simulant.Numerics.Text;
using Simulant.Validation.Comparison;
using Simulant.Validation.Statistics;

namespace Simulant.Validation.Text;

/// <summary>Texts with the class of each, for the student that learns classes.</summary>
/// <param name="Labels">As many as texts.</param>
public sealed record LabelledTexts(IReadOnlyList<string> Texts, IReadOnlyList<string> Labels);

/// <summary>
/// The figures of synthetic texts, each beside the same figure of real held-out texts against the training texts. Formulas and sources are
/// in docs/guide/metrics.md. Results do not depend on threads; samples and intervals follow from the run's seed.
/// </summary>
public static class TextMetrics
{
    private const int BleuTexts = 500, CopyRun = 8, Window = 100, FrontierTexts = 5000, Replicates = 200;
    private const long MostWords = 2_000_000;

    /// <summary>
    /// Measures one column of text. Sets may be of any size; what depends on size is computed on equal amounts, at most 2,000,000 words.
    /// </summary>
    /// <param name="vectors">What tells meanings apart, for <see cref="MetricNames.TextCoverage"/>.</param>
    /// <returns>One entry a name of <see cref="MetricNames.Text"/> but <see cref="MetricNames.TextTstr"/>, in that order.</returns>
    public static IReadOnlyList<MetricResult> Measure(IReadOnlyList<string> training, IReadOnlyList<string> holdout,
        IReadOnlyList<string> synthetic, SentenceVectors vectors, RunContext run)
    {
        var (t, h, s) = (TextSet.Of(training, run), TextSet.Of(holdout, run), TextSet.Of(synthetic, run));
        var found = new List<MetricResult>();
        Diversity(h, s, found, run);
        Likeness(t, h, s, found, run);
        found.Add(Copies(t, h, s));
        found.Add(Mauve(training, holdout, synthetic, run));
        found.Add(VectorCoverage.Measure(training, holdout, synthetic, vectors, run));
        found.Add(StudentBits(t, h, s, run));
        return [.. MetricNames.Text.SelectMany(name => found.Where(m => m.Name == name))];
    }

    /// <summary>As <see cref="Measure(IReadOnlyList{string}, IReadOnlyList{string}, IReadOnlyList{string}, SentenceVectors, RunContext)"/>,
    /// with a classifier's gain.</summary>
    public static IReadOnlyList<MetricResult> Measure(LabelledTexts training, LabelledTexts holdout, LabelledTexts synthetic,
        SentenceVectors vectors, RunContext run) =>
        [.. Measure(training.Texts, holdout.Texts, synthetic.Texts, vectors, run), ClassStudent.Measure(training, holdout, synthetic, run)];

    private static void Diversity(TextSet holdout, TextSet synthetic, List<MetricResult> found, RunContext run)
    {
        // Without held-out texts the figures stand alone.
        bool alone = holdout.Count == 0;
        long words = Math.Min(MostWords, alone ? synthetic.Total : Math.Min(holdout.Total, synthetic.Total));
        ulong[][] h = holdout.Cut(words, run.Seed, "cut/holdout"), s = synthetic.Cut(words, run.Seed, "cut/synthetic");
        string[] names = [MetricNames.TextDistinct1, MetricNames.TextDistinct2, MetricNames.TextDistinct3, MetricNames.TextDistinct4];
        for (int n = 1; n <= names.Length; n++)
            found.Add(Exact(names[n - 1], NGramFigures.Distinct(s, n), NGramFigures.Distinct(h, n), Direction.Higher, s.Length));
        found.Add(Exact(MetricNames.TextTypeToken, NGramFigures.TypeToken(s, Window), NGramFigures.TypeToken(h, Window),
            Direction.Reference,
            s.Length));

        int texts = Math.Min(BleuTexts, alone ? synthetic.Count : Math.Min(holdout.Count, synthetic.Count));
        double[] Bleu(TextSet set, string name) =>
            [.. SelfBleu.Scores([.. Sampling.Rows(set.Count, texts, run.Seed, name).Select(i => set.Words[i])]).Where(v =>
                !double.IsNaN(v))];
        double[] ours = Bleu(synthetic, "text/bleu/synthetic"), theirs = Bleu(holdout, "text/bleu/holdout");
        found.Add(Estimated(MetricNames.TextSelfBleu, Mean(ours), Mean(theirs), MeanInterval(ours, run, "bleu"), Direction.Lower,
            ours.Length)
            with { ReferenceLow = MeanInterval(theirs, run, "bleu-reference").Low, ReferenceHigh = MeanInterval(theirs, run,
                "bleu-reference").High });

        var (most, of) = NGramFigures.Openings(synthetic.Words);
        var (mostReal, ofReal) = NGramFigures.Openings(holdout.Words);
        found.Add(Share(MetricNames.TextOpenings, most, of, mostReal, ofReal));
    }

    private static void Likeness(TextSet training, TextSet holdout, TextSet synthetic, List<MetricResult> found, RunContext run)
    {
        found.Add(Exact(MetricNames.TextLength, NGramFigures.LengthGap(synthetic.Words, training.Words),
            NGramFigures.LengthGap(holdout.Words, training.Words), Direction.Lower, synthetic.Count));
        long words = Math.Min(MostWords, Math.Min(holdout.Total, synthetic.Total));
        found.Add(Exact(MetricNames.TextVocabulary, NGramFigures.Covered(training.Words, synthetic.Cut(words, run.Seed, "cut/synthetic")),
            NGramFigures.Covered(training.Words, holdout.Cut(words, run.Seed, "cut/holdout")), Direction.Higher, synthetic.Count));

        HashSet<ulong> known = [.. NGramFigures.Grams(training.Words, CopyRun)];
        var (copied, all) = NGramFigures.Copied(synthetic.Words, known, CopyRun);
        var (copiedReal, allReal) = NGramFigures.Copied(holdout.Words, known, CopyRun);
        found.Add(Estimated(MetricNames.TextOverlap, Ratio(copied, all), Ratio(copiedReal, allReal), RatioInterval(copied, all, run,
            "overlap"),
            Direction.Lower, all.Count(n => n > 0)) is var overlap && RatioInterval(copiedReal, allReal, run,
                "overlap-reference") is var ends
            ? overlap with { ReferenceLow = ends.Low, ReferenceHigh = ends.High } : overlap);
    }

    /// <summary>Texts whose words are all those of a training text.</summary>
    private static MetricResult Copies(TextSet training, TextSet holdout, TextSet synthetic)
    {
        HashSet<ulong> known = [.. training.Words.Where(w => w.Length > 0).Select(w => NGramHashes.Whole(w))];
        int Held(TextSet set) => set.Words.Count(w => w.Length > 0 && known.Contains(NGramHashes.Whole(w)));
        return Share(MetricNames.TextCopies, Held(synthetic), synthetic.Count, Held(holdout), holdout.Count);
    }

    private static MetricResult Mauve(IReadOnlyList<string> training, IReadOnlyList<string> holdout, IReadOnlyList<string> synthetic,
        RunContext run)
    {
        int count = Math.Min(FrontierTexts, Math.Min(training.Count, Math.Min(holdout.Count, synthetic.Count)));
        if (count < 20) return MetricResult.Missing(MetricNames.TextMauve, Direction.Higher, "fewer than 20 texts of one kind");
        int cells = Math.Clamp(count / 10, 2, 200);
        string[] Some(IReadOnlyList<string> set, string name) => [.. Sampling.Rows(set.Count, count, run.Seed, "text/mauve/" + name)
            .Select(i => set[i])];
        int[][] cell = TextClusters.Assign([Some(training, "training"), Some(holdout, "holdout"), Some(synthetic, "synthetic")], cells,
            run);
        double[] Histogram(int[] of, byte[]? weights = null)
        {
            var counts = new double[cells];
            for (int i = 0; i < of.Length; i++) counts[of[i]] += weights is null ? 1 : weights[i];
            return counts;
        }
        double[] real = Histogram(cell[0]);
        double value = DivergenceFrontier.Area(real, Histogram(cell[2])), reference = DivergenceFrontier.Area(real, Histogram(cell[1]));
        var interval = Resampled(run, "mauve").Interval(count, value, weights => DivergenceFrontier.Area(real, Histogram(cell[2],
            weights)));
        return Estimated(MetricNames.TextMauve, value, reference, interval, Direction.Higher, count);
    }

    /// <summary>Bits a word of held-out texts, by a model of as many synthetic words as training words.</summary>
    private static MetricResult StudentBits(TextSet training, TextSet holdout, TextSet synthetic, RunContext run)
    {
        long words = Math.Min(MostWords, Math.Min(training.Total, synthetic.Total));
        if (words == 0 || holdout.Total == 0) return MetricResult.Missing(MetricNames.TextStudentBits, Direction.Lower,
            "a set without words");
        ulong[][] s = synthetic.Cut(words, run.Seed, "cut/synthetic"), t = training.Cut(words, run.Seed, "cut/training");
        int kinds = s.Concat(t).Concat(holdout.Words).SelectMany(w => w).Distinct().Count() + 1;
        (double Bits, int Words)[] Of(ulong[][] from)
        {
            var model = new WordModel(from, kinds);
            var bits = new (double Bits, int Words)[holdout.Count];
            Work.For(bits.Length, run, i => bits[i] = model.Bits(holdout.Words[i]));
            return bits;
        }
        var ours = Of(s);
        var theirs = Of(t);
        static double Mean((double Bits, int Words)[] of) => of.Sum(b => b.Bits) / of.Sum(b => (double)b.Words);
        double value = Mean(ours);
        var interval = Resampled(run, "student").Interval(ours.Length, value, weights =>
        {
            double bits = 0, count = 0;
            for (int i = 0; i < ours.Length; i++) (bits, count) = (bits + weights[i] * ours[i].Bits, count + weights[i] * ours[i].Words);
            return bits / count;
        });
        return Estimated(MetricNames.TextStudentBits, value, Mean(theirs), interval, Direction.Lower, holdout.Count);
    }

    internal static MetricResult Share(string name, int successes, int trials, int real, int realTrials, Direction better = Direction.Lower)
    {
        var (low, high) = Wilson.Interval(successes, trials);
        var ends = Wilson.Interval(real, realTrials);
        return Estimated(name, trials == 0 ? double.NaN : (double)successes / trials, realTrials == 0 ? double.NaN
            : (double)real / realTrials,
            (low, high), better, trials) with { ReferenceLow = ends.Low, ReferenceHigh = ends.High };
    }

    private static MetricResult Exact(string name, double value, double reference, Direction better, int count) =>
        Estimated(name, value, reference, (value, value), better, count);

    private static MetricResult Estimated(string name, double value, double reference, (double Low, double High) interval, Direction better,
        int count) => double.IsNaN(value) ? MetricResult.Missing(name, better, "too few words to have a figure")
        : new MetricResult(name, new Score(value, reference, interval.Low, interval.High, better, count))
        {
            ReferenceLow = reference, ReferenceHigh = reference,
        };

    private static Bootstrap Resampled(RunContext run, string purpose) =>
        new(new Numerics.Random.RandomStream(run.Seed, "validate/text/bootstrap/" + purpose), Replicates);

    private static double Mean(double[] values) => values.Length == 0 ? double.NaN : values.Average();

    private static (double Low, double High) MeanInterval(double[] values, RunContext run, string purpose) =>
        RatioInterval(values, [.. values.Select(_ => 1.0)], run, purpose);

    private static double Ratio(int[] over, int[] under) => under.Sum() == 0 ? double.NaN : over.Sum(v => (double)v) / under.Sum(v =>
        (double)v);

    private static (double Low, double High) RatioInterval(int[] over, int[] under, RunContext run, string purpose) =>
        RatioInterval([.. over.Select(v => (double)v)], [.. under.Select(v => (double)v)], run, purpose);

    private static (double Low, double High) RatioInterval(double[] over, double[] under, RunContext run, string purpose) =>
        Resampled(run, purpose).Interval(over.Length, over.Sum() / under.Sum(), weights =>
        {
            double above = 0, below = 0;
            for (int i = 0; i < over.Length; i++) (above, below) = (above + weights[i] * over[i], below + weights[i] * under[i]);
            return above / below;
        });
}
