using System.Reflection;
using Xunit;

namespace Arena.Ranking.Tests.Degenerate;

/// <summary>
/// Diagnosis instead of nonsense: every estimator on every degenerate input ends, and either throws a <see cref="RankingException"/> with its
/// diagnosis or gives a result without a NaN in which whoever has no vote excludes no rank.
/// </summary>
public sealed class DegenerateInputTests
{
    /// <summary>Far more than any of these takes: a loop without an end must not hang the run.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static TheoryData<string, string> OnBallots => Cases(Estimators.OfBallots.Keys, DegenerateInputs.Ballots.Keys);

    public static TheoryData<string, string> OnScores => Cases(Estimators.OfScores.Keys, DegenerateInputs.Scores.Keys);

    public static TheoryData<string, string> OnPayoffs => Cases(Estimators.OfPayoffs.Keys, DegenerateInputs.Payoffs.Keys);

    [Theory]
    [MemberData(nameof(OnBallots))]
    public Task Fit_DegenerateBallots_IsDiagnosedOrWithoutNaN(string estimator, string input) =>
        Check(() => Estimators.OfBallots[estimator].Fit(DegenerateInputs.Ballots[input]()));

    [Theory]
    [MemberData(nameof(OnScores))]
    public Task Fit_DegenerateScores_IsDiagnosedOrWithoutNaN(string estimator, string input) =>
        Check(() => Estimators.OfScores[estimator].Fit(DegenerateInputs.Scores[input]()));

    [Theory]
    [MemberData(nameof(OnPayoffs))]
    public Task Fit_DegeneratePayoffs_IsDiagnosedOrWithoutNaN(string estimator, string input) =>
        Check(() => Estimators.OfPayoffs[estimator].Fit(DegenerateInputs.Payoffs[input]()));

