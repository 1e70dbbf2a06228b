using MathNet.Numerics.LinearAlgebra;

namespace Arena.Ranking.Pairwise;

/// <summary>G = Σ over clusters of u uᵀ, u the weighted score vector of all ballots of the cluster together.</summary>
internal static class ClusterMeat
{
    public static Matrix<double> Of(IVoteLikelihood model, double[] x, PairTerms terms, BallotClusters[] ways)
    {
        int n = model.Parameters, most = model.MostTouched;
        var touched = new int[model.Terms * most];
        var counts = new int[model.Terms];
        var scores = new double[model.Terms * most];
        var curvature = new double[most * most];
        for (int t = 0; t < model.Terms; t++)
        {
            counts[t] = model.Touched(t, touched.AsSpan(t * most, most));
            model.Evaluate(t, x, scores.AsSpan(t * most, counts[t]), curvature);
        }

        var meat = new double[n * n];
        var sum = new double[n];
        var seen = new bool[n];
        var members = new List<int>();
        foreach (BallotClusters way in ways)
        {
            for (int c = 0; c < way.Count; c++)
            {
                foreach (int ballot in way.Order.AsSpan(way.Start[c]..way.Start[c + 1]))
                {
                    double weight = terms.Ballots.Weights.IsEmpty ? 1 : terms.Ballots.Weights[ballot];
                    foreach (int term in terms.TermOf.AsSpan(terms.Start[ballot]..terms.Start[ballot + 1]))
                    {
                        for (int k = term * most; k < term * most + counts[term]; k++)
                        {
                            int p = touched[k];
                            sum[p] += weight * scores[k];
                            if (!seen[p])
                            {
                                seen[p] = true;
                                members.Add(p);
                            }
                        }
                    }
                }

                foreach (int p in members)
                {
                    double own = way.Sign * sum[p];
                    foreach (int q in members)
                    {
                        meat[p * n + q] += own * sum[q];
                    }
                }

                foreach (int p in members)
                {
                    (sum[p], seen[p]) = (0, false);
                }

                members.Clear();
            }
        }

        Matrix<double> g = Matrix<double>.Build.Dense(n, n, meat);
        return ways.Length > 1 ? SemiDefinite(g) : g;
    }

    /// <summary>The nearest positive semi-definite matrix: negative eigenvalues, which two-way sums may leave, become 0.</summary>
    private static Matrix<double> SemiDefinite(Matrix<double> matrix)
    {
        var eigen = ((matrix + matrix.Transpose()) / 2).Evd(Symmetricity.Symmetric);
        Vector<double> values = eigen.EigenValues.Map(e => Math.Max(0, e.Real));
        return eigen.EigenVectors * Matrix<double>.Build.DiagonalOfDiagonalVector(values) * eigen.EigenVectors.Transpose();
    }
}
