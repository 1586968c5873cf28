using Simulant.Numerics.Physics;

namespace Simulant.Scenes.Physics.Identifying;

/// <summary>
/// Runs an experiment in dual numbers from event to event: between them motion is smooth, and an event's time has slopes of its own, by
/// the implicit function theorem, so that the slopes of what follows are right through bounces and the ends of sliding. Time steps of
/// fixed length with contacts solved at their ends have none of that.
/// </summary>
internal sealed class ExperimentRun
{
    // Seconds of a Runge-Kutta step; only directions of sliding under a side force change within it.
    private const double Step = 0.005;

    // A slide is over below this slip, and events are found to this time.
    private const double Still = 1e-9, Instant = 1e-13;

    private readonly Experiment _experiment;
    private readonly Moving[] _bodies;
    private readonly double[] _marks;

    private enum Phase
    {
        Flying,
        Sliding,

        /// <summary>A block that stands, or a ball that rolls.</summary>
        Holding,
    }

    private sealed record Moving(Probe Probe, Dual Mass, Dual Friction, Dual Restitution)
    {
        public Dual3 Place { get; set; }

        public Dual3 Velocity { get; set; }

        public Dual3 Spin { get; set; }

        public Phase Phase { get; set; }

        /// <summary>How fast what touches the ground moves over it.</summary>
        public Dual3 Slip => Probe.Block ? new(Velocity.X, 0, Velocity.Z)
            : new(Velocity.X + Spin.Z * Probe.Radius, 0, Velocity.Z - Spin.X * Probe.Radius);

        /// <summary>Part of the mass that resists a push at the ground: balls give way by turning, with 2/5 m r2.</summary>
        public double Resists => Probe.Block ? 1 : 2.0 / 7;
    }

    private readonly record struct Change(Dual3 Velocity, Dual3 Acceleration, Dual3 Turning);

    public ExperimentRun(Experiment experiment, IReadOnlyList<Unknown> unknowns, IReadOnlyList<double> values)
    {
        _experiment = experiment;
        Dual Of(int body, ProbeProperty property, double known)
        {
            for (int u = 0; u < unknowns.Count; u++)
                if (unknowns[u] == new Unknown(body, property)) return Dual.Unknown(values[u], u);
            return known;
        }
        _bodies = [.. experiment.Probes.Select((p, i) => new Moving(p, Of(i, ProbeProperty.Mass, p.Mass),
            Of(i, ProbeProperty.Friction, p.Friction), Of(i, ProbeProperty.Restitution, p.Restitution))
        {
            Place = Dual3.Of(p.Place),
            Velocity = Dual3.Of(p.Velocity),
            Spin = Dual3.Of(p.Spin),
        })];
        var changes = (experiment.Pushes ?? []).SelectMany(p => new[] { p.From, p.To });
        _marks = [.. experiment.Times.Concat(changes).Where(t => t > 0).Distinct().Order()];
    }

    public Dual3[] Places()
    {
        var places = new List<Dual3>();
        double now = 0;
        Enter(0);
        foreach (double mark in _marks)
        {
            if (mark > _experiment.Times[^1]) break;
            Dual time = now;
            while (mark - time.Value > Instant) time = Advance(time, Math.Min(mark, time.Value + Step));
            now = mark;
            if (_experiment.Times.Contains(mark)) places.AddRange(_bodies.Select(b => b.Place));
            Enter(mark);
        }
        return [.. places];
    }

    // Settles what each body on the ground does under the forces from a time on.
    private void Enter(double time)
    {
        for (int i = 0; i < _bodies.Length; i++)
        {
            var body = _bodies[i];
            bool grounded = body.Phase != Phase.Flying
                || body.Place.Y.Value <= body.Probe.Radius + 1e-9 && Math.Abs(body.Velocity.Y.Value) < 1e-9;
            if (grounded) Settle(body, Force(i, time));
        }
    }

    private static void Settle(Moving body, Dual3 force)
    {
        if (-force.Y.Value <= 0)
        {
            body.Phase = Phase.Flying;
            return;
        }
        body.Velocity = body.Velocity with { Y = 0 };
        if (body.Slip.Value.Length > Still)
        {
            body.Phase = Phase.Sliding;
            return;
        }
        // What friction would have to be for the ground's point to stay still.
        var needed = new Vec3(force.X.Value, 0, force.Z.Value) * body.Resists;
        body.Phase = needed.Length <= body.Friction.Value * -force.Y.Value ? Phase.Holding : Phase.Sliding;
    }

