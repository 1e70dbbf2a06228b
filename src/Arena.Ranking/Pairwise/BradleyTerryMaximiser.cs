using MathNet.Numerics.LinearAlgebra;

namespace Arena.Ranking.Pairwise;

/// <summary>Maximises the Bradley–Terry likelihood of pairwise counts that have a finite maximum.</summary>
internal sealed class BradleyTerryMaximiser(PairwiseCounts counts, BradleyTerryOptions options)
{
    private const int NewtonLimit = 1500;
    private const int MaxHalvings = 40;

    private readonly int _n = counts.Competitors;

    /// <summary>Log-strengths with mean 0, the iterations taken and why they ended.</summary>
    public (double[] Theta, int Iterations, StopReason Reason) Maximise()
    {
        var theta = new double[_n];
        bool newton = options.Solver == BradleyTerrySolver.Newton
            || (options.Solver == BradleyTerrySolver.Auto && _n <= NewtonLimit);
        if (!newton)
        {
            return MinoriseMaximise(theta, 0);
        }

        double likelihood = LogLikelihood(theta);
        for (int iteration = 1; iteration <= options.MaxIterations; iteration++)
        {
            double[]? step = NewtonStep(theta);
            if (step is null)
            {
                // curvature below what double precision can factor: small steps get there without it
                return MinoriseMaximise(theta, iteration);
            }

            double length = step.Max(Math.Abs);
            double[] next = Moved(theta, step, 1);
            double raised = LogLikelihood(next);
            double slack = 1e-13 * Math.Abs(likelihood);
            for (int halving = 1; !(raised >= likelihood - slack) && halving <= MaxHalvings; halving++)
            {
                length /= 2;
                next = Moved(theta, step, Math.Pow(0.5, halving));
                raised = LogLikelihood(next);
            }

            if (!(raised >= likelihood - slack))
            {
                return (theta, iteration, StopReason.PrecisionLimit);
            }

            (theta, likelihood) = (next, raised);
            if (length <= options.Tolerance)
            {
                return (theta, iteration, StopReason.Converged);
            }
        }

        return (theta, options.MaxIterations, StopReason.IterationLimit);
    }

    /// <summary>Σ over pairs n p (1 − p) (eᵢ − eⱼ)(eᵢ − eⱼ)ᵀ, prior included, no ridge.</summary>
    public Matrix<double> Hessian(double[] theta)
    {
        Matrix<double> hessian = Matrix<double>.Build.Dense(_n, _n);
        for (int i = 0; i < _n; i++)
        {
            foreach (int j in counts.Neighbours[i])
            {
                double p = Sigmoid(theta[i] - theta[j]);
                double curvature = counts.Comparisons(i, j) * p * (1 - p);
                hessian[i, j] = -curvature;
                hessian[i, i] += curvature;
            }
        }

        return hessian;
    }

    public double LogLikelihood(double[] theta)
    {
        double sum = 0;
        for (int i = 0; i < _n; i++)
        {
            foreach (int j in counts.Neighbours[i])
            {
                sum += counts.Won(i, j) * LogSigmoid(theta[i] - theta[j]);
            }
        }

        return sum;
    }

    internal static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    private static double LogSigmoid(double x) =>
        x >= 0 ? -double.LogP1(Math.Exp(-x)) : x - double.LogP1(Math.Exp(x));

    private static double[] Moved(double[] theta, double[] step, double share)
    {
        double[] moved = [.. theta.Select((t, i) => t + share * step[i])];
        MeanZero.Centre(moved);
        return moved;
    }

    private double[]? NewtonStep(double[] theta)
    {
        var gradient = new double[_n];
        for (int i = 0; i < _n; i++)
        {
            foreach (int j in counts.Neighbours[i])
            {
                gradient[i] += counts.Won(i, j) - counts.Comparisons(i, j) * Sigmoid(theta[i] - theta[j]);
            }
        }

        try
        {
            return MeanZero.Factor(Hessian(theta), out _).Solve(Vector<double>.Build.Dense(gradient)).ToArray();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>πᵢ ← wins / Σ n / (πᵢ + πⱼ) (Hunter 2004); every step raises the likelihood.</summary>
    private (double[] Theta, int Iterations, StopReason Reason) MinoriseMaximise(double[] theta, int taken)
    {
        var won = new double[_n];
        for (int i = 0; i < _n; i++)
        {
            won[i] = counts.Neighbours[i].Sum(j => counts.Won(i, j));
        }

        for (int iteration = taken + 1; iteration <= options.MaxIterations; iteration++)
        {
            var next = new double[_n];
            for (int i = 0; i < _n; i++)
            {
                // n / (πᵢ + πⱼ) = n σ(θᵢ − θⱼ) / πᵢ, which cannot overflow
                double expected = 0;
                foreach (int j in counts.Neighbours[i])
                {
                    expected += counts.Comparisons(i, j) * Sigmoid(theta[i] - theta[j]);
                }

                next[i] = theta[i] + Math.Log(won[i] / expected);
            }

            MeanZero.Centre(next);
            double length = theta.Zip(next, (a, b) => Math.Abs(a - b)).Max();
            theta = next;
            if (length <= options.Tolerance)
            {
                return (theta, iteration, StopReason.Converged);
            }
        }

        return (theta, options.MaxIterations, StopReason.IterationLimit);
    }
}
