using Simulant.Data;
using Simulant.Numerics.Kernels;
using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Autoregressive;

/// <summary>
/// Passes over rows of which each has known cells of its own. An input whose column is not known or not drawn yet is zero, as it
/// was in training, so that rows of different known columns share a block: what is known costs no order of its own.
/// </summary>
internal sealed class KnownRowsPass(NetworkShape shape, ColumnCodes[] codes, float[] weights, int[][] fieldsOf)
{
    private const int Lanes = LaneProduct.Lanes;

    private readonly FieldDraw _draw = new(new NetworkSpace(shape));
    private readonly int[] _allInputs = [.. Enumerable.Range(0, shape.Inputs)];
    private readonly float[] _sums = new float[Lanes], _most = new float[Lanes];
    private readonly double[] _first = new double[Lanes];

    private NetworkSpace Space => _draw.Space;

    /// <summary>Draws the open cells of a block in the plain order, given all known ones.</summary>
    /// <param name="rows">At most 64, of <paramref name="known"/>.</param>
    /// <param name="uniforms">[place in the order][row].</param>
    public void Draw(KnownRows known, ReadOnlySpan<int> rows, int[] plain, double[][] uniforms, double[][] into, int start)
    {
        Array.Clear(Space.X);
        for (int c = 0; c < codes.Length; c++)
            for (int lane = 0; lane < rows.Length; lane++)
                if (known.Cells[c][rows[lane]] == Cell.Known) Embed(c, known.Values[c][rows[lane]], lane);
        for (int k = 0; k < plain.Length; k++)
        {
            int column = plain[k];
            bool any = false;
            foreach (int row in rows) any |= known.Cells[column][row] != Cell.Known;
            if (any) DrawColumn(column, rows.Length, uniforms[k].AsSpan(start, rows.Length), known, rows, into[column], start);
            for (int lane = 0; lane < rows.Length; lane++)
                if (known.Cells[column][rows[lane]] == Cell.Known) into[column][start + lane] = known.Values[column][rows[lane]];
        }
    }

    private void DrawColumn(int column, int lanes, Span<double> uniforms, KnownRows known, ReadOnlySpan<int> rows, double[] into, int start)
    {
        var own = codes[column];
        Span<int> first = _draw.First.AsSpan(0, lanes), second = _draw.Second.AsSpan(0, lanes);
        second.Clear();
        for (int part = 0; part < own.Parts; part++)
        {
            var field = shape.Fields[fieldsOf[column][part]];
            // The first digit of a known cell is what its second is drawn after; both are thrown away.
            _draw.Prepare(field, weights, _allInputs);
            if (part == 1) _draw.KeepReal(own, first);
            _draw.Choose(field, part == 0 ? first : second, uniforms);
            for (int lane = 0; lane < lanes; lane++)
                if (known.Cells[column][rows[lane]] != Cell.Known)
                    Network.Embed(field, weights, (part == 0 ? first : second)[lane], Space.X, lane);
        }
        for (int lane = 0; lane < lanes; lane++)
            if (known.Cells[column][rows[lane]] != Cell.Known)
                into[start + lane] = own.Bins.Draw(own.Bin(first[lane], second[lane]), uniforms[lane]);
    }

    /// <summary>Log-probabilities of the cells of a block under one order.</summary>
    /// <param name="rows">At most 64 from <paramref name="start"/> on.</param>
    public void Score(KnownRows known, int start, int rows, int[] order, FieldOrder fields, double[][] into)
    {
        Array.Clear(Space.X);
        foreach (int column in order)
        {
            var own = codes[column];
            for (int part = 0; part < own.Parts; part++)
            {
                int f = fieldsOf[column][part];
                var field = shape.Fields[f];
                Network.HiddenOf(field, weights, fields.Inputs.AsSpan(0, fields.Before[f]), Space.X, Space.Hidden);
                Network.LogitsOf(field, weights, Space, Space.Hidden, Space.Logits);
                Network.Exponentials(Space.Logits.AsSpan(0, field.Codes * Lanes), _sums, _most);
                for (int lane = 0; lane < rows; lane++)
                {
                    int row = start + lane;
                    var cell = known.Cells[column][row];
                    int bin = cell == Cell.Known ? own.Bins.BinOf(known.Values[column][row]) : -1;
                    if (part == own.Parts - 1)
                        into[column][row] = cell == Cell.Open ? 0 : LogOf(own, bin, known.Values[column][row], lane, part);
                    else if (bin >= 0) _first[lane] = Space.Logits[own.Code(bin, 0) * Lanes + lane] / _sums[lane];
                    // The first digit is an input of the second.
                    if (bin >= 0) Network.Embed(field, weights, own.Code(bin, part), Space.X, lane);
                }
            }
        }
    }

    private double LogOf(ColumnCodes own, int bin, double value, int lane, int part)
    {
        if (bin < 0) return own.Bins.LogUnseen(value);
        double mass = 0, density = 0;
        // A number on the edge of two stretches may come from either.
        int from = own.Parts == 1 ? Math.Max(0, bin - 1) : bin, to = own.Parts == 1 ? Math.Min(own.Bins.Count - 1, bin + 1) : bin;
        for (int b = from; b <= to; b++)
        {
            var (m, d) = own.Bins.ShareOf(b, value);
            if (m == 0 && d == 0) continue;
            double p = part == 0 ? Space.Logits[own.Code(b, 0) * Lanes + lane] / _sums[lane] : _first[lane] * Second(own, b, lane);
            mass += p * m;
            density += p * d;
        }
        double sum = mass > 0 ? mass : density;
        return sum > 0 ? Math.Log(sum) : own.Bins.LogUnseen(value);
    }

    /// <summary>Probability of a second digit among those that stand for a level.</summary>
    private double Second(ColumnCodes own, int bin, int lane)
    {
        int first = own.Code(bin, 0), digit = own.Code(bin, 1);
        double real = 0;
        for (int c = 0; c < own.Base; c++)
            if (own.Bin(first, c) >= 0) real += Space.Logits[c * Lanes + lane];
        return real > 0 ? Space.Logits[digit * Lanes + lane] / real : 0;
    }

    private void Embed(int column, double value, int lane)
    {
        int bin = codes[column].Bins.BinOf(value);
        if (bin < 0) return; // missing where it never was: the others are drawn as if nothing were known of it
        for (int part = 0; part < codes[column].Parts; part++)
            Network.Embed(shape.Fields[fieldsOf[column][part]], weights, codes[column].Code(bin, part), Space.X, lane);
    }
}
