using Arena.Ranking.Numerics;

namespace Arena.Ranking.Listwise;

/// <summary>Where a fit ended: mean-zero log-strengths and, after Newton, the sums there.</summary>
internal sealed record ListwiseMaximum(double[] Theta, int Iterations, StopReason Reason, ListwiseSums? Sums);

/// <summary>Maximises a listwise likelihood that has a finite maximum.</summary>
internal sealed class ListwiseMaximiser(ListwiseLikelihood likelihood, int competitors, PlackettLuceOptions options)
{
    private const int NewtonLimit = 1500;
    private const int MaxHalvings = 40;

    /// <summary>Longest Newton step: further away the quadratic says little.</summary>
    private const double MostStep = 4;

    public ListwiseMaximum Maximise(double[] start)
    {
        double[] theta = [.. start];
        MeanZero.Centre(theta);
        return options.Solver switch
        {
            PlackettLuceSolver.Spectral => Spectral(theta),
            PlackettLuceSolver.MinoriseMaximise => MinoriseMaximise(theta, 0),
            PlackettLuceSolver.Auto when competitors > NewtonLimit && options.Ridge.Equals(0.0) => MinoriseMaximise(theta, 0),
            _ => Newton(theta),
        };
    }

    private ListwiseMaximum Newton(double[] theta)
    {
        ListwiseSums sums = likelihood.At(theta, curvature: true);
        for (int iteration = 1; iteration <= options.MaxIterations; iteration++)
        {
            if (Step(sums) is not { } step)
            {
                // curvature below what double precision can factor: small steps get there without it
                return options.Ridge > 0
                    ? new ListwiseMaximum(theta, iteration, StopReason.PrecisionLimit, sums)
                    : MinoriseMaximise(theta, iteration);
            }

            double length = step.Max(Math.Abs), share = Math.Min(1, MostStep / length);
            bool whole = share.Equals(1.0);
            double slack = 1e-12 * Math.Abs(sums.LogLikelihood);
            double[] next = Moved(theta, step, share);
            ListwiseSums raised = likelihood.At(next, curvature: true);
            for (int halving = 0; !(raised.LogLikelihood >= sums.LogLikelihood - slack) && halving < MaxHalvings; halving++)
            {
                (share, whole) = (share / 2, false);
                next = Moved(theta, step, share);
                raised = likelihood.At(next, curvature: true);
            }

            if (!(raised.LogLikelihood >= sums.LogLikelihood - slack))
            {
                return new ListwiseMaximum(theta, iteration, StopReason.PrecisionLimit, sums);
            }

            (theta, sums) = (next, raised);
            if (whole && length * length <= options.Tolerance)
            {
                return new ListwiseMaximum(theta, iteration, StopReason.Converged, sums);
            }
        }

        return new ListwiseMaximum(theta, options.MaxIterations, StopReason.IterationLimit, sums);
    }

    private double[]? Step(ListwiseSums sums)
    {
        if (!MeanZero.TryFactor(likelihood.Information(sums), competitors, options.MaxDegreeOfParallelism, out DenseCholesky? cholesky, out _))
        {
            return null;
        }

        double[] step = [.. sums.Gradient];
        cholesky.Solve(step);
        return Array.TrueForAll(step, double.IsFinite) ? step : null;
    }

    /// <summary>πᵢ ← times chosen / Σ exposures (Hunter 2004; tiers of unknown order by their expected exposure, which is EM): every step raises the likelihood.</summary>
    private ListwiseMaximum MinoriseMaximise(double[] theta, int taken)
    {
        for (int iteration = taken + 1; iteration <= options.MaxIterations; iteration++)
        {
            double[] gradient = likelihood.At(theta).Gradient;
            double[] next = [.. theta.Select((t, i) => t + Math.Log(likelihood.Wins[i] / (likelihood.Wins[i] - gradient[i])))];
            MeanZero.Centre(next);
            double length = theta.Zip(next, (a, b) => Math.Abs(a - b)).Max();
            theta = next;
            if (length <= options.Tolerance)
            {
                return new ListwiseMaximum(theta, iteration, StopReason.Converged, null);
            }
        }

        return new ListwiseMaximum(theta, options.MaxIterations, StopReason.IterationLimit, null);
    }

    /// <summary>π ← stationary distribution of the chain with rates at π (Maystre, Grossglauser 2015).</summary>
    private ListwiseMaximum Spectral(double[] theta)
    {
        for (int iteration = 1; iteration <= options.MaxIterations; iteration++)
        {
            double[] chain = likelihood.At(theta, chain: true).Chain!;
            if (options.SpectralAlpha > 0)
            {
                // the rate is meant beside weights that add up to n
                double rate = options.SpectralAlpha * competitors / theta.Sum(Math.Exp);
                for (int k = 0; k < chain.Length; k++)
                {
                    chain[k] += rate;
                }
            }

            double[] next = Array.ConvertAll(StationaryDistribution.Of(chain, competitors, options.MaxDegreeOfParallelism), Math.Log);
            MeanZero.Centre(next);
            double moved = theta.Zip(next, (a, b) => Math.Abs(a - b)).Sum();
            theta = next;
            if (moved <= options.Tolerance)
            {
                return new ListwiseMaximum(theta, iteration, StopReason.Converged, null);
            }
        }

        return new ListwiseMaximum(theta, options.MaxIterations, StopReason.IterationLimit, null);
    }

    private static double[] Moved(double[] theta, double[] step, double share)
    {
        double[] moved = [.. theta.Select((t, i) => t + share * step[i])];
        MeanZero.Centre(moved);
        return moved;
    }
}
