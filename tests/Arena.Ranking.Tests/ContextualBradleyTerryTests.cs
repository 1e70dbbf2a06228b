using Arena.Ranking.Tests.Support;
using Xunit;

namespace Arena.Ranking.Tests;

public sealed class ContextualBradleyTerryTests
{
    private static readonly ContextualBradleyTerryOptions Quick = new() { Ridge = 0, Rounds = 100 };

    [Fact]
    public void Fit_StyleSwaysVotes_FindsTheEffectAndTheStrengths()
    {
        var random = new Boards.Sequence(3);
        double[] style = [.. Enumerable.Range(0, 4000).Select(_ => 2 * random.Share() - 1)];
        Ballots votes = SimulatedVotes.Pairs(14, SimulatedVotes.Strengths, style.Length, extra: v => 0.8 * style[v] + 0.3);
        Covariates covariates = Covariates.Create(["length"], style.Length, style).WithPosition();

        Standings standings = ContextualBradleyTerry.Fit(votes, covariates, Quick);

        Assert.Equal(["length", "position"], standings.Coefficients.Select(c => c.Name));
        Assert.InRange(0.8, standings.Coefficients[0].Low, standings.Coefficients[0].High);
        Assert.InRange(0.3, standings.Coefficients[1].Low, standings.Coefficients[1].High);
        Assert.True(standings.Coefficients[0].Low > 0 && standings.Coefficients[1].Low > 0);
        Assert.All(standings.Competitors, c => Assert.InRange(SimulatedVotes.Strengths[c.Index] * 400 / Math.Log(10), c.Low - 1000 - 20, c.High - 1000 + 20));
    }

    [Fact]
    public void Fit_NamesTurnedRound_TurnsOnlyTheCovariates()
    {
        Ballots votes = SimulatedVotes.Pairs(6, SimulatedVotes.Strengths, 600, extra: _ => 0.5);
        var builder = new BallotsBuilder(6);
        for (int b = 0; b < votes.Count; b++)
        {
            Ballot vote = votes[b];
            builder.AddPair(vote.Second, vote.First, vote.Competitors[0] == vote.First ? PairOutcome.SecondWins : PairOutcome.FirstWins);
        }

        Standings plain = ContextualBradleyTerry.Fit(votes, Covariates.None(600).WithPosition(), Quick);
        Standings turned = ContextualBradleyTerry.Fit(builder.ToBallots(), Covariates.None(600).WithPosition(), Quick);
        Assert.Equal(plain.Coefficients[0].Value, -turned.Coefficients[0].Value, 7);
        Assert.All(plain.Competitors.Zip(turned.Competitors), pair => Assert.Equal(pair.First.Rating, pair.Second.Rating, 6));
    }

    [Fact]
    public void RelativeDifference_Measures_AreStandardised()
    {
        Covariates covariates = Covariates.RelativeDifference("length", [10, 0, 4], [4, 0, 10]);
        // (6/15, 0, −6/15): mean 0, deviation 0.4·√(2/3)
        Assert.Equal(Math.Sqrt(1.5), covariates.Row(0)[0], 12);
        Assert.Equal(0, covariates.Row(1)[0], 12);
        Assert.Equal(-Math.Sqrt(1.5), covariates.Row(2)[0], 12);
        Assert.Equal(0, Covariates.RelativeDifference("same", [3, 3], [1, 1]).Row(0)[0]);
        Assert.Throws<ArgumentException>(() => Covariates.RelativeDifference("length", [-1], [1]));
        Assert.Throws<ArgumentException>(() => Covariates.Create(["x"], 1, [double.NaN]));
        Assert.Throws<ArgumentException>(() => Covariates.None(2).WithPosition().WithPosition());
    }

    [Fact]
    public void Fit_CovariateInAnyUnit_FindsTheSameEffect()
    {
        // an effect of 0.5 log-odds a unit; in hundredths of the unit it is 50 a unit, which is no sign of infinity
        double[] length = [.. Enumerable.Range(0, 2000).Select(v => 2 * Math.Sin(v))];
        Ballots votes = SimulatedVotes.Pairs(12, SimulatedVotes.Strengths, 2000, extra: v => 0.5 * length[v]);
        Coefficient whole = ContextualBradleyTerry.Fit(votes, Covariates.Create(["length"], 2000, length), Quick).Coefficients[0];
        Coefficient fine = ContextualBradleyTerry.Fit(votes, Covariates.Create(["length"], 2000, [.. length.Select(x => x / 100)]), Quick).Coefficients[0];
        Assert.Equal(100 * whole.Value, fine.Value, 1e-4);
        Assert.Equal(100 * whole.Low, fine.Low, 1e-3);
        Assert.InRange(whole.Value, 0.4, 0.6);
    }

    [Fact]
    public void TryFit_RankingsOfTwo_AreNoPairwiseVotes()
    {
        // the first of a ranking is its winner: position would explain every one of them
        var builder = new BallotsBuilder(2);
        builder.AddPair(0, 1, PairOutcome.FirstWins);
        builder.AddRanking(1, 0);
        Assert.False(ContextualBradleyTerry.TryFit(builder.ToBallots(), Covariates.None(2).WithPosition(), null, out _, out Diagnosis? diagnosis));
        Assert.Equal(1, Assert.IsType<Diagnosis.UnsuitableBallot>(diagnosis).Ballot);
    }

    [Fact]
    public void TryFit_BadInput_SaysWhy()
    {
        Ballots votes = SimulatedVotes.Pairs(8, SimulatedVotes.Strengths, 300);
        double[] own = [.. Enumerable.Range(0, 300).Select(v => Math.Sin(v))];
        double[] twice = [.. own.SelectMany(x => new[] { x, 2 * x })];
        Assert.False(ContextualBradleyTerry.TryFit(votes, Covariates.Create(["a", "b"], 300, twice), Quick, out _, out Diagnosis? same));
        Assert.IsType<Diagnosis.Unidentified>(same);

        // the covariate tells every winner
        double[] oracle = [.. Enumerable.Range(0, 300).Select(v => votes[v].Competitors[0] == votes[v].First ? 1.0 : -1)];
        Assert.False(ContextualBradleyTerry.TryFit(votes, Covariates.Create(["oracle"], 300, oracle), Quick, out _, out Diagnosis? infinite));
        Assert.IsType<Diagnosis.NoFiniteMaximum>(infinite);
        Assert.True(ContextualBradleyTerry.TryFit(votes, Covariates.Create(["oracle"], 300, oracle), Quick with { Ridge = 0.5 }, out _, out _));

        var builder = new BallotsBuilder(3);
        builder.AddRanking(0, 1, 2);
        Assert.False(ContextualBradleyTerry.TryFit(builder.ToBallots(), Covariates.None(1), Quick, out _, out Diagnosis? kWise));
        Assert.IsType<Diagnosis.UnsuitableBallot>(kWise);
        Assert.Throws<ArgumentException>(() => ContextualBradleyTerry.Fit(votes, Covariates.None(2), Quick));
    }
}
