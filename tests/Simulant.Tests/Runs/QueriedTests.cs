using Npgsql;
using Simulant.Data;
using Simulant.Provenance;
using Simulant.Runs;
using Simulant.Tests.Data;
using Xunit;

namespace Simulant.Tests.Runs;

/// <summary>The corridor over a query of a real server.</summary>
[Collection(PostgresCollection.Name)]
public sealed class QueriedTests(PostgresServer server) : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _variable = "SIMULANT_TEST_MAKE_PG_" + Environment.ProcessId;

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(_variable, null);
        _folder.Dispose();
    }

    /// <summary>A spec over a table of its own, and the server's address in the environment.</summary>
    private string Spec(string table, string more = "")
    {
        Assert.SkipWhen(server.WhyNot is not null, server.WhyNot ?? "");
        Environment.SetEnvironmentVariable(_variable, server.Connection);
        Execute($"""
            CREATE TABLE {table} AS SELECT i AS n, i % 7 + 0.25 AS price, CASE WHEN i % 7 < 3 THEN 'low' ELSE 'high' END AS grade,
            CASE WHEN i % 5 > 0 THEN date '2020-01-01' + i % 90 END AS day FROM generate_series(1, 300) i
            """);
        return _folder.Write("spec.yaml", $$"""
            simulant: 1
            name: {{table}}
            source: { postgres: env:{{_variable}}, query: "SELECT price, grade, day FROM {{table}} ORDER BY n", target: grade }
            split: { holdout: 0.25, seed: 3 }
            validate: { only: [fidelity.shapes, fidelity.trends] }
            output: csv
            seed: 7
            {{more}}
            """);
    }

    private void Execute(string sql)
    {
        using var opened = new NpgsqlConnection(server.Connection);
        opened.Open();
        using var command = new NpgsqlCommand(sql, opened);
        command.ExecuteNonQuery();
    }

    [Fact]
    public void A_query_is_learned_from_and_the_figures_are_measured_again_where_that_is_asked_for()
    {
        string spec = Spec("orders"), made = _folder["out"];
        var run = TestBench.Run("make", spec, "-o", made);
        Assert.True(run.Code == 0, run.Error);
        var content = Manifest.Load(made).Content;
        Assert.Equal(("train", "query", 225, 75), (content.Inputs[0].Role, content.Inputs[0].Name, content.TrainingRows,
            content.HoldoutRows));
        Assert.Equal([ColumnKind.Decimal, ColumnKind.Category, ColumnKind.Date], content.Schema.Columns.Select(c => c.Kind));
        Assert.Contains("is finished", TestBench.Run("make", spec, "-o", made).Out, StringComparison.Ordinal);

        var quiet = TestBench.Run("verify", made);
        Assert.Equal(0, quiet.Code);
        Assert.Contains("not checked: the figures: the training rows came from a query; add --query", quiet.Out, StringComparison.Ordinal);
        var whole = TestBench.Run("verify", made, "--query");
        Assert.True(whole.Code == 0, whole.Out + whole.Error);
        Assert.Contains("2 figures come out equal when measured again", whole.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("not checked", whole.Out, StringComparison.Ordinal);
        string all = run.Out + run.Error + string.Concat(TempFolder.Contents(made).Select(f => f.Name));
        Assert.DoesNotContain("Host=", all + File.ReadAllText(_folder["out/manifest.json"]), StringComparison.Ordinal);

        Execute("UPDATE orders SET price = price + 1 WHERE n = 17");
        var changed = TestBench.Run("verify", made, "--query");
        Assert.Equal(0, changed.Code);
        Assert.Contains("not checked: the figures: the query gives other rows now", changed.Out, StringComparison.Ordinal);
        var again = TestBench.Run("make", spec, "-o", made);
        Assert.Equal(2, again.Code);
        Assert.Contains("the input 'query' has changed since", again.Error, StringComparison.Ordinal);

        Environment.SetEnvironmentVariable(_variable, null);
        var gone = TestBench.Run("verify", made, "--query");
        Assert.Equal(0, gone.Code);
        Assert.Contains("not checked: the figures: the query cannot be run again", gone.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_query_that_gives_other_rows_is_not_resumed_and_one_at_fault_leaves_nothing()
    {
        string spec = Spec("visits", "rows: 250");
        var request = new MakeRequest(spec) { Output = _folder["out"] };
        Assert.ThrowsAny<IOException>(() => TestBench.Make(TestBench.Corridor(new FaultyFiles(30, true)), request));
        Assert.True(Directory.Exists(_folder["out.partial"]));
        Execute("DELETE FROM visits WHERE n = 9");
        var resumed = TestBench.Run("make", spec, "-o", _folder["out"], "--resume");
        Assert.Equal(2, resumed.Code);
        Assert.Contains("the input 'query' has changed since", resumed.Error, StringComparison.Ordinal);

        Execute("DROP TABLE visits");
        var broken = TestBench.Run("make", spec, "-o", _folder["other"]);
        Assert.Equal(3, broken.Code);
        Assert.Contains("visits", broken.Error, StringComparison.Ordinal);
        Assert.False(Path.Exists(_folder["other"]) || Path.Exists(_folder["other.partial"]));
    }
}
