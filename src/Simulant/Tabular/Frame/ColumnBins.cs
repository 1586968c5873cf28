namespace Simulant.Tabular.Frame;

/// <summary>
/// A column cut into bins: each level of a category, each frequent number, each stretch of rarer numbers, and missing.
/// Bins are what the trees decide between; a bin then gives a value.
/// </summary>
/// <remarks>
/// A number seen at least <see cref="AtomCount"/> times is kept as it is; rarer ones are spread over the stretch between their
/// neighbours, so that no single record's value is handed out again. The least and the greatest value are kept.
/// </remarks>
internal sealed class ColumnBins
{
    /// <summary>A number seen this often is a value of the column rather than of a record.</summary>
    public const int AtomCount = 5;

    private const int MaxNumericBins = 240;
    private const int StretchValues = 8;

    private readonly double[] _upper;      // numeric: greatest value of each bin, ascending
    private readonly Segment[][] _segments;
    private readonly ModelColumn _column;

    /// <summary>One value (Low == High) or an open-ended stretch drawn from uniformly.</summary>
    public readonly record struct Segment(double Low, double High, int Count);

    private ColumnBins(ModelColumn column, double[] upper, Segment[][] segments, int[] counts, bool hasMissing)
    {
        _column = column;
        _upper = upper;
        _segments = segments;
        Counts = counts;
        HasMissing = hasMissing;
    }

    /// <summary>Training rows in each bin; the last bin is missing where <see cref="HasMissing"/>.</summary>
    public int[] Counts { get; }

    public bool HasMissing { get; }
    public int Count => Counts.Length;
    public int MissingBin => HasMissing ? Count - 1 : -1;

    /// <summary>Kept values and stretches of a numeric column, ascending; missing is none of them.</summary>
    public IEnumerable<Segment> Segments => _segments.SelectMany(s => s);

    /// <summary>Bins that hold more than one value.</summary>
    public int Stretches => _segments.Count(s => s.Length > 1 || s[0].Low < s[0].High);

    public bool IsNominal => !_column.IsNumeric && !_column.Ordered;

    public static ColumnBins Fit(ModelColumn column, double[] values)
    {
        int missing = 0;
        foreach (double v in values)
            if (double.IsNaN(v)) missing++;
        return column.IsNumeric ? FitNumeric(column, values, missing) : FitLevels(column, values, missing);
    }

    private static ColumnBins FitLevels(ModelColumn column, double[] values, int missing)
    {
        int[] counts = new int[column.Levels + (missing > 0 ? 1 : 0)];
        foreach (double v in values) counts[double.IsNaN(v) ? column.Levels : (int)v]++;
        return new ColumnBins(column, [], [], counts, missing > 0);
    }

    private static ColumnBins FitNumeric(ModelColumn column, double[] values, int missing)
    {
        double[] sorted = new double[values.Length - missing];
        int n = 0;
        foreach (double v in values)
            if (!double.IsNaN(v)) sorted[n++] = v;
        Array.Sort(sorted);
        var upper = new List<double>();
        var bins = new List<Segment[]>();
        var counts = new List<int>();
        int distinct = 0;
        for (int at = 0; at < n; at = RunEnd(sorted, at)) distinct++;
        double want = distinct <= MaxNumericBins ? 1 : Math.Max(1, n / (double)MaxNumericBins);
        int start = 0;
        while (start < n)
        {
            int end = start;
            while (end < n)
            {
                int run = RunEnd(sorted, end);
                // A value that fills a bin by itself gets one of its own.
                if (run - end >= want && end > start) break;
                end = run;
                if (end - start >= want) break;
            }
            upper.Add(sorted[end - 1]);
            bins.Add(SegmentsOf(column, sorted, start, end));
            counts.Add(end - start);
            start = end;
        }
        if (missing > 0) counts.Add(missing);
        return new ColumnBins(column, [.. upper], [.. bins], [.. counts], missing > 0);
    }

    private static int RunEnd(double[] sorted, int start)
    {
        int end = start + 1;
        while (end < sorted.Length && sorted[end] == sorted[start]) end++;
        return end;
    }

    /// <summary>Values of sorted[start..end) as kept values and stretches, in order.</summary>
    private static Segment[] SegmentsOf(ModelColumn column, double[] sorted, int start, int end)
    {
        var segments = new List<Segment>();
        int at = start;
        int from = start; // first value of the stretch under way
        void Close(int to)
        {
            if (to > from) segments.Add(Stretch(sorted, from, to));
            from = to;
        }
        while (at < end)
        {
            int run = RunEnd(sorted, at);
            bool extreme = at == 0 || run == sorted.Length;
            if (column.AtomsOnly || extreme || run - at >= AtomCount || !double.IsFinite(sorted[at]))
            {
                Close(at);
                segments.Add(new Segment(sorted[at], sorted[at], run - at));
                from = run;
            }
            else if (run - from >= StretchValues)
            {
                Close(run);
            }
            at = run;
        }
        Close(end);
        return [.. segments];
    }

