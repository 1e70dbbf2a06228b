using MathNet.Numerics.LinearAlgebra;

namespace Arena.Ranking.Voting;

/// <summary>A flow on the pairs that were compared, and its parts.</summary>
internal sealed class HodgeFlows
{
    private const int MostIterations = 10_000;

    private readonly int _n;
    private readonly double[] _flow;
    private readonly double[] _weight;

    /// <summary>A flow and its weights.</summary>
    /// <param name="flow">n × n, row over column, antisymmetric.</param>
    /// <param name="weight">n × n, symmetric, 0 where not compared.</param>
    /// <param name="n">Competitors.</param>
    public HodgeFlows(double[] flow, double[] weight, int n) => (_flow, _weight, _n) = (flow, weight, n);

    public static HodgeFlows Of(PairwiseVotes duels, HodgeRankOptions options)
    {
        int n = duels.Competitors;
        double[] flow = new double[n * n], weight = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                (double won, double lost, double level) = i == j ? default : (duels.For(i, j), duels.For(j, i), duels.Level(i, j));
                double met = won + lost + level;
                weight[i * n + j] = met;
                flow[i * n + j] = met <= 0 ? 0
                    : options.Flow == HodgeFlow.WinRate ? (won - lost) / met
                    : Math.Log((won + level + options.Epsilon) / (lost + level + options.Epsilon));
            }
        }

        return new HodgeFlows(flow, weight, n);
    }

    public List<int[]> Components() => ComparisonGraph.Components(_n, (i, j) => _weight[i * _n + j] > 0);

    /// <summary>Whether the lightest pair is lost in the rounding of the heaviest.</summary>
    public bool WeightsTooUnlike => _weight.Where(w => w > 0).DefaultIfEmpty(1).Min() < 1e-12 * _weight.DefaultIfEmpty(1).Max();

    /// <summary>L s = Σⱼ w y, mean 0.</summary>
    public double[] Gradient()
    {
        Matrix<double> laplacian = Matrix<double>.Build.Dense(_n, _n);
        Vector<double> right = Vector<double>.Build.Dense(_n);
        for (int i = 0; i < _n; i++)
        {
            for (int j = 0; j < _n; j++)
            {
                double w = _weight[i * _n + j];
                laplacian[i, j] -= w;
                laplacian[i, i] += w;
                right[i] += w * _flow[i * _n + j];
            }
        }

        double[] ratings = MeanZero.FactorRounded(laplacian).Solve(right).ToArray();
        MeanZero.Centre(ratings);
        return ratings;
    }

    /// <summary>
    /// What the gradient leaves is projected onto the flows made of triangles; the rest is harmonic. Where all were compared with
    /// all there is none: every cycle is a sum of triangles.
    /// </summary>
    public HodgeShares Shares(double[] ratings)
    {
        double[] rest = new double[_n * _n];
        (double all, double cyclic, bool complete) = (0, 0, true);
        for (int i = 0; i < _n; i++)
        {
            for (int j = i + 1; j < _n; j++)
            {
                double w = _weight[i * _n + j], y = _flow[i * _n + j], left = y - ratings[i] + ratings[j];
                if (w <= 0)
                {
                    complete = false;
                    continue;
                }

                (all, cyclic) = (all + w * y * y, cyclic + w * left * left);
                rest[i * _n + j] = Math.Sqrt(w) * left;
                rest[j * _n + i] = -rest[i * _n + j];
            }
        }

        if (all <= 0)
        {
            return new HodgeShares(0, 0, 0);
        }

        double harmonic = complete || cyclic <= 1e-14 * all ? 0 : Math.Min(cyclic, OutsideTriangles(rest));
        cyclic = Math.Clamp(cyclic / all, 0, 1);
        harmonic = harmonic / all < 1e-9 ? 0 : harmonic / all;
        return new HodgeShares(1 - cyclic, cyclic - harmonic, harmonic);
    }

    /// <summary>
    /// Squared length of what no combination of triangles makes. With C the flows of triangles, the part inside their span solves
    /// C Cᵀ y = C Cᵀ r; conjugate gradients from 0 stay in the span. Flows are n × n, antisymmetric, scaled by √w.
    /// </summary>
    private double OutsideTriangles(double[] rest)
    {
        var inverse = new double[_n * _n];
        for (int k = 0; k < inverse.Length; k++)
        {
            inverse[k] = _weight[k] > 0 ? 1 / Math.Sqrt(_weight[k]) : 0;
        }

        double[] residual = Around(rest, inverse), direction = [.. residual], inside = new double[rest.Length];
        double square = Dot(residual, residual), first = square;
        for (int iteration = 0; square > 1e-24 * first && first > 0 && iteration < MostIterations; iteration++)
        {
            double[] moved = Around(direction, inverse);
            double length = Dot(direction, moved);
            if (length <= 0)
            {
                break;
            }

            double step = square / length;
            for (int e = 0; e < inside.Length; e++)
            {
                inside[e] += step * direction[e];
                residual[e] -= step * moved[e];
            }

            double next = Dot(residual, residual);
            for (int e = 0; e < direction.Length; e++)
            {
                direction[e] = residual[e] + next / square * direction[e];
            }

            square = next;
        }

        for (int e = 0; e < inside.Length; e++)
        {
            inside[e] = rest[e] - inside[e];
        }

        return Dot(inside, inside) / 2; // every pair stands there twice
    }

    /// <summary>
    /// C Cᵀ f: on every pair the flow around all its triangles. A flow around a triangle is orthogonal to every gradient when it is
    /// 1/w on each edge, 1/√w in scaled units.
    /// </summary>
    private double[] Around(double[] flow, double[] inverse)
    {
        double[] scaled = new double[flow.Length], around = new double[flow.Length];
        for (int k = 0; k < flow.Length; k++)
        {
            scaled[k] = flow[k] * inverse[k];
        }

        for (int i = 0; i < _n; i++)
        {
            for (int j = i + 1; j < _n; j++)
            {
                double own = inverse[i * _n + j];
                if (own <= 0)
                {
                    continue;
                }

                ReadOnlySpan<double> metFirst = _weight.AsSpan(i * _n, _n), metSecond = _weight.AsSpan(j * _n, _n);
                ReadOnlySpan<double> first = scaled.AsSpan(i * _n, _n), second = scaled.AsSpan(j * _n, _n);
                double direct = scaled[i * _n + j], sum = 0;
                for (int k = 0; k < _n; k++)
                {
                    sum += metFirst[k] > 0 && metSecond[k] > 0 ? direct + second[k] - first[k] : 0;
                }

                around[i * _n + j] = own * sum;
                around[j * _n + i] = -own * sum;
            }
        }

        return around;
    }

    private static double Dot(double[] a, double[] b) => Numerics.DenseProducts.Dot(a, b);
}
