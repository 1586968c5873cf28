using System.Globalization;
using System.Text;
using Simulant.Data;
using Simulant.Specs.Reading;
using Simulant.Specs.Writing;

namespace Simulant.Specs;

/// <summary>A first spec, and what its author should look at.</summary>
/// <param name="Text">YAML that reads back without faults.</param>
public sealed record InitialSpec(string Text, IReadOnlyList<string> Warnings);

/// <summary>What <c>init</c> is told beside the data.</summary>
/// <param name="Train">Path of the data as the spec shall name it, relative to the spec.</param>
public sealed record InitOptions(string Train)
{
    /// <summary>Null: from the name of the data file.</summary>
    public string? Name { get; init; }

    public string? Holdout { get; init; }
    public string? Target { get; init; }
}

/// <summary>Writes the first spec of a table: every inferred column with its evidence as a comment.</summary>
public static class SpecWriter
{
    private const double Unsure = 0.7;
    private const int MostConstraints = 20;
    private const int MostLevels = 50;

    /// <summary>Rows each level of the left side must have on average before a dependency is taken for a rule.</summary>
    private const int RowsPerLevel = 5;

    /// <summary>
    /// The spec of an inferred table. Where an identifier repeats, rows are split by it (and a warning says so), since an
    /// entity on both sides of a split flatters every figure.
    /// </summary>
    public static InitialSpec Init(InferredTable inferred, InitOptions options)
    {
        var warnings = new List<string>();
        var text = new StringBuilder();
        Head(text, inferred, options);
        Split(text, inferred, options, warnings);
        if (inferred.Columns.Count > 0) text.Append("columns:\n");
        for (int i = 0; i < inferred.Columns.Count; i++)
            Column(text, inferred.Table.Columns[i], inferred.Columns[i], warnings);
        Constraints(text, inferred);
        Tail(text, inferred);
        return new InitialSpec(text.ToString(), warnings);
    }

