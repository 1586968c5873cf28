using Simulant.Data;
using Simulant.Numerics.Neighbours;
using Simulant.Numerics.Random;
using Simulant.Validation.Comparison;

namespace Simulant.Validation.Attacks;

/// <summary>
/// Training and held-out rows in one table, the training rows first, beside the synthetic ones. Scales, bins and frequencies are those of
/// the whole table, so that no attack knows which rows were training rows.
/// </summary>
internal sealed class AttackedRows
{
    public AttackedRows(ComparedTables tables, int mostRows, RunContext run)
    {
        int[] Take(Part part) => Sampling.Rows(tables.Rows(part), mostRows, run.Seed, $"audit/{part}");
        int[] training = Take(Part.Training), holdout = Take(Part.Holdout), synthetic = Take(Part.Synthetic);
        (Training, Holdout, Synthetic, Run) = (training.Length, holdout.Length, synthetic.Length, run);
        (TrainingRows, HoldoutRows) = (training, holdout);
        Tables = tables.Pooled(training, holdout, synthetic);
        Embedding = new Embedding(Tables, flagMissing: true);
        var halves = new RandomStream(run.Seed, "audit/halves");
        Chooses = [.. Enumerable.Range(0, Rows).Select(r => (halves.Bits(r, 0).R0 & 1) == 0)];
    }

    /// <summary>How many nearest real rows are looked up.</summary>
    public const int Around = 10;

    private float[]? _toReal;

    /// <summary>Distances of every row to its nearest other real rows, ascending, [rows * <see cref="Around"/>].</summary>
    public float[] ToReal => _toReal ??= Nearest(Part.Training, All, All, Around, sameRows: true).Distances;

    /// <summary>Which rows of the training table these are.</summary>
    public int[] TrainingRows { get; }

    /// <summary>Which rows of the held-out table these are.</summary>
    public int[] HoldoutRows { get; }

    public int Training { get; }
    public int Holdout { get; }
    public int Synthetic { get; }
    public int Rows => Training + Holdout;
    public RunContext Run { get; }

    /// <summary>The pool in place of the training part.</summary>
    public ComparedTables Tables { get; }

    public Embedding Embedding { get; }

    /// <summary>Whether a row may help to choose an attack; what it says is judged on the others.</summary>
    public bool[] Chooses { get; }

    public bool IsMember(int row) => row < Training;

    public int[] All => [.. Enumerable.Range(0, Rows)];
    public int[] AllSynthetic => [.. Enumerable.Range(0, Synthetic)];

    /// <summary>As many training as held-out rows, at most so many of each: the training rows first.</summary>
    public int[] Equal(int most, string purpose)
    {
        int each = Math.Min(most, Math.Min(Training, Holdout));
        return [.. Sampling.Rows(Training, each, Run.Seed, $"audit/{purpose}/training"),
            .. Sampling.Rows(Holdout, each, Run.Seed, $"audit/{purpose}/holdout").Select(r => Training + r)];
    }

    public ScoredRows Scored(int[] rows, double[] scores) => new(scores, Array.ConvertAll(rows, IsMember));

    /// <summary>Distances (L1) of rows of the pool to their k nearest of others, ascending, [rows * k], and which those are.</summary>
    public (float[] Distances, int[] Rows) Nearest(Part to, int[] toRows, int[] from, int k, bool sameRows = false,
        Embedding? embedding = null) =>
        NearestRows.Find((embedding ?? Embedding).Rows(to, toRows), (embedding ?? Embedding).Rows(Part.Training, from),
            MixedMetric.Manhattan, k, sameRows, Work.Loop(Run), Run.Cancel);

    /// <summary>The same rows by some of the columns.</summary>
    public Embedding By(IEnumerable<int> columns) => new(Tables.Keep(columns), flagMissing: true);
}
