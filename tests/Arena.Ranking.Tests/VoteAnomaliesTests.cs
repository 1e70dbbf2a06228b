using Arena.Ranking.Anomalies;
using Arena.Ranking.Resampling;
using Xunit;

namespace Arena.Ranking.Tests;

public sealed class VoteAnomaliesTests
{
    private static readonly double[] Theta = [-1.2, -0.6, -0.1, 0.2, 0.7, 1.0];

    [Fact]
    public void Find_HonestVoters_FlagsAlmostNobodyAndNoBurst()
    {
        int flagged = 0, bursts = 0;
        for (ulong seed = 1; seed <= 8; seed++)
        {
            var world = new World(seed);
            world.Honest(voters: 60, votes: 40, taste: 0.3);
            VoteAnomalyReport report = world.Find();
            Assert.Equal(60, report.Voters.Count);
            flagged += report.FlaggedVoters.Count;
            bursts += report.Bursts.Count;
        }

        Assert.InRange(flagged, 0, 2);
        Assert.Equal(0, bursts);
    }

    [Theory]
    [InlineData(VoteAnomalyKind.Favours)]
    [InlineData(VoteAnomalyKind.Opposes)]
    [InlineData(VoteAnomalyKind.Disagrees)]
    [InlineData(VoteAnomalyKind.Concentrates)]
    public void Find_OnePlantedVoter_FlagsThatOneForWhatItDid(VoteAnomalyKind kind)
    {
        var world = new World(3);
        world.Honest(voters: 40, votes: 40, taste: 0.2);
        world.Planted(99, 60, kind, 2);
        VoteAnomalyReport report = world.Find();
        VoterAnomaly worst = report.Voters[0];
        Assert.Equal((99, kind, true), (worst.Voter, worst.Kind, worst.Flagged));
        Assert.Equal(kind == VoteAnomalyKind.Disagrees ? -1 : 2, worst.Competitor);
        Assert.Equal([99], report.FlaggedVoters);
        Assert.Equal(1600, report.Without(world.Ballots).Count);
    }

    [Fact]
    public void Find_ThrowAwayAccounts_FindsTheBurst()
    {
        var world = new World(4);
        world.Honest(voters: 30, votes: 40, taste: 0.2);
        int first = world.Ballots.Count;
        for (int k = 0; k < 60; k++)
        {
            world.Vote(1000 + k, 1, 3 + k % 3, PairOutcome.FirstWins);
        }

        int last = world.Ballots.Count;
        world.Honest(voters: 30, votes: 40, taste: 0.2);
        VoteAnomalyReport report = world.Find();
        Assert.Empty(report.FlaggedVoters);
        VoteBurst burst = Assert.Single(report.Bursts);
        Assert.Equal(1, burst.Competitor);
        Assert.True(burst.FirstBallot <= first + 30 && burst.LastBallot >= last - 30);
        Assert.True(burst.Observed > burst.Expected + 8);
        Assert.Equal(world.Ballots.Count, report.Without(world.Ballots).Count);
        Assert.InRange(world.Ballots.Count - report.Without(world.Ballots, bursts: true).Count, 50, 60);
    }

    [Fact]
    public void Find_HonestNewcomers_AreNoCrowd()
    {
        int crowds = 0;
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var world = new World(seed);
            world.Honest(voters: 60, votes: 40, taste: 0.3);
            world.Honest(voters: 300, votes: 3, taste: 0.5);
            world.Honest(voters: 60, votes: 12, taste: 0.5);
            crowds += world.Find().Crowds.Count;
        }

