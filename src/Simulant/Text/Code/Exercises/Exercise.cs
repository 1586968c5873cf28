namespace Simulant.Text.Code.Exercises;

/// <summary>A textbook exercise in one language, with a solution that passes its tests.</summary>
/// <param name="Family">The solver and question structure behind it.</param>
/// <param name="Topic">What it practises.</param>
/// <param name="Language">Of statement, solution and tests.</param>
/// <param name="Statement">What is asked, in prose, with one or two examples.</param>
/// <param name="Solution">The reference solution.</param>
/// <param name="Tests">Tests as <see cref="CodeCheck"/> takes them.</param>
public sealed record Exercise(string Family, string Topic, CodeLanguage Language, string Statement, string Solution, string Tests);

/// <summary>One test: arguments and what the oracle says of them.</summary>
internal readonly record struct Case(object[] Arguments, object Expected)
{
    /// <summary>The arguments as one text, to tell cases apart.</summary>
    public string Key => string.Join('|', Arguments.Select(a => Literals.Write(CodeLanguage.Python, a)));
}
