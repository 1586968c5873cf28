using Simulant.Data;
using Simulant.Scenes.Worlds;
using Simulant.Scenes.Worlds.Drawing;
using Simulant.Specs;
using Simulant.Validation;
using Simulant.Validation.Images;

namespace Simulant.Runs;

/// <summary>
/// Measures a set of frames by its table: faults of labels, parts of the parameters' distributions reached, classes seen.
/// </summary>
internal static class SceneJudging
{
    private const int ManyCells = 10, PairCells = 5;

    /// <param name="folder">Where paths of a source of real pictures start.</param>
    public static Judgement Judge(Spec spec, SceneSet set, Table frames, string folder, RunContext run)
    {
        var scenes = set.Scenes;
        run.Progress.Report(new StageProgress("validate: frames", 0, 0, "frames"));
        var first = FirstOfEach(frames);
        var metrics = new List<MetricResult>
        {
            Duplicates((CodedColumn)frames[FrameTable.Content]),
            Plain(MetricNames.SceneFaults, Numbers(frames, FrameTable.Faults).Sum(), 0, Direction.Lower, frames.RowCount),
            Coverage(scenes, first),
            Pairs(scenes, first),
            Balance(scenes, frames),
            Plain(MetricNames.SceneEmpty, frames.RowCount == 0 ? double.NaN
                : Numbers(frames, FrameTable.Objects).Count(n => n == 0) / (double)frames.RowCount, 0, Direction.Lower, frames.RowCount),
        };
        bool Wanted(string name) => spec.Measures.Only is not { } only || only.Contains(name) || spec.Gates.Any(g => g.Metric == name);
        var notes = new List<string>();
        var real = new Lazy<RealParts?>(() => spec.Source is null ? null : RealParts.Of(spec, folder));
        if (frames.RowCount > 0 && MetricNames.Pictures.Any(Wanted))
            metrics.AddRange(Pictures(spec, set, frames, folder, real, notes, run));
        if (frames.RowCount > 0 && Wanted(MetricNames.ImagesTransfer) && Taught(spec, set, real, notes, run) is { } taught)
            metrics.Add(taught);
        metrics = [.. metrics.Where(m => Wanted(m.Name))];
        var result = new ValidationResult
        {
            Metrics = [.. MetricNames.All.SelectMany(name => metrics.Where(m => m.Name == name))],
            Rows = new RowCounts(0, 0, frames.RowCount),
            NotChecked = spec.Source is not null ? [] : [new NotChecked("likeness", "there are no real pictures to compare with")],
        };
        return new Judgement(result, Validation.Gates.Evaluate(
            spec.Gates.Select(g => new Gate(g.Metric, g.Operator, g.Bound, g.MinRows)), result)) { Notes = notes };
    }

    /// <summary>Figures of the pictures: alone, or beside the real ones that the spec names.</summary>
    private static IReadOnlyList<MetricResult> Pictures(Spec spec, SceneSet set, Table frames, string folder, Lazy<RealParts?> parts,
        List<string> notes, RunContext run)
    {
        run.Progress.Report(new StageProgress("validate: pictures", 0, 0, "pictures"));
        using var measure = PictureMeasure.Of(spec, folder);
        var classes = set.Scenes.World.Classes.All.Where(c => c.Countable).ToDictionary(c => c.Name,
            c => (long)Numbers(frames, FrameTable.Seen(c.Name)).Sum());
        var made = measure.Of(set, classes, run);
        notes.Add($"Pictures are compared by the features {measure.Id}: extractor, hash of its weights, resize rule, dimension.");
        if (made.Pictures.Count < set.Frames)
            notes.Add($"{made.Pictures.Count} pictures, evenly spread over all {set.Frames}, were measured.");
        var real = parts.Value is null ? null : RealPictures.Of(parts.Value, measure, run);
        if (real is not null) notes.AddRange(real.Notes);
        return SetFigures.Measure(made, measure.Features(PictureMeasure.Shifted(made.Pictures), run), real?.Training, real?.Holdout, run);
    }

    /// <summary>What made objects teach about real ones, where the spec gives it steps; else null, and missing where it is named.</summary>
    private static MetricResult? Taught(Spec spec, SceneSet set, Lazy<RealParts?> real, List<string> notes, RunContext run)
    {
        bool named = spec.Measures.Only?.Contains(MetricNames.ImagesTransfer) == true
            || spec.Gates.Any(g => g.Metric == MetricNames.ImagesTransfer);
        MetricResult? Missing(string why) => named || spec.Measures.Transfer is not null
            ? MetricResult.Missing(MetricNames.ImagesTransfer, Direction.Higher, why) : null;
        if (spec.Measures.Transfer is not { } steps) return Missing("validate.transfer gives it no steps; write 'transfer: 600'");
        if (real.Value is not { } parts) return Missing("there are no real pictures; name some as source");
        // How they were parted is told once, by whichever figures come first.
        notes.AddRange(parts.Notes.Except(notes).ToList());
        string[] names =
        [
            .. set.Scenes.World.Classes.All.Where(c => c.Countable).Select(c => c.Name)
                .Intersect(parts.Training.Classes.Select(c => c.Name)).Intersect(parts.Holdout.Classes.Select(c => c.Name))
                .Order(StringComparer.Ordinal),
        ];
        var (ratio, curve) = TransferStudy.Measure(CutOuts.Of(set, names, run), CutOuts.Of(parts.Training, parts.Trained, names, run),
            CutOuts.Of(parts.Holdout, parts.Held, names, run), steps, run);
        if (curve is not null) notes.Add(curve);
        return ratio;
    }

