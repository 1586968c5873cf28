using Simulant.Privacy.Mechanisms;
using Simulant.Specs;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Frame.Protected;
using Simulant.Tabular.Marginals.Inference;

namespace Simulant.Tabular.Marginals;

/// <summary>
/// What both engines begin with: every column measured alone, the number of rows told from that, columns coarsened to what the noise
/// lets one see, and an estimate of independent columns.
/// </summary>
internal sealed class Groundwork
{
    private const int FewestBins = 4;

    public static EngineOption EvennessOption { get; } = new("evenness", OptionKind.Number,
        "How strongly the estimate is drawn to the even distribution where the noise leaves it open.")
        { Minimum = 1e-6, Maximum = 1, Default = "0.005" };

    private Groundwork(ProtectedTable training, ProtectedRows rows, Coarsening[] columns, Estimator estimator, double total) =>
        (Training, Rows, Columns, Estimator, Total) = (training, rows, columns, estimator, total);

    public ProtectedTable Training { get; }

    /// <summary>The rows under the coarse codes.</summary>
    public ProtectedRows Rows { get; }

    public Coarsening[] Columns { get; }
    public Estimator Estimator { get; }

    /// <summary>The number of rows as the noisy counts tell it.</summary>
    public double Total { get; }

    /// <param name="amount">For all columns together.</param>
    /// <param name="pairSigma">Noise that a pair of columns will be measured with, about.</param>
    public static Groundwork Lay(ProtectedTable training, PrivacySession session, Rho amount, double pairSigma, OptionValues options)
    {
        int d = training.Columns.Count;
        var noisy = new NoisyCounts[d];
        double sum = 0, weight = 0;
        for (int c = 0; c < d; c++)
        {
            noisy[c] = session.Measure($"counts of '{training.Columns[c].Name}'", training.Rows, [c], amount.Part(1, d));
            double precision = 1.0 / noisy[c].Counts.Length;
            sum += precision * noisy[c].Counts.Sum();
            weight += precision;
        }
        double total = Math.Max(1, Math.Round(sum / weight)), sigma = Math.Sqrt(VarianceOf(noisy[0]));
        session.RowsTold = (long)total;
        // A cell of two such columns then holds two standard deviations of its noise on average.
        int most = (int)Math.Clamp(Math.Sqrt(total / (2 * pairSigma)), FewestBins, Math.Max(FewestBins, options.Integer("max_bins")));
        Coarsening[] columns = [.. training.Columns.Select((cells, c) =>
            Coarsening.Of(cells, Array.ConvertAll(noisy[c].Counts, n => (double)n), sigma, most))];
        int[] sizes = [.. columns.Select(c => c.Count)];
        var estimator = new Estimator(sizes, total, options.Number("evenness"));
        for (int c = 0; c < d; c++) estimator.Add(Joined(c, columns[c], noisy[c]));
        return new Groundwork(training, training.Rows.Recoded([.. columns.Select(c => c.CodeOf)], sizes), columns, estimator, total);
    }

    /// <summary>The number of rows of a table with no column to learn.</summary>
    public static NoColumns None(ProtectedTable training, PrivacySession session)
    {
        var noisy = session.Measure("number of rows", training.Rows, [], session.Remaining);
        session.RowsTold = Math.Max(1, noisy.Counts[0]);
        return new NoColumns();
    }

    private static Measurement Joined(int column, Coarsening coarse, NoisyCounts noisy)
    {
        double[] counts = new double[coarse.Count], variances = new double[coarse.Count];
        for (int cell = 0; cell < coarse.CodeOf.Length; cell++)
        {
            counts[coarse.CodeOf[cell]] += noisy.Counts[cell];
            variances[coarse.CodeOf[cell]] += VarianceOf(noisy);
        }
        return new Measurement([column], counts, variances);
    }

    public static double VarianceOf(NoisyCounts noisy) => Math.ScaleB(noisy.Variance.Numerator, -noisy.Variance.Shift);

    /// <summary>Asks for the joint counts of some columns and adds them to the estimate.</summary>
    public void Measure(PrivacySession session, IReadOnlyList<int> columns, Rho amount)
    {
        string names = string.Join(" and ", columns.Select(c => $"'{Training.Columns[c].Name}'"));
        var noisy = session.Measure($"counts of {names}", Rows, columns, amount);
        double[] variances = new double[noisy.Counts.Length];
        Array.Fill(variances, VarianceOf(noisy));
        Estimator.Add(new Measurement([.. columns], Array.ConvertAll(noisy.Counts, n => (double)n), variances));
    }

    /// <summary>A pair of columns as something to choose, scored by how far the estimate lies off.</summary>
    public static Candidate Pair(int a, int b, double[] expected, long weight, double penalty) => new([a, b],
        Array.ConvertAll(expected, n => (long)Math.Round(n * Candidate.Scale)), weight, (long)Math.Round(penalty * Candidate.Scale));
}
