using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Tabular.Rules;

/// <summary>Reads <c>sessions</c>: one machine, several with shares, or a length.</summary>
internal sealed class SessionReader(PlanReader plan)
{
    private const string End = "end";

    private readonly List<string> _states = [];

    public SessionPlan? Read(SpecMap map)
    {
        var options = new Options(map, plan.Faults);
        int before = plan.Faults.All.Count;
        int most = (int)Math.Min(options.Whole("max_steps", 1) ?? 1000, 1_000_000);
        var machines = new List<Machine?>();
        var shares = new List<double>();
        if (options.Take("machines") is SpecMap several)
        {
            foreach (var entry in several.Entries)
            {
                if (entry.Value is not SpecMap one)
                {
                    Fault(entry.Value.At, $"machine '{entry.Key}' is a map with 'share', 'start' and 'states'");
                    continue;
                }
                var inner = new Options(one, plan.Faults);
                shares.Add(inner.Required("share", 0));
                machines.Add(ReadMachine(entry.Key, inner));
            }
        }
        else if (options.Take("machine") is SpecMap single)
        {
            shares.Add(1);
            machines.Add(ReadMachine("machine", new Options(single, plan.Faults)));
        }
        else if (options.Take("length") is SpecMap or SpecScalar)
        {
            shares.Add(1);
            machines.Add(ReadLength("session", options));
        }
        options.Know("machines", "machine", "length");
        options.Close("'sessions'");
        if (machines.Count == 0) Fault(map.At, "'sessions' needs 'machine', 'machines' or 'length'");
        if (plan.Faults.All.Count > before) return null;
        // Every machine names its targets in one list of states, so its tables are as long as that list in the end.
        return new SessionPlan([.. machines.Select(machine => Widen(machine!))],
            new DiscreteTable([.. shares]), [.. _states], most);
    }

    private Machine Widen(Machine machine)
    {
        if (machine.Length is not null) return machine;
        var next = machine.Next;
        var targets = machine.Targets;
        Array.Resize(ref next, _states.Count);
        Array.Resize(ref targets, _states.Count);
        return machine with { Next = next, Targets = [.. targets.Select(target => target ?? [])] };
    }

    private Machine? ReadLength(string name, Options options)
    {
        if (_states.Count == 0) _states.Add("step");
        NumberRule? length = null;
        if (options.Take("length") is SpecMap map)
        {
            var inner = new Options(map, plan.Faults);
            if (inner.Has("distribution")) length = DistributionReader.Read(inner, ColumnKind.Decimal, null, null);
            else Fault(map.At, "'length' is a number or a distribution");
            inner.Close("'length'");
        }
        else length = new ConstantRule(options.Required("length", 0));
        return length is null ? null : new Machine(name, null, [], [], length);
    }

    private Machine? ReadMachine(string name, Options options)
    {
        if (options.Has("length"))
        {
            var fixedLength = ReadLength(name, options);
            options.Close($"machine '{name}'");
            return fixedLength;
        }
        if (options.Take("states") is not SpecMap { Entries.Count: > 0 } states || options.Take("start") is not { } startNode)
        {
            Fault(options.At, $"machine '{name}' needs 'start' (a state) and 'states' (each with the weights of its next "
                + $"states, or end)");
            return null;
        }
        options.Close($"machine '{name}'");
        string[] names = [.. states.Entries.Select(entry => entry.Key)];
        foreach (string state in names)
        {
            if (state == End) Fault(states.At, "'end' is no state of its own; let states lead to it");
            if (!_states.Contains(state)) _states.Add(state);
        }
        var tables = new DiscreteTable?[_states.Count];
        int[][] targets = new int[_states.Count][];
        var edges = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var entry in states.Entries)
        {
            if (options.Weighted(entry.Value, $"state '{entry.Key}'") is not { } next) continue;
            var (words, weights) = next;
            foreach (string word in words) Known(word, names, entry.Value.At, true);
            edges[entry.Key] = [.. words.Where((_, i) => weights[i] > 0)];
            int from = _states.IndexOf(entry.Key);
            tables[from] = new DiscreteTable(weights);
            targets[from] = [.. words.Select(word => word == End ? -1 : _states.IndexOf(word))];
        }
        if (options.Weighted(startNode, "'start'") is not { } start) return null;
        bool known = true;
        foreach (string word in start.Words) known &= Known(word, names, startNode.At, false);
        foreach (string state in names.Where(state => !Ends(state, edges)))
            Fault(states.Entries.First(entry => entry.Key == state).KeyAt,
                $"no way leads from state '{state}' to the end; add one");
        if (!known) return null;
        double[] first = new double[_states.Count];
        for (int i = 0; i < start.Words.Length; i++) first[_states.IndexOf(start.Words[i])] = start.Weights[i];
        return new Machine(name, new DiscreteTable(first), tables, targets, null);
    }

    private static bool Ends(string state, Dictionary<string, string[]> edges)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { state };
        var open = new Stack<string>([state]);
        while (open.TryPop(out string? at))
            foreach (string next in edges.GetValueOrDefault(at) ?? [])
            {
                if (next == End) return true;
                if (seen.Add(next)) open.Push(next);
            }
        return false;
    }

    private bool Known(string state, string[] names, SourcePosition at, bool endAllowed)
    {
        if (names.Contains(state) || (endAllowed && state == End)) return true;
        Fault(at, $"there is no state '{state}'{Nearest.Suggest(state, names)}");
        return false;
    }

    private void Fault(SourcePosition at, string message) => plan.Faults.Error(RuleCodes.Machine, at, message);
}
