using Simulant.Data;
using Simulant.Numerics.Neighbours;
using Simulant.Numerics.Random;
using Simulant.Validation;
using Simulant.Validation.Comparison;

namespace Simulant.Bench.Quality;

/// <summary>What a bad generator does with its training rows.</summary>
public enum Plant
{
    /// <summary>Nothing: fresh rows of the population.</summary>
    Fresh,

    /// <summary>Training rows, each once.</summary>
    Copier,

    /// <summary>A tenth of the rows are training rows, the others fresh.</summary>
    TenthCopied,

    /// <summary>A training row, moved part of the way to the training row nearest to it.</summary>
    Neighbour,

    /// <summary>Column after column from trees on the columns before, grown until each leaf has one row or one value.</summary>
    LeavesOfOne,

    /// <summary>Training rows in which two fields, others in each row, are those of other training rows.</summary>
    Redrawn2,

    /// <inheritdoc cref="Redrawn2"/>
    Redrawn3,

    /// <inheritdoc cref="Redrawn2"/>
    Redrawn4,

    /// <summary>One row in twenty as <see cref="Redrawn4"/>, the others fresh: distances to the nearest record see nothing.</summary>
    PassesDcr,

    /// <summary>The twenty training rows that lie farthest from all others, among fresh rows.</summary>
    Outliers,
}

/// <summary>Tables with a known leak, for audits to find; a pure function of (plant, rows, seed).</summary>
public static class PlantedLeaks
{
    public const int OutlierRows = 20;

    /// <param name="rows">Training rows, and as many synthetic ones; half as many are held out.</param>
    public static Evaluation Of(Plant plant, int rows, ulong seed)
    {
        var world = Population.Draw(2 * rows + rows / 2, seed);
        Table training = world.Slice(0, rows), holdout = world.Slice(rows, rows / 2);
        var random = new RandomStream(seed, "plant");
        var synthetic = plant switch
        {
            Plant.Neighbour => Neighbours(training, holdout, random),
            Plant.LeavesOfOne => Compose(training, new LeafOfOneTrees(training).Sample(rows, random)),
            _ => Compose(world, Donors(plant, training, holdout, random)),
        };
        return new Evaluation(Dataset.Of(training), Dataset.Of(holdout), Dataset.Of(synthetic));
    }

    /// <summary>The row of the world that each cell comes from, [columns][rows]: training rows first, fresh ones last.</summary>
    private static int[][] Donors(Plant plant, Table training, Table holdout, RandomStream random)
    {
        int rows = training.RowCount, columns = training.Columns.Count, fresh = rows + holdout.RowCount;
        int copies = plant switch
        {
            Plant.Fresh => 0,
            Plant.TenthCopied => rows / 10,
            Plant.PassesDcr => rows / 20,
            Plant.Outliers => OutlierRows,
            _ => rows,
        };
        int redrawn = plant switch { Plant.Redrawn2 => 2, Plant.Redrawn3 => 3, Plant.Redrawn4 or Plant.PassesDcr => 4, _ => 0 };
        int[] copied = plant == Plant.Outliers ? Isolated(training, holdout) : random.Permutation(rows, -1);
        int[][] donors = new int[columns][];
        for (int c = 0; c < columns; c++)
            donors[c] = [.. Enumerable.Range(0, rows).Select(i => i < copies ? copied[i] : fresh + i)];
        for (int i = 0; redrawn > 0 && i < copies; i++)
            foreach (int c in random.Permutation(columns, i)[..redrawn]) donors[c][i] = random.Below(rows, i, 1 << 20, c);
        return donors;
    }

    private static Table Compose(Table world, int[][] donors) =>
        new(world.Name, [.. world.Columns.Select((column, c) => column.Take(donors[c]))]);

    private static (float[] Distances, int[] Rows) Nearest(Table training, Table holdout)
    {
        var tables = ComparedTables.Of(new Evaluation(Dataset.Of(training), Dataset.Of(holdout), Dataset.Of(training)));
        var rows = new Embedding(tables, flagMissing: true).Rows(Part.Training, [.. Enumerable.Range(0, training.RowCount)]);
        return NearestRows.Find(rows, rows, MixedMetric.Manhattan, 1, sameRows: true);
    }

