using Arena.Ranking.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Arena.Ranking.Pairwise;

/// <summary>
/// Maximises log-likelihood − ½ Σ ridge · x² by Newton steps, halved until it rises. Where the curvature is not
/// positive definite, the diagonal is raised until it is (Levenberg).
/// </summary>
/// <param name="model">What to maximise.</param>
/// <param name="ridge">One a parameter, or empty for none.</param>
/// <param name="free">
/// How many of the first parameters may all be raised by the same amount without changing anything (then their mean is kept
/// at 0); 0 when the ridge holds them.
/// </param>
/// <param name="threads">At most; −1 is one a core.</param>
internal sealed class DampedNewton(IVoteLikelihood model, double[] ridge, int free, int threads)
{
    private const int MaxHalvings = 40;

    private readonly int _size = model.Parameters;

    public (double[] X, int Iterations, StopReason Reason) Maximise(double[] start, double tolerance, int maxIterations)
    {
        double[] x = [.. start];
        double value = Value(x);
        for (int iteration = 1; iteration <= maxIterations; iteration++)
        {
            (double[] step, double[] curvature) = Derivatives(x);
            Factor(curvature).Solve(step);
            double length = step.Max(Math.Abs), share = 1;
            double[] next = Moved(x, step, share);
            double raised = Value(next);
            double slack = 1e-13 * Math.Abs(value);
            for (int halving = 0; !(raised >= value - slack) && halving < MaxHalvings; halving++)
            {
                share /= 2;
                next = Moved(x, step, share);
                raised = Value(next);
            }

            if (!(raised >= value - slack))
            {
                return (x, iteration, StopReason.PrecisionLimit);
            }

            (x, value) = (next, raised);
            if (share * length <= tolerance)
            {
                return (x, iteration, StopReason.Converged);
            }

            if (HasDiverged(x))
            {
                return (x, iteration, StopReason.IterationLimit);
            }
        }

        return (x, maxIterations, StopReason.IterationLimit);
    }

    /// <summary>Whether a parameter is beyond all reason: the likelihood has no finite maximum.</summary>
    public bool HasDiverged(double[] x) => x.Where((value, p) => !(Math.Abs(value) <= model.Limit(p))).Any();

    /// <summary>The curvature at x, ridge included, row by row.</summary>
    public double[] Curvature(double[] x) => Derivatives(x).Curvature;

    /// <summary>The inverse of the curvature at x, ridge included, row by row; on vectors that leave the free mean alone.</summary>
    public double[] InverseCurvature(double[] x)
    {
        (_, double[] curvature) = Derivatives(x);
        double level = free > 0 ? 1 / (Shift(curvature) * free) : 0;
        double[] inverse = Factor(curvature).Inverse();
        for (int i = 0; i < free; i++)
        {
            for (int j = 0; j < free; j++)
            {
                inverse[i * _size + j] -= level;
            }
        }

        return inverse;
    }

    /// <summary>Smallest eigenvalue of the curvature (ridge and the free direction's shift included) scaled to a diagonal of ones: near 0 when the data cannot tell two parameters apart.</summary>
    public double Conditioning(double[] x)
    {
        (_, double[] curvature) = Derivatives(x);
        AddShift(curvature);
        Matrix<double> scaled = Matrix<double>.Build.Dense(_size, _size, curvature);
        double[] scale = [.. scaled.Diagonal().Select(d => d > 0 ? 1 / Math.Sqrt(d) : 0)];
        scaled.MapIndexedInplace((i, j, v) => v * scale[i] * scale[j]);
        return scaled.Evd(Symmetricity.Symmetric).EigenValues.Min(e => e.Real);
    }

    private double Value(double[] x)
    {
        double value = LikelihoodSums.Value(model, x);
        for (int p = 0; p < ridge.Length; p++)
        {
            value -= ridge[p] * x[p] * x[p] / 2;
        }

        return value;
    }

    private (double[] Gradient, double[] Curvature) Derivatives(double[] x)
    {
        (_, double[] gradient, double[] curvature) = LikelihoodSums.All(model, x);
        for (int p = 0; p < ridge.Length; p++)
        {
            gradient[p] -= ridge[p] * x[p];
            curvature[p * _size + p] += ridge[p];
        }

        return (gradient, curvature);
    }

    private double Shift(double[] curvature)
    {
        double trace = 0;
        for (int i = 0; i < free; i++)
        {
            trace += curvature[i * _size + i];
        }

        return Math.Max(trace / free, double.Epsilon);
    }

    private void AddShift(double[] curvature)
    {
        double add = free > 0 ? Shift(curvature) / free : 0;
        for (int i = 0; i < free; i++)
        {
            for (int j = 0; j < free; j++)
            {
                curvature[i * _size + j] += add;
            }
        }
    }

    private DenseCholesky Factor(double[] curvature)
    {
        AddShift(curvature);
        return DenseCholesky.FactorRaised(curvature, _size, threads);
    }

    private double[] Moved(double[] x, double[] step, double share)
    {
        double[] moved = [.. x.Select((p, k) => p + share * step[k])];
        double mean = 0;
        for (int i = 0; i < free; i++)
        {
            mean += moved[i] / free;
        }

        for (int i = 0; i < free; i++)
        {
            moved[i] -= mean;
        }

        return moved;
    }
}
