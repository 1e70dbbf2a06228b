using Arena.Ranking.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Arena.Ranking.Tests.Properties;

/// <summary>The table method × property of docs/ranking/pairwise-models.md.</summary>
public sealed class PairwiseModelPropertyTests
{
    private static readonly Dictionary<string, Func<Ballots, Standings>> Methods = new(StringComparer.Ordinal)
    {
        // a ridge, so that every generated set of votes has a fit
        [RaoKupper.Name] = votes => RaoKupper.Fit(votes, new RaoKupperOptions { Ridge = 0.05, Cluster = ClusterBy.Voter, Rounds = 50 }),
        ["rao-kupper, κ known"] = votes => RaoKupper.Fit(votes, new RaoKupperOptions { Ridge = 0.05, Kappa = 1.5, Cluster = ClusterBy.Voter, Rounds = 50 }),
        [Davidson.Name] = votes => Davidson.Fit(votes, new DavidsonOptions { Ridge = 0.05, Cluster = ClusterBy.Voter, Rounds = 50 }),
        [ContextualBradleyTerry.Name] = votes => ContextualBradleyTerry.Fit(votes, Covariates.None(votes.Count), new ContextualBradleyTerryOptions { Cluster = ClusterBy.Voter, Rounds = 50 }),
        [BayesianBradleyTerry.Name] = votes => BayesianBradleyTerry.Fit(votes, new BayesianBradleyTerryOptions { PriorPrecision = 0.5, Rounds = 50 }),
        [PositionBias.Name] = votes => PositionBias.Fit(votes, new PositionBiasOptions { Ridge = 0.05, Cluster = ClusterBy.Voter, Rounds = 50 }).Corrected,
        [VoterReliability.Name] = votes => VoterReliability.Fit(votes, new VoterReliabilityOptions { Rounds = 50, Ridge = 0.05 }).Weighted,
    };

    public static TheoryData<string> Names => [.. Methods.Keys];

