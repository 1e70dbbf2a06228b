namespace Arena.Ranking.Clustering;

/// <summary>
/// What the middle G of a sandwich lacks where few clusters say most of a parameter, and the degrees of freedom that are left. Scores at the maximum
/// are too small, for the fit has followed them: were every cluster's score to vary φ times as its Hessian H_c, then E G = φ (H − Σ_c H_c H⁺ H_c)
/// (Bell, McCaffrey 2002; Kauermann, Carroll 2001). Multiplying scores up by (1 − H_c H⁺)^(−1/2) undoes that, but not where one cluster says all: its
/// score is 0 by construction. So what lacks is added, as Morel, Bokossa, Neerchal (2003) do, and to each parameter what it lacks: φ Δ^½ H Δ^½,
/// Δ the diagonal of <see cref="Meat.Shares"/>, φ the design effect of the whole board. A parameter of one cluster has the model's variance times
/// φ, one of many clusters has the sandwich's.
/// </summary>
/// <remarks>
/// Between observations of one cluster, φ grows with how many they are: at most in proportion to the cluster's information. A competitor whose
/// clusters say more than the board's do on average takes that bound.
/// </remarks>
/// <param name="Shares">δ of each parameter.</param>
/// <param name="Freedom">Degrees of freedom of each parameter's variance (Satterthwaite 1946).</param>
internal sealed record FewClusters(double[] Shares, double[] Freedom)
{
    /// <summary>Why there are no intervals where everything is one cluster.</summary>
    public const string OneCluster = "A single cluster says nothing about how clusters vary, and so how much is chance: no intervals.";

    /// <summary>With less than this share of all degrees of freedom in the scores, they do not say how they vary.</summary>
    private const double LeastFreedom = 0.01;

    /// <summary>Corrects G in place.</summary>
    /// <param name="meat">G: p × p, and δ.</param>
    /// <param name="inverse">H⁺; whatever it does to the all-ones vector of the strengths, of which no score has a share.</param>
    /// <param name="hessian">H, prior included; used up.</param>
    /// <param name="strengths">How many of the first parameters are log-strengths.</param>
    /// <param name="board">Observations, and independent clusters of them.</param>
    public static FewClusters Correct(Meat meat, double[] inverse, double[] hessian, int strengths, Evidence board)
    {
        FewClusters few = Lacking(hessian, inverse, Dot(inverse, meat.Squares), meat.Shares, strengths, board);
        for (int k = 0; k < hessian.Length; k++)
        {
            meat.Squares[k] += hessian[k];
        }

        return few;
    }

    /// <summary>Turns H into what G lacks.</summary>
    /// <param name="hessian">H in, φ Δ^½ H Δ^½ out.</param>
    /// <param name="inverse">As for <see cref="Correct"/>.</param>
    /// <param name="trace">tr H⁺G.</param>
    /// <param name="shares">δ, one a parameter.</param>
    /// <param name="strengths">As for <see cref="Correct"/>.</param>
    /// <param name="board">As for <see cref="Correct"/>.</param>
    public static FewClusters Lacking(double[] hessian, double[] inverse, double trace, double[] shares, int strengths, Evidence board)
    {
        int p = shares.Length;
        Centre(hessian, p, strengths);
        double[] root = Array.ConvertAll(shares, Math.Sqrt);
        Means of = Means.Of(inverse, p, strengths);
        (double all, double lost) = (0, 0);
        for (int i = 0; i < p; i++)
        {
            for (int j = 0; j < p; j++)
            {
                double part = (inverse[i * p + j] - of.At(i, j)) * hessian[i * p + j];
                (all, lost) = (all + part, lost + root[i] * root[j] * part);
            }
        }

        double effect = all - lost > LeastFreedom * all ? trace / (all - lost) : 1;
        double[] more = board.Clusters < board.Observations ? Together(hessian, shares, strengths) : Array.ConvertAll(shares, _ => 1.0);
        for (int i = 0; i < p; i++)
        {
            for (int j = 0; j < p; j++)
            {
                hessian[i * p + j] *= effect * root[i] * root[j] * Math.Sqrt(more[i] * more[j]);
            }
        }

        Centre(hessian, p, strengths);
        return new FewClusters(shares, Array.ConvertAll(shares, share => FreedomOf(share, board.Clusters)));
    }

    /// <summary>
    /// 1/δ − 1 for the part 1 − δ of a variance that is estimated from clusters, none needed for the part δ that the model gives: together 1/(δ(1 − δ)),
    /// at most what the board's clusters leave.
    /// </summary>
    public static double FreedomOf(double share, int clusters) => Math.Min(Math.Max(1, clusters - 1), 1 / Math.Max(double.Epsilon, share * (1 - share)));

    /// <summary>A sentence on competitors of whom one cluster says most.</summary>
    public IEnumerable<string> Notes(ReadOnlySpan<Evidence> evidence)
    {
        var few = new List<int>();
        for (int i = 0; i < evidence.Length; i++)
        {
            // two clusters that say alike are at one half
            if (evidence[i].Observations > 0 && Shares[i] > 0.51)
            {
                few.Add(i);
            }
        }

        string names = string.Join(", ", few.Take(10)) + (few.Count > 10 ? $" and {few.Count - 10} more" : "");
        return few.Count == 0
            ? []
            : [$"Most evidence on competitor {names} comes from one ballot, voter or prompt, so nothing shows how it varies: the interval is the model's, widened as the whole board is."];
    }

    /// <summary>tr AB of symmetric A and B.</summary>
    public static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }

    /// <summary>How much more a competitor's clusters say than those that show how clusters vary; 1 where they say less, and for what is no strength.</summary>
    private static double[] Together(double[] hessian, double[] shares, int strengths)
    {
        var more = new double[shares.Length];
        Array.Fill(more, 1);
        (double information, double weight) = (0, 0);
        for (int i = 0; i < strengths; i++)
        {
            information += (1 - shares[i]) * shares[i] * hessian[i * shares.Length + i];
            weight += 1 - shares[i];
        }

        for (int i = 0; i < strengths && information > 0; i++)
        {
            more[i] = Math.Max(1, shares[i] * hessian[i * shares.Length + i] * weight / information);
        }

        return more;
    }

    /// <summary>Onto vectors whose first entries add up to 0, from both sides.</summary>
    private static void Centre(double[] matrix, int p, int strengths)
    {
        Means of = Means.Of(matrix, p, strengths);
        for (int i = 0; i < p; i++)
        {
            for (int j = 0; j < p; j++)
            {
                matrix[i * p + j] -= of.At(i, j);
            }
        }
    }

    /// <summary>What to take off a symmetric matrix so that its first rows and columns add up to 0.</summary>
    private sealed record Means(double[] Rows, double All, int Strengths)
    {
        public static Means Of(double[] matrix, int p, int strengths)
        {
            var rows = new double[p];
            double all = 0;
            for (int i = 0; i < p; i++)
            {
                foreach (double value in matrix.AsSpan(i * p, strengths))
                {
                    rows[i] += value / strengths;
                }

                all += i < strengths ? rows[i] / strengths : 0;
            }

            return new Means(rows, all, strengths);
        }

        public double At(int i, int j) => (j < Strengths ? Rows[i] : 0) + (i < Strengths ? Rows[j] : 0) - (i < Strengths && j < Strengths ? All : 0);
    }
}
