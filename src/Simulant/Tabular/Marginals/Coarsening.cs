using Simulant.Tabular.Frame.Protected;

namespace Simulant.Tabular.Marginals;

/// <summary>
/// A column as the graphical model sees it: neighbouring cells of numbers joined, rare levels joined into one. Decided from noisy
/// counts alone. Values are drawn from a joined cell as the noisy counts of its parts say.
/// </summary>
internal sealed class Coarsening
{
    private const int Sigmas = 3;

    private readonly int[][] _parts;     // [code] -> cells
    private readonly double[][] _shares; // [code][part], summing to 1

    private Coarsening(CellColumn cells, int[] codeOf, int[][] parts, double[][] shares) =>
        (Cells, CodeOf, _parts, _shares) = (cells, codeOf, parts, shares);

    public CellColumn Cells { get; }

    /// <summary>Code of each cell.</summary>
    public int[] CodeOf { get; }

    public int Count => _parts.Length;

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

    /// <summary>Stretches of nearly equal counts; a single cell with more stands alone. Missing values too few to tell from noise
    /// count as the commonest stretch.</summary>
    private static int JoinNeighbours(CellColumn cells, double[] noisy, double sigma, int most, int[] codeOf)
    {
        int last = cells.Missing;
        double total = 0;
        for (int c = 0; c < last; c++) total += Math.Max(0, noisy[c]);
        double goal = Math.Max(total / most, Sigmas * sigma), sum = 0;
        int codes = 0, best = 0;
        double greatest = double.NegativeInfinity;
        for (int c = 0; c < last; c++)
        {
            double count = Math.Max(0, noisy[c]);
            // A heavy cell begins a stretch of its own, where the one before it holds something already.
            if (count >= goal && sum > Sigmas * sigma)
            {
                codes++;
                sum = 0;
            }
            codeOf[c] = codes;
            sum += count;
            if (noisy[c] > greatest) (greatest, best) = (noisy[c], c);
            if (sum < goal || c == last - 1) continue;
            codes++;
            sum = 0;
        }
        if (codes > 0 && sum < Sigmas * sigma && codeOf[last - 1] == codes)
        {
            codes--;
            for (int c = last - 1; c >= 0 && codeOf[c] > codes; c--) codeOf[c] = codes;
        }
        codes = codeOf[last - 1] + 1;
        codeOf[last] = noisy[last] >= Sigmas * sigma ? codes++ : codeOf[best];
        return codes;
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
        double[] shares = [.. parts.Select(c => c == cells.Missing && parts.Length > 1 && noisy[c] < Sigmas * sigma ? 0
            : told ? Math.Max(0, noisy[c]) : cells.IsNumeric ? cells.WidthOf(c) : 1)];
        double sum = shares.Sum();
        return sum > 0 ? [.. shares.Select(s => s / sum)] : [.. shares.Select(_ => 1.0 / shares.Length)];
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
