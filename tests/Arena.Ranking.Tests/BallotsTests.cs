using Xunit;

namespace Arena.Ranking.Tests;

public sealed class BallotsTests
{
    [Fact]
    public void AddPair_EveryOutcome_PutsTheBetterFirstAndKeepsBadApartFromTie()
    {
        var builder = new BallotsBuilder(3);
        builder.AddPair(0, 1, PairOutcome.FirstWins);
        builder.AddPair(0, 1, PairOutcome.SecondWins);
        builder.AddPair(0, 1, PairOutcome.Tie);
        builder.AddPair(0, 1, PairOutcome.BothBad);

        Ballots ballots = builder.ToBallots();

        Assert.Equal([0, 1], ballots[0].Competitors);
        Assert.Equal([1, 0], ballots[1].Competitors);
        Assert.Equal((0, 1), (ballots[1].Tier(0), ballots[1].Tier(1)));
        Assert.Equal((0, 0, 1), (ballots[2].Tier(0), ballots[2].Tier(1), ballots[2].Tiers));
        Assert.Equal((false, true), (ballots[2].AllBad, ballots[3].AllBad));
        Assert.Equal(TierKind.Tied, ballots[3].KindOfTier(0));
        Assert.True(ballots.IsPairwise);
    }

    [Fact]
    public void AddTopOne_OthersAreUnorderedNotTied()
    {
        var builder = new BallotsBuilder(4);
        builder.AddTopOne(2, 0, 1);

        Ballot ballot = builder.ToBallots()[0];

        Assert.Equal([2, 0, 1], ballot.Competitors);
        Assert.Equal((TierKind.Tied, TierKind.Unordered), (ballot.KindOfTier(0), ballot.KindOfTier(1)));
        Assert.Equal((BallotKind.TopOne, 2), (ballot.Kind, ballot.Tiers));
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(0, 2)]
    public void AddBestWorst_MiddleOfAnySize_LeavesNoGapInTheTiers(int middle, int tiers)
    {
        var builder = new BallotsBuilder(9);
        builder.AddBestWorst(8, [.. Enumerable.Range(0, middle)], 7, new BallotDetails());

        Ballot ballot = builder.ToBallots()[0];

        Assert.Equal((tiers, 7, tiers - 1), (ballot.Tiers, ballot.Competitors[^1], ballot.Tier(ballot.Length - 1)));
    }

    [Fact]
    public void AddTiers_EmptyTier_IsLeftOut()
    {
        var builder = new BallotsBuilder(3);
        builder.AddTiers([2], [], [0, 1]);

        Ballot ballot = builder.ToBallots()[0];

        Assert.Equal((0, 1, 1), (ballot.Tier(0), ballot.Tier(1), ballot.Tier(2)));
    }

    [Fact]
    public void AddRanks_EqualRanks_ShareATierAndKeepTheirOrder()
    {
        var builder = new BallotsBuilder(5);
        builder.AddRanks([4, 1, 3, 0], [7, 2, 7, 9], new BallotDetails());

        Ballot ballot = builder.ToBallots()[0];

        Assert.Equal([1, 4, 3, 0], ballot.Competitors);
        Assert.Equal((0, 1, 1, 2), (ballot.Tier(0), ballot.Tier(1), ballot.Tier(2), ballot.Tier(3)));
    }

    [Fact]
    public void Details_SomeKnown_AreKeptAndTheOthersAreUnknown()
    {
        var builder = new BallotsBuilder(2);
        builder.AddPair(0, 1, PairOutcome.Tie);
        builder.AddPair(0, 1, PairOutcome.Tie, new BallotDetails(2.5, Voter: 7, Prompt: -5));
        builder.AddPair(0, 1, PairOutcome.Tie, new BallotDetails(Voter: 7));

        Ballots ballots = builder.ToBallots();

        Assert.Equal([1, 2.5, 1], ballots.Weights.ToArray());
        Assert.Equal([-1, 7, 7], ballots.VoterColumn.ToArray());
        Assert.Equal((1, 0, true), (ballots.Voters, ballots.Prompts, ballots.PromptColumn.IsEmpty));
    }

    [Fact]
    public void FromPairs_Columns_GiveTheSameAsTheBuilder()
    {
        var ballots = Ballots.FromPairs(3, [0, 2], [1, 1], [PairOutcome.SecondWins, PairOutcome.Tie], voters: [4, 5]);

        Assert.Equal((2, 4, 2), (ballots.Count, ballots.Slots, ballots.Voters));
        Assert.Equal([1, 0], ballots[0].Competitors);
        Assert.Equal(5, ballots[1].Voter);
    }

