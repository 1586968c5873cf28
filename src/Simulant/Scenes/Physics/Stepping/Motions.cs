using Simulant.Numerics.Physics;

namespace Simulant.Scenes.Physics.Stepping;

/// <summary>How bodies move between contacts.</summary>
internal static class Motions
{
    // No body turns further than this in a substep, in radians: faster spin is cut, since a turn's contacts could not be told.
    private const double MostTurn = 1;

    // Slower turns than this tumble by less than rounding of the contacts.
    private const double Still = 1e-7;

    /// <summary>Gravity, held forces and drag over <paramref name="h"/> seconds.</summary>
    public static void Pull(BodySet bodies, int body, in Vec3 gravity, double h)
    {
        var facts = bodies.Facts[body];
        if (!facts.Moves || bodies.Asleep[body]) return;
        ref var state = ref bodies.States[body];
        state.Velocity = (state.Velocity + (gravity + bodies.Forces[body] * state.InverseMass) * h) * (1 / (1 + h * facts.Drag));
        state.Spin = (state.Spin + state.InverseInertia * bodies.Torques[body] * h) * (1 / (1 + h * facts.SpinDrag));
    }

    /// <summary>
    /// Moves a body on. Angular momentum is kept while it turns, and the turn is taken at the spin of its middle, so that free bodies precess
    /// as they should.
    /// </summary>
    public static void Move(BodySet bodies, int body, double h)
    {
        if (!bodies.Active(body)) return;
        var facts = bodies.Facts[body];
        ref var state = ref bodies.States[body];
        state.Place += state.Velocity * h;
        double fast = state.Spin.Length * h;
        if (fast > MostTurn) state.Spin *= MostTurn / fast;
        if (!facts.Moves || facts.Round || fast < Still)
        {
            state.Turn = (Quat.Turn(state.Spin * h) * state.Turn).Unit;
            state.Rotation = state.Turn.Matrix;
        }
        else
        {
            var momentum = facts.Inertia.Turned(state.Rotation) * state.Spin;
            var middle = (Quat.Turn(state.Spin * (h / 2)) * state.Turn).Matrix;
            var spin = facts.InverseInertia.Turned(middle) * momentum;
            state.Turn = (Quat.Turn(spin * h) * state.Turn).Unit;
            state.Rotation = state.Turn.Matrix;
            state.Spin = facts.InverseInertia.Turned(state.Rotation) * momentum;
        }
        if (facts.Moves && !facts.Round) state.InverseInertia = facts.InverseInertia.Turned(state.Rotation);
    }

    /// <summary>Counts how long a body has been slow.</summary>
    public static void Watch(BodySet bodies, int body, double speed, double seconds)
    {
        if (!bodies.Facts[body].Moves || bodies.Asleep[body]) return;
        ref var state = ref bodies.States[body];
        double most = state.Velocity.Length + state.Spin.Length * bodies.Facts[body].Convex!.Reach;
        bodies.Slow[body] = most <= speed ? bodies.Slow[body] + seconds : 0;
    }
}
