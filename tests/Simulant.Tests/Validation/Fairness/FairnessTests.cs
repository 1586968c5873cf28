using Simulant.Data;
using Simulant.Validation;
using Simulant.Validation.Comparison;
using Simulant.Validation.Statistics;
using Simulant.Validation.Utility;
using Xunit;

namespace Simulant.Tests.Validation.Fairness;

/// <summary>Every figure again, row by row, from the levels of the tables and the probabilities of models trained here.</summary>
public class FairnessTests
{
    private const int TrainingRows = 1500, HoldoutRows = 1200, SyntheticRows = 1300;

    private static readonly Evaluation Data = SurveyTables.Evaluation(SurveyTables.Draw(0, TrainingRows),
        SurveyTables.Draw(50_000, HoldoutRows), SurveyTables.Corrupt(SurveyTables.Draw(100_000, SyntheticRows), 0.15));

    private static readonly ValidationOptions Options = new()
    {
        Target = "income", Protect = ["home", "work"], Only = MetricNames.Fairness.ToHashSet(StringComparer.Ordinal),
    };

    private static readonly Lazy<ValidationResult> Found = new(() => Validator.Measure(Data, Options, RunContext.Quiet(4, 2)));

    private static FairnessDetail Detail => Found.Value.Fairness!;

    private static string Text(Table table, string column, int row) =>
        ((CodedColumn)table[column])[row] is { } level ? $"{column} = {level}" : $"{column} missing";

    private static string Group(Table table, int row, IReadOnlyList<string> columns) =>
        string.Join(", ", columns.Select(c => Text(table, c, row)));

    private static bool[] Members(Table table, GroupFigures group) =>
        [.. Enumerable.Range(0, table.RowCount).Select(r => Group(table, r, group.Columns) == group.Name)];

    /// <summary>The positive class is the last in order: low.</summary>
    private static bool[] Positive(Table table) =>
        [.. Enumerable.Range(0, table.RowCount).Select(r => ((CodedColumn)table["income"])[r] == "low")];

    [Fact]
    public void Groups_are_all_levels_and_pairs_with_thirty_training_rows()
    {
        var training = Data.Training.Single;
        string[][] subsets = [["home"], ["work"], ["home", "work"]];
        var counts = subsets.SelectMany(s => Enumerable.Range(0, TrainingRows).Select(r => Group(training, r, s)))
            .CountBy(g => g).ToList();
        Assert.Equal(counts.Where(c => c.Value >= 30).Select(c => c.Key).Order(), Detail.Groups.Select(g => g.Name).Order());
        Assert.Equal(counts.Count(c => c.Value < 30), Detail.TooSmall);
        Assert.True(Detail.TooSmall > 0);
        Assert.Contains(Detail.Groups, g => g.Columns.Count == 2);
        Assert.Contains(Detail.Groups, g => g.Name == "home missing");
        Assert.Equal(("income", "low"), (Detail.Outcome, Detail.Positive));
    }

    [Fact]
    public void Representation_and_parity_in_the_data_are_counted_again()
    {
        Table training = Data.Training.Single, holdout = Data.Holdout.Single, synthetic = Data.Synthetic.Single;
        foreach (var group in Detail.Groups)
        {
            double share = (double)Members(synthetic, group).Count(m => m) / SyntheticRows;
            double real = (double)Members(training, group).Count(m => m) / TrainingRows;
            double held = (double)Members(holdout, group).Count(m => m) / HoldoutRows;
            Assert.Equal(share / real, group.Representation!.Value, 1e-12);
            Assert.Equal(held / real, group.RepresentationHeldOut!.Value, 1e-12);
            foreach (var (table, outcome) in new[] { (training, group.Training), (holdout, group.Holdout), (synthetic, group.Synthetic) })
            {
                bool[] own = Members(table, group), positive = Positive(table);
                Assert.Equal(own.Count(m => m), outcome.Rows);
                if (outcome.Rows < 30)
                {
                    Assert.Null(outcome.ParityGap);
                    Assert.Equal(double.NaN, outcome.Positive);
                    continue;
                }
                double inside = Mean(positive, r => own[r]), outside = Mean(positive, r => !own[r]);
                Assert.Equal(inside, outcome.Positive, 1e-12);
                Assert.Equal(inside - outside, outcome.ParityGap!.Value, 1e-12);
                Assert.InRange(outcome.ParityGap.Value, outcome.ParityGap.Low, outcome.ParityGap.High);
            }
        }
        static double Mean(bool[] of, Func<int, bool> where) =>
            Enumerable.Range(0, of.Length).Where(where).Average(r => of[r] ? 1.0 : 0);
    }

