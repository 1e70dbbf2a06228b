using MathNet.Numerics.LinearAlgebra;

namespace Arena.Ranking.Pairwise;

/// <summary>One fit of <see cref="DynamicBradleyTerry"/> at a given drift: the most probable paths, by Newton steps.</summary>
internal sealed class DynamicFit
{
    /// <summary>Variance of a step of a competitor that is held still: too small to see, large enough to factor.</summary>
    private const double Still = 1e-8;

    private readonly PairTerms[] _periods;
    private readonly LogitLikelihood[] _likelihood;
    private readonly Vector<double>[] _stepVariance;
    private readonly Vector<double>[] _driftVariance;
    private readonly double _startPrecision;
    private readonly int _n;

    /// <summary>Strengths as a path through the periods.</summary>
    /// <param name="periods">The votes of every period.</param>
    /// <param name="gaps">Time from each period to the next.</param>
    /// <param name="drift">Variance a unit of time, natural units.</param>
    /// <param name="startVariance">Variance of the strengths at the start.</param>
    /// <param name="living">Who drifts.</param>
    /// <param name="freed">Steps that may be as large as the strengths at the start.</param>
    /// <param name="start">Where to begin; null is 0.</param>
    public DynamicFit(
        PairTerms[] periods,
        double[] gaps,
        double drift,
        double startVariance,
        IReadOnlyList<bool>? living,
        IReadOnlyList<(int Step, int Competitor)> freed,
        Vector<double>[]? start)
    {
        (_periods, _n, _startPrecision) = (periods, periods[0].Competitors, 1 / startVariance);
        _likelihood = [.. periods.Select(p => new LogitLikelihood(p, [], 0))];
        _stepVariance = [.. gaps.Select(gap => Vector<double>.Build.Dense(_n, i => living?[i] == false ? Still : Math.Max(Still, drift * gap)))];
        _driftVariance = [.. _stepVariance.Select(v => v.Clone())];
        foreach ((int step, int competitor) in freed)
        {
            _stepVariance[step][competitor] = startVariance;
        }

        Theta = start ?? [.. periods.Select(_ => Vector<double>.Build.Dense(_n))];
    }

    public Vector<double>[] Theta { get; private set; }

    public int Iterations { get; private set; }

    public StopReason Reason { get; private set; } = StopReason.IterationLimit;

    /// <summary>Laplace's approximation of the logarithm of the chance of the votes, up to what does not depend on the drift.</summary>
    public double LogEvidence { get; private set; }

    /// <summary>Posterior covariance of the strengths in every period.</summary>
    public Matrix<double>[] Blocks { get; private set; } = [];

    /// <summary>Steps over their standard deviations under drift alone (Harvey, Koopman 1992); 0 where the votes say nothing on one.</summary>
    public Vector<double>[] StandardisedSteps { get; private set; } = [];

    public DynamicFit Run(double tolerance, int maxIterations)
    {
        double value = Value(Theta);
        while (Iterations < maxIterations && Reason == StopReason.IterationLimit)
        {
            Iterations++;
            (BlockChain chain, Vector<double>[] gradient) = Derivatives();
            Vector<double>[] step = chain.Solve(gradient);
            double share = 1, raised;
            Vector<double>[] next;
            do
            {
                next = [.. Theta.Zip(step, (x, s) => x + share * s)];
                raised = Value(next);
                share /= 2;
            }
            while (!(raised >= value - 1e-13 * Math.Abs(value)) && share > 1e-12);

            if (!(raised >= value - 1e-13 * Math.Abs(value)))
            {
                Reason = StopReason.PrecisionLimit;
                break;
            }

            (Theta, value) = (next, raised);
            Reason = 2 * share * step.Max(s => s.AbsoluteMaximum()) <= tolerance ? StopReason.Converged : StopReason.IterationLimit;
        }

        (BlockChain final, _) = Derivatives();
        LogEvidence = value - _stepVariance.Sum(v => v.PointwiseLog().Sum()) / 2 - final.LogDeterminant / 2;
        return this;
    }

    /// <summary>Fills <see cref="Blocks"/> and <see cref="StandardisedSteps"/>.</summary>
    public void Spread()
    {
        (BlockChain chain, _) = Derivatives();
        (Blocks, Vector<double>[] left) = chain.Inverse();
        StandardisedSteps = [.. left.Select((posterior, t) => Vector<double>.Build.Dense(_n, i =>
        {
            // what the votes alone say of the step: its estimate has variance s, 1/posterior = 1/s + 1/prior
            double prior = _stepVariance[t][i], information = 1 / posterior[i] - 1 / prior;
            if (_driftVariance[t][i] <= Still || !(information > 1e-6 / prior))
            {
                return 0;
            }

            double variance = 1 / information, estimate = (Theta[t + 1][i] - Theta[t][i]) * variance / posterior[i];
            return estimate / Math.Sqrt(_driftVariance[t][i] + variance);
        }))];
    }

    private double Value(Vector<double>[] theta)
    {
        double sum = -_startPrecision * (theta[0] * theta[0]) / 2;
        for (int t = 0; t < theta.Length; t++)
        {
            sum += LikelihoodSums.Value(_likelihood[t], theta[t].ToArray());
            if (t > 0)
            {
                Vector<double> step = theta[t] - theta[t - 1];
                sum -= step.PointwiseMultiply(step).PointwiseDivide(_stepVariance[t - 1]).Sum() / 2;
            }
        }

        return sum;
    }

    private (BlockChain Chain, Vector<double>[] Gradient) Derivatives()
    {
        int count = _periods.Length;
        var blocks = new Matrix<double>[count];
        var gradient = new Vector<double>[count];
        Vector<double>[] link = [.. _stepVariance.Select(v => 1 / v)];
        for (int t = 0; t < count; t++)
        {
            (_, double[] slope, double[] curvature) = LikelihoodSums.All(_likelihood[t], Theta[t].ToArray());
            // symmetric, so that rows may be read as columns
            (blocks[t], gradient[t]) = (Matrix<double>.Build.Dense(_n, _n, curvature), Vector<double>.Build.Dense(slope));
            if (t == 0)
            {
                gradient[t] -= _startPrecision * Theta[t];
                AddDiagonal(blocks[t], Vector<double>.Build.Dense(_n, _startPrecision));
            }
            else
            {
                gradient[t] -= link[t - 1].PointwiseMultiply(Theta[t] - Theta[t - 1]);
                AddDiagonal(blocks[t], link[t - 1]);
            }

            if (t + 1 < count)
            {
                gradient[t] += link[t].PointwiseMultiply(Theta[t + 1] - Theta[t]);
                AddDiagonal(blocks[t], link[t]);
            }
        }

        return (new BlockChain(blocks, link), gradient);
    }

    private static void AddDiagonal(Matrix<double> matrix, Vector<double> values)
    {
        for (int i = 0; i < values.Count; i++)
        {
            matrix[i, i] += values[i];
        }
    }
}
