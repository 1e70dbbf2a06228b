using Arena.Ranking.Tests.Support;
using Xunit;

namespace Arena.Ranking.Tests;

public sealed class VoterReliabilityTests
{
    private static readonly VoterReliabilityOptions Quick = new() { Rounds = 100 };

    /// <summary>Voters 0–11 vote as they should, 12–14 at random, 15 the other way round.</summary>
    private static Ballots Crowd(ulong seed) => SimulatedVotes.Pairs(
        seed,
        SimulatedVotes.Strengths,
        1600,
        slope: v => (v % 16) switch { < 12 => 1, < 15 => 0, _ => -1 },
        details: v => new BallotDetails(1, v % 16));

    [Fact]
    public void Fit_RandomAndContraryVoters_AreTold()
    {
        ReliabilityStandings result = VoterReliability.Fit(Crowd(3), Quick);
        Assert.Equal(16, result.Voters.Count);
        Assert.Equal(1, result.Voters.Average(v => v.Reliability), 9);
        Assert.All(result.Voters, v => Assert.True(v.Low < v.Reliability && v.Reliability < v.High && v.Ballots == 100));
        double worstGood = result.Voters.Take(12).Min(v => v.Reliability);
        Assert.All(result.Voters.Skip(12), v => Assert.True(v.Reliability < worstGood));
        Assert.True(result.Voters[15].High < 0);
        Assert.True(result.Weighted.Diagnostics.Converged);
    }

    [Fact]
    public void Fit_BothBoards_AreThere()
    {
        ReliabilityStandings result = VoterReliability.Fit(Crowd(4), Quick);
        Assert.Equal(VoterReliability.Name, result.Weighted.Method);
        Assert.Equal(BradleyTerry.Name, result.Unweighted.Method);
        Assert.Equal(result.Weighted.Evidence, result.Unweighted.Evidence);
        Assert.Equal(16, result.Weighted.Evidence.Clusters);
        // random voters flatten the board that believes them
        double Width(Standings s) => s.Competitors.Max(c => c.Rating) - s.Competitors.Min(c => c.Rating);
        Assert.True(Width(result.Weighted) != Width(result.Unweighted));
        Assert.Equal([0, 1, 2, 3, 4, 5], result.Weighted.Order);
    }

    [Fact]
    public void Fit_TightPrior_IsPlainBradleyTerry()
    {
        ReliabilityStandings result = VoterReliability.Fit(Crowd(5), Quick with { Deviation = 1e-4 });
        Assert.All(result.Weighted.Competitors.Zip(result.Unweighted.Competitors), pair =>
        {
            Assert.Equal(pair.First.Rating, pair.Second.Rating, 0.1);
            Assert.Equal(pair.First.StandardError, pair.Second.StandardError, 0.1);
        });
    }

    [Fact]
    public void Fit_UnknownVoters_CountAsReliableAndPinTheScale()
    {
        Ballots votes = SimulatedVotes.Pairs(
            7, SimulatedVotes.Strengths, 1200, slope: v => v % 6 == 1 ? 0 : 1, details: v => new BallotDetails(1, v % 6 == 0 ? -1 : v % 6));
        ReliabilityStandings result = VoterReliability.Fit(votes, Quick);
        Assert.Equal([1, 2, 3, 4, 5], result.Voters.Select(v => v.Voter));
        Assert.Equal(1, result.Voters.MinBy(v => v.Reliability)!.Voter);
        Assert.True(result.Weighted.Diagnostics.Converged);
        Assert.Equal(205, result.Weighted.Evidence.Clusters);
    }

    [Fact]
    public void TryFit_StrengthsThatGrowAsReliabilitiesVanish_HaveNoMaximum()
    {
        // eight voters of a dozen votes each: one competitor's strength runs away while whoever voted against it is believed ever less
        Ballots votes = ((Properties.VoteData)Properties.VoteData.Pairs(58).Twice()).Ballots;
        Assert.False(VoterReliability.TryFit(votes, Quick, out _, out Diagnosis? diagnosis));
        Assert.IsType<Diagnosis.NoFiniteMaximum>(diagnosis);
        Assert.True(VoterReliability.TryFit(votes, Quick with { Ridge = 0.2 }, out ReliabilityStandings? ridged, out _));
        Assert.All(ridged.Weighted.Competitors, c => Assert.True(double.IsFinite(c.Rating)));
    }

    [Fact]
    public void TryFit_StoppedShortOfAMaximum_GivesNoIntervals()
    {
        Ballots votes = ((Properties.VoteData)Properties.VoteData.Pairs(22).Twice()).Ballots;
        ReliabilityStandings result = VoterReliability.Fit(votes, Quick with { MaxIterations = 5 });
        Assert.Equal(IntervalKind.None, result.Weighted.Intervals);
        Assert.False(result.Weighted.Diagnostics.Converged);
        Assert.All(result.Voters, v => Assert.Equal(double.PositiveInfinity, v.High));
    }

    [Fact]
    public void TryFit_NoVoters_SaysSo()
    {
        Assert.False(VoterReliability.TryFit(SimulatedVotes.Two(3, 2, 1), Quick, out _, out Diagnosis? diagnosis));
        Assert.IsType<Diagnosis.NoVoters>(diagnosis);
        Assert.Throws<ArgumentOutOfRangeException>(() => new VoterReliabilityOptions { Deviation = 0 });
    }
}
