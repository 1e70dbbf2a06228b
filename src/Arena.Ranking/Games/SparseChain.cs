using Arena.Ranking.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Arena.Ranking.Games;

/// <summary>
/// The stationary distribution of a large profile space, where elimination would fill the matrix: refined Arnoldi for the known
/// eigenvalue 1 (Golub, Greif 2006), restarted, on the chain of jumps (rates divided by their sum in each profile, so that profiles
/// that are hardly ever left do not slow it down). Time in a profile is put back at the end.
/// </summary>
internal sealed class SparseChain
{
    /// <summary>Vectors kept between restarts: a few suffice where the spectrum is clustered, and each costs a vector of memory.</summary>
    private const int Basis = 24;

    private readonly int _states;
    private readonly int _degree;
    private readonly int[] _from;
    private readonly double[] _share;
    private readonly ScaledDouble[] _leaving;
    private readonly ParallelOptions _parallel;

    public SparseChain(ResponseSpace space, TransitionRates rates, int threads)
    {
        (_states, _degree) = (space.States, space.Neighbours);
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        _from = new int[checked(_states * _degree)];
        _share = new double[_from.Length];
        _leaving = new ScaledDouble[_states];
        ForStates((state, gains) =>
        {
            Span<int> to = _from.AsSpan(state * _degree, _degree);
            space.Fill(state, to, gains);
            ScaledDouble sum = ScaledDouble.Zero;
            for (int k = 0; k < to.Length; k++)
            {
                sum += rates.Of(state, to[k], gains[k]);
            }

            _leaving[state] = sum;
        });

        // neighbours are mutual, and what one gains the other loses: the jumps into a profile stand in its own row
        ForStates((state, gains) =>
        {
            Span<int> from = _from.AsSpan(state * _degree, _degree);
            space.Fill(state, from, gains);
            for (int k = 0; k < from.Length; k++)
            {
                _share[state * _degree + k] = (rates.Of(from[k], state, -gains[k]) / _leaving[from[k]]).ToDouble();
            }
        });
    }

    /// <summary>Iterates until one jump more moves the distribution of jumps by no more than the tolerance, or until so many jumps were tried.</summary>
    public (double[] Distribution, int Iterations, double Residual) Solve(double tolerance, int maxIterations)
    {
        var basis = new double[Basis + 1][];
        double[] x = new double[_states];
        Array.Fill(x, 1.0);
        (int iterations, double residual) = (0, double.PositiveInfinity);
        while (residual > tolerance && iterations < maxIterations)
        {
            (int size, Matrix<double> hessenberg) = Expand(x, basis);
            iterations += size;
            for (int j = 0; j < size; j++)
            {
                hessenberg[j, j] -= 1;
            }

            // the combination that one jump changes least
            Vector<double> least = hessenberg.Svd().VT.Row(size - 1);
            Array.Clear(x);
            for (int j = 0; j < size; j++)
            {
                AddScaled(x, basis[j], least[j]);
            }

            MakeDistribution(x);
            residual = Residual(x);
        }

        return (TimeSpent(x), iterations, residual);
    }

    private (int Size, Matrix<double> Hessenberg) Expand(double[] x, double[][] basis)
    {
        var h = Matrix<double>.Build.Dense(Basis + 1, Basis);
        basis[0] = Scaled(x, 1 / Math.Sqrt(Dot(x, x)));
        for (int j = 0; j < Basis; j++)
        {
            double[] next = Jump(basis[j]);
            // twice is enough (Kahan, Parlett): the second pass takes off what rounding left
            for (int pass = 0; pass < 2; pass++)
            {
                for (int i = 0; i <= j; i++)
                {
                    double part = Dot(basis[i], next);
                    h[i, j] += part;
                    AddScaled(next, basis[i], -part);
                }
            }

            double length = Math.Sqrt(Dot(next, next));
            h[j + 1, j] = length;
            if (length < 1e-14)
            {
                return (j + 1, h.SubMatrix(0, j + 2, 0, j + 1));
            }

            basis[j + 1] = Scaled(next, 1 / length);
        }

        return (Basis, h);
    }

    private double[] Jump(double[] x)
    {
        var next = new double[_states];
        Parallel.For(0, _states, _parallel, state =>
        {
            double sum = 0;
            int start = state * _degree;
            for (int k = start; k < start + _degree; k++)
            {
                sum += x[_from[k]] * _share[k];
            }

            next[state] = sum;
        });
        return next;
    }

    private double Residual(double[] x)
    {
        double[] next = Jump(x);
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += Math.Abs(next[i] - x[i]);
        }

        return sum;
    }

    /// <summary>Jumps into a profile times the mean stay in it.</summary>
    private double[] TimeSpent(double[] jumps)
    {
        var time = new ScaledDouble[_states];
        double most = double.NegativeInfinity;
        for (int i = 0; i < _states; i++)
        {
            time[i] = ScaledDouble.Of(jumps[i]) / _leaving[i];
            most = time[i].IsZero ? most : Math.Max(most, time[i].Exponent);
        }

        double[] distribution = Array.ConvertAll(time, t => t.IsZero ? 0 : new ScaledDouble(t.Mantissa, t.Exponent - most).ToDouble());
        MakeDistribution(distribution);
        return distribution;
    }

    private void ForStates(Action<int, double[]> body) => Parallel.For(0, _states, _parallel, () => new double[_degree], (state, _, gains) =>
    {
        body(state, gains);
        return gains;
    }, _ => { });

    /// <summary>The sign is arbitrary, and rounding may leave a trace on the wrong side of 0.</summary>
    private static void MakeDistribution(double[] x)
    {
        double sign = x.Sum() < 0 ? -1 : 1, sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = Math.Max(0, sign * x[i]);
            sum += x[i];
        }

        for (int i = 0; i < x.Length; i++)
        {
            x[i] /= sum;
        }
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static void AddScaled(double[] to, double[] from, double factor)
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] += factor * from[i];
        }
    }

    private static double[] Scaled(double[] x, double factor) => Array.ConvertAll(x, value => value * factor);
}
