using Simulant.Data;
using Simulant.Provenance;
using Simulant.Reports;
using Simulant.Validation;
using Simulant.Tests.Provenance;

namespace Simulant.Tests.Reports;

/// <summary>Validations made up by formula: every part of a report filled, at any width, under any names.</summary>
internal static class Results
{
    // Four square matrices: beyond this width they would be all that a test does.
    private const int MaxPaired = 500;

    public static ReportModel Model(IReadOnlyList<string> names, PublishedRun? run = null)
    {
        var result = Of(names);
        Gate[] gates =
        [
            new(MetricNames.TransferRatio, ">=", .97), new(MetricNames.Copies, "<=", double.NaN),
                new(MetricNames.Recall, ">=", .9, 100_000),
        ];
        var schema = new TableSchema("t", [.. names.Select((n, i) => new ColumnSchema(n, KindOf(i)))]);
        return ReportModel.Of((run ?? SampleRuns.Ordinary()) with { Schema = schema }, result, Gates.Evaluate(gates, result));
    }

    public static ColumnKind KindOf(int i) => (i % 5) switch
    {
        0 => ColumnKind.Integer,
        1 => ColumnKind.Category,
        2 => ColumnKind.Decimal,
        3 => ColumnKind.Timestamp,
        _ => ColumnKind.Category,
    };

    public static ValidationResult Of(IReadOnlyList<string> names) => new()
    {
        Rows = new(32_561, 16_281, 32_561),
        Metrics = [.. Metrics()],
        Columns = [.. names.Select(Column)],
        Trends = names.Count > 1 ? Pairs([.. names.Take(MaxPaired)]) : null,
        Detection =
        [
            Detection("boosted-trees", "holdout", .541, names), Detection("boosted-trees", "training", .513, names),
            Detection("fourier", "holdout", .52, []),
        ],
        Utility = Utility(names[^1]),
        Fairness = Groups(names),
        Dcr = new([.01, .02, .05, .1, .5], [0, .1, .3, .5, 1.2], [double.NaN, .024, .057, .11, .51], [.008, .02, .05, .1, .5]),
        Scatter = Cloud(),
        Tails = [new(1, 4, 31, .42, .38), new(5, 19, 44, .71, .69), new(20, 99, 60, .9, .88), new(100, int.MaxValue, 120, .99, .98)],
        Constraints = [.. names.Take(200).Select((n, i) => new ConstraintCheck($"{n} >= 0", 0, i % 3 - 1, i % 2))],
        NotChecked = [.. names.Take(3).Select(n => new NotChecked(n, $"holds identifiers, as '{n}' does"))],
    };

    private static IEnumerable<MetricResult> Metrics()
    {
        foreach (string name in MetricNames.All)
        {
            double value = name switch
            {
                MetricNames.Detection => .541,
                MetricNames.MembershipAuc => .511,
                MetricNames.Copies or MetricNames.Duplicates => .0011,
                MetricNames.DcrQ02 => .0241,
                MetricNames.TransferRatio => .991,
                _ => .9,
            };
            var better = name.StartsWith("memory.", StringComparison.Ordinal) || name.StartsWith("detection.", StringComparison.Ordinal)
                ? Direction.Lower : Direction.Higher;
            yield return name == MetricNames.TstrRmse ? MetricResult.Missing(name, Direction.Lower, "the target is a class")
                : name == MetricNames.Mmd ? new(name, new Score(.0012, .0010, .0012, .0012, Direction.Reference, 2000))
                : new(name, new Score(value, value + .004, value - .006, value + (name.Length % 2 == 0 ? .002 : .007), better, 8000));
        }
    }

    private static ColumnComparison Column(string name, int i)
    {
        bool numeric = KindOf(i) is not ColumnKind.Category;
        const int bins = 24;
        int parts = numeric ? bins : 3 + i % 14;
        double[] real = Shares(parts, i), hold = Shares(parts, i + .05), synthetic = Shares(parts, i + .2);
        double scale = KindOf(i) == ColumnKind.Timestamp ? 1e15 : 90;
        return new ColumnComparison(name, numeric, 1 - .002 * (i % 40), .995)
        {
            Training = Summary(numeric, scale),
            Holdout = Summary(numeric, scale),
            Synthetic = Summary(numeric, scale * .99),
            Edges = numeric ? [.. Enumerable.Range(0, bins + 1).Select(b => 17 + scale * b / bins)] : [],
            Levels = numeric ? [] : [.. Enumerable.Range(0, parts).Select(l => l == 2 ? null : $"{name} level {l}")],
            LevelCount = parts + (i % 4 == 0 ? 40 : 0),
            TrainingShares = real,
            HoldoutShares = hold,
            SyntheticShares = synthetic,
        };
    }

    private static ColumnSummary Summary(bool numeric, double scale) => numeric
        ? new(32_561, .02, 73, scale / 2, scale, [.. ColumnSummary.QuantileLevels.Select(q => 17 + q * scale)])
        : new(32_561, 0, 9, double.NaN, double.NaN, []);

