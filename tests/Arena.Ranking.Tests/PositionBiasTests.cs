using Arena.Ranking.Tests.Support;
using Xunit;

namespace Arena.Ranking.Tests;

public sealed class PositionBiasTests
{
    private static readonly PositionBiasOptions Quick = new() { Rounds = 100 };

    [Fact]
    public void Fit_LeftIsFavoured_FindsByHowMuch()
    {
        Ballots votes = SimulatedVotes.Pairs(2, SimulatedVotes.Strengths, 4000, extra: _ => 0.6);
        PositionBiasStandings result = PositionBias.Fit(votes, Quick);
        Assert.Equal(2, result.Slots.Count);
        // log-odds 0.6 between the slots: e^±0.3 about their geometric mean
        Assert.InRange(Math.Exp(0.3), result.Slots[0].Low, result.Slots[0].High);
        Assert.True(result.Slots[0].Low > 1 && result.Slots[1].High < 1);
        Assert.Equal(1, result.Slots[0].Propensity * result.Slots[1].Propensity, 9);
        Assert.Equal("slot 0", result.Corrected.Coefficients[0].Name);
    }

    [Fact]
    public void Fit_StrongAlwaysLeft_IsCorrectedTogetherAndByInverseWeighting()
    {
        // the middle one stands left of the strong one and right of the weak one more often than not
        double[] theta = [0, 0, 0];
        var random = new Boards.Sequence(8);
        var builder = new BallotsBuilder(3);
        for (int v = 0; v < 20_000; v++)
        {
            int a = random.Below(3), b = (a + 1 + random.Below(2)) % 3;
            (int left, int right) = (a < b) == (random.Share() < 0.8) ? (a, b) : (b, a);
            double z = theta[left] - theta[right] + 0.7;
            builder.AddPair(left, right, random.Share() < 1 / (1 + Math.Exp(-z)) ? PairOutcome.FirstWins : PairOutcome.SecondWins);
        }

        PositionBiasStandings result = PositionBias.Fit(builder.ToBallots(), Quick);
        Standings weighted = ContextualBradleyTerry.Fit(result.InverseWeighted!, Covariates.None(20_000), new ContextualBradleyTerryOptions { Ridge = 0, Rounds = 100 });
        Assert.True(result.Uncorrected.Competitors[0].Rating > 1050);
        Assert.All(result.Corrected.Competitors, c => Assert.InRange(c.Rating, 985, 1015));
        Assert.All(weighted.Competitors.Zip(result.Corrected.Competitors), pair => Assert.Equal(pair.Second.Rating, pair.First.Rating, 5.0));
        Assert.Equal(20_000, result.InverseWeighted!.Weights.ToArray().Sum(), 1e-6);
    }

    [Fact]
    public void Fit_TopOneOfFour_ReadsTheDisplayOrder()
    {
        double[] theta = [0.8, 0.2, -0.2, -0.8, 0], gamma = [0.6, 0.2, -0.2, -0.6];
        var random = new Boards.Sequence(5);
        var builder = new BallotsBuilder(5);
        for (int v = 0; v < 3000; v++)
        {
            int[] shown = [.. Boards.Permutation(5, (ulong)v + 1).Take(4)];
            double[] odds = [.. shown.Select((c, s) => Math.Exp(theta[c] + gamma[s]))];
            double draw = random.Share() * odds.Sum();
            int best = 0;
            while (draw > odds[best])
            {
                draw -= odds[best++];
            }

            builder.AddTopOne(shown[best], [.. shown.Where((_, s) => s != best)]);
            builder.ShownInOrder(shown);
        }

        PositionBiasStandings result = PositionBias.Fit(builder.ToBallots(), Quick);
        Assert.Equal(4, result.Slots.Count);
        Assert.All(result.Slots, s => Assert.InRange(Math.Log(s.Propensity), gamma[s.Slot] - 0.15, gamma[s.Slot] + 0.15));
        Assert.Equal([0, 1, 4, 2, 3], result.Corrected.Order);
        Assert.NotNull(result.InverseWeighted);
    }

    [Fact]
    public void TryFit_SlotsNeverChange_SaysSo()
    {
        Assert.False(PositionBias.TryFit(SimulatedVotes.Two(5, 3, 1), Quick, out _, out Diagnosis? same));
        Assert.IsType<Diagnosis.Unidentified>(same);

        var builder = new BallotsBuilder(3);
        builder.AddRanking(0, 1, 2);
        Assert.False(PositionBias.TryFit(builder.ToBallots(), Quick, out _, out Diagnosis? unknown));
        Assert.IsType<Diagnosis.UnsuitableBallot>(unknown);
    }

    [Fact]
    public void ShownInOrder_Slots_AreKept()
    {
        var builder = new BallotsBuilder(4);
        builder.AddRanking(0, 1, 2);
        builder.AddRanking(3, 1, 0);
        builder.ShownInOrder(0, 1, 3);
        builder.AddPair(2, 3, PairOutcome.SecondWins);
        Assert.Throws<ArgumentException>(() => builder.ShownInOrder(2, 1));
        Assert.Throws<ArgumentException>(() => builder.ShownInOrder(2));
        Ballots votes = builder.ToBallots().Select([2, 1, 0]);
        Assert.True(votes.HasDisplaySlots);
        Assert.Equal([2, 1, 0], new[] { votes[1].DisplaySlot(0), votes[1].DisplaySlot(1), votes[1].DisplaySlot(2) });
        Assert.Equal(-1, votes[0].DisplaySlot(0));
        Assert.Equal(-1, votes[2].DisplaySlot(2));
        Assert.Equal((2, 3), (votes[0].First, votes[0].Second));
        Assert.Equal(3, votes[0].Competitors[0]);
    }

    [Fact]
    public void FromPairs_SecondWins_RemembersWhoWasNamedFirst()
    {
        Ballots votes = Ballots.FromPairs(3, [0, 2], [1, 1], [PairOutcome.SecondWins, PairOutcome.FirstWins]);
        Assert.Equal((0, 1, 1), (votes[0].First, votes[0].Second, votes[0].Competitors[0]));
        Assert.Equal((2, 1, 2), (votes[1].First, votes[1].Second, votes[1].Competitors[0]));
    }
}
