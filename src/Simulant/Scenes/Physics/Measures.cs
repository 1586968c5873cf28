using System.Buffers.Binary;
using System.Security.Cryptography;
using Simulant.Numerics.Physics;

namespace Simulant.Scenes.Physics;

/// <summary>What a world holds altogether, over bodies that forces move. Sums run in the order of bodies.</summary>
public static class Measures
{
    /// <summary>Joules of motion and turning.</summary>
    public static double KineticEnergy(this PhysicsWorld world) => world.Sum((facts, state) =>
        0.5 * facts.Mass * state.Velocity.SquaredLength + 0.5 * Vec3.Dot(state.Spin, facts.Inertia.Turned(state.Rotation) * state.Spin));

    /// <summary>Joules against gravity, from the origin up.</summary>
    public static double PotentialEnergy(this PhysicsWorld world)
    {
        var pull = Vec3.Of(world.Spec.Pull);
        return world.Sum((facts, state) => -facts.Mass * Vec3.Dot(pull, state.Place));
    }

    /// <summary>Kilogram metres a second.</summary>
    public static Vec3 Momentum(this PhysicsWorld world) => world.Add((facts, state) => state.Velocity * facts.Mass);

    /// <summary>About the origin, kilogram square metres a second.</summary>
    public static Vec3 AngularMomentum(this PhysicsWorld world) => world.Add((facts, state) =>
        Vec3.Cross(state.Place, state.Velocity) * facts.Mass + facts.Inertia.Turned(state.Rotation) * state.Spin);

    /// <summary>Of every body's place, turn, velocity and spin, to the last bit: equal where two runs are.</summary>
    public static string StateHash(this PhysicsWorld world)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> bytes = stackalloc byte[13 * 8];
        foreach (ref readonly var state in world.Bodies.States.AsSpan())
        {
            ReadOnlySpan<double> numbers =
            [
                state.Place.X, state.Place.Y, state.Place.Z, state.Turn.X, state.Turn.Y, state.Turn.Z, state.Turn.W,
                state.Velocity.X, state.Velocity.Y, state.Velocity.Z, state.Spin.X, state.Spin.Y, state.Spin.Z,
            ];
            for (int i = 0; i < numbers.Length; i++) BinaryPrimitives.WriteDoubleLittleEndian(bytes[(8 * i)..], numbers[i]);
            hash.AppendData(bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    private static double Sum(this PhysicsWorld world, Func<Stepping.BodyFacts, Stepping.BodyState, double> of)
    {
        double sum = 0;
        for (int i = 0; i < world.Count; i++)
            if (world.Bodies.Facts[i].Moves) sum += of(world.Bodies.Facts[i], world.Bodies.States[i]);
        return sum;
    }

    private static Vec3 Add(this PhysicsWorld world, Func<Stepping.BodyFacts, Stepping.BodyState, Vec3> of)
    {
        var sum = Vec3.Zero;
        for (int i = 0; i < world.Count; i++)
            if (world.Bodies.Facts[i].Moves) sum += of(world.Bodies.Facts[i], world.Bodies.States[i]);
        return sum;
    }
}
