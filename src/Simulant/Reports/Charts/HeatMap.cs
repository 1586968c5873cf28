using Simulant.Provenance;
using Simulant.Reports.Markup;

namespace Simulant.Reports.Charts;

/// <summary>A square matrix as shades, one path a shade, so that the size follows the cells and not their markup.</summary>
internal static class HeatMap
{
    private const int Shades = 9;

    /// <param name="order">Rows and columns to draw, as indices into the matrix.</param>
    /// <param name="values">By those indices.</param>
    /// <param name="diverging">
    /// False: values in [0, 1], pale to dark. True: values in [-<paramref name="reach"/>, <paramref name="reach"/>], with the
    /// negative ones hatched apart by a dot, so that sign does not rest on colour.
    /// </param>
    public static Element Of(
        string label, IReadOnlyList<string> names, IReadOnlyList<int> order, Func<int, int, double> values,
        bool diverging = false, double reach = 1)
    {
        int n = order.Count;
        bool named = n <= 30;
        double margin = named ? 84 : 4, size = named ? Math.Clamp(300.0 / n, 9, 26) : Math.Max(3, 380.0 / n);
        double side = margin + size * n;
        // Names lean to the right over the columns, beyond the last one.
        var chart = Svg.Chart(side + (named ? 34 : 4), side + 4, label);
        var shades = new PathData?[Shades * 2];
        var dots = new PathData();
        var unknown = new PathData();
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double value = values(order[i], order[j]), x = margin + j * size, y = margin + i * size;
                if (i == j) continue;
                if (double.IsNaN(value))
                {
                    unknown.Move(x + size * .3, y + size * .3).Line(x + size * .7, y + size * .7);
                    continue;
                }
                double t = Math.Clamp(Math.Abs(value) / reach, 0, 1);
                int shade = Math.Min(Shades - 1, (int)(t * Shades)) + (value < 0 ? Shades : 0);
                (shades[shade] ??= new PathData()).Box(x + .5, y + .5, size - 1, size - 1);
                if (diverging && value < 0 && t > .15) dots.Dot(x + size / 2, y + size / 2);
            }
        }
        for (int s = 0; s < shades.Length; s++)
            if (shades[s] is { } path) chart.Add(Svg.Path(path, (s < Shades ? diverging ? "p" : "h" : "m") + s % Shades));
        chart.Add(Svg.Path(unknown, "axis"));
        if (diverging) chart.Add(Svg.Path(dots, "dot"));
        if (named) AddNames(chart, names, order, margin, size);
        return chart;
    }

    private static void AddNames(Element chart, IReadOnlyList<string> names, IReadOnlyList<int> order, double margin, double size)
    {
        for (int i = 0; i < order.Count; i++)
        {
            string name = Svg.Fit(PlainText.Name(names[order[i]], 40), margin - 8);
            double at = margin + i * size + size / 2;
            chart.Add(Svg.Text(margin - 4, at + 3, name, "tick end"));
            chart.Add(Svg.Text(0, 0, name, "tick").With("transform",
                $"translate({Element.Number(at + 3)} {Element.Number(margin - 4)}) rotate(-60)"));
        }
    }

    /// <summary>The scale under a map: its shades with the values at both ends.</summary>
    public static Element Legend(bool diverging, double reach)
    {
        const double cell = 16;
        int count = diverging ? 2 * Shades : Shades;
        var chart = Svg.Chart(count * cell + 90, 18, diverging
            ? $"Shades from −{Words.Short(reach)} to {Words.Short(reach)}" : "Shades from 0 to 1");
        chart.Add(Svg.Text(40, 13, diverging ? "−" + Words.Short(reach) : "0", "tick end"));
        for (int i = 0; i < count; i++)
        {
            string css = !diverging ? $"h{i}" : i < Shades ? $"m{Shades - 1 - i}" : $"p{i - Shades}";
            chart.Add(Svg.Rect(44 + i * cell, 3, cell - 1, 12, css));
        }
        chart.Add(Svg.Text(48 + count * cell, 13, diverging ? "+" + Words.Short(reach) : "1", "tick"));
        return chart.Class("legend");
    }
}
