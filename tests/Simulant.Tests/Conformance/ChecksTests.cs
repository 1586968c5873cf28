using System.Runtime.InteropServices;
using Simulant.Data;
using Simulant.Numerics.Random;
using Xunit;

namespace Simulant.Tests.Conformance;

/// <summary>The suite passes an honest engine, and each check catches the engine that breaks its promise.</summary>
public class ChecksTests
{
    public static TheoryData<string, string> Faults => new()
    {
        { "deterministic", "streamed" },
        { "chunk-invariant", "chunked" },
        { "thread-invariant", "threaded" },
        { "refit-independent", "remembers" },
        { "save and load", "forgets" },
        { "seeded", "unseeded" },
        { "valid values", "inventive" },
        { "stops when cancelled", "deaf" },
        { "input unchanged", "greedy" },
    };

    [Fact]
    public void An_honest_engine_passes_every_check()
    {
        foreach (var (_, check) in Checks.All) check(Engine("honest"), TestTables.Everyday());
        foreach (var ugly in TestTables.Ugly.Values) Checks.AtOnce(Engine("honest"), ugly());
    }

    [Theory, MemberData(nameof(Faults))]
    public void A_broken_promise_is_caught(string check, string fault)
    {
        var run = Checks.All.Single(c => c.Name == check).Run;
        Assert.IsAssignableFrom<Xunit.Sdk.XunitException>(Record.Exception(() => run(Engine(fault), TestTables.Everyday())));
    }

    [Theory]
    [InlineData("chunked")]
    [InlineData("threaded")]
    [InlineData("remembers")]
    [InlineData("forgets")]
    [InlineData("inventive")]
    [InlineData("greedy")]
    public void A_broken_promise_is_caught_in_the_short_round_too(string fault) =>
        Assert.IsAssignableFrom<Xunit.Sdk.XunitException>(
            Record.Exception(() => Checks.AtOnce(Engine(fault), TestTables.Everyday())));

    [Fact]
    public void Time_to_stop_is_measured_from_the_stop()
    {
        var took = Checks.TimeToStop(stop =>
        {
            stop.WaitHandle.WaitOne();
            stop.ThrowIfCancellationRequested();
        }, TimeSpan.FromMilliseconds(30));
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    private static EngineUnderTest Engine(string fault)
    {
        var memory = new List<int>();
        return new EngineUnderTest("donor",
            (request, data, run) =>
            {
                if (fault != "deaf") run.Cancel.ThrowIfCancellationRequested();
                memory.Add(1);
                if (fault == "greedy") Spoil(data.Single);
                return new DonorSampler(data.Single, fault, fault == "remembers" ? memory.Count : 0);
            },
            from => DonorSampler.Load(from, fault));
    }

    private static void Spoil(Table table)
    {
        var values = ((NumericColumn)table.Columns[0]).Values;
        MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(values), values.Length).Clear();
    }

    /// <summary>Draws whole training rows; with a fault, it breaks one promise.</summary>
    private sealed class DonorSampler(Table table, string fault, int salt) : ISampler
    {
        private int _calls;

        public DatasetSchema Schema => new([table.Schema]);

        public Dataset Sample(ItemRange items, RunContext run)
        {
            if (fault != "deaf") run.Cancel.ThrowIfCancellationRequested();
            var random = new RandomStream(fault == "unseeded" ? 1 : run.Seed, "donor");
            int shift = (fault == "streamed" ? _calls++ : 0) + (fault == "threaded" ? run.MaxThreads : 0) + salt;
            int[] rows = new int[items.Count];
            for (int i = 0; i < rows.Length; i++)
                rows[i] = random.Below(table.RowCount, fault == "chunked" ? i : items.Start + i, shift);
            var taken = table.Take(rows);
            return Dataset.Of(fault == "inventive" ? Inventive(taken) : taken);
        }

        public void Save(Stream to)
        {
            using var writer = new BinaryWriter(to, System.Text.Encoding.UTF8, leaveOpen: true);
            lock (Kept)
            {
                if (!Kept.Contains(table)) Kept.Add(table);
                writer.Write(Kept.IndexOf(table));
            }
            writer.Write(salt);
        }

        public static DonorSampler Load(Stream from, string fault)
        {
            using var reader = new BinaryReader(from);
            lock (Kept) return new DonorSampler(Kept[reader.ReadInt32()], fault,
                reader.ReadInt32() + (fault == "forgets" ? 1 : 0));
        }

        private static List<Table> Kept { get; } = [];

        private static Table Inventive(Table table)
        {
            var first = (NumericColumn)table.Columns[0];
            double[] moved = [.. first.Values.ToArray().Select(v => v + 1000)];
            return new Table(table.Name, [new NumericColumn(first.Schema, moved), .. table.Columns.Skip(1)]);
        }
    }
}