    [Fact]
    public void Estimators_EveryClassThatFits_IsListed()
    {
        Type[] listed =
        [
            .. Estimators.OfBallots.Values.Select(e => e.Type),
            .. Estimators.OfScores.Values.Select(e => e.Type),
            .. Estimators.OfPayoffs.Values.Select(e => e.Type),
        ];
        string[] entrances = ["Fit", "Of", "Combine", "Find", "Between", "Weigh"];
        Type[] fitting =
        [
            .. typeof(BradleyTerry).Assembly.GetExportedTypes().Where(t =>
                string.Equals(t.Namespace, "Arena.Ranking", StringComparison.Ordinal) && Array.Exists(entrances, name => t.GetMember(name, BindingFlags.Public | BindingFlags.Static).Length > 0)),
        ];
        Assert.Empty(fitting.Except(listed).Select(t => t.Name));
        Assert.Empty(listed.Except(fitting).Select(t => t.Name));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1.0)]
    [InlineData(1e-300)]
    [InlineData(1e300)]
    public void Ballots_WeightThatIsNone_IsRefusedWhereverItEnters(double weight)
    {
        var details = new BallotDetails(weight);
        Action<BallotsBuilder>[] entrances =
        [
            b => b.AddPair(0, 1, PairOutcome.FirstWins, details),
            b => b.AddRanking([0, 1], details),
            b => b.AddTiers([[0], [1]], details),
            b => b.AddRanks([0, 1], [1, 2], details),
            b => b.AddTopOne(0, [1], details),
            b => b.AddBestWorst(0, [1], 2, details),
            _ => Ballots.FromPairs(3, [0], [1], [PairOutcome.FirstWins], weights: [weight]),
            _ => Ballots.FromPairs(3, [0], [1], [PairOutcome.FirstWins]).WithWeights([weight]),
            _ => new PairwiseTally(3).Add([0], [1], [PairOutcome.FirstWins], [weight]),
        ];
        Assert.All(entrances, add => Assert.IsType<Diagnosis.InvalidBallotWeight>(Refusal(add)));
        Assert.IsType<Diagnosis.InvalidWeight>(Assert.Throws<RankingException>(() => Boards.Of(Boards.Rows("10", "01"), weights: [1, weight])).Diagnosis);
    }

    [Fact]
    public void Ballots_CompetitorTwice_IsRefusedWhereverItEnters()
    {
        Action<BallotsBuilder>[] entrances =
        [
            b => b.AddPair(1, 1, PairOutcome.Tie),
            b => b.AddRanking(0, 1, 0),
            b => b.AddTiers([0, 1], [2, 1]),
            b => b.AddRanks([2, 0, 2], [1, 2, 3], new BallotDetails()),
            b => b.AddTopOne(0, 1, 0),
            b => b.AddBestWorst(0, [1], 0, new BallotDetails()),
            _ => Ballots.FromPairs(3, [2], [2], [PairOutcome.FirstWins]),
        ];
        Assert.All(entrances, add => Assert.IsType<Diagnosis.DuplicateCompetitor>(Refusal(add)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void Ballots_CompetitorThatDoesNotExist_IsRefusedWhereverItEnters(int stranger)
    {
        Action<BallotsBuilder>[] entrances =
        [
            b => b.AddPair(0, stranger, PairOutcome.Tie),
            b => b.AddRanking(0, 1, stranger),
            b => b.AddTiers([0, 1], [stranger]),
            b => b.AddRanks([2, 0, stranger], [1, 2, 3], new BallotDetails()),
            b => b.AddTopOne(stranger, 1, 0),
            b => b.AddBestWorst(0, [1], stranger, new BallotDetails()),
            _ => Ballots.FromPairs(3, [stranger], [2], [PairOutcome.FirstWins]),
        ];
        Assert.All(entrances, add => Assert.IsType<Diagnosis.UnknownCompetitor>(Refusal(add)));
    }

    [Theory]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Scores_Infinite_AreRefused(float score) =>
        Assert.IsType<Diagnosis.InfiniteScore>(Assert.Throws<RankingException>(() => Boards.Of([[1, score], [0, 1]], new ScoreScale(ScoreKind.Numeric))).Diagnosis);

    [Fact]
    public void Payoffs_OfTheWrongShape_AreRefused()
    {
        static Diagnosis Of(Func<PayoffTables> make) => Assert.Throws<RankingException>(make).Diagnosis;
        Assert.IsType<Diagnosis.PayoffShape>(Of(() => PayoffTables.Symmetric(2, [0, 1, 2])));
        Assert.IsType<Diagnosis.PayoffShape>(Of(() => PayoffTables.Symmetric(2, [0, 1, 2, 3], counts: [1])));
        Assert.IsType<Diagnosis.PayoffShape>(Of(() => PayoffTables.Symmetric(2, [0, 1, 2, 3], variances: [1])));
        Assert.IsType<Diagnosis.PayoffShape>(Of(() => PayoffTables.General([2, 2], [[0, 1, 2, 3], [0, 1, 2]])));
        Assert.IsType<Diagnosis.PayoffTensors>(Of(() => PayoffTables.General([2, 2], [[0, 1, 2, 3]])));
        Assert.IsType<Diagnosis.ProfileCount>(Of(() => PayoffTables.General([2, 0], [[], []])));
        Assert.IsType<Diagnosis.ProfileCount>(Of(() => PayoffTables.General([100_000, 100_000], [[], []])));
        Assert.IsType<Diagnosis.InvalidPayoff>(Of(() => PayoffTables.Symmetric(2, [0, double.NaN, 2, 3])));
        Assert.IsType<Diagnosis.InvalidPayoff>(Of(() => PayoffTables.Symmetric(2, [0, double.NegativeInfinity, 2, 3])));
        Assert.IsType<Diagnosis.InvalidCount>(Of(() => PayoffTables.Symmetric(2, [0, 1, 2, 3], counts: [1, -1, 1, 1])));
        Assert.IsType<Diagnosis.InvalidVariance>(Of(() => PayoffTables.Symmetric(2, [0, 1, 2, 3], variances: [1, double.NaN, 1, 1])));
    }

    [Theory]
    [InlineData("groups that never met", typeof(Diagnosis.Disconnected))]
    [InlineData("one never lost", typeof(Diagnosis.Separable))]
    [InlineData("one never won", typeof(Diagnosis.Separable))]
    [InlineData("only ties", typeof(Diagnosis.OnlyTies))]
    [InlineData("one competitor", typeof(Diagnosis.OneCompetitor))]
    [InlineData("no ballots", typeof(Diagnosis.NoBallots))]
    [InlineData("empty ballots", typeof(Diagnosis.NoBallots))]
    [InlineData("ballots of one", typeof(Diagnosis.NoBallots))]
    [InlineData("no weight", typeof(Diagnosis.NoBallots))]
    [InlineData("weight for some only", typeof(Diagnosis.Unvoted))]
    [InlineData("one without a vote", typeof(Diagnosis.Unvoted))]
    [InlineData("one vote", typeof(Diagnosis.Separable))]
    [InlineData("one slate", typeof(Diagnosis.Separable))]
    public void MaximumLikelihood_WhatHasNoFit_IsDiagnosedAlike(string input, Type diagnosis)
    {
        foreach (string estimator in new[] { "Bradley–Terry", "Bradley–Terry, both ways", "Bradley–Terry, stream", "Bradley–Terry, minorise–maximise", "Rao–Kupper", "Davidson", "Plackett–Luce", "Plackett–Luce, spectral" })
        {
            var thrown = Assert.Throws<RankingException>(() => Estimators.OfBallots[estimator].Fit(DegenerateInputs.Ballots[input]()));
            Assert.True(thrown.Diagnosis.GetType() == diagnosis, $"{estimator} says {thrown.Diagnosis.GetType().Name}: {thrown.Message}");
        }
    }

    [Fact]
    public void BradleyTerry_WeightsTooUnlike_IsDiagnosedByTryFitToo()
    {
        Ballots ballots = DegenerateInputs.Ballots["weights far apart"]();
        Assert.False(BradleyTerry.TryFit(ballots, new BradleyTerryOptions { Rounds = 10 }, out Standings? standings, out Diagnosis? diagnosis));
        Assert.Null(standings);
        Assert.IsType<Diagnosis.BeyondPrecision>(diagnosis);
    }

    private static Diagnosis Refusal(Action<BallotsBuilder> add)
    {
        var builder = new BallotsBuilder(3);
        Diagnosis diagnosis = Assert.Throws<RankingException>(() => add(builder)).Diagnosis;
        Assert.Equal(0, builder.Count); // what was refused leaves no trace
        return diagnosis;
    }

    private static async Task Check(Func<object> fit)
    {
        object? result = null;
        try
        {
            result = await Task.Run(fit).WaitAsync(Patience);
        }
        catch (RankingException e)
        {
            Assert.NotEmpty(e.Message);
        }
        catch (ArgumentException e) when (Array.Exists(Estimators.DocumentedRefusals, text => e.Message.Contains(text, StringComparison.Ordinal)))
        {
            // the caller's mistake, and documented as such
        }

        if (result is not null)
        {
            Finite.Check(result);
        }
    }

    private static TheoryData<string, string> Cases(IEnumerable<string> estimators, IReadOnlyCollection<string> inputs)
    {
        var cases = new TheoryData<string, string>();
        foreach (string estimator in estimators)
        {
            foreach (string input in inputs)
            {
                cases.Add(estimator, input);
            }
        }

        return cases;
    }
}
