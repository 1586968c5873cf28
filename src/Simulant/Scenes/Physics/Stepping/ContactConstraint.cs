using System.Runtime.CompilerServices;
using Simulant.Numerics.Physics;

namespace Simulant.Scenes.Physics.Stepping;

/// <summary>One point of a contact as the solver works on it.</summary>
internal struct ContactRow
{
    /// <summary>From the bodies' centres to the point as the step began, in the world.</summary>
    public Vec3 ArmA, ArmB;

    /// <summary>The point on each body's core in the body's axes: what a round body adds to its core does not turn with it.</summary>
    public Vec3 LocalA, LocalB;

    /// <summary>Whether the gap was closed when speeds were last made right.</summary>
    public bool Closed;

    public double Gap, NormalMass, Normal, Load, Across1, Across2, Approach, Rebound;

    /// <summary>
    /// Inverse of the larger eigenvalue across the normal. One mass for both directions: then what slides is held back exactly against its
    /// slip, which the inverse matrix, cut back to the cone, would not do.
    /// </summary>
    public double AcrossMass;

    /// <summary>Whether the point bears nothing.</summary>
    public readonly bool IsIdle => Normal == 0 && Across1 == 0 && Across2 == 0;

    /// <summary>A blow is no first guess of what the point will bear next.</summary>
    public void Forget(double from)
    {
        if (Closed && Approach < -from) (Normal, Across1, Across2) = (0, 0, 0);
    }
}

[InlineArray(ContactPoints.Most)]
internal struct ContactRows
{
    private ContactRow _first;
}

/// <summary>
/// A contact in the solver: no point may come nearer than it is, friction stays within Coulomb's round cone at each point, and rolling is
/// resisted by what the points bear together.
/// </summary>
internal struct ContactConstraint
{
    /// <summary>Time over which a contact learns what it bears.</summary>
    private const double LoadSeconds = 0.25;

    /// <summary>A gap of less than this, in metres, is closed.</summary>
    private const double Near = 1e-4;

    // How much of a deep overlap one pass takes back, and how many metres at most.
    private const double PartRate = 0.5, PartMost = 5e-3;

    public int A, B, Record, Count;
    public Vec3 Normal, Tangent1, Tangent2, Rolling;
    public double Friction, Restitution, RollingArm;

    /// <summary>How fast what pulls the bodies drives them together, in metres a second squared.</summary>
    public double Pull;

    public Mat3 RollingMass;
    public Softness Softness;
    public ContactRows Rows;

    public void Prepare(in ContactRecord record, BodySet bodies, in Softness softness, in Vec3 gravity)
    {
        (A, B, Count) = (record.Key.A, record.Key.B, record.Manifold.Count);
        ref var a = ref bodies.States[A];
        ref var b = ref bodies.States[B];
        SurfaceContact one = bodies.Facts[A].Surface, other = bodies.Facts[B].Surface;
        Friction = Math.Sqrt((double)one.Friction * other.Friction);
        Restitution = Math.Max(one.Restitution, other.Restitution);
        Softness = softness;
        Normal = record.Manifold.Normal;
        (Tangent1, Tangent2) = Vec3.Tangents(Normal);
        Pull = Vec3.Dot(bodies.Acceleration(A, gravity) - bodies.Acceleration(B, gravity), Normal);
        double reach = Math.Min(bodies.Facts[A].Convex?.Reach ?? double.MaxValue, bodies.Facts[B].Convex?.Reach ?? double.MaxValue);
        RollingArm = Math.Max(one.Rolling, other.Rolling) * reach;
        Rolling = RollingArm > 0 ? record.Rolling : default;
        if (RollingArm > 0) RollingMass = (a.InverseInertia + b.InverseInertia).Inverse();
        double radiusA = bodies.Facts[A].Convex?.Radius ?? 0, radiusB = bodies.Facts[B].Convex?.Radius ?? 0;
        for (int p = 0; p < Count; p++)
            Prepare(ref Rows[p], record.Manifold.Points[p], record.Memory[p], a, b, radiusA, radiusB);
    }

