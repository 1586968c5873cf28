using Simulant.Validation;
using Xunit;

namespace Simulant.Tests.Validation;

public sealed class GateTests
{
    private static readonly RowCounts Rows = new(1000, 500, 800);

    private static MetricResult Metric(double value, double reference, double low, double high) =>
        new("m", new Score(value, reference, low, high, Direction.Higher, 500));

    [Theory]
    [InlineData(">=", .90, GateOutcome.Passed)]
    [InlineData(">=", .91, GateOutcome.Failed)]
    [InlineData(">", .90, GateOutcome.Failed)]
    [InlineData(">", .89, GateOutcome.Passed)]
    [InlineData("<=", .96, GateOutcome.Passed)]
    [InlineData("<=", .95, GateOutcome.Failed)]
    [InlineData("<", .96, GateOutcome.Failed)]
    [InlineData("<", .97, GateOutcome.Passed)]
    public void TheUnfavourableEndIsTested(string op, double bound, GateOutcome outcome)
    {
        var result = new Gate("m", op, bound).Evaluate(Metric(.93, .94, .90, .96), Rows);
        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(op[0] == '>' ? .90 : .96, result.Tested);
        Assert.Equal(bound, result.Bound);
    }

    [Theory]
    [InlineData("<=", GateOutcome.Failed)]
    [InlineData(">=", GateOutcome.Failed)]
    public void AgainstTheReferenceAnIntervalAroundItFailsBothWays(string op, GateOutcome outcome)
    {
        var result = new Gate("m", op, double.NaN).Evaluate(Metric(.93, .94, .90, .96), Rows);
        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(.94, result.Bound);
    }

    [Theory]
    [InlineData("<=", 0, 0.0013, GateOutcome.Passed)]
    [InlineData("<=", 0, 0.0012, GateOutcome.Passed)]
    [InlineData("<=", 0, 0.0011, GateOutcome.Failed)]
    [InlineData(">=", 0.0009, 0.0013, GateOutcome.Passed)]
    [InlineData(">=", 0.0011, 0.0013, GateOutcome.Failed)]
    public void AReferenceThatIsEstimatedIsTestedAtTheSameEnd(string op, double low, double high, GateOutcome outcome)
    {
        var metric = new MetricResult("m", new Score(.0011, .001, .001, .0012, Direction.Lower, 4000))
        {
            ReferenceLow = low,
            ReferenceHigh = high,
        };
        Assert.Equal(outcome, new Gate("m", op, double.NaN).Evaluate(metric, Rows).Outcome);
    }

    [Fact]
    public void NoCopiesAmongAsManyRowsAsWereHeldOutPassAgainstAReferenceOfNone()
    {
        var none = Simulant.Validation.Statistics.Wilson.Interval(0, 2000);
        var metric = new MetricResult("m", new Score(0, 0, none.Low, none.High, Direction.Lower, 2000))
        {
            ReferenceLow = none.Low,
            ReferenceHigh = none.High,
        };
        Assert.True(none.High > 0);
        Assert.Equal(GateOutcome.Passed, new Gate("m", "<=", double.NaN).Evaluate(metric, Rows).Outcome);
    }

    [Fact]
    public void AnExactFigureEqualToItsReferencePasses()
    {
        var exact = Metric(.5, .5, .5, .5);
        Assert.Equal(GateOutcome.Passed, new Gate("m", "<=", double.NaN).Evaluate(exact, Rows).Outcome);
        var without = Metric(.5, .5, double.NaN, double.NaN);
        Assert.Equal(GateOutcome.Passed, new Gate("m", ">=", double.NaN).Evaluate(without, Rows).Outcome);
    }

    [Theory]
    [InlineData(500, GateOutcome.Failed)]
    [InlineData(501, GateOutcome.NotEvaluated)]
    public void BelowMinRowsItIsNotEvaluatedAndDoesNotFail(long minRows, GateOutcome outcome)
    {
        var result = new Gate("m", ">=", 2, minRows).Evaluate(Metric(.9, .9, .9, .9), Rows);
        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(outcome != GateOutcome.Failed, Gates.Hold([result]));
    }

    [Fact]
    public void MinRowsLeavesOutATableThatIsNotThere() =>
        Assert.Equal(GateOutcome.Passed,
            new Gate("m", ">=", 0, 700).Evaluate(Metric(.9, .9, .9, .9), Rows with { Holdout = 0 }).Outcome);

    [Fact]
    public void WithoutAFigureOrAReferenceTheGateFailsAndSaysWhy()
    {
        var gate = new Gate("m", ">=", .5);
        var missing = gate.Evaluate(MetricResult.Missing("m", Direction.Higher, "no target is named"), Rows);
        Assert.Equal(GateOutcome.Failed, missing.Outcome);
        Assert.Contains("no target", missing.Reason, StringComparison.Ordinal);
        Assert.Equal(GateOutcome.Failed, gate.Evaluate(null, Rows).Outcome);
        var noReference = new Gate("m", ">=", double.NaN).Evaluate(Metric(.9, double.NaN, .9, .9), Rows);
        Assert.Equal(GateOutcome.Failed, noReference.Outcome);
        Assert.Contains("reference", noReference.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void MistakesOfTheCallerAreNamed()
    {
        Assert.Throws<ArgumentException>(() => new Gate("other", ">=", 0).Evaluate(Metric(1, 1, 1, 1), Rows));
        Assert.Throws<ArgumentException>(() => new Gate("m", "==", 0).Evaluate(Metric(1, 1, 1, 1), Rows));
    }

    [Fact]
    public void AllGatesOfAValidationInOrder()
    {
        var result = new ValidationResult { Metrics = [Metric(.93, .94, .90, .96)], Rows = Rows };
        var all = Gates.Evaluate([new Gate("m", ">=", .9), new Gate("absent", "<=", 1)], result);
        Assert.Equal([GateOutcome.Passed, GateOutcome.Failed], all.Select(g => g.Outcome));
        Assert.False(Gates.Hold(all));
        Assert.True(Gates.Hold(all.Take(1)));
        Assert.Equal([">= 0.9", "<= 1"], all.Select(g => g.Gate.Text));
        Assert.Equal("<= reference", new Gate("m", "<=", double.NaN).Text);
    }
}
