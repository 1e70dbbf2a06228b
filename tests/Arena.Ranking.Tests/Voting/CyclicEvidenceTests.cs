using Arena.Ranking.Resampling;
using Arena.Ranking.Tests.Support;
using Xunit;

namespace Arena.Ranking.Tests.Voting;

public sealed class CyclicEvidenceTests
{
    private static readonly HodgeRankOptions Quick = new() { Resampling = VoteResampling.None };

    [Fact]
    public void HodgeRank_RockPaperScissors_IsAllCurl()
    {
        HodgeRankResult result = HodgeRank.Fit(Profiles.Pairs(3, (0, 1, 4), (1, 2, 4), (2, 0, 4)), Quick);
        Assert.All(result.Standings.Competitors, c => Assert.Equal(0, c.Rating, 12));
        Assert.Equal(0, result.Shares.Gradient, 12);
        Assert.Equal(1, result.Shares.Curl, 9);
        Assert.Equal(0, result.Shares.Harmonic, 9);
    }

    [Fact]
    public void HodgeRank_RingOfFour_IsAllHarmonic()
    {
        HodgeRankResult result = HodgeRank.Fit(Profiles.Pairs(4, (0, 1, 3), (1, 2, 5), (2, 3, 3), (3, 0, 5)), Quick);
        Assert.Equal(1, result.Shares.Harmonic + result.Shares.Gradient, 9);
        Assert.Equal(0, result.Shares.Curl, 9);
        Assert.True(result.Shares.Harmonic > 0.9);
    }

    [Fact]
    public void HodgeRank_UnequalVotes_PartsAddUpAndPairsAreAllGradient()
    {
        HodgeRankResult two = HodgeRank.Fit(Profiles.Pairs(2, (0, 1, 3), (1, 0, 1)), Quick);
        Assert.Equal(1, two.Shares.Gradient, 12);
        Assert.Equal(0.5, two.Standings.Competitors[0].Rating - two.Standings.Competitors[1].Rating, 12);

        // a triangle hangs on a ring of four, each pair with its own number of votes
        HodgeRankResult mixed = HodgeRank.Fit(
            Profiles.Pairs(6, (0, 1, 3), (1, 2, 5), (2, 0, 7), (2, 3, 2), (3, 4, 4), (4, 5, 1), (5, 2, 9), (2, 5, 1)), Quick);
        Assert.Equal(1, mixed.Shares.Gradient + mixed.Shares.Curl + mixed.Shares.Harmonic, 9);
        Assert.True(mixed.Shares.Curl > 0.05 && mixed.Shares.Harmonic > 0.05);
    }

    [Fact]
    public void HodgeRank_TwoIslands_AreDiagnosed()
    {
        Assert.False(HodgeRank.TryFit(Profiles.Pairs(4, (0, 1, 1), (2, 3, 1)), Quick, out _, out Diagnosis? diagnosis));
        Assert.Equal(2, Assert.IsType<Diagnosis.Disconnected>(diagnosis).Components.Count);
        Assert.False(CyclicPreference.TryFit(Profiles.Pairs(4, (0, 1, 1), (2, 3, 1)), null, out _, out diagnosis));
        Assert.IsType<Diagnosis.Disconnected>(diagnosis);
    }

    [Fact]
    public void CyclicPreference_RockPaperScissors_FindsOneBlockAndTheWinRates()
    {
        Ballots ballots = Profiles.Pairs(3, (0, 1, 160), (1, 0, 40), (1, 2, 160), (2, 1, 40), (2, 0, 160), (0, 2, 40));
        CyclicPreferenceResult result = CyclicPreference.Fit(ballots, new CyclicPreferenceOptions { Rounds = 20, MaxBlocks = 2 });
        Assert.Equal(1, result.Blocks);
        Assert.True(result.CyclicShare > 0.99);
        Assert.InRange(result.WinRate(0, 1), 0.77, 0.82);
        Assert.InRange(result.WinRate(1, 2), 0.77, 0.82);
        Assert.InRange(result.WinRate(2, 0), 0.77, 0.82);
        Assert.Equal(1, result.WinRate(0, 2) + result.WinRate(2, 0), 12);
        Assert.Equal(3, result.HeldOut.Count);
        Assert.Equal(result.Standings.Competitors, CyclicPreference.Fit(ballots, new CyclicPreferenceOptions { Rounds = 20, MaxBlocks = 2, MaxDegreeOfParallelism = 1 }).Standings.Competitors);
    }