    /// <summary>From half way to the value before to half way to the value after.</summary>
    private static Segment Stretch(double[] sorted, int from, int to)
    {
        double low = sorted[from], high = sorted[to - 1];
        if (from > 0 && double.IsFinite(sorted[from - 1])) low = (low + sorted[from - 1]) / 2;
        if (to < sorted.Length && double.IsFinite(sorted[to])) high = (high + sorted[to]) / 2;
        return new Segment(low, high, to - from);
    }

    public int BinOf(double value)
    {
        if (double.IsNaN(value)) return MissingBin;
        if (!_column.IsNumeric) return (int)value;
        int i = Array.BinarySearch(_upper, value);
        return Math.Min(i < 0 ? ~i : i, _upper.Length - 1);
    }

    /// <summary>A value of the bin for a uniform u in [0, 1).</summary>
    public double Draw(int bin, double u)
    {
        if (bin == MissingBin) return double.NaN;
        if (!_column.IsNumeric) return bin;
        var segments = _segments[bin];
        double rest = u * Counts[bin];
        foreach (var segment in segments)
        {
            if (rest < segment.Count) return Within(segment, rest / segment.Count);
            rest -= segment.Count;
        }
        return Within(segments[^1], 1 - 1e-12);
    }

    /// <summary>The value at a share of a segment, on the column's grid.</summary>
    public double Within(Segment segment, double share)
    {
        if (segment.Low == segment.High) return segment.Low;
        double value = segment.Low + share * (segment.High - segment.Low);
        return _column.Step > 0 ? Math.Clamp(Round(value), Ceiling(segment.Low), Floor(segment.High)) : value;
    }

    private double Round(double value) => Math.Round(value / _column.Step) * _column.Step;
    private double Ceiling(double value) => Math.Ceiling(value / _column.Step - 1e-9) * _column.Step;

    private double Floor(double value) =>
        Math.Max(Math.Floor(value / _column.Step + 1e-9), Math.Ceiling(value / _column.Step - 1e-9)) * _column.Step;

    /// <summary>Share of the bin's rows whose value is allowed, and the stretch of u that gives them (one interval).</summary>
    public (double Low, double High) AllowedShare(int bin, Allowed allowed)
    {
        if (bin == MissingBin) return allowed.Holds(double.NaN) ? (0, 1) : (0, 0);
        if (!_column.IsNumeric) return allowed.Holds(bin) ? (0, 1) : (0, 0);
        double low = double.NaN, high = 0, before = 0;
        foreach (var segment in _segments[bin])
        {
            var (a, b) = SegmentShare(segment, allowed);
            if (b > a)
            {
                if (double.IsNaN(low)) low = before + a * segment.Count;
                high = before + b * segment.Count;
            }
            before += segment.Count;
        }
        return double.IsNaN(low) ? (0, 0) : (low / Counts[bin], high / Counts[bin]);
    }

    private static (double, double) SegmentShare(Segment segment, Allowed allowed)
    {
        if (segment.Low == segment.High) return allowed.Holds(segment.Low) ? (0, 1) : (0, 0);
        double low = allowed.Low, high = allowed.High;
        if (allowed.Values is { Count: > 0 } values)
        {
            low = values.Min();
            high = values.Max();
        }
        double width = segment.High - segment.Low;
        double a = Math.Clamp((low - segment.Low) / width, 0, 1), b = Math.Clamp((high - segment.Low) / width, 0, 1);
        // A single allowed number inside a stretch keeps a hair's breadth, so that it can be drawn at all.
        return b > a ? (a, b) : low <= segment.High && high >= segment.Low ? (Math.Min(a, 1 - 1e-9), Math.Min(a, 1 - 1e-9) + 1e-9) : (0, 0);
    }

    /// <summary>
    /// Of a bin's rows, the share that has exactly this value, and the density around it; one of the two is 0. On a grid all of it
    /// is share: that of the stretch which rounds to the value.
    /// </summary>
    public (double Share, double Density) ShareOf(int bin, double value)
    {
        if (!_column.IsNumeric || bin == MissingBin) return (bin == BinOf(value) ? 1 : 0, 0);
        double share = 0, density = 0;
        foreach (var segment in _segments[bin])
        {
            double part = (double)segment.Count / Counts[bin];
            if (segment.Low == segment.High) share += segment.Low == value ? part : 0;
            else if (_column.Step > 0) share += part * Rounded(segment, value);
            else if (value >= segment.Low && value < segment.High) density += part / (segment.High - segment.Low);
        }
        return share > 0 ? (share, 0) : (0, density);
    }

