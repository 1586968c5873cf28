using Simulant.Images;
using Simulant.Images.Sets;

namespace Simulant.Augment;

/// <summary>
/// A set's pictures for mixing: read when they are asked for, the latest kept as far as they fit. What is kept changes no result.
/// </summary>
/// <param name="load">Picture i with its labels; any thread may ask.</param>
/// <param name="most">Bytes of pictures that are kept.</param>
public sealed class SetPool(long count, Func<long, Labelled> load, long most = 256L << 20) : IPicturePool
{
    public SetPool(PictureSet set, long most = 256L << 20)
        : this(set.Pictures.Count, index => set.Load((int)index), most)
    {
    }

    private readonly Lock _lock = new();
    private readonly Dictionary<long, LinkedListNode<(long Index, Labelled Picture)>> _kept = [];
    private readonly LinkedList<(long Index, Labelled Picture)> _latest = [];
    private long _bytes;

    public long Count => count;

    public Labelled Get(long index)
    {
        lock (_lock)
            if (_kept.TryGetValue(index, out var node))
            {
                _latest.Remove(node);
                _latest.AddFirst(node);
                return node.Value.Picture;
            }
        // Two threads may read the same picture at once; that costs time and nothing else.
        var picture = load(index);
        lock (_lock)
        {
            if (_kept.TryGetValue(index, out var other)) return other.Value.Picture;
            _kept[index] = _latest.AddFirst((index, picture));
            _bytes += picture.Image.Samples.Length;
            while (_bytes > most && _latest.Last is { } last && last.Value.Index != index)
            {
                _latest.RemoveLast();
                _kept.Remove(last.Value.Index);
                _bytes -= last.Value.Picture.Image.Samples.Length;
            }
        }
        return picture;
    }
}
