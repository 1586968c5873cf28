using Simulant.Specs;
using Xunit;

namespace Simulant.Tests.Specs;

/// <summary>Every fault of the expression language: its code, its place, its advice.</summary>
public sealed class ExpressionFaultTests
{
    [Theory]
    [InlineData("age > #", "SIM020", 16, "unexpected character '#'")]
    [InlineData("sex = 'F", "SIM020", 16, "never closed")]
    [InlineData("`age > 1", "SIM020", 10, "never closed")]
    [InlineData("sex = “F”", "SIM020", 16, "straight single quotes")]
    [InlineData("age ** 2", "SIM020", 14, "pow(a, b)")]
    [InlineData("age & 2", "SIM020", 14, "write 'and'")]
    [InlineData("2x > 1", "SIM020", 10, "backticks")]
    [InlineData("age > 1e999", "SIM020", 16, "too large")]
    [InlineData("", "SIM021", 10, "empty")]
    [InlineData("age >", "SIM021", 15, "found the end")]
    [InlineData("(age > 1", "SIM021", 18, "expected ')'")]
    [InlineData("age > 1)", "SIM021", 17, "closes nothing")]
    [InlineData("age => 1", "SIM021", 15, "'=>' is not an operator")]
    [InlineData("age > 1 sex", "SIM021", 18, "expected an operator")]
    [InlineData("age in ()", "SIM021", 18, "empty")]
    [InlineData("age in 1", "SIM021", 17, "expected '('")]
    [InlineData("age between 1", "SIM021", 23, "expected 'and'")]
    [InlineData("sex like F", "SIM021", 19, "pattern in single quotes")]
    [InlineData("age is 5", "SIM021", 17, "expected 'missing'")]
    public void Syntax(string text, string code, int column, string part)
    {
        var faults = new DiagnosticBag();
        Assert.Null(Expression.Parse(text, new SourcePosition("spec.yaml", 3, 10), faults));
        var fault = Assert.Single(faults.All);
        Assert.Equal((code, new SourcePosition("spec.yaml", 3, column)), (fault.Code, fault.At));
        Assert.Contains(part, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("agee > 1", "SIM014", 10, "unknown column 'agee'; did you mean 'age'?")]
    [InlineData("age-pay > 1", "SIM014", 10, "put spaces around the sign: age - pay")]
    [InlineData("sex = \"Female person\"", "SIM014", 16, "single quotes")]
    [InlineData("zzzzzzzz = 1", "SIM014", 10, "the table has age, pay")]
    [InlineData("flor(age) = 1", "SIM023", 10, "did you mean 'floor'?")]
    [InlineData("floor(age, 1) = 1", "SIM024", 10, "write floor(number)")]
    [InlineData("pow(age) = 1", "SIM024", 10, "given 1 argument;")]
    [InlineData("round(age, 99) = 1", "SIM024", 21, "0 to 15")]
    [InlineData("substring(sex, 0) = 'F'", "SIM024", 25, "from 1")]
    [InlineData("sex + 1 = 2", "SIM025", 10, "convert it with number(…)")]
    [InlineData("age and active", "SIM025", 10, "compare it")]
    [InlineData("age = missing", "SIM025", 14, "is missing")]
    [InlineData("age > 'old'", "SIM025", 16, "write a number")]
    [InlineData("born > 'yesterday'", "SIM025", 17, "2024-01-31")]
    [InlineData("at > '25:00'", "SIM025", 15, "23:59:00")]
    [InlineData("seen > 'x'", "SIM025", 17, "2024-01-31T23:59:00")]
    [InlineData("active = 'maybe'", "SIM025", 19, "true or false")]
    [InlineData("active > false", "SIM025", 17, "no order")]
    [InlineData("active > 'false'", "SIM025", 19, "no order")]
    [InlineData("sex > 5", "SIM025", 14, "number(…) or text(…)")]
    [InlineData("born > 5", "SIM025", 15, "cannot be compared")]
    [InlineData("born + born = 1", "SIM025", 15, "cannot be added")]
    [InlineData("born - at = 1", "SIM025", 15, "cannot be taken")]
    [InlineData("age like 'a%'", "SIM025", 10, "text(…)")]
    [InlineData("min(sex, 'a') = 'a'", "SIM025", 10, "found text")]
    [InlineData("if(active, 1, sex) = 1", "SIM025", 10, "different kinds")]
    [InlineData("if(active, 1, 'a') = 1", "SIM025", 24, "expected a number")]
    [InlineData("lower(age) = 'a'", "SIM025", 16, "expects text")]
    [InlineData("year(age) = 1", "SIM025", 15, "expects a date")]
    [InlineData("year('soon') = 1", "SIM025", 15, "2024-01-31")]
    [InlineData("contains(sex, sex)", "SIM025", 24, "text in single quotes")]
    [InlineData("max(born, 'soon') = born", "SIM025", 20, "expected a date")]
    [InlineData("age + 1", "SIM025", 14, "expected a condition")]
    public void Names_and_kinds(string text, string code, int column, string part)
    {
        var faults = new DiagnosticBag();
        Assert.False(ExpressionTests.Parse(text).CheckCondition(ExpressionTests.People().Schema, faults));
        var fault = Assert.Single(faults.All);
        Assert.Equal((code, new SourcePosition("spec.yaml", 3, column)), (fault.Code, fault.At));
        Assert.Contains(part, fault.Message, StringComparison.Ordinal);
        Assert.Throws<SpecException>(() => ExpressionTests.Parse(text).Test(ExpressionTests.People()));
    }

    [Fact]
    public void All_faults_of_one_expression_are_found_together()
    {
        var faults = new DiagnosticBag();
        Assert.False(ExpressionTests.Parse("agee > 1 and sex + 1 = 2 and flor(pai) = 1").Check(ExpressionTests.People().Schema,
            faults));
        Assert.Equal(["SIM014", "SIM025", "SIM014", "SIM023"], faults.All.Select(f => f.Code));
    }

    [Theory]
    [InlineData(101)]
    [InlineData(5000)]
    public void Deep_nesting_is_refused(int depth)
    {
        foreach (string text in new[]
        {
            new string('(', depth) + "1" + new string(')', depth) + " = 1",
            string.Concat(Enumerable.Repeat("not ", Math.Min(depth, 4000))) + "true",
            new string('-', depth) + "1 = 1",
            string.Concat(Enumerable.Repeat("abs(", Math.Min(depth, 2000))) + "1",
        })
        {
            var faults = new DiagnosticBag();
            Assert.Null(Expression.Parse(text, default, faults));
            Assert.Equal("SIM022", Assert.Single(faults.All).Code);
        }
    }

    [Fact]
    public void Long_texts_and_long_chains_are_refused()
    {
        foreach (string text in new[]
        {
            new string(' ', Expression.MaxLength) + "1",
            string.Concat(Enumerable.Repeat("1+", 2000)) + "1 = 1",
        })
        {
            var faults = new DiagnosticBag();
            Assert.Null(Expression.Parse(text, default, faults));
            Assert.Equal("SIM022", Assert.Single(faults.All).Code);
        }
        Assert.NotNull(ExpressionTests.Parse(string.Join(" or ", Enumerable.Range(0, 1500).Select(i => $"a={i}"))));
    }

    [Fact]
    public void Positions_follow_the_lines_of_the_text()
    {
        var faults = new DiagnosticBag();
        Assert.Null(Expression.Parse("age > 1\nand (", new SourcePosition("s.yaml", 7, 5), faults));
        Assert.Equal(new SourcePosition("s.yaml", 8, 10), Assert.Single(faults.All).At);
        faults = new DiagnosticBag();
        Assert.Null(Expression.Parse("age >", new SourcePosition("--where", 0, 0), faults));
        Assert.Equal("--where:1:6", Assert.Single(faults.All).At.ToString());
    }
}
