using Simulant.Data;
using Simulant.Specs;
using Xunit;

namespace Simulant.Tests.Specs;

public sealed class ExpressionTests
{
    private static readonly double NaN = double.NaN;

    /// <summary>Five rows; the last is missing everywhere.</summary>
    internal static Table People()
    {
        static double Day(int y, int m, int d) => new DateOnly(y, m, d).DayNumber - new DateOnly(1970, 1, 1).DayNumber;
        return new Table("people",
        [
            new NumericColumn(new("age", ColumnKind.Integer), [17, 40, 65, 90, NaN]),
            new NumericColumn(new("pay", ColumnKind.Decimal), [0.1, 0.2, -3.5, double.PositiveInfinity, NaN]),
            new NumericColumn(new("capital-gain", ColumnKind.Integer), [0, 5, 5, 10, NaN]),
            new CodedColumn(new("sex", ColumnKind.Category), [0, 1, 0, 1, -1], ["F", "M"]),
            new CodedColumn(new("grade", ColumnKind.Category) { Ordered = true }, [0, 1, 2, 0, -1], ["low", "mid", "high"]),
            new CodedColumn(new("code", ColumnKind.Category), [0, 1, 2, 3, -1], ["1", "1.0", "02", "x"]),
            new CodedColumn(new("active", ColumnKind.Boolean), [1, 0, 1, 0, -1], ["false", "true"]),
            new CodedColumn(new("odd \"name`", ColumnKind.Text), [0, 1, 2, 3, -1], ["", "ab", "a%b", "naïve 😀"]),
            new NumericColumn(new("born", ColumnKind.Date),
                [Day(2007, 1, 1), Day(1984, 2, 29), Day(1959, 12, 31), Day(1934, 7, 15), NaN]),
            new NumericColumn(new("seen", ColumnKind.Timestamp),
                [0, 86_400e6 + 3_600e6, Day(2024, 1, 31) * 86_400e6 + 1, Day(1950, 1, 1) * 86_400e6, NaN]),
            new NumericColumn(new("at", ColumnKind.Time), [0, 3_600e6, 45_000e6, 86_399e6, NaN]),
        ]);
    }

    internal static Expression Parse(string text)
    {
        var faults = new DiagnosticBag();
        var expression = Expression.Parse(text, new SourcePosition("spec.yaml", 3, 10), faults);
        Assert.Empty(faults.All);
        return expression!;
    }

    private static string Truth(string text) =>
        string.Concat(Parse(text).Test(People()).Select(t => t switch { 1 => 'T', 0 => 'F', _ => '?' }));

