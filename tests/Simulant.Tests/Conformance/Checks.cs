using System.Diagnostics;
using System.Globalization;
using Simulant.Data;
using Xunit;

namespace Simulant.Tests.Conformance;

/// <summary>What every engine promises. Each check takes an engine and a table, and fails with what was broken.</summary>
internal static class Checks
{
    private const ulong Seed = 11;

    public static readonly IReadOnlyList<(string Name, Action<EngineUnderTest, Table> Run)> All =
    [
        ("deterministic", Deterministic),
        ("chunk-invariant", ChunkInvariant),
        ("thread-invariant", ThreadInvariant),
        ("refit-independent", RefitIndependent),
        ("input unchanged", InputUnchanged),
        ("save and load", SaveAndLoad),
        ("seeded", Seeded),
        ("valid values", ValidValues),
        ("stops when cancelled", StopsWhenCancelled),
    ];

    /// <summary>All of it on a table that is costly or strange, with two fits: one alone, one on four threads.</summary>
    public static void AtOnce(EngineUnderTest engine, Table table)
    {
        string[] before = Rows(table, 0, table.RowCount);
        var sampler = engine.FitTo(table);
        byte[] bytes = Saved(sampler);
        Assert.True(bytes.AsSpan().SequenceEqual(Saved(engine.FitTo(table, threads: 4))),
            "fitted on four threads, the model is another");
        AssertSame(before, Rows(table, 0, table.RowCount), "training data after fitting");
        var whole = Draw(sampler, 0, 120);
        AssertSame(whole, Draw(sampler, 0, 120, threads: 4), "sampled on four threads");
        AssertSame(Rows(whole, 37, 60), Draw(sampler, 37, 60), "items 37 to 97 apart");
        AssertSame(whole, Draw(engine.Load(new MemoryStream(bytes)), 0, 120), "after save and load");
        CheckValues(sampler, table);
    }

    public static void Deterministic(EngineUnderTest engine, Table table)
    {
        var sampler = engine.FitTo(table);
        AssertSame(Draw(sampler, 0, 200), Draw(sampler, 0, 200), "sampled twice");
    }

    public static void ChunkInvariant(EngineUnderTest engine, Table table)
    {
        var sampler = engine.FitTo(table);
        var whole = Draw(sampler, 0, 200);
        foreach (var (start, count) in ((int, int)[])[(150, 50), (0, 1), (1, 6), (7, 143), (199, 1)])
            AssertSame(Rows(whole, start, count), Draw(sampler, start, count), $"items {start} to {start + count} apart");
        long far = engine.FarItem;
        AssertSame(Rows(Draw(sampler, far, 20), 13, 7), Draw(sampler, far + 13, 7), "items far out");
    }

    public static void ThreadInvariant(EngineUnderTest engine, Table table)
    {
        var one = Draw(engine.FitTo(table), 0, 300);
        foreach (int threads in (int[])[2, 8])
            AssertSame(one, Draw(engine.FitTo(table, threads: threads), 0, 300, threads: threads), $"{threads} threads");
    }

    public static void RefitIndependent(EngineUnderTest engine, Table table)
    {
        byte[] first = Saved(engine.FitTo(table));
        engine.FitTo(TestTables.Everyday(50), seed: 99);
        Assert.True(first.AsSpan().SequenceEqual(Saved(engine.FitTo(table))), "fitted again, the model is another");
    }

    public static void InputUnchanged(EngineUnderTest engine, Table table)
    {
        string[] before = Rows(table, 0, table.RowCount);
        Draw(engine.FitTo(table, threads: 2), 0, 100);
        AssertSame(before, Rows(table, 0, table.RowCount), "training data after fitting");
    }

    public static void SaveAndLoad(EngineUnderTest engine, Table table)
    {
        var sampler = engine.FitTo(table);
        byte[] bytes = Saved(sampler);
        var loaded = engine.Load(new MemoryStream(bytes));
        AssertSame(Draw(sampler, 0, 200), Draw(loaded, 0, 200), "after save and load");
        Assert.True(bytes.AsSpan().SequenceEqual(Saved(loaded)), "saved again, the bytes differ");
        Assert.Equal(sampler.Schema.Single.Columns, loaded.Schema.Single.Columns);
    }

    public static void Seeded(EngineUnderTest engine, Table table)
    {
        if (Rows(table, 0, table.RowCount).Distinct().Count() < 10) return; // nothing to vary
        var sampler = engine.FitTo(table);
        Assert.False(Draw(sampler, 0, 100).SequenceEqual(Draw(sampler, 0, 100, seed: 12)), "another seed gives the same rows");
        Assert.False(Draw(sampler, 0, 100).SequenceEqual(Draw(sampler, 100, 100)), "the next items are the same rows again");
    }

    /// <summary>Rows as asked for; the schema's columns; nothing missing, fractional or beyond the range that never
    /// was.</summary>
    public static void ValidValues(EngineUnderTest engine, Table table) => CheckValues(engine.FitTo(table), table);

