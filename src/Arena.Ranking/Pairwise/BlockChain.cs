using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Arena.Ranking.Pairwise;

/// <summary>
/// Factors a symmetric block-tridiagonal matrix with blocks D_t on and −C_t (diagonal) beside the diagonal: the curvature of a
/// Markov chain of states. Forward elimination is the Kalman filter, backward substitution the smoother.
/// </summary>
internal sealed class BlockChain
{
    private readonly Cholesky<double>[] _factor;
    private readonly Vector<double>[] _link;

    /// <summary>Factors the matrix.</summary>
    /// <param name="own">D_t; overwritten.</param>
    /// <param name="link">Diagonals of C_t, one fewer.</param>
    public BlockChain(Matrix<double>[] own, Vector<double>[] link)
    {
        _link = link;
        _factor = new Cholesky<double>[own.Length];
        for (int t = 0; t < own.Length; t++)
        {
            if (t > 0)
            {
                Matrix<double> scaled = Matrix<double>.Build.DenseOfDiagonalVector(link[t - 1]);
                own[t] -= scaled * _factor[t - 1].Solve(scaled);
            }

            _factor[t] = own[t].Cholesky();
        }
    }

    public double LogDeterminant => _factor.Sum(f => f.DeterminantLn);

    public Vector<double>[] Solve(Vector<double>[] right)
    {
        var rest = new Vector<double>[right.Length];
        for (int t = 0; t < right.Length; t++)
        {
            rest[t] = t == 0 ? right[t] : right[t] + _link[t - 1].PointwiseMultiply(_factor[t - 1].Solve(rest[t - 1]));
        }

        for (int t = right.Length - 1; t >= 0; t--)
        {
            rest[t] = _factor[t].Solve(t == right.Length - 1 ? rest[t] : rest[t] + _link[t].PointwiseMultiply(rest[t + 1]));
        }

        return rest;
    }

    /// <summary>Diagonal blocks of the inverse, and the variance of each state's step to the next.</summary>
    public (Matrix<double>[] Blocks, Vector<double>[] Steps) Inverse()
    {
        int last = _factor.Length - 1, n = _factor[0].Factor.RowCount;
        var blocks = new Matrix<double>[last + 1];
        var steps = new Vector<double>[last];
        Matrix<double> identity = Matrix<double>.Build.DenseIdentity(n);
        blocks[last] = _factor[last].Solve(identity);
        for (int t = last - 1; t >= 0; t--)
        {
            Matrix<double> gain = _factor[t].Solve(Matrix<double>.Build.DenseOfDiagonalVector(_link[t]));
            Matrix<double> cross = gain * blocks[t + 1]; // covariance of the state and the next one
            blocks[t] = _factor[t].Solve(identity) + cross * gain.Transpose();
            steps[t] = blocks[t].Diagonal() + blocks[t + 1].Diagonal() - 2 * cross.Diagonal();
        }

        return (blocks, steps);
    }
}
