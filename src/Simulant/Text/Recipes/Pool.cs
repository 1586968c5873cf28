namespace Simulant.Text.Recipes;

/// <summary>A record that later candidates may see.</summary>
/// <param name="Id"><c>seed:3</c> or the accepted record's place, <c>record:17</c>.</param>
public sealed record PoolMember(string Id, TextRecord Fields, bool Seed);

/// <summary>
/// Seeds and accepted records, in order. A candidate sees it as it stood when its round began: <see cref="View"/> is a length, so
/// a view costs nothing and never changes.
/// </summary>
public sealed class Pool
{
    private readonly List<PoolMember> _members;
    private readonly Lock _gate = new();

    public Pool(IEnumerable<PoolMember> seeds)
    {
        _members = [.. seeds];
        Seeds = _members.Count;
    }

    /// <summary>Seeds stand first.</summary>
    public int Seeds { get; }

    /// <summary>Members by now.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _members.Count;
        }
    }

    internal void Add(PoolMember member)
    {
        lock (_gate) _members.Add(member);
    }

    internal PoolView Now()
    {
        lock (_gate) return new PoolView(this, _members.Count);
    }

    internal PoolMember At(int index)
    {
        lock (_gate) return _members[index];
    }
}

/// <summary>The first members of a pool.</summary>
public readonly struct PoolView(Pool pool, int count)
{
    /// <summary>Seeds among them; they stand first.</summary>
    public int Seeds => pool.Seeds;

    public int Count => count;

    /// <summary>What it is the beginning of.</summary>
    internal Pool Whole => pool;

    public PoolMember this[int index] => index < count ? pool.At(index) : throw new ArgumentOutOfRangeException(nameof(index));
}
