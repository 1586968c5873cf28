using Simulant.Data;
using Simulant.Validation.Drift;

namespace Simulant.Runs;

/// <param name="Reference">A data file, a glob, or a sketch written by <see cref="Save"/>.</param>
public sealed record DriftRequest(string Reference)
{
    /// <summary>Data files, globs or sketches, counted together; empty only where a sketch of the reference is saved.</summary>
    public IReadOnlyList<string> Current { get; init; } = [];

    /// <summary>Where the sketch of the current data goes, or of the reference where there is no current data; null for nowhere.</summary>
    public string? Save { get; init; }

    /// <summary>The columns to compare; empty for all but identifiers and texts.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Probability of any alarm at all where nothing changed, over all tests together, in (0, 1).</summary>
    public double Alpha { get; init; } = 0.01;

    /// <summary>Changes smaller than it raise no alarm, in [0, 1).</summary>
    public double Tolerance { get; init; } = 0.02;

    public int Threads { get; init; } = 1;
    public bool Force { get; init; }
}

/// <summary>One column or two, compared.</summary>
/// <param name="Measure">What the effect is.</param>
/// <param name="P">Adjusted for the number of tests.</param>
/// <param name="Changes">What changed, in words.</param>
public sealed record DriftLine(IReadOnlyList<string> Columns, string Measure, double Effect, double P, bool Drifted,
    IReadOnlyList<string> Changes);

/// <param name="Advice"><c>keep</c>, <c>watch</c> or <c>refit</c>; null where there was no current data to compare.</param>
/// <param name="Saved">The sketch that was written; null for none.</param>
/// <param name="Rows">Rows of the current data; of the reference where there is no current data.</param>
public sealed record DriftOutcome(string? Advice, string? Saved, long Rows)
{
    public long ReferenceRows { get; init; }
    public int Tests { get; init; }

    /// <summary>The least change of a correlation that so many rows would most likely have shown; NaN for too few.</summary>
    public double LeastCorrelation { get; init; } = double.NaN;

    /// <summary>Columns, then pairs; alarms first, then by size.</summary>
    public IReadOnlyList<DriftLine> Lines { get; init; } = [];

    /// <summary>Why a refit is advised.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    public IReadOnlyList<string> NotCompared { get; init; } = [];
}

/// <summary>
/// <c>simulant drift</c>: counts both sides once, block by block, under a plan that the reference alone decides, and compares the
/// counts.
/// </summary>
internal sealed class Drifting(Corridor corridor, DriftRequest request, IProgress<StageProgress> progress, CancellationToken cancel)
{
    /// <summary>Rows of the reference that decide what is counted.</summary>
    private const int PlanRows = 100_000;

    private const int BlockRows = 1 << 16;

    private readonly List<string> _notCompared = [];

    public DriftOutcome Run()
    {
        if (request.Save is { } save) SingleFile.Refuse(save, request.Force);
        if (request.Current.Count == 0 && request.Save is null)
            throw new UsageException("there is nothing to compare; name current data with --current, or save a sketch with --save");
        var reference = Reference();
        if (reference.Rows == 0) throw new DataException($"{request.Reference}: no rows to compare with", request.Reference);
        if (request.Current.Count == 0) return new DriftOutcome(null, Saved(reference), reference.Rows) { NotCompared = _notCompared };
        var current = new DriftSketch(reference.Plan);
        foreach (string path in request.Current) current.Add(OfCurrent(path, reference.Plan));
        if (current.Rows == 0) throw new DataException($"{request.Current[0]}: no rows to compare", request.Current[0]);
        var result = DriftComparison.Compare(reference, current, new DriftOptions(request.Alpha, request.Tolerance));
        return new DriftOutcome(result.Advice.ToString().ToLowerInvariant(), request.Save is null ? null : Saved(current), current.Rows)
        {
            ReferenceRows = reference.Rows,
            Tests = result.Findings.Count,
            LeastCorrelation = result.LeastCorrelation,
            Lines = [.. result.Findings.Select(f => new DriftLine(f.Columns, f.Measure, f.Effect, f.P, f.Drifted, f.Changes))],
            Reasons = result.Reasons,
            NotCompared = _notCompared,
        };
    }