    private readonly void Prepare(ref ContactRow row, in ContactPoint point, in PointMemory memory, in BodyState a, in BodyState b,
        double radiusA, double radiusB)
    {
        (row.ArmA, row.ArmB) = (point.Place - a.Place, point.Place - b.Place);
        (row.LocalA, row.LocalB) = (a.Rotation.Back(row.ArmA - Normal * radiusA), b.Rotation.Back(row.ArmB + Normal * radiusB));
        // Beside the distance of the cores' points, which is what the solver measures.
        row.Gap = point.Gap - radiusA - radiusB;
        (row.Normal, row.Load) = (memory.Normal, memory.Load);
        (row.Across1, row.Across2) = (Vec3.Dot(memory.Friction, Tangent1), Vec3.Dot(memory.Friction, Tangent2));
        double masses = a.InverseMass + b.InverseMass;
        Vec3 an = Vec3.Cross(row.ArmA, Normal), bn = Vec3.Cross(row.ArmB, Normal), a1 = Vec3.Cross(row.ArmA, Tangent1),
            b1 = Vec3.Cross(row.ArmB, Tangent1), a2 = Vec3.Cross(row.ArmA, Tangent2), b2 = Vec3.Cross(row.ArmB, Tangent2);
        row.NormalMass = 1 / (masses + Vec3.Dot(an, a.InverseInertia * an) + Vec3.Dot(bn, b.InverseInertia * bn));
        Vec3 ia1 = a.InverseInertia * a1, ib1 = b.InverseInertia * b1;
        double k11 = masses + Vec3.Dot(a1, ia1) + Vec3.Dot(b1, ib1), k12 = Vec3.Dot(a2, ia1) + Vec3.Dot(b2, ib1);
        double k22 = masses + Vec3.Dot(a2, a.InverseInertia * a2) + Vec3.Dot(b2, b.InverseInertia * b2), half = (k11 - k22) / 2;
        row.AcrossMass = 1 / ((k11 + k22) / 2 + Math.Sqrt(half * half + k12 * k12));
    }

    /// <summary>
    /// Applies what the contact bore before, but for blows, which do not last. Notes how fast points meet before that: true where one meets
    /// faster than <paramref name="from"/>.
    /// </summary>
    public bool WarmStart(ref BodyState a, ref BodyState b, double from, double h)
    {
        bool meets = false;
        for (int p = 0; p < Count; p++)
        {
            ref var row = ref Rows[p];
            row.Forget(from);
            row.Approach = Vec3.Dot(b.VelocityAt(row.ArmB) - a.VelocityAt(row.ArmA), Normal);
            if (row.Approach >= -from) continue;
            meets = true;
            row.Rebound = Rebound(-row.Approach, Math.Max(0, Gap(row, a, b)), h);
        }
        for (int p = 0; p < Count; p++)
        {
            ref var row = ref Rows[p];
            if (row.IsIdle) continue;
            var impulse = Normal * row.Normal + Tangent1 * row.Across1 + Tangent2 * row.Across2;
            a.Push(-impulse, row.ArmA);
            b.Push(impulse, row.ArmB);
        }
        if (RollingArm == 0) return meets;
        a.Twist(-Rolling);
        b.Twist(Rolling);
        return meets;
    }

    /// <param name="rate">Substeps a second.</param>
    /// <param name="soft">Whether overlaps are pushed out; else only speeds are made right.</param>
    public void Solve(ref BodyState a, ref BodyState b, double rate, bool soft, double slop, double pushOut)
    {
        if (RollingArm > 0) SolveRolling(ref a, ref b);
        if (soft) SolveFriction(ref a, ref b);
        for (int p = 0; p < Count; p++)
        {
            ref var row = ref Rows[p];
            double gap = Gap(row, a, b);
            double bias = 0, mass = 1, keep = 0;
            row.Closed = gap <= Near;
            // Speeds of what is still on its way stay as they are, so that it arrives, and bounces, as fast as it came.
            if (!soft && !row.Closed && row.Normal == 0) continue;
            if (gap > 0) bias = gap * rate;
            else if (soft)
            {
                bias = Math.Max(Softness.BiasRate * (gap + slop), -pushOut);
                (mass, keep) = (Softness.MassScale, Softness.ImpulseScale);
            }
            double speed = Vec3.Dot(b.VelocityAt(row.ArmB) - a.VelocityAt(row.ArmA), Normal);
            double total = Math.Max(0, row.Normal - row.NormalMass * mass * (speed + bias) - keep * (row.Normal - row.Load));
            if (total == row.Normal) continue;
            var impulse = Normal * (total - row.Normal);
            row.Normal = total;
            a.Push(-impulse, row.ArmA);
            b.Push(impulse, row.ArmB);
        }
        // Last, where it is bounded by what the point really bears.
        if (!soft) SolveFriction(ref a, ref b);
    }

    private void SolveFriction(ref BodyState a, ref BodyState b)
    {
        for (int p = 0; p < Count; p++) SolveFriction(ref Rows[p], ref a, ref b);
    }

