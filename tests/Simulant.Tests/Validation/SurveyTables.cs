using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Validation;
using Simulant.Validation.Comparison;

namespace Simulant.Tests.Validation;

/// <summary>
/// A survey like Adult, made here: dependent columns, a point mass of zeros, a near-unique weight, a determined pair, missing
/// values; and what a bad generator makes of it.
/// </summary>
internal static class SurveyTables
{
    private static readonly string[] Work = ["private", "public", "self-employed", "none", "unknown"];
    private static readonly string[] Home = ["north", "south", "east", "west", "abroad", "islands"];

    /// <summary>Rows [start, start + count) of an endless population.</summary>
    public static Table Draw(int start, int count)
    {
        var random = new RandomStream(11, "survey");
        double[][] u = new double[12][];
        for (int c = 0; c < u.Length; c++)
        {
            u[c] = new double[count];
            for (int i = 0; i < count; i++) u[c][i] = random.Uniform(start + i, c);
        }
        double[] age = Make(count, i => 17 + Math.Floor(60 * (u[0][i] + u[1][i]) / 2));
        double[] years = Make(count, i => Math.Clamp(Math.Floor(6 + 10 * Math.Pow(u[2][i], 0.6) - (age[i] > 60 ? 2 : 0)), 1, 16));
        double[] hours = Make(count, i => u[3][i] < 0.4 ? 40 : Math.Floor(10 + 60 * u[4][i] * (age[i] > 65 ? 0.5 : 1)));
        bool[] rich = [.. Enumerable.Range(0, count).Select(i =>
            u[5][i] < 1 / (1 + Math.Exp(9 - 0.4 * years[i] - 0.05 * hours[i] - 0.03 * age[i])))];
        double[] gain = Make(count, i => u[6][i] < (rich[i] ? 0.75 : 0.95) ? 0 : Math.Floor(100 * Math.Exp(4 * u[7][i])));
        double[] height = Make(count, i => u[8][i] < 0.05 ? double.NaN : Math.Round(165 + 25 * (u[8][i] + u[9][i] - 1), 1));
        return new Table("survey",
        [
            Number("age", ColumnKind.Integer, age), Number("years", ColumnKind.Integer, years),
            Coded("degree", count, i => years[i] < 9 ? "school" : years[i] < 13 ? "college" : "university"),
            Number("hours", ColumnKind.Integer, hours), Number("gain", ColumnKind.Integer, gain),
            Number("height", ColumnKind.Decimal, height),
            Number("weight", ColumnKind.Decimal, Make(count, i => Math.Round(1e5 * (1 + u[10][i] + u[0][i]), 2))),
            Coded("work", count, i => Work[(int)Math.Min(4, 6 * u[9][i] * u[9][i] * (age[i] > 65 ? 1.6 : 0.9))]),
            Coded("home", count, i => u[11][i] > 0.97 ? null : Home[(int)(6 * u[11][i] * u[11][i])]),
            Coded("income", count, i => rich[i] ? "high" : "low"),
        ]);
    }

    public static Evaluation Evaluation(Table training, Table holdout, Table synthetic) =>
        new(Dataset.Of(training), Dataset.Of(holdout), Dataset.Of(synthetic));

    public static ComparedTables Compared(Table training, Table holdout, Table synthetic) =>
        ComparedTables.Of(Evaluation(training, holdout, synthetic));

    /// <summary>Every row of a table with that many fields, chosen anew in each row, drawn from other rows.</summary>
    public static Table Redraw(Table table, int fields)
    {
        var random = new RandomStream(12, "redraw");
        int[][] redrawn = [.. Enumerable.Range(0, table.RowCount)
            .Select(row => random.Permutation(table.Columns.Count, row)[..fields])];
        return Change(table, (row, column) => redrawn[row].Contains(column));
    }

    /// <summary>Each cell, with that probability, replaced by the same column of another row.</summary>
    public static Table Corrupt(Table table, double share)
    {
        var random = new RandomStream(13, "corrupt");
        return Change(table, (row, column) => random.Uniform(row, column) < share);
    }

    /// <summary>The second table with its first rows replaced by rows of the first.</summary>
    public static Table WithCopies(Table source, Table into, int copies)
    {
        var columns = new Column[into.Columns.Count];
        for (int c = 0; c < columns.Length; c++)
        {
            columns[c] = into.Columns[c] is NumericColumn own
                ? new NumericColumn(own.Schema,
                    [.. ((NumericColumn)source.Columns[c]).Values[..copies], .. own.Values[copies..]])
                : CodedColumn.From(into.Columns[c].Schema, [.. Enumerable.Range(0, into.RowCount).Select(i =>
                    i < copies ? ((CodedColumn)source.Columns[c])[i] : ((CodedColumn)into.Columns[c])[i])]);
        }
        return new Table(into.Name, columns);
    }

    private static Table Change(Table table, Func<int, int, bool> change)
    {
        var random = new RandomStream(14, "donor");
        var columns = new Column[table.Columns.Count];
        for (int c = 0; c < columns.Length; c++)
        {
            int at = c;
            int[] rows = [.. Enumerable.Range(0, table.RowCount)
                .Select(row => change(row, at) ? random.Below(table.RowCount, row, at) : row)];
            columns[c] = table.Columns[c].Take(rows);
        }
        return new Table(table.Name, columns);
    }

    private static double[] Make(int count, Func<int, double> value) => [.. Enumerable.Range(0, count).Select(value)];

    public static Column Number(string name, ColumnKind kind, double[] values) => new NumericColumn(new ColumnSchema(name, kind), values);

    private static CodedColumn Coded(string name, int count, Func<int, string?> value) =>
        CodedColumn.From(new ColumnSchema(name, ColumnKind.Category), [.. Enumerable.Range(0, count).Select(value)]);
}
