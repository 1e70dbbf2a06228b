using Arena.Ranking.Numerics;
using Arena.Ranking.Resampling;
using Xunit;

namespace Arena.Ranking.Tests.Numerics;

public sealed class DenseCholeskyTests
{
    // below, at and above a block and a tile, and several of each
    public static TheoryData<int> Sizes => [1, 2, 7, 16, 17, 47, 48, 49, 100, 161, 300];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void TryFactor_PositiveDefinite_IsTheFactorByHand(int n)
    {
        double[] matrix = PositiveDefinite(n), expected = NaiveFactor(matrix, n);

        Assert.True(DenseCholesky.TryFactor([.. matrix], n, 1, out DenseCholesky? cholesky));

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                Assert.Equal(expected[i * n + j], cholesky.Factor[i * n + j], 1e-11 * n);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Inverse_TimesTheMatrix_IsTheIdentity(int n)
    {
        double[] matrix = PositiveDefinite(n);
        DenseCholesky.TryFactor([.. matrix], n, 1, out DenseCholesky? cholesky);

        double[] inverse = cholesky!.Inverse();

        double[] product = Naive(matrix, inverse, n);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                Assert.Equal(i == j ? 1 : 0, product[i * n + j], 1e-10);
                Assert.Equal(inverse[i * n + j], inverse[j * n + i]);
            }
        }
    }

    [Fact]
    public void FactorRaised_WhatIsNotPositiveDefinite_GivesAStepUphill()
    {
        // of rank one, but for less than its rounding; and an indefinite one
        foreach (double[] matrix in (double[][])[[1e12, 1e12, 1e12, 1e12 + 1e-5], [1, 2, 2, 1]])
        {
            double[] gradient = [1, -0.5], step = [.. gradient];
            Assert.False(DenseCholesky.TryFactor([.. matrix], 2, 1, out _));
            DenseCholesky.FactorRaised(matrix, 2, 1).Solve(step);
            Assert.All(step, part => Assert.True(double.IsFinite(part)));
            Assert.True(step[0] * gradient[0] + step[1] * gradient[1] > 0);
        }

        Assert.Throws<ArithmeticException>(() => DenseCholesky.FactorRaised([double.NaN, 0, 0, 1], 2, 1));
    }

    [Fact]
    public void Inverse_BadlyScaled_KeepsWhatAPlainOneKeeps()
    {
        // Hilbert's matrix of 8 (condition 10¹⁰) between well-conditioned blocks, rows of very different size
        const int n = 120;
        double[] matrix = PositiveDefinite(n);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                bool own = i is >= 44 and < 52, other = j is >= 44 and < 52;
                matrix[i * n + j] = Scale(i) * Scale(j) * (own && other ? 1.0 / (i + j - 87) : own || other ? 0 : matrix[i * n + j]);
            }
        }

        Assert.True(DenseCholesky.TryFactor([.. matrix], n, 1, out DenseCholesky? cholesky));
        double[] inverse = cholesky.Inverse(), x = new double[n];
        for (int i = 0; i < n; i++)
        {
            x[i] = matrix[i * n + 47];
        }

        cholesky.Solve(x);
        Assert.Equal(1, x[47], 1e-5);
        Assert.Equal(64, inverse[44 * n + 44] * Scale(44) * Scale(44), 1e-3);
        Assert.Equal(1, Naive(matrix, inverse, n)[47 * n + 47], 1e-4);

        static double Scale(int i) => Math.Pow(10, i % 7 - 3);
    }

    [Fact]
    public void TryFactor_NotPositiveDefinite_IsFalse()
    {
        double[] matrix = PositiveDefinite(100);
        matrix[70 * 100 + 70] = -1;
        Assert.False(DenseCholesky.TryFactor([.. matrix], 100, 1, out _));
        matrix[70 * 100 + 70] = double.NaN;
        Assert.False(DenseCholesky.TryFactor(matrix, 100, 1, out _));
        Assert.False(DenseCholesky.TryFactor(new double[4], 2, 1, out _));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Sandwich_SymmetricMatrices_IsTheProductByHand(int n)
    {
        double[] bread = PositiveDefinite(n), meat = PositiveDefinite(n, seed: 2);
        double[] expected = Naive(Naive(bread, meat, n), bread, n), actual = DenseCholesky.Sandwich(bread, meat, n, 1);
        for (int k = 0; k < expected.Length; k++)
        {
            Assert.Equal(expected[k], actual[k], 1e-12 * n * n);
        }
    }

    [Fact]
    public void FactorInverseSandwich_OneThreadOrMany_AreEqualBitByBit()
    {
        const int n = 500;
        double[] matrix = PositiveDefinite(n), meat = PositiveDefinite(n, seed: 2);
        (double[] Factor, double[] Inverse, double[] Sandwich)[] results = [.. new[] { 1, 2, 5 }.Select(threads =>
        {
            DenseCholesky.TryFactor([.. matrix], n, threads, out DenseCholesky? cholesky);
            double[] inverse = cholesky!.Inverse();
            return (cholesky.Factor, inverse, DenseCholesky.Sandwich(inverse, meat, n, threads));
        })];
        Assert.All(results[1..], other =>
        {
            Assert.Equal(results[0].Factor, other.Factor);
            Assert.Equal(results[0].Inverse, other.Inverse);
            Assert.Equal(results[0].Sandwich, other.Sandwich);
        });
    }

    /// <summary>Uniform numbers, symmetric, the diagonal raised by what it takes.</summary>
    private static double[] PositiveDefinite(int n, ulong seed = 1)
    {
        var random = new Xoshiro256(seed, (ulong)n);
        var matrix = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                matrix[i * n + j] = matrix[j * n + i] = random.NextDouble() - 0.5 + (i == j ? Math.Sqrt(n) + 1 : 0);
            }
        }

        return matrix;
    }

    private static double[] NaiveFactor(double[] matrix, int n)
    {
        var factor = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[i * n + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= factor[i * n + k] * factor[j * n + k];
                }

                factor[i * n + j] = i == j ? Math.Sqrt(sum) : sum / factor[j * n + j];
            }
        }

        return factor;
    }

    private static double[] Naive(double[] a, double[] b, int n)
    {
        var product = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int k = 0; k < n; k++)
                {
                    product[i * n + j] += a[i * n + k] * b[k * n + j];
                }
            }
        }

        return product;
    }
}