    // A bump, and in every third column a point mass at the start.
    private static double[] Shares(int parts, double phase)
    {
        double[] shares = [.. Enumerable.Range(0, parts).Select(b => Math.Exp(-Math.Pow((b - parts * .4 - phase % 2) / (parts * .22), 2))
            + ((int)phase % 3 == 2 && b == 0 ? 25 : 0))];
        double sum = shares.Sum() * 1.02;
        return [.. shares.Select(s => s / sum)];
    }

    private static PairTrends Pairs(IReadOnlyList<string> names)
    {
        int n = names.Count;
        bool Left(int i, int j) => i != j && (i == 4 || j == 4) && n > 6;
        double Strength(int i, int j) => i == j ? 1 : Left(i, j) ? double.NaN : Math.Exp(-Math.Abs(i - j) * .6);
        double Synthetic(int i, int j) => i == j ? 1 : Strength(i, j) + .08 * Math.Sin(i * j);
        PairTrend[] pairs =
        [
            .. from i in Enumerable.Range(0, n) from j in Enumerable.Range(i + 1, n - i - 1) where !Left(i, j)
            let trend = .999 - .0004 * ((i + j) % 50) orderby trend, i, j
            select new PairTrend(i, j, trend, .98, Strength(i, j), Synthetic(i, j)),
        ];
        int drawn = Math.Min(n, PairTrends.MostDrawn);
        double[,] strength = new double[drawn, drawn], synthetic = new double[drawn, drawn];
        for (int i = 0; i < drawn; i++)
            for (int j = 0; j < drawn; j++) (strength[i, j], synthetic[i, j]) = (Strength(i, j), Synthetic(i, j));
        return new PairTrends
        {
            Names = names,
            Pairs = pairs.Length,
            Mean = pairs.Average(p => p.Trend),
            ReferenceMean = .98,
            Worst = [.. pairs.Take(PairTrends.MostWorst)],
            Drawn = [.. Enumerable.Range(0, drawn)],
            Strength = strength,
            SyntheticStrength = synthetic,
        };
    }

    private static DetectionDetail Detection(string judge, string against, double auc, IReadOnlyList<string> names) =>
        new(judge, against, auc, [auc - .01, auc, auc + .01, auc, auc],
            [.. names.Take(20).Select((n, i) => new ColumnImportance(n, .4 / (i + 1)))]);

    private static UtilityDetail Utility(string target) => new(target, UtilityTask.Binary)
    {
        Synthetic = Scores(.921, 2.4),
        Real = Scores(.9287, 2.6),
        Both = Scores(.929, 2.6),
    };

    private static ModelScores Scores(double auc, double bend)
    {
        ClassScores Class(string label, int count) => new(label, count, auc, .7, .74, .67)
        {
            Roc = [.. Enumerable.Range(0, 101).Select(i => new CurvePoint(i / 100.0, 1 - Math.Pow(1 - i / 100.0, bend * 2)))],
            PrecisionRecall = [.. Enumerable.Range(0, 101).Select(i => new CurvePoint(i / 100.0, 1 - .75 * Math.Pow(i / 100.0, bend)))],
        };
        return new ModelScores { Auc = auc, MacroF1 = .8, Classes = [Class("<=50K", 12_435), Class(">50K", 3846)] };
    }

    /// <summary>Groups named after the columns, every third too rare to be judged.</summary>
    private static FairnessDetail Groups(IReadOnlyList<string> names) => new([.. names.Take(2)])
    {
        Outcome = names[^1],
        Positive = ">50K",
        TooSmall = 7,
        Groups = [.. names.Take(300).Select((name, i) =>
        {
            Estimate? Around(double value) => i % 3 == 2 ? null : new Estimate(value, value - .03, value + .03);
            var said = new GroupPredictions(900 - i, .2, i % 3 == 2 ? double.NaN : .9)
            {
                ParityGap = Around(-.17), TruePositiveGap = Around(-.1), FalsePositiveGap = Around(-.06), OddsGap = Around(.1),
                Calibration = Around(.002),
            };
            return new GroupFigures($"{name} = level", [name])
            {
                Representation = Around(1.02), RepresentationHeldOut = Around(.99), Training = new(2000, .25, Around(-.19)),
                Holdout = new(900, .24, Around(-.18)), Synthetic = new(2010, .25, Around(-.2)), TrainedOnSynthetic = said,
                TrainedOnReal = said, TstrGap = Around(-.004),
            };
        })],
    };

    private static Scatter Cloud()
    {
        static CurvePoint[] Points(double shift) => [.. Enumerable.Range(0, 2000).Select(i =>
        {
            double radius = 2.2 * Math.Sqrt(i * .618034 % 1), angle = i * 2.39996;
            return new CurvePoint(radius * Math.Cos(angle) + shift + (i % 3 == 0 ? 4 : 0),
                radius * Math.Sin(angle) * (i % 3 == 0 ? .5 : 1));
        })];
        return new(Points(0), Points(.05), Points(.1), [.21, .14]);
    }
}
