using Simulant.Bench.Speed;
using Simulant.Data;
using Simulant.Tests.Data;
using Simulant.Text.Filters;
using Simulant.Text.Filters.Facts;
using Xunit;

namespace Simulant.Tests.Text.Filters.Facts;

public class FactCheckerTests
{
    private static KnowledgeBase Countries()
    {
        var facts = new KnowledgeBase();
        facts.Add("France", "capital", "Paris");
        facts.Add("Germany", "capital", "Berlin");
        facts.Add("the Netherlands", "capital", "Amsterdam");
        facts.Add("France", "population", "68042591");
        facts.Add("Germany", "population", "83294633");
        facts.Add("France", "official_language", "French");
        facts.Add("Switzerland", "official_language", "German");
        facts.Add("Switzerland", "official_language", "French");
        facts.Add("Isle of Man", "MeanTemperature", "-0.5");
        facts.Add("Germany", "alias", "Federal Republic of Germany");
        facts.Add("population", "alias", "number of inhabitants");
        return facts;
    }

    [Theory]
    [InlineData("The capital of France is Paris.", FactVerdict.True)]
    [InlineData("the CAPITAL of france is Berlin", FactVerdict.False)]
    [InlineData("The capital of France is Lyon.", FactVerdict.Unknown)] // may be wrong, may be another name
    [InlineData("The capital of France is not Berlin.", FactVerdict.True)]
    [InlineData("The capital of France is not Paris.", FactVerdict.False)]
    [InlineData("France's capital is Paris, on the Seine.", FactVerdict.True)]
    [InlineData("As far as I know, the capital of the Netherlands is Amsterdam.", FactVerdict.True)]
    [InlineData("Netherlands's capital is Paris", FactVerdict.False)]
    [InlineData("The official language of Switzerland is French", FactVerdict.True)]
    [InlineData("The population of France is 68,042,591.", FactVerdict.True)]
    [InlineData("The population of France is 68,042,592.", FactVerdict.False)]
    [InlineData("The population of France is about 68 million.", FactVerdict.True)]
    [InlineData("The population of France is 68.0 million.", FactVerdict.True)]
    [InlineData("The population of France is 68.2 million.", FactVerdict.False)]
    [InlineData("The population of France is about 70,000,000 people", FactVerdict.True)]
    [InlineData("The population of France is 70,000,000 people", FactVerdict.False)]
    [InlineData("Federal Republic of Germany has a number of inhabitants of 83 million", FactVerdict.True)]
    [InlineData("The mean temperature of the Isle of Man is -0.5", FactVerdict.True)]
    [InlineData("The mean temperature of Isle of Man is 0.5", FactVerdict.False)]
    public void Statements_are_judged(string text, FactVerdict verdict) =>
        Assert.Equal(verdict, new FactChecker(Countries()).Claims(text).Single().Verdict);

    [Theory]
    [InlineData("The capital of Spain is Berlin.")]
    [InlineData("The anthem of France is the Marseillaise.")]
    [InlineData("The capital of Switzerland is Berlin.")] // nothing is known of it
    [InlineData("Paris, not Berlin; France.")]
    [InlineData("The capital of France is")]
    [InlineData("The capital of France is not")]
    [InlineData("")]
    [InlineData("\0\uD800 the capital of")]
    public void What_is_not_known_or_not_said_is_passed_over(string text) => Assert.Empty(new FactChecker(Countries()).Claims(text));

    [Fact]
    public void Several_statements_of_one_text_are_all_seen()
    {
        var claims = new FactChecker(Countries()).Claims("The capital of France is Paris. The population of Germany is 83 million!\n"
            + "The capital of Germany is Paris").ToList();
        Assert.Equal([FactVerdict.True, FactVerdict.True, FactVerdict.False], claims.Select(c => c.Verdict));
        Assert.Equal(new FactClaim(FactVerdict.False, "the capital of Germany", "Paris", "Berlin"), claims[2]);
        TextItem[] items = [new("Tell me about Germany.", null, "The capital of Germany is Paris.")];
        var outcome = FilterChain.Run(() => [items], [new FactFilter(new FactChecker(Countries()))], RunContext.Quiet(1));
        Assert.Equal(new Finding("false-fact", "the capital of Germany is said to be Paris, and is Berlin"), outcome.Removed[0]);
    }

    [Fact]
    public void Tables_are_read_as_triples_or_row_by_row()
    {
        static Table Read(string csv)
        {
            using var folder = new TempFolder();
            return TableReader.Read(folder.Write("t.csv", csv)).Table;
        }
        var triples = KnowledgeBase.Of(Read("subject,relation,object\nx,size,3\nx,colour,red\ny,alias,x\n"));
        var rows = KnowledgeBase.Of(Read("name,size,colour\nx,3,red\nz,,blue\n"));
        Assert.Equal((2, 3), (triples.Count, rows.Count));
        Assert.Equal(("x", "colour", "red"), triples.At(1));
        Assert.Equal(("z", "colour", "blue"), rows.At(2));
        Assert.Equal(1, KnowledgeBase.Of(Read("size,name\n3,x\n"), "name").Count);
        Assert.Throws<ArgumentException>(() => KnowledgeBase.Of(Read("a,b\n1,2\n"), "c"));
        Assert.Throws<ArgumentException>(() => KnowledgeBase.Of(Read("a\n1\n")));
        Assert.Throws<ArgumentException>(() => new FactChecker(rows, ["{subject} is {object}"]));
        Assert.Throws<ArgumentException>(() => new FactChecker(rows, ["{object} is the {relation} of {subject}"]));
    }

    /// <summary>
    /// Statements of customers of the public Telco table in everyday forms, half of them with the value of another customer. Those that are
    /// true are said in other forms than they are stored in: rounded, with currency and separators, in other case.
    /// </summary>
    [Fact]
    public void Planted_false_statements_are_caught_and_true_ones_are_not()
    {
        var (caught, planted, alarms, trues) = PlantedFacts.Measure(SharedData.Tabular("telco_churn.csv"), 6000);
        Assert.InRange(planted, 2000, 3000);
        Assert.InRange((double)caught / planted, 0.95, 1);
        Assert.InRange((double)alarms / trues, 0, 0.05);
    }
}