    private Dual3 Force(int i, double time)
    {
        var body = _bodies[i];
        var force = Dual3.Of(_experiment.Pull) * body.Mass;
        foreach (var push in _experiment.Pushes ?? [])
            if (push.Body == i && push.From <= time + Instant && time + Instant < push.To) force += Dual3.Of(push.Force);
        return force;
    }

    // One step, or up to the first event within it.
    private Dual Advance(Dual from, double to)
    {
        var forces = Enumerable.Range(0, _bodies.Length).Select(i => Force(i, from.Value)).ToArray();
        var start = _bodies.Select(b => (b.Place, b.Velocity, b.Spin)).ToArray();
        var ways = _bodies.Select(b => Way(b, forces)).ToArray();
        Dual whole = to - from;
        Move(start, forces, ways, whole);
        var events = Events(start, ways).Where(e => e.At(_bodies).Value < 0).ToList();
        if (events.Count == 0) return to;
        double best = double.PositiveInfinity;
        Event first = events[0];
        foreach (var one in events)
        {
            double at = Find(one, start, forces, ways, whole.Value, best);
            if (at < best) (best, first) = (at, one);
        }
        // One Newton step in dual numbers gives the event's time its slopes.
        Move(start, forces, ways, best);
        double ahead = Math.Max(best * 1e-6, 1e-9);
        var here = first.At(_bodies);
        Move(start, forces, ways, best + ahead);
        double slope = (first.At(_bodies).Value - here.Value) / ahead;
        Dual time = best - here / slope;
        time = time with { Value = best };
        Move(start, forces, ways, time);
        first.Happen(time.Value + from.Value);
        return from + time;
    }

    private readonly record struct Event(Func<Moving[], Dual> At, Action<double> Happen);

    private IEnumerable<Event> Events((Dual3 Place, Dual3 Velocity, Dual3 Spin)[] start, Dual3[] ways)
    {
        for (int i = 0; i < _bodies.Length; i++)
        {
            int n = i;
            if (_bodies[i].Phase == Phase.Flying && (start[i].Velocity.Y.Value < 0 || _bodies[i].Velocity.Y.Value < 0))
                yield return new(b => b[n].Place.Y - b[n].Probe.Radius, time => Land(n, time));
            var way = ways[i];
            if (_bodies[i].Phase == Phase.Sliding && way.Value != Vec3.Zero)
                yield return new(b => Dual3.Dot(b[n].Slip, way), time => Stop(n, time));
            if (_bodies[i].Probe.Block) continue;
            for (int j = i + 1; j < _bodies.Length; j++)
            {
                int m = j;
                if (_bodies[j].Probe.Block || Vec3.Dot((_bodies[j].Place - _bodies[i].Place).Value,
                    (_bodies[j].Velocity - _bodies[i].Velocity).Value) >= 0) continue;
                yield return new(b => Apart(b[n], b[m]), time => Meet(n, m, time));
            }
        }
    }

    // The direction of sliding, or, where it is just about to begin, of the force.
    private static Dual3 Way(Moving body, Dual3[] forces) => body.Phase != Phase.Sliding ? default
        : body.Slip.Value.Length > Still ? Unit(body.Slip) : default;

    private static Dual Apart(Moving a, Moving b) =>
        Dual.Sqrt(Dual3.Dot(b.Place - a.Place, b.Place - a.Place)) - (a.Probe.Radius + b.Probe.Radius);

    private double Find(Event one, (Dual3 Place, Dual3 Velocity, Dual3 Spin)[] start, Dual3[] forces, Dual3[] ways, double whole,
        double most)
    {
        double low = 0, high = Math.Min(whole, most);
        while (high - low > Instant)
        {
            double middle = (low + high) / 2;
            if (middle <= low || middle >= high) break;
            Move(start, forces, ways, middle);
            if (one.At(_bodies).Value < 0) high = middle;
            else low = middle;
        }
        return high;
    }

