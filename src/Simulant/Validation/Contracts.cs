using Simulant.Data;

namespace Simulant.Validation;

/// <summary>What a metric may see. Engines never see <paramref name="Holdout"/>.</summary>
public sealed record Evaluation(Dataset Training, Dataset Holdout, Dataset Synthetic);

/// <summary>Which way is better; <see cref="Reference"/> means nearer to the reference is better.</summary>
public enum Direction { Higher, Lower, Reference }

/// <summary>A figure beside its reference.</summary>
/// <param name="Value">The metric of the synthetic data.</param>
/// <param name="Reference">The same metric of real held-out data against the training data; NaN where it has none.</param>
/// <param name="Low">Lower end of the 95% interval of Value; equals Value where Value is exact.</param>
/// <param name="High">Upper end.</param>
/// <param name="Count">How many items (rows, pairs, columns) the figure rests on.</param>
public readonly record struct Score(double Value, double Reference, double Low, double High, Direction Better, int Count);

public interface IMetric
{
    /// <summary>The dotted lower-case name documented in docs/guide/metrics.md.</summary>
    string Name { get; }

    Score Measure(Evaluation data, RunContext run);
}