    private static int[] Isolated(Table training, Table holdout)
    {
        float[] distances = Nearest(training, holdout).Distances;
        return [.. Enumerable.Range(0, distances.Length).OrderByDescending(r => distances[r]).Take(OutlierRows)];
    }

    private static Table Neighbours(Table training, Table holdout, RandomStream random)
    {
        int[] nearest = Nearest(training, holdout).Rows;
        double[] way = [.. nearest.Select((_, i) => random.Uniform(i, 0) / 2)];
        return new Table(training.Name, [.. training.Columns.Select((column, c) => column switch
        {
            NumericColumn n => new NumericColumn(n.Schema,
                [.. nearest.Select((near, i) => n.Values[i] + way[i] * (n.Values[near] - n.Values[i]))]),
            _ => column.Take([.. nearest.Select((near, i) => random.Uniform(i, 1, c) < way[i] ? near : i)]),
        })]);
    }
}

/// <summary>
/// Ten columns that hang together by a hidden class: numbers with few values and with many, heavy tails, a point mass, gaps; categories
/// with rare levels.
/// </summary>
internal static class Population
{
    public static Table Draw(int rows, ulong seed)
    {
        var random = new RandomStream(seed, "population");
        int[] kind = [.. Enumerable.Range(0, rows).Select(i => (int)(5 * Math.Pow(random.Uniform(i, 0), 1.7)))];
        double[] Make(Func<int, double> value) => [.. Enumerable.Range(0, rows).Select(value)];
        double[] age = Make(i => Math.Clamp(Math.Floor(30 + 7 * kind[i] + 11 * random.Normal(i, 1)), 17, 95));
        int Skewed(int i, int slot, int levels, double power) => (int)(levels * Math.Pow(random.Uniform(i, slot), power));
        NumericColumn Number(string name, ColumnKind of, double[] values) => new(new ColumnSchema(name, of), values);
        CodedColumn Levels(string name, int levels, Func<int, int> code) => new(new ColumnSchema(name, ColumnKind.Category),
            [.. Enumerable.Range(0, rows).Select(code)], [.. Enumerable.Range(0, levels).Select(l => name + " " + l)]);
        return new Table("population",
        [
            Number("age", ColumnKind.Integer, age),
            Levels("education", 6, i => Math.Min(5, Math.Max(0, kind[i] + Skewed(i, 2, 4, 2) - 1))),
            Levels("job", 30, i => (kind[i] * 5 + Skewed(i, 3, 30, 3)) % 30),
            Levels("region", 12, i => Skewed(i, 4, 12, 1.5 + kind[i] / 3.0)),
            Number("hours", ColumnKind.Integer, Make(i => random.Uniform(i, 5) < 0.4 ? 40 : Math.Floor(15 + 45 * random.Uniform(i, 6)))),
            Number("pay", ColumnKind.Decimal, Make(i =>
                Math.Round(1000 * Math.Exp(0.3 * kind[i] + 0.01 * age[i] + 0.5 * random.Normal(i, 7)), 2))),
            Number("balance", ColumnKind.Decimal, Make(i => Math.Round(100 * Math.Tan(Math.PI * (random.Uniform(i, 8) - 0.5) * 0.98), 1))),
            Number("visits", ColumnKind.Integer, Make(i =>
                random.Uniform(i, 9) < 0.7 ? 0 : Math.Floor(-6 * Math.Log(1 - random.Uniform(i, 10))))),
            Number("score", ColumnKind.Decimal, Make(i =>
                random.Uniform(i, 11) < 0.05 ? double.NaN : Math.Round(50 + 6 * kind[i] + 10 * random.Normal(i, 12), 1))),
            Levels("member", 2, i => random.Uniform(i, 13) < 0.2 + 0.12 * kind[i] ? 1 : 0),
        ]);
    }
}
