using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Simulant.Bench;

/// <summary>
/// One benchmark: first checks its result against a reference, then measures, and writes figures as lines of
/// <c>name value unit</c>. Listed in <see cref="Benchmarks"/>.
/// </summary>
/// <param name="Name">As the command line names it: <c>bench/run NAME</c>.</param>
/// <param name="About">One line: what is measured, against what.</param>
/// <param name="Run">Does it.</param>
public sealed record Benchmark(string Name, string About, Action<BenchContext> Run);

/// <summary>What a benchmark is given.</summary>
/// <param name="to">Where its figures go.</param>
/// <param name="tiny">Whether only to show that it works, on the smallest input: so the test suite runs it.</param>
/// <param name="options">Words of the command line of the form <c>key=value</c>.</param>
public sealed class BenchContext(TextWriter to, bool tiny, IReadOnlyDictionary<string, string> options)
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public bool Tiny { get; } = tiny;

    /// <summary>The folder that holds <c>tabular/</c>, from the variable SIMULANT_DATA; null where it is not set.</summary>
    public static string? SharedData =>
        Environment.GetEnvironmentVariable("SIMULANT_DATA") is { Length: > 0 } folder ? folder : null;

    public string Option(string key, string otherwise) => options.GetValueOrDefault(key, otherwise);

    public int Option(string key, int otherwise) =>
        options.TryGetValue(key, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>One figure, for people and for scripts.</summary>
    public void Figure(string name, double value, string unit) =>
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-40} {value,14:0.#####} {unit}"));

    /// <summary>Notes a result, so that two runs can be compared by <see cref="ResultHash"/>.</summary>
    public void Result(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

    /// <summary>Stops the benchmark where a result is wrong; a figure of a wrong result is worth nothing.</summary>
    public void Check(bool holds, string what)
    {
        if (!holds) throw new InvalidOperationException($"wrong result: {what}");
        Result(System.Text.Encoding.UTF8.GetBytes(what));
    }

    /// <summary>Hash of every noted result; equal on every machine that works.</summary>
    public string ResultHash() => Convert.ToHexStringLower(_hash.GetHashAndReset().AsSpan(0, 8));

    /// <summary>Wall seconds of the action, the least of the repeats, when warm.</summary>
    public double WallSeconds(Action action, int repeats = 5)
    {
        Warm(action);
        double best = double.MaxValue;
        long begun = Stopwatch.GetTimestamp();
        for (int i = 0; Again(i, repeats, begun); i++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return best;
    }

    /// <summary>CPU seconds of the whole process over the action, the least of the repeats, when warm.</summary>
    public double CpuSeconds(Action action, int repeats = 5)
    {
        Warm(action);
        double best = double.MaxValue;
        using var process = Process.GetCurrentProcess();
        long begun = Stopwatch.GetTimestamp();
        for (int i = 0; Again(i, repeats, begun); i++)
        {
            process.Refresh();
            var before = process.TotalProcessorTime;
            action();
            process.Refresh();
            best = Math.Min(best, (process.TotalProcessorTime - before).TotalSeconds);
        }
        return best;
    }

    // Short work is repeated for a second, over which a neighbour's moment of haste passes.
    private bool Again(int done, int repeats, long begun) =>
        Tiny ? done < 1 : done < repeats || Stopwatch.GetElapsedTime(begun).TotalSeconds < 1;

    // Once, and short work for as long as the runtime takes to see that it is hot and to compile it anew, as it has by a set's tenth frame.
    private void Warm(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        do action();
        while (!Tiny && Stopwatch.GetElapsedTime(start).TotalSeconds < 0.5);
        if (!Tiny) Thread.Sleep(100);
    }
}
