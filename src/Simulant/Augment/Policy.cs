using System.Globalization;
using Simulant.Data;
using Simulant.Images;
using Simulant.Specs;

namespace Simulant.Augment;

/// <summary>
/// What is done to each picture: operations in a row, each with its probability, and groups of which some or one are done. Item i's result
/// is a function of (policy, seed, i, picture, pool) alone.
/// </summary>
public sealed class Policy
{
    private readonly IReadOnlyList<Step> _steps;

    private Policy(IReadOnlyList<Step> steps) => _steps = steps;

    /// <summary>
    /// Reads a list such as <c>[ horizontal-flip, { rotate: { limit: 10, p: 0.3 } }, { one-of: { p: 0.5, steps: [ fog, rain ] } } ]</c>.
    /// Groups
    /// are one-of, some-of (count, 2 unless said otherwise) and sequence.
    /// </summary>
    public static Policy Read(SpecNode node, DiagnosticBag faults)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(faults);
        return new Policy(Steps(node, faults, 0));
    }

    /// <summary>A policy of one operation that always happens, its options as a spec would write them.</summary>
    public static Policy Only(string operation, string options = "")
    {
        var faults = new DiagnosticBag();
        string text = options.Length > 0 ? $"[ {{ {operation}: {{ p: 1, {options} }} }} ]" : $"[ {{ {operation}: {{ p: 1 }} }} ]";
        var policy = Read(YamlNodes.Read(text, "policy", faults) ?? new SpecList([], default), faults);
        faults.ThrowIfErrors();
        return policy;
    }

    /// <summary>Whether an operation draws from other pictures.</summary>
    public bool Mixes => _steps.Any(s => s.Mixes);

    /// <param name="sample">One or three channels; it is not changed.</param>
    /// <param name="pool">Other pictures, where the policy mixes.</param>
    public Labelled Apply(Labelled sample, ulong seed, long item, IPicturePool? pool = null)
    {
        ArgumentNullException.ThrowIfNull(sample);
        if (sample.Image.Channels is not (1 or 3)) throw new ArgumentException("pictures of one or three channels are augmented",
            nameof(sample));
        var given = sample;
        for (int i = 0; i < _steps.Count; i++) sample = Next(given, sample, _steps[i].Apply(sample, seed, Name(i), item, pool));
        return sample;
    }

    /// <summary>
    /// Hands back the room of a picture that <see cref="Apply"/> made of another and that nobody needs any more; optional, and faster. The
    /// picture must not be touched again.
    /// </summary>
    public static void Release(Labelled made, Labelled given)
    {
        ArgumentNullException.ThrowIfNull(made);
        ArgumentNullException.ThrowIfNull(given);
        if (!ReferenceEquals(made.Image.Samples, given.Image.Samples)) KeptArrays<byte>.Give(made.Image.Samples);
    }

    // What lay between the picture that was given and the newest is needed no more.
    private static Labelled Next(Labelled given, Labelled before, Labelled made)
    {
        if (!ReferenceEquals(before.Image.Samples, made.Image.Samples)) Release(before, given);
        return made;
    }

    private static string Name(int step) => step.ToString(CultureInfo.InvariantCulture);

    private static List<Step> Steps(SpecNode node, DiagnosticBag faults, int depth)
    {
        var steps = new List<Step>();
        if (node is not SpecList list || depth > 8)
        {
            faults.Error(Codes.WrongType, node.At, depth > 8 ? "groups lie more than 8 deep" : "a list of operations was expected");
            return steps;
        }
        foreach (var item in list.Items)
        {
            var (name, at, options) = item switch
            {
                SpecScalar scalar => (scalar.Text, scalar.At, null),
                SpecMap { Entries: [var only] } => (only.Key, only.KeyAt, only.Value),
                _ => ("", item.At, (SpecNode?)item),
            };
            if (options is not (null or SpecMap))
            {
                faults.Error(Codes.WrongType, options.At, "an operation is a name, or a name with a map of options: rotate: { limit: 10 }");
                continue;
            }
            if (Group.Declared.TryGetValue(name, out var declared)) steps.Add(Group.Read(name, declared, (SpecMap?)options, at, faults,
                depth));
            else if (OperationTable.All.FirstOrDefault(o => o.Name == name) is { } operation)
                steps.Add(new Single(operation, operation.Declared.Read((SpecMap?)options, faults)));
            else
            {
                string[] names = [.. Group.Declared.Keys, .. OperationTable.All.Select(o => o.Name)];
                faults.Error(Codes.BadValue, at, $"there is no operation '{Nearest.Printable(name)}'{Nearest.Suggest(name, names)}");
            }
        }
        return steps;
    }

    private abstract record Step
    {
        public abstract bool Mixes { get; }

        public abstract Labelled Apply(Labelled sample, ulong seed, string path, long item, IPicturePool? pool);
    }

    private sealed record Single(Operation Operation, OptionValues Options) : Step
    {
        public override bool Mixes => Operation.Group == OperationGroup.Mixing;

        public override Labelled Apply(Labelled sample, ulong seed, string path, long item, IPicturePool? pool)
        {
            var dice = new Dice(seed, $"{path}/{Operation.Name}", item, pool);
            return dice.Chance(Options.Number("p")) ? Operation.Apply(sample, Options, dice) : sample;
        }
    }

    private sealed record Group(string Name, double Probability, int Count, IReadOnlyList<Step> Inner) : Step
    {
        public static IReadOnlyDictionary<string, EngineOptions> Declared { get; } = new[]
        {
            new EngineOptions("one-of", [P], "group"),
            new EngineOptions("some-of", [P, Operation.Integer("count", 2, 1, 100, "How many of its steps are tried.")], "group"),
            new EngineOptions("sequence", [P], "group"),
        }.ToDictionary(o => o.Engine);

        private static EngineOption P => Operation.Number("p", 1, 0, 1, "How often it happens.");

        public override bool Mixes => Inner.Any(s => s.Mixes);

        public static Group Read(string name, EngineOptions declared, SpecMap? given, SourcePosition at, DiagnosticBag faults, int depth)
        {
            var rest = given is null ? null : given with { Entries = [.. given.Entries.Where(e => e.Key != "steps")] };
            var values = declared.Read(rest, faults);
            if (given?["steps"] is not { } steps)
            {
                faults.Error(Codes.MissingKey, at, $"{name} needs steps, a list of operations");
                return new Group(name, 1, 1, []);
            }
            int count = name switch { "one-of" => 1, "some-of" => values.Integer("count"), _ => int.MaxValue };
            return new Group(name, values.Number("p"), count, Steps(steps, faults, depth + 1));
        }

        public override Labelled Apply(Labelled sample, ulong seed, string path, long item, IPicturePool? pool)
        {
            var dice = new Dice(seed, $"{path}/{Name}", item, pool);
            if (!dice.Chance(Probability)) return sample;
            int[] order = [.. Enumerable.Range(0, Inner.Count)];
            int count = Math.Min(Count, Inner.Count);
            for (int i = 0; i < count && count < Inner.Count; i++)
            {
                int chosen = i + dice.Below(Inner.Count - i);
                (order[i], order[chosen]) = (order[chosen], order[i]);
            }
            // What is chosen happens in the order in which it is written; one of several always happens once it is chosen.
            var given = sample;
            foreach (int i in order.Take(count).Order())
                sample = Next(given, sample, Inner[i] is Single single && Name == "one-of"
                    ? single.Operation.Apply(sample, single.Options, new Dice(seed, $"{path}/{i}/{single.Operation.Name}", item, pool))
                    : Inner[i].Apply(sample, seed, $"{path}/{i}", item, pool));
            return sample;
        }
    }
}