    [Theory]
    [InlineData(Part.Synthetic)]
    [InlineData(Part.Training)]
    public void Figures_of_predictions_are_counted_again(Part trainedOn)
    {
        double[] p = Predict(trainedOn), other = Predict(trainedOn == Part.Synthetic ? Part.Training : Part.Synthetic);
        var holdout = Data.Holdout.Single;
        bool[] y = Positive(holdout);
        int judged = 0;
        foreach (var group in Detail.Groups)
        {
            var said = (trainedOn == Part.Synthetic ? group.TrainedOnSynthetic : group.TrainedOnReal)!;
            bool[] own = Members(holdout, group);
            Assert.Equal(own.Count(m => m), said.Rows);
            if (said.Rows < 30)
            {
                Assert.Null(said.ParityGap);
                Assert.Equal(double.NaN, said.Positive);
                Assert.Null(said.Calibration);
                Assert.Null(group.TstrGap);
                continue;
            }
            judged++;
            double Said(Func<int, bool> where) => Enumerable.Range(0, HoldoutRows).Where(where).Average(r => p[r] > 0.5 ? 1.0 : 0);
            Assert.Equal(Said(r => own[r]), said.Positive, 1e-12);
            Assert.Equal(Said(r => own[r]) - Said(r => !own[r]), said.ParityGap!.Value, 1e-12);
            int positives = Enumerable.Range(0, HoldoutRows).Count(r => own[r] && y[r]);
            Assert.Equal(Enumerable.Range(0, HoldoutRows).Where(r => own[r]).Average(r => (y[r] ? 1 : 0) - p[r]),
                said.Calibration!.Value, 1e-12);
            if (Math.Min(positives, said.Rows - positives) < 10)
            {
                Assert.Null(group.TstrGap);
                Assert.Null(said.OddsGap);
                continue;
            }
            double hits = Said(r => own[r] && y[r]) - Said(r => !own[r] && y[r]);
            double alarms = Said(r => own[r] && !y[r]) - Said(r => !own[r] && !y[r]);
            Assert.Equal(hits, said.TruePositiveGap!.Value, 1e-12);
            Assert.Equal(alarms, said.FalsePositiveGap!.Value, 1e-12);
            Assert.Equal(Math.Max(Math.Abs(hits), Math.Abs(alarms)), said.OddsGap!.Value, 1e-12);
            Assert.InRange(said.OddsGap.Value, said.OddsGap.Low, said.OddsGap.High);
            double Auc(double[] s) => RankedScores.Auc([.. s.Where((_, r) => own[r])], [.. y.Where((_, r) => own[r])]);
            Assert.Equal(Auc(p), said.Auc, 1e-12);
            Assert.Equal((Auc(p) - Auc(other)) * (trainedOn == Part.Synthetic ? 1 : -1), group.TstrGap!.Value, 1e-12);
        }
        Assert.True(judged > 10);
    }

    private static double[] Predict(Part part)
    {
        var tables = ComparedTables.Of(Data);
        var data = UtilityData.Of(tables, tables.IndexOf("income"), 50_000, 4, out _)!;
        return UtilityModel.Fit(data, data.Rows(part), CancellationToken.None).Probabilities;
    }

