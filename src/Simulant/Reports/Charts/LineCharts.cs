using Simulant.Reports.Markup;
using Simulant.Validation;

namespace Simulant.Reports.Charts;

/// <summary>Curves and dots in a plane: ROC and precision-recall, the DCR curve, the embedding.</summary>
internal static class LineCharts
{
    private const double Side = 300, Left = 40, Right = 12, Top = 10, Bottom = 36;
    private const int MaxDots = 1500;

    /// <summary>Curves in the unit square; the strong line is the synthetic one, the dashed one the real.</summary>
    /// <param name="chance">Draws the diagonal that a coin would give.</param>
    public static Element UnitSquare(
        string label, string xTitle, string yTitle, IReadOnlyList<(IReadOnlyList<CurvePoint> Points, string Css)> curves, bool chance)
    {
        var chart = Svg.Chart(Side, Side, label);
        var x = new Scale(0, 1, Left, Side - Right);
        var y = new Scale(0, 1, Side - Bottom, Top);
        foreach (double tick in (double[])[0, .25, .5, .75, 1])
        {
            chart.Add(Svg.Line(Left, y[tick], Side - Right, y[tick], tick == 0 ? "axis" : "grid"));
            chart.Add(Svg.Line(x[tick], Side - Bottom, x[tick], Top, tick == 0 ? "axis" : "grid"));
            chart.Add(Svg.Text(Left - 4, y[tick] + 3, Scale.Label(tick), "tick end"));
            chart.Add(Svg.Text(x[tick], Side - Bottom + 13, Scale.Label(tick), "tick mid"));
        }
        if (chance) chart.Add(Svg.Line(x[0], y[0], x[1], y[1], "ideal"));
        foreach (var (points, css) in curves)
            if (points.Count > 0) chart.Add(Svg.Path(Curve(points, x, y), css));
        return AddTitles(chart, xTitle, yTitle);
    }

    /// <summary>
    /// Share of rows under each quantile of the holdout's own distances, on logarithms: a fresh sample lies on the diagonal, memory
    /// above it.
    /// </summary>
    public static Element Dcr(DcrCurve curve)
    {
        var chart = Svg.Chart(Side, Side, "Share of synthetic and of holdout rows nearer to training rows than each holdout quantile.");
        const double low = .004, high = 1;
        var x = new Scale(low, high, Left, Side - Right, log: true);
        var y = new Scale(low, high, Side - Bottom, Top, log: true);
        chart.Add(Svg.Line(Left, Side - Bottom, Side - Right, Side - Bottom, "axis"), Svg.Line(Left, Side - Bottom, Left, Top, "axis"));
        foreach (double tick in (double[])[.01, .02, .05, .1, .5])
        {
            string name = $"{Scale.Label(tick * 100)}%";
            chart.Add(Svg.Line(Left, y[tick], Side - Right, y[tick], "grid"));
            chart.Add(Svg.Line(x[tick], Side - Bottom, x[tick], Top, "grid"));
            chart.Add(Svg.Text(Left - 4, y[tick] + 3, name, "tick end"));
            chart.Add(Svg.Text(x[tick], Side - Bottom + 13, name, "tick mid"));
        }
        chart.Add(Svg.Line(x[low], y[low], x[high], y[high], "ideal"));
        AddDcr(chart, curve.Levels, curve.Holdout, x, y, "holdout-line", "holdout-dot");
        AddDcr(chart, curve.Levels, curve.Synthetic, x, y, "syn-line", "syn-dot");
        return AddTitles(chart, "quantile of the holdout's distances", "share of rows nearer than that");
    }

    /// <summary>One cloud of dots over the common range of all clouds.</summary>
    public static Element Cloud(string label, IReadOnlyList<CurvePoint> points, Box box, string css, Scatter scatter)
    {
        var chart = Svg.Chart(Side, Side, label);
        var x = new Scale(box.Left, box.Right, Left, Side - Right);
        var y = new Scale(box.Bottom, box.Top, Side - Bottom, Top);
        chart.Add(Svg.Line(Left, Side - Bottom, Side - Right, Side - Bottom, "axis"), Svg.Line(Left, Side - Bottom, Left, Top, "axis"));
        foreach (double tick in Scale.Ticks(box.Left, box.Right))
            chart.Add(Svg.Text(x[tick], Side - Bottom + 13, Scale.Label(tick), "tick mid"));
        foreach (double tick in Scale.Ticks(box.Bottom, box.Top))
            chart.Add(Svg.Text(Left - 4, y[tick] + 3, Scale.Label(tick), "tick end"));
        var dots = new PathData();
        // Every k-th of the points, which come in no order.
        int step = Math.Max(1, (points.Count + MaxDots - 1) / MaxDots);
        for (int i = 0; i < points.Count; i += step)
        {
            var p = points[i];
            if (double.IsFinite(p.X) && double.IsFinite(p.Y)) dots.Dot(x[p.X], y[p.Y]);
        }
        chart.Add(Svg.Path(dots, css));
        string Axis(int i) => $"component {i + 1}"
            + (scatter.Explained.Count > i ? $" ({Words.Percent(scatter.Explained[i])} of variance)" : "");
        return AddTitles(chart, Axis(0), Axis(1));
    }

    private static void AddDcr(
        Element chart, IReadOnlyList<double> levels, IReadOnlyList<double> shares, Scale x, Scale y, string line, string dot)
    {
        var path = new PathData();
        var dots = new PathData();
        bool open = false;
        for (int i = 0; i < levels.Count && i < shares.Count; i++)
        {
            if (double.IsNaN(shares[i])) continue;
            double at = x[levels[i]], height = shares[i] <= 0 ? Side - Bottom : y[shares[i]];
            if (open) path.Line(at, height);
            else path.Move(at, height);
            open = true;
            dots.Dot(at, height);
        }
        if (open) chart.Add(Svg.Path(path, line), Svg.Path(dots, dot));
    }

    private static PathData Curve(IReadOnlyList<CurvePoint> points, Scale x, Scale y)
    {
        var path = new PathData().Move(x[points[0].X], y[points[0].Y]);
        for (int i = 1; i < points.Count; i++) path.Line(x[points[i].X], y[points[i].Y]);
        return path;
    }

    private static Element AddTitles(Element chart, string xTitle, string yTitle)
    {
        chart.Add(Svg.Text((Left + Side - Right) / 2, Side - 5, xTitle, "axis-title mid"));
        chart.Add(Svg.Text(0, 0, yTitle, "axis-title mid")
            .With("transform", $"translate(10 {Element.Number((Top + Side - Bottom) / 2)}) rotate(-90)"));
        return chart;
    }
}

/// <summary>A range in the plane.</summary>
internal readonly record struct Box(double Left, double Right, double Bottom, double Top)
{
    /// <summary>
    /// The range of all points without the outermost 0.2% on each side, so that one far point does not press the rest together; dots
    /// beyond it are drawn on the edge.
    /// </summary>
    public static Box Around(params IEnumerable<IReadOnlyList<CurvePoint>> clouds)
    {
        var all = clouds.SelectMany(c => c).Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)).ToList();
        if (all.Count == 0) return new(0, 1, 0, 1);
        (double left, double right) = Range([.. all.Select(p => p.X)]);
        (double bottom, double top) = Range([.. all.Select(p => p.Y)]);
        return new(left, right, bottom, top);
    }

    private static (double, double) Range(double[] values)
    {
        Array.Sort(values);
        int cut = values.Length / 500;
        double low = values[cut], high = values[^(cut + 1)], pad = (high - low) * .04;
        return high > low ? (low - pad, high + pad) : (low - 1, high + 1);
    }
}
