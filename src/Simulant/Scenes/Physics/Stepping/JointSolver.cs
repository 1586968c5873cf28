namespace Simulant.Scenes.Physics.Stepping;

/// <summary>All joints of a world, one after the other in their order.</summary>
internal sealed class JointSolver
{
    private readonly BodySet _bodies;
    private readonly StepOptions _options;

    public JointSolver(IReadOnlyList<Joint> joints, BodySet bodies, StepOptions options)
    {
        (_bodies, _options) = (bodies, options);
        All = [.. joints.Select(j => new JointConstraint(j, bodies))];
        Apart = joints.Where(j => !j.Collides)
            .Select(j => new PairKey(Math.Min(j.First, j.Second), Math.Max(j.First, j.Second), 0)).ToHashSet();
    }

    public JointConstraint[] All { get; }

    /// <summary>Pairs that do not collide.</summary>
    public IReadOnlySet<PairKey> Apart { get; }

    /// <summary>Joined bodies are one island, which a motor that drives keeps awake however slowly it starts.</summary>
    public void Join(Islands islands)
    {
        foreach (var joint in All)
        {
            islands.Join(joint.Joint.First, joint.Joint.Second);
            if (joint.Force > 0 && joint.Speed != 0) (_bodies.Slow[joint.Joint.First], _bodies.Slow[joint.Joint.Second]) = (0, 0);
        }
    }

    public void WarmStart() => Each(joint =>
    {
        joint.Refresh();
        joint.WarmStart();
    });

    public void Solve(double h, bool soft)
    {
        var softness = Softness.Of(_options.JointHertz, _options.JointDamping, h);
        Each(joint =>
        {
            if (!soft) joint.Refresh();
            joint.Solve(softness, h, soft);
        });
    }

    private void Each(Action<JointConstraint> act)
    {
        foreach (var joint in All)
            if (_bodies.Active(joint.Joint.First) || _bodies.Active(joint.Joint.Second)) act(joint);
    }
}
