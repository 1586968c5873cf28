using Simulant.Data;
using Simulant.Tests.Conformance;
using Simulant.Tests.Data;
using Simulant.Validation;
using Xunit;

namespace Simulant.Tests.Validation;

public class ValidatorTests
{
    private static readonly ValidationOptions Quick = new() { Replicates = 20, Target = "city" };

    [Fact]
    public void Every_kind_of_column_is_measured_and_the_rest_named()
    {
        Table training = TestTables.Everyday(300), extra = new("everyday",
        [
            .. training.Columns, training.Columns[7].With(new ColumnSchema("id", ColumnKind.Identifier)),
            training.Columns[7].With(new ColumnSchema("note", ColumnKind.Text)),
            training.Columns[7].With(new ColumnSchema("mail", ColumnKind.Category) { Personal = PersonalData.Email }),
            training.Columns[0].With(new ColumnSchema("key", ColumnKind.Integer) { Role = ColumnRole.Id }),
            training.Columns[0].With(new ColumnSchema("lost", ColumnKind.Integer)),
        ]);
        var synthetic = extra.Select(extra.Columns.Where(c => c.Name != "lost").Select(c => c.Name));
        var found = Validator.Measure(SurveyTables.Evaluation(extra, extra, synthetic), Quick, RunContext.Quiet(1, 2));
        Assert.Equal(training.Columns.Select(c => c.Name), found.Columns.Select(c => c.Name));
        Assert.Equal(["id", "note", "mail", "key", "lost"], found.NotChecked.Take(5).Select(n => n.What));
        Assert.Equal("the synthetic table lacks it", found.NotChecked[4].Reason);
        Assert.Equal(1, found.Find(MetricNames.Shapes)!.Score.Value);
        Assert.Equal(1, found.Find(MetricNames.Trends)!.Score.Value, 1e-12);
        Assert.Equal(1, found.Find(MetricNames.Copies)!.Score.Value);
    }

    public static TheoryData<string> UglyTables => [.. TestTables.Ugly.Keys];

    [Theory]
    [MemberData(nameof(UglyTables))]
    public void Ugly_tables_give_figures_or_reasons(string name)
    {
        var table = TestTables.Ugly[name]();
        var few = table.Slice(0, Math.Min(table.RowCount, 200));
        string target = table.Columns[^1].Name;
        foreach (var holdout in new[] { few, table.Slice(0, 0) })
        {
            var found = Validator.Measure(
                SurveyTables.Evaluation(few, holdout, few), Quick with { Target = target }, RunContext.Quiet(1, 2));
            Assert.All(found.Metrics.Where(m => m.IsEvaluated), m => Assert.False(double.IsNaN(m.Score.Value), m.Name));
            Assert.All(found.Metrics.Where(m => !m.IsEvaluated), m => Assert.NotEqual("", m.NotEvaluated));
        }
    }

