using Simulant.Reports.Markup;

namespace Simulant.Reports.Charts;

/// <summary>Small charts that stand in a table's cell.</summary>
internal static class Bars
{
    private const double Width = 150, Height = 18;

    /// <summary>A share of one as a bar, with its reference as an upright tick where there is one.</summary>
    public static Element Share(double share, string label, double reference = double.NaN)
    {
        var chart = Svg.Chart(Width, Height, label).Class("inline");
        chart.Add(Svg.Line(0, Height - 2, Width, Height - 2, "grid"));
        chart.Add(Svg.Rect(0, 3, double.IsNaN(share) ? 0 : Math.Clamp(share, 0, 1) * Width, Height - 7, "syn-fill"));
        if (!double.IsNaN(reference))
        {
            double at = Math.Clamp(reference, 0, 1) * (Width - 2) + 1;
            chart.Add(Svg.Line(at, 0, at, Height - 1, "reference"));
        }
        return chart;
    }

    /// <summary>
    /// A figure's interval as a line with its value as a disc, and its reference as an upright tick, on a range that holds both: near
    /// or far is seen at once, and the numbers stand beside it.
    /// </summary>
    public static Element Interval(double low, double value, double high, double reference, string label)
    {
        var chart = Svg.Chart(Width, Height, label).Class("inline");
        if (!double.IsFinite(value)) return chart;
        if (!double.IsFinite(low)) low = value;
        if (!double.IsFinite(high)) high = value;
        double from = Math.Min(low, double.IsFinite(reference) ? reference : low);
        double to = Math.Max(high, double.IsFinite(reference) ? reference : high);
        // A range of a few thousandths would make a trifle look like a gulf.
        double least = Math.Max(.02 * Math.Max(Math.Abs(from), Math.Abs(to)), 1e-9), short_ = Math.Max(0, least - (to - from)) / 2;
        var x = new Scale(from - short_, to + short_, 8, Width - 8);
        double middle = Height / 2;
        chart.Add(Svg.Line(0, middle, Width, middle, "grid"));
        if (high > low) chart.Add(Svg.Line(x[low], middle, x[high], middle, "span"));
        if (double.IsFinite(reference)) chart.Add(Svg.Line(x[reference], 2, x[reference], Height - 2, "reference"));
        return chart.Add(Svg.Path(new PathData().Dot(x[value], middle), "syn-dot"));
    }
}
