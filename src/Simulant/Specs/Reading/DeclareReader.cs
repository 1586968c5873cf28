namespace Simulant.Specs.Reading;

/// <summary>The facts that a spec's author declares, in the order in which they stand.</summary>
internal static class DeclareReader
{
    private const int Longest = 4000;

    public static IReadOnlyList<KeyValuePair<string, string>> Read(Fields root, DiagnosticBag faults)
    {
        if (root.Map("declare") is not { } map) return [];
        var fields = new Fields(map, SpecKeys.Declare, faults);
        var declared = new List<KeyValuePair<string, string>>();
        foreach (string key in map.Entries.Select(e => e.Key).Where(k => SpecKeys.Declare.Find(k) is not null))
        {
            if (fields.Text(key)?.Trim() is not { } text) continue;
            if (text.Length <= Longest && !text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
                declared.Add(new(key, text.ReplaceLineEndings("\n")));
            else
                faults.Error(Codes.BadValue, fields.Node(key)!.At,
                    $"'{key}' must be text of at most {Longest} characters, without control characters");
        }
        return declared;
    }
}
