using Arena.Ranking.Numerics;

namespace Arena.Ranking.Pairwise;

/// <summary>
/// Gaussian posterior of strengths by expectation propagation. Equal votes have equal sites at the fixed point, so they
/// share one: its cavity leaves out one vote, its update moves all of them. A sweep moves all sites from the same posterior, then
/// makes that anew: n³, where an update after every site would cost n² for each of up to n² of them.
/// </summary>
internal sealed class ExpectationPropagation(PairTerms terms, BayesianBradleyTerryOptions options)
{
    private const int DampedAfter = 30;

    private readonly int _n = terms.Competitors;
    private readonly double[] _tau = new double[terms.Count];
    private readonly double[] _nu = new double[terms.Count];
    private double[] _covariance = [];
    private double[] _mean = [];

    public (double[] Mean, double[] Covariance, int Iterations, StopReason Reason) Run()
    {
        var moments = new TiltedMoments(options.Link, options.ChoixCompatible);
        StartAtMode(moments);
        Refresh();
        for (int sweep = 1; sweep <= options.MaxIterations; sweep++)
        {
            double moved = 0, share = sweep > DampedAfter ? 0.5 : 1;
            for (int t = 0; t < terms.Count; t++)
            {
                if (terms.Weight[t] > 0)
                {
                    moved = Math.Max(moved, Update(t, moments, share));
                }
            }

            Refresh();
            if (moved <= options.Tolerance)
            {
                return (_mean, _covariance, sweep, StopReason.Converged);
            }
        }

        return (_mean, _covariance, options.MaxIterations, StopReason.IterationLimit);
    }

    /// <summary>
    /// Sites of Laplace's approximation: from a flat prior, moving all equal votes at once would overshoot by far, and from here it
    /// is a matter of a few sweeps. The fixed point is the same.
    /// </summary>
    private void StartAtMode(TiltedMoments moments)
    {
        // one unit of the probit link is about 1.7 of the logit link
        double scale = options.Link == PairLink.Logit ? 1 : 1.7;
        double[] ridge = [.. Enumerable.Repeat(options.PriorPrecision / (scale * scale), _n)];
        (double[] mode, _, _) = new DampedNewton(new LogitLikelihood(terms, [], 0), ridge, 0, options.MaxDegreeOfParallelism).Maximise(new double[_n], 1e-8, 200);
        for (int t = 0; t < terms.Count; t++)
        {
            double f = (mode[terms.First[t]] - mode[terms.Second[t]]) / scale;
            (_, double first, double second) = moments.Likelihood(terms.Kind[t], f);
            double power = terms.Weight[t] / Copies(t);
            (_tau[t], _nu[t]) = (-power * second, power * (first - second * f));
        }
    }

    private double Update(int t, TiltedMoments moments, double share)
    {
        (int i, int j) = (terms.First[t], terms.Second[t]);
        double power = terms.Weight[t] / Copies(t);
        double variance = _covariance[i * _n + i] + _covariance[j * _n + j] - 2 * _covariance[i * _n + j], mean = _mean[i] - _mean[j];
        double precision = 1 / variance - _tau[t], shift = mean / variance - _nu[t];
        (double first, double second) = moments.Of(terms.Kind[t], power, shift / precision, 1 / precision);
        double down = 1 + second / precision;
        double moreTau = share * (-second / down - _tau[t]);
        double moreNu = share * ((first - shift / precision * second) / down - _nu[t]);
        _tau[t] += moreTau;
        _nu[t] += moreNu;
        return Math.Max(Math.Abs(moreTau), Math.Abs(moreNu));
    }

    private void Refresh()
    {
        double[] precision = new double[_n * _n], shift = new double[_n];
        for (int i = 0; i < _n; i++)
        {
            precision[i * _n + i] = options.PriorPrecision;
        }

        for (int t = 0; t < terms.Count; t++)
        {
            (int i, int j) = (terms.First[t], terms.Second[t]);
            double copies = Copies(t), tau = copies * _tau[t], nu = copies * _nu[t];
            precision[i * _n + i] += tau;
            precision[j * _n + j] += tau;
            precision[i * _n + j] -= tau;
            precision[j * _n + i] -= tau;
            shift[i] += nu;
            shift[j] -= nu;
        }

        if (!DenseCholesky.TryFactor(precision, _n, options.MaxDegreeOfParallelism, out DenseCholesky? cholesky))
        {
            throw new ArithmeticException("The posterior's precision is not positive definite: some weights are too unlike for double precision.");
        }

        cholesky.Solve(shift);
        (_mean, _covariance) = (shift, cholesky.Inverse());
    }

    /// <summary>A weight of 2.5 is three votes of power 5/6: no site larger than one vote, so that leaving one out keeps the rest proper.</summary>
    private double Copies(int t) => Math.Max(1, Math.Ceiling(terms.Weight[t]));
}
