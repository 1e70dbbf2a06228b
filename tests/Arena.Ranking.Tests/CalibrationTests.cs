using Arena.Ranking.Benchmarks.Experiments;
using Xunit;

namespace Arena.Ranking.Tests;

/// <summary>A small, fixed sample of the calibration experiment: shares are held to their promise within three of their own standard errors.</summary>
public sealed class CalibrationTests
{
    private const int Arenas = 60;

    [Theory]
    [InlineData(nameof(ArenaDesign.Independent), ClusterBy.None)]
    [InlineData(nameof(ArenaDesign.VoterEffects), ClusterBy.Voter)]
    [InlineData(nameof(ArenaDesign.PromptEffects), ClusterBy.Voter | ClusterBy.Prompt)]
    [InlineData(nameof(ArenaDesign.Adaptive), ClusterBy.None)]
    [InlineData(nameof(ArenaDesign.Newcomer), ClusterBy.None)]
    public void Fit_SimulatedArenas_IntervalsHoldWhatTheyPromise(string design, ClusterBy cluster)
    {
        CalibrationRow row = Measure(Enum.Parse<ArenaDesign>(design), cluster);

        // pairs of one arena share entries: the share of an arena spreads by about 0.07
        Assert.InRange(row.Pairs, 0.95 - 3 * 0.07 / Math.Sqrt(Arenas), 0.95 + 3 * 0.07 / Math.Sqrt(Arenas));
        Assert.InRange(row.Ranks, 0.95 - 3 * Math.Sqrt(0.95 * 0.05 / Arenas), 1);
    }

    [Fact]
    public void Fit_VoterEffectsTakenAsIndependent_HoldsLessThanClustered() =>
        Assert.True(Measure(ArenaDesign.VoterEffects, ClusterBy.None).Pairs < Measure(ArenaDesign.VoterEffects, ClusterBy.Voter).Pairs - 0.01);

    private static CalibrationRow Measure(ArenaDesign design, ClusterBy cluster) =>
        CalibrationStudy.Measure(design, "test", Arenas, seed: 7, ballots => BradleyTerry.Fit(
            ballots, new BradleyTerryOptions { Cluster = cluster, Rounds = 200, MaxDegreeOfParallelism = 1 }));
}
