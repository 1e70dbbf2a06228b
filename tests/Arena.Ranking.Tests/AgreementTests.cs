using Arena.Ranking.Tests.Support;
using Xunit;

namespace Arena.Ranking.Tests;

/// <summary>Independent methods on the same easy data: where strengths are far apart and votes many, all must say the same.</summary>
public sealed class AgreementTests
{
    /// <summary>0.7 log-odds from one to the next: 240 points over eight.</summary>
    private static readonly double[] Strengths = [2.1, 1.4, 0.7, 0, -0.7, -1.4];

    private static readonly Dictionary<string, Func<Ballots, double[]>> Methods = new(StringComparer.Ordinal)
    {
        [BradleyTerry.Name] = b => Ratings(BradleyTerry.Fit(b, new BradleyTerryOptions { Rounds = 1 })),
        [PlackettLuce.Name] = b => Ratings(PlackettLuce.Fit(b, new PlackettLuceOptions { Rounds = 1 })),
        [RaoKupper.Name] = b => Ratings(RaoKupper.Fit(b, new RaoKupperOptions { Kappa = 1, Rounds = 1 })),
        [Davidson.Name] = b => Ratings(Davidson.Fit(b, new DavidsonOptions { Nu = 0, Rounds = 1 })),
        [BayesianBradleyTerry.Name] = b => Ratings(BayesianBradleyTerry.Fit(b, new BayesianBradleyTerryOptions { Rounds = 1 })),
        [HodgeRank.Name] = b => Ratings(HodgeRank.Fit(b, new HodgeRankOptions { Resampling = VoteResampling.None }).Standings),
        [Borda.Name] = b => Ratings(Borda.Fit(b, new BordaOptions { Resampling = VoteResampling.None, Scale = BordaScale.Share })),
        [Copeland.Name] = b => Ratings(Copeland.Fit(b, new CopelandOptions { Resampling = VoteResampling.None })),
        [Kemeny.Name] = b => Ratings(Kemeny.Fit(b, new KemenyOptions { Resampling = VoteResampling.None }).Standings),
        [TrueSkill.Name] = b => Ratings(TrueSkill.Fit(b)),
        [WengLin.Name] = b => Ratings(WengLin.Fit(b)),
        [Elo.Name] = AverageElo,
    };

    public static TheoryData<string> MethodNames => [.. Methods.Keys];

    [Theory]
    [MemberData(nameof(MethodNames))]
    public void Fit_WellSeparatedVotes_FindsTheOrderTheyWereDrawnWith(string method)
    {
        for (ulong seed = 1; seed <= 3; seed++)
        {
            double[] ratings = Methods[method](Votes(seed, 6000));
            Assert.Equal([0, 1, 2, 3, 4, 5], Enumerable.Range(0, 6).OrderByDescending(i => ratings[i]));
        }
    }

    [Fact]
    public void ScoreMethods_WellSeparatedScores_OrderAlike()
    {
        float[][] rows = Boards.Random(3, 6, 4000);
        for (int i = 0; i < rows.Length; i++)
        {
            // 6 % more wrong turned right from one to the next
            for (int s = 0; s < rows[i].Length; s++)
            {
                rows[i][s] = s % 16 < i ? 1 : rows[i][s];
            }
        }

        ScoreMatrix scores = Boards.Of(rows);
        IReadOnlyList<int> order = MeanScore.Fit(scores, new MeanScoreOptions { Rounds = 1 }).Order;
        Assert.Equal([5, 4, 3, 2, 1, 0], order);
        Assert.Equal(order, BradleyTerry.Fit(scores, new BradleyTerryOptions { Rounds = 1 }).Order);
        Assert.Equal(order, OneBench.Fit(scores, new OneBenchOptions { Rounds = 1 }).Standings.Order);
        Assert.Equal(order, Borda.Fit(scores, new BordaOptions { Resampling = VoteResampling.None }).Order);
        Assert.Equal(order, Copeland.Fit(scores, new CopelandOptions { Resampling = VoteResampling.None }).Order);
    }

    [Fact]
    public void BradleyTerryAndPlackettLuce_Pairs_AreOneModel()
    {
        Ballots votes = PairVotes.Of(5, votes: 3000); // a fifth of them ties
        double[] one = Ratings(BradleyTerry.Fit(votes, new BradleyTerryOptions { Rounds = 1, Tolerance = 1e-13 }));
        double[] other = Ratings(PlackettLuce.Fit(votes, new PlackettLuceOptions { Rounds = 1, Tolerance = 1e-13 }));
        Assert.All(one.Zip(other), pair => Assert.Equal(pair.First / EloScale.Unit, pair.Second / EloScale.Unit, 1e-8));
    }

    [Fact]
    public void TieModels_NoTies_AreBradleyTerry()
    {
        Ballots votes = Votes(9, 3000);
        double[] plain = Methods[BradleyTerry.Name](votes), raoKupper = Methods[RaoKupper.Name](votes), davidson = Methods[Davidson.Name](votes);
        Assert.All(plain.Zip(raoKupper), pair => Assert.Equal(pair.First / EloScale.Unit, pair.Second / EloScale.Unit, 1e-8));
        Assert.All(plain.Zip(davidson), pair => Assert.Equal(pair.First / EloScale.Unit, pair.Second / EloScale.Unit, 1e-8));
    }

