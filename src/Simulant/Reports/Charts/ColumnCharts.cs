using Simulant.Data;
using Simulant.Provenance;
using Simulant.Reports.Markup;
using Simulant.Validation;

namespace Simulant.Reports.Charts;

/// <summary>One column, real against synthetic: a histogram for numbers, bars for levels.</summary>
internal static class ColumnCharts
{
    private const double Width = 340, Left = 30, Right = 8;
    private const int MaxLevels = 10;

    public static Element Of(ColumnComparison column, ColumnKind kind) =>
        column.IsNumeric ? Histogram(column, kind) : Levels(column);

    /// <summary>Training as filled bars, holdout as a dotted line, synthetic as a strong line: told apart without colour.</summary>
    private static Element Histogram(ColumnComparison column, ColumnKind kind)
    {
        const double height = 132, top = 8, bottom = 112;
        var chart = Svg.Chart(Width, height, $"Distribution of {PlainText.Name(column.Name)}: training, holdout and synthetic rows.");
        var edges = column.Edges;
        if (edges.Count < 2) return chart.Add(Svg.Text(Width / 2, 60, "no finite value", "tick mid"));
        double most = Max(column.TrainingShares, column.HoldoutShares, column.SyntheticShares);
        var x = new Scale(edges[0], edges[^1], Left, Width - Right);
        // A tall point mass would flatten all else; a square root keeps both in sight, and the axis says so.
        bool root = IsSpiked(column.TrainingShares);
        var y = new Scale(0, root ? Math.Sqrt(most) : most, bottom, top);
        double Height(double share) => y[root ? Math.Sqrt(share) : share];
        AddAxes(chart, most, share => Height(share), bottom, root);

        var bars = new PathData();
        for (int i = 0; i + 1 < edges.Count; i++)
        {
            double left = x[edges[i]], share = column.TrainingShares[i];
            if (share > 0) bars.Box(left + .4, Height(share), Math.Max(.6, x[edges[i + 1]] - left - .8), bottom - Height(share));
        }
        chart.Add(Svg.Path(bars, "real-fill"));
        if (HasAny(column.HoldoutShares)) chart.Add(Svg.Path(Steps(edges, column.HoldoutShares, x, Height), "holdout-line"));
        chart.Add(Svg.Path(Steps(edges, column.SyntheticShares, x, Height), "syn-line"));
        chart.Add(Svg.Text(Left, height - 6, Words.Stored(kind, edges[0]), "tick"));
        chart.Add(Svg.Text(Width - Right, height - 6, Words.Stored(kind, edges[^1]), "tick end"));
        chart.Add(Svg.Text((Left + Width - Right) / 2, height - 6, Words.Stored(kind, (edges[0] + edges[^1]) / 2), "tick mid"));
        return chart;
    }

    private static void AddAxes(Element chart, double most, Func<double, double> y, double bottom, bool root)
    {
        chart.Add(Svg.Line(Left, bottom, Width - Right, bottom, "axis"));
        foreach (double tick in Scale.Ticks(0, most, root ? 2 : 3))
        {
            if (tick == 0) continue;
            chart.Add(Svg.Line(Left, y(tick), Width - Right, y(tick), "grid"));
            chart.Add(Svg.Text(Left - 3, y(tick) + 3, $"{Scale.Label(tick * 100)}%", "tick end"));
        }
        if (root) chart.Add(Svg.Text(Width - Right, 10, "square-root scale", "tick end faint"));
    }

    private static PathData Steps(IReadOnlyList<double> edges, IReadOnlyList<double> shares, Scale x, Func<double, double> y)
    {
        var path = new PathData().Move(x[edges[0]], y(0));
        double last = double.NaN;
        for (int i = 0; i + 1 < edges.Count; i++)
        {
            double height = y(shares[i]);
            if (height != last) path.Line(x[edges[i]], height);
            path.Line(x[edges[i + 1]], height);
            last = height;
        }
        return path.Line(x[edges[^1]], y(0));
    }

    private static bool IsSpiked(IReadOnlyList<double> shares)
    {
        double[] sorted = [.. shares.Where(s => s > 0).OrderDescending()];
        return sorted.Length > 2 && sorted[0] > .5 && sorted[0] > 8 * sorted[1];
    }

    /// <summary>Per level a grey bar (training), a blue one under it (synthetic) and a tick (holdout).</summary>
    private static Element Levels(ColumnComparison column)
    {
        const double row = 22, top = 4, names = 112, values = 46;
        int shown = Math.Min(MaxLevels, column.Levels.Count);
        int others = Math.Max(column.LevelCount, column.Levels.Count) - shown;
        bool more = others > 0;
        double height = top + (shown + (more ? 1 : 0)) * row + 4;
        var chart = Svg.Chart(Width, Math.Max(height, 30),
            $"Levels of {PlainText.Name(column.Name)}: training, holdout and synthetic rows.");
        if (shown == 0) return chart.Add(Svg.Text(Width / 2, 18, "no level", "tick mid"));
        double most = Max(column.TrainingShares, column.HoldoutShares, column.SyntheticShares);
        var x = new Scale(0, most, names, Width - values);
        bool holdout = HasAny(column.HoldoutShares);
        for (int i = 0; i < shown; i++)
        {
            string name = column.Levels[i] is { } level ? Svg.Fit(PlainText.Name(level, 60), names - 6) : "(missing)";
            AddLevel(chart, top + i * row, x, name, column.TrainingShares[i], column.SyntheticShares[i],
                holdout ? column.HoldoutShares[i] : double.NaN);
        }
        return more ? AddOthers(chart, top + shown * row, x[0], others, column, shown) : chart;
    }

    private static void AddLevel(Element chart, double y, Scale x, string name, double real, double synthetic, double holdout)
    {
        chart.Add(Svg.Text(x[0] - 5, y + 13, name, "tick end"));
        chart.Add(Svg.Rect(x[0], y + 2, x[Math.Max(0, real)] - x[0], 8, "real-fill"));
        chart.Add(Svg.Rect(x[0], y + 11, x[Math.Max(0, synthetic)] - x[0], 7, "syn-fill"));
        if (!double.IsNaN(holdout))
        {
            double at = x[Math.Max(0, holdout)];
            chart.Add(Svg.Line(at, y + 1, at, y + 11, "holdout-tick"));
        }
        chart.Add(Svg.Text(Width - 2, y + 13, Words.Percent(Math.Max(0, synthetic)), "tick end"));
    }

    // Together they often outweigh every drawn level: they are told in words, and do not set the scale.
    private static Element AddOthers(Element chart, double y, double x, int others, ColumnComparison column, int shown)
    {
        double real = 1 - column.TrainingShares.Take(shown).Sum(), synthetic = 1 - column.SyntheticShares.Take(shown).Sum();
        chart.Add(Svg.Text(x - 5, y + 13, $"{Words.Count(others)} others", "tick end"));
        chart.Add(Svg.Text(x, y + 13, $"together {Words.Percent(Math.Max(0, real))} of training rows", "tick"));
        return chart.Add(Svg.Text(Width - 2, y + 13, Words.Percent(Math.Max(0, synthetic)), "tick end"));
    }

    private static bool HasAny(IReadOnlyList<double> shares) => shares.Any(s => s > 0);

    private static double Max(params ReadOnlySpan<IReadOnlyList<double>> lists)
    {
        double most = 0;
        foreach (var list in lists)
            foreach (double share in list)
                if (share > most) most = share;
        return most > 0 ? most : 1;
    }
}
