using Arena.Ranking.Pairwise;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace Arena.Ranking.Tests.Pairwise;

public sealed class BlockChainTests
{
    [Fact]
    public void BlockChain_ThreeBlocks_AgreesWithTheDenseMatrix()
    {
        const int N = 3, T = 3;
        var random = new Boards.Sequence(4);
        Vector<double>[] link = [.. Enumerable.Range(0, T - 1).Select(_ => Vector<double>.Build.Dense(N, _ => 0.5 + random.Share()))];
        Matrix<double>[] own = [.. Enumerable.Range(0, T).Select(_ =>
        {
            Matrix<double> root = Matrix<double>.Build.Dense(N, N, (_, _) => random.Share() - 0.5);
            return root * root.Transpose() + Matrix<double>.Build.DenseDiagonal(N, 5);
        })];
        Matrix<double> dense = Matrix<double>.Build.Dense(N * T, N * T);
        for (int t = 0; t < T; t++)
        {
            dense.SetSubMatrix(t * N, t * N, own[t]);
            if (t + 1 < T)
            {
                Matrix<double> off = -Matrix<double>.Build.DenseOfDiagonalVector(link[t]);
                dense.SetSubMatrix(t * N, (t + 1) * N, off);
                dense.SetSubMatrix((t + 1) * N, t * N, off);
            }
        }

        Vector<double> right = Vector<double>.Build.Dense(N * T, k => k - 4);
        var chain = new BlockChain([.. own.Select(o => o.Clone())], link);
        Vector<double>[] solved = chain.Solve([.. Enumerable.Range(0, T).Select(t => right.SubVector(t * N, N))]);
        (Matrix<double>[] blocks, Vector<double>[] steps) = chain.Inverse();

        Matrix<double> inverse = dense.Inverse();
        Vector<double> expected = inverse * right;
        Assert.Equal(Math.Log(dense.Determinant()), chain.LogDeterminant, 9);
        for (int k = 0; k < N * T; k++)
        {
            (int t, int i) = (k / N, k % N);
            Assert.Equal(expected[k], solved[t][i], 9);
            Assert.Equal(inverse[k, k], blocks[t][i, i], 9);
            if (t + 1 < T)
            {
                Assert.Equal(inverse[k, k] + inverse[k + N, k + N] - 2 * inverse[k, k + N], steps[t][i], 9);
            }
        }
    }
}
