namespace Arena.Ranking.Pairwise;

/// <summary>
/// Moments of a won logistic vote as choix (and GPML's likLogistic, Rasmussen, Williams 2006) approximate them: the logistic
/// function as a mixture of five probits, blended into its linear tail far from 0. Off by up to some 1e-3 of a strength.
/// </summary>
internal static class ChoixMoments
{
    private static readonly double[] Scales = [.. new[] { 0.44, 0.41, 0.40, 0.39, 0.36 }.Select(s => Math.Sqrt(2) * s)];

    private static readonly double[] Shares =
        [1.146480988574439e+02, -1.508871030070582e+03, 2.676085036831241e+03, -1.356294962039222e+03, 7.543285642111850e+01];

    public static (double First, double Second) Of(double m, double v)
    {
        (double sum, double slopes, double bends) = (0, 0, 0);
        for (int k = 0; k < Scales.Length; k++)
        {
            double scale = Scales[k], down = 1 + scale * scale * v, z = scale * m / Math.Sqrt(down);
            double log = TiltedMoments.LogPhi(z), mills = Math.Exp(-z * z / 2 - log) / Math.Sqrt(2 * Math.PI);
            double first = mills / Math.Sqrt(down), second = -mills * (z + mills) / down, share = Shares[k] * Math.Exp(log);
            sum += share;
            slopes += share * scale * first;
            bends += share * scale * scale * (first * first + second);
        }

        (double slope, double bend) = (slopes / sum, bends / sum - slopes / sum * (slopes / sum));
        double exponent = -10 * (Math.Abs(m) - 0.98 * v - 4);
        double tail = exponent < 500 ? 1 / (1 + Math.Exp(exponent)) : 0;
        return ((1 - tail) * slope + (m > 0 ? 0 : tail), (1 - tail) * bend);
    }
}
