using Arena.Ranking.Resampling;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace Arena.Ranking.Tests;

public sealed class MeanZeroTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(30)]
    public void PseudoInverse_Laplacian_IsMooresAndPenroses(int n)
    {
        Matrix<double> a = Laplacian(n, 1), plus = MeanZero.PseudoInverse(a);
        Assert.True((a * plus * a - a).FrobeniusNorm() < 1e-9 * a.FrobeniusNorm());
        Assert.True((plus * a * plus - plus).FrobeniusNorm() < 1e-9 * plus.FrobeniusNorm());
        Assert.True((a * plus - (a * plus).Transpose()).FrobeniusNorm() < 1e-9);
        Assert.All(plus.RowSums(), sum => Assert.Equal(0, sum, 1e-9));
    }

    [Fact]
    public void PseudoInverse_TwoIslands_IsRefused()
    {
        Matrix<double> a = Matrix<double>.Build.Dense(4, 4);
        (a[0, 0], a[1, 1], a[0, 1], a[1, 0]) = (1, 1, -1, -1);
        (a[2, 2], a[3, 3], a[2, 3], a[3, 2]) = (0, 0, 0, 0);
        Assert.Throws<ArgumentException>(() => MeanZero.PseudoInverse(a));
    }

    [Fact]
    public void CentreBoth_AnyMatrix_IsTheProjectionFromBothSides()
    {
        const int n = 6;
        var random = new Xoshiro256(4, 4);
        var matrix = new double[n * n];
        for (int k = 0; k < matrix.Length; k++)
        {
            matrix[k] = random.NextNormal();
        }

        Matrix<double> centre = Matrix<double>.Build.DenseIdentity(n).Subtract(1.0 / n);
        double[] expected = (centre * Matrix<double>.Build.DenseOfRowMajor(n, n, matrix) * centre).ToRowMajorArray();
        MeanZero.CentreBoth(matrix, n);
        Assert.All(expected.Zip(matrix), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void Centre_Values_AddUpToZero()
    {
        double[] values = [3, -1, 10];
        MeanZero.Centre(values);
        Assert.Equal([-1, -5, 6], values);
    }

    private static Matrix<double> Laplacian(int n, ulong seed)
    {
        var random = new Xoshiro256(seed, 9);
        Matrix<double> a = Matrix<double>.Build.Dense(n, n);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double w = random.NextExponential();
                (a[i, j], a[j, i]) = (-w, -w);
                a[i, i] += w;
                a[j, j] += w;
            }
        }

        return a;
    }
}
