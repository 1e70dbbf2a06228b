using Arena.Ranking.Numerics;
using Arena.Ranking.Pairwise;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Voting;

/// <summary>
/// Coordinates of every competitor: its strength, then two a block. Given the others', its own are a ridge logistic
/// regression: s(i, j) = xᵀvᵢ − θⱼ with x = (1, u_j,2b+1, −u_j,2b, …).
/// </summary>
internal sealed class PreferenceFit(PairwiseVotes duels, int blocks, CyclicPreferenceOptions options)
{
    private const ulong Streams = 0x43594331;

    private readonly int _n = duels.Competitors;
    private readonly int _width = 1 + 2 * blocks;
    private double[] _coordinates = [];

    public int Iterations { get; private set; }

    public StopReason Reason { get; private set; }

    public double LogLikelihood { get; private set; }

    /// <summary>Maximises by turns.</summary>
    /// <param name="start">Where to begin; null is a small random start.</param>
    public PreferenceFit Run(PreferenceFit? start)
    {
        var random = new Xoshiro256(options.Seed, Streams);
        _coordinates = start is not null ? [.. start._coordinates] : [.. Enumerable.Range(0, _n * _width).Select(k => k % _width == 0 ? 0 : 0.5 * random.NextNormal())];
        double before = Penalised();
        Reason = StopReason.IterationLimit;
        for (Iterations = 1; Iterations <= options.MaxIterations; Iterations++)
        {
            for (int i = 0; i < _n; i++)
            {
                Improve(i);
            }

            double after = Penalised();
            if (after - before <= options.Tolerance * Math.Abs(after))
            {
                Reason = StopReason.Converged;
                break;
            }

            before = after;
        }

        LogLikelihood = Likelihood(duels);
        return this;
    }

    /// <summary>n × n scores.</summary>
    public double[] Scores()
    {
        var scores = new double[_n * _n];
        for (int i = 0; i < _n; i++)
        {
            for (int j = 0; j < _n; j++)
            {
                scores[i * _n + j] = i == j ? 0 : Score(i, j);
            }
        }

        return scores;
    }

    public double[] Strengths()
    {
        double[] strengths = [.. Enumerable.Range(0, _n).Select(i => _coordinates[i * _width])];
        MeanZero.Centre(strengths);
        return strengths;
    }

    public static double[] AgainstTheField(double[] scores, int n) =>
        [.. Enumerable.Range(0, n).Select(i => scores.AsSpan(i * n, n).ToArray().Sum() / Math.Max(1, n - 1))];

    /// <summary>Σ votes ln σ(s/τ) of these or other votes, ties half each way.</summary>
    public double Likelihood(PairwiseVotes votes)
    {
        double sum = 0;
        for (int i = 0; i < _n; i++)
        {
            for (int j = 0; j < _n; j++)
            {
                double won = i == j ? 0 : votes.For(i, j) + votes.Level(i, j) / 2;
                sum += won > 0 ? won * LogSigmoid(Score(i, j) / options.Temperature) : 0;
            }
        }

        return sum;
    }

    private double Penalised() => Likelihood(duels) - options.Ridge / 2 * _coordinates.Sum(c => c * c);

    private double Score(int i, int j)
    {
        ReadOnlySpan<double> u = _coordinates.AsSpan(i * _width, _width), v = _coordinates.AsSpan(j * _width, _width);
        double score = u[0] - v[0];
        for (int k = 1; k < _width; k += 2)
        {
            score += u[k] * v[k + 1] - u[k + 1] * v[k];
        }

        return score;
    }

    /// <summary>A Newton step of one competitor's coordinates, halved until its likelihood rises.</summary>
    private void Improve(int i)
    {
        double[] step = new double[_width], hessian = new double[_width * _width], x = new double[_width];
        for (int j = 0; j < _n; j++)
        {
            (double won, double met) = Votes(i, j);
            if (met <= 0)
            {
                continue;
            }

            Opponent(j, x);
            double p = BradleyTerryMaximiser.Sigmoid(Score(i, j) / options.Temperature);
            double slope = (won - met * p) / options.Temperature, curve = met * p * (1 - p) / (options.Temperature * options.Temperature);
            for (int a = 0; a < _width; a++)
            {
                step[a] += slope * x[a];
                for (int b = 0; b < _width; b++)
                {
                    hessian[a * _width + b] += curve * x[a] * x[b];
                }
            }
        }

        Span<double> own = _coordinates.AsSpan(i * _width, _width);
        double[] old = own.ToArray();
        for (int a = 0; a < _width; a++)
        {
            step[a] -= options.Ridge * old[a];
            hessian[a * _width + a] += options.Ridge;
        }

        DenseCholesky.FactorRaised(hessian, _width, 1).Solve(step);
        double before = Own(i);
        for (double share = 1; share > 1e-6; share /= 2)
        {
            for (int a = 0; a < _width; a++)
            {
                own[a] = old[a] + share * step[a];
            }

            if (Own(i) >= before)
            {
                return;
            }
        }

        old.CopyTo(own);
    }

    private double Own(int i)
    {
        double sum = 0;
        for (int j = 0; j < _n; j++)
        {
            (double won, double met) = Votes(i, j);
            if (met > 0)
            {
                double s = Score(i, j) / options.Temperature;
                sum += won * LogSigmoid(s) + (met - won) * LogSigmoid(-s);
            }
        }

        foreach (double c in _coordinates.AsSpan(i * _width, _width))
        {
            sum -= options.Ridge / 2 * c * c;
        }

        return sum;
    }

    private (double Won, double Met) Votes(int i, int j) => i == j
        ? default
        : (duels.For(i, j) + duels.Level(i, j) / 2, duels.For(i, j) + duels.For(j, i) + duels.Level(i, j));

    private void Opponent(int j, double[] x)
    {
        ReadOnlySpan<double> v = _coordinates.AsSpan(j * _width, _width);
        x[0] = 1;
        for (int k = 1; k < _width; k += 2)
        {
            (x[k], x[k + 1]) = (v[k + 1], -v[k]);
        }
    }

    private static double LogSigmoid(double s) => s >= 0 ? -double.LogP1(Math.Exp(-s)) : s - double.LogP1(Math.Exp(s));
}