        // on one board in twenty there might be one
        Assert.InRange(crowds, 0, 4);
    }

    [Theory]
    [InlineData(VoteAnomalyKind.Favours)]
    [InlineData(VoteAnomalyKind.Opposes)]
    [InlineData(VoteAnomalyKind.Concentrates)]
    public void Find_ThrowAwayAccountsOverAllTheTime_AreACrowd(VoteAnomalyKind kind)
    {
        var world = new World(7);
        int planted = 0;
        for (int stretch = 0; stretch < 10; stretch++)
        {
            world.Honest(voters: 6, votes: 40, taste: 0.3);
            world.Honest(voters: kind == VoteAnomalyKind.Concentrates ? 2 : 12, votes: 3, taste: 0.3);
            for (int k = 0; k < 15; k++, planted++)
            {
                if (kind == VoteAnomalyKind.Concentrates)
                {
                    world.Vote(1000 + planted, 2, 3, k % 2 == 0 ? PairOutcome.FirstWins : PairOutcome.SecondWins);
                    world.Vote(1000 + planted, 2, 0, k % 4 != 0 ? PairOutcome.FirstWins : PairOutcome.SecondWins);
                }
                else
                {
                    world.Vote(1000 + planted, 2, 3, kind == VoteAnomalyKind.Favours ? PairOutcome.FirstWins : PairOutcome.SecondWins);
                }
            }
        }

        Ballots ballots = world.Ballots;
        VoteAnomalyReport report = VoteAnomalies.Find(ballots, BradleyTerry.Fit(ballots));
        Assert.Empty(report.FlaggedVoters);
        VoteCrowd crowd = Assert.Single(report.Crowds, c => c.Kind == kind);
        Assert.Equal((2, 1, 4), (crowd.Competitor, crowd.LeastBallots, crowd.MostBallots));
        Assert.InRange(crowd.AdjustedPValue, 0, 0.05);
        Assert.True(kind == VoteAnomalyKind.Opposes ? crowd.Observed < crowd.Expected : crowd.Observed > crowd.Expected);
        Ballots cleared = report.Without(ballots, crowds: true);
        Assert.Equal(2400, cleared.VoterColumn.ToArray().GroupBy(v => v).Where(v => v.Count() == 40).Sum(v => v.Count()));
        Assert.DoesNotContain(Enumerable.Range(0, cleared.Count), b => cleared[b].Voter >= 1000 && cleared[b].Competitors.Contains(2));
        Assert.Equal(ballots.Count, report.Without(ballots).Count);
    }

    [Fact]
    public void Find_BurstThatLiftedTheFit_IsFoundAllTheSame()
    {
        var world = new World(6);
        world.Honest(voters: 40, votes: 40, taste: 0.2);
        for (int k = 0; k < 200; k++)
        {
            world.Vote(1000 + k, 1, k % 2 == 0 ? 0 : 2 + k % 4, PairOutcome.FirstWins);
        }

        world.Honest(voters: 40, votes: 40, taste: 0.2);
        Standings rigged = BradleyTerry.Fit(world.Ballots);
        Assert.True(rigged.Competitors[1].Rating > 1000 + EloScale.Unit * Theta[1] + 30);
        Assert.All(VoteAnomalies.Find(world.Ballots, rigged).Bursts, b => Assert.Equal(1, b.Competitor));
        Assert.NotEmpty(VoteAnomalies.Find(world.Ballots, rigged).Bursts);
    }

    [Fact]
    public void Find_RankingsAndTopOnes_ReadsThemAsOneObservationABallot()
    {
        var builder = new BallotsBuilder(6);
        var random = new Boards.Sequence(5);
        for (int voter = 0; voter < 30; voter++)
        {
            for (int k = 0; k < 30; k++)
            {
                int[] slate = [.. Boards.Permutation(6, (ulong)(voter * 100 + k + 1))[..4]];
                int[] order = [.. slate.OrderByDescending(i => Theta[i] - Math.Log(-Math.Log(1e-12 + random.Share())))];
                if (voter == 7)
                {
                    order = [.. slate.OrderBy(i => i == 5 ? 1 : 0).ThenBy(i => Array.IndexOf(order, i))];
                }

                var details = new BallotDetails(1, voter);
                if (k % 2 == 0)
                {
                    builder.AddRanking(order, details);
                }
                else
                {
                    builder.AddTopOne(order[0], order.AsSpan(1), details);
                }
            }
        }

        VoteAnomalyReport report = VoteAnomalies.Find(builder.ToBallots(), Fit(6));
        Assert.Equal([7], report.FlaggedVoters);
        Assert.Equal((VoteAnomalyKind.Opposes, 5), (report.Voters[0].Kind, report.Voters[0].Competitor));
    }

    [Fact]
    public void Find_VotersUnknownOrFew_TestsNobody()
    {
        var builder = new BallotsBuilder(6);
        for (int k = 0; k < 40; k++)
        {
            builder.AddPair(0, 5, PairOutcome.FirstWins);
        }

        builder.AddPair(0, 5, PairOutcome.FirstWins, new BallotDetails(1, 3));
        VoteAnomalyReport report = VoteAnomalies.Find(builder.ToBallots(), Fit(6));
        Assert.Empty(report.Voters);
        Assert.Throws<ArgumentException>(() => VoteAnomalies.Find(builder.ToBallots(), Fit(5)));
    }

    [Fact]
    public void Upper_AnyNumbers_IsAboveTheExactTail()
    {
        // sixteen fair coins, twelve heads or more: 0.0384; the bound is 16 times the divergence: e^(−16 KL(¾, ½)) = 0.123
        ScoredVote[] coins = [.. Enumerable.Range(0, 16).Select(k => new ScoredVote(k < 12 ? 1 : 0, 0.5))];
        Assert.Equal(Math.Exp(-16 * (0.75 * Math.Log(1.5) + 0.25 * Math.Log(0.5))), TailBound.Upper(coins), 6);
        ScoredVote[] all = [.. Enumerable.Range(0, 10).Select(k => new ScoredVote(1, 0.3 + 0.02 * k))];
        Assert.Equal(all.Aggregate(1.0, (p, v) => p * v.Mean), TailBound.Upper(all), 6);
        Assert.Equal(TailBound.Upper(coins), TailBound.Lower([.. coins.Select(c => c with { Score = 1 - c.Score })]), 9);
        Assert.Equal(1, TailBound.Lower(coins));
        Assert.Equal(1, TailBound.Upper([]));
    }

    private static Standings Fit(int n) => new StandingsMaker("test", new MeanScoreOptions(), new Evidence(1, 1), [.. Enumerable.Repeat(new Evidence(1, 1), n)])
        .WithoutIntervals([.. Theta.Take(n).Select(t => 1000 + EloScale.Unit * t)], new FitDiagnostics(0, StopReason.ClosedForm, 0, []));

    /// <summary>Votes on six competitors of known strength.</summary>
    private sealed class World(ulong seed)
    {
        private readonly BallotsBuilder _builder = new(6);
        private readonly Boards.Sequence _random = new(seed);
        private int _voters;

        public Ballots Ballots => _builder.ToBallots();

        public VoteAnomalyReport Find() => VoteAnomalies.Find(Ballots, Fit(6));

        public void Honest(int voters, int votes, double taste)
        {
            for (int v = 0; v < voters; v++, _voters += _voters == 98 ? 2 : 1)
            {
                double[] own = [.. Theta.Select(t => t + taste * (_random.Share() + _random.Share() + _random.Share() - 1.5) * 2)];
                for (int k = 0; k < votes; k++)
                {
                    (int a, int b) = Pair();
                    Vote(_voters, a, b, Outcome(own[a] - own[b]));
                }
            }
        }

        public void Planted(int voter, int votes, VoteAnomalyKind kind, int target)
        {
            for (int k = 0; k < votes; k++)
            {
                (int a, int b) = Pair();
                PairOutcome outcome = Outcome(Theta[a] - Theta[b]);
                switch (kind)
                {
                    case VoteAnomalyKind.Concentrates:
                        b = a == target ? b : target;
                        outcome = Outcome(Theta[a] - Theta[b]);
                        break;
                    case VoteAnomalyKind.Disagrees:
                        outcome = Outcome(Theta[b] - Theta[a]);
                        break;
                    default:
                        bool up = kind == VoteAnomalyKind.Favours;
                        outcome = a == target ? (up ? PairOutcome.FirstWins : PairOutcome.SecondWins) : b == target ? (up ? PairOutcome.SecondWins : PairOutcome.FirstWins) : outcome;
                        break;
                }

                Vote(voter, a, b, outcome);
            }
        }

        public void Vote(int voter, int a, int b, PairOutcome outcome) => _builder.AddPair(a, b, outcome, new BallotDetails(1, voter));

        private (int A, int B) Pair()
        {
            int a = _random.Below(6);
            return (a, (a + 1 + _random.Below(5)) % 6);
        }

        private PairOutcome Outcome(double difference)
        {
            if (_random.Share() < 0.1)
            {
                return PairOutcome.Tie;
            }

            return _random.Share() < 1 / (1 + Math.Exp(-difference)) ? PairOutcome.FirstWins : PairOutcome.SecondWins;
        }
    }
}
