using System.Diagnostics;
using Simulant.Bench.Speed;
using Simulant.Numerics.Random;
using Simulant.Tests.Runs;
using Xunit;

namespace Simulant.Tests.Text.Recipes;

/// <summary>A process that makes records, killed (SIGKILL) at random moments and begun again, until it is through.</summary>
public class KilledRunTests
{
    private const int InFlight = 16, Wanted = 400;

    [Fact]
    public void Nothing_recorded_is_asked_again_and_the_output_is_the_same() => Killed(2);

    [Fact, Trait("Suite", "long")]
    public void Nor_is_it_after_twenty_kills() => Killed(20);

    private static void Killed(int kills)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "kills processes by signals");
        using var folder = new TempFolder();
        using var stub = new ModelStub(StubAnswers.Steady(TimeSpan.FromMilliseconds(5), 8));
        string spec = folder.Write("spec.yaml", $$"""
            models: { m: { endpoint: "{{stub.Address}}", model: stub, temperature: 1, concurrency: {{InFlight}} } }
            recipe:
              name: steps
              round: 20
              steps:
                - draw: { field: topic, from: [rivers, lamps, bread] }
                - ask: { prompt: "Write about {topic}.", writes: text }
                - check: { field: text, without: [seven] }
                - novel: { field: text, max: 0.7 }
            """);
        var whole = Client(spec, folder["whole"], folder["whole.out"]);
        Assert.Equal(0, Ended(whole));
        long needed = stub.Requests;

        int killed = 0;
        for (int attempt = 0; !File.Exists(folder["cut.out"]); attempt++)
        {
            Assert.True(attempt < 20 * kills, "it never comes through");
            long before = stub.Requests;
            using var child = Client(spec, folder["cut"], folder["cut.out"]);
            // At a random number of its requests, and a random while after that.
            int after = killed < kills ? new RandomStream(3, "test.kills").Below((int)(needed / kills) + 20, attempt, 0) : int.MaxValue;
            while (!child.HasExited && stub.Requests - before < after) Thread.Sleep(1);
            Thread.Sleep(new RandomStream(3, "test.kills").Below(8, attempt, 1));
            if (child.HasExited) continue;
            child.Kill();
            child.WaitForExit();
            killed++;
        }
        Assert.True(killed >= kills, $"only {killed} kills");
        Assert.Equal(File.ReadAllBytes(folder["whole.out"]), File.ReadAllBytes(folder["cut.out"]));
        // Two runs asked each question once, and the killed ones at most what was in flight or on its way to the disk again.
        long repeats = stub.Times.Values.Sum(t => Math.Max(0, t - 2));
        Assert.InRange(repeats, 0, killed * InFlight);
    }

    /// <summary>What a process had recorded when it was killed, none after it asks again.</summary>
    [Fact]
    public void Each_kill_loses_no_more_than_what_was_in_flight()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "kills processes by signals");
        using var folder = new TempFolder();
        using var stub = new ModelStub(StubAnswers.Steady(TimeSpan.FromMilliseconds(5), 8));
        string spec = folder.Write("spec.yaml", $$"""
            models: { m: { endpoint: "{{stub.Address}}", model: stub, concurrency: {{InFlight}} } }
            recipe: { name: steps, steps: [ { ask: { prompt: Write., writes: text } } ] }
            """);
        for (int round = 0; round < 3; round++)
        {
            long before = stub.Requests;
            using (var child = Client(spec, folder["cache"], folder["out"]))
            {
                SpinWait.SpinUntil(() => stub.Requests - before > 100 || child.HasExited, 60_000);
                child.Kill();
                child.WaitForExit();
            }
            long sent = stub.Times.Count;
            int recorded;
            using (var log = Simulant.Text.Cache.ResponseLog.Open(folder["cache"])) recorded = log.Count;
            Assert.InRange(sent - recorded, 0, InFlight);
        }
    }

    private static Process Client(string spec, string cache, string output) => Process.Start(
        new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Simulant.Bench.dll"), "recipe-client", spec,
            $"{Wanted}", "7", cache, output]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static int Ended(Process child)
    {
        using (child)
        {
            child.StandardOutput.ReadToEnd();
            child.WaitForExit();
            return child.ExitCode;
        }
    }
}
