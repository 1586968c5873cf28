namespace Simulant.Tabular.Copula;

/// <summary>
/// Arranges a category's levels by how they go with the other columns. A level's profile is the mean of the other columns' scores
/// in its rows; levels are divided where the profiles differ most, along the direction of their greatest variance, until the
/// difference is no more than noise or the latents are used up. What is left in a group stands in order along its own direction.
/// </summary>
internal sealed class LevelTreeBuilder
{
    private readonly double[] _weights;      // rows by level, missing last
    private readonly double[][] _profiles;   // [level][feature], in standard deviations
    private readonly int _levels;
    private readonly List<Group> _groups = [];

    /// <param name="rows">Rows of each level, missing last.</param>
    public LevelTreeBuilder(double[] rows, double[][] profiles)
    {
        (_weights, _profiles, _levels) = (rows, profiles, rows.Length - 1);
    }

    private sealed class Group(List<int> levels)
    {
        public List<int> Levels { get; } = levels;
        public int Cut { get; set; }
        public double Gain { get; set; }
        public int Left { get; set; } = -1;
        public int Right { get; set; } = -1;
    }

    /// <param name="splits">Most divisions into groups.</param>
    /// <param name="ordered">Whether the levels keep their own order, on one latent.</param>
    public LevelTree Build(int splits, bool ordered)
    {
        var present = Enumerable.Range(0, _weights.Length).Where(level => _weights[level] > 0).ToList();
        if (ordered)
        {
            // Missing first, then the levels as declared.
            var inOrder = present.OrderBy(level => level == _levels ? -1 : level).ToList();
            _groups.Add(new Group(inOrder));
        }
        else
        {
            _groups.Add(Arrange(present));
            for (int s = 0; s < splits; s++)
            {
                int best = -1;
                for (int g = 0; g < _groups.Count; g++)
                    if (_groups[g].Left < 0 && _groups[g].Gain > 0
                        && (best < 0 || _groups[g].Gain > _groups[best].Gain)) best = g;
                if (best < 0) break;
                var group = _groups[best];
                if (group.Levels.Count == 2) group.Gain = 0;
                else
                {
                    group.Left = _groups.Count;
                    _groups.Add(Arrange(group.Levels[..group.Cut]));
                    group.Right = _groups.Count;
                    _groups.Add(Arrange(group.Levels[group.Cut..]));
                }
            }
        }
        return Emit();
    }

    private LevelTree Emit()
    {
        var cuts = new List<Thresholds>();
        var next = new List<int[]>();
        Visit(0);
        return new LevelTree([.. cuts], [.. next], _levels);

        // A group of one level is an outcome of the node above it; any other is a node of its own.
        int Visit(int g)
        {
            var group = _groups[g];
            if (group.Levels.Count == 1 && cuts.Count > 0) return group.Levels[0];
            int node = cuts.Count;
            double total = group.Levels.Sum(level => _weights[level]);
            if (group.Left < 0)
            {
                cuts.Add(Thresholds.FromShares([.. group.Levels.Select(level => _weights[level] / total)]));
                next.Add([.. group.Levels]);
                return ~node;
            }
            double left = _groups[group.Left].Levels.Sum(level => _weights[level]) / total;
            cuts.Add(Thresholds.FromShares([left, 1 - left]));
            next.Add(new int[2]);
            next[node][0] = Visit(group.Left);
            next[node][1] = Visit(group.Right);
            return ~node;
        }
    }

    /// <summary>Orders levels along their main direction and finds the best place to divide them.</summary>
    private Group Arrange(List<int> levels)
    {
        if (levels.Count == 1) return new Group(levels);
        int features = _profiles[0].Length;
        double total = levels.Sum(level => _weights[level]);
        double[] mean = new double[features];
        foreach (int level in levels)
            for (int f = 0; f < features; f++) mean[f] += _weights[level] / total * _profiles[level][f];
        double[] direction = Direction(levels, mean);
        var order = levels.Select(level => (level, At: Dot(_profiles[level], mean, direction)))
            .OrderBy(x => x.At).ThenBy(x => x.level).Select(x => x.level).ToList();
        var group = new Group(order);
        double[] left = new double[features];
        double weight = 0, all = _weights.Sum();
        for (int cut = 1; cut < order.Count; cut++)
        {
            int level = order[cut - 1];
            weight += _weights[level];
            for (int f = 0; f < features; f++) left[f] += _weights[level] * (_profiles[level][f] - mean[f]);
            // Between-group sum of squares of the two sides, less what chance would give: one a feature.
            double between = 0;
            for (int f = 0; f < features; f++) between += left[f] * left[f];
            double gain = (between / (weight * (total - weight)) * total - 2 * features) / all;
            if (gain <= group.Gain) continue;
            group.Gain = gain;
            group.Cut = cut;
        }
        return group;
    }

    private static double Dot(double[] profile, double[] mean, double[] direction)
    {
        double sum = 0;
        for (int f = 0; f < profile.Length; f++) sum += (profile[f] - mean[f]) * direction[f];
        return sum;
    }

    /// <summary>Main axis of the weighted profiles, by power iteration from the level that lies furthest out.</summary>
    private double[] Direction(List<int> levels, double[] mean)
    {
        int features = mean.Length;
        double[] direction = new double[features];
        int start = levels.MaxBy(level => _weights[level] * Dot(_profiles[level], mean, Difference(_profiles[level], mean)));
        direction = Difference(_profiles[start], mean);
        for (int pass = 0; pass < 40; pass++)
        {
            double[] image = new double[features];
            foreach (int level in levels)
            {
                double along = _weights[level] * Dot(_profiles[level], mean, direction);
                for (int f = 0; f < features; f++) image[f] += along * (_profiles[level][f] - mean[f]);
            }
            double norm = Math.Sqrt(image.Sum(x => x * x));
            if (!(norm > 0)) break;
            for (int f = 0; f < features; f++) direction[f] = image[f] / norm;
        }
        return direction;
    }

    private static double[] Difference(double[] a, double[] b) => [.. a.Select((x, f) => x - b[f])];
}
