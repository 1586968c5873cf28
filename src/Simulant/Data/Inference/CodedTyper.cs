namespace Simulant.Data.Inference;

/// <summary>Types texts that are neither numbers nor dates: booleans, categories, identifiers, free text.</summary>
internal static class CodedTyper
{
    private const int FewRows = 20;

    /// <summary>How the kept texts look: lengths, words and digits, weighed by distinct text.</summary>
    private readonly record struct Look(double Length, double Words, double Digits);

    public static Typed Type(string name, DistinctValues values, PersonalFinding? personal, List<string> evidence)
    {
        if (personal is null && TryBoolean(name, values) is { } boolean) return boolean;
        var (kind, role, confidence) = values.Kept.Count == 0 ? (ColumnKind.Category, ColumnRole.Feature, 0.3)
            : Choose(name, values, personal, evidence);
        if (values.Kept.Count == 0) evidence.Add("no row holds a value");
        var schema = new ColumnSchema(name, kind)
        {
            Role = role,
            MissingText = values.MissingText(),
            Personal = personal?.Kind ?? PersonalData.None,
        };
        if (personal is not null) evidence.Add(personal.Evidence);
        return Build(schema, values, evidence, personal is null ? confidence : Math.Min(confidence, personal.Confidence));
    }

    /// <summary>A coded column over the kept texts: category levels in their scale's or in ordinal order, others by appearance.</summary>
    public static Typed Build(ColumnSchema schema, DistinctValues values, List<string> evidence, double confidence)
    {
        string[] levels = [.. values.Kept.Select(values.Store.Text)];
        int[] codeOf = new int[values.Store.Distinct];
        Array.Fill(codeOf, -1);
        if (schema.Kind == ColumnKind.Category)
        {
            var before = new Dictionary<string, int>(StringComparer.Ordinal);
            for (int i = 0; i < levels.Length; i++) before[levels[i]] = values.Kept[i];
            if (OrderedScales.Find(levels) is { } scale)
            {
                levels = scale.Levels;
                schema = schema with { Ordered = true };
                evidence.Add($"ordered: {scale.Evidence}");
            }
            else Array.Sort(levels, LevelOrder.Compare);
            for (int i = 0; i < levels.Length; i++) codeOf[before[levels[i]]] = i;
        }
        else
        {
            for (int i = 0; i < levels.Length; i++) codeOf[values.Kept[i]] = i;
        }
        int[] codes = values.Store.ToCodes();
        for (int i = 0; i < codes.Length; i++)
            if (codes[i] >= 0) codes[i] = codeOf[codes[i]];
        return new Typed(new CodedColumn(schema, codes, levels), EvidenceOf(schema, values, evidence, confidence));
    }

    private static ColumnEvidence EvidenceOf(ColumnSchema schema, DistinctValues values, List<string> evidence, double confidence) => new()
    {
        Column = schema.Name, Kind = schema.Kind, Role = schema.Role, Confidence = confidence, Evidence = evidence,
        Rows = values.Store.Count, Distinct = values.Kept.Count, Missing = values.Store.Count - values.Rows,
        MissingTexts = [.. values.Markers.Select(m => m.Text)], SuspectedMissing = values.Suspected,
        Constant = values.Kept.Count <= 1, NearUnique = NumberTyper.IsNearUnique(values.Kept.Count, values.Rows),
        Personal = schema.Personal, Ordered = schema.Ordered,
    };

    private static Typed? TryBoolean(string name, DistinctValues values)
    {
        if (values.Kept.Count is 0 or > 2) return null;
        string[] texts = [.. values.Kept.Select(values.Store.Text)];
        string? yes = null, no = null;
        foreach (string text in texts)
        {
            if (text is "true" or "True" or "TRUE" or "t" or "T") yes = text;
            else if (text is "false" or "False" or "FALSE" or "f" or "F") no = text;
            else return null;
        }
        if (yes is null || no is null)
        {
            if ((yes ?? no)!.Length == 1) return null;                     // a lone "t" is no boolean
            (yes, no) = yes is null ? (Styled("true", no!), no) : (yes, Styled("false", yes));
        }
        if (yes!.Length == 1 != (no!.Length == 1) || char.IsUpper(yes[0]) != char.IsUpper(no[0])) return null;
        var schema = new ColumnSchema(name, ColumnKind.Boolean)
        {
            MissingText = values.MissingText(),
            Format = yes == "true" && no == "false" ? null : $"{yes}|{no}",
        };
        int[] codeOf = new int[values.Store.Distinct];
        Array.Fill(codeOf, -1);
        foreach (int code in values.Kept) codeOf[code] = values.Store.Text(code) == yes ? 1 : 0;
        int[] codes = values.Store.ToCodes();
        for (int i = 0; i < codes.Length; i++)
            if (codes[i] >= 0) codes[i] = codeOf[codes[i]];
        return new Typed(new CodedColumn(schema, codes, ["false", "true"]), EvidenceOf(schema, values, [$"written {yes} and {no}"], 1));
    }

