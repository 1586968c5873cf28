using Simulant.Data;
using Simulant.Specs;
using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Copula;

/// <summary>
/// The Gaussian copula (Nelsen, "An Introduction to Copulas", 2006, section 2.3): each column has its own marginal distribution,
/// empirical by default, and all dependence is that of correlated normals; categories by latent thresholds. See
/// docs/guide/engines/copula.md.
/// </summary>
public sealed class CopulaEngine : ITableModelEngine
{
    // Levels of another category that a profile looks at.
    private const int ProfileLevels = 6;

    // Wider profiles cost time and say little more.
    private const int MostFeatures = 256;

    public string Name => "copula";

    public EngineOptions Options { get; } = new("copula",
    [
        new("marginals", OptionKind.Text,
            "Each column's distribution: as observed, or a named one (normal, lognormal, gamma, …) where it fits.")
            { Values = ["empirical", "fitted"], Default = "empirical" },
        new("latents", OptionKind.Integer,
            "Most latent normals behind one category: divisions of its levels into groups; 1 is the ordered probit.")
            { Minimum = 1, Maximum = 16, Default = "5" },
    ]);

    public ITableModel Fit(ModelTable training, SpecMap? options, RunContext run)
    {
        var values = Options.Read(options);
        bool fitted = values.Text("marginals") == "fitted";
        int latents = values.Integer("latents");
        int count = training.Columns.Count;
        var columns = new LatentColumn[count];
        var found = new TrainingLatent[count][];
        Work.For(count, run, c =>
        {
            var column = training.Columns[c];
            if (!column.IsNumeric) return;
            var marginal = NumericMarginal.Fit(column, training.Values[c], out int[] piece);
            if (fitted && !column.AtomsOnly && FittedMarginal.Choose(training.Values[c], column.Step) is { } chosen)
            {
                marginal = chosen;
                piece = Array.ConvertAll(training.Values[c], chosen.PieceOf);
            }
            columns[c] = marginal;
            found[c] = [new TrainingLatent(c, marginal.Cuts, piece)];
            run.Progress.Report(new StageProgress("marginals", c, count, "columns"));
        });
        var profiles = new LevelProfiles(training, found, ProfileLevels, MostFeatures);
        Work.For(count, run, c =>
        {
            if (columns[c] is not null) return;
            var (rows, means) = profiles.Of(c);
            var column = training.Columns[c];
            var tree = new LevelTreeBuilder(rows, means).Build(latents - 1, column.Ordered);
            columns[c] = tree;
            found[c] = Pieces(tree, c, training.Values[c], column.Levels);
        });
        var all = found.SelectMany(latent => latent).ToList();
        var correlation = LatentCorrelation.Estimate(all, training.Rows, run);
        // Latents of one column stay uncorrelated, or its levels would not keep their shares.
        return new CopulaModel(columns, PositiveMatrix.Repair(correlation, (d, e) => all[d].Column == all[e].Column));
    }

    public ITableModel Load(BinaryReader from, IReadOnlyList<ModelColumn> columns) => CopulaModel.Load(from, columns);

    /// <summary>The piece of every row at every node of the tree; -1 where the row takes another branch.</summary>
    private static TrainingLatent[] Pieces(LevelTree tree, int column, double[] values, int levels)
    {
        int[][] byLevel = new int[tree.Dimensions][];
        for (int node = 0; node < byLevel.Length; node++)
        {
            byLevel[node] = new int[levels + 1];
            Array.Fill(byLevel[node], -1);
        }
        Visit(0);
        return [.. Enumerable.Range(0, tree.Dimensions).Select(node =>
            new TrainingLatent(column, tree.Cuts[node],
                Array.ConvertAll(values, value => byLevel[node][double.IsNaN(value) ? levels : (int)value])))];

        List<int> Visit(int node)
        {
            var below = new List<int>();
            for (int i = 0; i < tree.Next[node].Length; i++)
            {
                int to = tree.Next[node][i];
                var here = to >= 0 ? [to] : Visit(~to);
                foreach (int level in here) byLevel[node][level] = i;
                below.AddRange(here);
            }
            return below;
        }
    }
}
