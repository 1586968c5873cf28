using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Autoregressive;

/// <summary>
/// A column as the network sees it: the bins of <see cref="ColumnBins"/> as one code, or as two digits where there are many, so
/// that cost grows with the square root of the number of levels.
/// </summary>
internal sealed class ColumnCodes
{
    /// <summary>More bins than this are told apart by two digits.</summary>
    public const int MostCodes = 400;

    private readonly int[] _binOfRank;   // split columns: bins by falling frequency
    private readonly int[] _rankOfBin;

    private ColumnCodes(ColumnBins bins)
    {
        Bins = bins;
        _binOfRank = _rankOfBin = [];
        if (bins.Count <= MostCodes) return;
        Base = (int)Math.Ceiling(Math.Sqrt(bins.Count));
        _binOfRank = [.. Enumerable.Range(0, bins.Count).OrderByDescending(b => bins.Counts[b]).ThenBy(b => b)];
        _rankOfBin = new int[bins.Count];
        for (int rank = 0; rank < _binOfRank.Length; rank++) _rankOfBin[_binOfRank[rank]] = rank;
    }

    public static ColumnCodes Of(ColumnBins bins) => new(bins);

    public ColumnBins Bins { get; }

    /// <summary>Codes of the second digit; 0 where the column has but one.</summary>
    public int Base { get; }

    /// <summary>Codes that have an order; they come first, before the code of missing.</summary>
    public int Ordered => Base > 0 || Bins.IsNominal ? 0 : Bins.Count - (Bins.HasMissing ? 1 : 0);

    public int Parts => Base == 0 ? 1 : 2;

    public int CodesOf(int part) => Base == 0 ? Bins.Count : part == 0 ? (Bins.Count + Base - 1) / Base : Base;

    public int Code(int bin, int part) => Base == 0 ? bin : part == 0 ? _rankOfBin[bin] / Base : _rankOfBin[bin] % Base;

    /// <summary>The bin of one code, or of two digits; -1 where there is none.</summary>
    public int Bin(int first, int second)
    {
        if (Base == 0) return first;
        int rank = first * Base + second;
        return rank < _binOfRank.Length ? _binOfRank[rank] : -1;
    }

    /// <summary>Training rows by code of a part.</summary>
    public int[] Counts(int part)
    {
        int[] counts = new int[CodesOf(part)];
        for (int b = 0; b < Bins.Count; b++) counts[Code(b, part)] += Bins.Counts[b];
        return counts;
    }
}
