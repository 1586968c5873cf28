using MathNet.Numerics;

namespace Simulant.Validation.Drift;

/// <summary>A test of no difference.</summary>
/// <param name="P">Probability of a difference at least so large where there is none.</param>
/// <param name="Effect">How large it is, in the measure's own terms.</param>
internal readonly record struct Tested(double P, double Effect)
{
    public static readonly Tested Nothing = new(1, 0);
}

/// <summary>Two-sample tests on counts.</summary>
internal static class CountTests
{
    /// <summary>Least expected count of a cell: below it the chi-square law is no guide (Cochran 1954).</summary>
    private const double LeastExpected = 5;

    /// <summary>
    /// Pearson's chi-square test that two rows of counts come from one distribution; rare bins are put together, neighbours first.
    /// The effect is the total variation distance over the bins as they are.
    /// </summary>
    public static Tested Homogeneity(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        double n = Sum(reference), m = Sum(current);
        if (n == 0 || m == 0) return Tested.Nothing;
        double distance = 0, chi = 0, a = 0, b = 0;
        int cells = 0;
        (double A, double B) last = default;
        void Close()
        {
            double pooled = (a + b) / (n + m);
            chi += Square(a - n * pooled) / (n * pooled) + Square(b - m * pooled) / (m * pooled);
            last = (a, b);
            (a, b) = (0, 0);
            cells++;
        }
        double least = LeastExpected * (n + m) / Math.Min(n, m);
        for (int k = 0; k < reference.Length; k++)
        {
            distance += Math.Abs(reference[k] / n - current[k] / m) / 2;
            a += reference[k];
            b += current[k];
            if (a + b >= least) Close();
        }
        if (a + b > 0 && cells > 0)
        {
            // What is left over joins the last cell.
            double pooled = (last.A + last.B) / (n + m);
            chi -= Square(last.A - n * pooled) / (n * pooled) + Square(last.B - m * pooled) / (m * pooled);
            cells--;
            (a, b) = (a + last.A, b + last.B);
            Close();
        }
        return new Tested(cells < 2 ? 1 : Above(chi, cells - 1), distance);
    }

    /// <summary>The Kolmogorov-Smirnov test on binned values: on ties its p-value is too large, never too small.</summary>
    public static Tested KolmogorovSmirnov(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        double n = Sum(reference), m = Sum(current);
        if (n == 0 || m == 0) return Tested.Nothing;
        double below = 0, other = 0, most = 0;
        for (int k = 0; k < reference.Length; k++)
        {
            below += reference[k] / n;
            other += current[k] / m;
            most = Math.Max(most, Math.Abs(below - other));
        }
        double root = Math.Sqrt(n * m / (n + m));
        double lambda = (root + 0.12 + 0.11 / root) * most;
        if (lambda < 0.2) return new Tested(1, most);
        double p = 0;
        for (int j = 1; j <= 100; j++) p += 2 * (j % 2 == 1 ? 1 : -1) * Math.Exp(-2.0 * j * j * lambda * lambda);
        return new Tested(Math.Clamp(p, 0, 1), most);
    }

