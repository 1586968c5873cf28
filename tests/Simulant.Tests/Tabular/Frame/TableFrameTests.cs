using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Specs;
using Simulant.Specs.Reading;
using Simulant.Tabular;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Trees;
using Xunit;

namespace Simulant.Tests.Tabular.Frame;

/// <summary>What the frame promises under any engine, tried with the trees.</summary>
public class TableFrameTests
{
    private const int Rows = 1500;
    private static readonly RandomStream Stream = new(3, "frame tests");

    [Fact]
    public void Declared_and_found_dependencies_hold_in_every_row()
    {
        var table = People();
        var sample = Make(table, "city determines country").Sample(new ItemRange(0, 4000), RunContext.Quiet(1)).Single;
        HashSet<string> Pairs(string a, string b, Table t) =>
            [.. Enumerable.Range(0, t.RowCount).Select(r => Text(t, a, r) + "/" + Text(t, b, r))];
        Assert.Subset(Pairs("city", "country", table), Pairs("city", "country", sample));
        Assert.Subset(Pairs("grade", "grade label", table), Pairs("grade", "grade label", sample));
    }

    [Theory]
    [InlineData("code determines country", "country determines code", "city determines code")]
    [InlineData("country determines code", "city determines country", "code determines country")]
    [InlineData("city determines country", "code determines country", "country determines code")]
    public void Chains_of_dependencies_hold_in_whatever_order_they_are_declared(params string[] rules)
    {
        var people = People();
        var codes = Number("code", r => Text(people, "country", r)![0]);
        var table = new Table("people", [.. people.Columns, codes]);
        var sample = Make(table, rules).Sample(new ItemRange(0, 3000), RunContext.Quiet(1)).Single;
        HashSet<string> Triples(Table t) => [.. Enumerable.Range(0, t.RowCount).Select(r =>
            $"{Text(t, "city", r)}/{Text(t, "country", r)}/{Text(t, "code", r)}")];
        Assert.Equal(Triples(table).Order(), Triples(sample).Order());
    }

    [Fact]
    public void Constraints_hold_and_refusals_are_counted_by_rule()
    {
        var run = RunContext.Quiet(1);
        var sample = Make(People(), "high >= low", "amount increments 25", "one_hot a, b, c").Sample(new ItemRange(0, 3000), run).Single;
        var low = ((NumericColumn)sample["low"]).Values.ToArray();
        var high = ((NumericColumn)sample["high"]).Values.ToArray();
        Assert.All(Enumerable.Range(0, 3000), r => Assert.True(high[r] >= low[r]));
        Assert.DoesNotContain(((NumericColumn)sample["amount"]).Values.ToArray(), v => v % 25 is not (0 or double.NaN));
        Assert.All(Enumerable.Range(0, 3000), r => Assert.Equal(1,
            new[] { "a", "b", "c" }.Sum(n => ((NumericColumn)sample[n]).Values[r])));
        Assert.All(run.Rejections.Counts, c => Assert.Contains("high >= low", c.Key));
    }

    [Fact]
    public void Unique_rows_are_unique_and_addressed()
    {
        var sampler = Make(People(), "unique city, grade, age");
        var whole = sampler.Sample(new ItemRange(0, 900), RunContext.Quiet(1)).Single;
        var keys = Enumerable.Range(0, 900).Select(r => Text(whole, "city", r) + Text(whole, "grade", r) + Text(whole, "age", r));
        Assert.Equal(900, keys.Distinct().Count());
        var part = Make(People(), "unique city, grade, age").Sample(new ItemRange(400, 200), RunContext.Quiet(1)).Single;
        Assert.Equal(Texts(whole.Slice(400, 200)), Texts(part));
    }

    [Fact]
    public void Too_few_combinations_for_unique_rows_is_said()
    {
        var error = Assert.Throws<DataException>(() =>
            Make(People(), "unique grade").Sample(new ItemRange(0, 900), RunContext.Quiet(1)));
        Assert.Contains("too few combinations", error.Message);
    }

    [Fact]
    public void Contradictory_constraints_are_said_with_the_rule()
    {
        var error = Assert.Throws<DataException>(() =>
            Make(People(), "age > 1000").Sample(new ItemRange(0, 10), RunContext.Quiet(1)));
        Assert.Contains("age > 1000", error.Message);
    }

    [Fact]
    public void Balance_gives_exact_counts_for_several_columns_together()
    {
        var spec = Spec() with
        {
            Rows = 1000,
            Balance =
            [
                new BalanceSpec("grade", [new("1", 0.5), new("2", 0.25)], default),
                new BalanceSpec("member", [new("yes", 0.9)], default),
            ],
        };
        var sample = Fit(People(), spec).Sample(new ItemRange(0, 1000), RunContext.Quiet(1, 2)).Single;
        int Count(string column, string value) => Enumerable.Range(0, 1000).Count(r => Text(sample, column, r) == value);
        Assert.Equal((500, 250, 900), (Count("grade", "1"), Count("grade", "2"), Count("member", "yes")));
    }

