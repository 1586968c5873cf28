using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace Simulant.Data;

/// <summary>
/// The C interface of DuckDB, as far as this program needs it: an in-memory database, SQL in, columns out chunk by chunk. The
/// library is the one npm restores under <c>native/</c>, or the file that SIMULANT_DUCKDB names. Nothing is fetched from the
/// network: extensions are neither installed nor loaded on demand.
/// </summary>
/// <remarks>One query at a time; <see cref="DuckDbResult"/> is read on the caller's thread.</remarks>
internal sealed class DuckDb : IDisposable
{
    private const int Success = 0;
    private nint _database, _connection;

    /// <param name="maxThreads">At least 1; results never depend on it.</param>
    public DuckDb(int maxThreads)
    {
        DuckDbLibrary.Load();
        nint config = 0, error = 0;
        Check(Native.duckdb_create_config(out config) == Success, "no configuration");
        try
        {
            Set(config, "threads", Math.Max(1, maxThreads).ToString(System.Globalization.CultureInfo.InvariantCulture));
            Set(config, "autoinstall_known_extensions", "false");
            Set(config, "autoload_known_extensions", "false");
            Set(config, "preserve_insertion_order", "true");
            bool opened = Native.duckdb_open_ext(Utf8(":memory:"), out _database, config, out error) == Success;
            Check(opened, error == 0 ? "the database did not open" : Marshal.PtrToStringUTF8(error) ?? "the database did not open");
        }
        finally
        {
            if (error != 0) Native.duckdb_free(error);
            Native.duckdb_destroy_config(ref config);
        }
        Check(Native.duckdb_connect(_database, out _connection) == Success, "no connection");
        Execute("SET TimeZone = 'UTC'", CancellationToken.None);
    }

    /// <summary>Version of the library, such as <c>v1.5.5</c>.</summary>
    public static string Version
    {
        get
        {
            DuckDbLibrary.Load();
            return Marshal.PtrToStringUTF8(Native.duckdb_library_version()) ?? "";
        }
    }

    /// <summary>Runs a statement whose result is of no interest.</summary>
    public void Execute(string sql, CancellationToken cancel)
    {
        using var result = Query(sql, cancel);
    }

    /// <summary>Runs a query; its rows are computed as they are fetched. Throws <see cref="DuckDbException"/>.</summary>
    public DuckDbResult Query(string sql, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        using var stop = cancel.Register(() => Native.duckdb_interrupt(_connection));
        int state = Native.duckdb_prepare(_connection, Utf8(sql), out nint statement);
        try
        {
            if (state != Success) throw new DuckDbException(Marshal.PtrToStringUTF8(Native.duckdb_prepare_error(statement))
                ?? "the statement did not compile");
            state = Native.duckdb_execute_prepared_streaming(statement, out var result);
            if (state == Success) return new DuckDbResult(result, _connection, cancel);
            string error = Marshal.PtrToStringUTF8(Native.duckdb_result_error(ref result)) ?? "the statement failed";
            Native.duckdb_destroy_result(ref result);
            cancel.ThrowIfCancellationRequested();
            throw new DuckDbException(error);
        }
        finally
        {
            Native.duckdb_destroy_prepare(ref statement);
        }
    }

    /// <summary>A text as a SQL literal.</summary>
    public static string Literal(string text) => text.Contains('\0')
        ? throw new DuckDbException("a NUL character cannot stand in SQL")
        : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A name as a SQL identifier.</summary>
    public static string Identifier(string name) => name.Contains('\0')
        ? throw new DuckDbException("a NUL character cannot stand in SQL")
        : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public void Dispose()
    {
        if (_connection != 0) Native.duckdb_disconnect(ref _connection);
        if (_database != 0) Native.duckdb_close(ref _database);
    }

    private static void Set(nint config, string name, string value) =>
        Check(Native.duckdb_set_config(config, Utf8(name), Utf8(value)) == Success, $"option {name} is not known");

    private static void Check(bool holds, string what)
    {
        if (!holds) throw new DuckDbException(what);
    }

    private static byte[] Utf8(string text) => [.. Encoding.UTF8.GetBytes(text), 0];
}

/// <summary>An error that DuckDB reports; readers turn it into a <see cref="DataException"/> that names the file.</summary>
internal sealed class DuckDbException(string message) : Exception(message);

/// <summary>DuckDB's type numbers (duckdb_type), those that are read.</summary>
internal enum DuckDbType
{
    Boolean = 1, TinyInt = 2, SmallInt = 3, Integer = 4, BigInt = 5, UTinyInt = 6, USmallInt = 7, UInteger = 8, UBigInt = 9,
    Float = 10, Double = 11, Timestamp = 12, Date = 13, Time = 14, HugeInt = 16, Varchar = 17, Decimal = 19,
    TimestampSeconds = 20, TimestampMilliseconds = 21, TimestampNanoseconds = 22, List = 24,
    Struct = 25, Map = 26, TimeWithZone = 30, TimestampWithZone = 31, UHugeInt = 32,
    Array = 33,
}

