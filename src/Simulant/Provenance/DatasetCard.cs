using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Simulant.Data;

namespace Simulant.Provenance;

/// <summary>
/// The dataset card, <c>README.md</c>: Hugging Face's front matter (huggingface.co/docs/hub/datasets-cards), then what the data
/// is, how good it measured, how to make it again and what it must not be taken for.
/// </summary>
public static class DatasetCard
{
    public const string FileName = "README.md";
    private const int MaxColumns = 1000, MaxText = 2000, MaxRule = 200;

    /// <summary>The whole file, UTF-8 text with line feeds.</summary>
    public static string Write(PublishedRun run) => FrontMatter(run) + Body(run);

    private static string FrontMatter(PublishedRun run)
    {
        var yaml = new StringBuilder("---\n");
        yaml.Append("pretty_name: ").Append(Quote(run.Name)).Append('\n');
        AppendLicense(yaml, run);
        if (TaskOf(run.Schema) is { } task) yaml.Append("task_categories:\n- ").Append(task).Append('\n');
        yaml.Append("size_categories:\n- ").Append(Quote(SizeOf(run.Rows))).Append('\n');
        yaml.Append("tags:\n- synthetic\n- ").Append(run.IsText ? "text" : run.IsScene ? "image" : "tabular").Append("\n- simulant\n- ")
            .Append(MediaLabel.Of(run)).Append('\n');
        var data = run.Outputs.Where(f => f.IsData).ToList();
        if (data.Count > 0)
        {
            string extension = Path.GetExtension(data[0].Path);
            yaml.Append("configs:\n- config_name: default\n  data_files:\n  - split: train\n    path: ")
                .Append(Quote($"data/train-*{extension}")).Append('\n');
            AppendInfo(yaml, run, data, extension);
        }
        return yaml.Append("---\n").ToString();
    }