    public static TheoryData<string> Clustered => [.. Methods.Keys.Where(m => m != BayesianBradleyTerry.Name && m != VoterReliability.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_CompetitorsPermuted_PermutesResults(string method) => ForVotes(method, (votes, fit, seed) =>
    {
        int[] to = Boards.Permutation(votes.Competitors, seed);
        Standings plain = fit(votes), permuted = fit(Changed(votes, c => to[c]));
        Assert.All(plain.Competitors, c =>
        {
            Assert.Equal(c.Rating, permuted.Competitors[to[c.Index]].Rating, 1e-3);
            Assert.Equal(c.StandardError, permuted.Competitors[to[c.Index]].StandardError, 1e-3);
        });
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_VotesPermuted_KeepsResults(string method) => ForVotes(method, (votes, fit, seed) =>
        AssertSame(fit(votes), fit(votes.Select(Boards.Permutation(votes.Count, seed)))));

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_EveryBallotReversed_ReversesRatings(string method) => ForVotes(method, (votes, fit, _) =>
    {
        Standings plain = fit(votes), reversed = fit(Changed(votes, c => c, reverse: true));
        Assert.All(plain.Competitors.Zip(reversed.Competitors), pair => Assert.Equal(pair.First.Rating - 1000, 1000 - pair.Second.Rating, 1e-3));
    });

    [Theory]
    [MemberData(nameof(Clustered))]
    public void Fit_EveryVoteTwice_KeepsClusteredErrorsOfVeryWeakPriors(string method) => ForVotes(method, (votes, fit, _) =>
    {
        Standings once = fit(votes), twice = fit(votes.Select([.. Enumerable.Range(0, votes.Count), .. Enumerable.Range(0, votes.Count)]));
        // the same voters: only the ridge counts for less
        Assert.All(once.Competitors.Zip(twice.Competitors), pair => Assert.InRange(pair.Second.StandardError / pair.First.StandardError, 0.97, 1.1));
    });

    [Theory]
    [InlineData("rao-kupper, κ known")]
    [InlineData(ContextualBradleyTerry.Name)]
    [InlineData(BayesianBradleyTerry.Name)]
    public void Fit_WinAdded_NeverLowersTheWinner(string method) => ForVotes(method, (votes, fit, seed) =>
    {
        int winner = (int)(seed % (ulong)votes.Competitors), loser = (winner + 1) % votes.Competitors;
        Standings before = fit(votes), after = fit(Changed(votes, c => c, extra: (winner, loser)));
        for (int other = 0; other < votes.Competitors; other++)
        {
            Assert.True(
                other == winner || after.Pairs[winner, other].Difference > before.Pairs[winner, other].Difference - 1e-4,
                $"{winner} beat {loser} once more, and fell against {other}");
        }
    });

    [Theory]
    [InlineData("rao-kupper")]
    [InlineData("davidson")]
    public void TieModel_WinAdded_MayNarrowTheWinnersLead(string method)
    {
        // the counterexample: 2 met only 0, so its loss says nothing about 1; but ties become rarer, and the ties of 0 and 1 count for more
        var builder = new BallotsBuilder(3);
        void Add(int a, int b, PairOutcome outcome, int times)
        {
            for (int k = 0; k < times; k++)
            {
                builder.AddPair(a, b, outcome);
            }
        }

        Add(0, 1, PairOutcome.FirstWins, 12);
        Add(0, 1, PairOutcome.SecondWins, 2);
        Add(0, 1, PairOutcome.Tie, 12);
        Add(0, 2, PairOutcome.FirstWins, 3);
        Add(0, 2, PairOutcome.SecondWins, 3);
        Add(0, 2, PairOutcome.Tie, 3);
        double before = Fit().Pairs[0, 1].Difference;
        Add(0, 2, PairOutcome.FirstWins, 1);
        Assert.True(Fit().Pairs[0, 1].Difference < before);

        Standings Fit() => method is RaoKupper.Name
            ? RaoKupper.Fit(builder.ToBallots(), new RaoKupperOptions { Rounds = 10 })
            : Davidson.Fit(builder.ToBallots(), new DavidsonOptions { Rounds = 10 });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_CloneAdded_MovesTheOthers(string method)
    {
        // the counterexample: 1 lost to 0 only, so a second 0 counts that loss twice
        Ballots votes = Sample(11);
        var builder = new BallotsBuilder(votes.Competitors + 1);
        for (int b = 0; b < votes.Count; b++)
        {
            Ballot vote = votes[b];
            var details = new BallotDetails(1, vote.Voter);
            PairOutcome outcome = vote.Tiers == 1 ? PairOutcome.Tie : PairOutcome.FirstWins;
            builder.AddPair(vote.Competitors[0], vote.Competitors[1], outcome, details);
            if (vote.Competitors.Contains(0))
            {
                int clone = votes.Competitors;
                builder.AddPair(vote.Competitors[0] == 0 ? clone : vote.Competitors[0], vote.Competitors[1] == 0 ? clone : vote.Competitors[1], outcome, details);
            }
        }

        Standings plain = Methods[method](votes), cloned = Methods[method](builder.ToBallots());
        Assert.Equal(cloned.Competitors[0].Rating, cloned.Competitors[^1].Rating, 0.5);
        Assert.True(Math.Abs(plain.Pairs[1, 2].Difference - cloned.Pairs[1, 2].Difference) > 0.1);
    }

    private static void AssertSame(Standings a, Standings b) => Assert.All(a.Competitors.Zip(b.Competitors), pair =>
    {
        Assert.Equal(pair.First.Rating, pair.Second.Rating, 1e-3);
        Assert.Equal(pair.First.StandardError, pair.Second.StandardError, 1e-3);
    });

    private static Ballots Sample(ulong seed) =>
        SimulatedVotes.Pairs(seed, SimulatedVotes.Strengths[..(3 + (int)(seed % 4))], 80 + (int)(seed % 40), ties: 0.2, details: v => new BallotDetails(1, v % 12));

    /// <summary>The same votes with competitors renamed, winners turned round, or one more win.</summary>
    private static Ballots Changed(Ballots votes, Func<int, int> name, bool reverse = false, (int Winner, int Loser)? extra = null)
    {
        var builder = new BallotsBuilder(votes.Competitors);
        for (int b = 0; b < votes.Count; b++)
        {
            Ballot vote = votes[b];
            bool firstWon = vote.Competitors[0] == vote.First;
            builder.AddPair(
                name(vote.First),
                name(vote.Second),
                vote.Tiers == 1 ? PairOutcome.Tie : firstWon != reverse ? PairOutcome.FirstWins : PairOutcome.SecondWins,
                new BallotDetails(vote.Weight, vote.Voter));
        }

        if (extra is { } win)
        {
            builder.AddPair(win.Winner, win.Loser, PairOutcome.FirstWins, new BallotDetails(1, 0));
        }

        return builder.ToBallots();
    }

    private static void ForVotes(string method, Action<Ballots, Func<Ballots, Standings>, ulong> check) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(8).WithReplay(20250101, 1),
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), number =>
        {
            ulong seed = (ulong)Math.Abs((long)number) + 1;
            check(Sample(seed), Methods[method], seed);
        }));
}