    [Theory]
    [InlineData("age >= 40", "FTTT?")]
    [InlineData("age > 40 and sex = 'F'", "FFTF?")]
    [InlineData("age = 40 or sex == 'F'", "TTTF?")]
    [InlineData("not age < 40", "FTTT?")]
    [InlineData("!(age < 40) && true", "FTTT?")]
    [InlineData("age < 0 || false", "FFFF?")]
    [InlineData("age <> 40", "TFTT?")]
    [InlineData("age != '40'", "TFTT?")]
    [InlineData("18 <= age < 90", "FTTF?")]
    [InlineData("age between 40 and 65", "FTTF?")]
    [InlineData("age not between 40 and 65", "TFFT?")]
    [InlineData("age in (17, 90, 1)", "TFFT?")]
    [InlineData("sex not in ('F')", "FTFT?")]
    [InlineData("age is missing", "FFFFT")]
    [InlineData("sex is null", "FFFFT")]
    [InlineData("active is not missing", "TTTTF")]
    [InlineData("capital-gain = 5", "FTTF?")]
    [InlineData("capital-gain - 5 = 0", "FTTF?")]
    [InlineData("`capital-gain` + 1 > 5", "FTTT?")]
    [InlineData("\"capital-gain\" > 5", "FFFT?")]
    [InlineData("active", "TFTF?")]
    [InlineData("active = false", "FTFT?")]
    [InlineData("active + 1 = 2", "TFTF?")]
    [InlineData("grade > 'low'", "FTTF?")]
    [InlineData("'mid' >= grade", "TTFT?")]
    [InlineData("grade > 'none'", "?????")]
    [InlineData("sex < 'G'", "TFTF?")]
    [InlineData("code = 1", "TTFF?")]
    [InlineData("code != 2", "TTFT?")]
    [InlineData("number(code) >= 1", "TTT??")]
    [InlineData("sex = code", "FFFF?")]
    [InlineData("concat(sex, code) = 'F1'", "TFFF?")]
    [InlineData("`odd \"name``` like 'a%'", "FTTF?")]
    [InlineData("`odd \"name``` like 'a\\%_'", "FFTF?")]
    [InlineData("\"odd \"\"name`\" not like '%'", "FFFF?")]
    [InlineData("length(`odd \"name```) = 7", "FFFT?")]
    [InlineData("born < '1970-01-01'", "FFTT?")]
    [InlineData("born = '1984-2-29'", "FTFF?")]
    [InlineData("seen > '2024-01-31'", "FFTF?")]
    [InlineData("seen > '1970-01-01T00:00:00'", "FTTF?")]
    [InlineData("seen > born", "FFTT?")]
    [InlineData("at < '12:30'", "TTFF?")]
    [InlineData("year(born) = 1984 and month(born) = 2 and day(born) = 29", "FTFF?")]
    [InlineData("pay + 0.1 = 0.2", "TFFF?")]
    [InlineData("pay = 0.1", "TFFF?")]
    [InlineData("pay / 0 > 1", "TTFT?")]
    [InlineData("if(age > 50, sex = 'F', active)", "TFTF?")]
    [InlineData("age = 17 or missing", "T????")]
    [InlineData("1 < 2", "TTTTT")]
    [InlineData("coalesce(age, 0) = 0", "FFFFT")]
    [InlineData("max(age, capital-gain * 10) = 100", "FFFT?")]
    [InlineData("contains(sex, 'F')", "TFTF?")]
    [InlineData("-age < -50", "FFTT?")]
    [InlineData("- - 5 = 5 and 2 - -1 = 3 and 7 % 4 = 3 and -1 % 7 = 6", "TTTTT")]
    [InlineData("2 + 3 * 4 = 14 and (2 + 3) * 4 = 20 and 8 / 4 / 2 = 1", "TTTTT")]
    [InlineData("true or active and false", "TTTTT")]
    public void Conditions_follow_three_valued_logic(string text, string expected) => Assert.Equal(expected, Truth(text));

    [Theory]
    [InlineData("abs(-2.5)", 2.5)]
    [InlineData("sign(-3)", -1)]
    [InlineData("floor(-2.5)", -3)]
    [InlineData("ceil(-2.5)", -2)]
    [InlineData("trunc(-2.5)", -2)]
    [InlineData("sqrt(16)", 4)]
    [InlineData("exp(0)", 1)]
    [InlineData("log(exp(2))", 2)]
    [InlineData("log10(1000)", 3)]
    [InlineData("sin(0) + cos(0)", 1)]
    [InlineData("round(pi(), 2)", 3.14)]
    [InlineData("pow(2, 10)", 1024)]
    [InlineData("round(2.5)", 3)]
    [InlineData("round(-2.5)", -3)]
    [InlineData("round(1.005 + 0, 1)", 1)]
    [InlineData("clamp(7, 0, 5) + clamp(-7, 0, 5)", 5)]
    [InlineData("min(3, 1, 2) + max(3, 1, 2)", 4)]
    [InlineData("number('12.5')", 12.5)]
    [InlineData("length('naïve 😀')", 7)]
    [InlineData("weekday('2024-01-01')", 1)]
    [InlineData("weekday('2023-12-31')", 7)]
    [InlineData("day_of_year('2024-12-31')", 366)]
    [InlineData("hour('2024-01-01T13:45:59')", 13)]
    [InlineData("minute('2024-01-01T13:45:59')", 45)]
    [InlineData("second('2024-01-01T13:45:59')", 59)]
    [InlineData("hour('1969-12-31T23:00:00')", 23)]
    [InlineData("days_between('2024-02-28', '2024-03-01')", 2)]
    [InlineData("seconds_between('2024-01-01', '2024-01-01T00:01')", 60)]
    [InlineData("date('2024-03-01') - date('2024-02-28')", 2)]
    [InlineData("timestamp('2024-03-01') - timestamp('2024-02-28')", 172800)]
    [InlineData("day(add_months('2024-01-31', 1))", 29)]
    [InlineData("year(add_months('2024-01-31', -1))", 2023)]
    [InlineData("month(add_days('2024-01-31', 1))", 2)]
    [InlineData("month(date('2024-01-31') + 1)", 2)]
    [InlineData("minute(timestamp('2024-01-31') + 90)", 1)]
    [InlineData("1e3 + .5 + 1.", 1001.5)]
    [InlineData("sqrt(-1)", double.NaN)]
    [InlineData("1 / 0", double.PositiveInfinity)]
    [InlineData("year(add_months('9999-12-31', 1))", double.NaN)]
    public void Functions_give_the_values_of_the_guide(string text, double expected)
    {
        var column = Assert.IsType<NumericColumn>(Parse(text).Evaluate(People(), "x"));
        Assert.All(column.Values.ToArray(), v => Assert.Equal(expected, v, 1e-12));
    }

