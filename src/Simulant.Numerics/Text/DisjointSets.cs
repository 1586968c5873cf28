namespace Simulant.Numerics.Text;

/// <summary>
/// Sets of items that were joined, each known by its least item, whatever the order of joining. Source: Tarjan 1975, with path
/// halving; the least root wins, so paths stay short by halving alone.
/// </summary>
public sealed class DisjointSets
{
    private int[] _parent = new int[1024];

    /// <summary>Items so far: 0 to Count - 1.</summary>
    public int Count { get; private set; }

    /// <summary>Adds an item that is alone; returns its number.</summary>
    public int Add()
    {
        if (Count == _parent.Length) Array.Resize(ref _parent, Count * 2);
        _parent[Count] = Count;
        return Count++;
    }

    /// <summary>The least item of the item's set.</summary>
    public int Least(int item)
    {
        while (_parent[item] != item) item = _parent[item] = _parent[_parent[item]];
        return item;
    }

    public void Join(int a, int b)
    {
        (a, b) = (Least(a), Least(b));
        if (a < b) _parent[b] = a;
        else if (b < a) _parent[a] = b;
    }
}
