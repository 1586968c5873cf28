using Simulant.Data;
using Simulant.Validation;
using Xunit;

namespace Simulant.Tests.Validation.Utility;

public class UtilityTests
{
    private static ValidationResult Measure(string target, Table synthetic) => Validator.Measure(
        SurveyTables.Evaluation(SurveyTables.Draw(0, 2500), SurveyTables.Draw(50_000, 2500), synthetic),
        new ValidationOptions
        {
            Target = target,
            Only = new HashSet<string>(MetricNames.All.Where(n => n.StartsWith("utility.", StringComparison.Ordinal))),
        },
        RunContext.Quiet(1, 2));

    [Fact]
    public void Fresh_rows_teach_as_well_as_training_rows()
    {
        var found = Measure("income", SurveyTables.Draw(100_000, 2500));
        Assert.InRange(found.Find(MetricNames.TransferRatio)!.Score.Value, 0.95, 1.05);
        Assert.InRange(found.Find(MetricNames.Tstr)!.Score.Value, 0.75, 0.95);
        Assert.Equal(found.Find(MetricNames.Trtr)!.Score.Value, found.Find(MetricNames.Tstr)!.Score.Reference);
        Assert.True(found.Find(MetricNames.Augmented)!.Score.Value > found.Find(MetricNames.Tstr)!.Score.Low);
        Assert.Null(found.Find(MetricNames.TstrRmse));
        Assert.Equal(UtilityTask.Binary, found.Utility!.Task);
        Assert.Equal(["high", "low"], found.Utility.Synthetic.Classes.Select(c => c.Label));
    }

    [Fact]
    public void Columns_drawn_apart_teach_nothing()
    {
        var found = Measure("income", SurveyTables.Corrupt(SurveyTables.Draw(100_000, 2500), 1));
        Assert.InRange(found.Find(MetricNames.Tstr)!.Score.Value, 0.4, 0.6);
        Assert.True(found.Find(MetricNames.TransferRatio)!.IsWorseThanReference);
    }

    [Fact]
    public void Numbers_are_regressed()
    {
        var found = Measure("years", SurveyTables.Draw(100_000, 2500));
        Assert.Equal(UtilityTask.Regression, found.Utility!.Task);
        Assert.InRange(found.Find(MetricNames.TransferRatio)!.Score.Value, 0.97, 1.03);
        Assert.InRange(found.Utility.Real.R2, 0.6, 1);
        Assert.Equal(found.Utility.Synthetic.Rmse, found.Find(MetricNames.TstrRmse)!.Score.Value);
        Assert.Null(found.Find(MetricNames.TstrF1));
    }

    [Fact]
    public void Several_classes_are_scored_one_against_the_rest()
    {
        var found = Measure("degree", SurveyTables.Draw(100_000, 2500));
        Assert.Equal(UtilityTask.Multiclass, found.Utility!.Task);
        Assert.Equal(["college", "school", "university"], found.Utility.Real.Classes.Select(c => c.Label));
        Assert.True(found.Utility.Real.Auc > 0.99); // years determine it
        Assert.All(found.Utility.Real.Classes, c => Assert.InRange(c.F1, 0.9, 1));
    }

    [Fact]
    public void Scores_of_classes_follow_their_definitions()
    {
        var found = Measure("income", SurveyTables.Draw(100_000, 2500));
        foreach (var scores in found.Utility!.Real.Classes)
        {
            Assert.Equal(2 * scores.Precision * scores.Recall / (scores.Precision + scores.Recall), scores.F1, 1e-9);
            Assert.Equal(new CurvePoint(0, 0), scores.Roc[0]);
            Assert.Equal(new CurvePoint(1, 1), scores.Roc[^1]);
            Assert.InRange(scores.Roc.Count, 10, 201);
            double area = 0;
            for (int i = 1; i < scores.Roc.Count; i++)
                area += (scores.Roc[i].X - scores.Roc[i - 1].X) * (scores.Roc[i].Y + scores.Roc[i - 1].Y) / 2;
            Assert.Equal(scores.Auc, area, 0.01);
        }
        Assert.Equal(found.Utility.Real.Classes.Average(c => c.F1), found.Utility.Real.MacroF1, 1e-12);
    }

    [Fact]
    public void Without_a_usable_target_the_reason_is_named()
    {
        var found = Measure("no such column", SurveyTables.Draw(100_000, 500));
        Assert.False(found.Find(MetricNames.Tstr)!.IsEvaluated);
        Assert.Contains("no such column", found.Find(MetricNames.Tstr)!.NotEvaluated!, StringComparison.Ordinal);
    }
}
