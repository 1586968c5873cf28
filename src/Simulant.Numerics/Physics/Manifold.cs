using System.Runtime.CompilerServices;

namespace Simulant.Numerics.Physics;

/// <summary>A place where two bodies touch or soon may.</summary>
/// <param name="Place">Halfway between the two surfaces.</param>
/// <param name="Gap">Metres between the surfaces along the manifold's normal; below zero they overlap.</param>
public readonly record struct ContactPoint(Vec3 Place, double Gap);

/// <summary>Up to four points of one pair.</summary>
[InlineArray(Most)]
public struct ContactPoints
{
    public const int Most = 4;

    private ContactPoint _first;
}

/// <summary>What two convex bodies have in common: a normal from the first to the second, and up to four points.</summary>
public struct Manifold
{
    public Vec3 Normal;
    public int Count;
    public ContactPoints Points;

    /// <summary>
    /// Takes the deepest of the points, the furthest from it, and the two that span the most area to either side of the line between them.
    /// </summary>
    public void Take(ReadOnlySpan<ContactPoint> points)
    {
        Count = 0;
        if (points.Length <= ContactPoints.Most)
        {
            foreach (var point in points) Points[Count++] = point;
            return;
        }
        int first = 0, second = -1, left = -1, right = -1;
        for (int i = 1; i < points.Length; i++)
            if (points[i].Gap < points[first].Gap) first = i;
        double far = 0, most = 0, least = 0;
        for (int i = 0; i < points.Length; i++)
        {
            double square = (points[i].Place - points[first].Place).SquaredLength;
            if (square > far) (second, far) = (i, square);
        }
        Points[Count++] = points[first];
        if (second < 0) return;
        Points[Count++] = points[second];
        var line = points[second].Place - points[first].Place;
        for (int i = 0; i < points.Length; i++)
        {
            double area = Vec3.Dot(Vec3.Cross(line, points[i].Place - points[first].Place), Normal);
            if (area > most) (left, most) = (i, area);
            if (area < least) (right, least) = (i, area);
        }
        if (left >= 0) Points[Count++] = points[left];
        if (right >= 0) Points[Count++] = points[right];
    }
}
