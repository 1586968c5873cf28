using System.Globalization;
using System.Text;

namespace Simulant.Images.Sets;

/// <summary>
/// KITTI's object benchmark (Geiger and others, 2012): image_2, and label_2 with 15 columns a subject: type, truncated, occluded, alpha,
/// the box's edges, height, width, length, place of the lower face's middle, turn. What is not known is as the benchmark's DontCare has it:
/// -1, -1, -10, -1 -1 -1, -1000 -1000 -1000, -10. Columns are apart by spaces, so those in names of classes become underscores.
/// </summary>
public sealed class KittiSet : SetWriter
{
    public override string Name => "kitti";

    public override string PictureAt(SetPicture picture, IReadOnlyList<LabelClass> classes) => $"image_2/{picture.Name}";

    public override IEnumerable<SetFile> OfPicture(SetPicture picture, IReadOnlyList<LabelClass> classes)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var text = new StringBuilder();
        foreach (var subject in picture.Subjects)
        {
            text.Append(classes[IndexOf(classes, subject.Class)].Name.Replace(' ', '_'));
            Add(text, subject.Truncation ?? -1);
            Add(text, subject.Occlusion ?? (subject.Truncation is null ? -1 : 3));
            Add(text, subject.Space?.Alpha ?? -10);
            Add(text, subject.Box.Left, subject.Box.Top, subject.Box.Right, subject.Box.Bottom);
            if (subject.Space is { } s) Add(text, s.Height, s.Width, s.Length, s.X, s.Y, s.Z, s.Turn);
            else Add(text, -1, -1, -1, -1000, -1000, -1000, -10);
            text.Append('\n');
        }
        yield return new($"label_2/{picture.Stem}.txt", Text(text.ToString()));
    }

    private static void Add(StringBuilder text, params ReadOnlySpan<double> values)
    {
        foreach (double value in values) text.Append(' ').Append(value.ToString("0.######", CultureInfo.InvariantCulture));
    }
}
