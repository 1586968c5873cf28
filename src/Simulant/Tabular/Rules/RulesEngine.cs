using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Tabular.Rules;

/// <summary>
/// The engine without real data: every column of the spec says how its values come about. See docs/guide/engines/rules.md.
/// </summary>
public static class RulesEngine
{
    public const string Name = "rules";

    /// <summary>What the engine reads of the spec's <c>engine</c> map beside the name.</summary>
    public static EngineOptions Options { get; } = new(Name,
    [
        new("entities", OptionKind.Map, "Populations that rows refer to (customers, accounts), by name.") { Default = "none" },
        new("sessions", OptionKind.Map, "State machines whose walks are the rows, session by session.") { Default = "none" },
        new("attempts", OptionKind.Integer,
            "How often a row that breaks a constraint is drawn again before the run ends with an error.")
            { Minimum = 1, Maximum = 30_000, Default = "1000" },
    ]);

    /// <summary>Reads and checks a spec; every fault goes to <paramref name="faults"/>, and then null comes back.</summary>
    public static RulesPlan? Plan(Spec spec, DiagnosticBag faults)
    {
        // Faults that others found before are not ours to stop at.
        var own = new DiagnosticBag();
        var plan = new PlanReader(spec, own).Read();
        foreach (var fault in own.All)
        {
            if (fault.Severity == Severity.Error) faults.Error(fault.Code, fault.At, fault.Message);
            else faults.Warn(fault.Code, fault.At, fault.Message);
        }
        return own.HasErrors ? null : plan;
    }

    /// <summary>The spec's sampler; throws <see cref="SpecException"/> with every fault.</summary>
    public static RulesSampler Build(Spec spec)
    {
        var faults = new DiagnosticBag();
        var plan = Plan(spec, faults);
        faults.ThrowIfErrors();
        return new RulesSampler(plan!);
    }

    /// <summary>The columns that the spec describes; throws like <see cref="Build"/>.</summary>
    public static TableSchema SchemaOf(Spec spec) => Build(spec).Schema.Single;

    /// <summary>Reads back what <see cref="RulesSampler.Save"/> wrote; throws <see cref="InvalidDataException"/> where it is
    /// damaged.</summary>
    public static RulesSampler Load(Stream from) => Build(RulesCodec.Read(from));
}
