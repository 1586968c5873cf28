using Simulant.Numerics.Trees;

namespace Simulant.Tabular.Trees;

/// <summary>How the engine's models are grown, by the number of training rows.</summary>
/// <param name="Questions">Yes/no questions.</param>
/// <param name="Target">Questions of a target with few values, which are few and matter most: see <see cref="For"/>.</param>
/// <param name="Mean">Means of an ordered column.</param>
/// <param name="Variance">Log variances of an ordered column.</param>
internal sealed record TreesBoosting(
    LogitBoosterOptions Questions, LogitBoosterOptions Target, LogitBoosterOptions Mean, LogitBoosterOptions Variance)
{
    private const int ManyRows = 30_000;

    // Nats that a split of a question must gain: what every parameter remembers of one row grows as rows get fewer.
    private const double GainOfManyRows = 3.5, GainOfFewRows = 5.9, GainPerLogRows = 5;

    public static TreesBoosting For(int rows)
    {
        double gain = GainOfManyRows + GainPerLogRows * Math.Log((double)ManyRows / Math.Max(rows, 1));
        // Smaller steps learn a little more from the same rows; below 30,000 rows they cost nothing to speak of.
        var questions = rows >= ManyRows
            ? new LogitBoosterOptions { MinGain = GainOfManyRows }
            : new LogitBoosterOptions { LearningRate = 0.1, Rounds = 100, MinGain = Math.Min(gain, GainOfFewRows) };
        return new TreesBoosting(
            questions,
            new LogitBoosterOptions { LearningRate = 0.1, Rounds = 100, MinGain = 1, CorrectivePasses = 3 },
            new LogitBoosterOptions { LearningRate = 0.1, Rounds = 300, MinGain = 5, CorrectivePasses = 2 },
            new LogitBoosterOptions { LearningRate = 0.2, Rounds = 40, MinGain = 9, CorrectivePasses = 0 });
    }
}
