using Simulant.Data;
using Simulant.Numerics.Kernels;
using Simulant.Numerics.Random;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Learning;

namespace Simulant.Tabular.Autoregressive;

/// <summary>The fitted network. Columns are drawn one after the other; those under a condition come first.</summary>
internal sealed class AutoregressiveModel : IKnownRowsModel, ITrained
{
    private readonly IReadOnlyList<ModelColumn> _columns;
    private readonly ColumnCodes[] _codes;
    private readonly int[] _plain;
    private readonly NetworkShape _shape;
    private readonly float[] _weights;
    private readonly int[][] _fieldsOf;
    private readonly FieldOrder _plainOrder;

    public AutoregressiveModel(IReadOnlyList<ModelColumn> columns, ColumnCodes[] codes, int[] plain, NetworkShape shape, float[] weights)
    {
        _columns = columns;
        _codes = codes;
        _plain = plain;
        _shape = shape;
        _weights = weights;
        _plainOrder = new FieldOrder(shape, plain);
        _fieldsOf = new int[columns.Count][];
        for (int c = 0; c < _fieldsOf.Length; c++)
            _fieldsOf[c] = [.. Enumerable.Range(0, shape.Fields.Count).Where(f => shape.Fields[f].Column == c)];
    }

    public TrainingCurve? Training { get; init; }

    /// <summary>The sub-columns, column by column in the plain order.</summary>
    public static NetworkShape ShapeOf(ColumnCodes[] codes, int[] plain, double hiddenScale) =>
        new([.. plain.SelectMany(c => Enumerable.Range(0, codes[c].Parts)
            .Select(part => (c, codes[c].CodesOf(part), codes[c].Ordered)))], hiddenScale);

    public void Draw(DrawBatch batch, CancellationToken cancel)
    {
        bool exact = RestrictsExactly(batch.Allowed);
        int[] columns = OrderUnder(batch.Allowed);
        var order = batch.Allowed.Count == 0 ? _plainOrder : new FieldOrder(_shape, columns);
        double[][] uniforms = Uniforms(batch, columns);
        var space = new NetworkSpace(_shape);
        var draw = new FieldDraw(space);
        for (int start = 0; start < batch.Count; start += LaneProduct.Lanes)
        {
            cancel.ThrowIfCancellationRequested();
            int lanes = Math.Min(LaneProduct.Lanes, batch.Count - start);
            Array.Clear(space.X);
            for (int k = 0; k < columns.Length; k++)
            {
                var allowed = AllowedIn(batch.Allowed, columns[k]);
                DrawColumn(columns[k], allowed, exact, order, uniforms[k].AsSpan(start, lanes), batch, start, draw);
            }
        }
    }

    public int TrainingRows => _codes.Length == 0 ? 0 : _codes[0].Bins.Rows;

    public void DrawOpen(DrawBatch batch, KnownRows known, ReadOnlySpan<int> rows, CancellationToken cancel)
    {
        double[][] uniforms = Uniforms(batch, _plain);
        var pass = new KnownRowsPass(_shape, _codes, _weights, _fieldsOf);
        for (int start = 0; start < batch.Count; start += LaneProduct.Lanes)
        {
            cancel.ThrowIfCancellationRequested();
            int lanes = Math.Min(LaneProduct.Lanes, batch.Count - start);
            pass.Draw(known, rows.Slice(start, lanes), _plain, uniforms, batch.Values, start);
        }
    }

    public void LogLikelihood(KnownRows known, int order, double[][] into, RunContext run)
    {
        int[] columns = order == 0 ? _plain : new RandomStream(1, "likelihood orders").Permutation(_plain.Length, order);
        var fields = new FieldOrder(_shape, columns);
        const int rowsAtOnce = 16 * LaneProduct.Lanes;
        Work.For((known.Count + rowsAtOnce - 1) / rowsAtOnce, run, piece =>
        {
            var pass = new KnownRowsPass(_shape, _codes, _weights, _fieldsOf);
            int end = Math.Min(known.Count, (piece + 1) * rowsAtOnce);
            for (int start = piece * rowsAtOnce; start < end; start += LaneProduct.Lanes)
            {
                run.Cancel.ThrowIfCancellationRequested();
                pass.Score(known, start, Math.Min(LaneProduct.Lanes, end - start), columns, fields, into);
            }
        });
    }

    public void LogMarginals(KnownRows known, double[][] into, RunContext run) => Work.For(into.Length, run, c =>
    {
        var bins = _codes[c].Bins;
        for (int r = 0; r < known.Count; r++)
            into[c][r] = known.Cells[c][r] switch
            {
                Cell.Open => 0,
                Cell.Known => bins.LogMarginal(known.Values[c][r]),
                _ => bins.LogUnseen(known.Values[c][r]),
            };
    });

    private static double[][] Uniforms(DrawBatch batch, int[] columns)
    {
        var uniforms = new double[columns.Length][];
        for (int k = 0; k < columns.Length; k++)
        {
            uniforms[k] = new double[batch.Count];
            StratifiedUniforms.Fill(uniforms[k], batch, columns[k]);
        }
        return uniforms;
    }

    public bool RestrictsExactly(IReadOnlyList<int> columns) => columns.Count == 0;

    /// <summary>
    /// Given values come first and need no drawing; one column restricted to a set or interval, drawn next, then follows its
    /// conditional distribution. A second such column would need weighting.
    /// </summary>
    public bool RestrictsExactly(IReadOnlyList<Allowed> allowed)
    {
        int sets = 0;
        foreach (var a in allowed)
        {
            if (PointOf(a) >= 0) continue;
            if (_codes[a.Column].Parts > 1) return false;
            sets++;
        }
        return sets <= 1;
    }

