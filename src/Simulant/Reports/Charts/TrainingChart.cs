using Simulant.Data;
using Simulant.Reports.Markup;

namespace Simulant.Reports.Charts;

/// <summary>Losses or diagnostics by epoch, with the epoch that was kept and those that were taken back.</summary>
internal static class TrainingChart
{
    /// <summary>Curves of one chart; each has a line of its own kind.</summary>
    public static readonly IReadOnlyList<string> Lines = ["syn-line", "real-curve", "holdout-line", "fourth-line"];

    /// <summary>The marks that <see cref="Lines"/> have in a key.</summary>
    public static readonly IReadOnlyList<string> Swatches = ["syn", "dash", "hold", "fourth"];

    private const double Width = 520, Height = 260, Left = 46, Right = 14, Top = 16, Bottom = 36;

    /// <summary>More epochs than this are thinned to it.</summary>
    private const int MostPoints = 600;

    /// <param name="series">At most as many as there are <see cref="Lines"/>.</param>
    public static Element Of(string label, TrainingCurve curve, IReadOnlyList<TrainingSeries> series)
    {
        var chart = Svg.Chart(Width, Height, label);
        var (low, high) = Range(series);
        int first = series.Any(s => double.IsFinite(s.Values[0])) ? 0 : 1;
        var x = new Scale(first, Math.Max(curve.Epochs, first + 1), Left, Width - Right);
        var y = new Scale(low, high, Height - Bottom, Top);
        foreach (double tick in Scale.Ticks(low, high))
        {
            chart.Add(Svg.Line(Left, y[tick], Width - Right, y[tick], "grid"));
            chart.Add(Svg.Text(Left - 4, y[tick] + 3, Scale.Label(tick), "tick end"));
        }
        foreach (double tick in Scale.Ticks(first, curve.Epochs, 6).Where(t => t == Math.Round(t)))
            chart.Add(Svg.Text(x[tick], Height - Bottom + 13, Scale.Label(tick), "tick mid"));
        chart.Add(Svg.Line(Left, Height - Bottom, Width - Right, Height - Bottom, "axis"));
        chart.Add(Svg.Line(Left, Height - Bottom, Left, Top, "axis"));
        foreach (var happened in curve.Events)
            if (happened.Text.StartsWith(TrainingCurve.Warning, StringComparison.Ordinal))
                chart.Add(Svg.Line(x[happened.Epoch], Top, x[happened.Epoch], Height - Bottom, "warn-line"));
        chart.Add(Svg.Line(x[curve.Kept], Top, x[curve.Kept], Height - Bottom, "ideal"));
        bool right = x[curve.Kept] > Width - 70;
        chart.Add(Svg.Text(x[curve.Kept] + (right ? -4 : 4), Top - 4, "kept", right ? "tick end" : "tick"));
        for (int s = 0; s < series.Count; s++) chart.Add(Svg.Path(Line(series[s].Values, x, y), Lines[s]));
        chart.Add(Svg.Text((Left + Width - Right) / 2, Height - 5, "epoch", "axis-title mid"));
        return chart;
    }

    /// <summary>Of what was measured; the few greatest values of a wild start do not press the rest together.</summary>
    private static (double Low, double High) Range(IReadOnlyList<TrainingSeries> series)
    {
        double[] all = [.. series.SelectMany(s => s.Values).Where(double.IsFinite).Order()];
        if (all.Length == 0) return (0, 1);
        double low = all[0], high = all[^1], most = all[(int)((all.Length - 1) * 0.98)];
        if (all.Length >= 50 && high - low > 4 * (most - low)) high = most;
        double pad = (high - low) * .05;
        return high > low ? (low - pad, high + pad) : (low - 1, high + 1);
    }

    /// <summary>Epochs that were not measured leave no gap, since some are measured now and then only.</summary>
    private static PathData Line(IReadOnlyList<double> values, Scale x, Scale y)
    {
        var path = new PathData();
        int step = Math.Max(1, (values.Count + MostPoints - 1) / MostPoints);
        bool open = false;
        for (int e = 0; e < values.Count; e++)
        {
            if (!double.IsFinite(values[e]) || e % step != 0 && e != values.Count - 1) continue;
            if (open) path.Line(x[e], y[values[e]]);
            else path.Move(x[e], y[values[e]]).Line(x[e], y[values[e]]);
            open = true;
        }
        return path;
    }
}
