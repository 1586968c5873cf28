using System.Globalization;
using System.Text;

namespace Simulant.Text.Code.Exercises;

/// <summary>Writes cases as tests of each language, numbered, so that a verdict says which one failed.</summary>
internal static class TestWriter
{
    public static string Write(Problem problem, CodeLanguage language, IReadOnlyList<Case> cases)
    {
        var to = new StringBuilder(language == CodeLanguage.CSharp
            ? "public static class Tests\n{\n    public static void AllCases()\n    {\n" : "");
        for (int i = 0; i < cases.Count; i++)
        {
            string number = i.ToString(CultureInfo.InvariantCulture);
            string expected = Literals.Write(language, cases[i].Expected), call = Call(problem, language, cases[i]);
            to.Append(language switch
            {
                CodeLanguage.CSharp => $"        Expect.Case({number});\n        Expect.Equal({expected}, {call});\n",
                CodeLanguage.Python => $"expect_case({number})\nexpect_equal({expected}, {call})\n",
                _ => $"expectCase({number});\nexpectEqual({expected}, {call});\n",
            });
        }
        return to.Append(language == CodeLanguage.CSharp ? "    }\n}\n" : "").ToString();
    }

    /// <summary>The call of the function with a case's arguments.</summary>
    public static string Call(Problem problem, CodeLanguage language, Case one) =>
        (language == CodeLanguage.CSharp ? "Solution." : "") + SolutionWriter.NameIn(problem, language) + "("
            + string.Join(", ", one.Arguments.Select(a => Literals.Write(language, a))) + ")";
}
