using System.Numerics;
using Simulant.Scenes.Description;

namespace Simulant.Scenes.Meshes;

/// <summary>Wavefront OBJ: v, vt, vn and f; groups, materials by file and smoothing are not read.</summary>
internal static class ObjReader
{
    public static Mesh Read(byte[] bytes)
    {
        var lines = new TextLines(bytes);
        var (places, textures, normals) = (new List<Vector3>(), new List<Vector2>(), new List<Vector3>());
        var corners = new Dictionary<(int, int, int), int>();
        var mesh = new MeshBuilder();
        while (lines.Next() is { } words)
            switch (words[0])
            {
                case "v":
                    places.Add(Three(lines, words));
                    break;
                case "vn":
                    normals.Add(Three(lines, words));
                    break;
                case "vt":
                    if (words.Length < 2) throw new MeshException("a vt line has one number at the least", lines.Line);
                    // OBJ counts v upwards.
                    textures.Add(new(lines.Number(words[1]), words.Length > 2 ? 1 - lines.Number(words[2]) : 0));
                    break;
                case "f":
                    if (words.Length < 4) throw new MeshException($"a face has {words.Length - 1} corners; at least 3 are wanted",
                        lines.Line);
                    int[] face = new int[words.Length - 1];
                    for (int i = 0; i < face.Length; i++) face[i] = Corner(words[i + 1]);
                    mesh.Fan(face);
                    break;
                default:
                    break;
            }
        return mesh.Mesh();

        int Corner(string word)
        {
            string[] parts = word.Split('/');
            var key = (Index(parts[0], places.Count), parts.Length > 1 && parts[1].Length > 0 ? Index(parts[1], textures.Count) : -1,
                parts.Length > 2 && parts[2].Length > 0 ? Index(parts[2], normals.Count) : -1);
            if (corners.TryGetValue(key, out int known)) return known;
            mesh.Positions.Add(places[key.Item1]);
            if (key.Item2 >= 0) mesh.Uvs.Add(textures[key.Item2]);
            if (key.Item3 >= 0) mesh.Normals.Add(normals[key.Item3]);
            return corners[key] = mesh.Positions.Count - 1;
        }

        int Index(string word, int count)
        {
            int index = lines.Whole(word);
            // Negative numbers count back from the last.
            index = index < 0 ? count + index : index - 1;
            return (uint)index < (uint)count ? index
                : throw new MeshException($"'{TextLines.Short(word)}' points outside the {count} given so far; export the mesh again",
                    lines.Line);
        }
    }

    private static Vector3 Three(TextLines lines, string[] words) => words.Length < 4
        ? throw new MeshException($"{words[0]} has {words.Length - 1} numbers; 3 are wanted", lines.Line)
        : new(lines.Number(words[1]), lines.Number(words[2]), lines.Number(words[3]));
}