/// <summary>Rows of a query, fetched chunk by chunk (at most 2,048 rows each) in the query's order.</summary>
internal sealed class DuckDbResult : IDisposable
{
    private readonly nint _connection;
    private readonly CancellationToken _cancel;
    private readonly CancellationTokenRegistration _stop;
    private Native.Result _result;
    private bool _disposed;

    internal DuckDbResult(Native.Result result, nint connection, CancellationToken cancel)
    {
        _result = result;
        _connection = connection;
        _cancel = cancel;
        _stop = cancel.Register(() => Native.duckdb_interrupt(_connection));
        int count = (int)Native.duckdb_column_count(ref _result);
        Names = new string[count];
        Types = new DuckDbType[count];
        Scales = new int[count];
        for (int i = 0; i < count; i++)
        {
            Names[i] = Marshal.PtrToStringUTF8(Native.duckdb_column_name(ref _result, (ulong)i)) ?? "";
            Types[i] = (DuckDbType)Native.duckdb_column_type(ref _result, (ulong)i);
            if (Types[i] == DuckDbType.Decimal) Scales[i] = ScaleOf(i);
        }
    }

    public string[] Names { get; }
    public DuckDbType[] Types { get; }

    /// <summary>Digits after the point of decimals, 0 elsewhere.</summary>
    public int[] Scales { get; }

    /// <summary>The next chunk, or null at the end.</summary>
    public DuckDbChunk? Next()
    {
        _cancel.ThrowIfCancellationRequested();
        nint chunk = Native.duckdb_fetch_chunk(_result);
        if (chunk != 0)
        {
            if (Native.duckdb_data_chunk_get_size(chunk) > 0) return new DuckDbChunk(chunk);
            Native.duckdb_destroy_data_chunk(ref chunk);
        }
        nint error = Native.duckdb_result_error(ref _result);
        string? message = error == 0 ? null : Marshal.PtrToStringUTF8(error);
        if (string.IsNullOrEmpty(message)) return null;
        _cancel.ThrowIfCancellationRequested();
        throw new DuckDbException(message);
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _stop.Dispose();
        Native.duckdb_destroy_result(ref _result);
    }

    private int ScaleOf(int column)
    {
        nint type = Native.duckdb_column_logical_type(ref _result, (ulong)column);
        int scale = Native.duckdb_decimal_scale(type);
        Native.duckdb_destroy_logical_type(ref type);
        return scale;
    }
}

/// <summary>Some rows of a result by columns; whole vectors are copied at once, never a call a cell.</summary>
internal sealed class DuckDbChunk : IDisposable
{
    private const int InlineText = 12;
    private nint _chunk;

    internal DuckDbChunk(nint chunk)
    {
        _chunk = chunk;
        Count = (int)Native.duckdb_data_chunk_get_size(chunk);
    }

    public int Count { get; }

    /// <summary>Bit i of word i / 64 says that row i is present; empty where all are.</summary>
    public ulong[] Validity(int column)
    {
        nint mask = Native.duckdb_vector_get_validity(Vector(column));
        if (mask == 0) return [];
        long[] words = new long[(Count + 63) / 64];
        Marshal.Copy(mask, words, 0, words.Length);
        return MemoryMarshal.Cast<long, ulong>(words).ToArray();
    }

    /// <summary>Copies the column's 64-bit values; <paramref name="to"/> holds at least <see cref="Count"/>.</summary>
    public void CopyTo(int column, long[] to) => Marshal.Copy(Data(column), to, 0, Count);

    /// <inheritdoc cref="CopyTo(int, long[])"/>
    public void CopyTo(int column, double[] to) => Marshal.Copy(Data(column), to, 0, Count);

    /// <summary>Copies the column's 32-bit values.</summary>
    public void CopyTo(int column, int[] to) => Marshal.Copy(Data(column), to, 0, Count);

    /// <summary>Copies the column's bytes (booleans).</summary>
    public void CopyTo(int column, byte[] to) => Marshal.Copy(Data(column), to, 0, Count);

    /// <summary>Hands every present text to <paramref name="each"/> as (row, UTF-8); absent rows are handed over as empty.</summary>
    /// <remarks>duckdb_string_t: 16 bytes, a length and then 12 bytes of text, or 4 bytes of prefix and a pointer.</remarks>
    public void Texts(int column, TextVisitor each)
    {
        ulong[] valid = Validity(column);
        byte[] cells = new byte[Count * 16];
        Marshal.Copy(Data(column), cells, 0, cells.Length);
        byte[] large = [];
        for (int row = 0; row < Count; row++)
        {
            if (valid.Length > 0 && (valid[row >> 6] >> (row & 63) & 1) == 0)
            {
                each(row, [], present: false);
                continue;
            }
            var cell = cells.AsSpan(row * 16, 16);
            int length = MemoryMarshal.Read<int>(cell);
            if (length <= InlineText) each(row, cell.Slice(4, length), present: true);
            else
            {
                if (large.Length < length) large = new byte[Math.Max(length, 256)];
                Marshal.Copy((nint)MemoryMarshal.Read<long>(cell[8..]), large, 0, length);
                each(row, large.AsSpan(0, length), present: true);
            }
        }
    }

