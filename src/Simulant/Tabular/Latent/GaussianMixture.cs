using MathNet.Numerics;

namespace Simulant.Tabular.Latent;

/// <summary>
/// A variational mixture of normals in one dimension: a Dirichlet prior empties components that the data does not need (Bishop,
/// "Pattern Recognition and Machine Learning", section 10.2, with a normal-gamma prior for each component). CTGAN's
/// mode-specific normalisation is built on it.
/// </summary>
/// <remarks>
/// The priors on means and spreads are weak, so that a value which a great part of the rows share (zeros of capital gains) gets a
/// component as narrow as itself instead of one widened by the whole column's spread.
/// </remarks>
internal sealed class GaussianMixture
{
    /// <summary>Prior count of a component: so small that needless ones die out.</summary>
    private const double Concentration = 1e-3;

    /// <summary>Prior weight of the common mean, in rows.</summary>
    private const double MeanPrecision = 1e-4;

    /// <summary>Prior variance of a component as a share of the column's.</summary>
    private const double SpreadShare = 1e-6;

    private const double LeastWeight = 0.005;
    private const int MostCells = 4000, Iterations = 100;

    private GaussianMixture(double[] weights, double[] means, double[] sigmas) => (Weights, Means, Sigmas) = (weights, means, sigmas);

    /// <summary>Shares of the components kept, of one in all.</summary>
    public double[] Weights { get; }

    public double[] Means { get; }
    public double[] Sigmas { get; }

