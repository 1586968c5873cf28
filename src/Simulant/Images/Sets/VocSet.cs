using System.Globalization;
using System.Text;
using System.Xml;

namespace Simulant.Images.Sets;

/// <summary>
/// Pascal VOC (Everingham and others, 2010): JPEGImages, Annotations with an XML a picture, ImageSets/Main/trainval.txt. Boxes are in whole
/// pixels counted from 1, both ends within, rounded outwards.
/// </summary>
public sealed class VocSet : SetWriter
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false), OmitXmlDeclaration = true,
    };

    public override string Name => "voc";

    public override string PictureAt(SetPicture picture, IReadOnlyList<LabelClass> classes) => $"JPEGImages/{picture.Name}";

    public override IEnumerable<SetFile> OfPicture(SetPicture picture, IReadOnlyList<LabelClass> classes)
    {
        ArgumentNullException.ThrowIfNull(picture);
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, Settings))
        {
            xml.WriteStartElement("annotation");
            xml.WriteElementString("folder", "JPEGImages");
            xml.WriteElementString("filename", picture.Name);
            xml.WriteStartElement("size");
            Number(xml, "width", picture.Width);
            Number(xml, "height", picture.Height);
            Number(xml, "depth", 3);
            xml.WriteEndElement();
            Number(xml, "segmented", 0);
            foreach (var subject in picture.Subjects) Write(xml, subject, picture, classes);
            xml.WriteEndElement();
        }
        stream.WriteByte((byte)'\n');
        yield return new($"Annotations/{picture.Stem}.xml", stream.ToArray());
    }

    public override IEnumerable<SetFile> OfSet(IEnumerable<SetPicture> pictures, IReadOnlyList<LabelClass> classes)
    {
        yield return new("ImageSets/Main/trainval.txt", Text(string.Concat(pictures.Select(p => p.Stem + "\n"))));
    }

    private static void Write(XmlWriter xml, Subject subject, SetPicture picture, IReadOnlyList<LabelClass> classes)
    {
        xml.WriteStartElement("object");
        xml.WriteElementString("name", classes[IndexOf(classes, subject.Class)].Name);
        xml.WriteElementString("pose", "Unspecified");
        Number(xml, "truncated", subject.Truncation > 0.15 ? 1 : 0);
        Number(xml, "occluded", subject.Occlusion > 0 ? 1 : 0);
        Number(xml, "difficult", subject.Difficult ? 1 : 0);
        xml.WriteStartElement("bndbox");
        // A hair beyond a whole number is rounding, not a pixel more.
        const double Hair = 1e-6;
        int left = (int)Math.Floor(subject.Box.Left + Hair) + 1, top = (int)Math.Floor(subject.Box.Top + Hair) + 1;
        Number(xml, "xmin", left);
        Number(xml, "ymin", top);
        Number(xml, "xmax", Math.Clamp((int)Math.Ceiling(subject.Box.Right - Hair), left, picture.Width));
        Number(xml, "ymax", Math.Clamp((int)Math.Ceiling(subject.Box.Bottom - Hair), top, picture.Height));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Number(XmlWriter xml, string name, int value) =>
        xml.WriteElementString(name, value.ToString(CultureInfo.InvariantCulture));
}
