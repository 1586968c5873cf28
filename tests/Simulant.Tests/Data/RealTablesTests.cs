using Simulant.Data;
using Xunit;

namespace Simulant.Tests.Data;

/// <summary>What inference must say of tables that people know.</summary>
public sealed class RealTablesTests
{
    private static string Kinds(InferredTable table) => string.Join(" ", table.Columns.Select(c => c.Kind switch
    {
        ColumnKind.Integer => "i",
        ColumnKind.Decimal => $"d{table.Table[c.Column].Schema.Decimals}",
        ColumnKind.Boolean => "b",
        ColumnKind.Category => c.Ordered ? "o" : "c",
        ColumnKind.Identifier => c.Role == ColumnRole.Entity ? "entity" : "id",
        ColumnKind.Text => "text",
        ColumnKind.Date => "date",
        ColumnKind.Time => "time",
        _ => "ts",
    }));

    [Theory]
    [InlineData("adult_train.csv", 32561, "i c i c i c c c c c i i i c c")]
    [InlineData("adult_test.csv", 16281, "i c i c i c c c c c i i i c c")]
    [InlineData("bank.csv", 41188, "i c c c c c c c o o i i i i c d1 d3 d1 d3 d1 c")]
    [InlineData("california.csv", 20640, "d2 d2 i i i i i d4 i c")]
    [InlineData("credit_g.csv", 1000, "c i c c i c c i c c i c i c c i c i c c c")]
    [InlineData("insurance.csv", 1338, "i c d3 i c c d6")]
    [InlineData("penguins.csv", 344, "c c d1 d1 i i c i")]
    [InlineData("telco_churn.csv", 7043, "id c i c c i c c c c c c c c c c c c d2 d2 c")]
    [InlineData("titanic.csv", 891, "i i c d2 i i d4 c o c b c c c b")]
    [InlineData("sd2011.csv", 5000, "c i o c c c c c i i c i i i i o i c c c c i c i c c c i c c c c i i d-1")]
    public void Kinds_are_those_a_person_would_say(string file, int rows, string kinds)
    {
        var table = TableReader.Read(SharedData.Tabular(file));
        Assert.Equal(rows, table.Table.RowCount);
        Assert.Equal(kinds, Kinds(table));
        Assert.DoesNotContain(table.Columns, c => c.Personal != PersonalData.None);
    }

    [Fact]
    public void Adult_is_understood()
    {
        var table = TableReader.Read(SharedData.Tabular("adult_train.csv"));
        Assert.Equal([new Determination("education", "education-num", true)], table.Findings.Determinations);
        Assert.Equal(["?"], table["workclass"].MissingTexts);
        Assert.Equal("?", table.Table["workclass"].Schema.MissingText);
        Assert.Equal(1836, table["workclass"].Missing);
        var mass = table["capital-gain"].PointMasses[0];
        Assert.Equal("0", mass.Value);
        Assert.Equal(29849 / 32561.0, mass.Share, 12);
        Assert.Equal(["99999"], table["capital-gain"].SuspectedMissing);
        Assert.Equal(["<=50K", ">50K"], ((CodedColumn)table.Table["income"]).Levels);
        Assert.Empty(table.Findings.RepeatedIdentifiers);
    }

    [Fact]
    public void Bank_is_read_by_semicolons_and_its_calendar_is_ordered()
    {
        var table = TableReader.Read(SharedData.Tabular("bank.csv"));
        Assert.Equal(";", table.Findings.Source.Delimiter);
        Assert.Equal(["mon", "tue", "wed", "thu", "fri"], ((CodedColumn)table.Table["day_of_week"]).Levels);
        Assert.Equal("mar", ((CodedColumn)table.Table["month"]).Levels[0]);
        Assert.Equal(["999"], table["pdays"].SuspectedMissing);
        Assert.Equal(0, table["pdays"].Missing);
        Assert.Contains(table.Findings.Determinations, d => d is { Left: "nr.employed", Right: "emp.var.rate", Both: false });
    }

    [Fact]
    public void Telco_has_an_identifier_and_eleven_blanks()
    {
        var table = TableReader.Read(SharedData.Tabular("telco_churn.csv"));
        Assert.Equal(ColumnRole.Id, table["customerID"].Role);
        Assert.Equal(11, table["TotalCharges"].Missing);
        Assert.Equal(" ", table.Table["TotalCharges"].Schema.MissingText);
    }

    [Fact]
    public void Titanic_has_derived_columns_and_keeps_how_it_is_written()
    {
        var table = TableReader.Read(SharedData.Tabular("titanic.csv"));
        Assert.Contains(new Determination("survived", "alive", true), table.Findings.Determinations);
        Assert.Contains(new Determination("pclass", "class", true), table.Findings.Determinations);
        Assert.Contains(new Determination("embarked", "embark_town", true), table.Findings.Determinations);
        Assert.Contains(new Determination("who", "adult_male", false), table.Findings.Determinations);
        Assert.Equal("True", ValueText.Format(table.Table["adult_male"], 0));
        Assert.Equal("22.0", ValueText.Format(table.Table["age"], 0));
        Assert.Equal(177, table["age"].Missing);
    }

    [Fact]
    public void Survey_codes_are_suspected_and_scales_ordered()
    {
        var table = TableReader.Read(SharedData.Tabular("sd2011.csv"));
        Assert.Equal(["-8"], table["nociga"].SuspectedMissing);
        Assert.Equal(["TERRIBLE", "UNHAPPY", "MOSTLY DISSATISFIED", "MIXED", "MOSTLY SATISFIED", "PLEASED", "DELIGHTED"],
            ((CodedColumn)table.Table["ls"]).Levels);
        Assert.Equal("16-24", ((CodedColumn)table.Table["agegr"]).Levels[0]);
    }

    [Theory]
    [InlineData("adult_train.csv")]
    [InlineData("bank.csv")]
    [InlineData("titanic.csv")]
    [InlineData("california.csv")]
    public void Values_are_written_back_as_they_stood(string file)
    {
        string path = SharedData.Tabular(file);
        var table = TableReader.Read(path);
        char delimiter = table.Findings.Source.Delimiter![0];
        string[] lines = File.ReadAllLines(path);
        for (int row = 0; row < table.Table.RowCount; row += 7)
        {
            string again = string.Join(delimiter, table.Table.Columns.Select(c => ValueText.Format(c, row)));
            Assert.Equal(lines[row + 1].Replace("\"", "", StringComparison.Ordinal), again);
        }
    }

    [Fact]
    public void The_test_part_reads_under_the_training_schema()
    {
        var train = TableReader.Read(SharedData.Tabular("adult_train.csv")).Table;
        var test = TableReader.ReadAs(SharedData.Tabular("adult_test.csv"), train);
        Assert.Equal(16281, test.RowCount);
        Assert.Equal(train.Schema.Columns, test.Schema.Columns);
        foreach (var column in train.Columns.OfType<CodedColumn>())
            Assert.Equal(column.Levels, ((CodedColumn)test[column.Name]).Levels.Take(column.Levels.Count));
        var alone = TableReader.ReadAs(SharedData.Tabular("adult_test.csv"), train.Schema);
        for (int row = 0; row < test.RowCount; row += 11)
            foreach (var column in test.Columns) Assert.Equal(ValueText.Format(column, row), ValueText.Format(alone[column.Name], row));
    }
}
