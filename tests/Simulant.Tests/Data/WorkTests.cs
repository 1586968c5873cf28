using Simulant.Data;
using Xunit;

namespace Simulant.Tests.Data;

public class WorkTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Each_piece_runs_once_whatever_the_threads(int threads)
    {
        for (int round = 0; round < 200; round++)
        {
            int[] times = new int[round];
            Work.For(round, threads, i => Interlocked.Increment(ref times[i]), CancellationToken.None);
            Assert.All(times, t => Assert.Equal(1, t));
        }
    }

    [Fact]
    public void Pieces_may_share_out_work_of_their_own()
    {
        long[] sums = new long[8];
        Work.For(8, 3, i =>
        {
            long[] parts = new long[50];
            Work.For(50, 3, j => parts[j] = i * j, CancellationToken.None);
            sums[i] = parts.Sum();
        }, CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, 8).Select(i => i * 1225L), sums);
    }

    [Fact]
    public void Several_callers_share_out_work_at_once()
    {
        var callers = Enumerable.Range(0, 4).Select(c => new Thread(() =>
        {
            for (int round = 0; round < 500; round++)
            {
                int[] cells = new int[5];
                Work.For(5, 2, i => cells[i] = c + i, CancellationToken.None);
                Assert.Equal(5 * c + 10, cells.Sum());
            }
        })).ToList();
        callers.ForEach(t => t.Start());
        callers.ForEach(t => t.Join());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_first_failure_is_thrown_and_later_loops_still_run(int threads)
    {
        for (int round = 0; round < 50; round++)
        {
            var fault = Assert.Throws<InvalidOperationException>(() =>
                Work.For(4, threads, i => throw new InvalidOperationException($"{i}"), CancellationToken.None));
            Assert.Equal("0", fault.Message);
        }
        int done = 0;
        Work.For(10, threads, _ => Interlocked.Increment(ref done), CancellationToken.None);
        Assert.Equal(10, done);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Cancelled_work_throws_so(int threads)
    {
        using var cancel = new CancellationTokenSource();
        int done = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => Work.For(1000, threads, i =>
        {
            int order = Interlocked.Increment(ref done);
            if (order == 3) cancel.Cancel();
            // Pieces begun meanwhile end after it, however late the thread that cancels is given its turn.
            if (order > 3) Assert.True(cancel.Token.WaitHandle.WaitOne(TimeSpan.FromMinutes(1)));
        }, cancel.Token));
        // Of the other threads, each may have begun one piece more.
        Assert.InRange(done, 3, 2 + threads);
    }

    [Fact]
    public void Threads_are_taken_up_again()
    {
        var seen = new HashSet<int>();
        for (int round = 0; round < 300; round++)
            Work.For(2, 2, _ =>
            {
                lock (seen) seen.Add(Environment.CurrentManagedThreadId);
            }, CancellationToken.None);
        // A new one for each loop would be 300; other tests may hold some of the idle ones meanwhile.
        Assert.InRange(seen.Count, 1, 100);
    }
}
