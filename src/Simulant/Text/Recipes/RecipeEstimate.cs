using Simulant.Data;
using Simulant.Text.Cache;
using Simulant.Text.Models;

namespace Simulant.Text.Recipes;

/// <summary>What a run will take, about.</summary>
/// <param name="Basis">What it rests on, one line.</param>
/// <param name="Measured">Recorded candidates that it was measured on; 0 where tokens were only foreseen.</param>
public sealed record RecipeEstimate(double Candidates, double Requests, double InputTokens, double OutputTokens, double Cost, string Basis,
    long Measured)
{
    /// <summary>In one line.</summary>
    public string Words => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"about {Requests:N0} requests, {InputTokens:N0} tokens of questions and {OutputTokens:N0} of answers")
        + (Cost > 0 ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $", cost {Cost:0.####}") : "") + $" ({Basis})";

    /// <summary>Accepted records from which on a measurement is believed.</summary>
    private const int Enough = 10;

    /// <summary>
    /// Asks nobody. Where the log of answers holds the first candidates of this recipe and seed, as a preview leaves them, their tokens,
    /// cost and yield are measured and extended; otherwise prompts are counted, and answers taken to be as long as the recipe expects.
    /// </summary>
    public static RecipeEstimate Of(Recipe recipe, long wanted, ulong seed, string cacheFolder, RunContext run)
    {
        if (!File.Exists(Path.Combine(cacheFolder, ResponseLog.FileName))) return Foreseen(recipe, wanted);
        var tally = new Tally();
        var outcome = RecipeRun.Execute(recipe, wanted, seed, cacheFolder, null, run,
            new RunOptions { Offline = true, Sink = tally, FailuresInARow = 1 });
        var account = outcome.Account;
        if (account.Accepted < Enough) return Foreseen(recipe, wanted);
        // The candidate whose answers are not recorded ended it, and counts for nothing.
        long candidates = account.Candidates - tally.Unrecorded;
        double times = (double)wanted / account.Accepted;
        return new RecipeEstimate(times * candidates, times * account.Models.Sum(m => m.Answers),
            times * account.Models.Sum(m => m.InputTokens),
            times * account.Models.Sum(m => m.OutputTokens), times * (double)account.Models.Sum(m => m.Cost),
            FormattableString.Invariant($"measured on {candidates:N0} recorded candidates, {account.Accepted:N0} records accepted"),
            candidates);
    }

    /// <summary>The same without a look at the log.</summary>
    public static RecipeEstimate Foreseen(Recipe recipe, long wanted)
    {
        var forecast = new Forecast();
        recipe.Source.Foresee(forecast);
        foreach (var step in recipe.Steps) step.Foresee(forecast);
        double candidates = wanted / Math.Max(1e-9, recipe.Expected);
        return new RecipeEstimate(candidates, candidates * forecast.Requests, candidates * forecast.Input, candidates * forecast.Output,
            candidates * forecast.Cost, "prompts counted, answers as long as expected, nothing rejected; make a preview to measure", 0);
    }

    private sealed class Tally : IRecipeSink
    {
        public int Unrecorded { get; private set; }

        public void Accept(AcceptedRecord record)
        {
        }

        public void Account(Attempt attempt)
        {
            if (attempt.Rule == new ModelException(FaultKind.NotRecorded, "").Rule) Unrecorded = 1;
        }
    }
}
