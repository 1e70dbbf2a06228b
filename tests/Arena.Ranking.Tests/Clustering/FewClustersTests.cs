using Arena.Ranking.Clustering;
using Arena.Ranking.Resampling;
using MathNet.Numerics.Distributions;
using Xunit;

namespace Arena.Ranking.Tests.Clustering;

public sealed class FewClustersTests
{
    // three strengths, the third met the others little
    private static readonly double[] Hessian = [5, -4, -1, -4, 4.5, -0.5, -1, -0.5, 1.5];

    [Fact]
    public void Correct_ScoreOfOneCluster_GetsTheModelsVariance()
    {
        // what remains of the scores: nothing of the third, 3 (e0 − e1)(e0 − e1)ᵀ of the others
        double[] moments = [3, -3, 0, -3, 3, 0, 0, 0, 0], inverse = Inverse();
        FewClusters few = FewClusters.Correct(With(moments, [0, 0, 1]), inverse, [.. Hessian], 3, new Evidence(50, 50));

        // tr H⁺H is 2, of which e2 e2ᵀ takes H⁺₂₂ H₂₂
        double effect = Trace(inverse, [3, -3, 0, -3, 3, 0, 0, 0, 0]) / (2 - inverse[8] * 1.5);
        Assert.Equal(effect * 1.5 * 4 / 9, moments[8], 9);
        Assert.Equal(0, moments[6] + moments[7] + moments[8], 9);
        Assert.Equal([49, 49, 49], few.Freedom);
    }

    [Fact]
    public void Correct_EverythingTwice_QuadruplesTheMiddle()
    {
        double[] once = [2, -1, -1, -1, 2, -1, -1, -1, 2], twice = [.. once.Select(v => 4 * v)], inverse = Inverse();
        FewClusters.Correct(With(once, [0.1, 0.2, 0.7]), inverse, [.. Hessian], 3, new Evidence(50, 50) { Clusters = 10 });
        FewClusters.Correct(With(twice, [0.1, 0.2, 0.7]), [.. inverse.Select(v => v / 2)], [.. Hessian.Select(v => 2 * v)], 3, new Evidence(100, 100) { Clusters = 10 });
        Assert.Equal(once, twice.Select(v => v / 4), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Correct_ClustersThatSayMoreThanOthers_AreTakenToVaryAsMuchMore()
    {
        double[] Added(int clusters)
        {
            double[] moments = [2, -1, -1, -1, 2, -1, -1, -1, 2];
            FewClusters.Correct(With(moments, [0.01, 0.01, 1]), Inverse(), [.. Hessian], 3, new Evidence(50, 50) { Clusters = clusters });
            return moments;
        }

        // δ H is 1.5 of the third, and 0.0475 on average of those that show how clusters vary
        double own = Added(50)[8] - 2, together = Added(20)[8] - 2;
        Assert.Equal(Centred(1.5 / 0.0475, 0.05 / 0.0475) / Centred(1, 1), together / own, 9);

        // the third's entry of Δ^½ H Δ^½, mean taken off both ways
        static double Centred(double third, double first)
        {
            double[] root = [Math.Sqrt(0.01 * first), Math.Sqrt(0.01), Math.Sqrt(third)];
            double[] row = [.. Enumerable.Range(0, 3).Select(i => Enumerable.Range(0, 3).Sum(j => root[i] * root[j] * Hessian[i * 3 + j]) / 3)];
            return third * 1.5 - 2 * row[2] + row.Sum() / 3;
        }
    }

    [Theory]
    [InlineData(1.0, 99)]
    [InlineData(0.5, 4)]
    [InlineData(0.2, 6.25)]
    [InlineData(0.001, 99)]
    [InlineData(0.0, 99)]
    public void FreedomOf_Share_IsLeastAtTwoClusters(double share, double freedom) => Assert.Equal(freedom, FewClusters.FreedomOf(share, 100), 9);

    [Fact]
    public void Notes_OneClusterSaysMost_NamesTheCompetitors()
    {
        var few = new FewClusters([0.1, 1, 0.5, 1], [9, 9, 9, 9]);
        Assert.Contains("competitor 1 comes", few.Notes([new(9, 9), new(1, 1), new(2, 2), new(0, 0)]).Single(), StringComparison.Ordinal);
        Assert.Empty(few.Notes([new(9, 9), new(0, 0), new(2, 2), new(0, 0)]));
    }

    [Fact]
    public void Shares_BothWays_IsTheChanceOfSharingVoterOrPrompt()
    {
        // one parameter, six pieces of information 1, 2, 1, 3, 1, 2 of voters 0, 0, 0, 1, 1, unknown on prompts 0, 0, 1, 1, 2, 2
        double[] information = [1, 2, 1, 3, 1, 2];
        int[] voter = [0, 0, 0, 1, 1, -1], prompt = [0, 0, 1, 1, 2, 2];
        double shared = 0;
        for (int a = 0; a < 6; a++)
        {
            for (int b = 0; b < 6; b++)
            {
                shared += a == b || (voter[a] == voter[b] && voter[a] >= 0) || prompt[a] == prompt[b] ? information[a] * information[b] : 0;
            }
        }

        var scores = new SparseScores(2, (int[])[0, 1, 2, 3, 4, 5, 6], (int[])[0, 0, 0, 0, 0, 0], new double[6], information);
        ClusterIndex voters = ClusterIndex.Of(voter), prompts = ClusterIndex.Of(prompt);
        var options = new BradleyTerryOptions();
        double[] both = Meat.Of(scores, voters, prompts, options).Shares;
        Assert.Equal(shared / 100, both[0], 12);
        Assert.Equal(1, both[1]); // nothing is known of the second
        Assert.Equal((16 + 16 + 4) / 100.0, Meat.Of(scores, voters, null, options).Shares[0], 12);
        Assert.Equal((1 + 4 + 1 + 9 + 1 + 4) / 100.0, Meat.Of(scores, null, null, options).Shares[0], 12);
        Assert.Equal((2 + 8 + 2 + 18 + 2 + 8) / 400.0, Meat.Of(scores with { Copies = [2, 2, 2, 2, 2, 2] }, null, null, options).Shares[0], 12);
    }

    [Theory]
    [InlineData(0.975)]
    [InlineData(0.9995)]
    public void Quantiles_AnyFreedom_AreStudents(double level)
    {
        double[] freedom = [1, 4, 37, 200, 1500, double.PositiveInfinity];
        FreedomQuantiles quantiles = FreedomQuantiles.At(level, freedom, [1, 1, 1, 1, 1, 3]);
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(StudentT.InvCDF(0, 1, freedom[i], level), quantiles.Of(i), 1e-5);
        }

        Assert.Equal(Normal.InvCDF(0, 1, level), quantiles.Of(5), 9);
        Assert.Equal(0.25 * quantiles.Of(1) + 0.75 * quantiles.Of(5), quantiles.Of(1, 5), 9);
    }

    private static Meat With(double[] moments, double[] shares) => new(moments, 50, [50, 50, 50], shares, []);

    private static double[] Inverse() =>
        MeanZero.PseudoInverse(MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfRowMajor(3, 3, Hessian)).ToRowMajorArray();

    private static double Trace(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
