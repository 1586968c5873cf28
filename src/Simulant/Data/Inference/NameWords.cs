namespace Simulant.Data.Inference;

/// <summary>The words of a column's name in lower case: <c>CustomerID</c>, <c>customer_id</c> and <c>customer id</c> agree.</summary>
internal sealed class NameWords
{
    private static readonly string[] IdStems =
        ["user", "cust", "customer", "patient", "client", "person", "order", "member", "device", "session", "account", "record", "row",
         "subject", "employee", "case", "ticket", "transaction", "product", "item", "household", "student", "claim", "policy", "visit"];

    private static readonly HashSet<string> KeyWords =
        new(["id", "ids", "key", "uuid", "guid", "rowid", "pk", "identifier", "hash", "oid"], StringComparer.Ordinal);

    private static readonly HashSet<string> NumberWords =
        new(["no", "nr", "num", "number", "ref", "reference", "serial", "index", "idx", "seq", "record", "row", "rownum", "unnamed",
        "column"],
            StringComparer.Ordinal);

    private readonly List<string> _words = [];

    public NameWords(string name)
    {
        int start = 0;
        for (int i = 0; i <= name.Length; i++)
        {
            bool ends = i == name.Length || !char.IsLetterOrDigit(name[i]);
            bool turns = !ends && i > start
                && ((char.IsUpper(name[i]) && (char.IsLower(name[i - 1])
                || (i + 1 < name.Length && char.IsLower(name[i + 1]) && char.IsUpper(name[i - 1]))))
                    || char.IsDigit(name[i]) != char.IsDigit(name[i - 1]));
            if ((ends || turns) && i > start) _words.Add(name[start..i].ToLowerInvariant());
            if (ends) start = i + 1;
            else if (turns) start = i;
        }
        Joined = string.Concat(_words);
    }

    /// <summary>All words without anything between them.</summary>
    public string Joined { get; }

    public string Last => _words.Count == 0 ? "" : _words[^1];

    public bool Has(params ReadOnlySpan<string> any)
    {
        foreach (string word in any)
            if (_words.Contains(word)) return true;
        return false;
    }

    /// <summary>Whether the name says that the column identifies something: id, key, uuid, patientid.</summary>
    public bool SaysKey => KeyWords.Contains(Last) || (_words.Count > 0 && _words[0] is "id" or "uuid" or "guid") || EndsInStemId();

    /// <summary>Whether the name says that the column counts rows: no, number, index; or there is no name.</summary>
    public bool SaysNumber => NumberWords.Contains(Last) || Joined.Length == 0;

    /// <summary>Whether the name speaks of time: a year counts up as a row number does.</summary>
    public bool SaysTime => Has("year", "month", "day", "week", "hour", "time", "date", "period", "step", "tick", "age");

    private bool EndsInStemId()
    {
        if (!Last.EndsWith("id", StringComparison.Ordinal)) return false;
        string stem = Last[..^2];
        return Array.IndexOf(IdStems, stem) >= 0;
    }
}
