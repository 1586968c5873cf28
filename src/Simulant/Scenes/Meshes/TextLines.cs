using System.Globalization;
using System.Text;

namespace Simulant.Scenes.Meshes;

/// <summary>Words of a text file, line by line.</summary>
internal sealed class TextLines(byte[] bytes, int start = 0)
{
    private int _at = start;

    public long Line { get; private set; }

    /// <summary>The next line's words; null at the end. Blank lines are skipped.</summary>
    public string[]? Next()
    {
        while (_at < bytes.Length)
        {
            int end = Array.IndexOf(bytes, (byte)'\n', _at);
            if (end < 0) end = bytes.Length;
            string text = Encoding.UTF8.GetString(bytes, _at, end - _at);
            _at = end + 1;
            Line++;
            string[] words = text.Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0) return words;
        }
        return null;
    }

    public float Number(string word) =>
        float.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) ? value
            : throw new MeshException($"'{Short(word)}' is not a number; mend the line or export the mesh again", Line);

    public int Whole(string word) =>
        int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value
            : throw new MeshException($"'{Short(word)}' is not a whole number; mend the line or export the mesh again", Line);

    public static string Short(string word) => word.Length <= 40 ? word : word[..40] + "…";
}