    /// <summary>
    /// Whether two columns are bound to each other in another way, whatever became of each by itself: the log-linear model without
    /// an interaction of both with the sample (Bishop, Fienberg and Holland 1975, 3.5), fitted by iterative proportional fitting,
    /// against the counts. The effect is the total variation distance between the current table and the reference's under the
    /// current margins.
    /// </summary>
    /// <param name="columns">Groups of the second column.</param>
    public static Tested Association(ReadOnlySpan<long> reference, ReadOnlySpan<long> current, int columns)
    {
        var (a, b, rows, cols) = Condensed(reference, current, columns);
        if (rows < 2 || cols < 2) return Tested.Nothing;
        double[] first = new double[a.Length], second = new double[a.Length];
        Array.Fill(first, 1);
        Array.Fill(second, 1);
        double[] both = [.. a.Zip(b, (x, y) => x + y)];
        double worst = double.PositiveInfinity;
        for (int round = 0; round < 200 && worst > 1e-4; round++)
        {
            worst = 0;
            for (int i = 0; i < a.Length; i++)
            {
                double sum = first[i] + second[i], scale = sum > 0 ? both[i] / sum : 0;
                first[i] *= scale;
                second[i] *= scale;
            }
            worst = Math.Max(Rake(first, a, rows, cols), Rake(second, b, rows, cols));
        }
        double chi = 0;
        for (int i = 0; i < a.Length; i++)
        {
            // Thin cells are left out of the sum but not of the degrees of freedom, which errs towards no difference.
            if (first[i] < LeastExpected || second[i] < LeastExpected) continue;
            chi += Square(a[i] - first[i]) / first[i] + Square(b[i] - second[i]) / second[i];
        }
        double[] raked = [.. a.Select(x => x + 0.5)];
        for (int round = 0; round < 200; round++)
            if (Rake(raked, b, rows, cols) < 1e-4) break;
        double m = b.Sum(), distance = m == 0 ? 0 : raked.Zip(b, (x, y) => Math.Abs(x - y)).Sum() / (2 * m);
        return new Tested(Above(chi, (rows - 1) * (cols - 1)), distance);
    }

    /// <summary>Scales rows, then columns, to the margins of the target; the largest relative change.</summary>
    private static double Rake(double[] cells, double[] target, int rows, int cols)
    {
        double worst = 0;
        void Line(int start, int step, int count)
        {
            double have = 0, want = 0;
            for (int k = 0; k < count; k++)
            {
                have += cells[start + k * step];
                want += target[start + k * step];
            }
            double scale = have > 0 ? want / have : 0;
            if (have > 0 && want > 0) worst = Math.Max(worst, Math.Abs(scale - 1));
            for (int k = 0; k < count; k++) cells[start + k * step] *= scale;
        }
        for (int r = 0; r < rows; r++) Line(r * cols, 1, cols);
        for (int c = 0; c < cols; c++) Line(c, cols, rows);
        return worst;
    }

    /// <summary>The tables without groups that either sample hardly has.</summary>
    private static (double[] A, double[] B, int Rows, int Columns) Condensed(ReadOnlySpan<long> reference, ReadOnlySpan<long> current,
        int columns)
    {
        const int Least = 20;
        int rows = reference.Length / columns;
        long[] rowA = new long[rows], rowB = new long[rows], colA = new long[columns], colB = new long[columns];
        for (int i = 0; i < reference.Length; i++)
        {
            rowA[i / columns] += reference[i];
            rowB[i / columns] += current[i];
            colA[i % columns] += reference[i];
            colB[i % columns] += current[i];
        }
        int[] r = [.. Enumerable.Range(0, rows).Where(i => Math.Min(rowA[i], rowB[i]) >= Least)];
        int[] c = [.. Enumerable.Range(0, columns).Where(i => Math.Min(colA[i], colB[i]) >= Least)];
        double[] a = new double[r.Length * c.Length], b = new double[a.Length];
        for (int i = 0; i < a.Length; i++)
        {
            int from = r[i / c.Length] * columns + c[i % c.Length];
            a[i] = reference[from];
            b[i] = current[from];
        }
        return (a, b, r.Length, c.Length);
    }

    /// <summary>Probability that a chi-square variable exceeds the value.</summary>
    public static double Above(double chi, int freedom) =>
        chi <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized(freedom / 2.0, chi / 2);

    /// <summary>Probability that a standard normal lies further from 0, either way.</summary>
    public static double Beyond(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2));

    private static double Square(double x) => x * x;

    private static double Sum(ReadOnlySpan<long> counts)
    {
        long sum = 0;
        foreach (long count in counts) sum += count;
        return sum;
    }
}
