using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Specs;
using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Refinement;

/// <summary>
/// <c>refine: true</c>: draws a pool from a fitted sampler and chooses the rows whose counts match those of the training part.
/// It sees the training part and the pool, nothing else. Exact counts of balance and conditions are kept: rows are exchanged
/// within their stratum only, and a stratum's goals are its own training rows, weighted to its size.
/// </summary>
internal static class Refiner
{
    /// <summary>A stratum with fewer training rows keeps its first rows: to match so few would be to copy them.</summary>
    private const int LeastTraining = 100;

    private const int MostTables = 600, LeastTables = 120;

    /// <summary>Pairs whose misfit is measured at most, and pairs that triples are grown from.</summary>
    private const int MostPairs = 2000, MostGrown = 200;

    /// <param name="modelled">[modelled column][training row], as the frame gives them to an engine.</param>
    public static RefinedSampler Choose(
        TableSampler sampler, Table training, double[][] modelled, Spec spec, RefineSpec refine, RunContext run)
    {
        long rows = spec.Rows ?? training.RowCount;
        var bins = new Binning(training, sampler.Learned, TargetRegions.Fit(training, sampler.Learned, refine.Regions, run));
        long most = Math.Min(RefineSpec.MostPoolRows, Array.MaxLength / Math.Max(1, bins.Width));
        if (rows > most / refine.Pool) throw new SpecException([refine.TooLarge(rows, most)]);
        long size = rows * refine.Pool;
        var drawing = run with { Seed = spec.SampleSeed, Rejections = new RejectionTally() };
        run.Progress.Report(new StageProgress("drawing the pool", 0, size, "rows"));
        var pool = Pool(sampler, bins, size, drawing);
        int[] strata = sampler.Conditions.OfFirst(size, new RandomStream(spec.SampleSeed, "table"));
        var isIn = new bool[size];
        Array.Fill(isIn, true, 0, (int)rows);
        if (bins.Columns > 0)
        {
            var real = bins.Apply(training, run);
            var (weights, free) = Weigh(sampler.Conditions, training, modelled, strata.AsSpan(0, (int)rows));
            float[] drawn = Array.ConvertAll(strata, s => free[s] ? 1f / refine.Pool : 0);
            var subsets = Subsets(bins, real, weights, pool, drawn, run.Cancel);
            var counts = new CountTables(
                [.. subsets.Select(s => bins.Count(s, refine.Margin)), .. bins.CountRegions(refine.Margin)], run.Cancel);
            counts.SetGoals(real, weights, pool, drawn);
            new Selection(counts, pool, strata, run).Improve(isIn, free);
        }
        var chosen = new long[rows];
        for (int row = 0, at = 0; row < isIn.Length; row++)
            if (isIn[row]) chosen[at++] = row;
        return new RefinedSampler(sampler, spec.SampleSeed, size, chosen);
    }

    private static BinnedRows Pool(TableSampler sampler, Binning bins, long size, RunContext run)
    {
        const int step = 65_536;
        int width = bins.Width;
        byte[] codes = new byte[size * width];
        for (long at = 0; at < size; at += step)
        {
            var drawn = sampler.Sample(new ItemRange(at, (int)Math.Min(step, size - at)), run).Single;
            bins.Apply(drawn, run).Codes.CopyTo(codes.AsSpan((int)(at * width)));
            run.Progress.Report(new StageProgress("drawing the pool", at + drawn.RowCount, size, "rows"));
        }
        return new BinnedRows(codes, width);
    }

    /// <summary>What each training row counts in the goals, and which strata may be exchanged within.</summary>
    private static (float[] Weights, bool[] Free) Weigh(
        Strata strata, Table training, double[][] modelled, ReadOnlySpan<int> delivered)
    {
        int[] asked = new int[strata.All.Count];
        foreach (int s in delivered) asked[s]++;
        float[] weights = new float[training.RowCount];
        var free = new bool[asked.Length];
        for (int s = 0; s < asked.Length; s++)
        {
            var members = Members(strata.All[s], training, modelled);
            free[s] = asked[s] > 0 && members.Count >= LeastTraining;
            if (!free[s]) continue;
            foreach (int row in members) weights[row] += (float)asked[s] / members.Count;
        }
        return (weights, free);
    }

    /// <summary>Training rows under a stratum's conditions.</summary>
    private static List<int> Members(Stratum stratum, Table training, double[][] modelled)
    {
        var rows = new List<int>();
        sbyte[][] must = [.. stratum.Must.Select(e => e.Test(training))];
        sbyte[][] not = [.. stratum.MustNot.Select(e => e.Test(training))];
        for (int row = 0; row < training.RowCount; row++)
            if (must.All(t => t[row] == 1) && not.All(t => t[row] != 1)
                && stratum.Allowed.All(a => a.Holds(modelled[a.Column][row]))) rows.Add(row);
        return rows;
    }

    /// <summary>
    /// The sets of columns to count on: all of one, two and three where they are few; else the pairs in which the pool is
    /// furthest from the training part, and the triples made of such pairs.
    /// </summary>
    private static IEnumerable<int[]> Subsets(
        Binning bins, BinnedRows real, float[] weights, BinnedRows pool, float[] drawn, CancellationToken cancel)
    {
        int d = bins.Columns;
        int most = (int)Math.Clamp(3e8 / pool.Count, LeastTables, MostTables);
        var ones = Enumerable.Range(0, d).Select(a => new[] { a }).ToList();
        var pairs = (from a in Enumerable.Range(0, d) from b in Enumerable.Range(a + 1, d - a - 1) select new[] { a, b }).ToList();
        if (pairs.Count > MostPairs)
        {
            int[] some = [.. new RandomStream(0, "refined pairs").Permutation(pairs.Count).Take(MostPairs).Order()];
            pairs = [.. some.Select(k => pairs[k])];
        }
        long triples = (long)d * (d - 1) * (d - 2) / 6;
        if (d + pairs.Count + triples <= most) return [.. ones, .. pairs, .. Triples(d)];
        var counts = new CountTables(pairs.Select(p => bins.Count(p, 0)), cancel);
        double[] costs = counts.Distances(real, weights, pool, drawn);
        var misfit = new double[d, d];
        for (int k = 0; k < pairs.Count; k++) misfit[pairs[k][0], pairs[k][1]] = costs[k];
        var worst = Enumerable.Range(0, pairs.Count).OrderByDescending(k => costs[k]).ThenBy(k => k).Select(k => pairs[k])
            .Take(Math.Max(most / 3, most - d - (int)Math.Min(triples, most))).ToList();
        int left = Math.Max(0, most - d - worst.Count);
        var found = worst.Take(MostGrown).SelectMany(p => Enumerable.Range(0, d).Where(c => !p.Contains(c))
                .Select(c => (int[])[.. p.Append(c).Order()]))
            .DistinctBy(t => (t[0], t[1], t[2]))
            .OrderByDescending(t => misfit[t[0], t[1]] + misfit[t[0], t[2]] + misfit[t[1], t[2]])
            .ThenBy(t => t[0]).ThenBy(t => t[1]).ThenBy(t => t[2]).Take(left);
        return [.. ones, .. worst, .. found];
    }

    private static IEnumerable<int[]> Triples(int d)
    {
        for (int a = 0; a < d; a++)
            for (int b = a + 1; b < d; b++)
                for (int c = b + 1; c < d; c++) yield return [a, b, c];
    }
}
