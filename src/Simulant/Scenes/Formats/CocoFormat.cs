using System.Text.Json;
using Simulant.Data;
using Simulant.Images;
using Simulant.Images.Codecs;
using Simulant.Images.Sets;
using Simulant.Scenes.Labels;

namespace Simulant.Scenes.Formats;

/// <summary>
/// COCO: images and annotations.json. An annotation is an actor of which something is seen: box and runs of what is seen of it, keypoints,
/// and as keys of its own instance, visibility, amodal_bbox, amodal_area and amodal_segmentation. Optionally COCO's panoptic pictures,
/// whose colours are instances, and panoptic.json.
/// </summary>
public sealed class CocoFormat(bool panoptic = false) : ISceneFormat
{
    public string Name => panoptic ? "coco-panoptic" : "coco";

    public string Meaning => panoptic ? "COCO with panoptic pictures" : "COCO's boxes, masks and keypoints";

    public IEnumerable<SceneFile> OfFrame(FrameNotes notes, Frame frame, byte[] picture)
    {
        ArgumentNullException.ThrowIfNull(notes);
        ArgumentNullException.ThrowIfNull(frame);
        yield return PlainFormat.PictureAt("images", notes, picture);
    }

    public IEnumerable<SceneFile> OfSet(SceneClasses classes, IEnumerable<FrameNotes> frames)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(frames);
        using var stream = new MemoryStream();
        using var segments = new Panoptic(classes);
        using (var writer = new CocoWriter(stream, [.. classes.All.Where(c => c.Countable)]))
        {
            foreach (var notes in frames)
            {
                writer.Picture(notes.Frame, $"{notes.Key}{Path.GetExtension(notes.Picture)}", notes.Width, notes.Height);
                foreach (var (actor, of) in Annotated(classes, notes))
                    if (of.Countable) writer.Subject(notes.Frame, Subject(actor, of));
                if (!panoptic) continue;
                segments.Add(notes);
                yield return new($"panoptic/{notes.Key}.png", Colours(classes, notes));
            }
            writer.End();
        }
        yield return new("annotations.json", stream.ToArray());
        if (panoptic) yield return new("panoptic.json", segments.End());
    }

    /// <summary>Actors of the listed classes of which something is seen.</summary>
    internal static IEnumerable<(ActorNotes Actor, LabelClass Class)> Annotated(SceneClasses classes, FrameNotes notes)
    {
        foreach (var actor in notes.Actors)
            if (actor.VisiblePixels > 0 && classes.Find(actor.Class) is { } of) yield return (actor, of);
    }

    /// <summary>The keypoints of the class in its order, as Images has them; unlabelled where the actor has none of the name.</summary>
    internal static IReadOnlyList<Keypoint> Keypoints(ActorNotes actor, LabelClass of)
    {
        Keypoint Of(KeypointLabel? k) => k is null || k.Seen == Seen.Outside ? default
            : new(k.Place.X + 0.5, k.Place.Y + 0.5, k.Seen == Seen.Visible ? 2 : 1);
        return [.. of.Keypoints.Select(name => Of(actor.Keypoints.FirstOrDefault(k => k.Name == name)))];
    }

    private static CocoSubject Subject(ActorNotes actor, LabelClass of)
    {
        var (tight, amodal) = (actor.Tight, actor.Amodal);
        return new(actor.Class, new(tight.Left, tight.Top, tight.Right, tight.Bottom), actor.VisiblePixels)
        {
            Mask = actor.VisibleMask,
            Keypoints = Keypoints(actor, of),
            More = json =>
            {
                json.WriteNumber("instance", actor.Instance);
                json.WriteNumber("visibility", actor.Visibility);
                json.WriteStartArray("amodal_bbox");
                foreach (int value in (int[])[amodal.Left, amodal.Top, amodal.Width, amodal.Height]) json.WriteNumberValue(value);
                json.WriteEndArray();
                json.WriteNumber("amodal_area", actor.AmodalPixels);
                CocoWriter.Mask(json, "amodal_segmentation", actor.AmodalMask);
            },
        };
    }

    // Instances as colours, red the lowest byte; black where no listed class is.
    private static byte[] Colours(SceneClasses classes, FrameNotes notes)
    {
        var image = new Raster<byte>(notes.Width, notes.Height, 3, ColourSpace.Data);
        foreach (var (actor, _) in Annotated(classes, notes))
        {
            bool[] mask = actor.VisibleMask.Pixels();
            for (int i = 0; i < mask.Length; i++)
                if (mask[i]) (image.Samples[3 * i], image.Samples[3 * i + 1]) = ((byte)actor.Instance, (byte)(actor.Instance >> 8));
        }
        return PngWriter.Write(image);
    }

    private sealed class Panoptic : IDisposable
    {
        private readonly MemoryStream _stream = new(), _images = new();
        private readonly Utf8JsonWriter _json, _image;
        private readonly SceneClasses _classes;

        public Panoptic(SceneClasses classes)
        {
            (_json, _image, _classes) = (new(_stream, PlainJson.Writer), new(_images, PlainJson.Writer), classes);
            _json.WriteStartObject();
            _json.WriteStartArray("annotations");
            _image.WriteStartArray();
        }

        public void Add(FrameNotes notes)
        {
            _image.WriteStartObject();
            _image.WriteNumber("id", notes.Frame);
            _image.WriteString("file_name", $"{notes.Key}{Path.GetExtension(notes.Picture)}");
            _image.WriteNumber("width", notes.Width);
            _image.WriteNumber("height", notes.Height);
            _image.WriteEndObject();
            _json.WriteStartObject();
            _json.WriteNumber("image_id", notes.Frame);
            _json.WriteString("file_name", $"{notes.Key}.png");
            _json.WriteStartArray("segments_info");
            foreach (var (actor, _) in Annotated(_classes, notes))
            {
                _json.WriteStartObject();
                _json.WriteNumber("id", actor.Instance);
                _json.WriteNumber("category_id", actor.Class);
                _json.WriteNumber("area", actor.VisiblePixels);
                _json.WriteStartArray("bbox");
                foreach (int value in (int[])[actor.Tight.Left, actor.Tight.Top, actor.Tight.Width, actor.Tight.Height])
                    _json.WriteNumberValue(value);
                _json.WriteEndArray();
                _json.WriteNumber("iscrowd", 0);
                _json.WriteEndObject();
            }
            _json.WriteEndArray();
            _json.WriteEndObject();
        }

        public byte[] End()
        {
            _json.WriteEndArray();
            _image.WriteEndArray();
            _image.Flush();
            _json.WritePropertyName("images");
            _json.WriteRawValue(_images.GetBuffer().AsSpan(0, (int)_images.Length), skipInputValidation: true);
            CocoWriter.Categories(_json, _classes.All, panoptic: true);
            _json.WriteEndObject();
            _json.Flush();
            return _stream.ToArray();
        }

        public void Dispose()
        {
            _json.Dispose();
            _image.Dispose();
            _stream.Dispose();
            _images.Dispose();
        }
    }
}
