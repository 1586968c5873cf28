using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Simulant.Data;
using Xunit;

namespace Simulant.Tests.Data;

/// <summary>A throw-away PostgreSQL cluster on a loopback port, where the server's programs are installed.</summary>
public sealed class PostgresServer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("simulant-pg-").FullName;
    private readonly string? _programs;
    private readonly bool _asRoot = Environment.UserName == "root";

    public PostgresServer()
    {
        _programs = new[] { "/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt/postgresql" }
            .Where(Directory.Exists).SelectMany(d => Directory.EnumerateDirectories(d).Append(d)).Select(d => Path.Combine(d, "bin"))
            .Where(d => File.Exists(Path.Combine(d, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault();
        if (_programs is null)
        {
            WhyNot = "no PostgreSQL server programs (initdb) are installed";
            return;
        }
        int port = FreePort();
        string data = Path.Combine(_folder, "data");
        // The server refuses to run as root; Debian's package makes the user postgres.
        if (_asRoot) Run("chown", "postgres", _folder);
        if (!Server("initdb", $"-D {data} -A trust -U tester --no-sync -E UTF8 --locale=C")
            || !Server("pg_ctl", $"-D {data} -w -t 60 -l {_folder}/log -o \"-p {port} "
                + $"-c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c fsync=off\" start"))
        {
            WhyNot = "the PostgreSQL server did not start: " + _said;
            return;
        }
        Connection = $"Host=127.0.0.1;Port={port};Username=tester;Database=postgres";
    }

    private string _said = "";

    public string Connection { get; } = "";

    public string? WhyNot { get; }

    public void Dispose()
    {
        if (Connection.Length > 0) Server("pg_ctl", $"-D {Path.Combine(_folder, "data")} -w -m immediate stop");
        Directory.Delete(_folder, recursive: true);
    }

    private bool Server(string program, string arguments)
    {
        string command = $"{Path.Combine(_programs!, program)} {arguments}";
        return _asRoot ? Run("runuser", "-u", "postgres", "--", "sh", "-c", command) : Run("sh", "-c", command);
    }

    private bool Run(string program, params string[] arguments)
    {
        // Output goes to a file: the started server inherits the handles, and reading a pipe would wait for its end.
        string log = Path.Combine(Path.GetTempPath(), $"simulant-pg-{Environment.ProcessId}.txt");
        var start = new ProcessStartInfo("sh") { WorkingDirectory = "/" };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"\"$0\" \"$@\" > {log} 2>&1");
        start.ArgumentList.Add(program);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        _said = File.ReadAllText(log).ReplaceLineEndings(" ");
        File.Delete(log);
        return process.ExitCode == 0;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>One server for all who need one.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>
{
    public const string Name = "postgres";
}

[Collection(PostgresCollection.Name)]
public sealed class PostgresReaderTests(PostgresServer server)
{
    private const string Everything =
        """
        SELECT i AS n, i::numeric(10,2) / 4 AS price, i * 0.1::double precision AS f, 9007199254740993 + i AS big, (i % 3 = 0) AS flag,
               date '1969-12-30' + i AS day, timestamp '2001-02-03 04:05:06.789' + i * interval '1 hour' AS ts,
               timestamptz '2001-02-03 04:05:06+02' AS tz, time '23:59:59.5' AS clock,
               lpad(i::text, 3, '0') AS code, CASE WHEN i % 5 = 0 THEN NULL ELSE E'x,"y"\n' || chr(233) || (i % 4) END AS txt,
               (i % 4)::text AS digits
        FROM generate_series(0, 99) AS i ORDER BY i
        """;

    private string Connection()
    {
        Assert.SkipWhen(server.WhyNot is not null, server.WhyNot ?? "");
        return server.Connection;
    }

    [Fact]
    public void Types_values_and_missing_come_through()
    {
        var read = PostgresReader.Read(Connection(), Everything + ";");
        var table = read.Table;
        Assert.Equal(100, table.RowCount);
        Assert.Equal(
            [ColumnKind.Identifier, ColumnKind.Decimal, ColumnKind.Decimal, ColumnKind.Identifier, ColumnKind.Boolean, ColumnKind.Date,
            ColumnKind.Timestamp,
             ColumnKind.Timestamp, ColumnKind.Time, ColumnKind.Identifier, ColumnKind.Category, ColumnKind.Category],
            table.Columns.Select(c => c.Schema.Kind));
        Assert.Equal(0.25, ((NumericColumn)table["price"]).Values[1]);
        Assert.Equal(3 * 0.1, ((NumericColumn)table["f"]).Values[3]);
        Assert.Equal("9007199254741000", ((CodedColumn)table["big"])[7]);
        Assert.Equal(["true", "false", "false", "true"], Enumerable.Range(0, 4).Select(i => ((CodedColumn)table["flag"])[i]!));
        Assert.Equal("1969-12-30", ValueText.Format(table["day"], 0));
        Assert.Equal(-2, ((NumericColumn)table["day"]).Values[0]);
        Assert.Equal("2001-02-03T06:05:06.789", ValueText.Format(table["ts"], 2));
        Assert.Equal("2001-02-03T02:05:06", ValueText.Format(table["tz"], 0));
        Assert.Equal("23:59:59.5", ValueText.Format(table["clock"], 0));
        Assert.True(table["txt"].IsMissing(5));
        Assert.Equal("x,\"y\"\né2", ((CodedColumn)table["txt"])[6]);
        Assert.Equal("postgres", read.Findings.Source.Format);
    }

    [Fact]
    public void A_second_query_reads_under_the_first_and_samples_are_seeded()
    {
        var first = PostgresReader.Read(Connection(), "SELECT i, 'k' || i % 3 AS c FROM generate_series(1, 50) i WHERE i <> 7").Table;
        var second = PostgresReader.ReadAs(Connection(), "SELECT 'k' || i % 4 AS c, i FROM generate_series(1, 20) i", first);
        Assert.Equal(["i", "c"], second.Columns.Select(c => c.Name));
        Assert.Equal(["k0", "k1", "k2", "k3"], ((CodedColumn)second["c"]).Levels);
        var options = new ReadOptions { SampleRows = 10, SampleSeed = 5 };
        const string query = "SELECT i * 2 AS x FROM generate_series(1, 1000) i ORDER BY i";
        var a = PostgresReader.Read(Connection(), query, options);
        var b = PostgresReader.Read(Connection(), query, options with { MaxThreads = 2 });
        Assert.Equal(10, a.Table.RowCount);
        Assert.Equal(1000, a.Findings.Source.Rows);
        Assert.Equal(((NumericColumn)a.Table["x"]).Values.ToArray(), ((NumericColumn)b.Table["x"]).Values.ToArray());
    }

    [Fact]
    public void Faults_are_data_errors_without_the_connection_string()
    {
        var syntax = Assert.Throws<DataException>(() => PostgresReader.Read(Connection(), "SELEC 1"));
        Assert.Contains("syntax error", syntax.Message, StringComparison.Ordinal);
        Assert.Throws<DataException>(() => PostgresReader.Read(Connection(), "  ; "));
        using (var opened = new NpgsqlConnection(Connection()))
        {
            opened.Open();
            using var create = new NpgsqlCommand("CREATE TABLE precious AS SELECT 1 AS a", opened);
            create.ExecuteNonQuery();
        }
        var write = Assert.Throws<DataException>(() =>
            PostgresReader.Read(Connection(), "WITH gone AS (DELETE FROM precious RETURNING a) SELECT a FROM gone"));
        Assert.Contains("read-only", write.Message, StringComparison.Ordinal);
        Assert.Equal(0, PostgresReader.Read(Connection(), "SELECT 1 AS a WHERE false").Table.RowCount);
    }

    [Fact]
    public void The_connection_string_comes_from_the_environment()
    {
        string name = "SIMULANT_TEST_PG_" + Environment.ProcessId;
        var unset = Assert.Throws<DataException>(() => PostgresReader.Read("env:" + name, "SELECT 1"));
        Assert.Contains(name, unset.Message, StringComparison.Ordinal);
        Environment.SetEnvironmentVariable(name, Connection());
        Assert.Equal(1, PostgresReader.Read("env:" + name, "SELECT 1 AS one").Table.RowCount);
        Environment.SetEnvironmentVariable(name, null);
        var refused = Assert.Throws<DataException>(() =>
            PostgresReader.Read("Host=127.0.0.1;Port=1;Username=u;Password=geheim;Timeout=3", "SELECT 1"));
        Assert.DoesNotContain("geheim", refused.Message, StringComparison.Ordinal);
        Assert.Throws<DataException>(() => PostgresReader.Read("no such=thing", "SELECT 1"));
    }

    [Fact]
    public void A_running_query_stops_when_cancelled()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var watch = Stopwatch.StartNew();
        Assert.ThrowsAny<OperationCanceledException>(() => PostgresReader.Read(Connection(), "SELECT pg_sleep(30)", cancel: stop.Token));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(15));
    }
}
