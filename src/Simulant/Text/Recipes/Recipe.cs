using System.Text;
using Simulant.Specs;
using Simulant.Text.Models;

namespace Simulant.Text.Recipes;

/// <summary>
/// What a run does to make records: where candidates begin, the steps each goes through, what is accepted, and which fields are
/// delivered. Made by <see cref="Read"/>; a recipe that exists can be run.
/// </summary>
public sealed partial class Recipe
{
    internal Recipe(string name, ModelTable models, ISource source, IReadOnlyList<IStep> steps)
    {
        (Name, Models, Source, Steps) = (name, models, source, steps);
        SeesPool = steps.Any(s => s.SeesPool);
    }

    public string Name { get; }
    public ModelTable Models { get; }
    public ISource Source { get; }
    public IReadOnlyList<IStep> Steps { get; }
    public IReadOnlyList<IAcceptance> Acceptance { get; init; } = [];

    /// <summary>Fields that are delivered, in order.</summary>
    public IReadOnlyList<string> Output { get; init; } = [];

    /// <summary>Members of the pool before anything is accepted.</summary>
    public IReadOnlyList<PoolMember> Seeds { get; init; } = [];

    /// <summary>Fields of an accepted record that the pool keeps; null for the delivered ones.</summary>
    public IReadOnlyList<string>? PoolFields { get; init; }

    /// <summary>Candidates that see the same pool.</summary>
    public int Round { get; init; } = 64;

    /// <summary>Looks at every round that has ended; null where none does.</summary>
    public IRoundRule? Rule { get; init; }

    /// <summary>Candidates that are tried at most; null for twenty times the records wanted, and 1000 more.</summary>
    public long? MaxAttempts { get; init; }

    /// <summary>How often a source is gone through at most.</summary>
    public long Passes { get; init; } = long.MaxValue;

    /// <summary>Records that a candidate makes, about: so many fewer are begun at once near the end.</summary>
    public double Expected { get; init; } = 1;

    /// <summary>Whether rounds must end before the next begins.</summary>
    public bool SeesPool { get; }

    /// <summary>Where answers are kept, as the spec wrote it; null for the usual place.</summary>
    public string? Answers { get; init; }

    public Budget Budget { get; init; } = Budget.None;

    /// <summary>Terms of what the recipe reads, as the spec states them; or null.</summary>
    public string? SourceLicense { get; init; }

    /// <summary>Files that it has read, as the spec wrote their paths.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>
    /// The recipe as the spec wrote it, without its places and what bounds a run: names a run beside its seed, so that a run with a
    /// greater budget goes on counting where it stopped.
    /// </summary>
    internal string Written { get; init; } = "";

    /// <summary>Candidates to try at most for so many records.</summary>
    public long Limit(long wanted)
    {
        long most = MaxAttempts ?? checked(wanted * 20 + 1000);
        return Source.Count is { } count && Passes <= most / Math.Max(1, count) ? Math.Min(most, count * Passes) : most;
    }

    /// <summary>
    /// Finds fields that are read before any step writes them, and delivered ones that nobody writes.
    /// </summary>
    internal void CheckFields(SourcePosition at, IReadOnlyDictionary<IStep, SourcePosition> places, DiagnosticBag faults)
    {
        var known = new HashSet<string>(Source.Writes, StringComparer.Ordinal);
        foreach (var step in Steps)
        {
            foreach (string field in step.Reads.Where(f => !known.Contains(f)))
                faults.Error(RecipeCodes.UnknownField, places.GetValueOrDefault(step, at),
                    $"the step '{step.Name}' reads '{Nearest.Printable(field)}', which nothing before it writes" + Advice(field, known));
            known.UnionWith(step.Writes);
        }
        foreach (string field in Output.Concat(Acceptance.SelectMany(a => a.Reads)).Distinct().Where(f => !known.Contains(f)))
            faults.Error(RecipeCodes.UnknownField, at,
                $"the recipe delivers '{Nearest.Printable(field)}', which no step writes" + Advice(field, known));
    }

    private static string Advice(string field, HashSet<string> known) => Nearest.Suggest(field, known) is { Length: > 0 } near ? near
        : known.Count > 0 ? $"; there are {string.Join(", ", known.Order(StringComparer.Ordinal))}" : "; nothing is written by then";

    /// <summary>Keys and values of a spec's node in order, without places and comments.</summary>
    internal static string Canonical(SpecNode node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return text.ToString();
    }

    private static void Write(SpecNode node, StringBuilder to)
    {
        switch (node)
        {
            case SpecScalar scalar:
                to.Append(scalar.Text.Length).Append(':').Append(scalar.Text);
                break;
            case SpecList list:
                to.Append('[');
                foreach (var item in list.Items) Write(item, to);
                to.Append(']');
                break;
            case SpecMap map:
                to.Append('{');
                foreach (var entry in map.Entries.OrderBy(e => e.Key, StringComparer.Ordinal))
                {
                    to.Append(entry.Key.Length).Append(':').Append(entry.Key);
                    Write(entry.Value, to);
                }
                to.Append('}');
                break;
        }
    }
}

/// <summary>Codes of diagnostics that only recipes give.</summary>
public static class RecipeCodes
{
    /// <summary>A field is read or delivered that nothing writes.</summary>
    public const string UnknownField = "SIM310";

    /// <summary>There is no recipe, or no step, of this name.</summary>
    public const string UnknownRecipe = "SIM311";
}
