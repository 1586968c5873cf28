using Simulant.Data;

namespace Simulant.Tabular.Frame;

/// <summary>Scores rows of a table under a fitted frame: see <see cref="IScoringSampler"/>.</summary>
internal static class RowScoring
{
    public static RowScores Score(Table table, int orders, IKnownRowsModel model, IReadOnlyList<ModelColumn> columns,
        IReadOnlyList<OutputColumn> outputs, IReadOnlyList<Lookup> lookups, RunContext run)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(orders, 1);
        var known = new KnownRowsReader(columns.Count, outputs, lookups).Read(table, emptyIsOpen: false);
        double[][] one = NewParts(columns.Count, known.Count), sum = NewParts(columns.Count, known.Count);
        for (int order = 0; order < orders; order++)
        {
            run.Progress.Report(new StageProgress("scoring", order, orders, "orders"));
            model.LogLikelihood(known, order, one, run);
            for (int c = 0; c < sum.Length; c++)
                for (int r = 0; r < sum[c].Length; r++) sum[c][r] += one[c][r] / orders;
        }
        model.LogMarginals(known, one, run);
        var names = new List<string>();
        List<double[]> parts = [], marginals = [];
        for (int c = 0; c < columns.Count; c++)
        {
            if (Array.TrueForAll(known.Cells[c], cell => cell == Cell.Open)) continue;
            names.Add(columns[c].Name);
            parts.Add(sum[c]);
            marginals.Add(one[c]);
        }
        // What is determined adds nothing where it is as it must be; otherwise it is what no training row had.
        double unseen = -Math.Log(model.TrainingRows + 2.0);
        foreach (var (output, broken) in known.Broken)
        {
            names.Add(outputs[output].Schema.Name);
            parts.Add(Array.ConvertAll(broken, b => b ? unseen : 0.0));
            marginals.Add(new double[known.Count]);
        }
        double[] total = new double[known.Count];
        foreach (double[] part in parts)
            for (int r = 0; r < total.Length; r++) total[r] += part[r];
        return new RowScores(total, names, [.. parts], [.. marginals]);
    }

    private static double[][] NewParts(int columns, int rows)
    {
        double[][] parts = new double[columns][];
        for (int c = 0; c < columns; c++) parts[c] = new double[rows];
        return parts;
    }
}
