using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Tabular.Frame;

/// <summary>How many rows are made for one condition.</summary>
/// <param name="Real">Training rows that meet it.</param>
/// <param name="Made">Rows made for it; rows made for others may meet it too.</param>
internal sealed record Supplied(ReachSpec Reach, int Real, long Made);

/// <summary>
/// The least number of rows to add to the training rows until each condition has its share, or its number, of all rows. A row that is made
/// for one condition is counted for no other, so the shares hold whatever else such rows meet.
/// </summary>
/// <param name="RealRows">Training rows.</param>
internal sealed record SupplementPlan(IReadOnlyList<Supplied> Conditions, int RealRows)
{
    public long Made => Conditions.Sum(c => c.Made);

    /// <exception cref="DataException">The training rows have enough of everything.</exception>
    public static SupplementPlan Of(SupplementSpec supplement, Table training)
    {
        int[] real = [.. supplement.Reach.Select(r => r.Where.Test(training).Count(t => t == 1))];
        long[] made = Least([.. supplement.Reach.Select(r => (r.Share, r.Rows))], real, training.RowCount);
        if (made.Sum() == 0)
            throw new DataException("the training rows have enough of all that 'supplement' is to reach, so there is nothing to make; "
                + "ask for more, or take the rows as they are");
        return new SupplementPlan([.. supplement.Reach.Select((r, i) => new Supplied(r, real[i], made[i]))], training.RowCount);
    }

    /// <summary>
    /// The least fixed point of m_i = max(0, ceil(s_i (n + sum m)) - n_i), or max(0, rows_i - n_i): each step asks for what the last one's
    /// rows have made necessary. It is reached, since the shares sum to less than 1.
    /// </summary>
    internal static long[] Least(IReadOnlyList<(double? Share, long? Rows)> reach, IReadOnlyList<int> real, int rows)
    {
        long[] made = new long[reach.Count];
        while (true)
        {
            decimal all = rows + made.Sum();
            long[] next = [.. reach.Select((r, i) => Math.Max(0, (r.Rows ?? (long)Math.Ceiling((decimal)r.Share!.Value * all)) - real[i]))];
            if (next.SequenceEqual(made)) return made;
            if (next.Sum() > RefineSpec.MostPoolRows)
                throw new DataException($"'supplement' would make more than {RefineSpec.MostPoolRows} rows; ask for smaller shares");
            made = next;
        }
    }

    public Strata Divide(FrameColumns frame) => new([.. Conditions.Where(c => c.Made > 0).Select(c =>
        new Stratum(c.Reach.Where.Text, frame.AllowedBy(c.Reach.Where), [c.Reach.Where], [], c.Made))]);
}
