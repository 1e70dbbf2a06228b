using System.Globalization;

namespace Arena.Ranking.Resampling;

/// <summary>
/// What the middle G of a sandwich lacks where few clusters say most of a parameter, and the degrees of freedom that are left. Scores at the maximum
/// are too small, for the fit has followed them: were every cluster's score to vary φ times as its Hessian H_c, then E G = φ (H − Σ_c H_c H⁺ H_c)
/// (Kauermann, Carroll 2001; Bell, McCaffrey 2002). Multiplying scores up by (1 − H_c H⁺)^(−1/2) undoes that, but not where one cluster says all:
/// its score is 0 by construction. So what lacks is added, as Morel, Bokossa, Neerchal (2003) do, but to each parameter what it lacks:
/// φ Δ^½ H Δ^½, Δ the diagonal of <see cref="InformationShares"/>, and φ the design effect of the whole board, 1 or more. A parameter of one cluster
/// has the model's variance times φ; one of many has the sandwich's.
/// </summary>
/// <param name="Shares">δ of each parameter.</param>
/// <param name="Freedom">Degrees of freedom of each parameter's variance (Satterthwaite 1946).</param>
/// <param name="DesignEffect">φ.</param>
internal sealed record FewClusters(double[] Shares, double[] Freedom, double DesignEffect)
{
    /// <summary>Why there are no intervals where everything is one cluster.</summary>
    public const string OneCluster = "A single cluster says nothing about how clusters vary: no intervals.";

    /// <summary>With less than this share of all degrees of freedom in the scores, they do not say how they vary.</summary>
    private const double LeastFreedom = 0.01;

    /// <summary>Corrects G in place.</summary>
    /// <param name="moments">G: p × p, not corrected for the number of clusters.</param>
    /// <param name="inverse">H⁺; whatever it does to the all-ones vector of the strengths, of which no score has a share.</param>
    /// <param name="hessian">H, prior included; used up.</param>
    /// <param name="shares">δ, one a parameter.</param>
    /// <param name="strengths">How many of the first parameters are log-strengths.</param>
    /// <param name="clusters">Independent clusters of the board.</param>
    public static FewClusters Correct(double[] moments, double[] inverse, double[] hessian, double[] shares, int strengths, int clusters)
    {
        FewClusters few = Lacking(hessian, inverse, Dot(inverse, moments), shares, strengths, clusters);
        for (int k = 0; k < moments.Length; k++)
        {
            moments[k] += hessian[k];
        }

        return few;
    }

    /// <summary>Turns H into what G lacks.</summary>
    /// <param name="hessian">H in, φ Δ^½ H Δ^½ out.</param>
    /// <param name="inverse">As for <see cref="Correct"/>.</param>
    /// <param name="trace">tr H⁺G.</param>
    /// <param name="shares">As for <see cref="Correct"/>.</param>
    /// <param name="strengths">As for <see cref="Correct"/>.</param>
    /// <param name="clusters">As for <see cref="Correct"/>.</param>
    public static FewClusters Lacking(double[] hessian, double[] inverse, double trace, double[] shares, int strengths, int clusters)
    {
        int p = shares.Length;
        Centre(hessian, p, strengths);
        double all = Dot(inverse, hessian);
        for (int i = 0; i < p; i++)
        {
            for (int j = 0; j < p; j++)
            {
                hessian[i * p + j] *= Math.Sqrt(shares[i] * shares[j]);
            }
        }

        Centre(hessian, p, strengths);
        double left = all - Dot(inverse, hessian);
        double effect = left > LeastFreedom * all ? trace / left : 1;
        for (int k = 0; k < hessian.Length; k++)
        {
            hessian[k] *= effect;
        }

        return new FewClusters(shares, Array.ConvertAll(shares, share => FreedomOf(share, clusters)), effect);
    }

    /// <summary>
    /// 1/δ − 1 for the part 1 − δ of a variance that is estimated from clusters, none needed for the part δ that the model gives: together 1/(δ(1 − δ)),
    /// at most what the board's clusters leave.
    /// </summary>
    public static double FreedomOf(double share, int clusters) => Math.Min(Math.Max(1, clusters - 1), 1 / Math.Max(double.Epsilon, share * (1 - share)));

    /// <summary>A sentence on competitors of whose evidence one cluster says most, or none.</summary>
    public IEnumerable<string> Notes(ReadOnlySpan<Evidence> evidence)
    {
        var few = new List<int>();
        for (int i = 0; i < evidence.Length; i++)
        {
            // two that say alike are at one half
            if (evidence[i].Observations > 0 && Shares[i] > 0.51)
            {
                few.Add(i);
            }
        }

        return few.Count == 0
            ? []
            : [string.Create(
                CultureInfo.InvariantCulture,
                $"Most evidence on competitor {string.Join(", ", few.Take(10))}{(few.Count > 10 ? $" and {few.Count - 10} more" : "")} comes from one ballot, voter or prompt: nothing shows how such evidence varies, so the interval is that of the model, times {Math.Sqrt(DesignEffect):0.00} for what the board as a whole varies more.")];
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

    /// <summary>Onto vectors whose first entries add up to 0, from both sides.</summary>
    private static void Centre(double[] matrix, int p, int strengths)
    {
        var mean = new double[p];
        double all = 0;
        for (int i = 0; i < p; i++)
        {
            foreach (double value in matrix.AsSpan(i * p, strengths))
            {
                mean[i] += value / strengths;
            }

            all += i < strengths ? mean[i] / strengths : 0;
        }

        for (int i = 0; i < p; i++)
        {
            for (int j = 0; j < p; j++)
            {
                matrix[i * p + j] -= (j < strengths ? mean[i] : 0) + (i < strengths ? mean[j] : 0) - (i < strengths && j < strengths ? all : 0);
            }
        }
    }
}
