using Simulant.Numerics.Random;

namespace Simulant.Text.Records;

/// <summary>
/// Deals turns to units round by round, each round in another order, a unit leaving when its own are used up. Finding a turn
/// takes a search among the few rounds at which units leave.
/// </summary>
internal sealed class Rounds
{
    private readonly RandomStream _order;
    private readonly List<Stretch> _stretches = [];

    /// <summary>Rounds that the same units play: the first turn and round of the stretch, and the units.</summary>
    private sealed record Stretch(long Turn, long Round, int[] Units);

    public Rounds(IEnumerable<long?> counts, RandomStream order)
    {
        _order = order;
        long?[] all = [.. counts];
        long turn = 0, round = 0;
        while (true)
        {
            int[] left = [.. Enumerable.Range(0, all.Length).Where(u => all[u] is not { } c || c > round)];
            if (left.Length == 0) break;
            _stretches.Add(new Stretch(turn, round, left));
            if (left.All(u => all[u] is null)) return;
            long end = left.Where(u => all[u] is not null).Min(u => all[u]!.Value);
            turn += (end - round) * left.Length;
            round = end;
        }
        Count = turn;
    }

    public long? Count { get; }

    /// <summary>Whose turn it is, and which of that unit's turns.</summary>
    public (int Unit, long Turn) this[long turn]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(turn);
            if (Count is { } count) ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(turn, count);
            int low = 0;
            for (int high = _stretches.Count - 1; low < high;)
            {
                int middle = (low + high + 1) / 2;
                if (_stretches[middle].Turn <= turn) low = middle;
                else high = middle - 1;
            }
            var stretch = _stretches[low];
            var (round, place) = Math.DivRem(turn - stretch.Turn, stretch.Units.Length);
            // The round is part of the key, so that no two rounds share an order.
            var order = new IndexPermutation(_order, (int)((stretch.Round + round) & int.MaxValue), stretch.Units.Length);
            return (stretch.Units[order.Map(place)], stretch.Round + round);
        }
    }
}
