using Arena.Ranking.Resampling;
using MathNet.Numerics.LinearAlgebra;

namespace Arena.Ranking.Pairwise;

/// <summary>Scores of votes, and what each adds to the Hessian's diagonal, summed over the ballots of a cluster.</summary>
internal sealed class ClusterMeat
{
    private readonly PairTerms _terms;
    private readonly int _n;
    private readonly int _most;
    private readonly int[] _touched;
    private readonly int[] _counts;
    private readonly double[] _scores;
    private readonly double[] _information;

    /// <param name="model">The likelihood; its terms are those of the votes.</param>
    /// <param name="x">The parameters.</param>
    /// <param name="terms">The votes.</param>
    public ClusterMeat(IVoteLikelihood model, double[] x, PairTerms terms)
    {
        (_terms, _n, _most) = (terms, model.Parameters, model.MostTouched);
        (_touched, _counts) = (new int[model.Terms * _most], new int[model.Terms]);
        (_scores, _information) = (new double[model.Terms * _most], new double[model.Terms * _most]);
        var curvature = new double[_most * _most];
        for (int t = 0; t < model.Terms; t++)
        {
            int count = _counts[t] = model.Touched(t, _touched.AsSpan(t * _most, _most));
            model.Evaluate(t, x, _scores.AsSpan(t * _most, count), curvature);
            for (int k = 0; k < count; k++)
            {
                _information[t * _most + k] = Math.Max(0, curvature[k * count + k]);
            }
        }
    }

    /// <summary>G = Σ over clusters of u uᵀ, u the weighted score vector of all ballots of the cluster together.</summary>
    public Matrix<double> Of(BallotClusters[] ways)
    {
        var meat = new double[_n * _n];
        var sum = new double[_n];
        var seen = new bool[_n];
        var members = new List<int>();
        foreach (BallotClusters way in ways)
        {
            for (int c = 0; c < way.Count; c++)
            {
                Visit(way, c, (weight, slot) =>
                {
                    int p = _touched[slot];
                    sum[p] += weight * _scores[slot];
                    if (!seen[p])
                    {
                        seen[p] = true;
                        members.Add(p);
                    }
                });
                foreach (int p in members)
                {
                    double own = way.Sign * sum[p];
                    foreach (int q in members)
                    {
                        meat[p * _n + q] += own * sum[q];
                    }
                }

                foreach (int p in members)
                {
                    (sum[p], seen[p]) = (0, false);
                }

                members.Clear();
            }
        }

        Matrix<double> g = Matrix<double>.Build.Dense(_n, _n, meat);
        return ways.Length > 1 ? SemiDefinite(g) : g;
    }

    /// <summary>How much of the information on each parameter shares a cluster.</summary>
    public double[] Shares(BallotClusters[] ways)
    {
        InformationShares[] each = [.. ways.Select(way =>
        {
            var shares = new InformationShares(_n);
            for (int c = 0; c < way.Count; c++)
            {
                Visit(way, c, (weight, slot) => shares.Add(_touched[slot], weight * _information[slot]));
                shares.EndCluster();
            }

            return shares;
        })];
        return each.Length == 1 ? each[0].Shares() : InformationShares.BothWays(each[0], each[1], each[2]);
    }

    /// <summary>Every parameter that a ballot of the cluster touches, with the ballot's weight.</summary>
    private void Visit(BallotClusters way, int cluster, Action<double, int> slot)
    {
        foreach (int ballot in way.Order.AsSpan(way.Start[cluster]..way.Start[cluster + 1]))
        {
            double weight = _terms.Ballots.Weights.IsEmpty ? 1 : _terms.Ballots.Weights[ballot];
            foreach (int term in _terms.TermOf.AsSpan(_terms.Start[ballot].._terms.Start[ballot + 1]))
            {
                for (int k = term * _most; k < term * _most + _counts[term]; k++)
                {
                    slot(weight, k);
                }
            }
        }
    }

    /// <summary>The nearest positive semi-definite matrix: negative eigenvalues, which two-way sums may leave, become 0.</summary>
    private static Matrix<double> SemiDefinite(Matrix<double> matrix)
    {
        var eigen = ((matrix + matrix.Transpose()) / 2).Evd(Symmetricity.Symmetric);
        Vector<double> values = eigen.EigenValues.Map(e => Math.Max(0, e.Real));
        return eigen.EigenVectors * Matrix<double>.Build.DiagonalOfDiagonalVector(values) * eigen.EigenVectors.Transpose();
    }
}