    [Fact]
    public void Conditions_give_exact_counts_and_the_rest_satisfies_none()
    {
        var where = Parse("age > 60 and member = 'no'");
        var spec = Spec() with { Rows = 500, Conditions = [new ConditionSpec(where, 200, default)] };
        var sample = Fit(People(), spec).Sample(new ItemRange(0, 500), RunContext.Quiet(1)).Single;
        Assert.Equal(200, where.Test(sample).Count(t => t == 1));
    }

    [Theory]
    [InlineData("age > 60 and member = 'no'")]
    [InlineData("city = 'Rome'")]
    [InlineData("amount > 900 and grade = 3")]
    public void Rows_given_a_condition_are_distributed_as_if_rejected(string condition)
    {
        var sampler = (IConditionalSampler)Make(People());
        var where = Parse(condition);
        var free = sampler.Sample(new ItemRange(0, 60_000), RunContext.Quiet(9, 2)).Single;
        var truth = where.Test(free);
        var kept = free.Take([.. Enumerable.Range(0, free.RowCount).Where(r => truth[r] == 1)]);
        var given = sampler.Where(where).Sample(new ItemRange(0, 1500), RunContext.Quiet(1, 2)).Single;
        Assert.All(where.Test(given), t => Assert.Equal(1, t));
        foreach (string column in new[] { "grade", "city", "member" })
            Assert.InRange(TotalVariation(kept, given, column), 0, 0.5 * Math.Sqrt(8.0 / Math.Min(kept.RowCount, 1500)) + 0.02);
    }

    [Theory]
    [InlineData]
    [InlineData("unique age, city, grade, amount, member")]
    public void A_row_under_its_own_condition_is_that_row_of_its_conditions_sampler(params string[] constraints)
    {
        string[] conditions = ["age > 60 and member = 'no'", "city = 'Rome'", "grade = 3", "age > 0"];
        var sampler = (IConditionalSampler)Make(People(), constraints);
        var given = sampler.Given(item => conditions[item * 7 % 4], (text, _) => Parse(text));
        var table = given.Sample(new ItemRange(4000, 200), RunContext.Quiet(5, 3)).Single; // two blocks meet at 4096
        for (int k = 0; k < conditions.Length; k++)
        {
            var alone = sampler.Where(Parse(conditions[k])).Sample(new ItemRange(4000, 200), RunContext.Quiet(5)).Single;
            int[] rows = [.. Enumerable.Range(0, 200).Where(r => (4000 + r) * 7 % 4 == k)];
            if (constraints.Length == 0) Assert.Equal(Texts(alone.Take(rows)), Texts(table.Take(rows)));
            Assert.All(Parse(conditions[k]).Test(table.Take(rows)), truth => Assert.Equal(1, truth));
        }
        var again = given.Sample(new ItemRange(4090, 20), RunContext.Quiet(5)).Single;
        Assert.Equal(Texts(table.Slice(90, 20)), Texts(again));
        Assert.Throws<InvalidOperationException>(() => given.Save(new MemoryStream()));
    }

    [Fact]
    public void A_condition_no_training_row_has_is_said()
    {
        var sampler = (IConditionalSampler)Make(People());
        Assert.Contains("no training row", Assert.Throws<DataException>(() => sampler.Where(Parse("city = 'Atlantis'"))).Message);
    }

