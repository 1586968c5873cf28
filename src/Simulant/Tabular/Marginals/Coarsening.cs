using Simulant.Tabular.Frame.Protected;

namespace Simulant.Tabular.Marginals;

/// <summary>
/// A column as the graphical model sees it: neighbouring cells of numbers joined, rare levels joined into one. Decided from noisy
/// counts alone. Values are drawn from a joined cell as the noisy counts of its parts say.
/// </summary>
internal sealed class Coarsening
{
    private const int Sigmas = 3;

    /// <summary>A stretch of numbers with less than this part of the wanted count is joined with the next.</summary>
    private const double LeastPart = 0.15;

    /// <summary>A part of a stretch is full at a little less than its share, or its last one would remain empty.</summary>
    private const double Nearly = 0.98;

    private readonly int[][] _parts;     // [code] -> cells
    private readonly double[][] _shares; // [code][part], summing to 1

    private Coarsening(CellColumn cells, int[] codeOf, int[][] parts, double[][] shares) =>
        (Cells, CodeOf, _parts, _shares) = (cells, codeOf, parts, shares);

    public CellColumn Cells { get; }

    /// <summary>Code of each cell.</summary>
    public int[] CodeOf { get; }

    public int Count => _parts.Length;

    /// <summary>Whether missing values have a code of their own; it is the last.</summary>
    public bool MissingStandsAlone => _parts[^1] is [var only] && only == Cells.Missing;

    /// <param name="noisy">Counts of the cells.</param>
    /// <param name="sigma">Standard deviation of each.</param>
    /// <param name="most">Codes that a column of numbers may have, beside the missing one.</param>
    public static Coarsening Of(CellColumn cells, double[] noisy, double sigma, int most)
    {
        int[] codeOf = new int[cells.Count];
        int codes = cells.IsNumeric ? JoinNeighbours(cells, noisy, sigma, most, codeOf) : JoinRare(noisy, sigma, codeOf);
        int[][] parts = [.. Enumerable.Range(0, codes)
            .Select(k => Enumerable.Range(0, codeOf.Length).Where(c => codeOf[c] == k).ToArray())];
        double[][] shares = [.. parts.Select(p => Shares(cells, p, noisy, sigma))];
        return new Coarsening(cells, codeOf, parts, shares);
    }

    /// <summary>
    /// Even parts of the range, those with many values in stretches of nearly equal counts, those with few joined; a single cell with
    /// more stands alone. Missing values too few to tell from noise count as the commonest cell's.
    /// </summary>
    private static int JoinNeighbours(CellColumn cells, double[] noisy, double sigma, int most, int[] codeOf)
    {
        int last = cells.Missing, codes = 0, best = 0;
        double total = 0;
        for (int c = 0; c < last; c++)
        {
            total += Math.Max(0, noisy[c]);
            if (noisy[c] > noisy[best]) best = c;
        }
        double goal = Math.Max(total / most, Sigmas * sigma), least = Math.Max(LeastPart * goal, Sigmas * sigma), sum = 0;
        void Close()
        {
            codes++;
            sum = 0;
        }
        for (int c = 0; c < last;)
        {
            int end = EndOfPart(cells, c);
            double held = noisy.AsSpan(c..end).ToArray().Where(n => n < goal).Sum(n => Math.Max(0, n));
            double part = Math.Max(Sigmas * sigma, held / Math.Max(1, Math.Round(held / (2 * goal))) * Nearly);
            for (; c < end; c++)
            {
                // A heavy cell begins a stretch of its own, where the one before it holds something already.
                if (noisy[c] >= goal && sum > least) Close();
                codeOf[c] = codes;
                sum += Math.Max(0, noisy[c]);
                if (sum >= (c == end - 1 ? least : part) && c < last - 1) Close();
            }
        }
        if (codes > 0 && sum < least)
        {
            codes--;
            for (int c = last - 1; c >= 0 && codeOf[c] > codes; c--) codeOf[c] = codes;
        }
        codes = codeOf[last - 1] + 1;
        codeOf[last] = noisy[last] >= Sigmas * sigma ? codes++ : codeOf[best];
        return codes;
    }

    /// <summary>The first cell behind the even part of the range that a cell lies in with its middle.</summary>
    private static int EndOfPart(CellColumn cells, int cell)
    {
        double low = cells.Cells[0].Low, width = cells.Cells[^1].High - low + 1;
        int Part(int c) => (int)(((cells.Cells[c].Low - low + (cells.Cells[c].High - low)) / 2) * Stretches.EvenParts / width);
        int end = cell + 1;
        while (end < cells.Missing && Part(end) == Part(cell)) end++;
        return end;
    }