    // "true" in the capitals of the other word.
    private static string Styled(string word, string like) =>
        char.IsLower(like[0]) ? word : like.Length > 1 && char.IsUpper(like[1]) ? word.ToUpperInvariant()
        : char.ToUpperInvariant(word[0]) + word[1..];

    private static (ColumnKind, ColumnRole, double) Choose(string name, DistinctValues values, PersonalFinding? personal,
        List<string> evidence)
    {
        int distinct = values.Kept.Count, rows = values.Rows;
        var words = new NameWords(name);
        var look = LookAt(values);
        double share = distinct / (double)rows;
        string uniqueness = $"{Say.Count(distinct, "distinct value")} in {Say.Count(rows, "row")}";
        if (personal is { Kind: not (PersonalData.FirstName or PersonalData.LastName or PersonalData.City or PersonalData.PostalCode
            or PersonalData.Company) })
            return (ColumnKind.Text, ColumnRole.Feature, personal.Confidence);
        if (distinct == 1)
        {
            evidence.Add($"constant: every value is {Say.Quote(values.Store.Text(values.Kept[0]))}");
            return (ColumnKind.Category, ColumnRole.Feature, rows >= FewRows ? 0.9 : 0.5);
        }
        if (words.SaysKey && look.Words < 1.5 && rows >= 3 && distinct == rows)
        {
            evidence.Add($"every value is different, and the name says identifier");
            return (ColumnKind.Identifier, ColumnRole.Id, rows >= FewRows ? 0.98 : 0.7);
        }
        if (words.SaysKey && look.Words < 1.5 && distinct >= FewRows && share < 0.95)
        {
            evidence.Add($"{uniqueness}, and the name says identifier: an entity that stands in several rows");
            return (ColumnKind.Identifier, ColumnRole.Entity, 0.8);
        }
        if (rows < FewRows || share <= 0.5 || (distinct <= 50 && share < 0.95))
        {
            bool longText = look.Words >= 6 && share > 0.5;
            evidence.Add(rows < FewRows ? $"{uniqueness}: too few rows to tell more" : uniqueness);
            return longText ? (ColumnKind.Text, ColumnRole.Feature, 0.7)
                : (ColumnKind.Category, ColumnRole.Feature, rows < FewRows ? 0.4 : distinct <= 50 ? 0.95 : distinct <= 1000 ? 0.85 : 0.7);
        }
        return Unusual(look, share, uniqueness, evidence);
    }

    // More than half of the rows differ: an identifier, or text.
    private static (ColumnKind, ColumnRole, double) Unusual(Look look, double share, string uniqueness, List<string> evidence)
    {
        if (look.Words >= 2.5 || look.Length >= 40)
        {
            evidence.Add($"{uniqueness}, {look.Words:0.#} words each: free text");
            return (ColumnKind.Text, ColumnRole.Feature, share > 0.8 ? 0.9 : 0.7);
        }
        if (look.Words < 1.3 && share >= 0.95)
        {
            evidence.Add($"{uniqueness}, without spaces: an identifier");
            return (ColumnKind.Identifier, ColumnRole.Id, look.Digits > 0.5 ? 0.95 : 0.75);
        }
        if (look.Words < 1.3 && look.Digits > 0.8)
        {
            evidence.Add($"{uniqueness}, codes with digits: an identifier that repeats");
            return (ColumnKind.Identifier, ColumnRole.Entity, 0.6);
        }
        evidence.Add($"{uniqueness}: too many for a category");
        return (ColumnKind.Text, ColumnRole.Feature, 0.6);
    }

    private static Look LookAt(DistinctValues values)
    {
        var sample = values.Sample(1000);
        double length = 0, words = 0, digits = 0;
        foreach (int code in sample)
        {
            var text = values.Store[code];
            length += text.Length;
            words += 1 + text.Trim((byte)' ').Count((byte)' ');
            if (text.ContainsAnyInRange((byte)'0', (byte)'9')) digits++;
        }
        return new Look(length / sample.Count, words / sample.Count, digits / sample.Count);
    }
}
