using System.Globalization;
using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Images.Sets;

/// <summary>
/// Reads YOLO's folders: data.yaml with names, and optionally path, train (a folder, a list of folders, or a .txt of pictures), kpt_shape
/// and flip_idx; or images and labels with classes.txt. A picture without a file of labels has no subjects.
/// </summary>
internal static class YoloReader
{
    private sealed record Header(IReadOnlyList<LabelClass> Classes, IReadOnlyList<string> Train, int Points, int Numbers,
        IReadOnlyList<int> Mirrored);

    public static PictureSet Read(string file)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var header = file.EndsWith(".txt", StringComparison.Ordinal) ? Listed(file, folder) : Yaml(file, folder);
        int empty = 0;
        bool outlines = false;
        var entries = new List<PictureEntry>();
        foreach (var (picture, name) in header.Train.SelectMany(t => Pictures(t, file)))
        {
            string labels = Labels(picture);
            var subjects = new List<Subject>();
            string[] lines = File.Exists(labels) ? SetPaths.Lines(labels) : [];
            for (int i = 0; i < lines.Length; i++)
            {
                if (string.IsNullOrWhiteSpace(lines[i])) continue;
                var subject = Subject(lines[i], header, labels, i + 1);
                if (subject.Box.Area > 0) subjects.Add(subject);
                else empty++;
                outlines |= subject.Polygons.Count > 0;
            }
            entries.Add(new(name, picture, labels) { Subjects = subjects, InParts = true });
        }
        return new PictureSet(header.Points > 0 ? "yolo-pose" : outlines ? "yolo-seg" : "yolo", file, header.Classes, entries)
        {
            Empty = empty, Mirrored = header.Mirrored,
        };
    }

    private static Subject Subject(string line, Header header, string file, int row)
    {
        DataException Fault(string what) => new(what, file, row);
        string[] words = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (!int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index) || index >= header.Classes.Count)
            throw Fault(
                $"class {MessageText.Quote(words[0])}; a number from 0 to {header.Classes.Count - 1} was expected, as names has them");
        double[] v = new double[words.Length - 1];
        for (int i = 0; i < v.Length; i++)
            if (!double.TryParse(words[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out v[i]) || !double.IsFinite(v[i]))
                throw Fault($"{MessageText.Quote(words[i + 1])} is no number; mend the line");
        int number = header.Classes[index].Number, points = header.Points * header.Numbers;
        bool outline = points == 0 && v.Length >= 6 && v.Length % 2 == 0;
        if (!outline && v.Length != 4 + points)
            throw Fault($"{v.Length} numbers behind the class; {4 + points} for a box "
                + (points > 0 ? "with keypoints were expected" : "were expected, or at least three pairs for an outline"));
        // Rounding may lead a hair beyond the edge; pixels instead of parts lead far beyond.
        for (int i = 0; i < (outline ? v.Length : 4); i++)
            if (v[i] is < -0.01 or > 1.01) throw Fault($"{words[i + 1]} is not from 0 to 1; divide by the picture's sides");
        if (outline)
            return Simulant.Images.Subject.Outlined(number,
                [.. v.Chunk(2).Select(p => new Spot(Math.Clamp(p[0], 0, 1), Math.Clamp(p[1], 0, 1)))]);
        if (v[2] < 0 || v[3] < 0) throw Fault("a box of less than nothing; mend the line");
        return new(number, new(v[0] - v[2] / 2, v[1] - v[3] / 2, v[0] + v[2] / 2, v[1] + v[3] / 2))
        {
            Keypoints = [.. v[4..].Chunk(Math.Max(1, header.Numbers)).Select(k => Point(k, Fault))],
        };
    }

    private static Keypoint Point(double[] k, Func<string, DataException> fault)
    {
        // Of two numbers, (0, 0) is a point that nobody placed.
        double seen = k.Length > 2 ? k[2] : k[0] == 0 && k[1] == 0 ? 0 : 2;
        return seen switch
        {
            0 => default,
            1 or 2 => new(k[0], k[1], (int)seen),
            _ => throw fault(string.Create(CultureInfo.InvariantCulture, $"a keypoint is seen by {seen}; 0, 1 or 2 were expected")),
        };
    }

    private static Header Listed(string file, string folder)
    {
        string[] names = [.. SetPaths.Lines(file).Select(l => l.Trim()).Where(l => l.Length > 0)];
        if (names.Length == 0) throw new DataException("there is no class; write a name a line", file);
        return new([.. names.Select((n, i) => new LabelClass(i, n))], [Path.Combine(folder, "images")], 0, 0, []);
    }

    private static Header Yaml(string file, string folder)
    {
        var faults = new DiagnosticBag();
        string text = string.Join('\n', SetPaths.Lines(file));
        var root = YamlNodes.Read(text, file, faults);
        DataException Fault(string what, SourcePosition at) => new(what, file, at.Line);
        if (root is null) throw Fault(faults.All[0].Message, faults.All[0].At);
        if (root is not SpecMap map) throw Fault("a map with names was expected", root.At);
        string Text(SpecNode node) => node is SpecScalar scalar ? scalar.Text : throw Fault("a text was expected", node.At);
        int Whole(SpecNode node, int least, int most) => node is SpecScalar { Number: { } n } && n >= least && n <= most
            && n == Math.Floor(n)
            ? (int)n : throw Fault($"a whole number from {least} to {most} was expected", node.At);
        var names = map["names"] ?? throw Fault("there are no names; add names: [ … ]", root.At);
        string[] listed = names switch
        {
            SpecList list => [.. list.Items.Select(Text)],
            SpecMap { Entries: var entries } => [.. entries.Select((e, i) => e.Key == i.ToString(CultureInfo.InvariantCulture)
                ? Text(e.Value)
                : throw Fault($"class {i} was expected, and '{Nearest.Printable(e.Key)}' was found; list all from 0 on", e.KeyAt))],
            _ => throw Fault("names is a list, or a map from 0 on", names.At),
        };
        if (listed.Length == 0) throw Fault("there is no class in names", names.At);
        int points = 0, numbers = 0;
        if (map["kpt_shape"] is { } shape)
        {
            if (shape is not SpecList { Items: [var count, var size] }) throw Fault("kpt_shape is [ points, 2 or 3 ]", shape.At);
            (points, numbers) = (Whole(count, 1, 1000), Whole(size, 2, 3));
        }
        int[] flip = map["flip_idx"] is SpecList { Items: var order } ? [.. order.Select(o => Whole(o, 0, points - 1))] : [];
        if (flip.Length > 0 && (flip.Length != points || flip.Where((f, i) => flip[f] != i).Any()))
            throw Fault("flip_idx says for each point its counterpart, both ways round", map["flip_idx"]!.At);
        string home = map["path"] is { } path ? Path.Combine(folder, Text(path)) : folder;
        IReadOnlyList<string> train = map["train"] switch
        {
            SpecList list => [.. list.Items.Select(Text)],
            { } one => [Text(one)],
            null => ["images"],
        };
        string[] keypoints = [.. Enumerable.Range(0, points).Select(i => string.Create(CultureInfo.InvariantCulture, $"point{i + 1}"))];
        return new([.. listed.Select((n, i) => new LabelClass(i, n) { Keypoints = keypoints })],
            [.. train.Select(t => Path.Combine(Directory.Exists(home) ? home : folder, t))], points, numbers,
            flip.Where((f, i) => f != i).Any() ? flip : []);
    }

    /// <summary>Pictures of a folder or a list, each with its name below the folder images.</summary>
    private static IEnumerable<(string File, string Name)> Pictures(string train, string file)
    {
        if (train.EndsWith(".txt", StringComparison.Ordinal))
        {
            string folder = Path.GetDirectoryName(train)!;
            foreach (string line in SetPaths.Lines(train).Select(l => l.Trim()).Where(l => l.Length > 0))
            {
                string picture = Path.GetFullPath(Path.Combine(folder, line));
                yield return (picture, Short(picture));
            }
            yield break;
        }
        if (!Directory.Exists(train)) throw new DataException($"the pictures' folder '{train}' is not there; mend train, or path", file);
        foreach (string name in SetPaths.Pictures(train))
        {
            string picture = Path.GetFullPath(Path.Combine(train, name));
            yield return (picture, Short(picture));
        }
    }

    private static string Short(string picture)
    {
        string path = picture.Replace('\\', '/');
        int at = path.LastIndexOf("/images/", StringComparison.Ordinal);
        return at < 0 ? Path.GetFileName(picture) : path[(at + 8)..];
    }

    /// <summary>The last folder called images becomes labels, and the ending .txt.</summary>
    private static string Labels(string picture)
    {
        string path = picture.Replace('\\', '/');
        int at = path.LastIndexOf("/images/", StringComparison.Ordinal);
        return Path.ChangeExtension(at < 0 ? picture : $"{path[..at]}/labels/{path[(at + 8)..]}", ".txt");
    }
}
