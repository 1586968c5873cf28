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
    private const int FewestBins = 4, Million = 1_000_000;

    public static EngineOption EvennessOption { get; } = new("evenness", OptionKind.Number,
        "How strongly the estimate is drawn to the even distribution where the noise leaves it open.")
        { Minimum = 1e-6, Maximum = 1, Default = "0.005" };

    /// <summary>Of a column's part of the budget, this counts the cells of numbers, and the rest what they were joined to: a stretch's
    /// count is then not the sum of many noises.</summary>
    private const int CellParts = 2, PartsOf = 5;

    private Groundwork(ProtectedTable training, ProtectedRows rows, View[][] views, Coarsening[] columns, Estimator estimator,
        double total) => (Training, Rows, Views, Columns, Estimator, Total) = (training, rows, views, columns, estimator, total);

    public ProtectedTable Training { get; }

    /// <summary>The rows under all views of the columns.</summary>
    public ProtectedRows Rows { get; }

    /// <summary>[column]: the finest first.</summary>
    public View[][] Views { get; }

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
            var part = PartOf(training, c, amount);
            if (training.Columns[c].IsNumeric) part = part.Part(CellParts, PartsOf);
            noisy[c] = session.Measure($"counts of '{training.Columns[c].Name}'", training.Rows, [c], part);
            double precision = 1 / (noisy[c].Counts.Length * VarianceOf(noisy[c]));
            sum += precision * noisy[c].Counts.Sum();
            weight += precision;
        }
        double total = Math.Max(1, Math.Round(sum / weight));
        session.RowsTold = (long)total;
        // A cell of two such columns then holds two standard deviations of its noise on average.
        int most = (int)Math.Clamp(Math.Sqrt(total / (2 * pairSigma)), FewestBins, Math.Max(FewestBins, options.Integer("max_bins")));
        Coarsening[] columns = [.. training.Columns.Select((cells, c) =>
            Coarsening.Of(cells, Array.ConvertAll(noisy[c].Counts, n => (double)n), Math.Sqrt(VarianceOf(noisy[c])), most))];
        var estimator = new Estimator([.. columns.Select(c => c.Count)], total, options.Number("evenness"));
        var views = new View[d][];
        for (int c = 0, places = 0; c < d; places += views[c++].Length)
        {
            var joined = Joined(c, columns[c], noisy[c]);
            estimator.Add(joined);
            views[c] = View.Of(columns[c], joined.Counts, places);
        }
        var rows = training.Rows.Viewed([.. views.SelectMany((of, c) => of.Select(v =>
            (c, Array.ConvertAll(columns[c].CodeOf, code => v.Map[code]), v.Size)))]);
        var ground = new Groundwork(training, rows, views, columns, estimator, total);
        for (int c = 0; c < d; c++)
        {
            if (!training.Columns[c].IsNumeric) continue;
            var part = PartOf(training, c, amount);
            ground.Add([c], session.Measure($"joined counts of '{training.Columns[c].Name}'", rows, [views[c][0].Index],
                part - part.Part(CellParts, PartsOf)), null);
        }
        return ground;
    }

    /// <summary>By the number of cells to the power of two thirds: so the sum of all cells' noise is least.</summary>
    private static Rho PartOf(ProtectedTable training, int column, Rho amount)
    {
        double[] weights = [.. training.Columns.Select(c => Math.Pow(c.Count, 2.0 / 3))];
        return amount.Part(1 + (int)(Million * (weights[column] / weights.Sum())), Million + weights.Length);
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

    /// <summary>Asks for a pair's joint counts and adds them to the estimate.</summary>
    public void Measure(PrivacySession session, PairTable pair, Rho amount)
    {
        string purpose = $"counts of '{Training.Columns[pair.A].Name}' and '{Training.Columns[pair.B].Name}'";
        Add([pair.A, pair.B], session.Measure(purpose, Rows, [pair.OfA.Index, pair.OfB.Index], amount), pair.Joined);
    }

    private void Add(int[] columns, NoisyCounts noisy, int[]? joined)
    {
        double[] variances = new double[noisy.Counts.Length];
        Array.Fill(variances, VarianceOf(noisy));
        Estimator.Add(new Measurement(columns, Array.ConvertAll(noisy.Counts, n => (double)n), variances, joined));
    }

    /// <summary>A pair's table at each resolution that its columns are viewed in, the finest first.</summary>
    /// <param name="expected">The estimate's counts under the columns' own codes.</param>
    public IEnumerable<PairTable> Tables(int a, int b, double[] expected)
    {
        for (int level = 0; level < Math.Max(Views[a].Length, Views[b].Length); level++)
        {
            View ofA = Views[a][Math.Min(level, Views[a].Length - 1)], ofB = Views[b][Math.Min(level, Views[b].Length - 1)];
            int[] joined = new int[expected.Length];
            for (int cell = 0; cell < joined.Length; cell++)
                joined[cell] = ofA.Map[cell / ofB.Map.Length] * ofB.Size + ofB.Map[cell % ofB.Map.Length];
            yield return new PairTable(a, b, ofA, ofB, joined, CliqueTables.Sum(expected, joined, ofA.Size * ofB.Size));
        }
    }

    /// <summary>A pair's table as something to choose, scored by how far the estimate lies off.</summary>
    public static Candidate Scored(PairTable pair, long weight, double penalty) => new([pair.OfA.Index, pair.OfB.Index],
        Array.ConvertAll(pair.Expected, n => (long)Math.Round(n * Candidate.Scale)), weight, (long)Math.Round(penalty * Candidate.Scale));
}
