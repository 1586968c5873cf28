using Simulant.Data;
using Simulant.Numerics.Random;

namespace Simulant.Tabular.Rules;

/// <summary>Instants in storage units of a date, a time of day or a timestamp.</summary>
internal static class Instants
{
    public static double FromMicroseconds(double instant, ColumnKind kind) => kind switch
    {
        ColumnKind.Date => Math.Floor(instant / Intensity.Day),
        ColumnKind.Time => Math.Floor(instant - Math.Floor(instant / Intensity.Day) * Intensity.Day),
        _ => Math.Floor(instant),
    };
}

/// <summary>Independent instants of an intensity.</summary>
internal sealed class TimeRule(Intensity intensity, ColumnKind kind) : NumberRule
{
    public override ColumnKind NaturalKind => kind;

    public override double Number(in Address at, int row) =>
        Instants.FromMicroseconds(intensity.Inverse(at.Uniform()), kind);
}

/// <summary>
/// Arrivals of a Poisson process in order, a given number in a window: given their number they are the order statistics of
/// independent instants of the intensity, so item i is the i-th arrival. Items past the number continue in the next window
/// of the same length. Attempts do not enter: a row drawn again keeps its place in time.
/// </summary>
internal sealed class WindowArrivalsRule(Intensity intensity, long count, ColumnKind kind) : NumberRule
{
    public override ColumnKind NaturalKind => kind;

    public override Drawer Bind(Batch batch) => new Bound(intensity, count, kind);

    public override double Number(in Address at, int row) => new Bound(intensity, count, kind).Number(at, row);

    private sealed class Bound(Intensity intensity, long count, ColumnKind kind) : Drawer
    {
        private OrderedUniforms? _order;
        private long _window = -1;

        public override double Number(in Address at, int row)
        {
            var (window, rank) = Math.DivRem(at.Item, count);
            // Two slots a window, apart from the other decisions of the column.
            if (window != _window) _order = new OrderedUniforms(at.Stream, checked((int)(1024 + 2 * window)), count);
            _window = window;
            return Instants.FromMicroseconds(intensity.Inverse(_order!.At(rank)) + window * intensity.Length, kind);
        }
    }
}

/// <summary>
/// Arrivals of an endless Poisson process in order, given its rate. In operational time (Cinlar, "Introduction to Stochastic
/// Processes", 1975, section 4.7) the gaps are unit exponentials: blocks of 4,096 arrivals have gamma lengths, summed up once,
/// and within a block the arrivals are order statistics; the weekly intensity's inverse gives the instants.
/// </summary>
/// <param name="week">Intensity of the week that begins at the start.</param>
/// <param name="perWeek">Expected arrivals a week.</param>
internal sealed class RateArrivalsRule(Intensity week, double perWeek, ColumnKind kind) : NumberRule
{
    private const int Block = 4096;

    public override ColumnKind NaturalKind => kind;

    public override Drawer Bind(Batch batch) => new Bound(week, perWeek, kind, batch.Cache(this, static () => new BlockSums()));

    public override double Number(in Address at, int row) => new Bound(week, perWeek, kind, new BlockSums()).Number(at, row);

    /// <summary>Operational time at the start of every block so far; grows on demand, equal for every order of asking.</summary>
    private sealed class BlockSums
    {
        private readonly List<double> _starts = [0];
        private readonly Lock _lock = new();

        public (double Start, double Length) Of(RandomStream stream, long block)
        {
            lock (_lock)
            {
                while (_starts.Count <= block + 1)
                {
                    var draws = new DrawSequence(stream, _starts.Count - 1, 1020);
                    _starts.Add(_starts[^1] + GammaDraw.Next(ref draws, Block));
                }
                return (_starts[(int)block], _starts[(int)block + 1] - _starts[(int)block]);
            }
        }
    }

    private sealed class Bound(Intensity week, double perWeek, ColumnKind kind, BlockSums sums) : Drawer
    {
        private long _block = -1;
        private double _start, _length;
        private OrderedUniforms? _order;

        public override double Number(in Address at, int row)
        {
            var (block, rank) = Math.DivRem(at.Item, Block);
            if (block != _block)
            {
                (_start, _length) = sums.Of(at.Stream, block);
                _order = new OrderedUniforms(new BlockStream(at.Stream, block).Stream, 0, Block - 1);
                _block = block;
            }
            // The last arrival of a block is its end; the others before it are uniform given the end.
            double weeks = (_start + (rank == Block - 1 ? _length : _length * _order!.At(rank))) / perWeek;
            double whole = Math.Floor(weeks);
            return Instants.FromMicroseconds(week.Inverse(weeks - whole) + whole * Intensity.Week, kind);
        }
    }

    /// <summary>A stream of a block's own, named by bits of the column's stream.</summary>
    private readonly struct BlockStream(RandomStream stream, long block)
    {
        public RandomStream Stream { get; } = Name(stream.Bits(block, 1021));

        private static RandomStream Name((uint A, uint B, uint C, uint D) bits) => new((ulong)bits.A << 32 | bits.B, "arrivals");
    }
}

/// <summary>Another instant later (or earlier) by a delay.</summary>
internal sealed class AfterRule(string column, ColumnKind from, Rule delay, double unit, ColumnKind kind) : NumberRule
{
    public override ColumnKind NaturalKind => kind;
    public override IEnumerable<string> Reads => delay.Reads.Append(column);

    public override Drawer Bind(Batch batch) => new Bound((NumericColumn)batch[column], from, delay.Bind(batch), unit, kind);

    public override double Number(in Address at, int row) => throw new InvalidOperationException("not bound");

    private sealed class Bound(NumericColumn column, ColumnKind from, Drawer delay, double unit, ColumnKind kind) : Drawer
    {
        public override double Number(in Address at, int row)
        {
            double instant = column.Values[row] * (from == ColumnKind.Date ? Intensity.Day : 1);
            return Instants.FromMicroseconds(instant + delay.Number(at, row) * unit, kind);
        }
    }
}
