using System.Diagnostics;
using System.Text;
using Simulant.Bench.Speed;
using Simulant.Data;
using Simulant.Provenance;
using Simulant.Runs;

namespace Simulant.Bench.Quality;

/// <summary>
/// One seed, one result: <c>make</c> with every engine on 1, 2 and 8 threads, in 1 and 4 shards, and killed (SIGKILL) at four
/// places of its way and resumed. Learned engines on Adult, rules on a table of their own; few figures are measured, since
/// judging is not what differs.
/// </summary>
internal static class DigestsBench
{
    public static readonly Benchmark Benchmark = new("digests", "equal digests for 1, 2, 8 threads, 1, 4 shards, killed and resumed", Run);

    private const string FewFigures = "validate: { only: [ memory.copies ] }\n";

    private const string Rules = """
        simulant: 1
        name: rules
        kind: table
        engine: rules
        rows: ROWS
        columns:
          id: { key: sequential }
          amount: { distribution: lognormal, mu: 3, sigma: 1, decimals: 2 }
          kind: { values: { a: 5, b: 3, c: 2 } }
        output: { format: parquet }
        seed: 1

        """;

    private static void Run(BenchContext context)
    {
        using var scratch = new ScratchFolder();
        string learned = Learned(context, scratch);
        foreach (string engine in EngineTable.Shipped.Names.Where(n => !EngineTable.Shipped[n].Pays)) // their noise is never the same
        {
            string spec = scratch.File(engine + ".yaml");
            string rules = Rules.Replace("ROWS", context.Tiny ? "500" : "200000", StringComparison.Ordinal);
            bool learns = EngineTable.Shipped[engine].LearnsFromData;
            File.WriteAllText(spec, (learns ? $"{learned}engine: {Quick(engine)}\n" : rules) + FewFigures);
            var one = Make(spec, scratch.File(engine + "-1"), threads: 1);
            foreach (int threads in (int[])[2, 8])
                context.Check(Make(spec, scratch.File($"{engine}-{threads}"), threads) == one, $"{engine}: {threads} threads");
            for (int shard = 1; shard <= 4; shard++) Make(spec, scratch.File(engine + "-shards"), 2, shard, 4);
            context.Check(Digest(scratch.File(engine + "-shards")) == one.Digest, $"{engine}: 4 shards");
            if (!context.Tiny) Killed(context, engine, spec, scratch.File(engine + "-killed"), one);
            context.Result(Encoding.UTF8.GetBytes(one.Digest));
            context.Figure($"{engine}: different results", 0, $"(digest {one.Digest[..16]}…)");
        }
    }

    /// <summary>Networks that are trained for long by default: a few epochs, since how many makes no difference here.</summary>
    private static string Quick(string engine) => engine switch
    {
        "ctgan" or "tvae" => $"{{ name: {engine}, epochs: 3 }}",
        "diffusion" => "{ name: diffusion, max_steps: 60 }",
        _ => engine,
    };

    private static string Learned(BenchContext context, ScratchFolder scratch)
    {
        if (!context.Tiny)
        {
            string folder = BenchContext.SharedData
                ?? throw new ArgumentException("set SIMULANT_DATA to the folder that holds tabular/adult_train.csv");
            return new DefaultSpec(Path.Combine(folder, "tabular", "adult_train.csv"), "income",
                Path.Combine(folder, "tabular", "adult_test.csv")).Text;
        }
        string file = scratch.File("tiny.csv");
        BenchTables.Write(BenchTables.Mixed(120), file, "csv");
        // What is hashed must not hold this run's folder.
        return new DefaultSpec(file, null).Text.Replace(file, "tiny.csv", StringComparison.Ordinal);
    }

    /// <param name="Data">SHA-256 of the data file; empty where there are several.</param>
    private sealed record Made(string Digest, string Data);

    private static Made Make(string spec, string to, int threads, int shard = 1, int shards = 1)
    {
        var quiet = RunContext.Quiet(1);
        Corridor.Shipped.Make(new MakeRequest(spec) { Output = to, Threads = threads, Shard = shard, Shards = shards },
            quiet.Progress, quiet.Cancel);
        return shards > 1 ? new Made("", "") : Read(to);
    }

    private static string Digest(string folder) => Corridor.Shipped.Show(folder, 1, RunContext.Quiet(1).Progress, default).Run!.Digest;

    private static Made Read(string folder) =>
        new(Digest(folder), FileHash.Of(Path.Combine(folder, "data", "train-00000-of-00001.parquet"), default).Sha256);

    /// <summary>Each run is killed as soon as its place is reached, and the next goes on from there; the last ends.</summary>
    private static void Killed(BenchContext context, string engine, string spec, string to, Made whole)
    {
        string[] places = ["plan.json", "result/model.simulant", "train-00000-of-00001.parquet.tmp",
            "result/data/train-00000-of-00001.parquet"];
        int kills = 0;
        foreach (string place in places)
        {
            using var child = Start(spec, to);
            while (!child.HasExited && !Path.Exists(Path.Combine(to + ".partial", place))) Thread.Sleep(1);
            if (child.HasExited) continue;
            child.Kill(entireProcessTree: true);
            child.WaitForExit();
            kills++;
        }
        using (var last = Start(spec, to))
        {
            last.WaitForExit();
            context.Check(last.ExitCode == 0, $"{engine}: the resumed run ends");
        }
        context.Figure($"{engine}: times killed", kills, "");
        context.Check(Read(to) == whole, $"{engine}: killed and resumed");
    }

    private static Process Start(string spec, string to) =>
        Process.Start(new ProcessStartInfo(Checkout.Launcher, ["make", spec, "-o", to, "--resume"])
        {
            RedirectStandardOutput = true,
        })!;
}
