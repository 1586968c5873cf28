using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Copula;

/// <summary>
/// What the rows of a level look like in the other columns: means of normal scores of numbers and of standardised indicators of
/// the
/// commonest levels of categories.
/// </summary>
internal sealed class LevelProfiles
{
    private readonly ModelTable _training;
    private readonly List<(int Column, float[] Values)> _features = [];

    public LevelProfiles(ModelTable training, TrainingLatent[][] numeric, int levels, int mostFeatures)
    {
        _training = training;
        for (int c = 0; c < training.Columns.Count && _features.Count < mostFeatures; c++)
        {
            if (numeric[c] is { } latents)
            {
                double[] scores = latents[0].Cuts.Scores();
                float[] values = Array.ConvertAll(latents[0].Piece, piece => (float)scores[piece]);
                Standardise(values);
                _features.Add((c, values));
                continue;
            }
            double[] codes = training.Values[c];
            double[] counts = new double[training.Columns[c].Levels];
            foreach (double code in codes)
                if (!double.IsNaN(code)) counts[(int)code]++;
            int kept = counts.Length == 2 ? 1 : levels;
            foreach (int level in Enumerable.Range(0, counts.Length).OrderByDescending(l => counts[l]).ThenBy(l => l).Take(kept))
            {
                double share = counts[level] / training.Rows;
                if (share is 0 or 1) continue;
                float yes = (float)Math.Sqrt((1 - share) / share), no = (float)-Math.Sqrt(share / (1 - share));
                _features.Add((c, Array.ConvertAll(codes, code => code == level ? yes : no)));
            }
        }
    }

    /// <summary>Rows of each level of a category (missing last), and their mean in each feature of other columns.</summary>
    public (double[] Rows, double[][] Means) Of(int column)
    {
        int levels = _training.Columns[column].Levels;
        int[] codes = Array.ConvertAll(_training.Values[column], code => double.IsNaN(code) ? levels : (int)code);
        double[] rows = new double[levels + 1];
        foreach (int code in codes) rows[code]++;
        var others = _features.Where(feature => feature.Column != column).ToList();
        double[][] means = new double[levels + 1][];
        for (int level = 0; level <= levels; level++) means[level] = new double[Math.Max(1, others.Count)];
        for (int f = 0; f < others.Count; f++)
        {
            double[] sums = new double[levels + 1];
            float[] values = others[f].Values;
            for (int r = 0; r < codes.Length; r++) sums[codes[r]] += values[r];
            for (int level = 0; level <= levels; level++) means[level][f] = rows[level] > 0 ? sums[level] / rows[level] : 0;
        }
        return (rows, means);
    }

    private static void Standardise(float[] values)
    {
        double sum = 0, squares = 0;
        foreach (float value in values)
        {
            sum += value;
            squares += (double)value * value;
        }
        double mean = sum / values.Length, deviation = Math.Sqrt(squares / values.Length - mean * mean);
        if (!(deviation > 1e-9)) deviation = 1;
        for (int r = 0; r < values.Length; r++) values[r] = (float)((values[r] - mean) / deviation);
    }
}
