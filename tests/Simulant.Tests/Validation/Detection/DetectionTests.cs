using Simulant.Data;
using Simulant.Validation;
using Xunit;

namespace Simulant.Tests.Validation.Detection;

public class DetectionTests
{
    private static readonly IReadOnlySet<string> Judges =
        new HashSet<string> { MetricNames.Detection, MetricNames.DetectionTrain, MetricNames.DetectionFourier };

    private static ValidationResult Measure(Table synthetic, int rows = 3000) => Validator.Measure(
        SurveyTables.Evaluation(SurveyTables.Draw(0, rows), SurveyTables.Draw(50_000, rows), synthetic),
        new ValidationOptions { Only = Judges }, RunContext.Quiet(1, 2));

    [Fact]
    public void A_fresh_sample_is_not_told_apart()
    {
        var found = Measure(SurveyTables.Draw(100_000, 3000));
        foreach (string name in Judges) Assert.InRange(found.Find(name)!.Score.Value, 0.47, 0.53);
        foreach (string name in Judges) Assert.InRange(found.Find(name)!.Score.Reference, 0.47, 0.53);
    }

    [Fact]
    public void A_corruption_of_five_in_a_hundred_cells_is_noticed()
    {
        var found = Measure(SurveyTables.Corrupt(SurveyTables.Draw(100_000, 3000), 0.05));
        Assert.InRange(found.Find(MetricNames.Detection)!.Score.Low, 0.51, 0.6);
        Assert.True(found.Find(MetricNames.Detection)!.IsWorseThanReference);
    }

    [Fact]
    public void Columns_drawn_apart_are_noticed_by_both_judges()
    {
        var found = Measure(SurveyTables.Corrupt(SurveyTables.Draw(100_000, 1500), 1), 1500);
        Assert.True(found.Find(MetricNames.Detection)!.Score.Low > 0.75);
        var telling = found.Detection.First(d => d is { Judge: "boosted-trees", Against: "holdout" }).Columns;
        Assert.Contains(telling[0].Column, (string[])["degree", "years"]); // the pair that determines each other
        Assert.Equal(1, telling.Sum(c => c.GainShare), 1e-9);
        Assert.True(found.Find(MetricNames.DetectionFourier)!.Score.Low > 0.6);
    }

    [Fact]
    public void Memory_turns_the_judge_against_training_rows_round()
    {
        var found = Measure(SurveyTables.Draw(0, 3000));
        Assert.True(found.Find(MetricNames.DetectionTrain)!.Score.High < 0.45);
    }
}