    [Theory]
    [InlineData("lower(sex)", "f,m,f,m,-")]
    [InlineData("upper('naïve')", "NAÏVE,NAÏVE,NAÏVE,NAÏVE,NAÏVE")]
    [InlineData("trim(concat(' ', sex, ' '))", "F,M,F,M,-")]
    [InlineData("concat(sex, '-', age, '/', born)", "F-17/2007-01-01,M-40/1984-02-29,F-65/1959-12-31,M-90/1934-07-15,-")]
    [InlineData("concat(seen, ' ', at)",
        "1970-01-01T00:00:00 00:00:00,1970-01-02T01:00:00 01:00:00,2024-01-31T00:00:00.000001 12:30:00,1950-01-01T00:00:00 "
            + "23:59:59,-")]
    [InlineData("substring(grade, 2)", "ow,id,igh,ow,-")]
    [InlineData("substring('naïve 😀x', 7, 1)", "😀,😀,😀,😀,😀")]
    [InlineData("substring(grade, 9, 2)", ",,,,-")]
    [InlineData("if(age < 50, sex, grade)", "F,M,high,low,-")]
    [InlineData("if(sex = 'F', 'x', missing)", "x,-,x,-,-")]
    [InlineData("coalesce(sex, 'unknown')", "F,M,F,M,unknown")]
    [InlineData("text(active)", "true,false,true,false,-")]
    [InlineData("text(pay)", "0.1,0.2,-3.5,Infinity,-")]
    [InlineData("age > 50", "false,false,true,true,-")]
    [InlineData("starts_with(grade, 'lo') or ends_with(grade, 'gh')", "true,false,true,true,-")]
    public void Text_comes_back_coded(string text, string expected)
    {
        var column = Assert.IsType<CodedColumn>(Parse(text).Evaluate(People(), "x"));
        Assert.Equal(expected, string.Join(',', Enumerable.Range(0, column.Count).Select(i => column[i] ?? "-")));
        Assert.Equal(column.Levels.Count, column.Levels.Distinct().Count());
    }