    /// <summary>Fits at most so many components; the result depends on the multiset of values alone.</summary>
    /// <param name="values">Finite, at least one.</param>
    /// <param name="least">Least standard deviation of a component, such as a part of the column's grid.</param>
    public static GaussianMixture Fit(ReadOnlySpan<double> values, int most, double least)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        var (x, n) = Cells(sorted);
        double centre = x[x.Length / 2], scale = Scale(x, centre);
        double[] scaled = Array.ConvertAll(x, v => (v - centre) / scale);
        double[] centres = Centres(scaled, n, Math.Min(most, x.Length));
        var state = new Variational(scaled, n, centres);
        for (int i = 0; i < Iterations; i++)
            if (state.Step() < 1e-4 * sorted.Length) break;
        int[] kept = [.. Enumerable.Range(0, centres.Length).Where(k => state.Share(k) > LeastWeight).OrderBy(k => state.Mean(k))];
        if (kept.Length == 0) kept = [Enumerable.Range(0, centres.Length).MaxBy(state.Share)];
        double total = kept.Sum(state.Share);
        return new GaussianMixture([.. kept.Select(k => state.Share(k) / total)], [.. kept.Select(k => centre + scale * state.Mean(k))],
            [.. kept.Select(k => Math.Max(Math.Max(least, scale * 1e-9), scale * state.Sigma(k)))]);
    }

    /// <summary>Distinct values with their counts, or where there are many, cells of neighbours at their mean.</summary>
    private static (double[] Values, double[] Counts) Cells(double[] sorted)
    {
        var values = new List<double>();
        var counts = new List<double>();
        double want = 0;
        for (int pass = 0; pass < 2; pass++)
        {
            values.Clear();
            counts.Clear();
            for (int at = 0; at < sorted.Length;)
            {
                int end = at;
                double mean = 0;
                do
                {
                    int run = end + 1;
                    while (run < sorted.Length && sorted[run] == sorted[end]) run++;
                    // A value frequent enough for a cell stays apart from its neighbours.
                    if (end > at && run - end >= want) break;
                    mean += (sorted[end] - mean) * ((run - end) / (double)(run - at));
                    end = run;
                }
                while (end < sorted.Length && end - at < want);
                values.Add(mean);
                counts.Add(end - at);
                at = end;
            }
            if (values.Count <= MostCells) break;
            want = sorted.Length / (MostCells / 2.0);
        }
        return ([.. values], [.. counts]);
    }

    /// <summary>Half the distance between the ends: what keeps the computation in range even for the greatest numbers.</summary>
    private static double Scale(double[] x, double centre)
    {
        double scale = Math.Max(x[^1] / 2 - centre / 2, centre / 2 - x[0] / 2);
        return scale > 0 ? scale : 1;
    }

    /// <summary>Lloyd's algorithm from even quantiles of the cells, so that rare far values get centres too.</summary>
    private static double[] Centres(double[] x, double[] n, int count)
    {
        double[] centres = [.. Enumerable.Range(0, count).Select(k => x[(int)((k + 0.5) * x.Length / count)])];
        for (int round = 0; round < 30; round++)
        {
            double[] sum = new double[count], mass = new double[count];
            int k = 0;
            for (int i = 0; i < x.Length; i++)
            {
                while (k + 1 < count && Math.Abs(x[i] - centres[k + 1]) <= Math.Abs(x[i] - centres[k])) k++;
                sum[k] += n[i] * x[i];
                mass[k] += n[i];
            }
            for (int c = 0; c < count; c++)
                if (mass[c] > 0) centres[c] = sum[c] / mass[c];
            Array.Sort(centres);
        }
        return centres;
    }

    /// <summary>Coordinate ascent: responsibilities, then the posterior of each component.</summary>
    private sealed class Variational
    {
        private readonly double[] _x, _n;
        private readonly double[] _count, _mean, _shape, _spread, _precision;
        private readonly double _total, _commonMean, _priorSpread;

        public Variational(double[] x, double[] n, double[] centres)
        {
            (_x, _n) = (x, n);
            _total = n.Sum();
            for (int i = 0; i < x.Length; i++) _commonMean += n[i] * x[i] / _total;
            double variance = 0;
            for (int i = 0; i < x.Length; i++) variance += n[i] * (x[i] - _commonMean) * (x[i] - _commonMean) / _total;
            _priorSpread = Math.Max(variance, 1e-12) * SpreadShare;
            int count = centres.Length;
            _count = new double[count];
            (_shape, _spread, _precision) = (new double[count], new double[count], new double[count]);
            _mean = [.. centres];
            double[] hard = new double[count * x.Length];
            for (int i = 0, k = 0; i < x.Length; i++)
            {
                while (k + 1 < count && Math.Abs(x[i] - centres[k + 1]) <= Math.Abs(x[i] - centres[k])) k++;
                hard[k * x.Length + i] = 1;
            }
            Maximise(hard);
        }

        public double Share(int k) => _count[k] / _total;
        public double Mean(int k) => _mean[k];

        /// <summary>Root of the expected variance.</summary>
        public double Sigma(int k) => Math.Sqrt(_spread[k] / _shape[k]);

        /// <summary>One round; returns how many rows changed their component.</summary>
        public double Step()
        {
            int count = _mean.Length;
            double[] r = new double[count * _x.Length], before = [.. _count];
            double[] constant = new double[count];
            double all = SpecialFunctions.DiGamma(count * Concentration + _total);
            for (int k = 0; k < count; k++)
                constant[k] = SpecialFunctions.DiGamma(Concentration + _count[k]) - all - 0.5 / _precision[k]
                    + 0.5 * (SpecialFunctions.DiGamma(_shape[k] / 2) - Math.Log(_spread[k] / 2));
            double[] logs = new double[count];
            for (int i = 0; i < _x.Length; i++)
            {
                double most = double.NegativeInfinity, sum = 0;
                for (int k = 0; k < count; k++)
                {
                    double d = _x[i] - _mean[k];
                    logs[k] = constant[k] - 0.5 * _shape[k] / _spread[k] * d * d;
                    most = Math.Max(most, logs[k]);
                }
                for (int k = 0; k < count; k++) sum += logs[k] = Math.Exp(logs[k] - most);
                for (int k = 0; k < count; k++) r[k * _x.Length + i] = logs[k] / sum;
            }
            Maximise(r);
            double moved = 0;
            for (int k = 0; k < count; k++) moved += Math.Abs(_count[k] - before[k]);
            return moved / 2;
        }

        private void Maximise(double[] r)
        {
            for (int k = 0; k < _mean.Length; k++)
            {
                double count = 0, sum = 0, squares = 0;
                for (int i = 0; i < _x.Length; i++)
                {
                    double weight = _n[i] * r[k * _x.Length + i];
                    count += weight;
                    sum += weight * _x[i];
                }
                double mean = count > 0 ? sum / count : _commonMean;
                for (int i = 0; i < _x.Length; i++)
                    squares += _n[i] * r[k * _x.Length + i] * (_x[i] - mean) * (_x[i] - mean);
                _count[k] = count;
                _precision[k] = MeanPrecision + count;
                _mean[k] = (MeanPrecision * _commonMean + sum) / _precision[k];
                _shape[k] = 1 + count;
                double off = mean - _commonMean;
                _spread[k] = _priorSpread + squares + MeanPrecision * count / _precision[k] * off * off;
            }
        }
    }
}
