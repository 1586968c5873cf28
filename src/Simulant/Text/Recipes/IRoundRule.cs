namespace Simulant.Text.Recipes;

/// <summary>A rule that looks at each round when it has ended, and may end the run.</summary>
public interface IRoundRule
{
    /// <summary>Begins a run; nothing is remembered of another.</summary>
    IRoundRun Start();
}

/// <summary>One run's memory of an <see cref="IRoundRule"/>.</summary>
public interface IRoundRun
{
    /// <param name="attempts">Of this round, surplus ones left out.</param>
    /// <param name="accepted">Of these.</param>
    /// <param name="pool">With all that was accepted so far.</param>
    /// <returns>Why the run ends, one line; or null.</returns>
    string? After(long attempts, long accepted, PoolView pool);
}
