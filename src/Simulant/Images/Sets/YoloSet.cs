using System.Globalization;
using System.Text;
using System.Text.Json;
using Simulant.Data;

namespace Simulant.Images.Sets;

/// <summary>What lines of a YOLO set hold beside the class.</summary>
public enum YoloKind
{
    Boxes,

    /// <summary>One outline a subject; several, and holes, are joined by cuts without width.</summary>
    Outlines,

    /// <summary>A box and every keypoint.</summary>
    Keypoints,
}

/// <summary>
/// YOLO as Ultralytics lays it out: images, labels with a line a subject (class, then middle and sides of its box, or its outline, in parts
/// of the picture's sides), data.yaml. Classes are counted from 0 in the order of the list.
/// </summary>
public sealed class YoloSet(YoloKind kind) : SetWriter
{
    public override string Name => kind switch { YoloKind.Outlines => "yolo-seg", YoloKind.Keypoints => "yolo-pose", _ => "yolo" };

    public override string PictureAt(SetPicture picture, IReadOnlyList<LabelClass> classes) => $"images/{picture.Name}";

    public override IEnumerable<SetFile> OfPicture(SetPicture picture, IReadOnlyList<LabelClass> classes)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var text = new StringBuilder();
        foreach (var subject in picture.Subjects)
        {
            if (subject.Crowd) continue;
            text.Append(CultureInfo.InvariantCulture, $"{IndexOf(classes, subject.Class)}");
            foreach (double value in Numbers(subject, classes, picture.Width, picture.Height))
                text.Append(' ').Append(Math.Round(value, 9).ToString("0.#########", CultureInfo.InvariantCulture));
            text.Append('\n');
        }
        yield return new($"labels/{picture.Stem}.txt", Text(text.ToString()));
    }

    public override IEnumerable<SetFile> OfSet(IEnumerable<SetPicture> pictures, IReadOnlyList<LabelClass> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        var text = new StringBuilder("train: images\nval: images\n");
        if (kind == YoloKind.Keypoints)
        {
            text.Append(CultureInfo.InvariantCulture, $"kpt_shape: [{Most(classes)}, 3]\n");
            var mirrored = Mirrors.Of(classes);
            if (mirrored.Count > 0) text.Append(CultureInfo.InvariantCulture, $"flip_idx: [{string.Join(", ", mirrored)}]\n");
        }
        text.Append("names:\n");
        for (int i = 0; i < classes.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"  {i}: {JsonSerializer.Serialize(classes[i].Name, PlainJson.Serializer)}\n");
        yield return new("data.yaml", Text(text.ToString()));
    }

    private static int Most(IReadOnlyList<LabelClass> classes) => classes.Max(c => c.Keypoints.Count);

    private IEnumerable<double> Numbers(Subject subject, IReadOnlyList<LabelClass> classes, int width, int height)
    {
        if (kind == YoloKind.Outlines)
        {
            foreach (var (x, y) in Joined(subject))
            {
                yield return x / width;
                yield return y / height;
            }
            yield break;
        }
        var (left, top, right, bottom) = subject.Box;
        yield return (left + right) / 2 / width;
        yield return (top + bottom) / 2 / height;
        yield return (right - left) / width;
        yield return (bottom - top) / height;
        for (int i = 0; kind == YoloKind.Keypoints && i < Most(classes); i++)
        {
            var point = i < subject.Keypoints.Count ? subject.Keypoints[i] : default;
            yield return point.X / width;
            yield return point.Y / height;
            yield return point.Visibility;
        }
    }

    private static IReadOnlyList<Spot> Joined(Subject subject)
    {
        var (left, top, right, bottom) = subject.Box;
        if (subject.Polygons.Count == 0) return [new(left, top), new(right, top), new(right, bottom), new(left, bottom)];
        var joined = subject.Polygons[0].ToList();
        foreach (var other in subject.Polygons.Skip(1))
        {
            // There by the shortest way between corners, round, and back the same way: the cut holds no place.
            var (from, to, least) = (0, 0, double.PositiveInfinity);
            for (int i = 0; i < joined.Count; i++)
                for (int k = 0; k < other.Length; k++)
                {
                    double far = Math.Pow(joined[i].X - other[k].X, 2) + Math.Pow(joined[i].Y - other[k].Y, 2);
                    if (far < least) (from, to, least) = (i, k, far);
                }
            joined.InsertRange(from + 1, [.. other[to..], .. other[..(to + 1)], joined[from]]);
        }
        return joined;
    }
}

/// <summary>Which keypoints change places in a mirror.</summary>
internal static class Mirrors
{
    /// <summary>
    /// By the names of the first class that has keypoints: left and right are each other's counterparts. Empty where there are none.
    /// </summary>
    public static IReadOnlyList<int> Of(IReadOnlyList<LabelClass> classes)
    {
        var names = classes.FirstOrDefault(c => c.Keypoints.Count > 0)?.Keypoints ?? [];
        int[] counterpart = [.. names.Select((n, i) => names.ToList().IndexOf(Other(n)) is >= 0 and var at ? at : i)];
        return counterpart.Where((c, i) => c != i).Any() ? counterpart : [];
    }

    private static string Other(string name) => name.Contains("left", StringComparison.OrdinalIgnoreCase)
        ? name.Replace("left", "right", StringComparison.Ordinal).Replace("Left", "Right", StringComparison.Ordinal)
        : name.Replace("right", "left", StringComparison.Ordinal).Replace("Right", "Left", StringComparison.Ordinal);
}
