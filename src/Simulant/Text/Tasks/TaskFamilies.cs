using System.Collections.Frozen;

namespace Simulant.Text.Tasks;

/// <summary>Every family of computed tasks, by category.</summary>
public static class TaskFamilies
{
    public static IReadOnlyList<TaskFamily> All { get; } =
    [
        .. Algebra.AlgebraFamilies.All,
        .. Arithmetic.ArithmeticFamilies.All,
        .. Code.CodeFamilies.All,
        .. Combinatorics.CombinatoricsFamilies.All,
        .. Games.GamesFamilies.All,
        .. Geometry.GeometryFamilies.All,
        .. Graphs.GraphsFamilies.All,
        .. Grids.GridsFamilies.All,
        .. Language.LanguageFamilies.All,
        .. Logic.LogicFamilies.All,
        .. NumberTheory.NumberTheoryFamilies.All,
        .. Probability.ProbabilityFamilies.All,
        .. Strings.StringsFamilies.All,
        .. Tables.TablesFamilies.All,
        .. Units.UnitsFamilies.All,
    ];

    private static readonly FrozenDictionary<string, TaskFamily> ByName = All.ToFrozenDictionary(family => family.Name);

    /// <summary>The family of that name; null where there is none.</summary>
    public static TaskFamily? Find(string name) => ByName.GetValueOrDefault(name);
}
