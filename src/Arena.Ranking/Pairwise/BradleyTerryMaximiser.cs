using Arena.Ranking.Numerics;

namespace Arena.Ranking.Pairwise;

/// <summary>
/// Maximises the Bradley–Terry likelihood of pairwise counts that have a finite maximum: Newton steps, by Cholesky for few competitors and by
/// conjugate gradients over the compared pairs for many, or minorise–maximise.
/// </summary>
internal sealed class BradleyTerryMaximiser(PairwiseCounts counts, BradleyTerryOptions options)
{
    /// <summary>From here on a few passes over the pairs cost less than a factorisation.</summary>
    private const int DenseLimit = 256;
    private const int MaxHalvings = 40;
    private const int MaxPasses = 400;
    private const double StepAccuracy = 1e-3;

    private readonly int _n = counts.Competitors;
    private readonly PairCurvature _pairs = new(counts);

    /// <summary>Log-strengths with mean 0, the iterations taken and why they ended.</summary>
    public (double[] Theta, int Iterations, StopReason Reason) Maximise() => Maximise(new double[_n], options.MaxIterations);

    /// <summary>The same from given log-strengths, in at most so many steps.</summary>
    public (double[] Theta, int Iterations, StopReason Reason) Maximise(double[] theta, int maxIterations)
    {
        theta = [.. theta];
        MeanZero.Centre(theta);
        if (options.Solver == BradleyTerrySolver.MinoriseMaximise)
        {
            return MinoriseMaximise(theta, 0, maxIterations);
        }

        double likelihood = _pairs.Evaluate(theta);
        for (int iteration = 1; iteration <= maxIterations; iteration++)
        {
            double[]? step = NewtonStep();
            if (step is null)
            {
                // curvature below what double precision can factor: small steps get there without it
                return MinoriseMaximise(theta, iteration, maxIterations);
            }

            double length = Largest(step);
            double[] next = Moved(theta, step, 1);
            double raised = _pairs.Evaluate(next);
            double slack = 1e-13 * Math.Abs(likelihood);
            for (int halving = 1; !(raised >= likelihood - slack) && halving <= MaxHalvings; halving++)
            {
                length /= 2;
                next = Moved(theta, step, Math.Pow(0.5, halving));
                raised = _pairs.Evaluate(next);
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

        return (theta, maxIterations, StopReason.IterationLimit);
    }

    public double LogLikelihood(double[] theta) => _pairs.Evaluate(theta);

    /// <summary>
    /// The inverse of the Hessian Σ over pairs n p (1 − p) (eᵢ − eⱼ)(eᵢ − eⱼ)ᵀ, prior included, on vectors that add up to 0; in the all-ones
    /// direction something finite, which no score vector has a share of. With a ridge, the plain inverse of Hessian + ridge · I.
    /// </summary>
    public double[] InverseHessian(double[] theta, double ridge = 0)
    {
        _pairs.Evaluate(theta);
        double[] matrix = _pairs.Dense(ridge > 0 ? 0 : MeanDiagonal());
        for (int i = 0; i < _n; i++)
        {
            matrix[i * _n + i] += ridge;
        }

        return DenseCholesky.TryFactor(matrix, _n, options.MaxDegreeOfParallelism, out DenseCholesky? cholesky)
            ? cholesky.Inverse()
            : throw new RankingException(new Diagnosis.BeyondPrecision());
    }

    /// <summary>The Hessian, prior included: n × n.</summary>
    public double[] Hessian(double[] theta)
    {
        _pairs.Evaluate(theta);
        return _pairs.Dense(0);
    }

    internal static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    private double MeanDiagonal()
    {
        double sum = 0;
        foreach (double curvature in _pairs.Curvature)
        {
            sum += curvature;
        }

        return 2 * sum / _n;
    }

    private static double Largest(ReadOnlySpan<double> values)
    {
        double most = 0;
        foreach (double value in values)
        {
            most = Math.Max(most, Math.Abs(value));
        }

        return most;
    }

    private static double[] Moved(double[] theta, double[] step, double share)
    {
        var moved = new double[theta.Length];
        for (int i = 0; i < moved.Length; i++)
        {
            moved[i] = theta[i] + share * step[i];
        }

        MeanZero.Centre(moved);
        return moved;
    }

    private double[]? NewtonStep()
    {
        if (_n > DenseLimit && ConjugateGradients() is { } step)
        {
            return step;
        }

        double shift = MeanDiagonal();
        if (!(shift > 0) || !DenseCholesky.TryFactor(_pairs.Dense(shift), _n, options.MaxDegreeOfParallelism, out DenseCholesky? cholesky))
        {
            return null;
        }

        double[] x = [.. _pairs.Gradient];
        cholesky.Solve(x);
        return x;
    }

    /// <summary>The Newton step to three digits, scaled by the diagonal; null when that takes too long.</summary>
    private double[]? ConjugateGradients()
    {
        double[] diagonal = _pairs.Diagonal();
        double[] r = [.. _pairs.Gradient], x = new double[_n], z = new double[_n], product = new double[_n];
        for (int i = 0; i < _n; i++)
        {
            z[i] = r[i] / diagonal[i];
        }

        double[] direction = [.. z];
        double size = DenseProducts.Dot(r, z), goal = StepAccuracy * StepAccuracy * size;
        for (int pass = 0; pass < MaxPasses; pass++)
        {
            if (!(size > goal))
            {
                return double.IsNaN(size) ? null : x;
            }

            _pairs.Multiply(direction, product);
            double along = size / DenseProducts.Dot(direction, product);
            for (int i = 0; i < _n; i++)
            {
                x[i] += along * direction[i];
                r[i] -= along * product[i];
                z[i] = r[i] / diagonal[i];
            }

            double next = DenseProducts.Dot(r, z), kept = next / size;
            for (int i = 0; i < _n; i++)
            {
                direction[i] = z[i] + kept * direction[i];
            }

            size = next;
        }

        return null;
    }

    /// <summary>πᵢ ← wins / Σ n / (πᵢ + πⱼ) (Hunter 2004); every step raises the likelihood.</summary>
    private (double[] Theta, int Iterations, StopReason Reason) MinoriseMaximise(double[] theta, int taken, int maxIterations)
    {
        var won = new double[_n];
        for (int i = 0; i < _n; i++)
        {
            for (int c = counts.Start[i]; c < counts.Start[i + 1]; c++)
            {
                won[i] += counts.RowWon[c];
                won[counts.Second[c]] += counts.RowLost[c];
            }
        }

        for (int iteration = taken + 1; iteration <= maxIterations; iteration++)
        {
            double[] expected = Expected(theta), next = [.. theta];
            for (int i = 0; i < _n; i++)
            {
                next[i] += Math.Log(won[i] / expected[i]);
            }

            MeanZero.Centre(next);
            double length = 0;
            for (int i = 0; i < _n; i++)
            {
                length = Math.Max(length, Math.Abs(theta[i] - next[i]));
            }

            theta = next;
            if (length <= options.Tolerance)
            {
                return (theta, iteration, StopReason.Converged);
            }
        }

        return (theta, maxIterations, StopReason.IterationLimit);
    }

    /// <summary>Σ n / (πᵢ + πⱼ) = Σ n σ(θᵢ − θⱼ) / πᵢ, which cannot overflow.</summary>
    private double[] Expected(double[] theta)
    {
        var expected = new double[_n];
        for (int i = 0; i < _n; i++)
        {
            for (int c = counts.Start[i]; c < counts.Start[i + 1]; c++)
            {
                int j = counts.Second[c];
                double all = counts.RowWon[c] + counts.RowLost[c];
                expected[i] += all * Sigmoid(theta[i] - theta[j]);
                expected[j] += all * Sigmoid(theta[j] - theta[i]);
            }
        }

        return expected;
    }
}
