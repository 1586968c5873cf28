using System.Globalization;
using Simulant.Data;

namespace Simulant.Specs.Schemas;

/// <summary>Column types of SQL dialects. Text types say little of what a column is, so they are left to inference.</summary>
internal static class SqlTypes
{
    /// <summary>The column with what its type says; false where the type is not known.</summary>
    public static bool Apply(ref ColumnSpec column, string type, IReadOnlyList<SqlToken> arguments)
    {
        int? precision = Argument(arguments, 0), scale = Argument(arguments, 1);
        switch (type.ToLowerInvariant())
        {
            case "tinyint" when precision == 1:
            case "bit" when precision is null or 1:
            case "bool" or "boolean":
                column = column with { Kind = ColumnKind.Boolean };
                return true;
            case "tinyint" or "smallint" or "mediumint" or "int" or "integer" or "bigint" or "int2" or "int4" or "int8" or "int64"
                or "serial" or "bigserial" or "smallserial" or "year":
                column = column with { Kind = ColumnKind.Integer };
                return true;
            case "numeric" or "decimal" or "dec" or "number" or "bignumeric":
                column = precision is null ? column with { Kind = ColumnKind.Decimal }
                    : scale is null or <= 0 ? column with { Kind = ColumnKind.Integer }
                    : column with { Kind = ColumnKind.Decimal, Decimals = scale <= 15 ? scale : null };
                return true;
            case "float" or "real" or "double" or "float4" or "float8" or "float64" or "binary_float" or "binary_double":
                column = column with { Kind = ColumnKind.Decimal };
                return true;
            case "money" or "smallmoney":
                column = column with { Kind = ColumnKind.Decimal, Decimals = 2 };
                return true;
            case "date":
                column = column with { Kind = ColumnKind.Date };
                return true;
            case "time" or "timetz":
                column = column with { Kind = ColumnKind.Time };
                return true;
            case "timestamp" or "timestamptz" or "datetime" or "datetime2" or "smalldatetime" or "datetimeoffset":
                column = column with { Kind = ColumnKind.Timestamp };
                return true;
            case "uuid" or "uniqueidentifier" or "rowid":
                column = column with { Kind = ColumnKind.Identifier };
                return true;
            case "enum":
                column = column with { Kind = ColumnKind.Category, Levels = Texts(arguments) };
                return true;
            case "json" or "jsonb" or "xml":
                column = column with { Kind = ColumnKind.Text };
                return true;
            case "char" or "character" or "varchar" or "varchar2" or "nvarchar" or "nvarchar2" or "nchar" or "string" or "text"
                or "tinytext" or "mediumtext" or "longtext" or "ntext" or "clob" or "nclob" or "citext" or "bpchar"
                or "inet" or "cidr":
                return true;
            default:
                return false;
        }
    }

    private static int? Argument(IReadOnlyList<SqlToken> arguments, int index)
    {
        var numbers = arguments.Where(a => a.Kind == SqlKind.Number).ToList();
        return index < numbers.Count && int.TryParse(numbers[index].Text, NumberStyles.None, CultureInfo.InvariantCulture,
            out int value)
            ? value : null;
    }

    public static string[] Texts(IEnumerable<SqlToken> arguments) =>
        [.. arguments.Where(a => a.Kind == SqlKind.Text).Select(a => a.Text).Distinct(StringComparer.Ordinal)];
}
