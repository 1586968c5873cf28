using Simulant.Specs.Expressions;

namespace Simulant.Specs.Reading;

/// <summary>Where real data comes from and how it is parted.</summary>
internal static class SourceReader
{
    public static SourceSpec? Source(Fields root, DiagnosticBag faults)
    {
        var node = root.Node("source");
        if (node is null) return null;
        if (node is SpecScalar path) return new SourceSpec { Train = path.Text, At = node.At };
        if (node is not SpecMap map) return root.Wrong<SourceSpec>(node, "source");
        var fields = new Fields(map, SpecKeys.Source, faults);
        var source = new SourceSpec
        {
            Train = fields.Text("train"),
            Holdout = fields.Text("holdout"),
            Target = fields.Text("target"),
            Postgres = fields.Text("postgres"),
            Query = fields.Text("query"),
            Format = fields.Text("format"),
            Delimiter = Delimiter(fields, faults),
            Encoding = fields.Text("encoding"),
            Missing = fields.Texts("missing")?.Select(t => t.Text).ToArray(),
            SampleRows = fields.Count("sample_rows"),
            Schema = fields.Text("schema"),
            At = node.At,
        };
        OneOrigin(source, map, faults);
        return source;
    }

    private static string? Delimiter(Fields fields, DiagnosticBag faults)
    {
        if (fields.Scalar("delimiter") is not { } scalar) return null;
        if (scalar.Text is "tab" or "\\t") return "\t";
        if (scalar.Text.Length == 1 && scalar.Text[0] is not ('"' or '\n' or '\r')) return scalar.Text;
        faults.Error(Codes.BadValue, scalar.At,
            $"'delimiter' is '{Nearest.Printable(scalar.Text)}'; write one character in quotes, or tab");
        return null;
    }

    private static void OneOrigin(SourceSpec source, SpecMap map, DiagnosticBag faults)
    {
        bool train = map["train"] is not null, postgres = map["postgres"] is not null, query = map["query"] is not null;
        if (train && (postgres || query))
            faults.Error(Codes.Contradiction, source.At,
                "source names both a file and a database; keep 'train', or 'postgres' and 'query'");
        else if (postgres != query)
            faults.Error(Codes.MissingKey, source.At,
                $"'postgres' and 'query' go together; add '{(postgres ? "query" : "postgres")}'");
        else if (!train && !postgres)
            faults.Error(Codes.MissingKey, source.At, "source has no 'train'; name the file to learn from");
    }

    public static SplitSpec? Split(Fields root, DiagnosticBag faults)
    {
        const double usual = 0.2;
        var node = root.Node("split");
        if (node is null) return null;
        if (node is SpecScalar { Number: { } share } scalar)
        {
            CheckShare(share, scalar, faults);
            return new SplitSpec(share, null, null, null, 0, node.At);
        }
        if (node is not SpecMap map) return root.Wrong<SplitSpec>(node, "split");
        var fields = new Fields(map, SpecKeys.Split, faults);
        double? holdout = fields.Number("holdout");
        if (holdout is { } given) CheckShare(given, (SpecScalar)map["holdout"]!, faults);
        string? after = After(fields, faults);
        if (after is not null && map["holdout"] is { } both)
            faults.Error(Codes.Contradiction, both.At, "'holdout' and 'after' both say which rows are held out; keep one");
        return new SplitSpec(holdout ?? usual, fields.Text("by"), after, fields.Text("stratify"), fields.Seed("seed") ?? 0,
            node.At);
    }

    private static void CheckShare(double share, SpecScalar at, DiagnosticBag faults)
    {
        if (share is <= 0 or >= 1)
            faults.Error(Codes.BadValue, at.At,
                $"'holdout' is {Nearest.Printable(at.Text)}; it must lie between 0 and 1, such as 0.2");
    }

    private static string? After(Fields fields, DiagnosticBag faults)
    {
        if (fields.Scalar("after") is not { } scalar) return null;
        if (Instants.Timestamp(scalar.Text) is not null || Instants.Time(scalar.Text) is not null || scalar.Number is not null)
            return scalar.Text;
        faults.Error(Codes.BadValue, scalar.At,
            $"'after' is '{Nearest.Printable(scalar.Text)}'; write a date or instant such as 2024-01-31 or 2024-01-31T12:00:00");
        return null;
    }
}
