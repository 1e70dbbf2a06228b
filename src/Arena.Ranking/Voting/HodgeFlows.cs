using MathNet.Numerics.LinearAlgebra;

namespace Arena.Ranking.Voting;

/// <summary>A flow on the pairs that were compared, and its parts.</summary>
internal sealed class HodgeFlows
{
    private const int MostIterations = 10_000;

    private readonly int _n;
    private readonly double[] _flow;
    private readonly double[] _weight;

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

        double[] ratings = MeanZero.Factor(laplacian, out _).Solve(right).ToArray();
        MeanZero.Centre(ratings);
        return ratings;
    }

    /// <summary>
    /// What the gradient leaves is projected onto the flows made of triangles, by conjugate gradients on CᵀC c = Cᵀ r with
    /// the flow scaled by √w; the rest is harmonic.
    /// </summary>
    public HodgeShares Shares(double[] ratings)
    {
        var edges = new Dictionary<(int, int), int>();
        var rest = new List<double>();
        (double all, double cyclic) = (0, 0);
        for (int i = 0; i < _n; i++)
        {
            for (int j = i + 1; j < _n; j++)
            {
                if (_weight[i * _n + j] is var w and > 0)
                {
                    double y = _flow[i * _n + j], left = y - ratings[i] + ratings[j];
                    (all, cyclic) = (all + w * y * y, cyclic + w * left * left);
                    edges[(i, j)] = rest.Count;
                    rest.Add(Math.Sqrt(w) * left);
                }
            }
        }

        if (all <= 0)
        {
            return new HodgeShares(0, 0, 0);
        }

        // where every two were compared, triangles make every cycle
        bool complete = rest.Count == _n * (_n - 1) / 2;
        double harmonic = complete || cyclic <= 1e-14 * all ? 0 : Math.Min(cyclic, OutsideTriangles([.. rest], edges));
        cyclic = Math.Clamp(cyclic / all, 0, 1);
        harmonic = harmonic / all < 1e-9 ? 0 : harmonic / all;
        return new HodgeShares(1 - cyclic, cyclic - harmonic, harmonic);
    }

    /// <summary>Squared length of what no combination of triangles makes.</summary>
    private double OutsideTriangles(double[] rest, Dictionary<(int, int), int> edges)
    {
        var triangles = new List<(int Ij, int Jk, int Ik, double Wij, double Wjk, double Wik)>();
        foreach (((int i, int j), int ij) in edges)
        {
            for (int k = j + 1; k < _n; k++)
            {
                if (edges.TryGetValue((j, k), out int jk) && edges.TryGetValue((i, k), out int ik))
                {
                    triangles.Add((ij, jk, ik, Scale(i, j), Scale(j, k), Scale(i, k)));
                }
            }
        }

        double Scale(int i, int j) => 1 / Math.Sqrt(_weight[i * _n + j]);

        // a flow around a triangle is orthogonal to every gradient when it is 1/w on each edge, 1/√w in scaled units
        double[] left = [.. rest];
        double[] Around(double[] flow) => [.. triangles.Select(t => flow[t.Ij] * t.Wij + flow[t.Jk] * t.Wjk - flow[t.Ik] * t.Wik)];
        double[] gradient = Around(left), direction = [.. gradient];
        double square = gradient.Sum(g => g * g), first = square;
        for (int iteration = 0; square > 1e-24 * first && first > 0 && iteration < MostIterations; iteration++)
        {
            var moved = new double[left.Length];
            for (int t = 0; t < triangles.Count; t++)
            {
                moved[triangles[t].Ij] += direction[t] * triangles[t].Wij;
                moved[triangles[t].Jk] += direction[t] * triangles[t].Wjk;
                moved[triangles[t].Ik] -= direction[t] * triangles[t].Wik;
            }

            double length = moved.Sum(m => m * m);
            if (length <= 0)
            {
                break;
            }

            double step = square / length;
            for (int e = 0; e < left.Length; e++)
            {
                left[e] -= step * moved[e];
            }

            gradient = Around(left);
            double next = gradient.Sum(g => g * g);
            for (int t = 0; t < direction.Length; t++)
            {
                direction[t] = gradient[t] + next / square * direction[t];
            }

            square = next;
        }

        return left.Sum(l => l * l);
    }
}
