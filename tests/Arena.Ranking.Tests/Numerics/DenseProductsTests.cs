using Arena.Ranking.Numerics;
using Arena.Ranking.Resampling;
using Xunit;
using Part = Arena.Ranking.Numerics.DenseProducts.Part;

namespace Arena.Ranking.Tests.Numerics;

public sealed class DenseProductsTests
{
    [Theory]
    [InlineData(1, 1, 1, 0)]
    [InlineData(8, 16, 256, 0)]
    [InlineData(7, 15, 3, 2)]
    [InlineData(9, 17, 257, 5)]
    [InlineData(48, 100, 600, 31)]
    public void Add_AnyShape_IsTheSumByHand(int rows, int columns, int depth, int skip)
    {
        // parts of larger matrices, so that a step too far is seen
        double[] a = Draw(1, (rows + 2) * (depth + 3)), b = Draw(2, (skip + depth + 1) * (columns + 4)), c = Draw(3, (rows + 1) * (columns + 5));
        double[] expected = [.. c];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                for (int k = 0; k < depth; k++)
                {
                    expected[2 + i * (columns + 5) + j] -= 0.5 * a[1 + i * (depth + 3) + k] * b[3 + (skip + k) * (columns + 4) + j];
                }
            }
        }

        var packed = PackedColumns.Of(new Part(b, 3, columns + 4), skip + depth, columns);
        DenseProducts.Add(-0.5, new Part(a, 1, depth + 3), packed, skip, new Part(c, 2, columns + 5), rows, columns, depth);

        for (int k = 0; k < c.Length; k++)
        {
            Assert.Equal(expected[k], c[k], 1e-12 * depth);
        }
    }

    [Fact]
    public void Add_TransposedParts_IsTheSumByHand()
    {
        const int n = 20, depth = 9;
        double[] a = Draw(1, depth * n), product = new double[n * n];

        // aᵀ a, a row-major: once as rows of the transposed, once packed as it stands
        DenseProducts.Add(1, new Part(a, 0, n).Transposed, PackedColumns.Of(new Part(a, 0, n), depth, n), 0, new Part(product, 0, n), n, n, depth);
        double[] other = new double[n * n], transposed = [.. Enumerable.Range(0, n * depth).Select(k => a[k % depth * n + k / depth])];
        DenseProducts.Add(1, new Part(transposed, 0, depth), PackedColumns.Of(new Part(transposed, 0, depth).Transposed, depth, n), 0, new Part(other, 0, n), n, n, depth);

        Assert.Equal(product, other);
        Assert.Equal(Enumerable.Range(0, depth).Sum(k => a[k * n + 3] * a[k * n + 18]), product[3 * n + 18], 1e-12);
    }

    [Fact]
    public void Add_PartsThatDoNotFit_Throws()
    {
        var packed = PackedColumns.Of(new Part(new double[12], 0, 4), 3, 4);
        Assert.Throws<ArgumentOutOfRangeException>(() => DenseProducts.Add(1, new Part(new double[5], 0, 3), packed, 0, new Part(new double[8], 0, 4), 2, 4, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => DenseProducts.Add(1, new Part(new double[6], 0, 3), packed, 0, new Part(new double[7], 0, 4), 2, 4, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => DenseProducts.Add(1, new Part(new double[6], 0, 3), packed, 1, new Part(new double[8], 0, 4), 2, 4, 3));
    }

    private static double[] Draw(ulong seed, int count)
    {
        var random = new Xoshiro256(seed, 0);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
    }
}
