using Simulant.Images;

namespace Simulant.Augment;

/// <summary>Labels that follow a picture's movement.</summary>
internal static class Labels
{
    /// <summary>Outlines are sampled at least so densely before they are moved, in pixels.</summary>
    private const double Step = 2;

    /// <summary>
    /// Subjects after every place went where <paramref name="forward"/> sends it, clipped to the new frame. Boxes are those of the moved
    /// outlines; where there were none, of the moved outline of the box. Who lies outside is left out, keypoints outside become unlabelled.
    /// </summary>
    public static IReadOnlyList<Subject> Move(IReadOnlyList<Subject> subjects, Func<Spot, Spot> forward, int width, int height)
    {
        var moved = new List<Subject>(subjects.Count);
        foreach (var subject in subjects)
        {
            bool outlined = subject.Polygons.Count > 0;
            IReadOnlyList<Spot[]> outlines = outlined ? subject.Polygons : [Corners(subject.Box)];
            Spot[][] moving = [.. outlines.Select(o => Densely(o).Select(forward).ToArray())];
            Spot[][] kept = [.. moving.Select(o => Clip(o, width, height)).Where(o => Area(o) > 1e-6)];
            if (kept.Length == 0) continue;
            moved.Add(subject with
            {
                Box = Box.Of(kept.SelectMany(o => o)),
                Polygons = outlined ? kept : [],
                Keypoints = [.. subject.Keypoints.Select(k => Move(k, forward, width, height))],
                Truncation = subject.Truncation is { } cut ? 1 - (1 - cut) * Math.Min(1, kept.Sum(Area) / moving.Sum(Area)) : null,
                Space = null,
            });
        }
        return moved;
    }

    /// <summary>Subjects whose keypoints change sides.</summary>
    public static IReadOnlyList<Subject> Mirror(IReadOnlyList<Subject> subjects, IReadOnlyList<int> mirrored) => mirrored.Count == 0
        ? subjects
        : [.. subjects.Select(s => s.Keypoints.Count != mirrored.Count ? s
        : s with { Keypoints = [.. mirrored.Select(i => s.Keypoints[i])] })];

    public static Spot[] Corners(Box box) =>
        [new(box.Left, box.Top), new(box.Right, box.Top), new(box.Right, box.Bottom), new(box.Left, box.Bottom)];

    /// <summary>Twice the area between an outline and its crossings, without sign; halved.</summary>
    public static double Area(IReadOnlyList<Spot> outline)
    {
        double sum = 0;
        for (int i = 0; i < outline.Count; i++)
        {
            var (a, b) = (outline[i], outline[(i + 1) % outline.Count]);
            sum += a.X * b.Y - b.X * a.Y;
        }
        return Math.Abs(sum) / 2;
    }

    private static Keypoint Move(Keypoint point, Func<Spot, Spot> forward, int width, int height)
    {
        if (point.Visibility == 0) return point;
        var (x, y) = forward(new Spot(point.X, point.Y));
        return x >= 0 && y >= 0 && x < width && y < height ? new Keypoint(x, y, point.Visibility) : default;
    }

    private static IEnumerable<Spot> Densely(Spot[] outline)
    {
        for (int i = 0; i < outline.Length; i++)
        {
            var (a, b) = (outline[i], outline[(i + 1) % outline.Length]);
            double length = Math.Max(Math.Abs(b.X - a.X), Math.Abs(b.Y - a.Y));
            int parts = (int)Math.Clamp(Math.Ceiling(length / Step), 1, 100_000);
            for (int k = 0; k < parts; k++)
                yield return new Spot(a.X + (b.X - a.X) * k / parts, a.Y + (b.Y - a.Y) * k / parts);
        }
    }

    /// <summary>What of an outline lies in the frame (Sutherland and Hodgman, 1974).</summary>
    public static Spot[] Clip(Spot[] outline, double width, double height)
    {
        outline = Cut(outline, p => p.X);
        outline = Cut(outline, p => width - p.X);
        outline = Cut(outline, p => p.Y);
        return Cut(outline, p => height - p.Y);
    }

    private static Spot[] Cut(Spot[] outline, Func<Spot, double> inside)
    {
        var kept = new List<Spot>(outline.Length + 4);
        for (int i = 0; i < outline.Length; i++)
        {
            var (a, b) = (outline[i], outline[(i + 1) % outline.Length]);
            double here = inside(a), there = inside(b);
            if (here >= 0) kept.Add(a);
            if (here >= 0 == there >= 0) continue;
            double at = here / (here - there);
            kept.Add(new Spot(a.X + (b.X - a.X) * at, a.Y + (b.Y - a.Y) * at));
        }
        return [.. kept];
    }
}
