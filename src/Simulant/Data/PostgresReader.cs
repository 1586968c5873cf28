using System.Data;
using Npgsql;

namespace Simulant.Data;

/// <summary>
/// Reads the rows of a PostgreSQL query, in a read-only transaction, by COPY: the server's own text of every value, so that no
/// precision is lost on the way. Column types are the query's; digits in a text column are not numbers.
/// </summary>
public static class PostgresReader
{
    private const string EnvironmentPrefix = "env:";

    /// <summary>Reads and infers.</summary>
    /// <param name="connection">A connection string, or <c>env:NAME</c> for one that stands in an environment variable.</param>
    /// <param name="query">One SELECT, VALUES or WITH statement; rows come in its order.</param>
    public static InferredTable Read(string connection, string query, ReadOptions? options = null, CancellationToken cancel = default)
    {
        options ??= ReadOptions.Default;
        return TypeInference.Infer(ReadRaw(connection, query, options, cancel), options, cancel);
    }

    /// <summary>
    /// Reads under another table's schema and level lists, as
    /// <see cref="TableReader.ReadAs(string, Table, ReadOptions?, CancellationToken)"/>.
    /// </summary>
    public static Table ReadAs(string connection, string query, Table like, ReadOptions? options = null, CancellationToken cancel = default)
    {
        options ??= ReadOptions.Default;
        return TableReader.Bind(ReadRaw(connection, query, options, cancel), like.Schema, like, options, cancel);
    }

    private static RawTable ReadRaw(string connection, string query, ReadOptions options, CancellationToken cancel)
    {
        string select = query.Trim().TrimEnd(';');
        if (select.Length == 0) throw new DataException("the PostgreSQL query is empty");
        try
        {
            using var opened = new NpgsqlConnection(ConnectionString(connection));
            opened.OpenAsync(cancel).GetAwaiter().GetResult();
            using var transaction = opened.BeginTransaction(IsolationLevel.RepeatableRead);
            Run(opened, "SET TRANSACTION READ ONLY; SET LOCAL datestyle = 'ISO'; SET LOCAL timezone = 'UTC'; "
                + "SET LOCAL extra_float_digits = 1; "
                + "SET LOCAL bytea_output = 'hex'", cancel);
            string[] types = Types(opened, select, cancel);
            long? total = options.SampleRows is null ? null : Count(opened, select, cancel);
            using var export = opened
                .BeginTextExportAsync($"COPY ({select}\n) TO STDOUT (FORMAT csv, HEADER true, ENCODING 'UTF8')", cancel).GetAwaiter()
                .GetResult();
            var stream = ((StreamReader)export).BaseStream;
            var read = DelimitedReader.ReadStream(stream, "query", total, options, cancel);
            var columns = read.Columns.Select((c, i) => Typed((RawTexts)c, types[i])).ToArray();
            return new RawTable
            {
                Name = options.TableName ?? "query", Columns = columns, RowCount = read.RowCount, SourceRows = read.SourceRows,
                    Notes = read.Notes,
                Source = new SourceFacts("postgres", [], read.Source.Rows),
            };
        }
        catch (PostgresException e)
        {
            cancel.ThrowIfCancellationRequested();
            throw new DataException($"PostgreSQL: {e.MessageText} ({e.SqlState})", inner: e);
        }
        catch (NpgsqlException e)
        {
            cancel.ThrowIfCancellationRequested();
            throw new DataException($"PostgreSQL: {e.Message}{(e.InnerException is { } cause ? $" ({cause.Message})" : "")}"
                .ReplaceLineEndings(" "), inner: e);
        }
    }

    // The text of a connection string is never part of a message: it may hold a password.
    private static string ConnectionString(string connection)
    {
        string text = connection;
        if (connection.StartsWith(EnvironmentPrefix, StringComparison.Ordinal))
        {
            string name = connection[EnvironmentPrefix.Length..];
            text = Environment.GetEnvironmentVariable(name) ?? "";
            if (text.Length == 0) throw new DataException(
                $"the environment variable {name}, which should hold the PostgreSQL connection string, is not set");
        }
        try
        {
            return new NpgsqlConnectionStringBuilder(text) { Enlist = false, Pooling = false }.ConnectionString;
        }
        catch (Exception e) when (e is ArgumentException or KeyNotFoundException or FormatException)
        {
            throw new DataException("the PostgreSQL connection string cannot be read; expected: Host=…;Database=…;Username=…", inner: e);
        }
    }

    private static void Run(NpgsqlConnection opened, string sql, CancellationToken cancel)
    {
        using var command = new NpgsqlCommand(sql, opened);
        command.ExecuteNonQueryAsync(cancel).GetAwaiter().GetResult();
    }

    private static string[] Types(NpgsqlConnection opened, string select, CancellationToken cancel)
    {
        using var command = new NpgsqlCommand(select, opened);
        using var reader = command.ExecuteReaderAsync(CommandBehavior.SchemaOnly, cancel).GetAwaiter().GetResult();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetDataTypeName)];
    }

    private static long Count(NpgsqlConnection opened, string select, CancellationToken cancel)
    {
        using var command = new NpgsqlCommand($"SELECT count(*) FROM ({select}\n) AS counted", opened);
        return (long)command.ExecuteScalarAsync(cancel).GetAwaiter().GetResult()!;
    }

    private static RawColumn Typed(RawTexts column, string type)
    {
        string plain = type.Split('(')[0];
        return plain switch
        {
            "smallint" or "integer" or "bigint" or "numeric" or "real" or "double precision" or "oid" => column,
            "boolean" => new RawTexts(column.Name, Recoded(column.Store)) { Declared = true },
            "date" => Temporal(column, ColumnKind.Date, "yyyy-MM-dd"),
            "time" or "time without time zone" => Temporal(column, ColumnKind.Time, "HH:mm:ss.FFFFFF"),
            "timestamp" or "timestamp without time zone" => Temporal(column, ColumnKind.Timestamp, "yyyy-MM-dd HH:mm:ss.FFFFFF"),
            "timestamp with time zone" => Temporal(column, ColumnKind.Timestamp, "yyyy-MM-dd HH:mm:ss.FFFFFF'+00'"),
            _ => new RawTexts(column.Name, column.Store) { NumbersAllowed = false },
        };
    }

    // COPY writes booleans as t and f.
    private static TextStore Recoded(TextStore store)
    {
        var words = new TextStore();
        foreach (int code in store.ToCodes())
        {
            if (code < 0) words.AddMissing();
            else words.Add(store[code][0] == 't' ? "true"u8 : "false"u8);
        }
        return words;
    }

    // Infinite dates have no place on the axis and are missing.
    private static RawNumbers Temporal(RawTexts column, ColumnKind kind, string format)
    {
        var store = column.Store;
        double[] byCode = new double[store.Distinct];
        Span<char> buffer = stackalloc char[48];
        for (int code = 0; code < byCode.Length; code++)
        {
            byCode[code] = double.NaN;
            var text = store[code];
            if (text.SequenceEqual("infinity"u8) || text.SequenceEqual("-infinity"u8)) continue;
            bool read = TemporalText.TryWiden(text, buffer, out var widened)
                && TemporalText.TryParse(kind, widened, format, out byCode[code]);
            if (!read) throw new DataException(
                $"query: column {MessageText.Quote(column.Name)}: {MessageText.Quote(store.Text(code))} lies outside the years 1 to 9999",
                column: column.Name);
        }
        int[] codes = store.ToCodes();
        return new RawNumbers(column.Name, kind, [.. codes.Select(c => c < 0 ? double.NaN : byCode[c])]);
    }
}
