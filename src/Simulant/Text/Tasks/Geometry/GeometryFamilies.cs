namespace Simulant.Text.Tasks.Geometry;

/// <summary>Points, polygons, circles and solids with exact measures.</summary>
public static class GeometryFamilies
{
    public static IReadOnlyList<TaskFamily> All { get; } =
    [
        new PolygonArea(), new BoundaryPoints(), new ConvexHull(), new ClosestPair(), new SegmentCrossings(), new CircleOverlaps(),
        new RectangleUnion(), new PointTransformations(), new WalkDistance(), new TriangleCensus(), new BlockSurface(), new SolidsInPi(),
    ];
}
