using Simulant.Specs;
using Simulant.Specs.Reading;
using Simulant.Text.Models;

namespace Simulant.Text.Recipes;

public sealed partial class Recipe
{
    /// <summary>The recipes there are.</summary>
    internal static IReadOnlyList<RecipeKind> Kinds { get; } =
    [
        StepsRecipe.Kind,
        SelfInstruct.Kind,
        Evolve.Kind,
        Distil.Kind,
        Persona.Kind,
        QaFromDocuments.Kind,
        Judging.Preference,
        Judging.Judge,
        Conversing.Kind,
        Translating.Paraphrase,
        Translating.Parallel,
        FlanMix.Kind,
        Bootstrap.Kind,
    ];

    /// <summary>Names of the recipes there are.</summary>
    public static IReadOnlyList<string> Names => [.. Kinds.Select(k => k.Name)];

    /// <summary>
    /// Reads a spec's <c>recipe</c>: a name, or a map with one. Every fault at once, at its place; fields that a step reads before any
    /// writes them are among them.
    /// </summary>
    /// <param name="opens">False reads no file; the recipe is then good for nothing but its faults.</param>
    /// <returns>Null where there is a fault.</returns>
    /// <exception cref="Data.DataException">The spec is sound, and a file that it names cannot be read.</exception>
    public static Recipe? Read(SpecNode recipe, ModelTable models, DiagnosticBag faults, bool opens = true)
    {
        if (recipe is SpecScalar { IsNull: false } alone)
            recipe = new SpecMap([new SpecEntry("name", alone.At, alone)], alone.At);
        if (recipe is not SpecMap map)
        {
            faults.Error(Codes.WrongType, recipe.At,
                $"'recipe' must be a recipe's name or a map with one, found {Fields.Describe(recipe)}");
            return null;
        }
        if (map["name"] is not SpecScalar { IsNull: false } name)
        {
            faults.Error(Codes.MissingKey, map.At, $"the recipe has no 'name'; choose one of {string.Join(", ", Names)}");
            return null;
        }
        string wanted = name.Text.Trim().ToLowerInvariant().Replace('_', '-');
        if (Kinds.FirstOrDefault(k => k.Name == wanted) is not { } kind)
        {
            string near = Nearest.Suggest(wanted, Names);
            faults.Error(RecipeCodes.UnknownRecipe, name.At, $"there is no recipe '{Nearest.Printable(name.Text)}'"
                + (near.Length > 0 ? near : $"; choose one of {string.Join(", ", Names)}"));
            return null;
        }
        var section = new Section($"the recipe '{kind.Name}'", [.. RecipeBuilder.Common, .. kind.Keys]);
        return kind.Build(new RecipeBuilder(map, section, models, faults, opens));
    }
}
