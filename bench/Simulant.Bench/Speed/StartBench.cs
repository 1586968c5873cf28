using System.Diagnostics;

namespace Simulant.Bench.Speed;

/// <summary>How long a user waits for <c>./simulant --help</c>, launcher included.</summary>
internal static class StartBench
{
    public static readonly Benchmark Benchmark = new("start", "wall time of ./simulant --help, median of 15, launcher included",
        Run);

    private static void Run(BenchContext context)
    {
        string launcher = Checkout.Launcher;
        context.Check(File.Exists(launcher), "the launcher is there");
        if (context.Tiny) return; // the first call builds
        Start(launcher);
        double[] seconds = [.. Enumerable.Range(0, 15).Select(_ => Start(launcher)).Order()];
        context.Figure("simulant --help, median", seconds[seconds.Length / 2], "s");
        context.Figure("simulant --help, slowest", seconds[^1], "s");
    }

    private static double Start(string launcher)
    {
        long from = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(launcher, "--help") { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return Stopwatch.GetElapsedTime(from).TotalSeconds;
    }
}
