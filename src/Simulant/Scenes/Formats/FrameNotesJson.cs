using System.Numerics;
using System.Text.Json;
using Simulant.Data;
using Simulant.Images;
using Simulant.Images.Sets;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;

namespace Simulant.Scenes.Formats;

/// <summary>Notes of a frame as JSON: keys in one order, numbers in their shortest form that reads back to the same, parameters by
/// name.</summary>
internal static class FrameNotesJson
{
    private const int Most = 65535;
    private const string Brown = "brown_conrady", Round = "fisheye";

    public static byte[] Write(FrameNotes notes)
    {
        using var stream = new MemoryStream();
        PlainJson.Line(stream, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("frame", notes.Frame);
            json.WriteString("picture", notes.Picture);
            json.WriteNumber("width", notes.Width);
            json.WriteNumber("height", notes.Height);
            json.WriteStartObject("camera");
            json.WriteNumber("fx", notes.Camera.Fx);
            json.WriteNumber("fy", notes.Camera.Fy);
            json.WriteNumber("cx", notes.Camera.Cx);
            json.WriteNumber("cy", notes.Camera.Cy);
            Write(json, "toWorld", notes.Camera.ToWorld);
            Write(json, notes.Camera.Lens);
            json.WriteEndObject();
            json.WriteStartArray("actors");
            foreach (var actor in notes.Actors) Write(json, actor);
            json.WriteEndArray();
            json.WriteStartObject("parameters");
            foreach (var (name, value) in notes.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal))
                if (value.Text is { } text) json.WriteString(name, text);
                else json.WriteNumber(name, value.Number);
            json.WriteEndObject();
            json.WriteEndObject();
        });
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Lens? lens)
    {
        if (lens is null) return;
        json.WriteString("lens", lens is Fisheye ? Round : Brown);
        json.WriteStartArray("distortion");
        double[] coefficients = lens switch
        {
            Fisheye f => [f.K1, f.K2, f.K3, f.K4],
            BrownConrady b => [b.K1, b.K2, b.P1, b.P2, b.K3],
            _ => throw new ArgumentException($"{lens.GetType().Name} has no name in notes", nameof(lens)),
        };
        foreach (double k in coefficients) json.WriteNumberValue(k);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ActorNotes actor)
    {
        json.WriteStartObject();
        json.WriteString("name", actor.Name);
        json.WriteNumber("class", actor.Class);
        json.WriteNumber("instance", actor.Instance);
        json.WriteNumber("visiblePixels", actor.VisiblePixels);
        json.WriteNumber("amodalPixels", actor.AmodalPixels);
        json.WriteNumber("visibility", actor.Visibility);
        Write(json, "tight", actor.Tight);
        Write(json, "amodal", actor.Amodal);
        json.WriteStartObject("box");
        Numbers(json, "centre", actor.Box.Centre);
        Numbers(json, "size", actor.Box.Size);
        Write(json, "toCamera", actor.Box.ToCamera);
        Write(json, "toWorld", actor.Box.ToWorld);
        json.WriteEndObject();
        Write(json, "toCamera", actor.ToCamera);
        json.WriteStartArray("keypoints");
        foreach (var point in actor.Keypoints)
        {
            json.WriteStartObject();
            json.WriteString("name", point.Name);
            if (float.IsNaN(point.Place.X)) json.WriteNull("place");
            else Numbers(json, "place", point.Place);
            json.WriteString("seen", Name(point.Seen));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("hiddenBy");
        foreach (var (instance, pixels) in actor.HiddenBy)
        {
            json.WriteStartArray();
            json.WriteNumberValue(instance);
            json.WriteNumberValue(pixels);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteString("visibleMask", actor.VisibleMask.Pack());
        json.WriteString("amodalMask", actor.AmodalMask.Pack());
        if (actor.Polygons is { } polygons) Write(json, polygons);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<Spot[]> polygons)
    {
        json.WriteStartArray("polygons");
        foreach (var polygon in polygons)
        {
            json.WriteStartArray();
            foreach (var (x, y) in polygon)
            {
                json.WriteNumberValue(x);
                json.WriteNumberValue(y);
            }
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, PixelBox box)
    {
        json.WriteStartArray(name);
        foreach (int edge in (int[])[box.Left, box.Top, box.Right, box.Bottom]) json.WriteNumberValue(edge);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, in Pose pose)
    {
        json.WriteStartObject(name);
        Numbers(json, "rotation", pose.X, pose.Y, pose.Z);
        Numbers(json, "translation", pose.Translation);
        json.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter json, string name, params ReadOnlySpan<Vector3> vectors)
    {
        json.WriteStartArray(name);
        foreach (var vector in vectors)
        {
            json.WriteNumberValue(vector.X);
            json.WriteNumberValue(vector.Y);
            json.WriteNumberValue(vector.Z);
        }
        json.WriteEndArray();
    }

    private static string Name(Seen seen) => seen switch { Seen.Visible => "visible", Seen.Hidden => "hidden", _ => "outside" };

    /// <summary>Reads what <see cref="Write(FrameNotes)"/> wrote.</summary>
    /// <exception cref="DataException">The text is no such notes; the place is said.</exception>
    public static FrameNotes Read(ReadOnlyMemory<byte> json, string file)
    {
        var root = JsonPlace.Parse(json, file);
        int width = (int)root["width"].Whole(1, Camera.Largest), height = (int)root["height"].Whole(1, Camera.Largest);
        var camera = root["camera"];
        var parameters = new SortedDictionary<string, NoteValue>(StringComparer.Ordinal);
        foreach (var (name, value) in root["parameters"].Members())
            parameters[name] = value.Kind == JsonValueKind.String ? value.Text() : value.Number();
        return new(root["frame"].Whole(0), root["picture"].Text(), width, height,
            new(camera["fx"].Single(), camera["fy"].Single(), camera["cx"].Single(), camera["cy"].Single(),
                Pose(camera["toWorld"])) { Lens = Lens(camera) },
            [.. root["actors"].Items().Select(a => Actor(a, width, height))], parameters);
    }

    private static Lens? Lens(JsonPlace camera)
    {
        if (camera.Find("lens") is not { } name) return null;
        double[] k = camera["distortion"].Numbers();
        return (name.Text(), k.Length) switch
        {
            (Round, 4) => new Fisheye(k[0], k[1], k[2], k[3]),
            (Brown, 5) => new BrownConrady(k[0], k[1], k[2], k[3], k[4]),
            _ => throw name.Fault($"{Brown} with five coefficients or {Round} with four was expected"),
        };
    }

    private static ActorNotes Actor(JsonPlace at, int width, int height)
    {
        int most = width * height;
        var box = at["box"];
        return new(at["name"].Text(), (int)at["class"].Whole(1, Most), (int)at["instance"].Whole(1, Most),
            (int)at["visiblePixels"].Whole(0, most), (int)at["amodalPixels"].Whole(0, most), Pixels(at["tight"], width, height),
            Pixels(at["amodal"], width, height),
            new(Vectors(box["centre"], 1)[0], Vectors(box["size"], 1)[0], Pose(box["toCamera"]), Pose(box["toWorld"])),
            Pose(at["toCamera"]), [.. at["keypoints"].Items().Select(Keypoint)], [.. at["hiddenBy"].Items().Select(Hider)],
            Mask(at["visibleMask"], width, height), Mask(at["amodalMask"], width, height))
        {
            Polygons = at.Find("polygons") is { } polygons ? [.. polygons.Items().Select(Polygon)] : null,
        };
    }

    private static KeypointLabel Keypoint(JsonPlace at) => new(at["name"].Text(),
        at.Find("place") is { } place ? Vectors(place, 1)[0] : new(float.NaN), at["seen"].Text() switch
        {
            "visible" => Seen.Visible,
            "hidden" => Seen.Hidden,
            "outside" => Seen.Outside,
            _ => throw at["seen"].Fault("visible, hidden or outside was expected"),
        });

    private static (int, int) Hider(JsonPlace at)
    {
        JsonPlace[] pair = [.. at.Items()];
        return pair.Length == 2 ? ((int)pair[0].Whole(0, Most), (int)pair[1].Whole(0, int.MaxValue))
            : throw at.Fault("an instance and its pixels were expected");
    }

    private static PixelBox Pixels(JsonPlace at, int width, int height)
    {
        JsonPlace[] edges = [.. at.Items()];
        if (edges.Length != 4) throw at.Fault("four edges were expected: left, top, right, bottom");
        return new((int)edges[0].Whole(0, width), (int)edges[1].Whole(0, height), (int)edges[2].Whole(0, width),
            (int)edges[3].Whole(0, height));
    }

    private static Pose Pose(JsonPlace at)
    {
        var rows = Vectors(at["rotation"], 3);
        return new(rows[0], rows[1], rows[2], Vectors(at["translation"], 1)[0]);
    }

    private static Vector3[] Vectors(JsonPlace at, int count)
    {
        float[] values = [.. at.Items().Select(i => i.Single())];
        if (values.Length != 3 * count) throw at.Fault($"{values.Length} numbers, and {3 * count} were expected");
        return [.. values.Chunk(3).Select(v => new Vector3(v[0], v[1], v[2]))];
    }

    private static RunLengths Mask(JsonPlace at, int width, int height) =>
        RunLengths.Unpack(width, height, at.Text(), out string fault) ?? throw at.Fault(fault);

    private static Spot[] Polygon(JsonPlace at)
    {
        double[] values = at.Numbers();
        if (values.Length % 2 != 0) throw at.Fault("pairs of x and y were expected");
        return [.. values.Chunk(2).Select(v => new Spot(v[0], v[1]))];
    }
}
