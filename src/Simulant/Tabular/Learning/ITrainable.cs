using Simulant.Data;

namespace Simulant.Tabular.Learning;

/// <summary>What an engine tells <see cref="TrainingLoop"/> of its training; everything else is the loop's work.</summary>
public interface ITrainable
{
    /// <summary>What an epoch measures. A loss that is not finite takes training back.</summary>
    IReadOnlyList<(string Name, SeriesKind Kind)> Series { get; }

    /// <summary>All that the next epoch depends on; at least one buffer is the outcome.</summary>
    TrainingState State { get; }

    /// <summary>The same measures before the first epoch; null where there is nothing to measure.</summary>
    double?[] Before(RunContext run);

    /// <summary>One pass over the training rows.</summary>
    /// <param name="epoch">Counted from 0; addresses the epoch's randomness.</param>
    /// <returns>By series; null where this epoch does not measure it.</returns>
    double?[] Epoch(int epoch, RunContext run);

    /// <summary>
    /// The outcome's buffers are those of a good epoch again: forget what led astray (the optimiser's memory) and set what
    /// follows from the outcome. <see cref="Slow"/> is called next.
    /// </summary>
    void RolledBack();

    /// <summary>Halves the length of the steps.</summary>
    void Slow();
}

/// <summary>When training ends and what it keeps.</summary>
/// <param name="MaxEpochs">At least 1.</param>
public sealed record LoopOptions(int MaxEpochs)
{
    /// <summary>The loss, by its place among the series, whose least value decides what is kept; -1 keeps the last epoch's.</summary>
    public int Watched { get; init; } = -1;

    /// <summary>Whether training ends after <see cref="Patience"/> epochs in which the watched loss gained nothing.</summary>
    public bool EarlyStopping { get; init; }

    /// <summary>Epochs, at least 1.</summary>
    public int Patience { get; init; } = int.MaxValue;

    /// <summary>After so many epochs without a gain the steps are halved; 0 never halves them.</summary>
    public int SlowAfter { get; init; }

    /// <summary>Share of the best loss by which it must fall to count as a gain.</summary>
    public double LeastGain { get; init; } = 1e-4;

    /// <summary>Training ends when it has gone astray more often than this.</summary>
    public int MostRollbacks { get; init; } = 5;
}
