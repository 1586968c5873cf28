using System.Text;
using Simulant.Data;
using Simulant.Numerics.Random;
using Xunit;

namespace Simulant.Tests.Data;

/// <summary>Hostile tables and hostile bytes from fixed seeds.</summary>
public sealed class FuzzTests : IDisposable
{
    private static readonly string[] Pieces =
    [
        ",", ";", "\t", "|", "\"", "\"\"", "\n", "\r", "\r\n", " ", "a", "é", "中",
            "\U0001F600", "'", "\\", "0", "1e5", "-", "NA", "?", "null", "<b>", "--", "\uFEFF", "=1+1", "\u0085",
    ];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string Joined(ref DrawSequence draws, int most)
    {
        var text = new StringBuilder();
        for (int left = draws.Below(most + 1); left > 0; left--) text.Append(Pieces[draws.Below(Pieces.Length)]);
        return text.ToString();
    }

    private static Table Hostile(int seed)
    {
        var draws = new RandomStream((ulong)seed, "fuzz").Draws(0, 0);
        int rows = draws.Below(40), width = 1 + draws.Below(6);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var columns = new List<Column>();
        while (columns.Count < width)
        {
            string name = Joined(ref draws, 4) + columns.Count;
            if (!names.Add(name)) continue;
            columns.Add(draws.Below(3) == 0 ? Numbers(ref draws, name, rows) : Texts(ref draws, name, rows));
        }
        return new Table("t", columns);
    }

    private static NumericColumn Numbers(ref DrawSequence draws, string name, int rows)
    {
        double[] values = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            values[i] = draws.Below(6) switch
            {
                0 => double.NaN,
                1 => double.PositiveInfinity,
                2 => 0,
                3 => draws.Normal() * Math.Pow(10, draws.Below(600) - 300),
                _ => draws.Below(1000) - 500,
            };
        }
        return new NumericColumn(new ColumnSchema(name, ColumnKind.Decimal), values);
    }

    private static CodedColumn Texts(ref DrawSequence draws, string name, int rows)
    {
        var values = new string?[rows];
        for (int i = 0; i < rows; i++)
        {
            string text = Joined(ref draws, 5);
            // What stands for missing cannot be told from a value of the same letters.
            values[i] = text.AsSpan().Trim().IsEmpty || ValueText.IsStrongMarker(text) ? null : text;
        }
        return CodedColumn.From(new ColumnSchema(name, ColumnKind.Text), values);
    }

    [Fact]
    public void Hostile_tables_read_back_equal_from_every_text_format()
    {
        for (int seed = 0; seed < 150; seed++)
        {
            var table = Hostile(seed);
            foreach (string format in (string[])["csv", "tsv", "jsonl"])
            {
                using var memory = new MemoryStream();
                using var writer = ShardWriter.Create(format, table.Schema, memory);
                writer.Append(table);
                writer.Complete();
                if (table.RowCount == 0 && format == "jsonl") continue;     // no record, no columns
                string path = _folder.Write("f." + format, memory.ToArray());
                var read = TableReader.ReadAs(path, table.Schema, new ReadOptions { Delimiter = format == "csv" ? "," : null });
                Equal(table, read, $"seed {seed}, {format}");
                // Inference reads the same bytes without a fault, whatever it makes of them.
                Assert.Equal(table.RowCount, TableReader.Read(path,
                    new ReadOptions { Delimiter = format == "csv" ? "," : null }).Table.RowCount);
            }
        }
    }

    [Fact]
    public void Hostile_bytes_give_a_table_or_a_data_error()
    {
        int read = 0, refused = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            var draws = new RandomStream((ulong)seed, "bytes").Draws(1, 0);
            var bytes = new List<byte>();
            for (int left = draws.Below(200); left > 0; left--)
            {
                if (draws.Below(40) == 0) bytes.Add((byte)draws.Below(256));
                else bytes.AddRange(Encoding.UTF8.GetBytes(Pieces[draws.Below(Pieces.Length)]));
            }
            foreach (string extension in (string[])["csv", "json", "jsonl", "parquet", "csv.gz"])
            {
                if (extension == "parquet" && seed % 20 != 0) continue;
                string path = _folder.Write("h." + extension, [.. bytes]);
                try
                {
                    _ = TableReader.Read(path);
                    read++;
                }
                catch (DataException e)
                {
                    Assert.DoesNotContain('\n', e.Message);
                    refused++;
                }
            }
        }
        Assert.True(read > 50 && refused > 50, $"{read} read, {refused} refused");
    }

    private static void Equal(Table expected, Table actual, string what)
    {
        Assert.Equal(expected.RowCount, actual.RowCount);
        for (int c = 0; c < expected.Columns.Count; c++)
        {
            Assert.Equal(expected.Columns[c].Name, actual.Columns[c].Name);
            for (int row = 0; row < expected.RowCount; row++)
            {
                bool same = expected.Columns[c] is NumericColumn numbers
                    ? numbers.Values[row].Equals(((NumericColumn)actual.Columns[c]).Values[row])
                    : ((CodedColumn)expected.Columns[c])[row] == ((CodedColumn)actual.Columns[c])[row];
                Assert.True(same, $"{what}: row {row}, column {c}");
            }
        }
    }
}
