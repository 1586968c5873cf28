using Simulant.Data;
using Simulant.Reports.Charts;
using Simulant.Reports.Markup;
using Simulant.Validation;
using static Simulant.Reports.Markup.Html;

namespace Simulant.Reports.Sections;

/// <summary>Single columns and pairs of columns.</summary>
internal static class ColumnSections
{
    private static readonly int[] ShownQuantiles = [0, 2, 4, 6, 8];

    public static Element? Columns(View view)
    {
        var all = view.Result.Columns;
        if (all.Count == 0) return null;
        var worst = all.Select((column, i) => (Column: column, Index: i))
            .OrderBy(c => double.IsNaN(c.Column.Shape) ? double.NegativeInfinity : c.Column.Shape)
            .ThenBy(c => c.Index).ToList();
        int cards = view.Budget.Cards;
        var section = Section(view.Id("columns"), "Columns, real against synthetic",
            "Shape is 1 − the Kolmogorov-Smirnov distance (numbers) or 1 − total variation (levels) from the training rows; 1 is equal. "
            + "Each shape stands beside the same figure of held-out rows. Percentages beside bars are synthetic shares.");
        section.Add(WorstTable(view, worst.Take(view.Budget.Worst)));
        section.Add(view.HasHoldout ? Key(("real", "training rows"), ("hold", "held-out rows"), ("syn", "synthetic rows"))
            : Key(("real", "training rows"), ("syn", "synthetic rows")));
        var grid = El("div", "cards");
        foreach (var (column, index) in all.Count <= cards ? worst.OrderBy(c => c.Index) : worst.Take(cards))
            grid.Add(Card(view, column, index));
        section.Add(grid);
        if (all.Count > cards)
            section.Add(Note($"The {cards} columns of the lowest shape are drawn of {Words.Count(all.Count)}; "
                + "report.json holds them all."));
        return section;
    }

    private static Element WorstTable(View view, IEnumerable<(ColumnComparison Column, int Index)> worst) =>
        Table("Worst columns", ["column", "kind", ">shape", ">real", ">missing", ">missing, real", ">distinct", ">distinct, real"],
            worst.Select(c => (IReadOnlyList<Element>)
            [
                El("a", "").With("href", $"#{view.Id("c")}{c.Index}").Text(View.Name(c.Column.Name)),
                Cell(view.KindOf(c.Column).ToString().ToLowerInvariant()),
                El("strong", "", Words.Number(c.Column.Shape)),
                Cell(Words.Number(c.Column.ShapeReference)),
                Cell(Words.Percent(c.Column.Synthetic.Missing)),
                Cell(Words.Percent(c.Column.Training.Missing)),
                Cell(Words.Count(c.Column.Synthetic.Distinct)),
                Cell(Words.Count(c.Column.Training.Distinct)),
            ]));

    private static Element Card(View view, ColumnComparison column, int index)
    {
        var kind = view.KindOf(column);
        var card = El("div", "card").Id($"{view.Id("c")}{index}");
        card.Add(El("h3", "", View.Name(column.Name)));
        string real = double.IsNaN(column.ShapeReference) ? "" : $", real {Words.Number(column.ShapeReference)}";
        card.Add(El("p", "small", $"{kind.ToString().ToLowerInvariant()} · shape {Words.Number(column.Shape)}{real}"));
        card.Add(ColumnCharts.Of(column, kind));
        return card.Add(Folded("numbers", column.IsNumeric ? Moments(view, column, kind) : LevelTable(view, column)));
    }

    private static Element Moments(View view, ColumnComparison column, ColumnKind kind)
    {
        var rows = new List<IReadOnlyList<Element>>();
        void Row(string name, Func<ColumnSummary, string> value)
        {
            var row = new List<Element> { Cell(name), Cell(value(column.Training)) };
            if (view.HasHoldout) row.Add(Cell(value(column.Holdout)));
            row.Add(Cell(value(column.Synthetic)));
            rows.Add(row);
        }
        Row("mean", s => Words.Stored(kind, s.Mean));
        Row("standard deviation", s => Words.Short(Math.Sqrt(s.Variance)));
        foreach (int q in ShownQuantiles)
        {
            string name = ColumnSummary.QuantileLevels[q] switch
            {
                0 => "minimum",
                1 => "maximum",
                .5 => "median",
                var level => Words.Short(level * 100) + " % quantile",
            };
            Row(name, s => q < s.Quantiles.Count ? Words.Stored(kind, s.Quantiles[q]) : "–");
        }
        Row("missing", s => Words.Percent(s.Missing));
        Row("distinct", s => Words.Count(s.Distinct));
        return Table("Numbers of " + View.Name(column.Name), view.HasHoldout
            ? ["", ">training", ">holdout", ">synthetic"] : ["", ">training", ">synthetic"], rows);
    }

