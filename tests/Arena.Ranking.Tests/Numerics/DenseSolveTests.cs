using Arena.Ranking.Numerics;
using Arena.Ranking.Resampling;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Arena.Ranking.Tests.Numerics;

/// <summary>Dot products, triangular solves and what is made of them, against sums by hand on random matrices of every size.</summary>
public sealed class DenseSolveTests
{
    [Fact]
    public void Dot_EveryLength_IsTheSum()
    {
        var random = new Xoshiro256(1, 0);
        for (int length = 0; length <= 100; length++)
        {
            double[] a = Normals(length, ref random), b = Normals(length + 3, ref random);
            Assert.Equal(a.Zip(b, (x, y) => x * y).Sum(), DenseProducts.Dot(a, b), 1e-12);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => DenseProducts.Dot(new double[3], new double[2]));
    }

    [Fact]
    public void Solve_RandomSystems_LeavesNoResidual() => ForMatrices((matrix, n, random) =>
    {
        double[] right = Normals(n, ref random), x = [.. right];
        Assert.True(DenseCholesky.TryFactor([.. matrix], n, 2, out DenseCholesky? cholesky));
        cholesky.Solve(x);
        for (int i = 0; i < n; i++)
        {
            Assert.Equal(right[i], Enumerable.Range(0, n).Sum(j => matrix[i * n + j] * x[j]), 1e-8);
        }
    });

    [Fact]
    public void Inverse_RandomMatrices_SolvesEveryUnitVector() => ForMatrices((matrix, n, _) =>
    {
        Assert.True(DenseCholesky.TryFactor([.. matrix], n, 2, out DenseCholesky? cholesky));
        double[] inverse = cholesky.Inverse();
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                Assert.Equal(inverse[i * n + j], inverse[j * n + i]); // to the last bit
                Assert.Equal(i == j ? 1 : 0, Enumerable.Range(0, n).Sum(k => matrix[i * n + k] * inverse[k * n + j]), 1e-8);
            }
        }
    });

    [Fact]
    public void Factor_RandomMatrices_TimesItsTransposeIsTheMatrix() => ForMatrices((matrix, n, _) =>
    {
        Assert.True(DenseCholesky.TryFactor([.. matrix], n, 1, out DenseCholesky? cholesky));
        for (int i = 0; i < n; i++)
        {
            Assert.True(cholesky.Factor[i * n + i] > 0);
            for (int j = 0; j <= i; j++)
            {
                Assert.Equal(matrix[i * n + j], Enumerable.Range(0, j + 1).Sum(k => cholesky.Factor[i * n + k] * cholesky.Factor[j * n + k]), 1e-9);
            }
        }
    });

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1.0)]
    [InlineData(0.0)]
    public void TryFactor_PivotThatIsNone_IsFalse(double pivot)
    {
        foreach (int n in new[] { 1, 2, 49, 100 })
        {
            double[] matrix = new double[n * n];
            for (int i = 0; i < n; i++)
            {
                matrix[i * n + i] = i == n - 1 ? pivot : 1;
            }

            Assert.False(DenseCholesky.TryFactor(matrix, n, 1, out _));
        }
    }

    [Fact]
    public void Mirror_LowerHalf_StandsAboveToo()
    {
        double[] matrix = [1, 9, 9, 2, 3, 9, 4, 5, 6];
        DenseCholesky.Mirror(matrix, 3);
        Assert.Equal([1, 2, 4, 2, 3, 5, 4, 5, 6], matrix);
    }

    private static double[] Normals(int count, ref Xoshiro256 random)
    {
        var values = new double[count];
        for (int k = 0; k < count; k++)
        {
            values[k] = random.NextNormal();
        }

        return values;
    }

    /// <summary>B Bᵀ + I of 1 to 120 rows: below, at and beyond the blocks.</summary>
    private static void ForMatrices(Action<double[], int, Xoshiro256> check) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(25).WithReplay(20250101, 1),
        Prop.ForAll(Gen.Choose(1, 120).ToArbitrary(), n =>
        {
            var random = new Xoshiro256((ulong)n, 3);
            double[] b = Normals(n * n, ref random), matrix = new double[n * n];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    double sum = i == j ? 1 : 0;
                    for (int k = 0; k < n; k++)
                    {
                        sum += b[i * n + k] * b[j * n + k] / n;
                    }

                    matrix[i * n + j] = sum;
                }
            }

            check(matrix, n, random);
        }));
}
