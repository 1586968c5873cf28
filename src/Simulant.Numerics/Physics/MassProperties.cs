namespace Simulant.Numerics.Physics;

/// <summary>Mass in kilograms, its centre in metres, and the tensor of inertia about that centre in kg m2, in the shape's axes.</summary>
public readonly record struct MassProperties(double Mass, Vec3 Centre, Mat3 Inertia)
{
    public static MassProperties Sphere(double radius, double density)
    {
        double mass = density * Math.PI * 4 / 3 * radius * radius * radius, i = 0.4 * mass * radius * radius;
        return new(mass, default, Mat3.Diagonal(new(i, i, i)));
    }

    public static MassProperties Box(Vec3 size, double density)
    {
        double mass = density * size.X * size.Y * size.Z, x = size.X * size.X, y = size.Y * size.Y, z = size.Z * size.Z;
        return new(mass, default, Mat3.Diagonal(new Vec3(y + z, x + z, x + y) * (mass / 12)));
    }

    /// <summary>A cylinder along y between two half balls.</summary>
    /// <param name="half">From the centre to the centre of a cap.</param>
    public static MassProperties Capsule(double half, double radius, double density)
    {
        double r2 = radius * radius, barrel = density * Math.PI * r2 * 2 * half, balls = density * Math.PI * 4 / 3 * r2 * radius;
        double along = barrel * r2 / 2 + balls * r2 * 0.4;
        // A half ball's centre of mass lies 3/8 r from its flat side, about which the ball's inertia holds.
        double across = barrel * (r2 / 4 + half * half / 3) + balls * (r2 * 0.4 + half * half + 0.75 * half * radius);
        return new(barrel + balls, default, Mat3.Diagonal(new(across, along, across)));
    }

    /// <summary>
    /// Of a closed body of plane faces: each face's triangles make tetrahedra with a corner, whose second moments add up (Blow and
    /// Binstock,
    /// "How to find the inertia tensor", 2004).
    /// </summary>
    public static MassProperties Hull(Polytope hull, double density)
    {
        var origin = hull.Vertices[0];
        double volume = 0;
        Vec3 first = default;
        Mat3 second = default;
        for (int f = 0; f < hull.Faces; f++)
        {
            var loop = hull.Loop(f);
            for (int i = 1; i + 1 < loop.Length; i++)
            {
                Vec3 a = hull.Vertices[loop[0]] - origin, b = hull.Vertices[loop[i]] - origin, c = hull.Vertices[loop[i + 1]] - origin;
                double six = Vec3.Dot(a, Vec3.Cross(b, c));
                var sum = a + b + c;
                volume += six / 6;
                first += sum * (six / 24);
                second += (Mat3.Outer(a, a) + Mat3.Outer(b, b) + Mat3.Outer(c, c) + Mat3.Outer(sum, sum)) * (six / 120);
            }
        }
        var centre = first * (1 / volume);
        var moments = second + Mat3.Outer(centre, centre) * -volume;
        return new(density * volume, centre + origin, (Mat3.Identity * moments.Trace + moments * -1) * density);
    }

    /// <summary>The same shape of another mass.</summary>
    public MassProperties Of(double mass) => new(mass, Centre, Inertia * (mass / Mass));
}
