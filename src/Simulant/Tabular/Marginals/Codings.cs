using Simulant.Tabular.Marginals.Inference;

namespace Simulant.Tabular.Marginals;

/// <summary>A column's codes joined to fewer: [code of the column] = code here.</summary>
internal sealed record Coding(int Column, int[] Codes, int Size);

/// <summary>
/// Coarser codings of columns, each of about half as many codes as the one before, down to two. Two codes are joined whose rows look most
/// alike in all other columns, by the estimate alone: least loss of chi-square, after Ward (1963). Of ordered columns only neighbours join.
/// </summary>
internal sealed class Codings
{
    private readonly int _column, _others;
    private readonly bool _ordered;
    private readonly List<List<int>> _groups;
    private readonly List<double[]> _profiles; // [group][code of another column]: expected rows
    private readonly List<double> _rows;
    private readonly double[] _whole;

    private Codings(int column, bool ordered, Nodes nodes, double[][][] pairs)
    {
        (_column, _ordered, _others) = (column, ordered, nodes.Columns - 1);
        int size = nodes.Sizes[column];
        _groups = [.. Enumerable.Range(0, size).Select(code => new List<int> { code })];
        _profiles = [.. Enumerable.Range(0, size).Select(code => Profile(code, nodes, pairs))];
        _rows = [.. _profiles.Select(p => Math.Max(p.Sum() / _others, 1e-9))];
        _whole = new double[_profiles[0].Length];
        foreach (double[] profile in _profiles)
            for (int k = 0; k < _whole.Length; k++) _whole[k] += profile[k];
    }

    /// <param name="ordered">[column]: whether neighbouring codes are like each other.</param>
    /// <param name="pairs">[a][b], b above a: expected counts of the two columns' joint table.</param>
    public static List<Coding> Of(Nodes nodes, IReadOnlyList<bool> ordered, double[][][] pairs)
    {
        var all = new List<Coding>();
        for (int c = 0; c < nodes.Columns; c++)
        {
            if (nodes.Sizes[c] < 3) continue;
            var codings = new Codings(c, ordered[c], nodes, pairs);
            for (int size = nodes.Sizes[c]; size > 2;)
            {
                size = size == 3 ? 2 : (size + 1) / 2;
                all.Add(codings.JoinedTo(size));
            }
        }
        return all;
    }

    private double[] Profile(int code, Nodes nodes, double[][][] pairs)
    {
        var profile = new List<double>();
        for (int other = 0; other < nodes.Columns; other++)
            for (int k = 0; k < nodes.Sizes[other] && other != _column; k++)
                profile.Add(_column < other ? pairs[_column][other][code * nodes.Sizes[other] + k]
                    : pairs[other][_column][k * nodes.Sizes[_column] + code]);
        return [.. profile];
    }

    private Coding JoinedTo(int size)
    {
        while (_groups.Count > size) JoinLikest();
        int[] codes = new int[_groups.Sum(g => g.Count)];
        for (int g = 0; g < _groups.Count; g++)
            foreach (int code in _groups[g]) codes[code] = g;
        return new Coding(_column, codes, _groups.Count);
    }

    private void JoinLikest()
    {
        double least = double.PositiveInfinity;
        int first = 0, second = 1;
        for (int i = 0; i < _groups.Count; i++)
            for (int j = i + 1; j < (_ordered ? Math.Min(i + 2, _groups.Count) : _groups.Count); j++)
                if (Loss(i, j) is var loss && loss < least) (least, first, second) = (loss, i, j);
        _groups[first].AddRange(_groups[second]);
        for (int k = 0; k < _whole.Length; k++) _profiles[first][k] += _profiles[second][k];
        _rows[first] += _rows[second];
        _groups.RemoveAt(second);
        _profiles.RemoveAt(second);
        _rows.RemoveAt(second);
    }

    private double Loss(int i, int j)
    {
        double sum = 0;
        for (int k = 0; k < _whole.Length; k++)
        {
            if (_whole[k] <= 0) continue;
            double gap = _profiles[i][k] / _rows[i] - _profiles[j][k] / _rows[j];
            sum += gap * gap / _whole[k];
        }
        return sum * _rows[i] * _rows[j] / (_rows[i] + _rows[j]);
    }
}
