using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Simulant.Data;
using Simulant.Images;
using Simulant.Images.Codecs;
using Simulant.Images.Sets;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Labels;

namespace Simulant.Scenes.Formats;

/// <summary>
/// BOP's scene (Hodan and others, 2018): rgb, depth, mask, mask_visib, scene_gt.json, scene_gt_info.json, scene_camera.json; OpenCV's axes,
/// millimetres. Objects are the actors of listed countable classes that would be seen if they stood alone; obj_id is the class, and the
/// model's axes are the actor's own. Counts and boxes are of what lies within the picture.
/// </summary>
/// <param name="depthScale">Millimetres of a step of the depth picture: 1 reaches 65 m, 0.1 reaches 6.5 m.</param>
public sealed class BopFormat(float depthScale = 1) : ISceneFormat
{
    public string Name => "bop";

    public string Meaning => "BOP's poses, masks and depth, in millimetres";

    public IEnumerable<SceneFile> OfFrame(FrameNotes notes, Frame frame, byte[] picture)
    {
        ArgumentNullException.ThrowIfNull(notes);
        ArgumentNullException.ThrowIfNull(frame);
        yield return PlainFormat.PictureAt("rgb", notes, picture);
        yield return new($"depth/{notes.Key}.png",
            PngWriter.Write(PlainFormat.Millimetres(frame.Pixels.Depth, notes.Width, notes.Height, 1 / depthScale)));
    }

    public IEnumerable<SceneFile> OfSet(SceneClasses classes, IEnumerable<FrameNotes> frames)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(frames);
        using Table poses = new(), infos = new(), cameras = new();
        foreach (var notes in frames)
        {
            ActorNotes[] actors = [.. notes.Actors.Where(a => a.AmodalPixels > 0 && classes.Find(a.Class) is { Countable: true })];
            poses.Json.WriteStartArray(Number(notes.Frame));
            infos.Json.WriteStartArray(Number(notes.Frame));
            for (int i = 0; i < actors.Length; i++)
            {
                Write(poses.Json, actors[i]);
                Info(infos.Json, actors[i]);
                string name = string.Create(CultureInfo.InvariantCulture, $"{notes.Key}_{i:D6}.png");
                yield return new($"mask/{name}", Mask(actors[i].AmodalMask));
                yield return new($"mask_visib/{name}", Mask(actors[i].VisibleMask));
            }
            poses.Json.WriteEndArray();
            infos.Json.WriteEndArray();
            Camera(cameras.Json, notes);
        }
        yield return new("scene_gt.json", poses.End());
        yield return new("scene_gt_info.json", infos.End());
        yield return new("scene_camera.json", cameras.End());
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Write(Utf8JsonWriter json, ActorNotes actor)
    {
        json.WriteStartObject();
        Pose(json, actor.ToCamera, "cam_R_m2c", "cam_t_m2c");
        json.WriteNumber("obj_id", actor.Class);
        json.WriteNumber("instance", actor.Instance);
        json.WriteEndObject();
    }

    private static void Info(Utf8JsonWriter json, ActorNotes actor)
    {
        json.WriteStartObject();
        Box(json, "bbox_obj", actor.Amodal);
        Box(json, "bbox_visib", actor.Tight);
        json.WriteNumber("px_count_all", actor.AmodalPixels);
        // Every pixel of a traced depth picture that an actor covers is known.
        json.WriteNumber("px_count_valid", actor.AmodalPixels);
        json.WriteNumber("px_count_visib", actor.VisiblePixels);
        json.WriteNumber("visib_fract", actor.Visibility);
        json.WriteEndObject();
    }

    private void Camera(Utf8JsonWriter json, FrameNotes notes)
    {
        var camera = notes.Camera;
        json.WriteStartObject(Number(notes.Frame));
        json.WriteStartArray("cam_K");
        foreach (float value in (float[])[camera.Fx, 0, camera.Cx, 0, camera.Fy, camera.Cy, 0, 0, 1]) json.WriteNumberValue(value);
        json.WriteEndArray();
        Pose(json, camera.ToWorld.Inverse(), "cam_R_w2c", "cam_t_w2c");
        json.WriteNumber("depth_scale", depthScale);
        json.WriteEndObject();
    }

    private static void Pose(Utf8JsonWriter json, in Pose pose, string rotation, string translation)
    {
        json.WriteStartArray(rotation);
        foreach (var row in (Vector3[])[pose.X, pose.Y, pose.Z])
            for (int i = 0; i < 3; i++) json.WriteNumberValue(row[i]);
        json.WriteEndArray();
        json.WriteStartArray(translation);
        for (int i = 0; i < 3; i++) json.WriteNumberValue(1000.0 * pose.Translation[i]);
        json.WriteEndArray();
    }

    // BOP says -1 all over where nothing is seen.
    private static void Box(Utf8JsonWriter json, string name, PixelBox box)
    {
        json.WriteStartArray(name);
        int[] values = box.IsEmpty ? [-1, -1, -1, -1] : [box.Left, box.Top, box.Width, box.Height];
        foreach (int value in values) json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    private static byte[] Mask(RunLengths runs)
    {
        bool[] rows = runs.Pixels();
        return PngWriter.Write(new Raster<byte>(runs.Width, runs.Height, 1, [.. rows.Select(r => r ? (byte)255 : (byte)0)],
            ColourSpace.Data));
    }

    /// <summary>An object whose keys are frames.</summary>
    private sealed class Table : IDisposable
    {
        private readonly MemoryStream _stream = new();

        public Table()
        {
            Json = new(_stream, PlainJson.Writer);
            Json.WriteStartObject();
        }

        public Utf8JsonWriter Json { get; }

        public byte[] End()
        {
            Json.WriteEndObject();
            Json.Flush();
            return _stream.ToArray();
        }

        public void Dispose()
        {
            Json.Dispose();
            _stream.Dispose();
        }
    }
}
