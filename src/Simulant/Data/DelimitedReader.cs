using System.Text;
using System.Text.Unicode;

namespace Simulant.Data;

/// <summary>
/// Reads comma- and otherwise-separated text into distinct texts and codes. The delimiter is sniffed as a proposal only: every
/// record must then have as many fields as the header, or it is an error with its line.
/// </summary>
internal static class DelimitedReader
{
    private const int SniffBytes = 1 << 16, SniffRecords = 200;
    private const string Candidates = ",;\t|";

    /// <summary>A text is not UTF-8 after all.</summary>
    internal sealed class NotUtf8Exception(string file, long line) : Exception
    {
        public string File { get; } = file;
        public long Line { get; } = line;
    }

    public static RawTable Read(IReadOnlyList<string> files, string format, ReadOptions options, CancellationToken cancel)
    {
        string encoding = EncodingOf(files[0], options);
        try
        {
            return Read(files, format, encoding, options, [], cancel);
        }
        catch (NotUtf8Exception e) when (options.Encoding is null)
        {
            string note = $"line {e.Line} of {Path.GetFileName(e.File)} is not UTF-8: read as Latin-1";
            return Read(files, format, "latin-1", options, [note], cancel);
        }
        catch (NotUtf8Exception e)
        {
            throw new DataException($"{e.File}:{e.Line}: not UTF-8, as declared; try encoding: latin-1", e.File, e.Line);
        }
    }

    private static RawTable Read(IReadOnlyList<string> files, string format, string encoding, ReadOptions options, List<string> notes,
        CancellationToken cancel)
    {
        byte delimiter = DelimiterOf(files[0], format, encoding, options);
        long total = -1;
        if (options.SampleRows is not null)
        {
            total = 0;
            foreach (string file in files) total += Walk(file, encoding, delimiter, null, null, notes: null, cancel).Rows;
        }
        var sampler = total < 0 ? null : new RowSampler(total, options.SampleRows, options.SampleSeed);
        string[]? header = null;
        TextStore[]? stores = null;
        long rows = 0;
        foreach (string file in files)
        {
            var walked = Walk(file, encoding, delimiter, header, names => stores ??= [.. names.Select(_ => new TextStore())], notes, cancel,
                sampler, () => stores!);
            header ??= walked.Header;
            rows += walked.Rows;
        }
        var columns = new RawColumn[header!.Length];
        for (int i = 0; i < columns.Length; i++) columns[i] = new RawTexts(header[i], stores![i]);
        return new RawTable
        {
            Name = options.TableName ?? SourceFiles.TableName(files[0]),
            Columns = columns,
            RowCount = stores![0].Count,
            SourceRows = sampler?.Rows,
            Notes = notes,
            Source = new SourceFacts(format, files, rows) { Delimiter = ((char)delimiter).ToString(), Encoding = encoding },
        };
    }

    /// <summary>Hands on blocks of so many rows, the last of them shorter; no more than one is in memory.</summary>
    /// <exception cref="NotUtf8Exception">Blocks before it have been handed on.</exception>
    public static void ReadBlocks(IReadOnlyList<string> files, string format, string encoding, ReadOptions options, int rows,
        Action<RawTable> consume, CancellationToken cancel)
    {
        byte delimiter = DelimiterOf(files[0], format, encoding, options);
        string[]? header = null;
        TextStore[] stores = [];
        long first = 0;
        TextStore[] Fresh() => stores = [.. header!.Select(_ => new TextStore())];
        void HandOn()
        {
            int count = stores[0].Count;
            if (count > 0) consume(new RawTable
            {
                Name = options.TableName ?? SourceFiles.TableName(files[0]),
                Columns = [.. header!.Select((name, c) => new RawTexts(name, stores[c]))],
                RowCount = count,
                FirstRow = first,
                Source = new SourceFacts(format, files, count) { Delimiter = ((char)delimiter).ToString(), Encoding = encoding },
            });
            first += count;
            Fresh();
        }
        foreach (string file in files)
        {
            using var scanner = new DelimitedScanner(OpenText(file, encoding), file, delimiter);
            header = Walk(scanner, delimiter, header, names =>
            {
                header = names;
                if (stores.Length == 0) Fresh();
            }, notes: null, sampler: null, () => stores, cancel, rows, HandOn).Header;
        }
        HandOn();
    }

