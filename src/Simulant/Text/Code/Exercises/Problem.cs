namespace Simulant.Text.Code.Exercises;

/// <summary>A parameter of an exercise's function.</summary>
/// <param name="Name">One lower-case word.</param>
/// <param name="Type">Its type.</param>
/// <param name="About">What it holds: continues "where NAME is".</param>
internal readonly record struct Parameter(string Name, Ty Type, string About);

/// <summary>
/// One exercise before it is written down: what is asked, how it is solved in each language, and how we know the answer. The oracle
/// goes another way than the solutions, so that neither can be wrong alone.
/// </summary>
internal sealed record Problem
{
    /// <summary>Lower-case words that name the function.</summary>
    public required string Name { get; init; }

    public required Parameter[] Takes { get; init; }

    public required Ty Gives { get; init; }

    /// <summary>What the function returns: continues "returns".</summary>
    public required string Goal { get; init; }

    /// <summary>Whole sentences on what is easily misread.</summary>
    public string[] Rules { get; init; } = [];

    /// <summary>A sentence on where such a thing is needed; empty where there is none.</summary>
    public string Setting { get; init; } = "";

    /// <summary>Bodies of the function, not indented; they end with a return.</summary>
    public required string CSharp { get; init; }

    /// <inheritdoc cref="CSharp"/>
    public required string Python { get; init; }

    /// <inheritdoc cref="CSharp"/>
    public required string JavaScript { get; init; }

    /// <summary>The body in a language.</summary>
    public string Body(CodeLanguage language) =>
        language switch { CodeLanguage.CSharp => CSharp, CodeLanguage.Python => Python, _ => JavaScript };

    /// <summary>Types that stand beside the function, by language in its order; null where there are none.</summary>
    public string[]? Types { get; init; }

    /// <summary>The answer to arguments.</summary>
    public required Func<object[], object> Oracle { get; init; }

    /// <summary>Arguments at random; the same draws give the same arguments.</summary>
    public required Func<Draws, object[]> Draw { get; init; }

    /// <summary>Arguments at the edges, always among the tests.</summary>
    public object[][] Edges { get; init; } = [];
}

/// <summary>A family of exercises: one solver and question structure, many parameters.</summary>
/// <param name="Name">Lower-case words joined by dashes.</param>
/// <param name="Topic">What it practises.</param>
/// <param name="Make">A problem from draws.</param>
internal sealed record ExerciseFamily(string Name, string Topic, Func<Draws, Problem> Make);