    [Fact]
    public void CyclicPreference_OneStrengthEach_NeedsNoBlock()
    {
        var random = new Xoshiro256(11, 0);
        var builder = new BallotsBuilder(5);
        for (int v = 0; v < 1500; v++)
        {
            int a = random.NextBelow(5), b = (a + 1 + random.NextBelow(4)) % 5;
            builder.AddPair(a, b, random.NextDouble() < 1 / (1 + Math.Exp(0.6 * (b - a))) ? PairOutcome.FirstWins : PairOutcome.SecondWins);
        }

        CyclicPreferenceResult result = CyclicPreference.Fit(builder.ToBallots(), new CyclicPreferenceOptions { Resampling = VoteResampling.None, MaxBlocks = 1 });
        Assert.Equal(0, result.Blocks);
        Assert.Equal(0, result.CyclicShare, 9);
        Assert.Equal([4, 3, 2, 1, 0], result.Standings.Order);
        Assert.InRange(result.Strengths[4] - result.Strengths[0], 2.0, 2.8);
        Assert.Equal(0, result.Strengths.Sum(), 9);
    }

    [Fact]
    public void CyclicPreference_OnlyTiesAndNeverLost_AreDiagnosedOrFinite()
    {
        var ties = new BallotsBuilder(2);
        ties.AddPair(0, 1, PairOutcome.Tie);
        Assert.False(CyclicPreference.TryFit(ties.ToBallots(), null, out _, out Diagnosis? diagnosis));
        Assert.IsType<Diagnosis.OnlyTies>(diagnosis);
        CyclicPreferenceResult never = CyclicPreference.Fit(Profiles.Pairs(2, (0, 1, 9)), new CyclicPreferenceOptions { Resampling = VoteResampling.None, Blocks = 1 });
        Assert.True(double.IsFinite(never.Scores[1]) && never.WinRate(0, 1) > 0.8);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Fit_FewerVotersThanFolds_HoldsOutNoEmptyFold(int voters)
    {
        // an empty fold would count as one whose votes were all foreseen, and as one in which no block helps
        Ballots votes = SimulatedVotes.Pairs(4, [0.3, 0, -0.3], 300, details: v => new BallotDetails(Voter: v % voters));
        var options = new CyclicPreferenceOptions { Resampling = VoteResampling.Voters, Rounds = 2, Folds = 5 };
        CyclicPreferenceResult five = CyclicPreference.Fit(votes, options), three = CyclicPreference.Fit(votes, options with { Folds = 3 });
        Assert.Equal(three.HeldOut, five.HeldOut);
        Assert.Equal((three.Blocks, voters > 1 ? 4 : 0), (five.Blocks, five.HeldOut.Count));
        Assert.All(five.HeldOut, mean => Assert.InRange(mean, -1, -0.6));
    }

    [Fact]
    public void HodgeRank_EveryTwoCompared_LooksForNoTriangle()
    {
        // where every two were compared all cycles are made of triangles: the 161,700 of 100 competitors need not be written down
        Ballots votes = SimulatedVotes.Pairs(5, new double[100], 60_000);
        HodgeRank.Fit(votes, Quick);
        long before = GC.GetAllocatedBytesForCurrentThread();
        HodgeShares shares = HodgeRank.Fit(votes, Quick).Shares;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8_000_000);
        Assert.Equal(0, shares.Harmonic);
        Assert.Equal(1, shares.Gradient + shares.Curl, 12);
    }
}
