using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Simulant.Tests.Architecture;

/// <summary>Who may use whom: the table of docs/ARCHITECTURE.md, by folder. Every room may use Numerics and itself.</summary>
internal static class Rooms
{
    private static readonly string[] Kinds = ["Tabular", "Relational", "Sequences", "Text", "Scenes", "Images", "Augment"];

    public static readonly IReadOnlyDictionary<string, string[]> MayUse = Table();

    /// <summary>The room of a source file, or null where it lies in none.</summary>
    public static string? Of(string path)
    {
        string[] parts = path.Split('/');
        if (parts is not ["src", var project, ..]) return null;
        return project switch
        {
            "Simulant.Numerics" => "Numerics",
            "Simulant.Cli" => "Cli",
            "Simulant.Studio" => "Studio",
            "Simulant" when parts.Length > 3 && MayUse.ContainsKey(parts[2]) => parts[2],
            _ => null,
        };
    }

    public static IEnumerable<Violation> Check(SourceModel model) =>
        Homeless(model).Concat(Misnamed(model)).Concat(Trespass(model)).Concat(Acquaintances(model))
            .DistinctBy(v => (v.File, v.Message));

    private static IEnumerable<Violation> Homeless(SourceModel model) =>
        from tree in model.Trees
        where Of(tree.FilePath) is null
        select new Violation(tree.FilePath, 1, "room", "a source file lies in a room of the table");

    // Simulant/Data/Csv/A.cs may say Simulant.Data or Simulant.Data.Csv.
    private static IEnumerable<Violation> Misnamed(SourceModel model)
    {
        foreach (var tree in model.Trees)
        {
            string[] folders = tree.FilePath.Split('/')[1..^1];
            string whole = string.Join('.', folders);
            string room = string.Join('.', folders.Take(folders is ["Simulant", ..] ? 2 : 1));
            foreach (var named in tree.GetRoot().DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>())
            {
                string name = named.Name.ToString();
                if (!(whole + ".").StartsWith(name + ".", StringComparison.Ordinal)
                    || !(name + ".").StartsWith(room + ".", StringComparison.Ordinal))
                    yield return new Violation(tree.FilePath, SourceModel.LineOf(named), "namespace",
                        $"'{name}' is not its folder '{whole}'");
            }
        }
    }

    private static IEnumerable<Violation> Trespass(SourceModel model)
    {
        foreach (var reference in model.References)
        {
            if (reference.Type is null || SourceModel.DeclaredIn(reference.Type) is not { } target) continue;
            if (Of(reference.File) is not { } from || Of(target) is not { } to) continue;
            if (from == to || to == "Numerics" || MayUse[from].Contains(to)) continue;
            yield return new Violation(reference.File, reference.Line, "rooms",
                $"{from} may not use {to} ({reference.Type.Name})");
        }
    }

    // An engine is a folder below a kind that holds an IGenerator or an ISampler; engines do not know each other.
    private static IEnumerable<Violation> Acquaintances(SourceModel model)
    {
        var engines = EngineFolders(model);
        foreach (var reference in model.References)
        {
            if (reference.Type is null || SourceModel.DeclaredIn(reference.Type) is not { } target) continue;
            string? from = engines.FirstOrDefault(e => reference.File.StartsWith(e, StringComparison.Ordinal));
            string? to = engines.FirstOrDefault(e => target.StartsWith(e, StringComparison.Ordinal));
            if (from is null || to is null || from == to) continue;
            yield return new Violation(reference.File, reference.Line, "engines",
                $"{from} may not know {to} ({reference.Type.Name})");
        }
    }

    private static HashSet<string> EngineFolders(SourceModel model)
    {
        var folders = new HashSet<string>();
        foreach (var tree in model.Trees)
        {
            string[] parts = tree.FilePath.Split('/');
            if (parts.Length < 5 || !Kinds.Contains(Of(tree.FilePath))) continue;
            var semantics = model.Compilation.GetSemanticModel(tree);
            bool engine = tree.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>()
                .Select(t => semantics.GetDeclaredSymbol(t))
                .OfType<INamedTypeSymbol>()
                .Any(type => type.AllInterfaces.Any(i => i.Name == "IGenerator"));
            if (engine) folders.Add(string.Join('/', parts.Take(4)) + "/");
        }
        return folders;
    }

    private static Dictionary<string, string[]> Table()
    {
        var table = new Dictionary<string, string[]>
        {
            ["Numerics"] = [],
            ["Data"] = [],
            ["Specs"] = ["Data"],
            ["Privacy"] = ["Data"],
            ["Provenance"] = ["Data"],
            ["Validation"] = ["Data", "Privacy"],
            ["Reports"] = ["Data", "Validation", "Provenance"],
            ["Cli"] = ["Runs", "Data", "Specs", "Reports"],
            ["Studio"] = ["Runs", "Data", "Specs", "Reports"],
        };
        foreach (string kind in Kinds)
            table[kind] = kind is "Relational" or "Sequences"
                ? ["Data", "Specs", "Privacy", "Tabular"]
                : ["Data", "Specs", "Privacy"];
        table["Augment"] = ["Data", "Specs", "Images"];
        table["Scenes"] = [.. table["Scenes"], "Images"];
        table["Runs"] = [.. table.Keys.Except(["Cli", "Studio"])];
        return table;
    }
}
