using Simulant.Numerics.Physics;

namespace Simulant.Scenes.Physics.Stepping;

/// <summary>All bodies of a world: their states, and where their vertices and boxes are in this step.</summary>
internal sealed class BodySet
{
    private readonly int[] _vertexStart, _normalStart;
    private readonly Vec3[] _vertices, _normals;

    public BodySet(IReadOnlyList<RigidBody> bodies)
    {
        Count = bodies.Count;
        Facts = [.. bodies.Select(BodyFacts.Of)];
        States = [.. bodies.Select((body, i) => Facts[i].Start(body))];
        Asleep = new bool[Count];
        Slow = new double[Count];
        Rests = [.. States.Select(s => (s.Place, s.Turn, 0.0))];
        (Low, High) = (new Vec3[Count], new Vec3[Count]);
        Forces = new Vec3[Count];
        Torques = new Vec3[Count];
        (_vertexStart, _normalStart) = (new int[Count + 1], new int[Count + 1]);
        for (int i = 0; i < Count; i++)
        {
            _vertexStart[i + 1] = _vertexStart[i] + (Facts[i].Convex?.Vertices.Length ?? 0);
            _normalStart[i + 1] = _normalStart[i] + (Facts[i].Convex?.Faces ?? 0);
        }
        (_vertices, _normals) = (new Vec3[_vertexStart[Count]], new Vec3[_normalStart[Count]]);
        for (int i = 0; i < Count; i++) Place(i);
    }

    public int Count { get; }

    public BodyFacts[] Facts { get; }

    public BodyState[] States { get; }

    public bool[] Asleep { get; }

    /// <summary>Seconds that each body has kept its place for.</summary>
    public double[] Slow { get; }

    /// <summary>Where each body was when its window of watching began, and how many seconds ago.</summary>
    public (Vec3 Place, Quat Turn, double Seconds)[] Rests { get; }

    /// <summary>Corners of each convex body's box, as it stands.</summary>
    public Vec3[] Low { get; }

    public Vec3[] High { get; }

    /// <summary>Held on each body through the next step: newtons at its centre of mass, and newton metres.</summary>
    public Vec3[] Forces { get; }

    public Vec3[] Torques { get; }

    /// <summary>Whether the body may move in this step.</summary>
    public bool Active(int body) => Facts[body].Kind != BodyKind.Static && !Asleep[body];

    public Placed this[int body] => new(Facts[body].Convex!,
        _vertices.AsSpan(_vertexStart[body], _vertexStart[body + 1] - _vertexStart[body]),
        _normals.AsSpan(_normalStart[body], _normalStart[body + 1] - _normalStart[body]), States[body].Place);

    /// <summary>Puts vertices, normals and box where the state says.</summary>
    public void Place(int body)
    {
        if (Facts[body].Convex is not { } shape) return;
        ref var state = ref States[body];
        const double Far = double.MaxValue;
        var (low, high) = (new Vec3(Far, Far, Far), new Vec3(-Far, -Far, -Far));
        var to = _vertices.AsSpan(_vertexStart[body]);
        for (int v = 0; v < shape.Vertices.Length; v++)
        {
            var at = state.Rotation * shape.Vertices[v] + state.Place;
            to[v] = at;
            (low, high) = (Vec3.Min(low, at), Vec3.Max(high, at));
        }
        var radius = new Vec3(shape.Radius, shape.Radius, shape.Radius);
        (Low[body], High[body]) = (low - radius, high + radius);
        var normals = _normals.AsSpan(_normalStart[body]);
        for (int f = 0; f < shape.Faces; f++) normals[f] = state.Rotation * shape.Normals[f];
    }

    /// <summary>A body's box, grown, in the axes of another.</summary>
    public (Vec3 Low, Vec3 High) BoxWithin(int other, int body, double grown)
    {
        ref var at = ref States[other];
        Vec3 centre = at.Rotation.Back((Low[body] + High[body]) * 0.5 - at.Place), half = (High[body] - Low[body]) * 0.5;
        var t = at.Rotation.Transposed;
        half = new Vec3(Vec3.Dot(Vec3.Abs(t.X), half), Vec3.Dot(Vec3.Abs(t.Y), half), Vec3.Dot(Vec3.Abs(t.Z), half))
            + new Vec3(grown, grown, grown);
        return (centre - half, centre + half);
    }

    /// <summary>How far a point of the body may come within a time, in metres: by its speed, its turning, and what pulls it.</summary>
    public double Travel(int body, double seconds, double pull)
    {
        if (!Active(body)) return 0;
        ref var state = ref States[body];
        double reach = Facts[body].Convex?.Reach ?? 0;
        return (state.Velocity.Length + Math.Min(state.Spin.Length * seconds, 2) / seconds * reach + pull * seconds) * seconds;
    }
}