    [Theory]
    [InlineData("age + 1", ColumnKind.Integer)]
    [InlineData("age / 2", ColumnKind.Decimal)]
    [InlineData("round(pay)", ColumnKind.Integer)]
    [InlineData("born", ColumnKind.Date)]
    [InlineData("born + 1", ColumnKind.Date)]
    [InlineData("max(born, '1950-01-01')", ColumnKind.Date)]
    [InlineData("max(born, seen)", ColumnKind.Timestamp)]
    [InlineData("if(active, seen, missing)", ColumnKind.Timestamp)]
    [InlineData("at", ColumnKind.Time)]
    [InlineData("active and true", ColumnKind.Boolean)]
    [InlineData("sex", ColumnKind.Category)]
    [InlineData("missing", ColumnKind.Decimal)]
    public void The_result_has_the_kind_of_its_expression(string text, ColumnKind kind)
    {
        var column = Parse(text).Evaluate(People(), "result");
        Assert.Equal(("result", kind, 5), (column.Name, column.Schema.Kind, column.Count));
    }

    [Fact]
    public void Zero_rows_evaluate_to_zero_rows()
    {
        var none = People().Slice(0, 0);
        foreach (string text in new[] { "age > 1", "1 < 2", "concat(sex, 'a') = 'b'", "grade > 'low'", "if(active, 1, 2) = 1" })
            Assert.Empty(Parse(text).Test(none));
        Assert.Equal(0, Parse("concat(sex, age)").Evaluate(none, "x").Count);
        Assert.Equal(0, Parse("'a'").Evaluate(none, "x").Count);
    }

    [Theory]
    [InlineData("age > 5 and sex = 'F'", "age:(5..∞) sex:{F}")]
    [InlineData("5 < age and age <= 10 and age < 10", "age:(5..10)")]
    [InlineData("17 <= age <= 90", "age:[17..90]")]
    [InlineData("age between 1 and 2 and age in (1, 2, 3)", "age:{1,2,3}[1..2]")]
    [InlineData("sex in ('F', 'M') and sex = 'M'", "sex:{M}")]
    [InlineData("sex = 'F' and sex = 'M'", "sex:{}")]
    [InlineData("age = 5", "age:{5}[5..5]")]
    [InlineData("active and not married", "active:{true} married:{false}")]
    [InlineData("age > 5 or sex = 'F'", "")]
    [InlineData("age + 1 > 5 and age != 3 and sex not in ('F')", "")]
    [InlineData("born >= '1970-01-02'", "")]
    public void Bounds_state_what_a_conjunction_fixes(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Parse(text).Bounds.Select(Show)));

    [Theory]
    [InlineData("born >= '1970-01-03' and seen < '1970-01-02'", "born:[2..∞) seen:(-∞..86400000000)")]
    [InlineData("at > '01:00'", "at:(3600000000..∞)")]
    [InlineData("age >= '18'", "age:[18..∞)")]
    public void Bounds_on_a_schema_know_the_units(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Parse(text).BoundsOn(People().Schema).Select(Show)));

    private static string Show(ColumnBound bound)
    {
        string levels = bound.Levels is null ? "" : $"{{{string.Join(',', bound.Levels)}}}";
        if (double.IsInfinity(bound.Low) && double.IsInfinity(bound.High)) return $"{bound.Column}:{levels}";
        string low = double.IsInfinity(bound.Low) ? "(-∞" : (bound.LowOpen ? "(" : "[") + bound.Low;
        string high = double.IsInfinity(bound.High) ? "∞)" : bound.High + (bound.HighOpen ? ")" : "]");
        return $"{bound.Column}:{levels}{low}..{high}";
    }

    [Fact]
    public void Columns_are_listed_once_in_order_of_use() =>
        Assert.Equal(["b", "a", "c-d", "e"], Parse("b > a and if(a = b, `c-d`, e) in (b, a)").Columns);

    [Theory]
    [InlineData("age", "age")]
    [InlineData("capital-gain", "capital-gain")]
    [InlineData("in", "`in`")]
    [InlineData("two words", "`two words`")]
    [InlineData("tick`", "`tick```")]
    [InlineData("9th", "`9th`")]
    [InlineData("a-", "`a-`")]
    [InlineData("", "``")]
    public void Quote_writes_a_name_that_reads_back(string name, string expected)
    {
        Assert.Equal(expected, Expression.Quote(name));
        if (name.Length > 0) Assert.Equal([name], Parse(Expression.Quote(name) + " = 1").Columns);
    }
}
