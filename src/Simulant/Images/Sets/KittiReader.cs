using System.Globalization;
using Simulant.Data;

namespace Simulant.Images.Sets;

/// <summary>Reads KITTI's label_2 (15 columns, or 16 with a score, which is passed over) beside image_2, and finds calib.</summary>
internal static class KittiReader
{
    public static PictureSet Read(string folder)
    {
        string images = Path.Combine(folder, "image_2"), labels = Path.Combine(folder, "label_2");
        if (!Directory.Exists(images)) throw new DataException("there is no folder image_2 beside label_2; put the pictures there", folder);
        var rows = new List<(string Name, List<(string Type, Subject Subject)> Subjects)>();
        int empty = 0;
        foreach (string name in SetPaths.Pictures(images))
        {
            string file = Path.Combine(labels, Path.ChangeExtension(name, ".txt"));
            var subjects = new List<(string, Subject)>();
            string[] lines = SetPaths.Lines(file);
            for (int i = 0; i < lines.Length; i++)
            {
                if (string.IsNullOrWhiteSpace(lines[i])) continue;
                var row = Row(lines[i], file, i + 1);
                if (row.Subject.Box.Area > 0) subjects.Add(row);
                else empty++;
            }
            rows.Add((name, subjects));
        }
        string[] types = [.. rows.SelectMany(r => r.Subjects).Select(s => s.Type).Distinct().Order(StringComparer.Ordinal)];
        return new PictureSet("kitti", folder, [.. types.Select((t, i) => new LabelClass(i + 1, t))],
            [.. rows.Select(r =>
                Entry(folder, r.Name, [.. r.Subjects.Select(s => s.Subject with { Class = Array.IndexOf(types, s.Type) + 1 })]))])
        {
            Empty = empty,
        };
    }

    private static PictureEntry Entry(string folder, string name, IReadOnlyList<Subject> subjects)
    {
        string calibration = Path.Combine(folder, "calib", Path.ChangeExtension(name, ".txt"));
        return new(name, Path.Combine(folder, "image_2", name), Path.Combine(folder, "label_2", Path.ChangeExtension(name, ".txt")))
        {
            Subjects = subjects, Calibration = File.Exists(calibration) ? calibration : null,
        };
    }

    private static (string Type, Subject Subject) Row(string line, string file, int row)
    {
        DataException Fault(string what) => new(what, file, row);
        string[] words = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is not (15 or 16)) throw Fault($"{words.Length} columns; 15 were expected: type to rotation_y");
        double[] v = new double[15];
        for (int i = 1; i < 15; i++)
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out v[i]) || !double.IsFinite(v[i]))
                throw Fault($"column {i + 1}: {MessageText.Quote(words[i])} is no number; mend the line");
        if (v[1] > 1) throw Fault($"column 2: truncated is {words[1]}, and must be from 0 to 1, or -1");
        if (v[2] is not (-1 or 0 or 1 or 2 or 3)) throw Fault($"column 3: occluded is {words[2]}, and must be 0 to 3, or -1");
        if (v[6] < v[4] || v[7] < v[5]) throw Fault("columns 5 to 8: left, top, right, bottom were expected, in that order");
        // Sizes below 0 are how the benchmark says that a place in space is not known.
        bool space = v[8] > 0 && v[9] > 0 && v[10] > 0;
        return (words[0], new Subject(0, new(v[4], v[5], v[6], v[7]))
        {
            Truncation = v[1] < 0 ? null : v[1],
            Occlusion = v[2] is >= 0 and <= 2 ? (int)v[2] : null,
            Space = space ? new SpatialBox(v[8], v[9], v[10], v[11], v[12], v[13], v[14]) : null,
        });
    }
}
