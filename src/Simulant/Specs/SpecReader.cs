using Simulant.Data;
using Simulant.Specs.Reading;

namespace Simulant.Specs;

/// <summary>
/// Reads a spec and finds every fault of it in one pass, without opening the data it names. docs/guide/spec.md lists the keys,
/// docs/guide/diagnostics.md the faults.
/// </summary>
public static class SpecReader
{
    /// <summary>
    /// The spec at a path: a file, or a folder that holds <c>spec.yaml</c>. Null where any fault is an error; warnings may stand
    /// beside a spec.
    /// </summary>
    /// <param name="knownMetrics">Names that gates and <c>only</c> may use; null leaves them unchecked.</param>
    /// <param name="knownEngines">Names that <c>engine</c> may use; null leaves it unchecked.</param>
    public static Spec? Read(string pathOrFolder, DiagnosticBag faults,
        IReadOnlyCollection<string>? knownMetrics = null, IReadOnlyCollection<string>? knownEngines = null)
    {
        if (SpecText.Resolve(pathOrFolder, faults) is not { } file) return null;
        return SpecText.Read(file, faults) is { } text ? Parse(text, file, faults, knownMetrics, knownEngines) : null;
    }

    /// <summary>Like <see cref="Read"/>; throws <see cref="SpecException"/> with every fault where any is an error.</summary>
    public static Spec Load(string pathOrFolder,
        IReadOnlyCollection<string>? knownMetrics = null, IReadOnlyCollection<string>? knownEngines = null)
    {
        var faults = new DiagnosticBag();
        return Read(pathOrFolder, faults, knownMetrics, knownEngines) ?? throw new SpecException(faults.All);
    }

    /// <summary>A spec from its text. <paramref name="file"/> names it in faults, and its folder is where relative paths
    /// start.</summary>
    /// <param name="knownRecipes">Names that <c>recipe</c> may use; null leaves it unchecked.</param>
    /// <param name="knownWorlds">Names that <c>world</c> may use; null leaves it unchecked.</param>
    /// <param name="rowsGiven">Whether the number of rows comes from elsewhere, as from <c>--rows</c>; else a spec without a
    /// source must state it.</param>
    public static Spec? Parse(string text, string file, DiagnosticBag faults, IReadOnlyCollection<string>? knownMetrics = null,
        IReadOnlyCollection<string>? knownEngines = null, bool rowsGiven = false, IReadOnlyCollection<string>? knownRecipes = null,
        IReadOnlyCollection<string>? knownWorlds = null)
    {
        int before = faults.All.Count(d => d.Severity == Severity.Error);
        bool json = file.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        if (text.StartsWith('\uFEFF')) text = text[1..];
        var root = json ? JsonNodes.Read(text, file, faults) : YamlNodes.Read(text, file, faults);
        if (root is null) return null;
        if (root is not SpecMap map)
        {
            faults.Error(Codes.WrongType, root.At,
                $"a spec is a map of keys, found {Fields.Describe(root)}; begin with 'simulant: 1'");
            return null;
        }
        var spec = new RootReader(file, map, faults, knownMetrics, knownEngines)
        {
            RowsGiven = rowsGiven,
            KnownRecipes = knownRecipes,
            KnownWorlds = knownWorlds,
        }.Read();
        return faults.All.Count(d => d.Severity == Severity.Error) == before ? spec : null;
    }

    /// <summary>
    /// Checks every name and kind in the spec against the columns there really are: the inferred schema with the spec's own
    /// declarations applied. Adds faults; true where there are none.
    /// </summary>
    public static bool CheckAgainst(Spec spec, TableSchema schema, DiagnosticBag faults) =>
        new SchemaCheck(spec, schema, faults).Run();
}