    private static void AppendLicense(StringBuilder yaml, PublishedRun run)
    {
        if (run.License is not { } license)
        {
            yaml.Append("license: unknown\n");
            return;
        }
        if (Licenses.Find(license) is { } id && HubName(id) is { } known)
            yaml.Append("license: ").Append(Quote(known)).Append('\n');
        else if (Uri.TryCreate(license, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            yaml.Append("license: other\nlicense_link: ").Append(Quote(license)).Append('\n');
        else
            yaml.Append("license: other\nlicense_name: ").Append(Quote(license)).Append('\n');
    }

    /// <summary>The Hub's own word for an SPDX identifier, or null where it has none.</summary>
    private static string? HubName(string id) => id switch
    {
        "ODbL-1.0" => "odbl",
        "ODC-By-1.0" => "odc-by",
        "PDDL-1.0" => "pddl",
        "C-UDA-1.0" => "c-uda",
        "GPL-2.0-only" => "gpl-2.0",
        "GPL-3.0-only" or "GPL-3.0-or-later" => "gpl-3.0",
        "LGPL-3.0-only" => "lgpl-3.0",
        "AGPL-3.0-only" => "agpl-3.0",
        "O-UDA-1.0" or "OGL-UK-3.0" or "DL-DE-BY-2.0" or "DL-DE-ZERO-2.0" or "MIT-0" or "0BSD" => null,
        _ => id.ToLowerInvariant(),
    };

    private static void AppendInfo(StringBuilder yaml, PublishedRun run, List<OutputFile> data, string extension)
    {
        long bytes = data.Sum(f => f.Bytes);
        yaml.Append("dataset_info:\n");
        // Types are stated where the file carries them. In text formats the reader infers them; stating integers there would
        // make loaders fail on the first missing value.
        if (extension == ".parquet")
        {
            yaml.Append("  features:\n");
            foreach (var column in run.Schema.Columns)
            {
                yaml.Append("  - name: ").Append(Quote(column.Name)).Append('\n');
                yaml.Append("    dtype: ").Append(Quote(TypeOf(column.Kind))).Append('\n');
            }
        }
        yaml.Append("  splits:\n  - name: train\n");
        yaml.Append(CultureInfo.InvariantCulture, $"    num_bytes: {bytes}\n    num_examples: {run.Rows}\n");
        yaml.Append(CultureInfo.InvariantCulture, $"  download_size: {bytes}\n  dataset_size: {bytes}\n");
    }

    private static string Body(PublishedRun run)
    {
        var page = new Markdown();
        page.Heading(1, Markdown.Escape(run.Name));
        if (run.Description is { Length: > 0 } description)
            page.Paragraph(Markdown.Escape(string.Join(' ', description.Split('\n', StringSplitOptions.TrimEntries
                | StringSplitOptions.RemoveEmptyEntries)), MaxText));
        string origin = run.FittedOnData
            ? $"sampled from a model that the engine `{EngineName(run)}` fitted to real data"
            : run.Asked is not null ? $"written by language models that the recipe `{EngineName(run)}` asked"
                : $"made by rules ({run.MakerWord} `{EngineName(run)}`), without any real data";
        page.Paragraph(string.Create(CultureInfo.InvariantCulture,
            $"**{(run.RealRows > 0 ? "Real and synthetic data" : "Synthetic data")}**: {run.Rows:N0} rows, "
            + $"{run.Schema.Columns.Count:N0} columns, "
            + $"{(run.RealRows > 0 ? $"{run.RealRows:N0} of the rows real ones, the others " : "")}{origin}. ")
            + $"IPTC digital source type: `{MediaLabel.Of(run)}`.");
        if (run.Verdict == Verdict.Rejected)
            page.Paragraph("**This set was rejected: at least one gate of its specification failed.**");
        AddFigures(page, run);
        AddColumns(page, run);
        if (run.Asked is { } asked) AskedCard.Add(page, asked);
        page.Heading(2, "How to make it again").Code(run.Command)
            .Paragraph(string.Create(CultureInfo.InvariantCulture,
                $"Program version {Markdown.Escape(run.ProgramVersion)}, fit seed {run.FitSeed}, sample seed {run.SampleSeed}. ")
                + "`simulant verify` on this folder checks every byte, makes any rows again and recomputes the figures.");
        AddLimits(page, run);
        AddClaims(page, run);
        AddDeclared(page, run);
        AddProvenance(page, run);
        return page.ToString();
    }

    private static string EngineName(PublishedRun run) =>
        new([.. run.Engine.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')]);

    private static void AddFigures(Markdown page, PublishedRun run)
    {
        if (run.Figures.Count == 0) return;
        page.Heading(2, "How good it is");
        page.Paragraph(run.HoldoutRows > 0
            ? string.Create(CultureInfo.InvariantCulture,
                $"Measured against {run.TrainingRows:N0} training rows and {run.HoldoutRows:N0} held-out rows "
                + $"that the engine never saw. *Reference* is the same figure of the held-out rows. See `report.html`.")
            : "No real rows were held out, so the figures have no reference. See `report.html`.");
        page.Table(["metric", ">value", ">reference", ">95% interval", "gate"], run.Figures.Select(f => (IReadOnlyList<string>)
        [
            Markdown.Escape(f.Name),
            double.IsNaN(f.Value) ? "not evaluated" : Markdown.Number(f.Value),
            Markdown.Number(f.Reference),
            double.IsNaN(f.Low) || f.Low == f.High ? "–" : $"{Markdown.Number(f.Low)} to {Markdown.Number(f.High)}",
            f.Gate is null ? "" : Markdown.Escape(f.Gate) + (f.Passed switch
            {
                true => ", passed",
                false => ", **failed**",
                null => ", not evaluated",
            }),
        ]));
    }

    private static void AddColumns(Markdown page, PublishedRun run)
    {
        var columns = run.Schema.Columns;
        page.Heading(2, "Columns");
        page.Table(["column", "kind", "role"], columns.Take(MaxColumns).Select(c => (IReadOnlyList<string>)
        [
            Markdown.Escape(c.Name),
            c.Kind.ToString().ToLowerInvariant()
                + (c.Personal == PersonalData.None ? "" : ", generated (personal in the source)"),
            c.Role == ColumnRole.Feature ? "" : c.Role.ToString().ToLowerInvariant(),
        ]));
        if (columns.Count > MaxColumns)
            page.Paragraph($"And {columns.Count - MaxColumns} more; `manifest.json` and `croissant.json` list them all.");
    }

    private static void AddLimits(Markdown page, PublishedRun run)
    {
        page.Heading(2, "Limits");
        var limits = new List<string>
        {
            "No privacy guarantee is claimed. Distances to the nearest record, copies and membership figures are diagnostics: "
                + "they can show memory, and cannot show its absence.",
        };
        if (run.FittedOnData)
            limits.Add("The data repeats the biases, gaps and errors of the data it was fitted to.");
        limits.AddRange(run.NotChecked.Select(t => "Not checked: " + Markdown.Escape(t, MaxText)));
        limits.AddRange(run.Notes.Select(t => Markdown.Escape(t, MaxText)));
        page.List(limits);
        if (run.Rejections.Count == 0) return;
        page.Paragraph(string.Create(CultureInfo.InvariantCulture,
            $"Of {run.RequestedRows:N0} rows asked for, {run.Rows:N0} were delivered. Candidates drawn and rejected, by rule:"));
        page.Table(["rule", ">rejected"], run.Rejections.Select(r => (IReadOnlyList<string>)
            [Markdown.Escape(r.Key, MaxRule), r.Value.ToString("N0", CultureInfo.InvariantCulture)]));
    }

    /// <summary>What the specification claims of the set; where it is silent, nothing is said.</summary>
    private static void AddClaims(Markdown page, PublishedRun run)
    {
        var claims = new List<string>();
        void Add(string what, string? text)
        {
            if (text is { Length: > 0 }) claims.Add($"{what}: {Markdown.Escape(text, 500)}");
        }
        Add("Creator", run.Creator);
        Add("Licence", run.License);
        Add("Address", run.Url);
        Add("Published", run.Published?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (claims.Count > 0) page.Heading(2, "Publication").List(claims);
        if (run.Citation is { } citation) page.Heading(2, "Citation").CodeLines(citation);
    }

    private static void AddDeclared(Markdown page, PublishedRun run)
    {
        if (run.Declared.Count == 0) return;
        page.Heading(2, "Declared by the author, not checked");
        page.List(run.Declared.Select(d => $"{d.Key.Replace('_', ' ')}: {Markdown.Escape(d.Value.Replace('\n', ' '), MaxText)}"));
    }

    private static void AddProvenance(Markdown page, PublishedRun run)
    {
        page.Heading(2, "Provenance");
        page.List(
        [
            $"Logical digest of the rows: `{run.Digest}`",
            $"SHA-256 of the specification: `{run.SpecSha256}`",
            string.Create(CultureInfo.InvariantCulture, $"Generation: {run.Generation}")
                + (run.Generation == 1 ? "" : " (made, in part, from synthetic data)"),
            "Media label: " + MediaLabel.UriOf(run),
        ]);
        if (run.Inputs.Count > 0)
            page.Table(["input", "file", "SHA-256"], run.Inputs.Select(f => (IReadOnlyList<string>)
                [Markdown.Escape(f.Role), Markdown.Escape(f.Name), Markdown.Escape(f.Sha256)]));
        if (run.Parents.Count > 0)
            page.Table(["parent set", "its manifest"], run.Parents.Select(p => (IReadOnlyList<string>)
                [Markdown.Escape(p.Name), Markdown.Escape(p.ManifestSha256)]));
        page.Paragraph("`manifest.json` holds the hash of every file here.");
    }

    /// <summary>
    /// A double-quoted YAML scalar, all that is not plain ASCII escaped. JSON's escapes are YAML's, but for its pairs of
    /// surrogates: to YAML they would be two characters.
    /// </summary>
    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsBmp) quoted.Append(JavaScriptEncoder.Default.Encode(rune.ToString()));
            else quoted.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}");
        }
        return quoted.Append('"').Replace("\\u003C", "<").Replace("\\u003E", ">").ToString();
    }

    private static string TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Integer => "int64",
        ColumnKind.Decimal => "float64",
        ColumnKind.Boolean => "bool",
        ColumnKind.Date => "date32",
        ColumnKind.Time => "time64[us]",
        ColumnKind.Timestamp => "timestamp[us]",
        _ => "string",
    };

    private static string? TaskOf(TableSchema schema)
    {
        var target = schema.Columns.FirstOrDefault(c => c.Role == ColumnRole.Target);
        if (target is null) return null;
        return target.Kind is ColumnKind.Integer or ColumnKind.Decimal ? "tabular-regression" : "tabular-classification";
    }

    private static string SizeOf(long rows)
    {
        (long Below, string Name)[] classes =
        [
            (1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"), (10_000_000, "1M<n<10M"),
            (100_000_000, "10M<n<100M"), (1_000_000_000, "100M<n<1B"), (10_000_000_000, "1B<n<10B"),
        ];
        foreach (var (below, name) in classes)
            if (rows < below) return name;
        return "10B<n<100B";
    }
}
