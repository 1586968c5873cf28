using System.Text.RegularExpressions;
using Simulant.Runs;
using Simulant.Specs;
using Simulant.Specs.Expressions;
using Simulant.Specs.Reading;
using Xunit;

namespace Simulant.Tests.Specs;

/// <summary>The pages on specs say what the program does.</summary>
public sealed partial class SpecGuideTests
{
    private static string Page(string name) => File.ReadAllText(Repository.PathOf($"docs/guide/{name}"));

    [Fact]
    public void The_tables_of_keys_are_those_of_the_reader()
    {
        string page = Page("spec.md");
        foreach (var section in GuideTables.Sections)
        {
            string table = GuideTables.Table(section);
            Assert.True(page.Contains(table, StringComparison.Ordinal),
                $"docs/guide/spec.md lacks the table of {section.Name}:\n{table}");
        }
        Assert.All(SpecKeys.Reserved, key => Assert.Contains($"`{key}`", page));
    }

    [Fact]
    public void The_options_of_an_engine_stand_on_its_page()
    {
        foreach (var engine in EngineTable.Shipped.Options)
        {
            string table = engine.Section.Keys.Count == 0 ? "takes no options" : GuideTables.Table(engine.Section);
            Assert.True(Page($"engines/{engine.Engine}.md").Contains(table, StringComparison.Ordinal),
                $"docs/guide/engines/{engine.Engine}.md lacks its options:\n{table}");
        }
    }

    [Fact]
    public void The_options_of_a_recipe_stand_on_its_page()
    {
        foreach (var recipe in EngineTable.Shipped.RecipeOptions)
        {
            string table = recipe.Section.Keys.Count == 0 ? "takes no options" : GuideTables.Table(recipe.Section);
            Assert.True(Page($"recipes/{recipe.Engine}.md").Contains(table, StringComparison.Ordinal),
                $"docs/guide/recipes/{recipe.Engine}.md lacks its options:\n{table}");
        }
    }

    [Fact]
    public void Every_function_is_explained_once()
    {
        string page = Page("expressions.md");
        foreach (var function in Functions.All)
            Assert.True(Regex.Count(page, "^\\| `" + Regex.Escape(function.Usage) + "` \\|", RegexOptions.Multiline) == 1,
                function.Usage);
    }

    [Fact]
    public void The_examples_of_expressions_are_sound_and_of_the_stated_value()
    {
        int count = 0;
        foreach (Match match in Example().Matches(Page("expressions.md")))
        {
            string value = match.Groups[2].Value;
            var faults = new DiagnosticBag();
            var expression = Expression.Parse(match.Groups[1].Value.Replace("\\|", "|"), default, faults);
            Assert.Empty(faults.All);
            var table = ExpressionTests.People().Slice(0, 1);
            string found = Simulant.Data.ValueText.Format(expression!.Evaluate(table, "x"), 0);
            Assert.True(value == (found.Length == 0 ? "missing" : found), $"{expression} is {found}, the page says {value}");
            count++;
        }
        Assert.True(count >= 30, $"only {count} examples found");
    }

    [Fact]
    public void Every_code_is_explained_once_and_triggered_by_a_test()
    {
        string page = Page("diagnostics.md");
        var explained = Heading().Matches(page).Select(m => m.Value[3..]).ToList();
        Assert.Equal(explained.Distinct().Order(StringComparer.Ordinal), explained);
        var source = Repository.Read("src", "*.cs").SelectMany(f => Code().Matches(f.Text)).Select(m =>
            m.Value[1..^1]).ToHashSet();
        Assert.Equal(source.Order(StringComparer.Ordinal), explained);
        string tests = string.Concat(Repository.Read("tests", "*.cs").Where(f =>
            !f.Path.EndsWith("SpecGuideTests.cs")).Select(f => f.Text));
        var constants = Repository.Read("src", "*.cs").SelectMany(f => Constant().Matches(f.Text))
            .ToDictionary(m => m.Groups[2].Value, m => m.Groups[1].Value);
        // The codes of engines (SIM2..) are triggered by the engines' own tests.
        foreach (string code in explained.Where(c => c.StartsWith("SIM0", StringComparison.Ordinal)))
        {
            bool triggered = tests.Contains(code, StringComparison.Ordinal)
                || tests.Contains($"Codes.{constants[code]}", StringComparison.Ordinal);
            Assert.True(triggered, $"no test triggers {code}");
        }
    }

    [GeneratedRegex("^## SIM\\d{3}", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("\"SIM\\d{3}\"")]
    private static partial Regex Code();

    [GeneratedRegex("const string (\\w+) = \"(SIM\\d{3})\"")]
    private static partial Regex Constant();

    [GeneratedRegex("^\\| `([^`]+)` is `([^`]*)` \\|", RegexOptions.Multiline)]
    private static partial Regex Example();
}
