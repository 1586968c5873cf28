namespace Simulant.Data.Inference;

/// <summary>The distinct texts of a column split into values and missing markers.</summary>
internal sealed class DistinctValues
{
    private readonly bool[] _isMissing;

    private DistinctValues(TextStore store, bool[] isMissing, List<string> suspected)
    {
        Store = store;
        _isMissing = isMissing;
        Suspected = suspected;
        Recount();
    }

    public TextStore Store { get; }

    /// <summary>Codes of the texts that are values, in order of first appearance.</summary>
    public List<int> Kept { get; } = [];

    /// <summary>Rows that hold a value.</summary>
    public int Rows { get; private set; }

    /// <summary>Marker texts among the values, most rows first.</summary>
    public List<(string Text, int Rows)> Markers { get; } = [];

    /// <summary>Texts that may stand for missing but are kept.</summary>
    public List<string> Suspected { get; }

    public bool IsMissing(int code) => code < 0 || _isMissing[code];

    /// <summary>Declared markers where there are any, else the known ones, except among two-letter codes (NA is Namibia).</summary>
    public static DistinctValues Of(TextStore store, IReadOnlyList<string>? declared)
    {
        bool[] missing = new bool[store.Distinct];
        var suspected = new List<string>();
        var markers = new List<(int Code, string Text)>();
        int twoLetters = 0, others = 0;
        for (int code = 0; code < missing.Length; code++)
        {
            var text = store[code];
            var trimmed = NumberText.Trim(text);
            if (trimmed.IsEmpty)
            {
                missing[code] = declared is null || text.IsEmpty || declared.Contains(store.Text(code));
                continue;
            }
            if (trimmed.Length <= 16)
            {
                string value = store.Text(code);
                if (declared is not null ? declared.Contains(value) || declared.Contains(value.Trim()) : ValueText.IsStrongMarker(value))
                {
                    markers.Add((code, value));
                    continue;
                }
            }
            else if (declared is not null && declared.Contains(store.Text(code)))
            {
                markers.Add((code, store.Text(code)));
                continue;
            }
            if (trimmed.Length == 2 && IsUpper(trimmed[0]) && IsUpper(trimmed[1])) twoLetters++;
            else others++;
        }
        foreach (var (code, text) in markers)
        {
            if (declared is null && text.Trim() == "NA" && twoLetters >= 5 && others == 0) suspected.Add(text);
            else missing[code] = true;
        }
        return new DistinctValues(store, missing, suspected);
    }

    /// <summary>Makes further texts missing.</summary>
    public void Drop(IEnumerable<int> codes)
    {
        foreach (int code in codes) _isMissing[code] = true;
        Recount();
    }

    /// <summary>At most <paramref name="most"/> kept codes, evenly spread over the order of appearance.</summary>
    public IReadOnlyList<int> Sample(int most)
    {
        if (Kept.Count <= most) return Kept;
        int[] sample = new int[most];
        for (int i = 0; i < most; i++) sample[i] = Kept[(int)((long)i * Kept.Count / most)];
        return sample;
    }

    /// <summary>The marker that most missing rows carry; empty where most are empty fields.</summary>
    public string MissingText()
    {
        string best = "";
        int most = Store.Missing;
        foreach (var (text, rows) in Markers)
        {
            if (rows <= most) continue;
            best = text;
            most = rows;
        }
        return best;
    }

    private void Recount()
    {
        Kept.Clear();
        Markers.Clear();
        Rows = 0;
        for (int code = 0; code < _isMissing.Length; code++)
        {
            if (_isMissing[code]) Markers.Add((Store.Text(code), Store.CountOf(code)));
            else
            {
                Kept.Add(code);
                Rows += Store.CountOf(code);
            }
        }
        Markers.Sort((a, b) => a.Rows != b.Rows ? b.Rows.CompareTo(a.Rows) : string.CompareOrdinal(a.Text, b.Text));
    }

    private static bool IsUpper(byte b) => b is >= (byte)'A' and <= (byte)'Z';
}