    /// <summary>The encoding that is declared, marked or, failing both, tried first.</summary>
    public static string EncodingOf(string file, ReadOptions options) => options.Encoding?.ToLowerInvariant() ?? Marked(file) ?? "utf-8";

    /// <summary>Reads comma-separated UTF-8 that comes from elsewhere than a file; a sample needs the number of rows.</summary>
    public static RawTable ReadStream(Stream stream, string label, long? total, ReadOptions options, CancellationToken cancel)
    {
        var sampler = total is { } rows ? new RowSampler(rows, options.SampleRows, options.SampleSeed) : null;
        TextStore[] stores = [];
        var notes = new List<string>();
        using var scanner = new DelimitedScanner(stream, label, (byte)',');
        Walked walked;
        try
        {
            walked = Walk(scanner, (byte)',', null, names => stores = [.. names.Select(_ => new TextStore())], notes, sampler,
                () => stores, cancel);
        }
        catch (NotUtf8Exception e)
        {
            throw scanner.Fault(e.Line, "not UTF-8");
        }
        return new RawTable
        {
            Name = label,
            Columns = [.. walked.Header.Select((name, i) => new RawTexts(name, stores[i]))],
            RowCount = stores[0].Count,
            SourceRows = sampler?.Rows,
            Notes = notes,
            Source = new SourceFacts("csv", [], walked.Rows) { Delimiter = "," },
        };
    }

    private readonly record struct Walked(string[] Header, long Rows);

    // Walks one file: checks the header against the first file's, then hands every record's fields to the stores.
    private static Walked Walk(string file, string encoding, byte delimiter, string[]? expected, Action<string[]>? begin,
        List<string>? notes,
        CancellationToken cancel, RowSampler? sampler = null, Func<TextStore[]>? storesOf = null)
    {
        using var scanner = new DelimitedScanner(OpenText(file, encoding), file, delimiter);
        return Walk(scanner, delimiter, expected, begin, notes, sampler, storesOf, cancel);
    }

    private static Walked Walk(DelimitedScanner scanner, byte delimiter, string[]? expected, Action<string[]>? begin, List<string>? notes,
        RowSampler? sampler, Func<TextStore[]>? storesOf, CancellationToken cancel, int block = int.MaxValue, Action? full = null)
    {
        if (!SkipBlanks(scanner)) throw new DataException($"{scanner.File}: the file is empty; a header line was expected", scanner.File);
        string[] header = HeaderOf(scanner, notes);
        if (expected is not null && !header.AsSpan().SequenceEqual(expected))
            throw scanner.Fault(scanner.Line, HeaderDifference(header, expected));
        begin?.Invoke(header);
        var stores = storesOf?.Invoke();
        long rows = 0, blanks = 0;
        while (scanner.Next())
        {
            if ((rows & 0xFFF) == 0) cancel.ThrowIfCancellationRequested();
            if (header.Length > 1 && scanner.Blank)
            {
                blanks++;
                continue;
            }
            if (scanner.FieldCount != header.Length) throw WidthFault(scanner, header, (char)delimiter);
            rows++;
            if (stores is null || (sampler is not null && !sampler.Next())) continue;
            for (int c = 0; c < stores.Length; c++)
            {
                var text = scanner[c];
                if (text.IsEmpty) stores[c].AddMissing();
                else if (stores[c].Add(text)) Check(text, scanner, header[c]);
            }
            if (stores[0].Count < block) continue;
            full!();
            stores = storesOf!();
        }
        if (blanks > 0) notes?.Add($"{blanks} empty line{(blanks == 1 ? "" : "s")} skipped");
        return new Walked(header, rows);
    }

    private static bool SkipBlanks(DelimitedScanner scanner)
    {
        while (scanner.Next())
            if (!scanner.Blank) return true;
        return false;
    }

    private static void Check(ReadOnlySpan<byte> text, DelimitedScanner scanner, string column)
    {
        if (text.Contains((byte)0))
            throw scanner.Fault(scanner.Line,
                $"column {Quote(column)}: a NUL byte; is the file UTF-16 (encoding: utf-16) or not text at all?", column);
        if (!Utf8.IsValid(text)) throw new NotUtf8Exception(scanner.File, scanner.Line);
    }

