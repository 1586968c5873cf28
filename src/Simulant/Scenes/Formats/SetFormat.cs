using System.Globalization;
using System.Numerics;
using Simulant.Images;
using Simulant.Images.Sets;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Labels;

namespace Simulant.Scenes.Formats;

/// <summary>
/// Layouts of annotated pictures (YOLO, KITTI, VOC) written from frames. Annotated is every actor of a listed countable class of which
/// something is seen. YOLO and VOC hold the box of what is seen; KITTI that of the whole actor within the picture.
/// </summary>
public sealed class SetFormat(SetWriter writer, string meaning) : ISceneFormat
{
    private readonly bool _kitti = writer is KittiSet;

    public string Name => writer.Name;

    public string Meaning => meaning;

    public IEnumerable<SceneFile> OfFrame(FrameNotes notes, Frame frame, byte[] picture)
    {
        ArgumentNullException.ThrowIfNull(notes);
        yield return new(writer.PictureAt(Picture(notes, []), []), picture);
    }

    public IEnumerable<SceneFile> OfSet(SceneClasses classes, IEnumerable<FrameNotes> frames)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(frames);
        LabelClass[] listed = [.. classes.All.Where(c => c.Countable)];
        var pictures = new List<SetPicture>();
        foreach (var notes in frames)
        {
            var picture = Picture(notes, [.. CocoFormat.Annotated(classes, notes).Where(a => a.Class.Countable)
                .Select(a => Subject(notes, a.Actor, a.Class))]);
            foreach (var file in writer.OfPicture(picture, listed)) yield return new(file.Path, file.Content);
            if (_kitti) yield return new($"calib/{notes.Key}.txt", Calibration(notes));
            pictures.Add(picture with { Subjects = [] });
        }
        foreach (var file in writer.OfSet(pictures, listed)) yield return new(file.Path, file.Content);
    }

    private static SetPicture Picture(FrameNotes notes, IReadOnlyList<Subject> subjects) =>
        new(notes.Frame, $"{notes.Key}{Path.GetExtension(notes.Picture)}", notes.Width, notes.Height, subjects);

    /// <summary>What is seen of an actor, as a picture's subject with its outlines and without its place in space.</summary>
    internal static Subject Seen(FrameNotes notes, ActorNotes actor, LabelClass of)
    {
        var box = actor.Tight;
        bool[] all = actor.VisibleMask.Pixels(), window = new bool[box.Width * box.Height];
        for (int y = 0; y < box.Height; y++)
            all.AsSpan((box.Top + y) * notes.Width + box.Left, box.Width).CopyTo(window.AsSpan(y * box.Width));
        return new(actor.Class, new(box.Left, box.Top, box.Right, box.Bottom))
        {
            Polygons = [.. MaskOutlines.Trace(window, box.Width, box.Height)
                .Select(o => o.Select(p => new Spot(p.X + box.Left, p.Y + box.Top)).ToArray())],
            Keypoints = CocoFormat.Keypoints(actor, of),
            Truncation = Truncation(notes, actor),
            Occlusion = Occlusion(actor),
        };
    }

    private Subject Subject(FrameNotes notes, ActorNotes actor, LabelClass of)
    {
        var box = _kitti ? actor.Amodal : actor.Tight;
        bool[] rows = writer.Name == "yolo-seg" ? actor.VisibleMask.Pixels() : [];
        return new(actor.Class, new(box.Left, box.Top, box.Right, box.Bottom))
        {
            Polygons = rows.Length > 0 ? MaskOutlines.Trace(rows, notes.Width, notes.Height) : [],
            Keypoints = CocoFormat.Keypoints(actor, of),
            Truncation = Truncation(notes, actor),
            Occlusion = Occlusion(actor),
            Space = _kitti ? Space(notes, actor) : null,
        };
    }

    private static int Occlusion(ActorNotes actor) => actor.Visibility >= 0.9 ? 0 : actor.Visibility >= 0.5 ? 1 : 2;

    /// <summary>
    /// The part beyond the picture of the box round the projected corners, those behind the camera drawn to just before it; 0 where the
    /// actor does not reach the picture's edge.
    /// </summary>
    internal static double Truncation(FrameNotes notes, ActorNotes actor)
    {
        var seen = actor.Amodal;
        if (seen.Left > 0 && seen.Top > 0 && seen.Right < notes.Width && seen.Bottom < notes.Height) return 0;
        Box? whole = null;
        for (int corner = 0; corner < 8; corner++)
        {
            var point = actor.Box.Corner(corner);
            var at = notes.Camera.Project(point with { Z = MathF.Max(point.Z, 0.1f) });
            var spot = new Spot(at.X + 0.5, at.Y + 0.5);
            whole = whole is { } box ? Box.Of([new(box.Left, box.Top), new(box.Right, box.Bottom), spot]) : Box.Of([spot]);
        }
        var (left, top, right, bottom) = whole!.Value;
        double within = new Box(Math.Max(left, 0), Math.Max(top, 0), Math.Min(right, notes.Width), Math.Min(bottom, notes.Height)).Area;
        return whole.Value.Area > 0 ? Math.Clamp(1 - within / whole.Value.Area, 0, 1) : 0;
    }

    /// <summary>
    /// Level axes at the camera, from the world's: y straight down, z where it looks, level. KITTI's boxes turn about y alone, so these are
    /// the axes in which they fit things that stand upright, whatever the camera's pitch.
    /// </summary>
    internal static Pose Level(CameraNotes camera)
    {
        var sight = camera.ToWorld.Direction(Vector3.UnitZ);
        // A camera that looks straight up or down has its level direction where its picture's top points.
        if (MathF.Abs(sight.Y) > 0.9999f) sight = camera.ToWorld.Direction(-Vector3.UnitY);
        var z = Spatial.Unit(new(sight.X, 0, sight.Z));
        Vector3 y = -Vector3.UnitY, x = Spatial.Cross(y, z);
        return new Pose(new(x.X, y.X, z.X), new(x.Y, y.Y, z.Y), new(x.Z, y.Z, z.Z), camera.ToWorld.Translation).Inverse();
    }

    /// <summary>The least upright box, its length along the actor's own z axis (glTF's front) as seen from above.</summary>
    internal static SpatialBox Space(FrameNotes notes, ActorNotes actor)
    {
        var view = Level(notes.Camera).After(actor.Box.ToWorld);
        var front = view.Direction(Vector3.UnitZ);
        double turn = Math.Atan2(-front.Z, front.X), cos = Math.Cos(turn), sin = Math.Sin(turn);
        var (along, across, down) = (new Extent(), new Extent(), new Extent());
        for (int corner = 0; corner < 8; corner++)
        {
            var p = view.Point(new Bounds(actor.Box.Size * -0.5f, actor.Box.Size * 0.5f).Corner(corner));
            along.Add(p.X * cos - p.Z * sin);
            across.Add(p.X * sin + p.Z * cos);
            down.Add(p.Y);
        }
        double a = along.Middle, b = across.Middle;
        return new(down.Length, across.Length, along.Length, a * cos + b * sin, down.Most, b * cos - a * sin, turn);
    }

    private sealed class Extent
    {
        private double _least = double.PositiveInfinity;

        public double Most { get; private set; } = double.NegativeInfinity;

        public double Length => Most - _least;

        public double Middle => (Most + _least) / 2;

        public void Add(double value) => (_least, Most) = (Math.Min(_least, value), Math.Max(Most, value));
    }

    /// <summary>
    /// P0 to P3 the same: from the level axes of the labels to the picture, which for a level camera is its intrinsics alone.
    /// </summary>
    internal static byte[] Calibration(FrameNotes notes)
    {
        var camera = notes.Camera;
        var turned = camera.ToWorld.Inverse().After(Level(camera).Inverse());
        double[] rows = new double[12];
        for (int i = 0; i < 3; i++)
        {
            rows[i] = (double)camera.Fx * turned.X[i] + (double)camera.Cx * turned.Z[i];
            rows[4 + i] = (double)camera.Fy * turned.Y[i] + (double)camera.Cy * turned.Z[i];
            rows[8 + i] = turned.Z[i];
        }
        string matrix = string.Join(' ', rows.Select(v => v.ToString("e12", CultureInfo.InvariantCulture)));
        const string None = "1 0 0 0 1 0 0 0 1", Still = "1 0 0 0 0 1 0 0 0 0 1 0";
        return System.Text.Encoding.UTF8.GetBytes($"P0: {matrix}\nP1: {matrix}\nP2: {matrix}\nP3: {matrix}\nR0_rect: {None}\n"
            + $"Tr_velo_to_cam: {Still}\nTr_imu_to_velo: {Still}\n");
    }
}