    private string Saved(DriftSketch sketch)
    {
        SingleFile.Write(corridor.Files, request.Save!, to => DriftSketchFile.Write(sketch, to));
        return request.Save!;
    }

    private DriftSketch Reference()
    {
        if (DriftSketchFile.Is(request.Reference))
        {
            if (request.Columns.Count > 0)
                throw new UsageException("--columns chooses columns of data, and the reference is a sketch; choose when it is made");
            return DriftSketchFile.Read(request.Reference);
        }
        progress.Report(new StageProgress($"reading {Path.GetFileName(request.Reference)}", 0, 0, "rows"));
        var seen = TableReader.Read(request.Reference, new ReadOptions { MaxThreads = request.Threads, SampleRows = PlanRows }, cancel);
        return Count(request.Reference, DriftPlan.Of(Compared(seen)), Compared(seen));
    }

    /// <summary>The columns to compare: asked for, or all whose values come back from row to row.</summary>
    private Table Compared(InferredTable seen)
    {
        _notCompared.Clear();
        var table = seen.Table;
        foreach (string name in request.Columns)
            if (table.Schema.IndexOf(name) < 0) throw new DataException(
                $"{request.Reference}: no column '{name}'; it has {string.Join(", ", table.Columns.Take(12).Select(c => c.Name))}",
                request.Reference, column: name);
        var kept = new List<Column>();
        foreach (var column in table.Columns)
        {
            bool asked = request.Columns.Contains(column.Name);
            if (request.Columns.Count > 0 && !asked) continue;
            string? why = column.Schema.Kind switch
            {
                ColumnKind.Identifier => "an identifier",
                ColumnKind.Text => "free text",
                _ when column.Schema.Role == ColumnRole.Id => "an identifier",
                _ when column.Schema.Personal != PersonalData.None => "personal data",
                _ => null,
            };
            if (why is null || asked) kept.Add(column);
            else _notCompared.Add($"{column.Name}: {why}");
        }
        if (kept.Count == 0) throw new DataException($"{request.Reference}: no column can be compared", request.Reference);
        return new Table(table.Name, kept);
    }

    private DriftSketch OfCurrent(string path, DriftPlan plan)
    {
        if (!DriftSketchFile.Is(path)) return Count(path, plan, Like(plan));
        var sketch = DriftSketchFile.Read(path);
        if (!sketch.Plan.Same(plan))
            throw new DataException($"{path}: a sketch under another plan; make it again with the same --reference", path);
        return sketch;
    }

    /// <summary>An empty table of the plan's columns and levels, to read under.</summary>
    private static Table Like(DriftPlan plan) => new("current", [.. plan.Columns.Select(c => c.IsNumeric
        ? (Column)new NumericColumn(new ColumnSchema(c.Name, c.Kind), [])
        : new CodedColumn(new ColumnSchema(c.Name, c.Kind), [],
            c.Kind == ColumnKind.Boolean ? ["false", "true"] : [.. c.Levels.Where(l => l.Length > 0)]))]);

    private DriftSketch Count(string path, DriftPlan plan, Table like)
    {
        string stage = $"counting {Path.GetFileName(path)}";
        var sketch = new DriftSketch(plan);
        TableBlocks.ForEach(path, like, new ReadOptions { MaxThreads = request.Threads }, BlockRows, block =>
        {
            cancel.ThrowIfCancellationRequested();
            sketch.Add(block, request.Threads, cancel);
            progress.Report(new StageProgress(stage, sketch.Rows, 0, "rows"));
        }, () => sketch = new DriftSketch(plan), cancel);
        return sketch;
    }
}
