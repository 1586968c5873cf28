namespace Simulant.Data.Inference;

/// <summary>
/// Exact functional dependencies between two columns. A pair counts only where the data could have contradicted it: were the
/// right column independent of the left, at least <see cref="ExpectedViolations"/> rows would.
/// </summary>
internal static class Dependencies
{
    public const double ExpectedViolations = 20;

    // Row visits in all; most pairs fall within a few rows, and a table of thousands of columns must not take minutes.
    private const long Budget = 400_000_000;

    /// <summary>Columns recoded to 0..Levels-1, missing being a level of its own; <c>Used</c> of the levels occur.</summary>
    private sealed record Coded(string Name, int[] Codes, int Levels, int Used, double Agreement);

    public static IReadOnlyList<Determination> Find(IReadOnlyList<Column> columns, CancellationToken cancel)
    {
        var coded = new List<Coded>();
        foreach (var column in columns)
        {
            cancel.ThrowIfCancellationRequested();
            if (Recode(column) is { } found) coded.Add(found);
        }
        int[] image = new int[coded.Count == 0 ? 0 : coded.Max(c => c.Levels)];
        long visits = 0;
        var results = new List<Determination>();
        // Columns that determine each other stand for one another: each is paired with the first of them only.
        var first = new List<Coded>();
        foreach (var column in coded)
        {
            cancel.ThrowIfCancellationRequested();
            var same = first.Find(other => other.Used == column.Used && visits < Budget && Determines(other, column, image, ref visits));
            if (same is null) first.Add(column);
            else results.Add(new Determination(same.Name, column.Name, Both: true));
        }
        foreach (var left in first)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var right in first)
                if (right.Used < left.Used && visits < Budget && Determines(left, right, image, ref visits))
                    results.Add(new Determination(left.Name, right.Name, Both: false));
        }
        return results;
    }

    private static bool Determines(Coded left, Coded right, int[] image, ref long visits)
    {
        if ((left.Codes.Length - left.Used) * (1 - right.Agreement) < ExpectedViolations) return false;
        Array.Clear(image, 0, left.Levels);
        int[] from = left.Codes, to = right.Codes;
        for (int row = 0; row < from.Length; row++)
        {
            ref int known = ref image[from[row]];
            int value = to[row] + 1;
            if (known == 0) known = value;
            else if (known != value)
            {
                visits += row + left.Levels / 8;
                return false;
            }
        }
        visits += from.Length;
        return true;
    }

    // Null for columns that cannot take part: constant, or too near to unique for a dependency to be more than chance.
    private static Coded? Recode(Column column)
    {
        int rows = column.Count;
        int[] codes = new int[rows];
        int levels;
        if (column is CodedColumn texts)
        {
            if (texts.Levels.Count > rows / 2 + 1) return null;
            levels = texts.Levels.Count;
            bool missing = false;
            for (int i = 0; i < rows; i++)
            {
                codes[i] = texts.Codes[i];
                if (codes[i] >= 0) continue;
                codes[i] = levels;
                missing = true;
            }
            if (missing) levels++;
        }
        else
        {
            // A float that repeats is a computed value; what it "determines" would be chance.
            if (column.Schema is { Kind: ColumnKind.Decimal, Decimals: < 0 }) return null;
            var index = new Dictionary<long, int>();
            var values = ((NumericColumn)column).Values;
            for (int i = 0; i < rows; i++)
            {
                double value = values[i] + 0.0;                            // minus zero is zero
                long key = double.IsNaN(value) ? long.MinValue : BitConverter.DoubleToInt64Bits(value);
                if (!index.TryGetValue(key, out int code))
                {
                    if (index.Count > rows / 2 + 1) return null;
                    index.Add(key, code = index.Count);
                }
                codes[i] = code;
            }
            levels = index.Count;
        }
        if (levels < 2) return null;
        double[] counts = new double[levels];
        foreach (int code in codes) counts[code]++;
        double agreement = counts.Sum(c => c / rows * (c / rows));
        return new Coded(column.Name, codes, levels, counts.Count(c => c > 0), agreement);
    }
}