    [Fact]
    public void Metrics_are_the_group_furthest_off_beside_its_reference()
    {
        Score Of(string name) => Found.Value.Find(name)!.Score;
        Assert.Equal(MetricNames.Fairness, Found.Value.Metrics.Select(m => m.Name));
        Assert.Null(Found.Value.Utility); // models were trained for the groups, and utility was not asked for
        Assert.Equal(Detail.Groups.Min(g => g.Representation!.Value), Of(MetricNames.FairnessRepresentation).Value);
        Assert.Equal(Detail.Groups.Min(g => g.RepresentationHeldOut!.Value), Of(MetricNames.FairnessRepresentation).Reference);
        double Largest(Func<GroupFigures, Estimate?> of) => Detail.Groups.Select(of).OfType<Estimate>().Max(e => Math.Abs(e.Value));
        Assert.Equal(Largest(g => g.Synthetic.ParityGap), Of(MetricNames.FairnessParity).Value);
        Assert.Equal(Largest(g => g.Holdout.ParityGap), Of(MetricNames.FairnessParity).Reference);
        Assert.Equal(Largest(g => g.TrainedOnSynthetic!.ParityGap), Of(MetricNames.FairnessDownstreamParity).Value);
        Assert.Equal(Largest(g => g.TrainedOnReal!.ParityGap), Of(MetricNames.FairnessDownstreamParity).Reference);
        Assert.Equal(Largest(g => g.TrainedOnSynthetic!.OddsGap), Of(MetricNames.FairnessDownstreamOdds).Value);
        Assert.Equal(Largest(g => g.TrainedOnReal!.Calibration), Of(MetricNames.FairnessDownstreamCalibration).Reference);
        Assert.Equal(Detail.Groups.Where(g => g.TstrGap is not null).Min(g => g.TstrGap!.Value), Of(MetricNames.FairnessTstrGap).Value);
        // What holds for all groups together is wider than what holds for one.
        var worst = Detail.Groups.MaxBy(g => Math.Abs(g.Synthetic.ParityGap?.Value ?? 0))!.Synthetic.ParityGap!;
        double high = ShareIntervals.Magnitude((worst.Low, worst.High)).High;
        Assert.True(Of(MetricNames.FairnessParity).High > high);
        Assert.True(Of(MetricNames.FairnessParity).Low < Of(MetricNames.FairnessParity).Value);
    }

    [Fact]
    public void Numbers_of_many_values_are_cut_at_their_quartiles()
    {
        var found = Validator.Measure(Data, Options with { Protect = ["age"], Target = null }, RunContext.Quiet(4));
        var groups = found.Fairness!.Groups;
        Assert.Equal(4, groups.Count);
        Assert.All(groups, g => Assert.InRange(g.Training.Rows, TrainingRows / 5, TrainingRows / 3));
        Assert.StartsWith("age <= ", groups[0].Name, StringComparison.Ordinal);
        double first = double.Parse(groups[0].Name[7..], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(((NumericColumn)Data.Synthetic.Single["age"]).Values.ToArray().Count(v => v <= first), groups[0].Synthetic.Rows);
        Assert.Equal(TrainingRows, groups.Sum(g => g.Training.Rows));
        Assert.Equal("no target is named", found.Find(MetricNames.FairnessParity)!.NotEvaluated);
        Assert.True(found.Find(MetricNames.FairnessRepresentation)!.IsEvaluated);
        Assert.Null(groups[0].TrainedOnReal);
    }

    [Theory]
    [InlineData("degree", "has not two values")]
    [InlineData("home", "is a protected column")]
    [InlineData("nothing", "cannot be compared")]
    public void What_cannot_be_measured_says_why(string target, string reason)
    {
        var found = Validator.Measure(Data, Options with { Target = target }, RunContext.Quiet(4));
        foreach (string name in MetricNames.Fairness.Skip(1))
            Assert.Contains(reason, found.Find(name)!.NotEvaluated!, StringComparison.Ordinal);
        Assert.True(found.Find(MetricNames.FairnessRepresentation)!.IsEvaluated);
    }

    [Fact]
    public void A_protected_column_that_is_not_there_is_named()
    {
        var found = Validator.Measure(Data, Options with { Protect = ["nothing"] }, RunContext.Quiet(4));
        Assert.Null(found.Fairness);
        Assert.Contains(found.NotChecked, n => n.What == "nothing");
        Assert.Contains("no protected column", found.Find(MetricNames.FairnessParity)!.NotEvaluated!, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_protected_columns_nothing_is_said() =>
        Assert.Empty(Validator.Measure(Data, Options with { Protect = [] }, RunContext.Quiet(4)).Metrics);
}
