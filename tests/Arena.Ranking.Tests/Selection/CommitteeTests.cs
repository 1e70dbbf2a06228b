using Arena.Ranking.Selection;
using Arena.Ranking.Tests.Voting;
using Xunit;

namespace Arena.Ranking.Tests.Selection;

public sealed class CommitteeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Choose_EveryCommitteeTried_KeepsThePromise(ulong seed)
    {
        Ballots ballots = Profiles.Of(7, Profiles.Random(seed, 7, 9));
        for (int size = 1; size <= 4; size++)
        {
            foreach (CommitteeRule rule in Enum.GetValues<CommitteeRule>())
            {
                double best = Committees(7, size).Max(c => Committee.Score(ballots, c, rule));
                CommitteeChoice choice = Committee.Choose(ballots, size, rule);
                Assert.Equal(size, choice.Members.Distinct().Count());
                Assert.Equal(Committee.Score(ballots, choice.Members, rule), choice.Score, 9);
                double promise = rule == CommitteeRule.ChamberlinCourant ? 1 - 1 / Math.E : 1;
                Assert.True(choice.Score >= promise * best - 1e-9, $"{rule}, {size}: {choice.Score} of {best}");
            }
        }
    }

    [Fact]
    public void Choose_ChamberlinCourant_TakesOneOfEachCamp()
    {
        Ballots ballots = Profiles.Of("6 a>b>c>d", "4 d>c>b>a");
        Assert.Equal([0, 3], Committee.Choose(ballots, 2, CommitteeRule.ChamberlinCourant).Members.Order());
        Assert.Equal([0, 3], Committee.Choose(ballots, 2, CommitteeRule.FirstPlaces).Members.Order());
        Assert.Equal([0, 1], Committee.Choose(ballots, 2, CommitteeRule.Borda).Members.Order());
    }

    [Theory]
    [InlineData(CommitteeRule.Borda)]
    [InlineData(CommitteeRule.ChamberlinCourant)]
    public void Choose_LowerBounds_AreMetByTheBestThatCan(CommitteeRule rule)
    {
        Ballots ballots = Profiles.Of(7, Profiles.Random(9, 7, 9));
        CommitteeGroup[] groups = [new([4, 5], 1), new([5, 6], 1), new([0, 6], 1)];
        CommitteeChoice choice = Committee.Choose(ballots, 3, rule, groups);
        Assert.All(groups, g => Assert.True(choice.Members.Intersect(g.Members).Count() >= g.AtLeast));
        double best = Committees(7, 3).Where(c => groups.All(g => c.Intersect(g.Members).Count() >= g.AtLeast)).Max(c => Committee.Score(ballots, c, rule));
        Assert.True(choice.Score >= best / 2);
    }

    [Fact]
    public void Choose_ImpossibleBounds_Throw()
    {
        Ballots ballots = Profiles.Of("6 a>b>c>d");
        Assert.Throws<ArgumentException>(() => Committee.Choose(ballots, 2, CommitteeRule.Borda, [new([0], 1), new([1], 1), new([2], 1)]));
        Assert.Throws<ArgumentException>(() => Committee.Choose(ballots, 2, CommitteeRule.Borda, [new([0], 2)]));
        Assert.Throws<ArgumentException>(() => Committee.Choose(ballots, 2, CommitteeRule.Borda, [new([9], 1)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Committee.Choose(ballots, 5, CommitteeRule.Borda));
        Assert.Throws<RankingException>(() => Committee.Choose(new BallotsBuilder(3).ToBallots(), 1, CommitteeRule.Borda));
    }

    private static IEnumerable<int[]> Committees(int n, int size) =>
        Enumerable.Range(0, 1 << n).Select(set => Enumerable.Range(0, n).Where(i => (set >> i & 1) != 0).ToArray()).Where(c => c.Length == size);
}
