namespace Arena.Ranking.Selection;

/// <summary>
/// Entropic transport between a growing choice of the pool and the target, both with equal weights, in the log domain:
/// f(x) = −ε ln Σ_y b(y) exp((g(y) − c(x, y))/ε), and the same for g.
/// </summary>
internal sealed class Sinkhorn
{
    private readonly double[] _pool;
    private readonly double[] _target;
    private readonly int _width;
    private readonly double _epsilon;
    private readonly TransportSelectionOptions _options;
    private readonly List<int> _chosen = [];
    private readonly List<double[]> _toTarget = [];
    private readonly List<double[]> _toChosen = [];
    private readonly double[] _other; // g
    private readonly List<double> _own = []; // potential of the choice with itself
    private double[] _cross = []; // f

    public Sinkhorn(double[] pool, double[] target, int width, TransportSelectionOptions options)
    {
        (_pool, _target, _width, _options, _epsilon) = (pool, target, width, options, options.Regularisation);
        _other = new double[target.Length / width];
    }

    /// <summary>Derivative of the divergence towards more mass on a sample.</summary>
    public double Slope(int sample)
    {
        if (_chosen.Count == 0)
        {
            double sum = 0;
            for (int j = 0; j < _other.Length; j++)
            {
                sum += Distance(Row(_pool, sample), Row(_target, j));
            }

            return sum / _other.Length;
        }

        return Potential(sample, _target, _other) - OwnPotential(sample);
    }

    /// <summary>Adds a sample and solves again from where the potentials stood.</summary>
    public void Take(int sample)
    {
        Add(sample);
        Solve();
    }

    public void Add(int sample)
    {
        var toTarget = new double[_other.Length];
        for (int j = 0; j < toTarget.Length; j++)
        {
            toTarget[j] = Distance(Row(_pool, sample), Row(_target, j));
        }

        _toTarget.Add(toTarget);
        Join(sample);
    }

    /// <summary>Adds a sample to the choice alone: enough for its transport to itself.</summary>
    private void Join(int sample)
    {
        var toChosen = new double[_chosen.Count + 1];
        for (int k = 0; k < _chosen.Count; k++)
        {
            toChosen[k] = Distance(Row(_pool, sample), Row(_pool, _chosen[k]));
        }

        _toChosen.Add(toChosen);
        _own.Add(_chosen.Count == 0 ? 0 : OwnPotential(sample));
        _chosen.Add(sample);
    }

    public void Solve()
    {
        int count = _chosen.Count;
        var f = new double[count];
        var column = new double[count];
        for (int round = 0; round < _options.MaxIterations; round++)
        {
            double change = 0;
            for (int k = 0; k < count; k++)
            {
                f[k] = SoftMin(_toTarget[k], _other);
            }

            for (int j = 0; j < _other.Length; j++)
            {
                for (int k = 0; k < count; k++)
                {
                    column[k] = _toTarget[k][j];
                }

                double g = SoftMin(column, f);
                change = Math.Max(change, Math.Abs(g - _other[j]));
                _other[j] = g;
            }

            if (change <= _options.Tolerance)
            {
                break;
            }
        }

        _cross = f;
        SolveOwn();
    }

    /// <summary>OT(choice, target) − ½OT(choice, choice) − ½OT(target, target), from the potentials.</summary>
    public double Divergence()
    {
        var mirror = new Sinkhorn(_target, _target, _width, _options);
        for (int j = 0; j < _other.Length; j++)
        {
            mirror.Join(j);
        }

        mirror.SolveOwn();
        double crossed = _cross.Average() + _other.Average();
        return Math.Max(0, crossed - _own.Average() - mirror._own.Average());
    }

    /// <summary>The symmetric problem: p ← ½(p + softmin p).</summary>
    private void SolveOwn()
    {
        int count = _chosen.Count;
        double[] p = [.. _own], row = new double[count];
        for (int round = 0; round < _options.MaxIterations; round++)
        {
            double change = 0;
            for (int k = 0; k < count; k++)
            {
                for (int l = 0; l < count; l++)
                {
                    row[l] = k >= l ? _toChosen[k][l] : _toChosen[l][k];
                }

                double next = 0.5 * (p[k] + SoftMin(row, p));
                change = Math.Max(change, Math.Abs(next - p[k]));
                p[k] = next;
            }

            if (change <= _options.Tolerance)
            {
                break;
            }
        }

        for (int k = 0; k < count; k++)
        {
            _own[k] = p[k];
        }
    }

    private double Potential(int sample, double[] rows, double[] potentials)
    {
        ReadOnlySpan<double> x = Row(_pool, sample);
        double most = double.NegativeInfinity, sum = 0;
        for (int j = 0; j < potentials.Length; j++)
        {
            Accumulate((potentials[j] - Distance(x, Row(rows, j))) / _epsilon, ref most, ref sum);
        }

        return -_epsilon * (most + Math.Log(sum / potentials.Length));
    }

    private double OwnPotential(int sample)
    {
        ReadOnlySpan<double> x = Row(_pool, sample);
        double most = double.NegativeInfinity, sum = 0;
        for (int k = 0; k < _chosen.Count; k++)
        {
            Accumulate((_own[k] - Distance(x, Row(_pool, _chosen[k]))) / _epsilon, ref most, ref sum);
        }

        return -_epsilon * (most + Math.Log(sum / _chosen.Count));
    }

    private double SoftMin(double[] costs, double[] potentials)
    {
        double most = double.NegativeInfinity, sum = 0;
        for (int k = 0; k < costs.Length; k++)
        {
            most = Math.Max(most, potentials[k] - costs[k]);
        }

        for (int k = 0; k < costs.Length; k++)
        {
            sum += Math.Exp((potentials[k] - costs[k] - most) / _epsilon);
        }

        return -most - _epsilon * Math.Log(sum / costs.Length);
    }

    /// <summary>sum·e^most += e^exponent, without overflow, in one pass.</summary>
    private static void Accumulate(double exponent, ref double most, ref double sum)
    {
        if (exponent <= most)
        {
            sum += Math.Exp(exponent - most);
        }
        else
        {
            sum = sum * Math.Exp(most - exponent) + 1;
            most = exponent;
        }
    }

    private static double Distance(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int k = 0; k < x.Length; k++)
        {
            sum += (x[k] - y[k]) * (x[k] - y[k]);
        }

        return sum;
    }

    private ReadOnlySpan<double> Row(double[] rows, int row) => rows.AsSpan(row * _width, _width);
}
