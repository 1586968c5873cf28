using Simulant.Data;
using Simulant.Validation.Comparison;

namespace Simulant.Validation.Fidelity;

/// <summary>
/// How alike the dependence of each pair of columns is in two tables, 1 is equal. Two numeric columns: 1 - |r - r'| / 2 with
/// Pearson's r over rows where both are present. Otherwise: 1 - TV of the contingency tables, numeric columns cut into 10 equal
/// bins on each table's own least and greatest finite value, missing a bin of its own. Source: SDMetrics' column pair trends.
/// </summary>
public static class Trends
{
    /// <param name="strengthThreshold">
    /// SDMetrics' option: pairs whose strength in the training table (|r|, Cramer's V) is below it are left out; 0 keeps all.
    /// </param>
    public static PairTrends Measure(ComparedTables tables, double strengthThreshold, RunContext run)
    {
        int count = tables.Columns.Count;
        var names = tables.Columns.Select(c => c.Name).ToArray();
        double[][,] similarity = [Filled(count, 1), Filled(count, 1)];
        double[][,] strength = [Filled(count, 1), Filled(count, 1)];
        Part[] parts = [Part.Training, Part.Holdout, Part.Synthetic];
        var coded = new BinnedColumn[parts.Length][];
        for (int p = 0; p < parts.Length; p++) coded[p] = new BinnedColumn[count];
        Work.For(parts.Length * count, run, i =>
            coded[i / count][i % count] = BinnedColumn.Of(tables.Columns[i % count], parts[i / count]));
        var correlations = Correlations.Of(tables, run);
        Work.For(count, run, i =>
        {
            for (int j = 0; j < i; j++)
            {
                var (synthetic, reference, real, made) = tables.Columns[i].IsNumeric && tables.Columns[j].IsNumeric
                    ? Correlated(correlations, i, j)
                    : Contingent(coded, i, j);
                if (real < strengthThreshold) (synthetic, reference) = (double.NaN, double.NaN);
                similarity[0][i, j] = similarity[0][j, i] = synthetic;
                similarity[1][i, j] = similarity[1][j, i] = reference;
                strength[0][i, j] = strength[0][j, i] = real;
                strength[1][i, j] = strength[1][j, i] = made;
            }
        });
        return new PairTrends(names, similarity[0], similarity[1]) { Strength = strength[0], SyntheticStrength = strength[1] };
    }

    /// <summary>Mean over the pairs that were evaluated, and how many they are.</summary>
    public static (double Mean, int Pairs) Mean(double[,] similarity)
    {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < similarity.GetLength(0); i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (double.IsNaN(similarity[i, j])) continue;
                sum += similarity[i, j];
                pairs++;
            }
        }
        return (pairs == 0 ? double.NaN : sum / pairs, pairs);
    }

    private static double[,] Filled(int count, double diagonal)
    {
        double[,] matrix = new double[count, count];
        for (int i = 0; i < count; i++) matrix[i, i] = diagonal;
        return matrix;
    }

    private static (double Synthetic, double Reference, double Real, double Made) Correlated(Correlations r, int i, int j)
    {
        double real = r.Of(Part.Training, i, j), made = r.Of(Part.Synthetic, i, j), held = r.Of(Part.Holdout, i, j);
        return (Similar(real, made, r.Rows(Part.Synthetic)), Similar(real, held, r.Rows(Part.Holdout)),
            Math.Abs(real), Math.Abs(made));
    }

    /// <summary>A pair undefined in training is not evaluated; one that only the other table leaves undefined counts as r' = 0.</summary>
    private static double Similar(double real, double other, int rows) =>
        rows == 0 ? double.NaN : 1 - Math.Abs(real - (double.IsNaN(other) ? 0 : other)) / 2;

    private static (double Synthetic, double Reference, double Real, double Made) Contingent(BinnedColumn[][] coded, int i, int j)
    {
        var tables = new Contingency[3];
        for (int p = 0; p < 3; p++) tables[p] = Contingency.Of(coded[p][i], coded[p][j]);
        var training = tables[(int)Part.Training];
        return (1 - training.Distance(tables[(int)Part.Synthetic]), 1 - training.Distance(tables[(int)Part.Holdout]),
            training.CramersV(), tables[(int)Part.Synthetic].CramersV());
    }
}
