using System.Text;
using Simulant.Specs.Schemas;

namespace Simulant.Specs;

/// <summary>A table as another system declares it; positions point into its file.</summary>
/// <param name="Constraints">Keys, uniqueness and checks that have a meaning here.</param>
public sealed record DeclaredTable(string Name, IReadOnlyList<ColumnSpec> Columns, IReadOnlyList<Constraint> Constraints);

/// <summary>Reads table declarations of other systems: SDV metadata (.json) and SQL with CREATE TABLE (anything else).</summary>
public static class SchemaReader
{
    /// <summary>
    /// The table of a schema file; null after an error. Where the file declares several, the one named
    /// <paramref name="table"/> (upper or lower case alike) is taken.
    /// </summary>
    /// <param name="shown">How faults name the file; null: by its path.</param>
    public static DeclaredTable? Read(string path, DiagnosticBag faults, string? table = null, string? shown = null)
    {
        var scratch = new DiagnosticBag();
        if (SpecText.Read(path, scratch) is not { } text)
        {
            foreach (var d in scratch.All) faults.Error(d.Code, d.At with { File = shown ?? path }, d.Message);
            return null;
        }
        return Parse(text, shown ?? path, faults, table);
    }

    /// <summary>Like <see cref="Read"/>, from text; a <paramref name="file"/> that ends in .json is SDV metadata, any other
    /// SQL.</summary>
    public static DeclaredTable? Parse(string text, string file, DiagnosticBag faults, string? table = null)
    {
        var tables = file.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? SdvMetadata.Read(text, file, faults)
            : SqlSchema.Read(text, file, faults);
        return tables is null ? null : Choose(tables, file, faults, table);
    }

    /// <summary>Whether a file declares a schema rather than holding data: .sql, .ddl, or JSON in SDV's form.</summary>
    public static bool IsSchema(string path)
    {
        string extension = Path.GetExtension(path).ToLowerInvariant();
        if (extension is ".sql" or ".ddl") return true;
        if (extension != ".json" || !File.Exists(path)) return false;
        byte[] start = new byte[64 << 10];
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        string text = Encoding.UTF8.GetString(start, 0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
        return text.TrimStart('\uFEFF').TrimStart().StartsWith('{')
            && (text.Contains("\"METADATA_SPEC_VERSION\"", StringComparison.Ordinal) || text.Contains("\"sdtype\"",
                StringComparison.Ordinal));
    }

    private static DeclaredTable? Choose(IReadOnlyList<DeclaredTable> tables, string file, DiagnosticBag faults, string? wanted)
    {
        if (tables.Count == 1) return tables[0];
        var at = new SourcePosition(file, 0, 0);
        if (tables.Count == 0)
        {
            faults.Error(Codes.SchemaSyntax, at, "the file declares no table");
            return null;
        }
        if (tables.FirstOrDefault(t => t.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase)) is { } named) return named;
        string names = string.Join(", ", tables.Take(10).Select(t => Nearest.Printable(t.Name)));
        faults.Error(Codes.SchemaSyntax, at, $"the file declares {tables.Count} tables ({names}), and none is named "
            + $"'{Nearest.Printable(wanted ?? "")}'; name the data file after one, or keep only that one");
        return null;
    }
}