    [Fact]
    public void Of_very_many_columns_a_sample_of_pairs_is_compared_and_said()
    {
        Table Make(int offset) => new("wide", [.. Enumerable.Range(0, 305).Select(c =>
            TestTables.Number("n" + c, ColumnKind.Integer, 40, i => (i + offset) * (c + 3) % 1009))]);
        var options = new ValidationOptions { Only = new HashSet<string> { MetricNames.Trends } };
        var found = Validator.Measure(SurveyTables.Evaluation(Make(0), Make(1), Make(2)), options, RunContext.Quiet(1, 2));
        Assert.Equal(300 * 299 / 2, found.Find(MetricNames.Trends)!.Score.Count);
        Assert.Equal(300, found.Trends!.Names.Count);
        Assert.Contains("300 of 305 columns", found.NotChecked.Single().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_tables_give_reasons_alone()
    {
        var table = TestTables.Everyday(50);
        foreach (var (training, synthetic) in new[] { (table.Slice(0, 0), table), (table, table.Slice(0, 0)) })
        {
            var found = Validator.Measure(
                SurveyTables.Evaluation(training, table.Slice(0, 0), synthetic), Quick, RunContext.Quiet(1));
            Assert.Equal([], found.Metrics.Where(m => m.IsEvaluated && m.Name != MetricNames.Duplicates
                && m.Name != MetricNames.Copies && m.Name != MetricNames.CopiesDistinctive).Select(m => m.Name));
        }
    }

    [Fact]
    public void Threads_change_no_figure()
    {
        var data = SurveyTables.Evaluation(SurveyTables.Draw(0, 600), SurveyTables.Draw(600, 400), SurveyTables.Draw(2000, 500));
        var options = new ValidationOptions { Target = "income", Replicates = 20, Protect = ["home", "age"] };
        var one = Validator.Measure(data, options, RunContext.Quiet(5));
        var three = Validator.Measure(data, options, RunContext.Quiet(5, 3));
        Assert.Equal(one.Metrics, three.Metrics);
        // What a ledger says is no measurement, and these tables hold no text.
        var measured = MetricNames.All.Where(n => !n.StartsWith("privacy.", StringComparison.Ordinal)).Except(MetricNames.Text)
            .Except(MetricNames.Scenes);
        Assert.Equal(measured.Except([MetricNames.TstrRmse, MetricNames.Constraints]), one.Metrics.Select(m => m.Name));
    }

    [Fact]
    public void Broken_rules_are_counted_in_each_table()
    {
        var data = SurveyTables.Evaluation(SurveyTables.Draw(0, 50), SurveyTables.Draw(50, 40), SurveyTables.Draw(200, 80));
        var options = new ValidationOptions
        {
            Only = new HashSet<string> { MetricNames.Constraints },
            Constraints = new Dictionary<string, Func<Table, long>>
            {
                ["age >= 30"] = t => ((NumericColumn)t["age"]).Values.ToArray().LongCount(v => v < 30),
                ["true"] = _ => 0,
            },
        };
        var found = Validator.Measure(data, options, RunContext.Quiet(1));
        long broken = ((NumericColumn)data.Synthetic.Single["age"]).Values.ToArray().LongCount(v => v < 30);
        Assert.Equal(new ConstraintCheck("age >= 30", found.Constraints[0].Training, found.Constraints[0].Holdout, broken),
            found.Constraints[0]);
        Assert.Equal(broken / 80.0, found.Find(MetricNames.Constraints)!.Score.Value);
        Assert.Equal([MetricNames.Constraints], found.Metrics.Select(m => m.Name));
    }

    [Fact]
    public void Storage_of_another_tool_is_converted_where_values_allow_it()
    {
        Table Of(Column column) => new("t", [column]);
        var numbers = Of(SurveyTables.Number("n", ColumnKind.Integer, [1, 2, double.NaN]));
        var texts = Of(CodedColumn.From(new ColumnSchema("n", ColumnKind.Category), ["1", "2", null]));
        var words = Of(CodedColumn.From(new ColumnSchema("n", ColumnKind.Category), ["one", "2", null]));
        Assert.Equal([1, 2, double.NaN], SurveyTables.Compared(numbers, texts, texts).Columns[0]
            .Values(Simulant.Validation.Comparison.Part.Synthetic));
        Assert.Equal([0, 1, -1], SurveyTables.Compared(texts, numbers, numbers).Columns[0]
            .Codes(Simulant.Validation.Comparison.Part.Synthetic));
        var compared = SurveyTables.Compared(numbers, numbers, words);
        Assert.Empty(compared.Columns);
        Assert.Equal("n", compared.Excluded[0].What);
    }

    [Fact]
    public void Adult_gives_the_anchors_figures_of_a_real_holdout()
    {
        Table training = TableReader.Read(SharedData.Tabular("adult_train.csv")).Table;
        var holdout = TableReader.Read(SharedData.Tabular("adult_test.csv")).Table;
        var options = new ValidationOptions
        {
            Only = new HashSet<string> { MetricNames.Shapes, MetricNames.Trends, MetricNames.Copies, MetricNames.CopiesDistinctive },
        };
        var found = Validator.Measure(SurveyTables.Evaluation(training, holdout, holdout), options, RunContext.Quiet(1, 2));
        // Made by pandas and numpy from the definitions: .6329 and 1.7760 percent of error, .1413 and 15.8835 percent of rows.
        Assert.Equal(0.993671, found.Find(MetricNames.Shapes)!.Score.Value, 1e-6);
        Assert.Equal(0.982240, found.Find(MetricNames.Trends)!.Score.Value, 1e-6);
        Assert.Equal(0.001413, found.Find(MetricNames.Copies)!.Score.Value, 1e-6);
        Assert.Equal(0.158835, found.Find(MetricNames.CopiesDistinctive)!.Score.Value, 1e-6);
    }
}