    private static Element LevelTable(View view, ColumnComparison column)
    {
        int shown = Math.Min(column.Levels.Count, 20);
        var rows = Enumerable.Range(0, shown).Select(i =>
        {
            var row = new List<Element> { Cell(column.Levels[i] is { } level ? View.Name(level) : "(missing)") };
            row.Add(Cell(Words.Percent(column.TrainingShares[i])));
            if (view.HasHoldout) row.Add(Cell(Words.Percent(column.HoldoutShares[i])));
            row.Add(Cell(Words.Percent(column.SyntheticShares[i])));
            return (IReadOnlyList<Element>)row;
        });
        return Table("Shares of " + View.Name(column.Name), view.HasHoldout
            ? ["level", ">training", ">holdout", ">synthetic"] : ["level", ">training", ">synthetic"], rows);
    }

    public static Element? Pairs(View view)
    {
        if (view.Result.Trends is not { Names.Count: > 1 } trends) return null;
        int n = trends.Names.Count;
        // Where not all columns fit, those with the lowest mean trend, in table order.
        int[] order = [.. Enumerable.Range(0, Math.Min(trends.Drawn.Count, view.Budget.Matrix)).OrderBy(at => trends.Drawn[at])];
        string[] names = [.. trends.Drawn.Select(c => trends.Names[c])];
        var section = Section(view.Id("pairs"), "Pairs of columns",
            "How strongly each two columns depend on each other (|r| of numbers, Cramér's V otherwise; 0 is independence, 1 is full "
            + "dependence), in real and in synthetic rows, and what is lost (−) or added (+).");
        double Difference(int i, int j) => trends.SyntheticStrength[i, j] - trends.Strength[i, j];
        double reach = Math.Max(.05, Largest(Difference, order));
        var maps = El("div", "maps");
        maps.Add(Map("Real", HeatMap.Of("Strength of dependence in training rows", names, order, (i, j) => trends.Strength[i, j]),
            HeatMap.Legend(false, 1)));
        maps.Add(Map("Synthetic", HeatMap.Of("Strength of dependence in synthetic rows", names, order,
            (i, j) => trends.SyntheticStrength[i, j]),
            HeatMap.Legend(false, 1)));
        maps.Add(Map("Synthetic minus real", HeatMap.Of("Difference of strength; a dot marks what is weaker in synthetic rows",
            names, order, Difference, true, reach), HeatMap.Legend(true, reach)));
        section.Add(maps);
        if (order.Length < n)
            section.Add(Note($"The {order.Length} columns of the lowest pair trends are drawn of {Words.Count(n)}; report.json lists "
                + "the worst pairs of all."));
        return section.Add(WorstPairs(view, trends));
    }

    private static Element Map(string title, Element map, Element legend) =>
        El("div", "map").Add(El("h3", "", title), map, legend);

    private static Element WorstPairs(View view, PairTrends trends) =>
        Table("Worst pairs", ["first", "second", ">trend", ">trend, real", ">strength", ">strength, real"],
            trends.Worst.Take(view.Budget.Worst).Select(p => (IReadOnlyList<Element>)
            [
                Cell(View.Name(trends.Names[p.First])),
                Cell(View.Name(trends.Names[p.Second])),
                El("strong", "", Words.Number(p.Trend)),
                Cell(Words.Number(p.Reference)),
                Cell(Words.Number(p.SyntheticStrength)),
                Cell(Words.Number(p.Strength)),
            ]));

    private static double Largest(Func<int, int, double> values, int[] order)
    {
        double most = 0;
        foreach (int i in order)
            foreach (int j in order)
                if (i != j && Math.Abs(values(i, j)) > most) most = Math.Abs(values(i, j));
        return most;
    }
}
