using Xunit;

namespace Arena.Ranking.Tests;

public sealed class ScoreMatrixTests
{
    private static readonly ScoreScale Numeric = new(ScoreKind.Numeric);

    [Fact]
    public void Create_FaultyContent_ThrowsItsDiagnosis()
    {
        Assert.IsType<Diagnosis.NoCompetitors>(Diagnose(0, 3, []));
        Assert.IsType<Diagnosis.NoSamples>(Diagnose(2, 0, []));
        Assert.Equal(new Diagnosis.InfiniteScore(1, 0), Diagnose(2, 2, [1, 2, float.NegativeInfinity, 3], Numeric));
        Assert.Equal(new Diagnosis.WrongKind(0, 1, 0.5f, ScoreKind.Binary), Diagnose(1, 2, [1, 0.5f]));
        Assert.Equal(new Diagnosis.WrongKind(0, 1, 0.5f, ScoreKind.Ordinal), Diagnose(1, 2, [4, 0.5f], new ScoreScale(ScoreKind.Ordinal)));
        Assert.Equal(new Diagnosis.InvalidWeight(1, -1), Diagnose(1, 2, [1, 0], null, [1, -1]));
        Assert.Equal(new Diagnosis.InvalidWeight(0, double.NaN), Diagnose(1, 2, [1, 0], null, [double.NaN, 1]));
        Assert.Equal(new Diagnosis.InvalidTieMargin(-0.5), Diagnose(1, 1, [1], new ScoreScale(ScoreKind.Numeric, TieMargin: -0.5)));
    }

    [Fact]
    public void Create_LengthsThatDoNotFit_ThrowsArgumentException()
    {
        Assert.Throws<ArgumentException>(() => ScoreMatrix.Create(2, 2, [1, 0, 1]));
        Assert.Throws<ArgumentException>(() => ScoreMatrix.Create(1, 2, [1, 0], weights: [1]));
    }

    [Fact]
    public void Create_SourceChangedAfterwards_KeepsItsScores()
    {
        float[] source = [1, 0, float.NaN, -0f];
        ScoreMatrix matrix = ScoreMatrix.Create(2, 2, source, Numeric);
        source[0] = 9;
        Assert.Equal(1f, matrix.Row(0)[0]);
        Assert.True(float.IsNaN(matrix.Row(1)[0]));
        Assert.False(float.IsNegative(matrix.Row(1)[1]));
    }

    [Fact]
    public void Measured_RowWithoutScoreThatCounts_IsLeftOutBySelect()
    {
        ScoreMatrix matrix = Boards.Of(Boards.Rows("10-", "---", "--1", "011"), weights: [1, 1, 0]);
        Assert.Equal([0, 3], matrix.Measured());
        ScoreMatrix selected = matrix.Select(matrix.Measured());
        Assert.Equal(2, selected.Competitors);
        Assert.Equal(matrix.Row(3).ToArray(), selected.Row(1).ToArray());
        Assert.Throws<RankingException>(() => matrix.Select([]));
    }

    private static Diagnosis Diagnose(int competitors, int samples, float[] scores, ScoreScale? scale = null, double[]? weights = null)
    {
        RankingException thrown = Assert.Throws<RankingException>(() => ScoreMatrix.Create(competitors, samples, scores, scale, weights));
        Assert.False(ScoreMatrix.TryCreate(competitors, samples, scores, scale, weights, out ScoreMatrix? matrix, out Diagnosis? diagnosis));
        Assert.Null(matrix);
        Assert.Equal(thrown.Diagnosis, diagnosis);
        Assert.Equal(diagnosis.Message, thrown.Message);
        return diagnosis;
    }
}
