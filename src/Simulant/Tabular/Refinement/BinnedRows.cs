using Simulant.Data;

namespace Simulant.Tabular.Refinement;

/// <summary>
/// Rows as bins of the training part's columns, at three resolutions: fine for single columns, medium for pairs, coarse for
/// triples. Codes[row * Width + 3 * column + resolution]; after the columns two bytes for each region tree.
/// </summary>
internal sealed record BinnedRows(byte[] Codes, int Width)
{
    public int Count => Width == 0 ? 0 : Codes.Length / Width;

    public ReadOnlySpan<byte> Row(int row) => Codes.AsSpan(row * Width, Width);
}

/// <summary>How the columns of a table are cut into bins: equal shares of the training rows for numbers, the frequent levels
/// for categories, a bin of its own for missing.</summary>
internal sealed class Binning
{
    /// <summary>Bins at most, missing included, for counts of one, two and three columns.</summary>
    private static readonly int[] Limits = [64, 20, 8];

    /// <summary>Weight of a region tree's table, beside 16, 4 and 1 of one, two and three columns.</summary>
    private const float RegionWeight = 4;

    /// <summary>
    /// The margin of regions at most: a leaf's quarter holds few rows, and a margin fit for one cell would leave out what a whole
    /// forest of them says.
    /// </summary>
    private const double RegionMargin = 0.25;

    private readonly List<ColumnBinning> _columns;

    private readonly TargetRegions? _regions;

    /// <param name="columns">Columns to count on; those that are constant in the training part are left out.</param>
    public Binning(Table training, IReadOnlyList<string> columns, TargetRegions? regions = null)
    {
        _regions = regions;
        _columns = [.. columns.Select(name => new ColumnBinning(training[name])).Where(c => c.Bins[0] > 1)];
    }

    public const int Resolutions = 3;
    public int Columns => _columns.Count;

    /// <summary>Bytes of a row.</summary>
    public int Width => Columns * Resolutions + (_regions?.Count ?? 0) * TargetRegions.Bytes;

    /// <summary>The table of one, two or three columns, ascending.</summary>
    /// <param name="margin">See <see cref="Specs.RefineSpec.Margin"/>.</param>
    public CountTable Count(int[] subset, double margin)
    {
        int r = subset.Length - 1;
        int At(int k) => subset[Math.Min(k, r)] * Resolutions + r;
        int Bins(int k) => _columns[subset[k]].Bins[r];
        return r switch
        {
            0 => new CountTable(At(0), 1, At(0), 0, At(0), 0, Bins(0) + 1, 16, margin),
            1 => new CountTable(At(0), Bins(1), At(1), 1, At(1), 0, Bins(0) * Bins(1), 4, margin),
            _ => new CountTable(At(0), Bins(1) * Bins(2), At(1), Bins(2), At(2), 1, Bins(0) * Bins(1) * Bins(2), 1, margin),
        };
    }

    /// <summary>The tables of the target's regions.</summary>
    public IEnumerable<CountTable> CountRegions(double margin)
    {
        for (int t = 0; t < (_regions?.Count ?? 0); t++)
        {
            int at = Columns * Resolutions + t * TargetRegions.Bytes;
            yield return new CountTable(at, 256, at + 1, 1, at, 0, _regions!.Cells(t), RegionWeight, Math.Min(margin, RegionMargin));
        }
    }

    public BinnedRows Apply(Table table, RunContext run)
    {
        int width = Width;
        byte[] codes = new byte[(long)table.RowCount * width];
        Work.For(Columns, run, c => _columns[c].Code(table[_columns[c].Name], codes, width, c * Resolutions));
        _regions?.Code(table, codes, width, Columns * Resolutions, run);
        return new BinnedRows(codes, width);
    }

    private sealed class ColumnBinning
    {
        private readonly double[][] _edges = [];
        private readonly Dictionary<string, int>? _ranks;

        public ColumnBinning(Column training)
        {
            Name = training.Name;
            if (training is NumericColumn numbers)
            {
                double[] sorted = [.. numbers.Values.ToArray().Where(v => !double.IsNaN(v))];
                Array.Sort(sorted);
                _edges = [.. Limits.Select(limit => Edges(sorted, limit - 1))];
                Bins = [.. _edges.Select(e => e.Length + 2)];
                if (sorted.Length == training.Count) Bins[0]--; // no missing value: its bin stays unused
                if (sorted.Length == 0) Bins[0] = 1;
                return;
            }
            var coded = (CodedColumn)training;
            int[] counts = new int[coded.Levels.Count];
            bool missing = false;
            foreach (int code in coded.Codes)
            {
                if (code < 0) missing = true;
                else counts[code]++;
            }
            int[] order = [.. Enumerable.Range(0, counts.Length).Where(l => counts[l] > 0).OrderByDescending(l => counts[l])
                .ThenBy(l => coded.Levels[l], StringComparer.Ordinal)];
            _ranks = new Dictionary<string, int>(StringComparer.Ordinal);
            for (int rank = 0; rank < order.Length; rank++) _ranks[coded.Levels[order[rank]]] = rank;
            Bins = [.. Limits.Select(limit => Math.Min(order.Length, limit - 1) + 1)];
            if (order.Length + (missing ? 1 : 0) <= 1) Bins[0] = 1;
        }

        public string Name { get; }

        /// <summary>By resolution; 1 at the finest marks a constant.</summary>
        public int[] Bins { get; }

        public void Code(Column column, byte[] into, int width, int offset)
        {
            if (column is NumericColumn numbers)
            {
                long at = offset;
                foreach (double value in numbers.Values)
                {
                    for (int r = 0; r < Resolutions; r++)
                        into[at + r] = (byte)(double.IsNaN(value) ? _edges[r].Length + 1 : BinOf(_edges[r], value));
                    at += width;
                }
                return;
            }
            var coded = (CodedColumn)column;
            var ranks = _ranks!;
            // The last bin of each resolution is for missing; the one before it also takes whatever is too rare for its own.
            byte[][] bins = new byte[coded.Levels.Count][];
            for (int l = 0; l < bins.Length; l++)
                bins[l] = [.. Bins.Select(b => (byte)Math.Min(ranks.GetValueOrDefault(coded.Levels[l], int.MaxValue), Math.Max(0, b - 2)))];
            long place = offset;
            foreach (int code in coded.Codes)
            {
                for (int r = 0; r < Resolutions; r++) into[place + r] = code < 0 ? (byte)(Bins[r] - 1) : bins[code][r];
                place += width;
            }
        }

        /// <summary>At most <paramref name="bins"/> - 1 upper ends of bins; a value that fills a bin alone ends it once.</summary>
        private static double[] Edges(double[] sorted, int bins)
        {
            var edges = new List<double>();
            for (int k = 1; k < bins && sorted.Length > 0; k++)
            {
                double edge = sorted[(int)((long)k * sorted.Length / bins)];
                if (edge < sorted[^1] && (edges.Count == 0 || edge > edges[^1])) edges.Add(edge);
            }
            // Few values: each has a bin of its own, however rare.
            double[] distinct = [.. sorted.Distinct().Take(bins + 1)];
            return distinct.Length <= bins ? distinct[..Math.Max(0, distinct.Length - 1)] : [.. edges];
        }

        private static int BinOf(double[] edges, double value)
        {
            int at = Array.BinarySearch(edges, value);
            return at < 0 ? ~at : at;
        }
    }
}