    private readonly void SolveFriction(ref ContactRow row, ref BodyState a, ref BodyState b)
    {
        if (row.IsIdle) return;
        var slip = b.VelocityAt(row.ArmB) - a.VelocityAt(row.ArmA);
        double s1 = Vec3.Dot(slip, Tangent1), s2 = Vec3.Dot(slip, Tangent2);
        double t1 = row.Across1 - row.AcrossMass * s1, t2 = row.Across2 - row.AcrossMass * s2;
        double most = Friction * row.Normal, length = Math.Sqrt(t1 * t1 + t2 * t2);
        if (length > most) (t1, t2) = (t1 * (most / length), t2 * (most / length));
        var impulse = Tangent1 * (t1 - row.Across1) + Tangent2 * (t2 - row.Across2);
        (row.Across1, row.Across2) = (t1, t2);
        a.Push(-impulse, row.ArmA);
        b.Push(impulse, row.ArmB);
    }

    private void SolveRolling(ref BodyState a, ref BodyState b)
    {
        double borne = 0;
        for (int p = 0; p < Count; p++) borne += Rows[p].Normal;
        var total = Rolling - RollingMass * (b.Spin - a.Spin);
        double most = RollingArm * borne, length = total.Length;
        if (length > most) total *= most / length;
        var impulse = total - Rolling;
        Rolling = total;
        a.Twist(-impulse);
        b.Twist(impulse);
    }

    // A substep pulls for h before it moves, so that what it keeps of a flight is not v^2 / 2 + g y but v^2 / 2 + g y - g h v / 2. Where
    // that is the same after a bounce as before it, elastic bounces neither gain nor lose, wherever within the substep they fall.
    private readonly double Rebound(double speed, double gap, double h)
    {
        if (Restitution == 0) return 0;
        double half = Pull * h / 2, before = speed - half;
        return Restitution * Math.Sqrt(Math.Max(0, before * before + 2 * Pull * gap)) + half;
    }

    /// <summary>Sends apart what has just met faster than <paramref name="from"/>.</summary>
    public void Bounce(ref BodyState a, ref BodyState b, double from)
    {
        for (int p = 0; p < Count; p++)
        {
            ref var row = ref Rows[p];
            if (row.Approach >= -from || row.Normal <= 0 || !row.Closed) continue;
            double speed = Vec3.Dot(b.VelocityAt(row.ArmB) - a.VelocityAt(row.ArmA), Normal);
            double total = Math.Max(0, row.Normal - row.NormalMass * (speed - row.Rebound));
            var impulse = Normal * (total - row.Normal);
            a.Push(-impulse, row.ArmA);
            b.Push(impulse, row.ArmB);
            row.Normal = total;
            SolveFriction(ref row, ref a, ref b);
        }
    }

    /// <summary>
    /// Moves the bodies of a deep contact apart without giving them speed, part of the way (nonlinear Gauss-Seidel, Catto, GDC 2014): what
    /// is jammed with friction would not be pushed out otherwise. True where a point was deeper than <paramref name="from"/>.
    /// </summary>
    public readonly bool Part(ref BodyState a, ref BodyState b, double from)
    {
        bool deep = false;
        for (int p = 0; p < Count; p++)
        {
            ref readonly var row = ref Rows[p];
            double gap = Gap(row, a, b);
            if (gap >= -from) continue;
            deep = true;
            var push = Normal * (row.NormalMass * Math.Min((-gap - from) * PartRate, PartMost));
            a.Shift(-push, row.ArmA);
            b.Shift(push, row.ArmB);
        }
        return deep;
    }

    private readonly double Gap(in ContactRow row, in BodyState a, in BodyState b) =>
        row.Gap + Vec3.Dot(b.Place + b.Rotation * row.LocalB - (a.Place + a.Rotation * row.LocalA), Normal);

    public void Store(ref ContactRecord record, double seconds, double from)
    {
        record.Rolling = Rolling;
        record.Touching = false;
        double mean = 0;
        int bear = 0;
        for (int p = 0; p < Count; p++)
        {
            Rows[p].Forget(from);
            mean += Rows[p].Normal;
            if (Rows[p].Normal > 0) bear++;
        }
        mean /= Math.Max(1, bear);
        for (int p = 0; p < Count; p++)
        {
            ref readonly var row = ref Rows[p];
            record.Memory[p] = record.Memory[p] with
            {
                Normal = row.Normal,
                Load = row.Normal <= 0 ? 0 : row.Load + (mean - row.Load) * Math.Min(1, seconds / LoadSeconds),
                Friction = Tangent1 * row.Across1 + Tangent2 * row.Across2,
            };
            record.Touching |= row.Normal > 0 || record.Manifold.Points[p].Gap <= 0;
        }
    }
}
