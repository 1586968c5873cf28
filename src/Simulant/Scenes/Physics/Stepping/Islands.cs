namespace Simulant.Scenes.Physics.Stepping;

/// <summary>
/// What touches, or is joined, is one island, and sleeps or wakes as a whole. Bodies that no force moves join nothing.
/// </summary>
internal sealed class Islands(BodySet bodies)
{
    private readonly int[] _parent = new int[bodies.Count];
    private readonly double[] _least = new double[bodies.Count];
    private readonly bool[] _awake = new bool[bodies.Count], _asleep = new bool[bodies.Count];

    public void Begin()
    {
        for (int i = 0; i < _parent.Length; i++) _parent[i] = i;
    }

    public void Join(int a, int b)
    {
        if (!bodies.Facts[a].Moves || !bodies.Facts[b].Moves) return;
        int x = Root(a), y = Root(b);
        // The lower number leads, so that islands do not depend on the order of joining.
        if (x < y) _parent[y] = x;
        else _parent[x] = y;
    }

    /// <summary>Wakes islands in which something is awake and something asleep. True where a body woke.</summary>
    public bool Wake()
    {
        Array.Clear(_awake);
        Array.Clear(_asleep);
        for (int i = 0; i < _parent.Length; i++)
        {
            if (!bodies.Facts[i].Moves) continue;
            if (bodies.Asleep[i]) _asleep[Root(i)] = true;
            else _awake[Root(i)] = true;
        }
        bool woke = false;
        for (int i = 0; i < _parent.Length; i++)
        {
            int root = Root(i);
            if (!bodies.Asleep[i] || !_awake[root]) continue;
            (bodies.Asleep[i], bodies.Slow[i], woke) = (false, 0, true);
        }
        return woke;
    }

    /// <summary>Puts to sleep islands in which everything has been in its place for long enough.</summary>
    public void Rest(double after)
    {
        Array.Fill(_least, double.PositiveInfinity);
        for (int i = 0; i < _parent.Length; i++)
            if (bodies.Facts[i].Moves && !bodies.Asleep[i]) _least[Root(i)] = Math.Min(_least[Root(i)], bodies.Slow[i]);
        for (int i = 0; i < _parent.Length; i++)
        {
            if (!bodies.Facts[i].Moves || bodies.Asleep[i] || _least[Root(i)] < after) continue;
            bodies.Asleep[i] = true;
            (bodies.States[i].Velocity, bodies.States[i].Spin) = (default, default);
        }
    }

    private int Root(int body)
    {
        while (_parent[body] != body)
        {
            _parent[body] = _parent[_parent[body]];
            body = _parent[body];
        }
        return body;
    }
}
