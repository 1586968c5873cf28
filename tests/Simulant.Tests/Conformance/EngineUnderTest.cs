using Simulant.Data;
using Simulant.Specs;
using Simulant.Tabular;

namespace Simulant.Tests.Conformance;

/// <summary>An engine as the suite sees it: how to learn from a table, and how to read a saved model back.</summary>
internal sealed record EngineUnderTest(string Name, Func<TableRequest, Dataset, RunContext, ISampler> Fit, Func<Stream,
    ISampler> Load)
{
    /// <summary>An index that no run begins with, and that has to be there all the same.</summary>
    public long FarItem { get; init; } = 5_000_000_000;

    /// <summary>Options under which it keeps the same promises in less time; null for its defaults.</summary>
    public SpecMap? Options { get; init; }

    public ISampler FitTo(Table training, ulong seed = 1, int threads = 1) =>
        Fit(RequestFor(training, Name, Options), Dataset.Of(training), RunContext.Quiet(seed, threads));

    /// <summary>A request that asks for nothing beyond the table.</summary>
    public static TableRequest RequestFor(Table table, string engine = "", SpecMap? options = null) => new(
        new Spec
        {
            File = "conformance.yaml",
            Name = table.Name,
            Root = new SpecMap([], default),
            Engine = new EngineSpec(engine, options, default),
            Rows = table.RowCount,
        },
        table.Schema);

    public override string ToString() => Name;
}
