using Simulant.Data;
using Simulant.Specs;
using Simulant.Tabular;

namespace Simulant.Runs;

/// <summary>One entry of the engine table.</summary>
/// <param name="Name">As the spec's <c>engine</c> names it.</param>
/// <param name="LearnsFromData">False for engines that work from the spec's rules alone.</param>
public sealed record Engine(string Name, bool LearnsFromData)
{
    /// <summary>Adds the faults of the spec's options for this engine, before any data is opened.</summary>
    public required Action<Spec, DiagnosticBag> Check { get; init; }

    /// <summary>Learns from the training part; engines of rules are given an empty data set.</summary>
    public required Func<TableRequest, Dataset, RunContext, ISampler> Fit { get; init; }

    /// <summary>Reads back what the sampler's <see cref="ISampler.Save"/> wrote.</summary>
    public required Func<Stream, ISampler> Load { get; init; }

    /// <summary>For engines of rules: the columns the spec describes.</summary>
    public Func<Spec, TableSchema>? SchemaOf { get; init; }
}

/// <summary>The table of engines: the only place that knows them by name.</summary>
public sealed class EngineTable(IReadOnlyList<Engine> engines)
{
    private const string DefaultWithData = "trees", DefaultWithout = "rules";

    public static EngineTable Shipped { get; } = new([]);

    public IReadOnlyList<string> Names => [.. engines.Select(e => e.Name)];

    /// <summary>The named engine; throws <see cref="UsageException"/> where there is none.</summary>
    public Engine this[string name] => engines.FirstOrDefault(e => e.Name == name)
        ?? throw new UsageException($"this program has no engine '{name}'; it has {string.Join(", ", Names)}");

    /// <summary>The spec's engine, or the default: trees where there is data, rules where there is none.</summary>
    public Engine Of(Spec spec, DiagnosticBag faults)
    {
        string name = spec.Engine.Name.Length > 0 ? spec.Engine.Name : spec.Source is null ? DefaultWithout : DefaultWithData;
        var engine = engines.FirstOrDefault(e => e.Name == name);
        if (engine is null)
        {
            faults.Error(Codes.UnknownEngine, spec.Engine.At, $"unknown engine '{name}'; expected one of {string.Join(", ", Names)}");
            faults.ThrowIfErrors();
        }
        if (engine!.LearnsFromData && spec.Source is null)
            faults.Error(Codes.MissingKey, spec.Engine.At, $"the engine '{name}' learns from data, and the spec names no source; "
                + "add source.train or use the engine 'rules'");
        engine.Check(spec, faults);
        return engine;
    }
}
