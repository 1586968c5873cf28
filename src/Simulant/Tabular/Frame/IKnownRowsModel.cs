using Simulant.Data;

namespace Simulant.Tabular.Frame;

/// <summary>A model that takes known cells, each row its own ones: it draws the others, and says how likely the known are.</summary>
internal interface IKnownRowsModel : ITableModel
{
    /// <summary>Rows it learned from.</summary>
    int TrainingRows { get; }

    /// <summary>
    /// Fills the batch's values: known cells as they are, open ones from their distribution given the known ones and those drawn
    /// before them. Candidate k of the batch completes row <paramref name="rows"/>[k].
    /// </summary>
    void DrawOpen(DrawBatch batch, KnownRows known, ReadOnlySpan<int> rows, CancellationToken cancel);

    /// <summary>
    /// The log-probability, or for numbers without a grid the log-density in units of the column, of each cell given those before
    /// it, by column orders; the sum over a row is the log-likelihood of its cells under that order.
    /// </summary>
    /// <param name="order">0 is the plain order; others are drawn, the same for all rows.</param>
    /// <param name="into">[column][row]; open cells get 0.</param>
    void LogLikelihood(KnownRows known, int order, double[][] into, RunContext run);

    /// <summary>The same of each cell by its column's own distribution, whatever the others are.</summary>
    void LogMarginals(KnownRows known, double[][] into, RunContext run);
}
