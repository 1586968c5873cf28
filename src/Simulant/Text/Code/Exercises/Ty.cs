using System.Globalization;
using System.Text;

namespace Simulant.Text.Code.Exercises;

/// <summary>The types that exercises take and give: each has a form in every language.</summary>
internal enum Ty
{
    /// <summary>int</summary>
    Int,

    /// <summary>bool</summary>
    Bool,

    /// <summary>string</summary>
    Text,

    /// <summary>int[]</summary>
    Ints,

    /// <summary>string[]</summary>
    Texts,

    /// <summary>int[][]</summary>
    Grid,

    /// <summary>Dictionary of string to int; a Map in JavaScript.</summary>
    Counts,
}

/// <summary>Types and values of exercises as each language writes them.</summary>
internal static class Literals
{
    /// <summary>The name of the type in C#.</summary>
    public static string CSharpType(Ty type) => type switch
    {
        Ty.Int => "int",
        Ty.Bool => "bool",
        Ty.Text => "string",
        Ty.Ints => "int[]",
        Ty.Texts => "string[]",
        Ty.Grid => "int[][]",
        _ => "Dictionary<string, int>",
    };

    /// <summary>The annotation of the type in Python.</summary>
    public static string PythonType(Ty type) => type switch
    {
        Ty.Int => "int",
        Ty.Bool => "bool",
        Ty.Text => "str",
        Ty.Ints => "list[int]",
        Ty.Texts => "list[str]",
        Ty.Grid => "list[list[int]]",
        _ => "dict[str, int]",
    };

    /// <summary>The value as an expression of the language.</summary>
    public static string Write(CodeLanguage language, object value)
    {
        var to = new StringBuilder();
        Append(to, language, value);
        return to.ToString();
    }

    private static void Append(StringBuilder to, CodeLanguage language, object value)
    {
        switch (value)
        {
            case int number:
                to.Append(number.ToString(CultureInfo.InvariantCulture));
                break;
            case bool truth:
                to.Append(language == CodeLanguage.Python ? truth ? "True" : "False" : truth ? "true" : "false");
                break;
            case string text:
                to.Append('"').Append(text.Replace("\\", "\\\\").Replace("\"", "\\\"")).Append('"');
                break;
            case int[] numbers:
                Items(to, language, numbers.Cast<object>(), language == CodeLanguage.CSharp ? "new int[] { " : "[");
                break;
            case string[] texts:
                Items(to, language, texts, language == CodeLanguage.CSharp ? "new string[] { " : "[");
                break;
            case int[][] rows:
                Items(to, language, rows, language == CodeLanguage.CSharp ? "new int[][] { " : "[");
                break;
            case Dictionary<string, int> counts:
                Pairs(to, language, counts);
                break;
            default:
                throw new ArgumentException($"exercises have no value of {value.GetType()}", nameof(value));
        }
    }

    private static void Items(StringBuilder to, CodeLanguage language, IEnumerable<object> items, string open)
    {
        to.Append(open);
        bool first = true;
        foreach (object item in items)
        {
            if (!first) to.Append(", ");
            first = false;
            Append(to, language, item);
        }
        to.Append(language == CodeLanguage.CSharp ? first ? "}" : " }" : "]");
    }

    private static void Pairs(StringBuilder to, CodeLanguage language, Dictionary<string, int> counts)
    {
        to.Append(language switch
        {
            CodeLanguage.CSharp => "new Dictionary<string, int> { ",
            CodeLanguage.Python => "{",
            _ => "new Map([",
        });
        bool first = true;
        foreach (var (key, value) in counts.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            if (!first) to.Append(", ");
            first = false;
            string quoted = Write(language, key), number = value.ToString(CultureInfo.InvariantCulture);
            to.Append(language switch
            {
                CodeLanguage.CSharp => $"[{quoted}] = {number}",
                CodeLanguage.Python => $"{quoted}: {number}",
                _ => $"[{quoted}, {number}]",
            });
        }
        to.Append(language switch
        {
            CodeLanguage.CSharp => first ? "}" : " }",
            CodeLanguage.Python => "}",
            _ => "])",
        });
    }
}
