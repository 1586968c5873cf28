using Simulant.Numerics.Physics;

namespace Simulant.Scenes.Physics.Stepping;

/// <summary>How bodies move between contacts.</summary>
internal static class Motions
{
    // No body turns further than this in a substep, in radians: faster spin is cut, since a turn's contacts could not be told.
    private const double MostTurn = 1;

    // Nor is it faster than this, in metres a second: joints with levers far longer than their bodies would end beyond all numbers.
    private const double MostSpeed = 2e4;

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
        Limit(ref state, h);
    }

    private static void Limit(ref BodyState state, double h)
    {
        double speed = state.Velocity.Length, turn = state.Spin.Length * h;
        if (speed > MostSpeed) state.Velocity *= MostSpeed / speed;
        if (turn > MostTurn) state.Spin *= MostTurn / turn;
    }

    /// <summary>
    /// Moves a body on. Angular momentum is kept while it turns, and the turn is taken at the spin of its middle, so that free bodies
    /// precess as they should.
    /// </summary>
    public static void Move(BodySet bodies, int body, double h)
    {
        if (!bodies.Active(body)) return;
        var facts = bodies.Facts[body];
        ref var state = ref bodies.States[body];
        Limit(ref state, h);
        state.Place += state.Velocity * h;
        double fast = state.Spin.Length * h;
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

    /// <summary>
    /// Counts how long a body has kept its place, window after window: shivering on the spot, or creeping by less than the drift in a
    /// window, does not keep it awake.
    /// </summary>
    /// <param name="drift">Metres that no point of it may move within a window.</param>
    /// <param name="window">Seconds.</param>
    public static void Watch(BodySet bodies, int body, double drift, double window, double seconds)
    {
        if (!bodies.Facts[body].Moves || bodies.Asleep[body]) return;
        ref var state = ref bodies.States[body];
        ref var rest = ref bodies.Rests[body];
        double turned = 2 * (state.Turn * rest.Turn.Conjugate).Vector.Length;
        bool moved = (state.Place - rest.Place).Length + turned * bodies.Facts[body].Convex!.Reach > drift;
        bodies.Slow[body] = moved ? 0 : bodies.Slow[body] + seconds;
        rest.Seconds += seconds;
        if (moved || rest.Seconds >= window) rest = (state.Place, state.Turn, 0);
    }
}