    private static void CheckValues(ISampler sampler, Table table)
    {
        var sample = sampler.Sample(new ItemRange(0, 150), RunContext.Quiet(Seed)).Single;
        Assert.Equal(150, sample.RowCount);
        Assert.Equal(table.Schema.Columns.Select(c => (c.Name, c.Kind)), sample.Schema.Columns.Select(c => (c.Name, c.Kind)));
        Assert.Equal(0, sampler.Sample(new ItemRange(40, 0), RunContext.Quiet(Seed)).Single.RowCount);
        for (int c = 0; c < table.Columns.Count; c++) CheckColumn(table.Columns[c], sample.Columns[c]);
    }

    public static void StopsWhenCancelled(EngineUnderTest engine, Table table)
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var stopped = RunContext.Quiet(Seed) with { Cancel = cancelled.Token };
        Assert.ThrowsAny<OperationCanceledException>(() =>
            engine.Fit(EngineUnderTest.RequestFor(table, engine.Name, engine.Options), Dataset.Of(table), stopped));
        var sampler = engine.FitTo(table);
        Assert.ThrowsAny<OperationCanceledException>(() => sampler.Sample(new ItemRange(0, 50_000), stopped));
    }

    /// <summary>Time from the stop to the end, the best of five since the machine is shared.</summary>
    public static TimeSpan TimeToStop(Action<CancellationToken> work, TimeSpan after)
    {
        var best = TimeSpan.MaxValue;
        for (int attempt = 0; attempt < 5 && best > TimeSpan.FromSeconds(1); attempt++)
        {
            using var source = new CancellationTokenSource();
            // From when the stop was due: a note taken by a callback of the token can come after the work has ended.
            long start = Stopwatch.GetTimestamp();
            source.CancelAfter(after);
            try
            {
                work(source.Token);
                return TimeSpan.Zero; // done before the stop came
            }
            catch (OperationCanceledException)
            {
                var took = Stopwatch.GetElapsedTime(start) - after;
                if (took < TimeSpan.Zero) took = TimeSpan.Zero;
                if (took < best) best = took;
            }
        }
        return best;
    }

    private static void CheckColumn(Column real, Column made)
    {
        bool anyMissing = Enumerable.Range(0, real.Count).Any(real.IsMissing);
        if (!anyMissing) Assert.DoesNotContain(true, Enumerable.Range(0, made.Count).Select(made.IsMissing));
        if (real is CodedColumn levels && real.Schema.Kind is ColumnKind.Category or ColumnKind.Boolean)
        {
            var known = ((CodedColumn)real).Levels.ToHashSet();
            var drawn = (CodedColumn)made;
            for (int r = 0; r < made.Count; r++)
                if (drawn[r] is { } text) Assert.True(known.Contains(text), $"'{real.Name}' never held '{text}'");
        }
        if (real is not NumericColumn numbers || made is not NumericColumn values) return;
        var present = numbers.Values.ToArray().Where(v => !double.IsNaN(v)).ToList();
        foreach (double value in values.Values)
        {
            if (double.IsNaN(value)) continue;
            Assert.True(present.Count > 0, $"'{real.Name}' was all missing and has {value}");
            Assert.InRange(value, present.Min(), present.Max());
            if (real.Schema.Kind != ColumnKind.Decimal && !double.IsInfinity(value)) Assert.Equal(Math.Round(value), value);
            if (real.Schema.Decimals >= 0 && Math.Abs(value) < 1e9) Assert.Equal(Math.Round(value, real.Schema.Decimals), value);
        }
    }

    private static string[] Draw(ISampler sampler, long start, int count, ulong seed = Seed, int threads = 1)
    {
        var table = sampler.Sample(new ItemRange(start, count), RunContext.Quiet(seed, threads)).Single;
        return Rows(table, 0, table.RowCount);
    }

    /// <summary>Rows as text that is equal only for equal bits.</summary>
    private static string[] Rows(Table table, int start, int count) =>
        [.. Enumerable.Range(start, count)
            .Select(row => string.Join('\u001F', table.Columns.Select(column => Cell(column, row))))];

    private static string[] Rows(string[] rows, int start, int count) => rows[start..(start + count)];

    private static string Cell(Column column, int row) => column switch
    {
        _ when column.IsMissing(row) => "\u0000",
        NumericColumn numbers => BitConverter.DoubleToInt64Bits(numbers.Values[row]).ToString("x", CultureInfo.InvariantCulture),
        CodedColumn coded => coded[row]!,
        _ => throw new ArgumentException($"unknown column {column.GetType()}", nameof(column)),
    };

    private static byte[] Saved(ISampler sampler)
    {
        var stream = new MemoryStream();
        sampler.Save(stream);
        return stream.ToArray();
    }

    private static void AssertSame(string[] expected, string[] actual, string when)
    {
        Assert.True(expected.Length == actual.Length, $"{when}: {actual.Length} rows, not {expected.Length}");
        for (int i = 0; i < expected.Length; i++)
            Assert.True(expected[i] == actual[i],
                $"{when}: row {i} differs: {Readable(actual[i])} instead of {Readable(expected[i])}");
    }

    private static string Readable(string row) =>
        row.Replace('\u001F', '|').Replace("\u0000", "missing", StringComparison.Ordinal);
}
