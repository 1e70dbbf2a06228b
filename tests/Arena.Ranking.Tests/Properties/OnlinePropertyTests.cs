using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Arena.Ranking.Tests.Properties;

/// <summary>The rows of the table method × property for methods that read votes one after the other.</summary>
public sealed class OnlinePropertyTests
{
    private const int Competitors = 6;

    private static readonly Dictionary<string, Func<Ballots, Standings>> Methods = new(StringComparer.Ordinal)
    {
        ["weng-lin-pl"] = ballots => WengLin.Fit(ballots),
        ["weng-lin-bt"] = ballots => WengLin.Fit(ballots, new WengLinOptions { Model = WengLinModel.BradleyTerryFull }),
        ["weng-lin-tm"] = ballots => WengLin.Fit(ballots, new WengLinOptions { Model = WengLinModel.ThurstoneMostellerFull }),
        ["k-sort"] = ballots => KSort.Fit(ballots, new KSortOptions { Averaged = true }),
        ["trueskill"] = ballots => TrueSkill.Fit(ballots, new TrueSkillOptions { Tolerance = 1e-10, MaxIterations = 1000 }),
        ["elo-mmr"] = ballots => EloMmr.Fit(ballots),
    };

    public static TheoryData<string> MethodNames => [.. Methods.Keys];

    [Theory]
    [MemberData(nameof(MethodNames))]
    public void Fit_CompetitorsPermuted_PermutesResults(string method) => ForBallots((ballots, seed) =>
    {
        int[] names = Boards.Permutation(Competitors, seed + 1);
        Standings plain = Methods[method](ballots), permuted = Methods[method](Map(ballots, i => names[i], reverse: false));
        for (int i = 0; i < Competitors; i++)
        {
            Assert.Equal(plain.Competitors[i].Rating, permuted.Competitors[names[i]].Rating, 1e-6);
            Assert.Equal(plain.Competitors[i].StandardError, permuted.Competitors[names[i]].StandardError, 1e-6);
        }
    });

    [Theory]
    [MemberData(nameof(MethodNames))]
    public void Fit_VotesPermuted_GivesOtherNumbers(string method)
    {
        // the counterexample: an upset early and an upset late
        var builder = new BallotsBuilder(3);
        builder.AddRanking(1, 0, 2);
        builder.AddRanking(0, 1, 2);
        builder.AddRanking(0, 2, 1);
        Ballots ballots = builder.ToBallots();
        Standings forth = Methods[method](ballots), back = Methods[method](ballots.Select([2, 1, 0]));
        Assert.True(Math.Abs(forth.Competitors[1].Rating - back.Competitors[1].Rating) > 1e-3);
    }

    [Theory]
    [InlineData("weng-lin-bt")]
    [InlineData("weng-lin-tm")]
    [InlineData("k-sort")]
    [InlineData("trueskill")]
    [InlineData("elo-mmr")]
    public void Fit_EveryBallotReversed_MirrorsTheRatings(string method) => ForBallots((ballots, _) =>
    {
        Standings plain = Methods[method](ballots), reversed = Methods[method](Map(ballots, i => i, reverse: true));
        double centre = method == "elo-mmr" ? 1500 : 25;
        for (int i = 0; i < Competitors; i++)
        {
            Assert.Equal(plain.Competitors[i].Rating - centre, centre - reversed.Competitors[i].Rating, 1e-5);
            Assert.Equal(plain.Competitors[i].StandardError, reversed.Competitors[i].StandardError, 1e-5);
        }
    });

    [Fact]
    public void PlackettLuce_EveryBallotReversed_IsNoMirror()
    {
        var forth = new BallotsBuilder(3);
        forth.AddRanking(0, 1, 2);
        var back = new BallotsBuilder(3);
        back.AddRanking(2, 1, 0);
        double second = WengLin.Fit(forth.ToBallots()).Competitors[1].Rating, again = WengLin.Fit(back.ToBallots()).Competitors[1].Rating;
        Assert.Equal(second, again, 10);
        Assert.True(second > 25.5); // a mirror would have it below 25 the second time
    }

    [Theory]
    [MemberData(nameof(MethodNames))]
    public void Fit_EveryVoteTwice_SettlesMoreButNotByHalf(string method)
    {
        Ballots ballots = Slates.Random(21, Competitors, 40, 4);
        Ballots twice = ballots.Select([.. Enumerable.Range(0, 40).SelectMany(b => new[] { b, b })]);
        Standings once = Methods[method](ballots), doubled = Methods[method](twice);
        Assert.Equal(2 * once.Evidence.Observations, doubled.Evidence.Observations);
        double ratio = doubled.Competitors.Sum(c => c.StandardError * c.StandardError) / once.Competitors.Sum(c => c.StandardError * c.StandardError);
        Assert.InRange(ratio, 0.4, 0.999);
    }

    [Theory]
    [MemberData(nameof(MethodNames))]
    public void Fit_OneMoreWinAtTheEnd_NeverLowersTheWinner(string method) => ForBallots((ballots, seed) =>
    {
        (int winner, int loser) = ((int)(seed % Competitors), (int)((seed + 1) % Competitors));
        var more = new BallotsBuilder(Competitors);
        for (int b = 0; b < ballots.Count; b++)
        {
            more.AddChecked(ballots[b]);
        }

        more.AddRanking(winner, loser);
        Standings before = Methods[method](ballots), after = Methods[method](more.ToBallots());
        Assert.True(after.Competitors[winner].Rating >= before.Competitors[winner].Rating - 1e-9);
        Assert.True(after.Competitors[loser].Rating <= before.Competitors[loser].Rating + 1e-9);
    });

    [Theory]
    [MemberData(nameof(MethodNames))]
    public void Fit_CloneAdded_MovesTheOthers(string method)
    {
        // the counterexample: the clone takes part in the same ballots, right behind
        var plain = new BallotsBuilder(3);
        var cloned = new BallotsBuilder(4);
        for (int k = 0; k < 5; k++)
        {
            plain.AddRanking(0, 1, 2);
            cloned.AddTiers([0, 3], [1], [2]);
        }

        Standings before = Methods[method](plain.ToBallots()), after = Methods[method](cloned.ToBallots());
        Assert.True(Math.Abs(before.Competitors[1].Rating - after.Competitors[1].Rating) > 1e-3);
    }

    private static Ballots Map(Ballots ballots, Func<int, int> name, bool reverse)
    {
        var builder = new BallotsBuilder(Competitors);
        for (int b = 0; b < ballots.Count; b++)
        {
            Ballot ballot = ballots[b];
            int[] ranks = new int[ballot.Length], names = new int[ballot.Length];
            for (int k = 0; k < ballot.Length; k++)
            {
                // those that tie change places too: TrueSkill chains them as they are listed
                int slot = reverse ? ballot.Length - 1 - k : k;
                (names[k], ranks[k]) = (name(ballot.Competitors[slot]), reverse ? -ballot.Tier(slot) : ballot.Tier(slot));
            }

            builder.AddRanks(names, ranks, new BallotDetails(ballot.Weight));
        }

        return builder.ToBallots();
    }

    private static void ForBallots(Action<Ballots, ulong> check) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(15).WithReplay(20250101, 1),
            Prop.ForAll(ArbMap.Default.ArbFor<int>(), ArbMap.Default.ArbFor<byte>(), (number, size) =>
            {
                ulong seed = (ulong)Math.Abs((long)number) + 1;
                check(Slates.Random(seed * 257 + size, Competitors, 5 + size % 20, 5, ties: true), seed);
            }));
}
