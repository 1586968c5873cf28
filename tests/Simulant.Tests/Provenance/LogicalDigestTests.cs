using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Simulant.Data;
using Simulant.Provenance;
using Xunit;

namespace Simulant.Tests.Provenance;

public sealed class LogicalDigestTests
{
    [Fact]
    public void EqualsTheDefinitionWrittenPlainly()
    {
        var table = Sample(257);
        Assert.Equal(Plainly(table), LogicalDigest.Of(table));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(1000)]
    public void DoesNotDependOnChunks(int chunk)
    {
        var table = Sample(1000);
        using var digest = new LogicalDigest(table.Schema);
        for (int start = 0; start < table.RowCount; start += chunk)
            digest.Append(table.Slice(start, Math.Min(chunk, table.RowCount - start)));
        Assert.Equal(LogicalDigest.Of(table), digest.Finish());
        Assert.Equal(1000, digest.Rows);
    }

    [Fact]
    public void DoesNotDependOnHowLevelsAreNumbered()
    {
        var schema = new ColumnSchema("c", ColumnKind.Category);
        var a = new CodedColumn(schema, [0, 1, 2, -1, 0], ["x", "y", "z"]);
        var b = new CodedColumn(schema, [2, 4, 0, -1, 2], ["z", "never used", "x", "too", "y"]);
        Assert.Equal(Digest(a), Digest(b));
    }

    [Fact]
    public void NansAreOneValueAndZeroHasNoSign()
    {
        var schema = new ColumnSchema("v", ColumnKind.Decimal);
        double odd = BitConverter.Int64BitsToDouble(unchecked((long)0xFFF8_0000_0000_1234));
        Assert.Equal(
            Digest(new NumericColumn(schema, [double.NaN, 0.0, 1])),
            Digest(new NumericColumn(schema, [odd, -0.0, 1])));
        Assert.NotEqual(
            Digest(new NumericColumn(schema, [double.PositiveInfinity])),
            Digest(new NumericColumn(schema, [double.NegativeInfinity])));
    }

    [Fact]
    public void EverySmallChangeShows()
    {
        var schema = new ColumnSchema("c", ColumnKind.Category);
        string[] digests =
        [
            Digest(Texts("a", "b")), Digest(Texts("b", "a")), Digest(Texts("ab", "")), Digest(Texts("", "ab")),
            Digest(Texts("ab", null)), Digest(Texts(null, "ab")), Digest(Texts("ab")), Digest(Texts("a", "b", null)),
            Digest(CodedColumn.From(new ColumnSchema("d", ColumnKind.Category), ["a", "b"])),
            Digest(CodedColumn.From(new ColumnSchema("c", ColumnKind.Boolean), ["a", "b"])),
            Digest(new NumericColumn(new ColumnSchema("c", ColumnKind.Integer), [1, 2])),
            Digest(new NumericColumn(new ColumnSchema("c", ColumnKind.Decimal), [1, 2])),
            Digest(new NumericColumn(new ColumnSchema("c", ColumnKind.Decimal), [1, Math.BitIncrement(2.0)])),
            Digest(new NumericColumn(new ColumnSchema("c", ColumnKind.Date), [1, 2])),
            LogicalDigest.Of(new Table("t", [])),
        ];
        Assert.Equal(digests.Length, digests.Distinct().Count());
        Assert.Equal(Digest(Texts("a", "b")),
            Digest(CodedColumn.From(schema with { Kind = ColumnKind.Text, Ordered = true }, ["a", "b"])));

        static CodedColumn Texts(params string?[] values) => CodedColumn.From(new ColumnSchema("c", ColumnKind.Category), values);
    }

    [Fact]
    public void ColumnOrderAndTheSplitBetweenNameAndValueShow()
    {
        var a = new NumericColumn(new ColumnSchema("a", ColumnKind.Integer), [1]);
        var b = new NumericColumn(new ColumnSchema("b", ColumnKind.Integer), [1]);
        Assert.NotEqual(LogicalDigest.Of(new Table("t", [a, b])), LogicalDigest.Of(new Table("t", [b, a])));
        Assert.Equal(LogicalDigest.Of(new Table("t", [a, b])), LogicalDigest.Of(new Table("another name", [a, b])));
    }

    [Fact]
    public void ValuesLongerThanTheBufferAreHashedWhole()
    {
        string longer = new('é', 300_000), longest = longer + "!";
        var column = CodedColumn.From(new ColumnSchema("c", ColumnKind.Text), ["s", longer, null, longest, longer, "t"]);
        Assert.Equal(Plainly(new Table("t", [column])), Digest(column));
    }

    [Fact]
    public void AnotherSchemaIsRefused()
    {
        var table = Sample(3);
        using var digest = new LogicalDigest(table.Schema);
        Assert.Throws<ArgumentException>(() => digest.Append(table.Select(["n"])));
        Assert.Throws<ArgumentException>(() => digest.Append(table.Select(["s", "n", "id"])));
    }

    private static string Digest(Column column) => LogicalDigest.Of(new Table("t", [column]));

    private static Table Sample(int rows)
    {
        double[] numbers = new double[rows];
        string?[] texts = new string?[rows], ids = new string?[rows];
        for (int i = 0; i < rows; i++)
        {
            numbers[i] = i % 11 == 0 ? double.NaN : Math.Sin(i) * 100;
            texts[i] = i % 7 == 0 ? null : $"level {i % 5} ü";
            ids[i] = $"id-{i}";
        }
        return new Table("t",
        [
            new NumericColumn(new ColumnSchema("n", ColumnKind.Decimal), numbers),
            CodedColumn.From(new ColumnSchema("s", ColumnKind.Category), texts),
            CodedColumn.From(new ColumnSchema("id", ColumnKind.Identifier), ids),
        ]);
    }

    // The definition in the simplest code: everything into one array a column, then one hash of hashes.
    private static string Plainly(Table table)
    {
        var whole = new List<byte>("simulant logical digest 1\n"u8.ToArray());
        whole.AddRange(BitConverter.GetBytes((long)table.Columns.Count));
        foreach (var column in table.Columns)
        {
            Add(whole, column.Name);
            Add(whole, column.Schema.Kind == ColumnKind.Decimal ? "decimal" : "text");
            var values = new List<byte>();
            for (int row = 0; row < table.RowCount; row++)
            {
                if (column is NumericColumn n) values.AddRange(BitConverter.GetBytes(n.Values[row]));
                else Add(values, ((CodedColumn)column)[row]);
            }
            whole.AddRange(SHA256.HashData(values.ToArray()));
        }
        whole.AddRange(BitConverter.GetBytes((long)table.RowCount));
        return Convert.ToHexStringLower(SHA256.HashData(whole.ToArray()));
    }

    private static void Add(List<byte> bytes, string? text)
    {
        byte[] length = new byte[4];
        byte[] utf8 = Encoding.UTF8.GetBytes(text ?? "");
        BinaryPrimitives.WriteUInt32LittleEndian(length, text is null ? uint.MaxValue : (uint)utf8.Length);
        bytes.AddRange(length);
        bytes.AddRange(utf8);
    }
}
