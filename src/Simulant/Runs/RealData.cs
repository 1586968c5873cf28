using System.Globalization;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Provenance;
using Simulant.Specs;

namespace Simulant.Runs;

/// <summary>Rows that were held back. Only judging opens this; no signature of an engine can take it.</summary>
internal sealed class HeldOut(Table rows)
{
    public Table ForJudging => rows;
    public int Count => rows.RowCount;
}

/// <summary>Real data, parted once and for all.</summary>
/// <param name="Training">What an engine may learn from; it knows no level that only held-out rows have.</param>
/// <param name="Notes">What a user should know of how it was read and parted.</param>
internal sealed record RealData(Table Training, HeldOut Holdout, IReadOnlyList<string> Notes);

/// <summary>Reads the spec's source and parts it.</summary>
internal static class Sources
{
    /// <summary>Held out where the spec names neither a holdout nor a split.</summary>
    private const double DefaultHoldout = 0.2;

    private static readonly string[] UsualMissing = ["?", "NA", "N/A", "n/a", "NULL", "null", "NaN", "nan"];

    /// <summary>The source's files, and those of the engine, as they are now, hashed; empty for rules alone and for queries.</summary>
    public static IReadOnlyList<SourceFile> Describe(Job job, IProgress<StageProgress> progress, CancellationToken cancel)
    {
        var (spec, folder) = (job.Spec, job.Folder);
        if (spec.Kind == Engine.Scene) return RealPictures.Describe(spec, folder, progress, cancel);
        var found = new List<SourceFile>();
        foreach (var (role, path) in Paths(spec).Concat(job.Engine.FilesOf(spec).Select(file => ("values", file))))
        {
            foreach (string file in SourceFiles.Find(Path.Combine(folder, path)))
            {
                progress.Report(new StageProgress("hashing inputs", found.Count, 0, "files"));
                var (sha256, bytes) = FileHash.Of(file, cancel);
                found.Add(new SourceFile(role, Path.GetFileName(file), bytes, sha256));
            }
        }
        return found;
    }

    /// <summary>What a query gave, as an input: its rows are hashed, since there is no file.</summary>
    public static SourceFile DescribeQuery(RealData real)
    {
        string rows = LogicalDigest.Of(real.Training) + LogicalDigest.Of(real.Holdout.ForJudging);
        return new SourceFile("train", "query", 0, FileHash.OfText(rows));
    }

    public static RealData Read(Spec spec, string folder, RunContext run)
    {
        var source = spec.Source!;
        var notes = new List<string>();
        run.Progress.Report(new StageProgress("reading", 0, 0, "rows"));
        var read = ReadTraining(spec, source, folder, run);
        notes.AddRange(read.Findings.Notes);
        notes.AddRange(Entities(spec, read.Findings));
        notes.AddRange(AskedFor(spec));
        var all = read.Table;
        var faults = new DiagnosticBag();
        if (!SpecReader.CheckAgainst(spec, all.Schema, faults)) throw new MismatchException(faults.All);
        if (spec.Privacy is not null) Declared(spec, all.Schema);
        if (all.RowCount == 0) throw new DataException("the training source has a header but no rows", source.Train);
        Table training, holdout;
        if (source.Holdout is { } path)
        {
            training = all;
            holdout = TableReader.ReadAs(Path.Combine(folder, path), all, Options(spec, run) with { SampleRows = null },
                run.Cancel);
        }
        else
        {
            (training, holdout) = Divide(all, spec, notes);
        }
        notes.AddRange(Supplements.Told(spec, training));
        return new RealData(Tables.DropUnusedLevels(training), new HeldOut(Tables.DropUnusedLevels(holdout)), notes);
    }

    /// <summary>Identifiers that repeat while rows are parted one by one: where they name entities, each has rows on both
    /// sides, and every figure is flattered.</summary>
    private static IEnumerable<string> Entities(Spec spec, TableFindings findings) =>
        spec.Source!.Holdout is not null || spec.Split is { By: not null } or { After: not null } ? []
            : findings.RepeatedIdentifiers.Select(id => $"The identifier '{id.Column}' repeats ({id}), and rows were held out "
                + $"one by one: if it names an entity, give split.by, or its rows stand on both sides and flatter every figure.");

    /// <summary>Rows that are to differ from the real ones are judged against these all the same.</summary>
    private static IEnumerable<string> AskedFor(Spec spec)
    {
        if (spec.Balance.Count == 0 && spec.Conditions.Count == 0 && spec.Independence == 0) yield break;
        string what = spec.Independence > 0 ? "independence of protected columns"
            : spec.Balance.Count > 0 ? $"balance of {string.Join(", ", spec.Balance.Select(b => $"'{b.Column}'"))}" : "conditions";
        yield return $"The spec asks for other shares than the data has ({what}): rows are judged against real rows as these are, "
            + "so part of what sets them apart was asked for.";
    }

