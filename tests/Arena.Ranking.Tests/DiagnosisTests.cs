using Xunit;

namespace Arena.Ranking.Tests;

public sealed class DiagnosisTests
{
    [Fact]
    public void Fit_CompetitorWithoutScore_IsNamed()
    {
        ScoreMatrix board = Boards.Binary("10", "--", "01", "--");
        Assert.Equal([1, 3], Assert.IsType<Diagnosis.Unmeasured>(OfBradleyTerry(board)).Competitors);
        Assert.False(MeanScore.TryFit(board, null, out Standings? standings, out Diagnosis? diagnosis));
        Assert.Null(standings);
        Assert.Equal([1, 3], Assert.IsType<Diagnosis.Unmeasured>(diagnosis).Competitors);
        Assert.Equal(diagnosis.Message, Assert.Throws<RankingException>(() => MeanScore.Fit(board)).Message);
    }

    [Fact]
    public void Fit_NothingMeasuredOrNoWeight_SaysNoSamples()
    {
        Assert.IsType<Diagnosis.NoSamples>(OfBradleyTerry(Boards.Binary("--", "--")));
        ScoreMatrix weightless = Boards.Of(Boards.Rows("10", "01"), weights: [0, 0]);
        Assert.False(MeanScore.TryFit(weightless, null, out _, out Diagnosis? diagnosis));
        Assert.IsType<Diagnosis.NoSamples>(diagnosis);
    }

    [Fact]
    public void BradleyTerry_OneCompetitor_IsDiagnosedAndMeanScoreRanksIt()
    {
        ScoreMatrix board = Boards.Binary("1101");
        Assert.IsType<Diagnosis.OneCompetitor>(OfBradleyTerry(board));
        Standing only = MeanScore.Fit(board).Competitors[0];
        Assert.Equal((0.75, 1, 1), (only.Rating, only.RankLow, only.RankHigh));
        Assert.True(only.Low < 0.75 && only.High > 0.75);
    }

    [Fact]
    public void BradleyTerry_NoSampleInCommon_NamesTheGroups()
    {
        var diagnosis = Assert.IsType<Diagnosis.Disconnected>(OfBradleyTerry(Boards.Binary("10--", "--10", "01--", "--01")));
        Assert.Equal([[0, 2], [1, 3]], diagnosis.Components);
    }

    [Fact]
    public void BradleyTerry_OnlyTies_IsDiagnosed() =>
        Assert.IsType<Diagnosis.OnlyTies>(OfBradleyTerry(Boards.Binary("1100", "1100", "1100")));

    [Fact]
    public void BradleyTerry_TiesWithinMargin_AreOnlyTies() =>
        Assert.IsType<Diagnosis.OnlyTies>(OfBradleyTerry(Boards.Of([[1f, 2f], [1.25f, 2.25f]], new ScoreScale(ScoreKind.Numeric, TieMargin: 0.25))));

    [Fact]
    public void BradleyTerry_NeverLostAndNeverWon_NamesBothAndTheGroups()
    {
        // 3 beats all; 0 and 2 exchange wins; 1 loses to all
        ScoreMatrix board = Boards.Of([[1, 2], [0, 0], [2, 1], [3, 3]], new ScoreScale(ScoreKind.Ordinal));
        var diagnosis = Assert.IsType<Diagnosis.Separable>(OfBradleyTerry(board));
        Assert.Equal([[3], [0, 2], [1]], diagnosis.Groups);
        Assert.Equal([3], diagnosis.NeverLost);
        Assert.Equal([1], diagnosis.NeverWon);
        Assert.Contains("3 never lost; 1 never won", diagnosis.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BradleyTerry_OneGroupBeatsTheOther_IsDiagnosedThoughAllWonAndLost()
    {
        ScoreMatrix board = Boards.Of([[3, 4], [1, 2], [4, 3], [2, 1]], new ScoreScale(ScoreKind.Ordinal));
        var diagnosis = Assert.IsType<Diagnosis.Separable>(OfBradleyTerry(board));
        Assert.Equal([[0, 2], [1, 3]], diagnosis.Groups);
        Assert.Empty(diagnosis.NeverLost);
        Assert.Empty(diagnosis.NeverWon);
    }

    [Theory]
    [InlineData("10--", "--10", "01--", "--01")]
    [InlineData("1100", "1100", "1100", "1100")]
    [InlineData("1111", "0000", "0000", "0000")]
    [InlineData("1---", "0---", "-1--", "---1")]
    public void BradleyTerry_WithPrior_RanksWhatHasNoMaximumLikelihood(params string[] rows)
    {
        Standings standings = BradleyTerry.Fit(Boards.Binary(rows), new BradleyTerryOptions { PriorTies = 0.5, Rounds = 100 });
        Assert.True(standings.Diagnostics.Converged);
        Assert.All(standings.Competitors, c => Assert.True(double.IsFinite(c.Rating) && double.IsFinite(c.Low) && double.IsFinite(c.High)));
        Assert.NotEmpty(standings.Diagnostics.Notes);
    }

    [Fact]
    public void Options_OutOfRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeanScoreOptions { Confidence = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeanScoreOptions { Rounds = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeanScoreOptions { MaxDegreeOfParallelism = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BradleyTerryOptions { Tolerance = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BradleyTerryOptions { MaxIterations = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BradleyTerryOptions { PriorTies = -1 });
    }

    private static Diagnosis OfBradleyTerry(ScoreMatrix board)
    {
        Assert.False(BradleyTerry.TryFit(board, null, out Standings? standings, out Diagnosis? diagnosis));
        Assert.Null(standings);
        Assert.Equal(diagnosis.Message, Assert.Throws<RankingException>(() => BradleyTerry.Fit(board)).Message);
        return diagnosis;
    }
}