    [Fact]
    public void FromPairs_ColumnsOfOtherLengths_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => Ballots.FromPairs(3, [0, 1], [1], [PairOutcome.Tie, PairOutcome.Tie]));
        Assert.Throws<ArgumentException>(() => Ballots.FromPairs(3, [0], [1], [PairOutcome.Tie], weights: [1, 2]));
        Assert.Throws<ArgumentException>(() => Ballots.FromPairs(3, [0], [1], [PairOutcome.Tie], prompts: [1, 2]));
    }

    [Fact]
    public void Select_WithRepeats_TakesWholeBallots()
    {
        var builder = new BallotsBuilder(4);
        builder.AddRanking(3, 1, 0);
        builder.AddTopOne(2, [0, 1], new BallotDetails(3, 1, 2, true));
        Ballots ballots = builder.ToBallots();

        Ballots drawn = ballots.Select([1, 0, 1]);

        Assert.Equal(3, drawn.Count);
        Assert.Equal((BallotKind.TopOne, true, 3.0, 1, 2), (drawn[2].Kind, drawn[2].AllBad, drawn[2].Weight, drawn[2].Voter, drawn[2].Prompt));
        Assert.Equal([3, 1, 0], drawn[1].Competitors);
        Assert.Equal(TierKind.Unordered, drawn[0].KindOfTier(2));
    }

    [Fact]
    public void Add_FaultyBallots_NamesTheFault()
    {
        var builder = new BallotsBuilder(3);
        builder.AddRanking(0, 1);

        Assert.Equal(new Diagnosis.UnknownCompetitor(1, 3, 3), Fault(b => b.AddRanking(0, 3)));
        Assert.Equal(new Diagnosis.UnknownCompetitor(1, -1, 3), Fault(b => b.AddPair(-1, 0, PairOutcome.Tie)));
        Assert.Equal(new Diagnosis.DuplicateCompetitor(1, 2), Fault(b => b.AddTopOne(2, 0, 2)));
        Assert.Equal(new Diagnosis.InvalidBallotWeight(1, -1), Fault(b => b.AddPair(0, 1, PairOutcome.Tie, new BallotDetails(-1))));
        Assert.Equal(new Diagnosis.InvalidBallotWeight(1, double.NaN), Fault(b => b.AddRanking([0, 1], new BallotDetails(double.NaN))));
        Assert.IsType<Diagnosis.NoCompetitors>(Assert.Throws<RankingException>(() => new BallotsBuilder(0)).Diagnosis);
        builder.AddRanking(2, 0); // a refused ballot leaves nothing behind
        Assert.Equal((2, 4), (builder.Count, builder.ToBallots().Slots));

        Diagnosis Fault(Action<BallotsBuilder> add) => Assert.Throws<RankingException>(() => add(builder)).Diagnosis;
    }

    [Fact]
    public void LargestSlate_PartialRankings_IsTheLongest()
    {
        var builder = new BallotsBuilder(6);
        builder.AddRanking(0, 1);
        builder.AddRanking(5, 4, 3);

        Ballots ballots = builder.ToBallots();

        Assert.Equal((3, false), (ballots.LargestSlate, ballots.IsPairwise));
    }

    [Fact]
    public void FromPairs_EveryOutcome_IsWhatTheBuilderMakes()
    {
        PairOutcome[] outcomes = Enum.GetValues<PairOutcome>();
        Ballots fast = Ballots.FromPairs(3, [0, 1, 2, 0], [1, 2, 0, 2], outcomes, [1, 0.5, 2, 1], [0, -1, 3, -5], [-1, -1, -1, -1]);
        var builder = new BallotsBuilder(3);
        int[] first = [0, 1, 2, 0], second = [1, 2, 0, 2], voters = [0, -1, 3, -5];
        double[] weights = [1, 0.5, 2, 1];
        for (int v = 0; v < outcomes.Length; v++)
        {
            builder.AddPair(first[v], second[v], outcomes[v], new BallotDetails(weights[v], voters[v]));
        }

        Ballots slow = builder.ToBallots();
        Assert.Equal(slow.Weights.ToArray(), fast.Weights.ToArray());
        Assert.Equal(slow.VoterColumn.ToArray(), fast.VoterColumn.ToArray());
        Assert.Equal(slow.PromptColumn.ToArray(), fast.PromptColumn.ToArray());
        for (int b = 0; b < outcomes.Length; b++)
        {
            Assert.Equal(slow[b].Competitors.ToArray(), fast[b].Competitors.ToArray());
            Assert.Equal((slow[b].Kind, slow[b].AllBad, slow[b].Swapped, slow[b].Tiers), (fast[b].Kind, fast[b].AllBad, fast[b].Swapped, fast[b].Tiers));
        }
    }

    [Fact]
    public void AddPair_OutcomeThatIsNone_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BallotsBuilder(2).AddPair(0, 1, (PairOutcome)7));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ballots.FromPairs(2, [0, 0], [1, 1], [PairOutcome.Tie, (PairOutcome)4]));
    }
}