    private static string? Owner(Spec spec) => spec.Privacy!.Unit == PrivacySpec.Row ? null : spec.Privacy.Unit;

    /// <summary>Under 'privacy' nothing of a column is inferred, so every column must be described.</summary>
    private static void Declared(Spec spec, TableSchema schema)
    {
        var faults = new DiagnosticBag();
        foreach (var column in schema.Columns)
            if (!spec.Columns.Any(c => c.Name == column.Name))
                faults.Error(Codes.MissingKey, spec.Privacy!.At,
                    $"the source's column '{column.Name}' is not described, and under 'privacy' nothing "
                    + "of it is inferred; add it to 'columns' with its type");
        if (faults.HasErrors) throw new MismatchException(faults.All);
    }

    private static (Table Training, Table Holdout) Divide(Table all, Spec spec, List<string> notes)
    {
        var split = spec.Split;
        if (spec.Privacy is not null)
        {
            notes.Add("Rows were parted by a hash of what they say, so that no row moves another.");
            var parts = StableSplit.Divide(all, split?.Holdout ?? DefaultHoldout, split?.By ?? Owner(spec), split?.Seed ?? spec.FitSeed);
            return (all.Take(parts.Training), all.Take(parts.Holdout));
        }
        if (all.RowCount < 2)
        {
            notes.Add("The source has one row: nothing could be held out.");
            return (all, all.Slice(0, 0));
        }
        if (split is null)
        {
            notes.Add($"The spec names no holdout: a fifth of the rows, chosen by the fit seed, were held out.");
            split = new SplitSpec(DefaultHoldout, null, null, null, spec.FitSeed, default);
        }
        // However few the rows, one is held out.
        var rows = Split.Divide(all, split with { Holdout = Math.Max(split.Holdout, 1.0 / all.RowCount) });
        if (rows.LeftOut.Length > 0)
            notes.Add($"{rows.LeftOut.Length} rows stand in neither part: "
                + "they have no time, or belong to an entity that was learned from.");
        return (all.Take(rows.Training), all.Take(rows.Holdout));
    }

    private static InferredTable ReadTraining(Spec spec, SourceSpec source, string folder, RunContext run)
    {
        if (source.Postgres is { } connection) return PostgresReader.Read(connection, source.Query!, Options(spec, run),
            run.Cancel);
        return TableReader.Read(Path.Combine(folder, source.Train!), Options(spec, run), run.Cancel);
    }

    private static ReadOptions Options(Spec spec, RunContext run) => new()
    {
        Format = spec.Source!.Format,
        Delimiter = spec.Source.Delimiter,
        Encoding = spec.Source.Encoding,
        // What counts as missing must not depend on what else the column holds.
        MissingTexts = spec.Source.Missing ?? (spec.Privacy is null ? null : UsualMissing),
        SampleRows = spec.Source.SampleRows,
        SampleSeed = spec.FitSeed,
        MaxThreads = run.MaxThreads,
        TableName = spec.Name,
        Overrides = [.. spec.Columns.Select(c => Override(c, spec)), .. TargetAlone(spec)],
    };

    private static ColumnOverride Override(ColumnSpec column, Spec spec) => new(column.Name)
    {
        Kind = column.Kind,
        Role = column.Name == spec.Source?.Target ? ColumnRole.Target : column.Role,
        // Under 'privacy' a level that is not declared counts as missing: to stop on it would tell that it is there.
        Levels = spec.Privacy is null ? column.Levels : null,
        Ordered = column.Ordered,
        Decimals = column.Decimals,
        Format = column.Format,
        Personal = column.Personal,
        Minimum = column.Minimum,
        Maximum = column.Maximum,
    };

    private static (string Role, string Path)[] Paths(Spec spec)
    {
        var paths = new List<(string, string)>();
        if (spec.Source?.Train is { } train) paths.Add(("train", train));
        if (spec.Source?.Holdout is { } holdout) paths.Add(("holdout", holdout));
        if (spec.Source?.Schema is { } schema) paths.Add(("schema", schema));
        return [.. paths];
    }

    /// <summary>A target of which 'columns' says nothing.</summary>
    private static List<ColumnOverride> TargetAlone(Spec spec) =>
        spec.Source?.Target is { } target && !spec.Columns.Any(c => c.Name == target)
            ? [new ColumnOverride(target) { Role = ColumnRole.Target }]
            : [];
}