    public void Dispose()
    {
        if (_chunk != 0) Native.duckdb_destroy_data_chunk(ref _chunk);
    }

    private nint Vector(int column) => Native.duckdb_data_chunk_get_vector(_chunk, (ulong)column);

    private nint Data(int column) => Native.duckdb_vector_get_data(Vector(column));
}

internal delegate void TextVisitor(int row, ReadOnlySpan<byte> text, bool present);

/// <summary>Finds and loads the library once.</summary>
internal static class DuckDbLibrary
{
    public const string Name = "duckdb";
    public const string Variable = "SIMULANT_DUCKDB";
    private static readonly Lazy<nint> Handle = new(Open);

    public static void Load() => _ = Handle.Value;

    /// <summary>Where the library lies, or null: the variable's file, else native/node_modules above the program.</summary>
    public static string? Find(string? variable, string from)
    {
        if (!string.IsNullOrEmpty(variable)) return variable;
        (string platform, string file) = OperatingSystem.IsWindows() ? ("win32", "duckdb.dll")
            : OperatingSystem.IsMacOS() ? ("darwin", "libduckdb.dylib") : ("linux", "libduckdb.so");
        string machine = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        string bindings = $"@duckdb/node-bindings-{platform}-{machine}";
        return NativePackages.Find(from, $"{bindings}/{file}", $"{bindings}-musl/{file}");
    }

    private static nint Open()
    {
        NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => name == Name ? Handle.Value : 0);
        string path = Find(Environment.GetEnvironmentVariable(Variable), AppContext.BaseDirectory)
            ?? throw new DataException(
            $"the DuckDB library is not there; run: cd native && npm ci (or set {Variable} to the library's file)");
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new DataException($"{path}: the DuckDB library does not load ({e.Message}); run: cd native && npm ci", path, inner: e);
        }
    }
}

/// <summary>Declarations as in duckdb.h, version 1.5; names are the header's own.</summary>
internal static class Native
{
    private const string Library = DuckDbLibrary.Name;

    [StructLayout(LayoutKind.Sequential)]
    public struct Result
    {
        private readonly ulong _columnCount, _rowCount, _rowsChanged;
        private readonly nint _columns, _errorMessage, _internalData;
    }

    [DllImport(Library)] public static extern nint duckdb_library_version();
    [DllImport(Library)] public static extern int duckdb_create_config(out nint config);
    [DllImport(Library)] public static extern int duckdb_set_config(nint config, byte[] name, byte[] option);
    [DllImport(Library)] public static extern void duckdb_destroy_config(ref nint config);
    [DllImport(Library)] public static extern int duckdb_open_ext(byte[] path, out nint database, nint config, out nint error);
    [DllImport(Library)] public static extern void duckdb_close(ref nint database);
    [DllImport(Library)] public static extern int duckdb_connect(nint database, out nint connection);
    [DllImport(Library)] public static extern void duckdb_disconnect(ref nint connection);
    [DllImport(Library)] public static extern void duckdb_interrupt(nint connection);
    [DllImport(Library)] public static extern void duckdb_free(nint pointer);
    [DllImport(Library)] public static extern int duckdb_prepare(nint connection, byte[] query, out nint statement);
    [DllImport(Library)] public static extern nint duckdb_prepare_error(nint statement);
    [DllImport(Library)] public static extern void duckdb_destroy_prepare(ref nint statement);
    [DllImport(Library)] public static extern int duckdb_execute_prepared_streaming(nint statement, out Result result);
    [DllImport(Library)] public static extern nint duckdb_result_error(ref Result result);
    [DllImport(Library)] public static extern void duckdb_destroy_result(ref Result result);
    [DllImport(Library)] public static extern ulong duckdb_column_count(ref Result result);
    [DllImport(Library)] public static extern nint duckdb_column_name(ref Result result, ulong column);
    [DllImport(Library)] public static extern int duckdb_column_type(ref Result result, ulong column);
    [DllImport(Library)] public static extern nint duckdb_column_logical_type(ref Result result, ulong column);
    [DllImport(Library)] public static extern byte duckdb_decimal_scale(nint type);
    [DllImport(Library)] public static extern void duckdb_destroy_logical_type(ref nint type);
    [DllImport(Library)] public static extern nint duckdb_fetch_chunk(Result result);
    [DllImport(Library)] public static extern ulong duckdb_data_chunk_get_size(nint chunk);
    [DllImport(Library)] public static extern nint duckdb_data_chunk_get_vector(nint chunk, ulong column);
    [DllImport(Library)] public static extern void duckdb_destroy_data_chunk(ref nint chunk);
    [DllImport(Library)] public static extern nint duckdb_vector_get_data(nint vector);
    [DllImport(Library)] public static extern nint duckdb_vector_get_validity(nint vector);
}
