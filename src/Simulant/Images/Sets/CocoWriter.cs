using System.Text.Json;
using Simulant.Data;

namespace Simulant.Images.Sets;

/// <summary>One annotation as COCO has it.</summary>
/// <param name="Class">Number of its class.</param>
/// <param name="Box">Its box, pixel i spanning i to i + 1.</param>
/// <param name="Area">Pixels of its mask, or of the box where it has none.</param>
public sealed record CocoSubject(int Class, Box Box, double Area)
{
    /// <summary>Written where there are no polygons.</summary>
    public RunLengths? Mask { get; init; }

    /// <summary>Outlines, none within another.</summary>
    public IReadOnlyList<Spot[]> Polygons { get; init; } = [];

    /// <summary>In this record's pixels, whose first has its middle at (0.5, 0.5).</summary>
    public IReadOnlyList<Keypoint> Keypoints { get; init; } = [];

    public bool Crowd { get; init; }

    /// <summary>Writes keys of its own at the annotation's end.</summary>
    public Action<Utf8JsonWriter>? More { get; init; }
}

/// <summary>
/// Writes a set of COCO's: pictures and their subjects in order, annotations numbered from 1. Keypoints are written as COCO counts them,
/// (0, 0) being the middle of the first pixel. The same calls give the same bytes.
/// </summary>
public sealed class CocoWriter : IDisposable
{
    private readonly Utf8JsonWriter _json, _annotations;
    private readonly MemoryStream _kept = new();
    private readonly IReadOnlyList<LabelClass> _classes;
    private long _count;

    public CocoWriter(Stream to, IReadOnlyList<LabelClass> classes)
    {
        (_json, _annotations, _classes) = (new(to, PlainJson.Writer), new(_kept, PlainJson.Writer), classes);
        _json.WriteStartObject();
        _json.WriteStartArray("images");
        _annotations.WriteStartArray();
    }

    public void Picture(long id, string file, int width, int height)
    {
        _json.WriteStartObject();
        _json.WriteNumber("id", id);
        _json.WriteString("file_name", file);
        _json.WriteNumber("width", width);
        _json.WriteNumber("height", height);
        _json.WriteEndObject();
    }

    public void Subject(long picture, CocoSubject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var (left, top, right, bottom) = subject.Box;
        _annotations.WriteStartObject();
        _annotations.WriteNumber("id", ++_count);
        _annotations.WriteNumber("image_id", picture);
        _annotations.WriteNumber("category_id", subject.Class);
        Numbers("bbox", [left, top, right - left, bottom - top]);
        _annotations.WriteNumber("area", subject.Area);
        _annotations.WriteNumber("iscrowd", subject.Crowd ? 1 : 0);
        if (subject.Polygons.Count > 0)
        {
            _annotations.WriteStartArray("segmentation");
            foreach (var polygon in subject.Polygons)
            {
                _annotations.WriteStartArray();
                foreach (var (x, y) in polygon)
                {
                    _annotations.WriteNumberValue(x);
                    _annotations.WriteNumberValue(y);
                }
                _annotations.WriteEndArray();
            }
            _annotations.WriteEndArray();
        }
        else if (subject.Mask is not null) Mask(_annotations, "segmentation", subject.Mask);
        if (subject.Keypoints.Count > 0)
        {
            _annotations.WriteNumber("num_keypoints", subject.Keypoints.Count(k => k.Visibility > 0));
            Numbers("keypoints", subject.Keypoints.SelectMany(k => k.Visibility == 0 ? (double[])[0, 0, 0]
                : [k.X - 0.5, k.Y - 0.5, k.Visibility]));
        }
        subject.More?.Invoke(_annotations);
        _annotations.WriteEndObject();
    }

    /// <summary>A mask as packed runs.</summary>
    public static void Mask(Utf8JsonWriter json, string name, RunLengths mask)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(mask);
        json.WriteStartObject(name);
        json.WriteStartArray("size");
        json.WriteNumberValue(mask.Height);
        json.WriteNumberValue(mask.Width);
        json.WriteEndArray();
        json.WriteString("counts", mask.Pack());
        json.WriteEndObject();
    }

    /// <summary>Annotations and classes, and the end.</summary>
    public void End()
    {
        _json.WriteEndArray();
        _annotations.WriteEndArray();
        _annotations.Flush();
        _json.WritePropertyName("annotations");
        _json.WriteRawValue(_kept.GetBuffer().AsSpan(0, (int)_kept.Length), skipInputValidation: true);
        Categories(_json, _classes);
        _json.WriteEndObject();
        _json.Flush();
    }

    /// <summary>COCO's list of classes; skeletons count keypoints from 1.</summary>
    public static void Categories(Utf8JsonWriter json, IReadOnlyList<LabelClass> classes, bool panoptic = false)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(classes);
        json.WriteStartArray("categories");
        foreach (var of in classes)
        {
            json.WriteStartObject();
            json.WriteNumber("id", of.Number);
            json.WriteString("name", of.Name);
            if (of.Kind.Length > 0 || panoptic) json.WriteString("supercategory", of.Kind.Length > 0 ? of.Kind : of.Name);
            if (panoptic) json.WriteNumber("isthing", of.Countable ? 1 : 0);
            if (of.Keypoints.Count > 0)
            {
                json.WriteStartArray("keypoints");
                foreach (string name in of.Keypoints) json.WriteStringValue(name);
                json.WriteEndArray();
                json.WriteStartArray("skeleton");
                foreach (var (from, to) in of.Skeleton)
                {
                    json.WriteStartArray();
                    json.WriteNumberValue(from + 1);
                    json.WriteNumberValue(to + 1);
                    json.WriteEndArray();
                }
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public void Dispose()
    {
        _json.Dispose();
        _annotations.Dispose();
        _kept.Dispose();
    }

    private void Numbers(string name, IEnumerable<double> values)
    {
        _annotations.WriteStartArray(name);
        foreach (double value in values) _annotations.WriteNumberValue(value);
        _annotations.WriteEndArray();
    }
}
