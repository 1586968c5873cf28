namespace Simulant.Text.Code.Mutation;

/// <summary>A small change to a program, of a kind that a slip of the pen makes.</summary>
/// <param name="Kind">arithmetic, relational, boolean, constant, return, condition, statement, bits or call.</param>
/// <param name="Line">Where, from 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Before">What stood there.</param>
/// <param name="After">What stands there now.</param>
/// <param name="Text">The whole changed program.</param>
public sealed record Mutant(string Kind, int Line, int Column, string Before, string After, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Line}:{Column}: {Kind}: {Short(Before)} -> {Short(After)}";

    private static string Short(string text) => (text.Length <= 40 ? text : text[..40] + "...").ReplaceLineEndings(" ");
}

/// <summary>What became of a mutant.</summary>
public enum MutantFate
{
    /// <summary>It does not compile, and counts for nothing.</summary>
    NotCompiled,

    /// <summary>A test failed, or it threw, or it did not end.</summary>
    Killed,

    /// <summary>It passes the tests, and the wider cases show that it is another program.</summary>
    Survived,

    /// <summary>It passes the tests and every wider case: the same program by all that is seen of it.</summary>
    Equivalent,
}

/// <summary>A mutant and its fate.</summary>
/// <param name="Mutant">The change.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="Case">The case that killed it: of the tests or, where it survived those, of the wider cases; else -1.</param>
public sealed record JudgedMutant(Mutant Mutant, MutantFate Fate, int Case);

/// <summary>What mutants say of tests.</summary>
/// <param name="Mutants">All of them, by place.</param>
public sealed record MutationResult(IReadOnlyList<JudgedMutant> Mutants)
{
    /// <summary>How many had a fate.</summary>
    public int Count(MutantFate fate) => Mutants.Count(m => m.Fate == fate);

    /// <summary>Killed among the compiled ones that are not equivalent; 1 where there are none.</summary>
    public double Score
    {
        get
        {
            int killed = Count(MutantFate.Killed), judged = killed + Count(MutantFate.Survived);
            return judged == 0 ? 1 : (double)killed / judged;
        }
    }
}
