using Simulant.Data;
using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Latent;

/// <summary>One code of a row: a column's bin, or one of its two digits.</summary>
/// <param name="Part">0, or 1 for the second digit.</param>
internal readonly record struct ChainField(int Column, int Part, int Codes);

/// <summary>
/// Columns as the chain of codes that a repaired network draws: each column cut into the bins of <see cref="ColumnBins"/>, columns by
/// growing number of bins, and more than <see cref="MostCodes"/> bins as two digits, so that cost grows with their root.
/// </summary>
internal sealed class ChainLayout
{
    private const int MostCodes = 400;

    private readonly int[] _base;
    private readonly int[][] _rankOfBin, _binOfRank;   // split columns: bins by falling frequency

    public ChainLayout(ColumnBins[] bins)
    {
        Bins = bins;
        _base = new int[bins.Length];
        (_rankOfBin, _binOfRank) = (new int[bins.Length][], new int[bins.Length][]);
        var fields = new List<ChainField>();
        FirstField = new int[bins.Length];
        foreach (int c in Enumerable.Range(0, bins.Length).OrderBy(c => bins[c].Count).ThenBy(c => c))
        {
            FirstField[c] = fields.Count;
            int count = bins[c].Count;
            if (count <= MostCodes)
            {
                fields.Add(new ChainField(c, 0, count));
                continue;
            }
            int digit = _base[c] = (int)Math.Ceiling(Math.Sqrt(count));
            _binOfRank[c] = [.. Enumerable.Range(0, count).OrderByDescending(b => bins[c].Counts[b]).ThenBy(b => b)];
            _rankOfBin[c] = new int[count];
            for (int rank = 0; rank < count; rank++) _rankOfBin[c][_binOfRank[c][rank]] = rank;
            fields.Add(new ChainField(c, 0, (count + digit - 1) / digit));
            fields.Add(new ChainField(c, 1, digit));
        }
        Fields = fields;
    }

    public ColumnBins[] Bins { get; }

    /// <summary>In the order in which they are drawn.</summary>
    public IReadOnlyList<ChainField> Fields { get; }

    /// <summary>By column: the place of its first field; a second follows it where <see cref="IsSplit"/>.</summary>
    public int[] FirstField { get; }

    public bool IsSplit(int column) => _base[column] > 0;

    public int Code(in ChainField field, int bin) => !IsSplit(field.Column) ? bin
        : field.Part == 0 ? _rankOfBin[field.Column][bin] / _base[field.Column] : _rankOfBin[field.Column][bin] % _base[field.Column];

    /// <summary>The bin of a column's digits, or -1 where no bin has them.</summary>
    public int Bin(int column, int first, int second)
    {
        if (!IsSplit(column)) return first;
        int rank = first * _base[column] + second;
        return rank < _binOfRank[column].Length ? _binOfRank[column][rank] : -1;
    }

    public static ChainLayout Fit(ModelTable training, RunContext run)
    {
        var bins = new ColumnBins[training.Columns.Count];
        Work.For(bins.Length, run, c => bins[c] = ColumnBins.Fit(training.Columns[c], training.Values[c]));
        return new ChainLayout(bins);
    }

    /// <returns>[field][row]</returns>
    public int[][] Encode(ModelTable training, RunContext run)
    {
        int[][] codes = new int[Fields.Count][];
        Work.For(codes.Length, run, f =>
            codes[f] = Array.ConvertAll(training.Values[Fields[f].Column], v => Code(Fields[f], Bins[Fields[f].Column].BinOf(v))));
        return codes;
    }

    public void Save(BinaryWriter to)
    {
        foreach (var bins in Bins) bins.Save(to);
    }

    public static ChainLayout Load(BinaryReader from, IReadOnlyList<ModelColumn> columns) =>
        new([.. columns.Select(c => ColumnBins.Load(from, c))]);
}