    [Fact]
    public void BayesianBradleyTerry_ManyVotes_EndsAtTheMaximumOfTheLikelihood()
    {
        Ballots votes = Votes(10, 20_000);
        double[] plain = Methods[BradleyTerry.Name](votes);
        Standings posterior = BayesianBradleyTerry.Fit(votes, new BayesianBradleyTerryOptions { PriorPrecision = 0.01, Rounds = 1 });
        Assert.All(posterior.Competitors, c => Assert.Equal(plain[c.Index], c.Rating, 1.0)); // points; a standard error is about 4
    }

    [Theory]
    [InlineData(ClusterBy.None)]
    [InlineData(ClusterBy.Voter)]
    [InlineData(ClusterBy.Prompt)]
    public void BootstrapErrors_BradleyTerry_AreTheSandwichsWithinATenth(ClusterBy by)
    {
        // every vote four times over, by one voter or on one prompt: errors double where those are the clusters, and only there
        foreach (ClusterBy same in new[] { ClusterBy.Voter, ClusterBy.Prompt })
        {
            Ballots votes = Fourfold(same);
            var options = new BradleyTerryOptions { Cluster = by, Rounds = 1500 };
            Standings robust = BradleyTerry.Fit(votes, options with { Rounds = 1 });
            AssertWithinATenth(robust, BallotBootstrap.FitBradleyTerry(votes, options));
            double alone = BradleyTerry.Fit(votes, new BradleyTerryOptions { Rounds = 1 }).Competitors[0].StandardError;
            Assert.InRange(robust.Competitors[0].StandardError / alone, by == same ? 1.8 : 0.85, by == same ? 2.2 : 1.15);
        }
    }

    private static Ballots Fourfold(ClusterBy same)
    {
        Ballots drawn = PairVotes.Of(13, votes: 1000);
        var random = new Boards.Sequence(15);
        var builder = new BallotsBuilder(drawn.Competitors);
        for (int k = 0; k < 4 * drawn.Count; k++)
        {
            Ballot vote = drawn[k / 4];
            int own = k / 4, other = random.Below(1000);
            builder.AddPair(
                vote.Competitors[0],
                vote.Competitors[1],
                vote.Tiers == 1 ? PairOutcome.Tie : PairOutcome.FirstWins,
                new BallotDetails(1, same == ClusterBy.Voter ? own : other, same == ClusterBy.Prompt ? own : other));
        }

        return builder.ToBallots();
    }

    [Theory]
    [InlineData(ClusterBy.None)]
    [InlineData(ClusterBy.Voter)]
    public void BootstrapErrors_PlackettLuce_AreTheSandwichsWithinATenth(ClusterBy by)
    {
        // slates of two to four, ten by every voter
        Ballots drawn = Slates.Random(14, 6, 1500, 4, strengths: [0.6, 0.3, 0, 0, -0.3, -0.6]);
        var builder = new BallotsBuilder(6);
        for (int b = 0; b < drawn.Count; b++)
        {
            builder.AddRanking(drawn[b].Competitors, new BallotDetails(1, b % 150));
        }

        Ballots ballots = builder.ToBallots();
        Standings robust = PlackettLuce.Fit(ballots, new PlackettLuceOptions { Cluster = by, Rounds = 1 });
        double[] start = Ratings(robust);
        Standings bootstrap = BallotBootstrap.Fit(
            ballots,
            b => Ratings(PlackettLuce.Fit(b, new PlackettLuceOptions { Rounds = 1, StartRatings = start, MaxDegreeOfParallelism = 1 })),
            new BallotBootstrapOptions { Rounds = 1000, Resample = by });
        AssertWithinATenth(robust, bootstrap);
    }

    private static void AssertWithinATenth(Standings robust, Standings bootstrap)
    {
        foreach ((Standing a, Standing b) in robust.Competitors.Zip(bootstrap.Competitors))
        {
            Assert.Equal(a.Rating, b.Rating, 1e-4);
            Assert.InRange(b.StandardError / a.StandardError, 0.9, 1.1);
        }

        Assert.Equal(IntervalKind.Bootstrap, bootstrap.Intervals);
    }

    private static Ballots Votes(ulong seed, int votes) => SimulatedVotes.Pairs(seed, Strengths, votes);

    private static double[] Ratings(Standings standings) => [.. standings.Competitors.Select(c => c.Rating)];

    /// <summary>Elo depends on the order of votes; its mean over orders does so less.</summary>
    private static double[] AverageElo(Ballots votes)
    {
        var mean = new double[votes.Competitors];
        for (ulong shuffle = 1; shuffle <= 20; shuffle++)
        {
            double[] ratings = Ratings(Elo.Fit(votes.Select(Boards.Permutation(votes.Count, shuffle)), new EloOptions { Intervals = false }));
            for (int i = 0; i < mean.Length; i++)
            {
                mean[i] += ratings[i] / 20;
            }
        }

        return mean;
    }
}
