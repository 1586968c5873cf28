namespace Simulant.Scenes.Physics.Stepping;

/// <summary>
/// Sorts constraints into colours such that within a colour no two move the same body: a colour's constraints may be solved at once and in
/// any
/// order, with one outcome. Greedy in the order given. What finds none of 63 colours is solved last, one after the other.
/// </summary>
internal sealed class Colouring(BodySet bodies)
{
    private const int Colours = 63;

    private readonly ulong[] _taken = new ulong[bodies.Count];
    private readonly int[] _start = new int[Colours + 2];
    private int[] _colour = [], _order = [];

    /// <summary>Constraints by colour.</summary>
    public ReadOnlySpan<int> Order => _order.AsSpan(0, _start[^1]);

    /// <summary>Where colour k begins in <see cref="Order"/>, k to 63; 63 is the rest, and 64 the end.</summary>
    public ReadOnlySpan<int> Start => _start;

    public void Sort(int count, Func<int, (int A, int B)> pair)
    {
        Array.Clear(_taken);
        Array.Clear(_start);
        if (_colour.Length < count) (_colour, _order) = (new int[2 * count], new int[2 * count]);
        for (int i = 0; i < count; i++)
        {
            var (a, b) = pair(i);
            bool moveA = bodies.Facts[a].Moves, moveB = bodies.Facts[b].Moves;
            ulong taken = (moveA ? _taken[a] : 0) | (moveB ? _taken[b] : 0);
            int colour = Math.Min(Colours, System.Numerics.BitOperations.TrailingZeroCount(~taken));
            if (colour < Colours)
            {
                if (moveA) _taken[a] |= 1UL << colour;
                if (moveB) _taken[b] |= 1UL << colour;
            }
            _colour[i] = colour;
            _start[colour + 1]++;
        }
        for (int k = 0; k <= Colours; k++) _start[k + 1] += _start[k];
        Span<int> next = stackalloc int[Colours + 2];
        _start.CopyTo(next);
        for (int i = 0; i < count; i++) _order[next[_colour[i]]++] = i;
    }
}
