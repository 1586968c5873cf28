using Simulant.Data;
using Simulant.Provenance;

namespace Simulant.Runs;

internal enum Occupancy { Free, Confirmed, Rejected, Taken }

/// <summary>What already stands where a run wants to publish.</summary>
internal static class Destination
{
    /// <summary>
    /// A finished folder of an equal plan is confirmed, by its model's plan and its manifest's hashes; anything else that is not
    /// an empty folder is taken.
    /// </summary>
    public static (Occupancy State, string Why) Inspect(string target, RunPlan plan, CancellationToken cancel)
    {
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
        {
            return Difference(target, plan, cancel) is { } why
                ? (Occupancy.Taken, $"'{target}' is not empty: {why}")
                : (Occupancy.Confirmed, "");
        }
        string rejected = Workspace.RejectedOf(target);
        if (Directory.Exists(rejected))
        {
            return Difference(rejected, plan, cancel) is null
                ? (Occupancy.Rejected, "")
                : (Occupancy.Free, "");
        }
        return (Occupancy.Free, "");
    }

    private static string? Difference(string folder, RunPlan plan, CancellationToken cancel)
    {
        string model = Path.Combine(folder, ModelFile.PublishedName);
        if (!File.Exists(model)) return "it is not the result of a run";
        RunPlan? earlier;
        try
        {
            earlier = ModelFile.ReadPlan(model);
        }
        catch (UsageException e)
        {
            return e.Message;
        }
        if (earlier is null) return "it is not the result of a run";
        if (plan.DifferenceFrom(earlier, sameProgram: false) is { } difference) return $"it was made before, and {difference}";
        return FirstDamage(folder, cancel) is { } damage ? $"it was made before, but {damage}" : null;
    }

    private static string? FirstDamage(string folder, CancellationToken cancel)
    {
        try
        {
            return ManifestCheck.Check(folder, cancel: cancel) is [var first, ..] ? first.ToString() : null;
        }
        catch (DataException e)
        {
            return e.Message;
        }
    }
}
