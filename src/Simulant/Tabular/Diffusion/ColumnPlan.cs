using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Diffusion;

/// <summary>
/// How a column stands in the diffused row: a score where it is a number that varies, and a choice where it is a category, or
/// a number with point masses or missing values. A choice of many codes is two choices, of its digits.
/// </summary>
internal sealed class ColumnPlan
{
    /// <summary>More codes than this are told apart by two digits.</summary>
    private const int MostCodes = 64;

    /// <summary>A number of no more values than this, each seen several times, is a category.</summary>
    private const int FewValues = 10;

    private readonly ModelColumn _column;
    private readonly double[] _valueOf;      // code -> value; NaN for missing, or (with a score) for the rest
    private readonly int[] _rankOf, _codeOf; // of columns of two digits: by falling frequency
    private readonly int _restCode, _missingCode;
    private readonly bool[] _seen;

    public ColumnPlan(ModelColumn column, ColumnBins bins)
    {
        (_column, Bins) = (column, bins);
        var values = new List<double>();
        var counts = new List<int>();
        _restCode = -1;
        if (!column.IsNumeric)
        {
            for (int level = 0; level < column.Levels; level++) values.Add(level);
            counts.AddRange(bins.Counts.AsSpan(0, column.Levels));
        }
        else if (bins.Count > (bins.HasMissing ? 1 : 0))
        {
            var scale = new RankScale(column, bins);
            if (scale.AllKept && scale.Segments <= FewValues)
            {
                values.AddRange(scale.Kept.Select(k => k.Value));
                counts.AddRange(scale.Kept.Select(k => k.Count));
            }
            else
            {
                Scale = scale;
                _restCode = 0;
                values.Add(double.NaN);
                values.AddRange(scale.PointMasses);
                counts.AddRange(Enumerable.Range(0, scale.PointMasses.Count).Select(scale.CountOf));
                counts.Insert(0, scale.Kept.Sum(k => k.Count) - counts.Sum());
            }
        }
        _missingCode = bins.HasMissing ? values.Count : -1;
        if (bins.HasMissing)
        {
            values.Add(double.NaN);
            counts.Add(bins.Counts[^1]);
        }
        _valueOf = [.. values];
        _seen = [.. counts.Select(c => c > 0)];
        Counts = [.. counts];
        (_rankOf, _codeOf) = ([], []);
        if (Counts.Length > MostCodes)
        {
            _codeOf = [.. Enumerable.Range(0, Counts.Length).OrderByDescending(c => Counts[c]).ThenBy(c => c)];
            _rankOf = new int[_codeOf.Length];
            for (int rank = 0; rank < _codeOf.Length; rank++) _rankOf[_codeOf[rank]] = rank;
            Base = (int)Math.Ceiling(Math.Sqrt(Counts.Length));
        }
    }

    public ColumnBins Bins { get; }

    /// <summary>Null where the column has no score.</summary>
    public RankScale? Scale { get; }

    /// <summary>Training rows by code.</summary>
    public int[] Counts { get; }

    /// <summary>Codes of the second digit; 0 where there is but one.</summary>
    public int Base { get; }

    /// <summary>Sizes of the column's choices: none, one, or two.</summary>
    public int[] Choices => Counts.Length < 2 ? [] : Base == 0 ? [Counts.Length] : [(Counts.Length + Base - 1) / Base, Base];

    /// <summary>The code of a value.</summary>
    public int CodeOf(double value)
    {
        if (double.IsNaN(value)) return Math.Max(0, _missingCode);
        if (!_column.IsNumeric) return (int)value;
        for (int code = _restCode + 1; code < _valueOf.Length; code++)
            if (_valueOf[code] == value) return code;
        return Math.Max(0, _restCode);
    }

    /// <summary>Whether rows of this code have a score of their own.</summary>
    public bool HasScore(int code) => Scale is not null && code != _missingCode;

    /// <summary>Digits of a code, as many as there are choices.</summary>
    public int DigitOf(int code, int choice) => Base == 0 ? code : choice == 0 ? _rankOf[code] / Base : _rankOf[code] % Base;

    /// <summary>Rows of a digit, for its first logits.</summary>
    public double[] DigitCounts(int choice)
    {
        double[] sums = new double[Choices[choice]];
        for (int code = 0; code < Counts.Length; code++) sums[DigitOf(code, choice)] += Counts[code];
        return sums;
    }

    /// <summary>The code that two digits stand for; -1 where none was seen.</summary>
    public int CodeOf(int first, int second)
    {
        int code = first;
        if (Base > 0)
        {
            int rank = first * Base + second;
            if (rank >= _codeOf.Length) return -1;
            code = _codeOf[rank];
        }
        return _seen[code] ? code : -1;
    }

    /// <summary>The value of a code and a score.</summary>
    public double ValueOf(int code, double score)
    {
        if (_valueOf.Length == 0) return double.NaN;
        return code == _restCode && Scale is not null ? Scale.ValueAt(score) : _valueOf[code];
    }
}
