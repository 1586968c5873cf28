using Simulant.Data;
using Simulant.Numerics.Neighbours;
using Simulant.Numerics.Random;
using Simulant.Numerics.Trees;
using Simulant.Validation.Comparison;

namespace Simulant.Validation.Attacks;

/// <summary>The engine that made the synthetic rows, to be fitted again.</summary>
/// <param name="Count">How many shadow models, at least 2.</param>
/// <param name="Make">Learns from rows of the training and of the held-out table (given by their numbers, ascending) and returns as many
/// rows as there are synthetic ones; a pure function of these and of the number of the shadow model.</param>
public sealed record Shadows(int Count, Func<int[], int[], int, Table> Make);

/// <summary>
/// Shadow models: the engine learns from random halves of what is known, with and without each attacked row, and boosted trees learn from
/// what it then makes to tell the one from the other (Stadler, Oprisanu, Troncoso 2022). They look at random queries of one to
/// three columns, in how many synthetic rows these have the values of the row (Houssiau and others 2022), and at distances, each less its
/// mean over the shadow models, so that a row is compared with itself (Watson and others 2022). Then they are shown the synthetic
/// data under audit. Shadow models learn from training and held-out rows alike, and know nothing of which are which.
/// </summary>
internal sealed class ShadowAttack(AttackedRows rows, Shadows shadows, ComparedSource source)
{
    private const int MostAttacked = 8_000, MostIsolated = 2_000, Queries = 48, Widest = 3;

    private static readonly BoostingOptions Judge = new() { Trees = 80, Depth = 4, LearningRate = 0.1, MinChildWeight = 20 };

    public (int[] Rows, double[] Scores) Attack()
    {
        int[] attacked = Attacked();
        var random = new RandomStream(rows.Run.Seed, "audit/shadows");
        int taught = rows.Training, all = rows.Rows;
        var looks = new List<double[][]>();
        var inside = new List<bool[]>();
        for (int s = 0; s < shadows.Count; s++)
        {
            rows.Run.Cancel.ThrowIfCancellationRequested();
            rows.Run.Progress.Report(new StageProgress("audit: shadow models", s, shadows.Count, "models"));
            int[] learned = [.. random.Permutation(all, s)[..taught].Order()];
            var made = shadows.Make([.. learned.Where(rows.IsMember).Select(r => rows.TrainingRows[r])],
                [.. learned.Where(r => !rows.IsMember(r)).Select(r => rows.HoldoutRows[r - rows.Training])], s);
            looks.Add(Look(source.With(made, rows), attacked));
            bool[] seen = new bool[all];
            foreach (int r in learned) seen[r] = true;
            inside.Add(Array.ConvertAll(attacked, r => seen[r]));
        }
        return (attacked, Judged(looks, inside, Look(rows, attacked)));
    }

    /// <summary>The rows farthest from all others, which leak first, and some of the rest.</summary>
    private int[] Attacked()
    {
        int most = Math.Min(MostAttacked, rows.Rows);
        float[] toReal = rows.ToReal;
        int[] far = [.. rows.All.OrderByDescending(r => toReal[r * AttackedRows.Around]).ThenBy(r => r).Take(Math.Min(MostIsolated, most))];
        var chosen = far.ToHashSet();
        int[] order = new RandomStream(rows.Run.Seed, "audit/shadows/rows").Permutation(rows.Rows);
        foreach (int r in order)
            if (chosen.Count < most) chosen.Add(r);
        return [.. chosen.Order()];
    }

    /// <summary>What is looked at, [features][attacked rows].</summary>
    private double[][] Look(AttackedRows with, int[] attacked)
    {
        const int Near = 5;
        float[] distances = with.Nearest(Part.Synthetic, with.AllSynthetic, attacked, Near).Distances;
        double least = 1e-3 * Math.Max(1, with.Tables.Columns.Count);
        double Log(float distance) => Math.Log(Math.Min(distance, 1e9) + least);
        double[][] counts = QueryCounts(with, attacked, out int[] widths, out bool[][] alone);
        var features = new List<double[]>
        {
            Array.ConvertAll(Indices(attacked), i => -Log(distances[i * Near])),
            Array.ConvertAll(Indices(attacked), i => -Log(distances[i * Near + Near - 1])),
        };
        for (int w = 1; w <= Widest; w++)
        {
            int[] of = [.. Enumerable.Range(0, counts.Length).Where(q => widths[q] == w)];
            if (of.Length == 0) continue;
            features.Add(Array.ConvertAll(Indices(attacked), i => of.Average(q => counts[q][i])));
            features.Add(Array.ConvertAll(Indices(attacked), i => of.Max(q => counts[q][i])));
        }
        // Values that the row has alone among all real rows, and how many of them some synthetic row has too.
        features.Add(Array.ConvertAll(Indices(attacked), i =>
        {
            int met = 0;
            for (int q = 0; q < counts.Length; q++)
                if (alone[q][i] && counts[q][i] > 0) met++;
            return (double)met;
        }));
        features.AddRange(counts);
        return [.. features];
    }

