using Simulant.Runs.Replays;
using Xunit;

namespace Simulant.Tests.Runs.Replays;

public class ReplayTests
{
    [Fact]
    public void Neighbours_are_asked_the_same_and_give_the_same_model() => Assert.Null(ReplayAudit.Run(150, 1));

    [Fact, Trait("Suite", "long")]
    public void Neighbours_are_asked_the_same_in_10_000_pairs() =>
        Assert.Null(ReplayAudit.RunAtOnce(10_000, 2, Environment.ProcessorCount));

    [Fact]
    public void Noise_follows_its_law() => Assert.Null(SamplerLaw.Check());
}
