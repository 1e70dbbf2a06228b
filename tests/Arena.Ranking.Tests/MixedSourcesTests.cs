using Arena.Ranking.Tests.Support;
using Xunit;

namespace Arena.Ranking.Tests;

public sealed class MixedSourcesTests
{
    private static readonly MixedSourcesOptions Quick = new() { Rounds = 100 };

    [Fact]
    public void Combine_SameStrengths_IsMorePreciseThanEither()
    {
        Standings votes = Fit(1, SimulatedVotes.Strengths, 800), samples = Fit(2, SimulatedVotes.Strengths, 400);
        MixedStandings mixed = MixedSources.Combine([new("votes", votes), new("samples", samples)], Quick);
        Assert.Equal(2, mixed.Tests.Count);
        Assert.All(mixed.Tests, t => Assert.InRange(t.PValue, 0.01, 1));
        Assert.Equal(mixed.Tests[0].Statistic, mixed.Tests[1].Statistic, 6); // of two sources both tests are the same
        Assert.Equal(5, mixed.Tests[0].Freedom);
        Assert.All(mixed.Standings.Competitors, c =>
        {
            Assert.True(c.StandardError < votes.Competitors[c.Index].StandardError);
            double low = Math.Min(votes.Competitors[c.Index].Rating, samples.Competitors[c.Index].Rating);
            Assert.InRange(c.Rating, low - 15, Math.Max(votes.Competitors[c.Index].Rating, samples.Competitors[c.Index].Rating) + 15);
        });
        // even votes on a balanced board are worth about as many as they are
        Assert.InRange(mixed.Sources[0].EffectiveBallots, 500, 800);
        Assert.InRange(mixed.Sources[0].Share, 0.55, 0.75);
        Assert.Equal(1200, mixed.Standings.Evidence.Observations);
    }

    [Fact]
    public void Combine_OneDeclaredHeavy_FollowsIt()
    {
        Standings votes = Fit(3, SimulatedVotes.Strengths, 500), samples = Fit(4, SimulatedVotes.Strengths, 500);
        MixedStandings mixed = MixedSources.Combine([new("votes", votes, 1e6), new("samples", samples)], Quick);
        Assert.All(mixed.Standings.Competitors, c => Assert.Equal(votes.Competitors[c.Index].Rating, c.Rating, 0.01));
        Assert.All(mixed.Standings.Competitors, c => Assert.Equal(votes.Competitors[c.Index].StandardError, c.StandardError, 0.01));
    }

    [Fact]
    public void Combine_DifferentStrengths_IsRefused()
    {
        Standings votes = Fit(5, SimulatedVotes.Strengths, 800), samples = Fit(6, [.. SimulatedVotes.Strengths.Reverse()], 800);
        RatingSource[] sources = [new("votes", votes), new("samples", samples)];
        var refused = Assert.Throws<RankingException>(() => MixedSources.Combine(sources, Quick));
        var diagnosis = Assert.IsType<Diagnosis.SourcesDisagree>(refused.Diagnosis);
        Assert.Equal(("votes", "samples"), (diagnosis.First, diagnosis.Second));
        Assert.True(diagnosis.PValue < 1e-6);
        MixedStandings anyway = MixedSources.Combine(sources, Quick with { CombineDespiteDisagreement = true });
        Assert.Contains(anyway.Standings.Diagnostics.Notes, n => n.Contains("disagree", StringComparison.Ordinal));
    }

    [Fact]
    public void Tests_SameStrengths_RejectAsOftenAsTheyShould()
    {
        int rejected = Enumerable.Range(0, 60).Count(k =>
            MixedSources.Combine(
                [new("a", Fit(100 + 2 * (ulong)k, SimulatedVotes.Strengths, 150)), new("b", Fit(101 + 2 * (ulong)k, SimulatedVotes.Strengths, 150))],
                Quick with { CombineDespiteDisagreement = true, Rounds = 1 }).Tests[0].PValue < 0.1);
        Assert.InRange(rejected, 0, 14); // 6 expected; 14 is beyond 99.9 %
    }

    [Fact]
    public void Combine_BadInput_SaysWhy()
    {
        Standings votes = Fit(7, SimulatedVotes.Strengths, 300), few = Fit(8, SimulatedVotes.Strengths, 300, voters: 4);
        Assert.False(MixedSources.TryCombine([new("votes", votes), new("few", few)], Quick, out _, out Diagnosis? scarce));
        Assert.Equal("few", Assert.IsType<Diagnosis.TooFewClusters>(scarce).Source);
        Assert.Throws<ArgumentException>(() => MixedSources.Combine([new("votes", votes)], Quick));
        Assert.Throws<ArgumentException>(() => MixedSources.Combine([new("votes", votes), new("none", votes, 0)], Quick));
    }

    private static Standings Fit(ulong seed, double[] theta, int votes, int voters = 0) => ContextualBradleyTerry.Fit(
        SimulatedVotes.Pairs(seed, theta, votes, details: voters > 0 ? v => new BallotDetails(1, v % voters) : null),
        Covariates.None(votes),
        new ContextualBradleyTerryOptions { Ridge = voters > 0 ? 0.1 : 0, Cluster = voters > 0 ? ClusterBy.Voter : ClusterBy.None, Rounds = 20 });
}