    private static int[] Indices(int[] of) => [.. Enumerable.Range(0, of.Length)];

    /// <summary>
    /// Log of the share of synthetic rows that agree with the row in the columns of a query, over the share of real rows, half a row
    /// added to both counts; [queries][attacked rows].
    /// </summary>
    private double[][] QueryCounts(AttackedRows with, int[] attacked, out int[] widths, out bool[][] alone)
    {
        var coded = with.Tables.Columns.SelectMany(Agreement.Coded).ToArray();
        var random = new RandomStream(rows.Run.Seed, "audit/queries");
        int most = Math.Min(Widest, coded.Length);
        int[][] queries = [.. Enumerable.Range(0, Queries).Select(q => random.Permutation(coded.Length, q)[..(1 + q % most)])];
        widths = Array.ConvertAll(queries, q => q.Length);
        double[][] found = new double[Queries][];
        bool[][] unique = new bool[Queries][];
        Work.For(Queries, rows.Run, q =>
        {
            ulong Key(Func<Agreement.CodedColumn, ushort[]> part, int row)
            {
                ulong key = 0;
                foreach (int c in queries[q]) key = key << 16 | part(coded[c])[row];
                return key;
            }
            var real = new Dictionary<ulong, int>();
            var made = new Dictionary<ulong, int>();
            for (int r = 0; r < with.Rows; r++) Count(real, Key(c => c.Real, r));
            for (int r = 0; r < with.Synthetic; r++) Count(made, Key(c => c.Synthetic, r));
            double scale = (double)with.Rows / Math.Max(1, with.Synthetic);
            found[q] = new double[attacked.Length];
            unique[q] = new bool[attacked.Length];
            for (int i = 0; i < attacked.Length; i++)
            {
                ulong key = Key(c => c.Real, attacked[i]);
                found[q][i] = Math.Log((made.GetValueOrDefault(key) + 0.5) * scale / (real[key] + 0.5));
                unique[q][i] = real[key] == 1;
            }
        });
        alone = unique;
        return found;
    }

    private static void Count(Dictionary<ulong, int> counts, ulong key) => counts[key] = counts.GetValueOrDefault(key) + 1;

    /// <summary>Log odds that each row was a training row of what is looked at last.</summary>
    private double[] Judged(List<double[][]> looks, List<bool[]> inside, double[][] last)
    {
        int features = last.Length, attacked = last[0].Length, models = looks.Count;
        double[][] columns = new double[2 * features][];
        Work.For(features, rows.Run, f =>
        {
            double[] raw = new double[(models + 1) * attacked], own = new double[raw.Length];
            for (int i = 0; i < attacked; i++)
            {
                double sum = looks.Sum(look => look[f][i]);
                for (int s = 0; s < models; s++)
                {
                    double value = looks[s][f][i];
                    raw[s * attacked + i] = value;
                    own[s * attacked + i] = value - (sum - value) / (models - 1);
                }
                raw[models * attacked + i] = last[f][i];
                own[models * attacked + i] = last[f][i] - sum / models;
            }
            (columns[f], columns[features + f]) = (raw, own);
        });
        var matrix = BinnedMatrix.BuildOrdered(columns);
        double[] labels = new double[(models + 1) * attacked];
        for (int s = 0; s < models; s++)
            for (int i = 0; i < attacked; i++) labels[s * attacked + i] = inside[s][i] ? 1 : 0;
        int[] shown = [.. Enumerable.Range(0, models * attacked)], asked = [.. Enumerable.Range(models * attacked, attacked)];
        var judge = GradientBoosting.Fit(matrix, shown, labels, Judge, Work.Loop(rows.Run), rows.Run.Cancel);
        return judge.PredictMargins(matrix, asked);
    }
}

/// <summary>The real tables of an audit, beside which other synthetic rows can be put.</summary>
internal sealed record ComparedSource(Evaluation Data, int MostRows)
{
    /// <summary>The same real rows with other synthetic ones.</summary>
    public AttackedRows With(Table made, AttackedRows rows) =>
        new(ComparedTables.Of(Data with { Synthetic = Dataset.Of(made) }), MostRows, rows.Run);
}
