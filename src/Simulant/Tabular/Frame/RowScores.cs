using Simulant.Data;

namespace Simulant.Tabular.Frame;

/// <summary>How likely rows are under a model.</summary>
/// <param name="Total">By row: the natural log of the row's probability (density for numbers without a grid).</param>
/// <param name="Columns">Names of the columns that were scored.</param>
/// <param name="Parts">[column][row]: what each adds; they sum to the total.</param>
/// <param name="Marginals">[column][row]: what each would add by its column's own distribution, whatever the others are.</param>
public sealed record RowScores(double[] Total, IReadOnlyList<string> Columns, double[][] Parts, double[][] Marginals)
{
    /// <summary>
    /// By row: the log of how much likelier its cells are together than apart. Below 0 they do not belong together. Units and the
    /// rarity of single values cancel.
    /// </summary>
    public double[] Fit
    {
        get
        {
            double[] fit = [.. Total];
            foreach (double[] marginal in Marginals)
                for (int r = 0; r < fit.Length; r++) fit[r] -= marginal[r];
            return fit;
        }
    }
}

/// <summary>A sampler whose model may know how likely rows are.</summary>
public interface IScoringSampler : ISampler
{
    /// <summary>False where its engine has no likelihood.</summary>
    bool CanScore { get; }

    /// <summary>
    /// Scores rows by the mean over column orders of their log-likelihoods. Columns that the table lacks are not scored, nor are
    /// those that are generated. What the training rows never had counts as one row more would have: 1 in n + 2, for numbers
    /// spread evenly over the column's range; to the other columns such a level is unknown.
    /// </summary>
    /// <param name="orders">At least 1; the first is the model's plain order.</param>
    /// <exception cref="InvalidOperationException"><see cref="CanScore"/> is false.</exception>
    RowScores Score(Table rows, int orders, RunContext run);
}