    [Fact]
    public void Keys_are_unique_personal_data_is_made_up_and_missing_stays_as_frequent()
    {
        var table = People();
        var sample = Make(table).Sample(new ItemRange(0, 5000), RunContext.Quiet(1)).Single;
        var ids = Enumerable.Range(0, 5000).Select(r => Text(sample, "id", r)).ToArray();
        Assert.Equal(5000, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[A-Z]{2}-[0-9]{5}$", id!));
        var real = Enumerable.Range(0, Rows).Select(r => Text(table, "mail", r)).OfType<string>().ToHashSet();
        Assert.DoesNotContain(Enumerable.Range(0, 5000).Select(r => Text(sample, "mail", r)), m => m is not null && real.Contains(m));
        double missing = Enumerable.Range(0, 5000).Count(r => sample["mail"].IsMissing(r)) / 5000.0;
        Assert.Equal(0.2, missing, 0.03);
        Assert.Equal(0.1, Enumerable.Range(0, 5000).Count(r => sample["amount"].IsMissing(r)) / 5000.0, 0.03);
    }

    [Fact]
    public void Every_kind_of_column_survives_saving()
    {
        var spec = Spec("high >= low", "city determines country", "one_hot a, b, c") with
        {
            Conditions = [new ConditionSpec(Parse("age > 60"), 50, default)], Rows = 300,
        };
        var sampler = Fit(People(), spec);
        var bytes = new MemoryStream();
        sampler.Save(bytes);
        bytes.Position = 0;
        var loaded = new TableGenerator(new TreesEngine()).Load(bytes);
        var items = new ItemRange(17, 500);
        Assert.Equal(Texts(sampler.Sample(items, RunContext.Quiet(4)).Single), Texts(loaded.Sample(items, RunContext.Quiet(4)).Single));
    }

    [Fact]
    public void Foreign_bytes_are_refused() =>
        Assert.Throws<InvalidDataException>(() => new TableGenerator(new TreesEngine()).Load(new MemoryStream(new byte[64])));

    private static Expression Parse(string text) => Expression.Parse(text, default, new DiagnosticBag())!;

    private static Spec Spec(params string[] constraints)
    {
        var faults = new DiagnosticBag();
        var parsed = constraints.Select(text => ConstraintReader.One(new SpecScalar(text, false, default), faults)!).ToArray();
        faults.ThrowIfErrors();
        return new Spec { File = "frame.yaml", Name = "people", Root = new SpecMap([], default), Constraints = parsed };
    }

    private static ISampler Make(Table table, params string[] constraints) => Fit(table, Spec(constraints));

    private static ISampler Fit(Table table, Spec spec) =>
        new TableGenerator(new TreesEngine()).Fit(new TableRequest(spec, table.Schema), Dataset.Of(table), RunContext.Quiet(1, 2));

    private static string? Text(Table table, string column, int row) =>
        table[column].IsMissing(row) ? null : ValueText.Format(table[column], row);

    private static string[] Texts(Table table) =>
        [.. Enumerable.Range(0, table.RowCount).Select(r => string.Join('|', table.Columns.Select(c => Text(table, c.Name, r) ?? "?")))];

    private static double TotalVariation(Table a, Table b, string column)
    {
        var shares = new Dictionary<string, double>();
        for (int r = 0; r < a.RowCount; r++) Add(Text(a, column, r) ?? "", 1.0 / a.RowCount);
        for (int r = 0; r < b.RowCount; r++) Add(Text(b, column, r) ?? "", -1.0 / b.RowCount);
        return shares.Values.Sum(Math.Abs) / 2;
        void Add(string key, double share) => shares[key] = shares.GetValueOrDefault(key) + share;
    }

    private static Table People()
    {
        string[] cities = ["Rome", "Paris", "Lyon", "Milan", "Graz", "Wien"], countries = ["IT", "FR", "FR", "IT", "AT", "AT"];
        string[] labels = ["basic", "plus", "gold", "platinum"];
        int City(int r) => (int)(6 * Math.Pow(Stream.Uniform(r, 1), 1.5));
        int Grade(int r) => Math.Min(4, 1 + (int)(4 * Stream.Uniform(r, 2) * (0.4 + 0.1 * City(r))));
        double Age(int r) => 18 + Math.Floor(60 * Stream.Uniform(r, 3));
        double Low(int r) => Math.Floor(100 * Stream.Uniform(r, 4));
        return new Table("people",
        [
            Coded("id", ColumnKind.Identifier, r => $"{(char)('A' + r % 26)}{(char)('A' + r / 26 % 26)}-{r * 7 % 100000:D5}",
                ColumnRole.Id),
            Coded("mail", ColumnKind.Text, r => Stream.Uniform(r, 5) < 0.2 ? null : $"person{r}@mail.example", ColumnRole.Feature,
                PersonalData.Email),
            Coded("city", ColumnKind.Category, r => cities[City(r)]),
            Coded("country", ColumnKind.Category, r => countries[City(r)]),
            Number("grade", r => Grade(r)),
            Coded("grade label", ColumnKind.Category, r => labels[Grade(r) - 1]),
            Coded("member", ColumnKind.Category, r => Stream.Uniform(r, 6) < (Age(r) > 50 ? 0.7 : 0.3) ? "yes" : "no"),
            Number("age", Age),
            Number("low", Low),
            Number("high", r => Low(r) + Math.Floor(50 * Stream.Uniform(r, 7))),
            Number("amount", r => Stream.Uniform(r, 8) < 0.1 ? double.NaN : 25 * Math.Floor(60 * Stream.Uniform(r, 9))),
            Number("a", r => r % 3 == 0 ? 1 : 0), Number("b", r => r % 3 == 1 ? 1 : 0), Number("c", r => r % 3 == 2 ? 1 : 0),
        ]);
    }

    private static NumericColumn Number(string name, Func<int, double> value) =>
        new(new ColumnSchema(name, ColumnKind.Integer), [.. Enumerable.Range(0, Rows).Select(value)]);

    private static CodedColumn Coded(string name, ColumnKind kind, Func<int, string?> value, ColumnRole role = ColumnRole.Feature,
        PersonalData personal = PersonalData.None) => CodedColumn.From(
            new ColumnSchema(name, kind) { Role = role, Personal = personal }, [.. Enumerable.Range(0, Rows).Select(value)]);
}
