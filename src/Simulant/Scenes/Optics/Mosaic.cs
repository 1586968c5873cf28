using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Pixels;

namespace Simulant.Scenes.Optics;

/// <summary>
/// From one colour a pixel to three. Every pixel is given all four sums that its neighbours allow (the other colours at green, along the
/// row and along the column; green; and the colour across), and takes those its place in the mosaic asks for.
/// </summary>
internal sealed class Mosaic
{
    // Neighbours reach two pixels; beyond the border the mosaic is mirrored, which keeps its colours in step.
    private const int Reach = 2;

    private readonly int _width, _height, _stride;
    private readonly float[] _padded;
    private readonly BayerPattern _bayer;
    private readonly bool _malvar;

    private Mosaic(RawFrame raw, Demosaic way, Vector3 gains, RunContext run)
    {
        (_width, _height, _bayer, _malvar) = (raw.Width, raw.Height, raw.Bayer, way == Demosaic.Malvar);
        _stride = _width + 2 * Reach + Vector<float>.Count;
        _padded = new float[_stride * (_height + 2 * Reach)];
        float scale = 1f / ((1 << raw.Bits) - 1 - raw.Black);
        Planes.EachRow(_height, run, y =>
        {
            var counts = raw.Counts.AsSpan(y * _width, _width);
            var row = _padded.AsSpan((y + Reach) * _stride, _stride);
            for (int phase = 0; phase < 2; phase++)
            {
                int colour = RawFrame.Colour(_bayer, phase, y);
                float gain = scale * (colour == 0 ? gains.X : colour == 1 ? gains.Y : gains.Z);
                // A colour that is full says no more than white does.
                for (int x = phase; x < _width; x += 2) row[Reach + x] = MathF.Min(1, (counts[x] - raw.Black) * gain);
            }
            for (int x = 1; x <= Reach; x++)
            {
                row[Reach - x] = row[Reach + Filters.Reflect(-x, _width)];
                row[Reach + _width - 1 + x] = row[Reach + Filters.Reflect(_width - 1 + x, _width)];
            }
        });
        for (int y = 1; y <= Reach; y++)
        {
            Copy(Filters.Reflect(-y, _height), -y);
            Copy(Filters.Reflect(_height - 1 + y, _height), _height - 1 + y);
        }
    }

    public static Planes Filled(RawFrame raw, Demosaic way, Vector3 gains, RunContext run)
    {
        var planes = new Planes(raw.Width, raw.Height);
        if (raw.Bayer == BayerPattern.None)
        {
            float scale = 1f / ((1 << raw.Bits) - 1 - raw.Black);
            Planes.EachRow(raw.Height, run, y =>
            {
                var counts = raw.Counts.AsSpan(y * raw.Width * 3, raw.Width * 3);
                for (int c = 0; c < 3; c++)
                {
                    var row = planes.Row(c, y);
                    float gain = scale * (c == 0 ? gains.X : c == 1 ? gains.Y : gains.Z);
                    for (int x = 0; x < row.Length; x++) row[x] = MathF.Min(1, (counts[3 * x + c] - raw.Black) * gain);
                }
            });
            return planes;
        }
        var mosaic = new Mosaic(raw, way, gains, run);
        Planes.EachRow(raw.Height, run, y => mosaic.Row(planes, y));
        return planes;
    }

    private void Copy(int from, int to) =>
        _padded.AsSpan((from + Reach) * _stride, _stride).CopyTo(_padded.AsSpan((to + Reach) * _stride, _stride));

    private void Row(Planes planes, int y)
    {
        int length = (_width + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        Span<float> green = new float[4 * length], along = green[length..], across = green[(2 * length)..],
            diagonal = green[(3 * length)..];
        for (int x = 0; x < _width; x += Vector<float>.Count)
        {
            Sums(x, y, out var g, out var a, out var c, out var d);
            g.CopyTo(green[x..]);
            a.CopyTo(along[x..]);
            c.CopyTo(across[x..]);
            d.CopyTo(diagonal[x..]);
        }
        var own = _padded.AsSpan((y + Reach) * _stride + Reach, _width);
        for (int phase = 0; phase < 2; phase++)
        {
            int colour = RawFrame.Colour(_bayer, phase, y), beside = RawFrame.Colour(_bayer, 1 - phase, y);
            Span<float> mine = planes.Row(colour, y), other = planes.Row(colour == 1 ? beside : 1, y);
            var third = planes.Row(colour == 1 ? 2 - beside : 2 - colour, y);
            Span<float> second = colour == 1 ? along : green, last = colour == 1 ? across : diagonal;
            for (int x = phase; x < _width; x += 2) (mine[x], other[x], third[x]) = (own[x], second[x], last[x]);
        }
    }

    private void Sums(int x, int y, out Vector<float> green, out Vector<float> along, out Vector<float> across, out Vector<float> diagonal)
    {
        int at = (y + Reach) * _stride + Reach + x;
        Vector<float> Near(int dx, int dy) => new(_padded, at + dy * _stride + dx);
        Vector<float> c = Near(0, 0), rows = Near(0, -1) + Near(0, 1), columns = Near(-1, 0) + Near(1, 0);
        var corners = Near(-1, -1) + Near(1, -1) + (Near(-1, 1) + Near(1, 1));
        if (!_malvar)
        {
            (green, along, across, diagonal) = ((rows + columns) * 0.25f, columns * 0.5f, rows * 0.5f, corners * 0.25f);
            return;
        }
        Vector<float> farRows = Near(0, -2) + Near(0, 2), farColumns = Near(-2, 0) + Near(2, 0);
        green = (c * 4 + (rows + columns) * 2 - (farRows + farColumns)) * 0.125f;
        along = (c * 5 + columns * 4 - farColumns - corners + farRows * 0.5f) * 0.125f;
        across = (c * 5 + rows * 4 - farRows - corners + farColumns * 0.5f) * 0.125f;
        diagonal = (c * 6 + corners * 2 - (farRows + farColumns) * 1.5f) * 0.125f;
    }
}
