using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Text;

namespace Simulant.Text.Filters;

/// <summary>
/// How good a text is, learned from examples of good and bad ones: logistic regression over hashed words and word pairs. What it
/// learns is what tells the examples apart, whatever that is. Source of the method: Gunasekar et al., "Textbooks Are All You Need", 2023,
/// section 2.1, with hashed n-grams in place of a language model's embedding.
/// </summary>
public sealed class QualityClassifier
{
    private const int Every = 5; // one example in five is held out

    private readonly HashedLogistic _model;

    private QualityClassifier(HashedLogistic model, IReadOnlyList<double> scores, IReadOnlyList<bool> good) =>
        (_model, HeldOutScores, HeldOutGood) = (model, scores, good);

    /// <summary>Scores of examples that a model of the others gave; what <see cref="HeldOutGood"/> goes with.</summary>
    public IReadOnlyList<double> HeldOutScores { get; }

    public IReadOnlyList<bool> HeldOutGood { get; }

    /// <summary>Learns from examples: first from four in five of each kind, to score the fifth, then from all.</summary>
    /// <exception cref="ArgumentException">Fewer than ten of a kind.</exception>
    public static QualityClassifier Fit(IReadOnlyList<string> good, IReadOnlyList<string> bad, RunContext run)
    {
        if (good.Count < 10 || bad.Count < 10) throw new ArgumentException("at least ten good and ten bad examples are needed");
        string[] texts = [.. good, .. bad];
        var bags = Bags(texts, run);
        bool[] classes = [.. good.Select(_ => true), .. bad.Select(_ => false)];
        var held = new bool[texts.Length];
        var stream = new RandomStream(run.Seed, "text/quality/held");
        foreach (var (from, count, item) in new[] { (0, good.Count, 0), (good.Count, bad.Count, 1) })
        {
            int[] order = stream.Permutation(count, item);
            for (int i = 0; i < count; i++) held[from + order[i]] = i % Every == 0;
        }
        int[] all = [.. Enumerable.Range(0, texts.Length)], learned = [.. all.Where(i => !held[i])], judged = [.. all.Where(i => held[i])];
        var first = HashedLogistic.Fit([.. learned.Select(i => bags[i])], [.. learned.Select(i => classes[i])], run.Seed);
        run.Cancel.ThrowIfCancellationRequested();
        var whole = HashedLogistic.Fit(bags, classes, run.Seed);
        return new QualityClassifier(whole, [.. judged.Select(i => first.Score(bags[i]))], [.. judged.Select(i => classes[i])]);
    }

    /// <summary>The log-odds that a text is of the good kind.</summary>
    public double Score(string text) => _model.Score(HashedBag.Of(text));

    private static HashedBag[] Bags(string[] texts, RunContext run)
    {
        const int piece = 64;
        var bags = new HashedBag[texts.Length];
        Work.For((texts.Length + piece - 1) / piece, run, p =>
        {
            for (int i = p * piece; i < Math.Min(texts.Length, (p + 1) * piece); i++) bags[i] = HashedBag.Of(texts[i]);
        });
        return bags;
    }
}

/// <summary>Keeps exactly the top fraction by a classifier's score, rounded to the nearest whole record; of equal scores the
/// earlier.</summary>
internal sealed class TopFractionFilter(QualityClassifier classifier, double fraction) : ITextFilter
{
    public const string Name = "quality";

    private readonly List<(long Row, double Score)> _scores = [];

    public bool Whole => true;

    public void Look(TextBatch batch, RunContext run)
    {
        const int piece = 64;
        var scores = new double[batch.Items.Count];
        Work.For((scores.Length + piece - 1) / piece, run, p =>
        {
            for (int i = p * piece; i < Math.Min(scores.Length, (p + 1) * piece); i++)
                if (batch.Found[i] is null) scores[i] = classifier.Score(batch.Items[i].Text);
        });
        for (int i = 0; i < scores.Length; i++)
            if (batch.Found[i] is null) _scores.Add((batch.First + i, scores[i]));
    }

    public IEnumerable<KeyValuePair<long, Finding>> Finish(RunContext run)
    {
        int kept = (int)Math.Round(fraction * _scores.Count, MidpointRounding.AwayFromZero);
        var order = _scores.OrderByDescending(s => s.Score).ThenBy(s => s.Row).ToArray();
        for (int i = kept; i < order.Length; i++)
            yield return KeyValuePair.Create(order[i].Row, new Finding(Name,
                string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"place {i + 1} of {order.Length} by score ({order[i].Score:0.###}), and {kept} are kept")));
    }
}
