using Simulant.Data;
using Simulant.Numerics.Random;

namespace Simulant.Tabular.Refinement;

/// <summary>
/// Chooses rows of a pool whose counts over one, two and three columns match goals, by coordinate descent: rows that are in
/// are exchanged for rows of the same stratum that are out, as long as the weighted squared distance of all counts falls.
/// </summary>
/// <remarks>
/// The idea of selecting after sampling is that of the winning entries of the 2025 MOSTLY AI Prize; the descent is our own. A
/// sweep scores all rows against the same counts (rows on all threads, each row's sum in one order), then tries exchanges one
/// after the other, so the outcome does not depend on threads.
/// </remarks>
internal sealed class Selection(CountTables counts, BinnedRows pool, int[] strata, RunContext run)
{
    private const int Sweeps = 60, BlockRows = 2048;

    /// <summary>A sweep that lowers the cost by a smaller part of it is the last.</summary>
    private const double LeastGain = 0.01;

    /// <summary>Of the rows that are in, the share that a sweep tries to exchange at most.</summary>
    private const double Tried = 0.15;

    /// <summary>Marks the chosen rows in <paramref name="isIn"/>, which holds a first choice: of each stratum, the final
    /// number.</summary>
    /// <param name="free">By stratum, whether its rows may be exchanged.</param>
    public void Improve(bool[] isIn, bool[] free)
    {
        for (int row = 0; row < isIn.Length; row++)
            if (isIn[row] && free[strata[row]]) counts.Move(pool.Row(row), 1);
        double cost = counts.Cost();
        float[] change = new float[isIn.Length];
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            run.Progress.Report(new StageProgress("refining", sweep, Sweeps, "sweeps"));
            Score(isIn, change);
            for (int s = 0; s < free.Length; s++)
                if (free[s]) Exchange(s, isIn, change);
            double now = counts.Cost();
            if (cost - now <= LeastGain * cost) return;
            cost = now;
        }
    }

    private void Score(bool[] isIn, float[] change)
    {
        int blocks = (isIn.Length + BlockRows - 1) / BlockRows;
        Work.For(blocks, run, b =>
        {
            int end = Math.Min(isIn.Length, (b + 1) * BlockRows);
            for (int row = b * BlockRows; row < end; row++) change[row] = (float)counts.Change(pool.Row(row), isIn[row] ? -1 : 1);
        });
    }

    /// <summary>The rows best taken out against the rows best taken in, pair by pair, each on the counts as they are then.</summary>
    private void Exchange(int stratum, bool[] isIn, float[] change)
    {
        var ins = new List<int>();
        var outs = new List<int>();
        for (int row = 0; row < isIn.Length; row++)
            if (strata[row] == stratum) (isIn[row] ? ins : outs).Add(row);
        int most = Math.Min(Math.Min(ins.Count, outs.Count), Math.Max(16, (int)(ins.Count * Tried)));
        int[] leaving = Best(ins, change, most), coming = Best(outs, change, most);
        for (int k = 0; k < most; k++)
        {
            if ((k & 1023) == 0) run.Cancel.ThrowIfCancellationRequested();
            int from = leaving[k], to = coming[k];
            if (change[from] + change[to] >= 0) return;
            double gain = counts.Change(pool.Row(from), -1);
            counts.Move(pool.Row(from), -1);
            gain += counts.Change(pool.Row(to), 1);
            if (gain < 0)
            {
                counts.Move(pool.Row(to), 1);
                (isIn[from], isIn[to]) = (false, true);
            }
            else counts.Move(pool.Row(from), 1);
        }
    }

    private static int[] Best(List<int> rows, float[] change, int most)
    {
        int[] order = [.. rows];
        // A stable order whatever the sort does with equals: ties by row.
        Array.Sort(order, (a, b) => change[a] != change[b] ? change[a].CompareTo(change[b]) : a.CompareTo(b));
        return order[..most];
    }
}