    /// <summary>Parameters are drawn once a sequence: one row of each counts.</summary>
    private static Table FirstOfEach(Table frames)
    {
        var seen = new HashSet<double>();
        double[] sequences = Numbers(frames, FrameTable.Sequence);
        return frames.Take([.. Enumerable.Range(0, frames.RowCount).Where(i => seen.Add(sequences[i]))]);
    }

    private static double[] Numbers(Table frames, string column) => ((NumericColumn)frames[column]).Values.ToArray();

    /// <summary>A parameter's values as the world draws them: numbers, or indices of levels.</summary>
    internal static double[] Values(Table frames, Parameter parameter)
    {
        if (parameter.Levels is not { } levels) return Numbers(frames, parameter.Name);
        var index = levels.Select((level, i) => (level, i)).ToDictionary(l => l.level, l => (double)l.i, StringComparer.Ordinal);
        var column = (CodedColumn)frames[parameter.Name];
        return [.. Enumerable.Range(0, column.Count).Select(i => index[column[i]!])];
    }

    private static MetricResult Plain(string name, double value, double reference, Direction better, int count) =>
        new(name, new Score(value, reference, value, value, better, count));

    private static MetricResult Duplicates(CodedColumn content)
    {
        double share = content.Count == 0 ? 0 : 1 - (double)content.Codes.ToArray().Distinct().Count() / content.Count;
        return Plain(MetricNames.Duplicates, share, double.NaN, Direction.Lower, content.Count);
    }

    private static MetricResult Coverage(SceneSampler scenes, Table frames)
    {
        var parameters = scenes.World.Parameters;
        double reached = 0, expected = 0;
        for (int i = 0; i < parameters.Count; i++)
        {
            var cells = new Cells(scenes.Laws[i], ManyCells);
            reached += (double)Values(frames, parameters[i]).Select(cells.Of).Distinct().Count() / cells.Chances.Count(c => c > 0);
            expected += cells.Expected(frames.RowCount);
        }
        return Plain(MetricNames.SceneCoverage, reached / parameters.Count, expected / parameters.Count, Direction.Higher, frames.RowCount);
    }

    private static MetricResult Pairs(SceneSampler scenes, Table frames)
    {
        var parameters = scenes.World.Parameters;
        Cells[] cells = [.. scenes.Laws.Select(l => new Cells(l, PairCells))];
        int[][] of = [.. parameters.Select((p, i) => Values(frames, p).Select(cells[i].Of).ToArray())];
        double reached = 0, expected = 0;
        int pairs = 0;
        for (int i = 0; i < of.Length; i++)
            for (int j = i + 1; j < of.Length; j++)
            {
                // Of correlated parameters, as many frames as can be are far from one another's cells: expectations are of independent
                // ones.
                if (scenes.Laws[i].Follows is not null || scenes.Laws[j].Follows is not null) continue;
                var chances = cells[i].Chances.Where(c => c > 0).SelectMany(a => cells[j].Chances.Where(c => c > 0).Select(b => a * b))
                    .ToList();
                reached += (double)of[i].Zip(of[j]).Distinct().Count() / chances.Count;
                expected += chances.Sum(c => 1 - Math.Pow(1 - c, frames.RowCount)) / chances.Count;
                pairs++;
            }
        return pairs == 0 ? MetricResult.Missing(MetricNames.ScenePairs, Direction.Higher, "fewer than two parameters are drawn alone")
            : Plain(MetricNames.ScenePairs, reached / pairs, expected / pairs, Direction.Higher, frames.RowCount);
    }

    /// <summary>Entropy of the classes of all that is seen, as a part of the greatest there could be.</summary>
    private static MetricResult Balance(SceneSampler scenes, Table frames)
    {
        double[] seen = [.. scenes.World.Classes.All.Where(c => c.Countable).Select(c => Numbers(frames, FrameTable.Seen(c.Name)).Sum())];
        double all = seen.Sum();
        if (seen.Length < 2 || all == 0)
            return MetricResult.Missing(MetricNames.SceneBalance, Direction.Higher, "nothing of two classes is seen");
        double entropy = -seen.Where(s => s > 0).Sum(s => s / all * Math.Log(s / all)) / Math.Log(seen.Length);
        return Plain(MetricNames.SceneBalance, entropy, double.NaN, Direction.Higher, (int)all);
    }
}