    /// <summary>The spec of a schema without data: the file to learn from is named after the table and must be put
    /// there.</summary>
    /// <param name="schema">Path of the schema as the spec shall name it in its comment.</param>
    public static InitialSpec Init(DeclaredTable table, string schema)
    {
        string name = SafeName(table.Name);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"# Proposed by 'simulant init' from {YamlText.Comment(schema)}. Edit what is wrong.\n");
        text.Append("simulant: 1\n").Append("name: ").Append(YamlText.Scalar(name)).Append('\n');
        text.Append("source: { train: ").Append(YamlText.Scalar(name + ".csv")).Append(" }  # put the data here, or name it\n");
        text.Append("split: { holdout: 0.2, seed: 1 }\n").Append("columns:\n");
        foreach (var column in table.Columns) text.Append(YamlText.Key(column.Name, "  ")).Append(Declared(column)).Append('\n');
        if (table.Constraints.Count > 0) text.Append("constraints:\n");
        foreach (var constraint in table.Constraints) text.Append("  - ").Append(YamlText.Quoted(constraint.Text)).Append('\n');
        text.Append("output: { format: parquet }\nseed: 1\n");
        string warning = $"the schema holds no data: put the training data at '{name}.csv', or name it in 'source'";
        return new InitialSpec(text.ToString(), [warning]);
    }

    private static string Declared(ColumnSpec column)
    {
        var parts = new List<string>();
        if (column.Kind is { } kind) parts.Add($"type: {SpecKeys.Snake(kind.ToString())}");
        if (column.Role is { } role) parts.Add($"role: {SpecKeys.Snake(role.ToString())}");
        if (column.Levels is { } levels) parts.Add($"levels: [{string.Join(", ", levels.Select(YamlText.Scalar))}]");
        if (column.Ordered is { } ordered) parts.Add(ordered ? "ordered: true" : "ordered: false");
        if (column.Decimals is { } decimals) parts.Add(string.Create(CultureInfo.InvariantCulture, $"decimals: {decimals}"));
        if (column.Format is { } format) parts.Add($"format: {YamlText.Scalar(format)}");
        if (column.Personal is { } personal) parts.Add($"personal: {SpecKeys.Snake(personal.ToString())}");
        if (column.Description is { } description) parts.Add($"description: {YamlText.Quoted(description)}");
        return parts.Count == 0 ? "" : $" {{ {string.Join(", ", parts)} }}";
    }

    private static void Head(StringBuilder text, InferredTable inferred, InitOptions options)
    {
        var source = inferred.Findings.Source;
        text.Append(CultureInfo.InvariantCulture, $"# Proposed by 'simulant init' from {YamlText.Comment(options.Train)}: "
            + $"{Count(Math.Max(source.Rows, inferred.Table.RowCount), "row")}, {Count(inferred.Columns.Count, "column")}.\n");
        text.Append("# Every line is a guess from the data, with its evidence beside it. Edit what is wrong.\n");
        foreach (string note in inferred.Findings.Notes) text.Append("# Note: ").Append(YamlText.Comment(note)).Append('\n');
        text.Append("simulant: 1\n");
        text.Append("name: ").Append(YamlText.Scalar(SafeName(options.Name ?? Stem(options.Train)))).Append('\n');
        text.Append("kind: table\n").Append("source:\n");
        text.Append("  train: ").Append(YamlText.Scalar(options.Train)).Append(Reading(source)).Append('\n');
        if (options.Holdout is { } holdout) text.Append("  holdout: ").Append(YamlText.Scalar(holdout)).Append('\n');
        if (options.Target is { } target) text.Append("  target: ").Append(YamlText.Scalar(target)).Append('\n');
        else text.Append("  # target: …   the column that models are to predict; utility is measured on it\n");
    }

    private static string Reading(SourceFacts source)
    {
        var parts = new List<string>();
        if (source.Format.Length > 0) parts.Add(source.Format);
        if (source.Delimiter is { } delimiter) parts.Add($"delimiter {(delimiter == "\t" ? "tab" : $"'{delimiter}'")}");
        if (source.Encoding is { } encoding) parts.Add(encoding);
        return parts.Count == 0 ? "" : $"  # {YamlText.Comment(string.Join(", ", parts))}";
    }

    private static void Split(StringBuilder text, InferredTable inferred, InitOptions options, List<string> warnings)
    {
        var repeated = inferred.Findings.RepeatedIdentifiers;
        var by = options.Holdout is null ? repeated.FirstOrDefault(id => id.Named) : null;
        foreach (var entity in repeated)
            warnings.Add($"{Codes.RepeatedIdentifier}: identifier '{Nearest.Printable(entity.Column)}' repeats ({entity}); "
                + (entity == by ? "the spec splits by it, so that no entity stands on both sides; remove 'by' if it names no entity"
                    : "no 'by' is given for it; if it names an entity, its rows must not stand on both sides of the split"));
        if (options.Holdout is not null) return;
        text.Append("split: { holdout: 0.2, ");
        if (by is not null) text.Append("by: ").Append(YamlText.Scalar(by.Column)).Append(", ");
        text.Append("seed: 1 }");
        if (by is not null) text.Append(CultureInfo.InvariantCulture, $"  # it repeats ({by}): an entity stays on one side");
        text.Append('\n');
    }

    private static void Column(StringBuilder text, Column column, ColumnEvidence evidence, List<string> warnings)
    {
        var schema = column.Schema;
        var declared = new ColumnSpec(schema.Name, default)
        {
            Kind = schema.Kind,
            Role = schema.Role == ColumnRole.Feature ? null : schema.Role,
            Ordered = schema.Ordered ? true : null,
            Levels = schema.Ordered && column is CodedColumn { Levels.Count: > 0 and <= MostLevels } coded ? coded.Levels : null,
            Decimals = schema.Kind == ColumnKind.Decimal && schema.Decimals >= 0 ? schema.Decimals : null,
            Format = schema.Format,
            Personal = schema.Personal == PersonalData.None ? null : schema.Personal,
        };
        text.Append(YamlText.Key(schema.Name, "  ")).Append(Declared(declared));
        text.Append("  # ").Append(YamlText.Comment(Evidence(evidence))).Append('\n');
        if (evidence.Confidence < Unsure)
        {
            warnings.Add($"column '{Nearest.Printable(schema.Name)}' is a guess: {SpecKeys.Snake(schema.Kind.ToString())}"
                + $"{(evidence.Evidence.Count > 0 ? $" ({evidence.Evidence[0]})" : "")}; check it");
        }
    }

    private static string Evidence(ColumnEvidence evidence)
    {
        var parts = new List<string>();
        if (evidence.Confidence < Unsure)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"CHECK THIS, only {100 * evidence.Confidence:0}% sure"));
        if (evidence.Least is { } least && evidence.Greatest is { } greatest) parts.Add($"{least} to {greatest}");
        parts.AddRange(evidence.Evidence);
        if (evidence.Missing > 0)
        {
            string texts = evidence.MissingTexts.Count == 0 ? ""
                : $" ({string.Join(", ", evidence.MissingTexts.Select(t => $"'{t}'"))})";
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{evidence.Missing:N0} missing{texts}"));
        }
        if (evidence.Constant && !evidence.Evidence.Any(e => e.StartsWith("constant", StringComparison.Ordinal))) parts.Add("constant");
        if (evidence.Personal != PersonalData.None) parts.Add("generated anew, never learned");
        return string.Join("; ", parts.Distinct());
    }

    private static void Constraints(StringBuilder text, InferredTable inferred)
    {
        var found = inferred.Findings.Determinations;
        var rules = found.Where(d => inferred.Table.RowCount >= RowsPerLevel * (long)inferred[d.Left].Distinct
            && inferred[d.Left].Personal == PersonalData.None && inferred[d.Right].Personal == PersonalData.None
            && !inferred[d.Right].Constant).ToList();
        if (rules.Count == 0) return;
        text.Append("constraints:  # these held in every row read; remove those that hold by chance\n");
        for (int i = 0; i < rules.Count; i++)
        {
            var (left, right) = (Expression.Quote(rules[i].Left), Expression.Quote(rules[i].Right));
            text.Append(i < MostConstraints ? "  - "
                : "  # - ").Append(YamlText.Quoted($"{left} determines {right}")).Append('\n');
            if (rules[i].Both && i < MostConstraints)
                text.Append("  - ").Append(YamlText.Quoted($"{right} determines {left}")).Append('\n');
        }
    }

    private static void Tail(StringBuilder text, InferredTable inferred)
    {
        text.Append("# engine: trees\n");
        text.Append(CultureInfo.InvariantCulture,
            $"# rows: {inferred.Table.RowCount}   as many as the training data by default\n");
        text.Append("# validate: { gates: { memory.copies: \"<= reference\", detection.auc: \"<= 0.6\" } }\n");
        text.Append("# license: …   with creator, citation, url and published: what the dataset card says; else nothing is claimed\n");
        text.Append("output: { format: parquet }\nseed: 1\n");
    }

    private static string Count(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    private static string Stem(string path)
    {
        string name = path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
        int point = name.IndexOf('.');
        return point > 0 ? name[..point] : name;
    }

    private static string SafeName(string name)
    {
        const int longest = 100;
        string safe = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-')).Trim('-',
            '.', '_');
        return safe.Length == 0 ? "data" : safe[..Math.Min(safe.Length, longest)];
    }
}