    private static int JoinRare(double[] noisy, double sigma, int[] codeOf)
    {
        int codes = 0, rare = -1;
        for (int c = 0; c < codeOf.Length; c++)
        {
            if (noisy[c] >= Sigmas * sigma) codeOf[c] = codes++;
            else codeOf[c] = rare >= 0 ? rare : rare = codes++;
        }
        return codes;
    }

    /// <summary>By noisy counts where these stand out of the noise; else by the number of values of each part.</summary>
    private static double[] Shares(CellColumn cells, int[] parts, double[] noisy, double sigma)
    {
        bool told = parts.Sum(c => noisy[c]) > Sigmas * sigma * Math.Sqrt(parts.Length);
        double[] drawn = told ? Shrunk(cells, parts, noisy, sigma) : noisy;
        double[] shares = [.. parts.Select(c => c == cells.Missing && parts.Length > 1 && noisy[c] < Sigmas * sigma ? 0
            : told ? Math.Max(0, drawn[c]) : cells.IsNumeric ? cells.WidthOf(c) : 1)];
        double sum = shares.Sum();
        return sum > 0 ? [.. shares.Select(s => s / sum)] : [.. shares.Select(_ => 1.0 / shares.Length)];
    }

    /// <summary>Counts of the parts drawn to even ones for as much of their spread as noise explains (James and Stein 1961).</summary>
    private static double[] Shrunk(CellColumn cells, int[] parts, double[] noisy, double sigma)
    {
        int[] held = [.. parts.Where(c => c != cells.Missing)];
        if (held.Length < 4) return noisy;
        double[] even = [.. held.Select(cells.WidthOf)];
        double rate = held.Sum(c => noisy[c]) / even.Sum(), spread = 0;
        for (int k = 0; k < held.Length; k++)
        {
            even[k] *= rate;
            spread += (noisy[held[k]] - even[k]) * (noisy[held[k]] - even[k]);
        }
        double kept = spread > 0 ? Math.Max(0, 1 - (held.Length - 3) * sigma * sigma / spread) : 0;
        double[] shrunk = [.. noisy];
        for (int k = 0; k < held.Length; k++) shrunk[held[k]] = even[k] + kept * (noisy[held[k]] - even[k]);
        return shrunk;
    }

    /// <summary>The part of a code's values that a condition allows.</summary>
    public double Share(int code, Frame.Allowed allowed)
    {
        double sum = 0;
        for (int k = 0; k < _parts[code].Length; k++) sum += _shares[code][k] * Cells.Share(_parts[code][k], allowed);
        return sum;
    }

    /// <summary>A value of a code.</summary>
    /// <param name="u">Uniform in [0, 1): which part.</param>
    /// <param name="v">Another: which value of it.</param>
    public double Draw(int code, double u, double v, Frame.Allowed? allowed)
    {
        int[] parts = _parts[code];
        double rest = u * (allowed is null ? 1 : Share(code, allowed));
        int chosen = -1;
        for (int k = 0; k < parts.Length; k++)
        {
            double share = _shares[code][k] * (allowed is null ? 1 : Cells.Share(parts[k], allowed));
            if (share <= 0) continue;
            chosen = k;
            rest -= share;
            if (rest < 0) break;
        }
        return chosen < 0 ? double.NaN : Cells.Draw(parts[chosen], v, allowed);
    }

    public void Save(BinaryWriter to)
    {
        Cells.Save(to);
        to.Write(_parts.Length);
        foreach (int code in CodeOf) to.Write(code);
        foreach (double[] shares in _shares)
            foreach (double share in shares)
                to.Write(share);
    }

    public static Coarsening Load(BinaryReader from)
    {
        var cells = CellColumn.Load(from);
        int codes = from.ReadInt32();
        int[] codeOf = new int[cells.Count];
        for (int c = 0; c < codeOf.Length; c++) codeOf[c] = from.ReadInt32();
        if (codes < 1 || codeOf.Any(c => c < 0 || c >= codes)) throw new InvalidDataException("the codes of a column are damaged");
        int[][] parts = [.. Enumerable.Range(0, codes)
            .Select(k => Enumerable.Range(0, codeOf.Length).Where(c => codeOf[c] == k).ToArray())];
        double[][] shares = [.. parts.Select(p => p.Select(_ => from.ReadDouble()).ToArray())];
        return new Coarsening(cells, codeOf, parts, shares);
    }
}
