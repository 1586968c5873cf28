using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Diffusion;

/// <summary>
/// What of a batch's rows is known before they are drawn: single values as the restrictions name them, and of one set or
/// interval a value by the column's own distribution within it.
/// </summary>
internal sealed class GivenValues
{
    private const int PlaceSlot = -900, ChoiceSlot = -901;

    private readonly RowLayout _layout;
    private readonly double[]?[] _values; // [column][row]
    private readonly float[] _rows;

    public GivenValues(IReadOnlyList<ModelColumn> columns, RowLayout layout, DrawBatch batch)
    {
        _layout = layout;
        _values = new double[]?[columns.Count];
        foreach (var allowed in batch.Allowed.Where(IsPoint))
        {
            _values[allowed.Column] = new double[batch.Count];
            Array.Fill(_values[allowed.Column]!, allowed.Values is [var only] ? only : allowed.Low);
        }
        if (batch.Allowed.Count > 0 && !batch.Allowed.Any(IsPoint)) Lead(batch);
        Mask = batch.Allowed.Count == 0 ? [] : new float[columns.Count];
        _rows = Mask.Length == 0 ? [] : Write(batch);
    }

    /// <summary>By column, 1 where it is given; empty where none is.</summary>
    public float[] Mask { get; }

    public static bool IsPoint(Allowed allowed) => allowed.Values is [_] || (allowed.Values is null && allowed.Low == allowed.High);

    /// <summary>The given value; null where the column is not given.</summary>
    public double? Of(int column, int row) => _values[column]?[row];

    /// <summary>The given columns' numbers, zeros elsewhere.</summary>
    public ReadOnlySpan<float> Rows(int from, int count) =>
        Mask.Length == 0 ? [] : _rows.AsSpan(from * _layout.Width, count * _layout.Width);

    /// <summary>Gives the column whose set holds the least of its rows; if it holds none, none.</summary>
    private void Lead(DrawBatch batch)
    {
        var led = batch.Allowed.Select(a => (Allowed: a, Parts: PartsOf(a))).MinBy(x => x.Parts.Sum(p => p.Mass));
        double total = led.Parts.Sum(p => p.Mass);
        if (!(total > 0)) return;
        double[] uniform = new double[batch.Count];
        StratifiedUniforms.Fill(uniform, batch, ChoiceSlot);
        double[] values = new double[batch.Count];
        for (int r = 0; r < values.Length; r++)
        {
            double rest = uniform[r] * total;
            int k = 0;
            while (k < led.Parts.Count - 1 && rest >= led.Parts[k].Mass) rest -= led.Parts[k++].Mass;
            var (bin, low, high, mass) = led.Parts[k];
            double u = low + Math.Clamp(rest / mass, 0, 1 - 1e-9) * (high - low);
            values[r] = _layout.Plans[led.Allowed.Column].Bins.Draw(bin, u);
        }
        _values[led.Allowed.Column] = values;
    }

    /// <summary>The column's bins that hold something allowed, which stretch of each, and how many training rows.</summary>
    private List<(int Bin, double Low, double High, double Mass)> PartsOf(Allowed allowed)
    {
        var bins = _layout.Plans[allowed.Column].Bins;
        var parts = new List<(int, double, double, double)>();
        for (int bin = 0; bin < bins.Count; bin++)
        {
            var (low, high) = bins.AllowedShare(bin, allowed);
            if (high > low && bins.Counts[bin] > 0) parts.Add((bin, low, high, (high - low) * bins.Counts[bin]));
        }
        return parts;
    }

    private float[] Write(DrawBatch batch)
    {
        float[] rows = new float[batch.Count * _layout.Width], clean = new float[_layout.Width];
        int[] digits = new int[_layout.Blocks.Count];
        for (int c = 0; c < _values.Length; c++)
        {
            if (_values[c] is not { } values) continue;
            for (int r = 0; r < batch.Count; r++)
            {
                Array.Clear(clean);
                double u = batch.Stream.Uniform(batch.Items[r], PlaceSlot - 2 * c, batch.Attempts[r]);
                _layout.Write(c, values[r], u, 0, clean, digits);
                _layout.Give(c, clean, rows.AsSpan(r * _layout.Width, _layout.Width), Mask);
            }
        }
        return rows;
    }
}
