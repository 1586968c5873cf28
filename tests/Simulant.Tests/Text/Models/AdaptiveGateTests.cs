using System.Diagnostics;
using Simulant.Text.Models;
using Xunit;

namespace Simulant.Tests.Text.Models;

public class AdaptiveGateTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task No_more_enter_than_the_ceiling_and_the_first_to_wait_goes_first()
    {
        var gate = new AdaptiveGate(2);
        long a = await gate.Enter(Never);
        _ = await gate.Enter(Never);
        var third = gate.Enter(Never).AsTask();
        var fourth = gate.Enter(Never).AsTask();
        Assert.False(third.IsCompleted || fourth.IsCompleted);
        gate.Leave(a, GateOutcome.Answered);
        await third.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(fourth.IsCompleted);
        Assert.Equal(2, gate.InFlight);
    }

    [Fact]
    public async Task Overload_narrows_once_for_requests_that_flew_together_and_answers_widen()
    {
        var gate = new AdaptiveGate(100);
        long[] entered = new long[100];
        for (int i = 0; i < 100; i++) entered[i] = await gate.Enter(Never);
        foreach (long one in entered) gate.Leave(one, GateOutcome.Overloaded);
        Assert.Equal(70, gate.Window);
        // A window's worth of answers widens it by one.
        for (int i = 0; i < 71; i++) gate.Leave(await gate.Enter(Never), GateOutcome.Answered);
        Assert.Equal(71, gate.Window);
        gate.Leave(await gate.Enter(Never), GateOutcome.Overloaded);
        Assert.Equal(49, gate.Window);
    }

    [Fact]
    public async Task The_window_never_closes()
    {
        var gate = new AdaptiveGate(4);
        for (int i = 0; i < 50; i++) gate.Leave(await gate.Enter(Never), GateOutcome.Overloaded);
        Assert.Equal(1, gate.Window);
    }

    [Fact]
    public async Task A_server_that_asks_to_be_left_alone_is_left_alone_by_all()
    {
        var gate = new AdaptiveGate(8);
        gate.Leave(await gate.Enter(Never), GateOutcome.Overloaded, TimeSpan.FromMilliseconds(300));
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(gate.Enter(Never).AsTask(), gate.Enter(Never).AsTask());
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 280, 60_000);
    }

    [Fact]
    public async Task One_that_gives_up_waiting_takes_no_place()
    {
        var gate = new AdaptiveGate(1);
        long first = await gate.Enter(Never);
        using var stop = new CancellationTokenSource();
        var waiting = gate.Enter(stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        gate.Leave(first, GateOutcome.Answered);
        Assert.Equal(0, gate.InFlight);
        _ = await gate.Enter(Never);
        Assert.Equal(1, gate.InFlight);
    }
}
