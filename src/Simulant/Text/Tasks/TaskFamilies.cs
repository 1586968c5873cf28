using System.Collections.Frozen;

namespace Simulant.Text.Tasks;

/// <summary>Every family of computed tasks, by category.</summary>
public static class TaskFamilies
{
    public static IReadOnlyList<TaskFamily> All { get; } =
    [
        .. Arithmetic.ArithmeticFamilies.All,
        .. Algebra.AlgebraFamilies.All,
        .. NumberTheory.NumberTheoryFamilies.All,
        .. Combinatorics.CombinatoricsFamilies.All,
        .. Probability.ProbabilityFamilies.All,
        .. Geometry.GeometryFamilies.All,
        .. Units.UnitsFamilies.All,
        .. Tables.TablesFamilies.All,
        .. Logic.LogicFamilies.All,
        .. Graphs.GraphsFamilies.All,
        .. Grids.GridsFamilies.All,
        .. Games.GamesFamilies.All,
        .. Strings.StringsFamilies.All,
        .. Code.CodeFamilies.All,
        .. Language.LanguageFamilies.All,
    ];

    private static readonly FrozenDictionary<string, TaskFamily> ByName = All.ToFrozenDictionary(family => family.Name);

    /// <summary>The family of that name; null where there is none.</summary>
    public static TaskFamily? Find(string name) => ByName.GetValueOrDefault(name);
}