    /// <summary>The one bin that the restriction leaves, or -1.</summary>
    private int PointOf(Allowed allowed)
    {
        double value = allowed.Values is [var only] ? only
            : allowed.Values is null && allowed.Low == allowed.High ? allowed.Low : double.PositiveInfinity;
        if (double.IsPositiveInfinity(value)) return -1;
        int bin = _codes[allowed.Column].Bins.BinOf(value);
        if (bin < 0) return -1;
        // A number that no stretch gives is conditioned on as its neighbours would be, and comes back as it was given.
        if (_columns[allowed.Column] is { IsNumeric: true, AtomsOnly: false } && double.IsFinite(value)) return bin;
        var (low, high) = _codes[allowed.Column].Bins.AllowedShare(bin, allowed);
        return high > low ? bin : -1;
    }

    private int[] OrderUnder(IReadOnlyList<Allowed> allowed)
    {
        if (allowed.Count == 0) return _plain;
        int Rank(int column) => AllowedIn(allowed, column) is not { } a ? 2 : PointOf(a) >= 0 ? 0 : 1;
        return [.. _plain.OrderBy(Rank)];
    }

    private static Allowed? AllowedIn(IReadOnlyList<Allowed> allowed, int column)
    {
        foreach (var a in allowed)
            if (a.Column == column) return a;
        return null;
    }

    private void DrawColumn(int column, Allowed? allowed, bool exact, FieldOrder order, Span<double> uniforms, DrawBatch batch,
        int start, FieldDraw draw)
    {
        var codes = _codes[column];
        int lanes = uniforms.Length;
        double[] values = batch.Values[column];
        int point = allowed is null ? -1 : PointOf(allowed);
        Span<int> first = draw.First.AsSpan(0, lanes), second = draw.Second.AsSpan(0, lanes);
        second.Clear();
        double given = point >= 0 && exact && _columns[column].IsNumeric ? allowed!.Values is [var only] ? only : allowed.Low : double.NaN;
        var shares = allowed is null || (point >= 0 && exact) ? null : new CodeShares(codes, allowed);
        for (int part = 0; part < codes.Parts; part++)
        {
            int f = _fieldsOf[column][part];
            var field = _shape.Fields[f];
            var drawn = part == 0 ? first : second;
            if (point >= 0 && exact)
            {
                drawn.Fill(codes.Code(point, part));
            }
            else
            {
                var inputs = order.Inputs.AsSpan(0, order.Before[f]);
                draw.Prepare(field, _weights, inputs);
                var weights = batch.LogWeights.AsSpan(start, lanes);
                if (shares is not null) draw.Restrict(shares, part, first, weights);
                else if (part == 1) draw.KeepReal(codes, first);
                draw.Choose(field, drawn, uniforms);
            }
            for (int lane = 0; lane < lanes; lane++) Network.Embed(field, _weights, drawn[lane], draw.Space.X, lane);
        }
        for (int lane = 0; lane < lanes; lane++)
        {
            int bin = codes.Bin(first[lane], second[lane]);
            double u = uniforms[lane];
            if (shares is not null)
            {
                var (low, high) = shares.Within(bin);
                if (high > low) u = low + u * (high - low);
            }
            values[start + lane] = double.IsFinite(given) ? given : codes.Bins.Draw(bin, u);
        }
    }

    public void Save(BinaryWriter to)
    {
        to.Write(_shape.HiddenScale);
        foreach (int c in _plain) to.Write(c);
        foreach (var codes in _codes) codes.Bins.Save(to);
        ModelWeights.Write(to, _shape.Tensors([.. _columns.Select(c => c.Name)]).Select(t => (t.Name,
            (IReadOnlyList<long>)[t.Rows, t.Columns], (ReadOnlyMemory<float>)_weights.AsMemory(t.Offset, t.Rows * t.Columns))));
        to.Write(Training is not null);
        if (Training is not null) TrainingCurves.Write(Training, to);
    }

    public static AutoregressiveModel Load(BinaryReader from, IReadOnlyList<ModelColumn> columns)
    {
        double scale = from.ReadDouble();
        int[] plain = new int[columns.Count];
        for (int k = 0; k < plain.Length; k++) plain[k] = from.ReadInt32();
        if (!plain.Order().SequenceEqual(Enumerable.Range(0, plain.Length)) || !(scale > 0 && scale <= 64))
            throw new InvalidDataException("the order of the columns is damaged");
        var codes = new ColumnCodes[columns.Count];
        for (int c = 0; c < codes.Length; c++) codes[c] = ColumnCodes.Of(ColumnBins.Load(from, columns[c]));
        var shape = ShapeOf(codes, plain, scale);
        float[] weights = new float[shape.Weights];
        var stored = ModelWeights.Read(from).Tensors;
        var tensors = shape.Tensors([.. columns.Select(c => c.Name)]).ToList();
        foreach (var t in tensors)
        {
            if (!stored.TryGetValue(t.Name, out var found) || !found.Shape.SequenceEqual([t.Rows, t.Columns]))
                throw new InvalidDataException($"the network's weights do not fit its columns: '{t.Name}' is not {t.Rows} x {t.Columns}");
            found.Values.CopyTo(weights, t.Offset);
        }
        if (stored.Count != tensors.Count) throw new InvalidDataException("the network's weights do not fit its columns: there are more");
        return new AutoregressiveModel(columns, codes, plain, shape, weights)
        {
            Training = from.ReadBoolean() ? TrainingCurves.Read(from) : null,
        };
    }
}
