using System.Buffers;
using Arena.Ranking.Online;

namespace Arena.Ranking.Contests;

/// <summary>
/// Every opponent counts. Logistic: Σ over all of w tanh((x − μ)w/2), those that tie (the entrant itself among them) once more
/// unless ties are split, is the weight of those behind less that of those ahead; w = (π/√3)/σ.
/// </summary>
internal sealed class ExactPerformances : IPerformances
{
    private readonly Contest _contest;
    private readonly EloMmrOptions _options;
    private readonly double[] _mu;
    private readonly double[] _sigma;
    private readonly double[] _steepness;
    private readonly double[] _weight;
    private readonly double[] _ahead; // sums of weights before each place

    public ExactPerformances(Contest contest, double[] mu, double[] sigma, EloMmrOptions options)
    {
        (_contest, _mu, _sigma, _options) = (contest, mu, sigma, options);
        (_steepness, _weight, _ahead) = (new double[mu.Length], new double[mu.Length], new double[mu.Length + 1]);
        for (int j = 0; j < mu.Length; j++)
        {
            _weight[j] = TanhSum.Multiplier / sigma[j];
            _steepness[j] = _weight[j] / 2;
            _ahead[j + 1] = _ahead[j] + _weight[j];
        }
    }

    public double Of(int entrant, double reach) =>
        _options.Performance == EloMmrPerformance.Normal
            ? IncreasingRoot.Find(new NormalSum(_mu, _sigma, _contest.First[entrant], _contest.Last[entrant], _options.SplitTies), _mu[entrant], reach)
            : Logistic(entrant, reach);

    private double Logistic(int entrant, double reach)
    {
        int n = _mu.Length, first = _contest.First[entrant], last = _contest.Last[entrant];
        double constant = _ahead[first] - (_ahead[n] - _ahead[last + 1]);
        if (_options.SplitTies)
        {
            return IncreasingRoot.Find(new TanhSum(constant, 0, _mu, _steepness, _weight, 0, n), _mu[entrant], reach);
        }

        double[] weight = ArrayPool<double>.Shared.Rent(n);
        _weight.CopyTo(weight, 0);
        for (int j = first; j <= last; j++)
        {
            weight[j] *= 2;
        }

        double performance = IncreasingRoot.Find(new TanhSum(constant, 0, _mu, _steepness, weight, 0, n), _mu[entrant], reach);
        ArrayPool<double>.Shared.Return(weight);
        return performance;
    }

    /// <summary>The same with normal noise: with z = (x − μ)/σ, −φ(z)/(σΦ(z)) for each behind, φ(z)/(σΦ(−z)) for each ahead, z/σ (or the mean of both) for a tie.</summary>
    private readonly record struct NormalSum(double[] Mu, double[] Sigma, int First, int Last, bool SplitTies) : IIncreasing
    {
        public (double Value, double Slope) At(double x)
        {
            double value = 0, slope = 0;
            for (int j = 0; j < Mu.Length; j++)
            {
                double z = (x - Mu[j]) / Sigma[j];
                (double v, double s) = j < First ? Ahead(z) : j > Last ? Behind(z) : Tied(z);
                value += v / Sigma[j];
                slope += s / (Sigma[j] * Sigma[j]);
            }

            return (value, slope);
        }

        private (double Value, double Slope) Tied(double z)
        {
            if (!SplitTies)
            {
                return (z, 1);
            }

            (double ahead, double a) = Ahead(z);
            (double behind, double b) = Behind(z);
            return (0.5 * (ahead + behind), 0.5 * (a + b));
        }

        private static (double Value, double Slope) Ahead(double z) => Truncated.Win(-z, 0) is var (v, w, _) ? (v, w) : default;

        private static (double Value, double Slope) Behind(double z) => Truncated.Win(z, 0) is var (v, w, _) ? (-v, w) : default;
    }
}
