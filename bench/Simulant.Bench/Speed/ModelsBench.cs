using System.Diagnostics;
using System.Globalization;

namespace Simulant.Bench.Speed;

/// <summary>
/// A recipe against a stub server that answers after 50 ms, 64 requests in flight: wall against the ideal, the client's CPU and memory,
/// each side in a process of its own.
/// </summary>
public static class ModelsBench
{
    public static Benchmark Benchmark { get; } = new("models",
        "a recipe against a stub server at 50 ms, 64 in flight: wall against ideal, CPU and memory of the client; records=10000", Run);

    /// <summary>The program that this process runs, for starting it again.</summary>
    private static string Program => Path.Combine(AppContext.BaseDirectory, "Simulant.Bench.dll");

    /// <summary>Serves until its standard input ends; says its port first, and its counts last.</summary>
    public static int Stub(string[] arguments, TextReader from, TextWriter to)
    {
        var delay = TimeSpan.FromMilliseconds(int.Parse(arguments[0], CultureInfo.InvariantCulture));
        using var stub = new ModelStub(StubAnswers.Steady(delay));
        to.WriteLine(stub.Port);
        to.Flush();
        from.ReadToEnd();
        int repeated = stub.Times.Count(t => t.Value > 1);
        to.WriteLine(FormattableString.Invariant($"requests={stub.Requests} repeated={repeated} most={stub.MostInFlight}"));
        return 0;
    }

    private static void Run(BenchContext context)
    {
        int records = context.Option("records", context.Tiny ? 200 : 10_000), delay = context.Option("delay", context.Tiny ? 5 : 50);
        const int inFlight = 64;
        string folder = Directory.CreateTempSubdirectory("simulant-models-").FullName;
        try
        {
            int few = Math.Max(inFlight, records / 5);
            var small = Measure(folder, few, delay, inFlight);
            var figures = Measure(folder, records, delay, inFlight);
            context.Check(figures["accepted"] == records && figures["requests"] == records, "every record accepted, one request each");
            context.Check(figures["served"] == records && figures["repeated"] == 0, "the server was asked once for each");
            context.Check(figures["most"] <= inFlight, "never more in flight than allowed");
            context.Check(figures["recorded again"] == records, "a second run finds every answer recorded");
            double ideal = Math.Ceiling((double)records / inFlight) * delay / 1000;
            context.Figure("wall / ideal", figures["wall"] / ideal, $"ideal {ideal.ToString("0.00", CultureInfo.InvariantCulture)} s");
            context.Figure("client CPU", 1000 * figures["cpu"] / records, "ms a record");
            if (few < records)
            {
                // The start, which is the runtime's and the compiler's, is in both.
                context.Figure("client CPU, each further record", 1000 * (figures["cpu"] - small["cpu"]) / (records - few), "ms a record");
                context.Figure("wall / ideal, of the further records", (figures["wall"] - small["wall"])
                    / ((double)(records - few) / inFlight * delay / 1000), "");
            }
            var floor = Floor(records, delay, inFlight);
            context.Figure(".NET's client alone, CPU", 1000 * floor["cpu"] / records, "ms a request");
            context.Figure(".NET's client alone, wall / ideal", floor["wall"] / ideal,
                string.Create(CultureInfo.InvariantCulture, $"the stub takes {floor["latency"]:0.0} ms"));
            // A round cannot be shorter than the stub and the loopback let a client that does nothing else have it.
            if (few < records)
                context.Figure("wall of the further records / that client's", (figures["wall"] - small["wall"]) / (records - few)
                    / (floor["wall"] / records), "");
            context.Figure("client CPU, from the log", 1000 * figures["cpu again"] / records, "ms a record");
            context.Figure("heap after", figures["heap"],
                FormattableString.Invariant($"MiB; {small["heap"]:0.00} after a fifth of the records"));
            context.Figure("peak memory", figures["peak"],
                FormattableString.Invariant($"MiB; {small["peak"]:0} with a fifth of the records"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Dictionary<string, double> Measure(string folder, int records, int delay, int inFlight)
    {
        using var stub = Start("model-stub", delay.ToString(CultureInfo.InvariantCulture));
        string port = stub.StandardOutput.ReadLine()!, name = Path.Combine(folder, records.ToString(CultureInfo.InvariantCulture));
        File.WriteAllText(name + ".yaml", $$"""
            models: { m: { endpoint: "http://127.0.0.1:{{port}}/v1", model: stub, temperature: 1, concurrency: {{inFlight}} } }
            recipe:
              name: steps
              steps:
                - ask: { prompt: "Write forty words about anything, please.", writes: text }
                - check: { field: text, min_words: 10 }
            """);
        string[] arguments = [name + ".yaml", records.ToString(CultureInfo.InvariantCulture), "7", name + ".cache", name + ".jsonl"];
        var figures = Client(arguments);
        stub.StandardInput.Close();
        foreach (var (key, value) in Read(stub.StandardOutput.ReadToEnd())) figures[key == "requests" ? "served" : key] = value;
        stub.WaitForExit();
        byte[] first = File.ReadAllBytes(name + ".jsonl");
        var again = Client(arguments);
        if (!first.AsSpan().SequenceEqual(File.ReadAllBytes(name
            + ".jsonl"))) throw new InvalidOperationException("wrong result: not repeated");
        (figures["cpu again"], figures["recorded again"]) = (again["cpu"], again["recorded"] - again["requests"]);
        return figures;
    }

    private static Dictionary<string, double> Floor(int requests, int delay, int inFlight)
    {
        using var stub = Start("model-stub", delay.ToString(CultureInfo.InvariantCulture));
        string port = stub.StandardOutput.ReadLine()!;
        using var client = Start("http-floor", port, requests.ToString(CultureInfo.InvariantCulture),
            inFlight.ToString(CultureInfo.InvariantCulture));
        var figures = Read(client.StandardOutput.ReadToEnd());
        client.WaitForExit();
        stub.StandardInput.Close();
        stub.WaitForExit();
        return figures;
    }

    private static Dictionary<string, double> Client(string[] arguments)
    {
        using var client = Start(["recipe-client", .. arguments]);
        string said = client.StandardOutput.ReadToEnd();
        client.WaitForExit();
        return client.ExitCode == 0 ? Read(said) : throw new InvalidOperationException($"the client ended with {client.ExitCode}");
    }

    private static Process Start(params string[] arguments) =>
        System.Diagnostics.Process.Start(new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!;

    private static Dictionary<string, double> Read(string figures) => figures.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
        .Select(f => f.Split('=')).ToDictionary(f => f[0], f => double.Parse(f[1], CultureInfo.InvariantCulture));
}