    /// <summary>How much of a stretch <see cref="Within"/> turns into this value.</summary>
    private double Rounded(Segment segment, double value)
    {
        double least = Ceiling(segment.Low), most = Floor(segment.High), half = _column.Step / 2;
        if (value < least - half / 1e3 || value > most + half / 1e3 || Math.Abs(Round(value) - value) > half / 1e3) return 0;
        double low = value < least + half ? segment.Low : Math.Max(segment.Low, value - half);
        double high = value > most - half ? segment.High : Math.Min(segment.High, value + half);
        return Math.Max(0, high - low) / (segment.High - segment.Low);
    }

    /// <summary>
    /// Log-probability of what no training row had: that of one row in n + 2, for a number spread evenly over the range that was
    /// seen.
    /// </summary>
    public double LogUnseen(double value)
    {
        double log = -Math.Log(Rows + 2.0);
        if (!_column.IsNumeric || double.IsNaN(value)) return log;
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (var segments in _segments)
            foreach (var segment in segments)
            {
                if (double.IsFinite(segment.Low)) low = Math.Min(low, segment.Low);
                if (double.IsFinite(segment.High)) high = Math.Max(high, segment.High);
            }
        double range = high - low;
        return range > 0 && double.IsFinite(range) ? log - Math.Log(_column.Step > 0 ? range / _column.Step + 1 : range) : log;
    }

    /// <summary>Log-probability, or log-density, of a value by the training rows alone.</summary>
    public double LogMarginal(double value)
    {
        int bin = BinOf(value);
        if (bin < 0) return LogUnseen(value);
        double share = 0, density = 0;
        for (int b = Math.Max(0, bin - 1); b <= Math.Min(Count - 1, bin + 1); b++)
        {
            var (s, d) = ShareOf(b, value);
            share += s * Counts[b];
            density += d * Counts[b];
        }
        double sum = share > 0 ? share : density;
        return sum > 0 ? Math.Log(sum / Rows) : LogUnseen(value);
    }

    /// <summary>Training rows.</summary>
    public int Rows => Counts.Sum();

    /// <summary>A byte code per bin for the use of this column as a feature, and the number of codes.</summary>
    public (byte[] CodeOfBin, int Codes) FeatureCodes(int most)
    {
        byte[] codes = new byte[Count];
        if (Count <= most)
        {
            for (int b = 0; b < codes.Length; b++) codes[b] = (byte)b;
            return (codes, Count);
        }
        return IsNominal ? FrequentLevels(codes, most) : EqualMass(codes, most);
    }

    /// <summary>The most frequent levels keep a code of their own; the rest share the last.</summary>
    private (byte[], int) FrequentLevels(byte[] codes, int most)
    {
        int[] order = [.. Enumerable.Range(0, Count).OrderByDescending(b => Counts[b]).ThenBy(b => b)];
        for (int k = 0; k < order.Length; k++) codes[order[k]] = (byte)Math.Min(k, most - 1);
        return (codes, most);
    }

    private (byte[], int) EqualMass(byte[] codes, int most)
    {
        long total = 0, before = 0;
        foreach (int c in Counts) total += c;
        int code = -1;
        long lastCell = -1;
        for (int b = 0; b < codes.Length; b++)
        {
            // Missing keeps a code of its own, the last.
            long cell = b == MissingBin ? most : (long)((before + Counts[b] / 2.0) * (most - 1) / total);
            if (cell != lastCell) code++;
            lastCell = cell;
            codes[b] = (byte)code;
            before += Counts[b];
        }
        return (codes, code + 1);
    }

    public void Save(BinaryWriter to)
    {
        to.Write(HasMissing);
        to.Write(Counts.Length);
        foreach (int c in Counts) to.Write(c);
        to.Write(_upper.Length);
        foreach (double v in _upper) to.Write(v);
        foreach (var segments in _segments)
        {
            to.Write(segments.Length);
            foreach (var s in segments)
            {
                to.Write(s.Low);
                to.Write(s.High);
                to.Write(s.Count);
            }
        }
    }

    public static ColumnBins Load(BinaryReader from, ModelColumn column)
    {
        bool hasMissing = from.ReadBoolean();
        int[] counts = new int[from.ReadInt32()];
        for (int i = 0; i < counts.Length; i++) counts[i] = from.ReadInt32();
        double[] upper = new double[from.ReadInt32()];
        for (int i = 0; i < upper.Length; i++) upper[i] = from.ReadDouble();
        var segments = new Segment[upper.Length][];
        for (int i = 0; i < segments.Length; i++)
        {
            segments[i] = new Segment[from.ReadInt32()];
            for (int k = 0; k < segments[i].Length; k++)
                segments[i][k] = new(from.ReadDouble(), from.ReadDouble(), from.ReadInt32());
        }
        return new ColumnBins(column, upper, segments, counts, hasMissing);
    }
}