    private void Move((Dual3 Place, Dual3 Velocity, Dual3 Spin)[] start, Dual3[] forces, Dual3[] ways, Dual time)
    {
        for (int i = 0; i < _bodies.Length; i++)
        {
            var body = _bodies[i];
            var (place, velocity, spin) = start[i];
            Change At(in Change change, Dual by)
            {
                (body.Velocity, body.Spin) = (velocity + change.Acceleration * by, spin + change.Turning * by);
                return Rate(body, forces[i], ways[i]);
            }
            var a = At(default, 0);
            Dual half = time * 0.5, sixth = time * (1.0 / 6);
            var b = At(a, half);
            var c = At(b, half);
            var d = At(c, time);
            body.Place = place + (a.Velocity + (b.Velocity + c.Velocity) * 2.0 + d.Velocity) * sixth;
            body.Velocity = velocity + (a.Acceleration + (b.Acceleration + c.Acceleration) * 2.0 + d.Acceleration) * sixth;
            body.Spin = spin + (a.Turning + (b.Turning + c.Turning) * 2.0 + d.Turning) * sixth;
        }
    }

    private static Change Rate(Moving body, Dual3 force, Dual3 way)
    {
        if (body.Phase == Phase.Flying) return new(body.Velocity, force * (1 / body.Mass), default);
        var along = new Dual3(force.X, 0, force.Z);
        Dual3 friction;
        if (body.Phase == Phase.Holding) friction = along * -body.Resists;
        else
        {
            // Of a slide that has turned round within the step, the old direction still holds: the step ends before that.
            var slip = body.Slip;
            bool forward = Dual3.Dot(slip, way).Value > Still;
            var against = forward ? Unit(slip) : way.Value != Vec3.Zero ? way : Unit(along);
            friction = against * (body.Friction * force.Y);
        }
        double r = body.Probe.Radius;
        var turning = body.Probe.Block ? default
            : new Dual3(-friction.Z, 0, friction.X) * (r / (body.Mass * (0.4 * r * r)));
        return new(body.Velocity, (along + friction) * (1 / body.Mass), turning);
    }

    private void Land(int i, double time)
    {
        var body = _bodies[i];
        var meeting = -body.Velocity.Y;
        bool bounces = meeting.Value > _experiment.BounceFrom && body.Restitution.Value > 0;
        Dual gain = bounces ? body.Restitution + 1 : 1;
        var slip = body.Slip;
        double speed = slip.Value.Length;
        if (speed > Still)
        {
            // Sliding friction, or as much as stops the slip.
            Dual most = body.Friction * gain * meeting, size = Dual.Sqrt(Dual3.Dot(slip, slip)), stop = size * body.Resists;
            var change = slip * (-(most.Value < stop.Value ? most : stop) / size);
            body.Velocity += change;
            double r = body.Probe.Radius;
            if (!body.Probe.Block) body.Spin += new Dual3(-change.Z, 0, change.X) * (r / (0.4 * r * r));
        }
        body.Velocity = body.Velocity with { Y = bounces ? body.Restitution * meeting : 0 };
        body.Place = body.Place with { Y = body.Probe.Radius };
        body.Phase = Phase.Flying;
        if (!bounces) Settle(body, Force(i, time));
    }

    private void Stop(int i, double time)
    {
        var body = _bodies[i];
        // Exactly still, so that what holds does not creep.
        if (body.Probe.Block) body.Velocity = new(0, body.Velocity.Y, 0);
        else body.Spin = new(body.Velocity.Z * (1 / body.Probe.Radius), body.Spin.Y, body.Velocity.X * (-1 / body.Probe.Radius));
        Settle(body, Force(i, time));
    }

    private void Meet(int i, int j, double time)
    {
        Moving a = _bodies[i], b = _bodies[j];
        var normal = Unit(b.Place - a.Place);
        var meeting = -Dual3.Dot(b.Velocity - a.Velocity, normal);
        var e = a.Restitution.Value >= b.Restitution.Value ? a.Restitution : b.Restitution;
        var gain = meeting.Value > _experiment.BounceFrom ? e + 1 : 1;
        var impulse = normal * (gain * meeting / (1 / a.Mass + 1 / b.Mass));
        a.Velocity -= impulse * (1 / a.Mass);
        b.Velocity += impulse * (1 / b.Mass);
        foreach (int k in (int[])[i, j])
        {
            if (_bodies[k].Phase == Phase.Flying) continue;
            if (_bodies[k].Velocity.Y.Value > Still) _bodies[k].Phase = Phase.Flying;
            else Settle(_bodies[k], Force(k, time));
        }
    }

    private static Dual3 Unit(in Dual3 v) => v * (1 / Dual.Sqrt(Dual3.Dot(v, v)));
}
