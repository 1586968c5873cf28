namespace Simulant.Text.Tasks;

/// <summary>What kinds of reasoning the families ask for.</summary>
public static class TaskCategories
{
    public const string Arithmetic = "arithmetic";
    public const string Algebra = "algebra";
    public const string NumberTheory = "number-theory";
    public const string Combinatorics = "combinatorics";
    public const string Probability = "probability";
    public const string Geometry = "geometry";
    public const string Logic = "logic";
    public const string Graphs = "graphs";
    public const string Grids = "grids";
    public const string Games = "games";
    public const string Strings = "strings";
    public const string Code = "code";
    public const string Units = "units";
    public const string Tables = "tables";
    public const string Language = "language";

    public static IReadOnlyList<string> All { get; } =
    [
        Arithmetic, Algebra, NumberTheory, Combinatorics, Probability, Geometry, Logic, Graphs, Grids, Games, Strings, Code, Units,
        Tables, Language,
    ];
}
