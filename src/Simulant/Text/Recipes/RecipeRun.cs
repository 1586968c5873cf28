using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Simulant.Data;
using Simulant.Text.Cache;
using Simulant.Text.Models;

namespace Simulant.Text.Recipes;

/// <summary>How a run differs from the plain one.</summary>
public sealed record RunOptions
{
    /// <summary>Ask nobody: what is not recorded fails. So a finished run is made again from its log.</summary>
    public bool Offline { get; init; }

    /// <summary>Takes records and account as they come, instead of the outcome.</summary>
    public IRecipeSink? Sink { get; init; }

    /// <summary>Candidates that may fail one after another before the run gives up.</summary>
    public int FailuresInARow { get; init; } = 200;
}

/// <summary>
/// Runs a recipe until enough records are accepted. Candidates are numbered and go through the steps on their own, many at once; they
/// are settled in index order: accepted, rejected or failed, and accounted for. Where a step sees the pool, a round of candidates
/// begins when the one before is settled, and sees the pool of that moment. So the records are a pure function of spec, seed and
/// recorded answers, however many requests are in flight.
/// </summary>
public static class RecipeRun
{
    /// <summary>Makes records.</summary>
    /// <param name="wanted">At least 1.</param>
    /// <param name="cacheFolder">Holds the log of answers; made where it is not there.</param>
    /// <param name="budget">Null for none. A run that reaches it delivers the records up to the first
    /// candidate it could not finish.</param>
    /// <exception cref="DataException">The log cannot be used.</exception>
    /// <exception cref="Specs.SpecException">A key's variable is not set.</exception>
    /// <exception cref="OperationCanceledException">What was answered by then is recorded.</exception>
    public static RecipeOutcome Execute(Recipe recipe, long wanted, ulong seed, string cacheFolder, Budget? budget, RunContext run,
        RunOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted, 1);
        options ??= new RunOptions();
        using var models = Open(recipe, seed, cacheFolder, budget, options.Offline);
        using var driver = new Driver(recipe, wanted, seed, models, run, options);
        return driver.Run().GetAwaiter().GetResult();
    }

    /// <summary>What <see cref="Execute"/> will take; asks nobody.</summary>
    public static RecipeEstimate Estimate(Recipe recipe, long wanted, ulong seed, string cacheFolder, RunContext run) =>
        RecipeEstimate.Of(recipe, wanted, seed, cacheFolder, run);

    private static RecordedModels Open(Recipe recipe, ulong seed, string cacheFolder, Budget? budget, bool offline)
    {
        var log = ResponseLog.Open(cacheFolder);
        try
        {
            return RecordedModels.Open(recipe.Models, log, Tag(recipe, seed), budget ?? Budget.None, offline);
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>Names the run of a recipe and a seed in the log.</summary>
    internal static ulong Tag(Recipe recipe, ulong seed) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{recipe.Name}\n{seed}\n{recipe.Written}"))));
}
