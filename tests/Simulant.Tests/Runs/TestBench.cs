using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Simulant.Cli;
using Simulant.Data;
using Simulant.Runs;

namespace Simulant.Tests.Runs;

/// <summary>Specs, tables and runs that tests of the corridor share.</summary>
internal static class TestBench
{
    /// <summary>Rules alone: no data, no judges, three columns.</summary>
    public const string Rules = """
        simulant: 1
        name: bank
        rows: 330
        columns:
          id: { type: identifier, key: permuted }
          amount: { type: decimal, decimals: 2, distribution: lognormal, mu: 3, sigma: 1 }
          kind: { type: category, values: { card: 0.7, cash: 0.3 } }
        constraints: [ "amount >= 0" ]
        output: { format: csv }
        seed: 7
        """;

    /// <summary>Learns from people.csv beside it; one cheap figure.</summary>
    public static string Learned(string engine = "trees", string more = "", string format = "csv") => $$"""
        simulant: 1
        name: people
        source: { train: people.csv }
        split: { holdout: 0.25, seed: 3 }
        engine: {{engine}}
        rows: 150
        validate: { only: [fidelity.shapes] }
        output: { format: {{format}} }
        seed: 7
        {{more}}
        """;

    /// <summary>240 people: a number, a category that depends on it, a decimal with gaps, a flag.</summary>
    public static string People(int rows = 240)
    {
        var text = new StringBuilder("age,group,score,smokes\n");
        for (int row = 0; row < rows; row++)
        {
            int age = 18 + row * 37 % 60;
            string group = age < 30 ? "young" : age < 55 ? "middle" : "old";
            string score = row % 11 == 0 ? "" : (age * 0.5 + row % 7).ToString("0.0", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{age},{group},{score},{(row % 3 == 0 ? "yes" : "no")}\n");
        }
        return text.ToString();
    }

    /// <summary>Small files, a clock that stands: equal runs give equal bytes throughout.</summary>
    public static Corridor Corridor(IFiles? files = null, EngineTable? engines = null, long rowsPerFile = 100) => new()
    {
        Files = files ?? DiskFiles.Instance,
        Engines = engines ?? EngineTable.Shipped,
        Clock = new StoppedClock(),
        RowsPerFile = rowsPerFile,
    };

    public static MakeOutcome Make(Corridor corridor, MakeRequest request) =>
        corridor.Make(request, Quiet.Instance, CancellationToken.None);

    public static VerifyOutcome Verify(string folder) =>
        Corridor().Verify(new VerifyRequest(folder), Quiet.Instance, CancellationToken.None);

    /// <summary>The program in this process: its exit code and what it printed.</summary>
    public static Printed Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = Program.Run(args, new Shell(output, error, CancellationToken.None));
        return new Printed(code, output.ToString(), error.ToString());
    }

    private sealed class StoppedClock : IClock
    {
        public DateTimeOffset Now => DateTimeOffset.UnixEpoch;
    }
}

internal sealed record Printed(int Code, string Out, string Error)
{
    public JsonNode Json => JsonNode.Parse(Out)!;
}

internal sealed class Quiet : IProgress<StageProgress>
{
    public static readonly Quiet Instance = new();
    public void Report(StageProgress value) { }
}
