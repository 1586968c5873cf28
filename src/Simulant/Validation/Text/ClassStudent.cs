using Simulant.Data;
using Simulant.Numerics.Text;

namespace Simulant.Validation.Text;

/// <summary>
/// A classifier of texts that learns from synthetic texts and is tested on real ones (TSTR), beside one that learned from the training
/// texts: logistic regression over hashed words and word pairs, one class against all others, the class of the greatest log-odds.
/// </summary>
internal static class ClassStudent
{
    /// <summary>A student is a model a class.</summary>
    private const int MostClasses = 100;

    public static MetricResult Measure(LabelledTexts training, LabelledTexts holdout, LabelledTexts synthetic, RunContext run)
    {
        foreach (var set in new[] { training, holdout, synthetic })
            if (set.Texts.Count != set.Labels.Count) throw new ArgumentException("one label a text", nameof(training));
        if (holdout.Texts.Count == 0)
            return MetricResult.Missing(MetricNames.TextTstr, Direction.Higher, "there are no held-out texts");
        foreach (var (set, name) in new[] { (training, "training"), (synthetic, "synthetic") })
            if (set.Labels.Distinct().Take(2).Count() < 2)
                return MetricResult.Missing(MetricNames.TextTstr, Direction.Higher, $"the {name} texts are of one class");
        foreach (var set in new[] { training, synthetic })
            if (set.Labels.Distinct().Count() is > MostClasses and var classes)
                return MetricResult.Missing(MetricNames.TextTstr, Direction.Higher, $"{classes} classes, more than {MostClasses}");
        HashedBag[] tests = Bags(holdout.Texts, run);
        return TextMetrics.Share(MetricNames.TextTstr, Right(synthetic, holdout, tests, run), tests.Length,
            Right(training, holdout, tests, run), tests.Length, Direction.Higher);
    }

    /// <summary>How many of the held-out texts a student of the set calls by their class.</summary>
    private static int Right(LabelledTexts from, LabelledTexts holdout, HashedBag[] tests, RunContext run)
    {
        HashedBag[] bags = Bags(from.Texts, run);
        string[] classes = [.. from.Labels.Distinct().Order(StringComparer.Ordinal)];
        var scores = new double[classes.Length][];
        Work.For(classes.Length, run, c =>
        {
            var model = HashedLogistic.Fit(bags, [.. from.Labels.Select(label => label == classes[c])], run.Seed);
            scores[c] = [.. tests.Select(model.Score)];
        });
        int right = 0;
        for (int i = 0; i < tests.Length; i++)
        {
            int best = 0;
            for (int c = 1; c < classes.Length; c++)
                if (scores[c][i] > scores[best][i]) best = c;
            if (classes[best] == holdout.Labels[i]) right++;
        }
        return right;
    }

    private static HashedBag[] Bags(IReadOnlyList<string> texts, RunContext run)
    {
        const int piece = 64;
        var bags = new HashedBag[texts.Count];
        Work.For((bags.Length + piece - 1) / piece, run, p =>
        {
            for (int i = p * piece; i < Math.Min(bags.Length, (p + 1) * piece); i++) bags[i] = HashedBag.Of(texts[i]);
        });
        return bags;
    }
}
