using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Arena.Ranking.Pairwise;

/// <summary>
/// Maximises log-likelihood − ½ Σ ridge · (x − centre)² by Newton steps, halved until it rises. Where the curvature is not
/// positive definite, the diagonal is raised until it is (Levenberg).
/// </summary>
/// <param name="model">What to maximise.</param>
/// <param name="ridge">One a parameter, or empty for none.</param>
/// <param name="centre">Where the ridge pulls to; one a parameter, or empty for 0.</param>
/// <param name="free">
/// How many of the first parameters may all be raised by the same amount without changing anything (then their mean is kept
/// at 0); 0 when the ridge holds them.
/// </param>
internal sealed class DampedNewton(IVoteLikelihood model, double[] ridge, double[] centre, int free)
{
    private const int MaxHalvings = 40;

    /// <summary>A log-strength beyond this means odds of e⁴⁰ to one: the likelihood has no finite maximum.</summary>
    public const double Diverged = 40;

    public (double[] X, int Iterations, StopReason Reason) Maximise(double[] start, double tolerance, int maxIterations)
    {
        double[] x = [.. start];
        double value = Value(x);
        for (int iteration = 1; iteration <= maxIterations; iteration++)
        {
            (double[] gradient, Matrix<double> curvature) = Derivatives(x);
            double[] step = Factor(curvature).Solve(Vector<double>.Build.Dense(gradient)).ToArray();
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

            if (Array.Exists(x, p => Math.Abs(p) > Diverged))
            {
                return (x, iteration, StopReason.IterationLimit);
            }
        }

        return (x, maxIterations, StopReason.IterationLimit);
    }

    /// <summary>The inverse of the curvature at x, ridge included; on vectors that leave the free mean alone.</summary>
    public Matrix<double> InverseCurvature(double[] x)
    {
        (_, Matrix<double> curvature) = Derivatives(x);
        int n = curvature.RowCount;
        double shift = free > 0 ? Shift(curvature) : 0;
        Matrix<double> inverse = Factor(curvature).Solve(Matrix<double>.Build.DenseIdentity(n));
        for (int i = 0; i < free; i++)
        {
            for (int j = 0; j < free; j++)
            {
                inverse[i, j] -= 1 / (shift * free);
            }
        }

        return inverse;
    }

    /// <summary>Smallest eigenvalue of the curvature (ridge and the free direction's shift included) as a share of the largest: near 0 when the data cannot tell two parameters apart.</summary>
    public double Conditioning(double[] x)
    {
        (_, Matrix<double> curvature) = Derivatives(x);
        AddShift(curvature);
        double[] scale = [.. curvature.Diagonal().Select(d => d > 0 ? 1 / Math.Sqrt(d) : 0)];
        curvature.MapIndexedInplace((i, j, v) => v * scale[i] * scale[j]);
        return curvature.Evd(Symmetricity.Symmetric).EigenValues.Min(e => e.Real);
    }

    /// <summary>The curvature at x, ridge included.</summary>
    public Matrix<double> Curvature(double[] x) => Derivatives(x).Curvature;

    private double Value(double[] x)
    {
        double value = LikelihoodSums.Value(model, x);
        for (int p = 0; p < ridge.Length; p++)
        {
            double away = x[p] - Centre(p);
            value -= ridge[p] * away * away / 2;
        }

        return value;
    }

    private (double[] Gradient, Matrix<double> Curvature) Derivatives(double[] x)
    {
        (_, double[] gradient, Matrix<double> curvature) = LikelihoodSums.All(model, x);
        for (int p = 0; p < ridge.Length; p++)
        {
            gradient[p] -= ridge[p] * (x[p] - Centre(p));
            curvature[p, p] += ridge[p];
        }

        return (gradient, curvature);
    }

    private double Centre(int p) => centre.Length == 0 ? 0 : centre[p];

    private double Shift(Matrix<double> curvature)
    {
        double trace = 0;
        for (int i = 0; i < free; i++)
        {
            trace += curvature[i, i];
        }

        return Math.Max(trace / free, double.Epsilon);
    }

    private void AddShift(Matrix<double> curvature)
    {
        double add = free > 0 ? Shift(curvature) / free : 0;
        for (int i = 0; i < free; i++)
        {
            for (int j = 0; j < free; j++)
            {
                curvature[i, j] += add;
            }
        }
    }

    private Cholesky<double> Factor(Matrix<double> curvature)
    {
        Matrix<double> matrix = curvature.Clone();
        AddShift(matrix);
        double size = Math.Max(matrix.Diagonal().AbsoluteMaximum(), 1e-300);
        for (double raise = 0; ; raise = raise > 0 ? raise * 10 : 1e-10)
        {
            try
            {
                return (raise > 0 ? matrix.Add(Matrix<double>.Build.DenseDiagonal(matrix.RowCount, raise * size)) : matrix).Cholesky();
            }
            catch (ArgumentException) when (raise < 1e6)
            {
                // not positive definite yet: a flatter step
            }
        }
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
