using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Simulant.Data;

namespace Simulant.Images.Sets;

/// <summary>Reads Pascal VOC's Annotations; pictures lie in JPEGImages or images. No document type is read, so none can grow.</summary>
internal static class VocReader
{
    private const int MostSide = 65_535;

    private static readonly XmlReaderSettings Safe = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 50_000_000,
    };

    public static PictureSet Read(string folder)
    {
        string images = new[] { "JPEGImages", "images" }.Select(f => Path.Combine(folder, f)).FirstOrDefault(Directory.Exists)
            ?? throw new DataException("there is neither JPEGImages nor images beside Annotations; put the pictures there", folder);
        string notes = Path.Combine(folder, "Annotations");
        var rows = new List<(PictureEntry Entry, List<(string Name, Subject Subject)> Subjects)>();
        int empty = 0;
        foreach (string file in Directory.EnumerateFiles(notes, "*.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var root = Root(file);
            var size = root.Element("size");
            string name = Name(file, notes, Text(root, "filename", file).Replace('\\', '/'));
            if (!SetPaths.IsWithin(name)) throw At(root, file, "filename leads out of the set; name a file below its folder");
            var entry = new PictureEntry(name, Path.Combine(images, name), file)
            {
                Size = size is null ? null : (Whole(size, "width", file), Whole(size, "height", file)),
            };
            var subjects = root.Elements("object").Select(o => Read(o, file)).ToList();
            empty += subjects.RemoveAll(s => s.Subject.Box.Area <= 0);
            rows.Add((entry, subjects));
        }
        string[] names = [.. rows.SelectMany(r => r.Subjects).Select(s => s.Name).Distinct().Order(StringComparer.Ordinal)];
        return new PictureSet("voc", folder, [.. names.Select((n, i) => new LabelClass(i + 1, n))], [.. rows.Select(r => r.Entry with
        {
            Subjects = [.. r.Subjects.Select(s => s.Subject with { Class = Array.IndexOf(names, s.Name) + 1 })],
        })])
        {
            Empty = empty,
        };
    }

    // Below a folder of annotations, a name without one means the same folder of pictures.
    private static string Name(string file, string notes, string name)
    {
        string folder = Path.GetDirectoryName(Path.GetRelativePath(notes, file))!.Replace('\\', '/');
        return folder.Length == 0 || name.Contains('/') ? name : $"{folder}/{name}";
    }

    private static (string Name, Subject Subject) Read(XElement at, string file)
    {
        var box = at.Element("bndbox") ?? throw At(at, file, "the object has no bndbox; add one");
        double left = Number(box, "xmin", file), top = Number(box, "ymin", file);
        double right = Number(box, "xmax", file), bottom = Number(box, "ymax", file);
        if (right < left || bottom < top) throw At(box, file, "xmax lies before xmin, or ymax before ymin; exchange them");
        return (Text(at, "name", file), new Subject(0, new(left - 1, top - 1, right, bottom))
        {
            // VOC says yes or no where others say how much: yes is its own threshold.
            Truncation = Flag(at, "truncated", file) is { } cut ? cut ? 0.2 : 0 : null,
            Occlusion = Flag(at, "occluded", file) is { } hidden ? hidden ? 1 : 0 : null,
            Difficult = Flag(at, "difficult", file) ?? false,
        });
    }

    private static XElement Root(string file)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(PictureSet.Bytes(file)), Safe);
            var root = XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
            return root.Name == "annotation" ? root : throw At(root, file, $"<{root.Name.LocalName}>, and <annotation> was expected");
        }
        catch (XmlException e)
        {
            throw new DataException($"column {e.LinePosition}: the text is not XML that is read here (it holds a document type, or is "
                + "damaged); write the file again", file, e.LineNumber > 0 ? e.LineNumber : null, null, e);
        }
    }

    private static DataException At(XElement at, string file, string what) => new(what, file, ((IXmlLineInfo)at).LineNumber);

    private static string Text(XElement at, string name, string file) => at.Element(name)?.Value.Trim() is { Length: > 0 } text ? text
        : throw At(at, file, $"<{at.Name.LocalName}> has no {name}; add it");

    private static double Number(XElement at, string name, string file)
    {
        string text = Text(at, name, file);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value
            : throw At(at.Element(name)!, file, $"{name} is {MessageText.Quote(text)}, and must be a number");
    }

    private static int Whole(XElement at, string name, string file) => Number(at, name, file) is >= 1 and <= MostSide and var value
        && value == Math.Floor(value) ? (int)value : throw At(at.Element(name)!, file,
            $"{name} must be a whole number from 1 to {MostSide}");

    private static bool? Flag(XElement at, string name, string file) => at.Element(name)?.Value.Trim() switch
    {
        null or "" or "Unspecified" => null,
        "0" => false,
        "1" => true,
        var other => throw At(at.Element(name)!, file, $"{name} is {MessageText.Quote(other)}, and must be 0 or 1"),
    };
}