    private static string[] HeaderOf(DelimitedScanner scanner, List<string>? notes)
    {
        string[] names = new string[scanner.FieldCount];
        for (int i = 0; i < names.Length; i++)
        {
            var text = scanner[i];
            Check(text, scanner, $"column {i + 1}");
            names[i] = Encoding.UTF8.GetString(text);
        }
        HeaderNames.MakeUnique(names, notes);
        return names;
    }

    private static string HeaderDifference(string[] header, string[] expected)
    {
        for (int i = 0; i < Math.Min(header.Length, expected.Length); i++)
            if (header[i] != expected[i])
                return $"column {i + 1} is {Quote(header[i])} where the first file has {Quote(expected[i])}; "
                    + "the files of a glob must agree";
        return $"{header.Length} columns where the first file has {expected.Length}; the files of a glob must agree";
    }

    private static DataException WidthFault(DelimitedScanner scanner, string[] header, char delimiter)
    {
        string hint = header.Length == 1 ? "; is the delimiter right?"
            : scanner.FieldCount > header.Length ? "; quote fields that hold the delimiter" : "";
        string named = delimiter == '\t' ? "tab" : $"'{delimiter}'";
        return scanner.Fault(scanner.Line,
            $"{scanner.FieldCount} field{(scanner.FieldCount == 1 ? "" : "s")} where the header has {header.Length} "
                + $"(delimiter {named}){hint}");
    }

    public static string Quote(string text) => MessageText.Quote(text);

    private static byte DelimiterOf(string file, string format, string encoding, ReadOptions options)
    {
        if (options.Delimiter is { } declared)
        {
            if (declared == "\\t") declared = "\t";
            if (declared.Length != 1 || declared[0] > 127 || declared[0] is '"' or '\n' or '\r' or '\0')
                throw new DataException($"delimiter {Quote(declared)}: one ASCII character is needed, not a quote or line end");
            return (byte)declared[0];
        }
        return format == "tsv" ? (byte)'\t' : Sniff(file, encoding);
    }

    // The candidate under which most of the first records are as wide as the header; then the widest.
    private static byte Sniff(string file, string encoding)
    {
        byte[] head = new byte[SniffBytes];
        int length;
        using (var stream = OpenText(file, encoding)) length = ReadHead(stream, head, file);
        byte best = (byte)',';
        (double Share, int Width) score = (0, 1);
        foreach (char candidate in Candidates)
        {
            if (Widths(head, length, (byte)candidate) is not { } found || found.Width < 2) continue;
            if (found.Share > score.Share + 1e-9 || (found.Share > score.Share - 1e-9 && found.Width > score.Width))
            {
                score = found;
                best = (byte)candidate;
            }
        }
        return best;
    }

    private static int ReadHead(Stream stream, byte[] head, string file)
    {
        try
        {
            return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw SourceFiles.Unreadable(file, e);
        }
    }

    private static (double Share, int Width)? Widths(byte[] head, int length, byte delimiter)
    {
        using var scanner = new DelimitedScanner(new MemoryStream(head, 0, length), "", delimiter);
        int width = 0, records = 0, same = 0;
        try
        {
            while (records < SniffRecords && scanner.Next())
            {
                if (scanner.Blank) continue;
                if (width == 0) width = scanner.FieldCount;
                // The last record of the head may be cut short and says nothing.
                else if (scanner.FieldCount == width || (length == head.Length && scanner.AtEnd)) same++;
                records++;
            }
        }
        catch (DataException)
        {
            // Text that is no quoted field under this candidate, or a quote cut off at the end of the head.
            if (records < 2) return null;
        }
        return width == 0 ? null : (records == 1 ? 1.0 : same / (records - 1.0), width);
    }

    // The encoding a byte order mark declares, or null.
    private static string? Marked(string file)
    {
        using var stream = SourceFiles.Open(file);
        byte[] mark = new byte[3];
        int got = ReadHead(stream, mark, file);
        return got >= 2 && mark[0] == 0xFF && mark[1] == 0xFE ? "utf-16"
            : got >= 2 && mark[0] == 0xFE && mark[1] == 0xFF ? "utf-16be" : null;
    }

    // The file as UTF-8 without byte order mark.
    private static Stream OpenText(string file, string encoding)
    {
        var stream = SourceFiles.Open(file);
        if (SourceFiles.EncodingNamed(encoding, file) is { } other)
            stream = Encoding.CreateTranscodingStream(stream, other, new UTF8Encoding(false));
        return new MarklessStream(stream);
    }
}
