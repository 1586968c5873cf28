namespace Simulant.Numerics.Physics;

/// <summary>
/// Two boxes by their fifteen possible separating axes (Gottschalk, Lin and Manocha, "OBBTree", SIGGRAPH 1996): the axis of the largest
/// gap,
/// which is the exact depth where they overlap.
/// </summary>
public static class BoxAxes
{
    // Axes of faces hold still where boxes rest on one another; axes of edges must be better by more than rounding, in metres.
    private const double EdgeBonus = 1e-5;

    // Squared sine below which two edges count as parallel, so that their product is no axis.
    private const double Parallel = 1e-8;

    /// <summary>
    /// The gap along the best axis, below zero by the depth of an overlap; the axis points from the first box to the second.
    /// </summary>
    public static double Gap(in Placed a, in Placed b, double beyond, out Vec3 axis)
    {
        // Normals 1, 3 and 5 of a box are its axes, and vertex 7 has its half sizes.
        Vec3 ha = a.Shape.Vertices[7], hb = b.Shape.Vertices[7], apart = b.Centre - a.Centre;
        Span<double> turn = stackalloc double[9], size = stackalloc double[9];
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
            {
                turn[3 * i + j] = Vec3.Dot(a.Normals[2 * i + 1], b.Normals[2 * j + 1]);
                size[3 * i + j] = Math.Abs(turn[3 * i + j]);
            }
        double best = double.NegativeInfinity;
        axis = Vec3.UnitY;
        for (int k = 0; k < 6; k++)
        {
            int i = k % 3;
            var along = k < 3 ? a.Normals[2 * i + 1] : b.Normals[2 * i + 1];
            double centre = Vec3.Dot(apart, along);
            double extent = k < 3
                ? ha[i] + (hb.X * size[3 * i] + hb.Y * size[3 * i + 1] + hb.Z * size[3 * i + 2])
                : hb[i] + (ha.X * size[i] + ha.Y * size[3 + i] + ha.Z * size[6 + i]);
            double gap = Math.Abs(centre) - extent;
            if (gap > best) (best, axis) = (gap, centre < 0 ? -along : along);
            if (best > beyond) return best;
        }
        double face = best;
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
            {
                var cross = Vec3.Cross(a.Normals[2 * i + 1], b.Normals[2 * j + 1]);
                double square = cross.SquaredLength;
                if (square < Parallel) continue;
                int i1 = (i + 1) % 3, i2 = (i + 2) % 3, j1 = (j + 1) % 3, j2 = (j + 2) % 3;
                double extent = ha[i1] * size[3 * i2 + j] + ha[i2] * size[3 * i1 + j] + hb[j1] * size[3 * i + j2] + hb[j2]
                    * size[3 * i + j1];
                double centre = Vec3.Dot(apart, cross), scale = 1 / Math.Sqrt(square), gap = (Math.Abs(centre) - extent) * scale;
                if (gap <= best || gap <= face + EdgeBonus) continue;
                (best, axis) = (gap, cross * (centre < 0 ? -scale : scale));
                if (best > beyond) return best;
            }
        return best;
    }
}
