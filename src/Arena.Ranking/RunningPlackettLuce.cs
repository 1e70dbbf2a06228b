using Arena.Ranking.Listwise;
using Arena.Ranking.Numerics;

namespace Arena.Ranking;

/// <summary>
/// Plackett–Luce ratings that follow ballots as they come, of the same penalised likelihood as <see cref="PlackettLuce"/> with
/// the same options: a board that shows them does not jump when the full fit arrives.
/// </summary>
/// <remarks>
/// At the maximum of the ballots so far the gradient of theirs is 0, so one Newton step with the gradient g of the new ballots
/// alone, θ += H⁻¹ g with H the information of all of them, is a Newton step for everything. It costs the new ballots and a few
/// products with the n × n matrix H (conjugate gradients), however many ballots there are. What the quadratic leaves out adds
/// up, so the whole likelihood is maximised again, from where the ratings are, while there are few ballots and whenever
/// their number has grown by a tenth: about eleven passes over all of them in all. Not thread-safe.
/// </remarks>
public sealed class RunningPlackettLuce
{
    /// <summary>Up to so many ballots, a full fit is as cheap as a step.</summary>
    private const int Few = 2000;

    private const double Growth = 1.1;
    private const double Tolerance = 1e-10;

    private readonly PlackettLuceOptions _options;
    private readonly BallotsBuilder _all;
    private readonly double[] _theta;
    private readonly double[] _ratings;
    private double[] _curvature;
    private int _converged;

    /// <summary>Starts without ballots, everybody at the mean.</summary>
    /// <param name="competitors">n, 1 or more.</param>
    /// <param name="options">Those of the full fit; <see cref="PlackettLuceOptions.Ridge"/> above 0, so that there is a finite maximum after every ballot.</param>
    /// <exception cref="ArgumentException">The ridge is 0, or there are prior ratings.</exception>
    public RunningPlackettLuce(int competitors, PlackettLuceOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(competitors, 1);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Ridge <= 0)
        {
            throw new ArgumentException("Ratings that follow ballots need a ridge above 0: without one the first ballots have no finite fit.", nameof(options));
        }

        if (options.PriorRatings is not null)
        {
            throw new ArgumentException("Ratings that follow ballots start at the mean: they take no prior ratings.", nameof(options));
        }

        _options = options with { Solver = PlackettLuceSolver.Newton, StartRatings = null };
        _all = new BallotsBuilder(competitors);
        _theta = new double[competitors];
        _ratings = new double[competitors];
        _curvature = new double[competitors * competitors];
        Show();
    }

    /// <summary>n.</summary>
    public int Competitors => _theta.Length;

    /// <summary>Ballots taken in.</summary>
    public int Count => _all.Count;

    /// <summary>One a competitor, in points as in <see cref="Standing.Rating"/>.</summary>
    public ReadOnlySpan<double> Ratings => _ratings;

    /// <summary>All ballots taken in, in order: what a full fit is made from.</summary>
    public Ballots ToBallots() => _all.ToBallots();

    /// <summary>Takes ballots in.</summary>
    /// <param name="ballots">The new ones alone, among the same competitors.</param>
    public void Add(Ballots ballots)
    {
        Check(ballots);
        for (int b = 0; b < ballots.Count; b++)
        {
            _all.AddChecked(ballots[b]);
        }

        if (Count <= Few || Count >= _converged * Growth)
        {
            Converge();
            return;
        }

        ListwiseSums sums = Pass(ballots);
        double[] curvature = sums.Curvature!;
        for (int k = 0; k < _curvature.Length; k++)
        {
            _curvature[k] += curvature[k];
        }

        double[] step = Solve(sums.Gradient);
        for (int i = 0; i < step.Length; i++)
        {
            _theta[i] += step[i];
        }

        Show();
    }

    /// <summary>How far ballots that were taken in have moved the ratings: H⁻¹ g, their influence at the present ratings, in points.</summary>
    /// <param name="ballots">As they were given to <see cref="Add"/>.</param>
    /// <returns>One a competitor.</returns>
    public double[] Influence(Ballots ballots)
    {
        Check(ballots);
        double[] move = Solve(Pass(ballots).Gradient);
        for (int i = 0; i < move.Length; i++)
        {
            move[i] *= EloScale.Unit;
        }

        return move;
    }

    /// <summary>Maximises the likelihood of all ballots, from where the ratings are.</summary>
    public void Converge()
    {
        var likelihood = new ListwiseLikelihood(RankedBallots.Of(_all.ToBallots()), _options);
        ListwiseMaximum maximum = new ListwiseMaximiser(likelihood, Competitors, _options).Maximise(_theta);
        maximum.Theta.CopyTo(_theta, 0);
        _curvature = maximum.Sums!.Curvature!;
        _converged = Count;
        Show();
    }

    private void Check(Ballots ballots)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        if (ballots.Competitors != Competitors)
        {
            throw new ArgumentException($"The ballots are among {ballots.Competitors} competitors, the ratings of {Competitors}.", nameof(ballots));
        }
    }

    /// <summary>Gradient and curvature of these ballots alone; the prior is in the ratings already.</summary>
    private ListwiseSums Pass(Ballots ballots) =>
        new ListwiseLikelihood(RankedBallots.Of(ballots), _options with { Ridge = 0, PriorTies = 0 }).At(_theta, curvature: true);

    /// <summary>H x = right by conjugate gradients with the diagonal as preconditioner; H = diag(row sums) − curvature + 2α I.</summary>
    private double[] Solve(double[] right)
    {
        int n = right.Length;
        var diagonal = new double[n];
        for (int i = 0; i < n; i++)
        {
            double sum = 0;
            for (int j = 0; j < n; j++)
            {
                sum += j == i ? 0 : _curvature[i * n + j];
            }

            diagonal[i] = sum + 2 * _options.Ridge;
        }

        double[] x = new double[n], residual = [.. right], scaled = new double[n], direction = new double[n], product = new double[n];
        double goal = Tolerance * Tolerance * DenseProducts.Dot(right, right), before = 0;
        // in exact arithmetic n steps are enough
        for (int iteration = 0; iteration < 2 * n && DenseProducts.Dot(residual, residual) > goal; iteration++)
        {
            for (int i = 0; i < n; i++)
            {
                scaled[i] = residual[i] / diagonal[i];
            }

            double now = DenseProducts.Dot(residual, scaled), ratio = iteration == 0 ? 0 : now / before;
            for (int i = 0; i < n; i++)
            {
                direction[i] = scaled[i] + ratio * direction[i];
            }

            for (int i = 0; i < n; i++)
            {
                double self = _curvature[i * n + i];
                product[i] = (diagonal[i] + self) * direction[i] - DenseProducts.Dot(_curvature.AsSpan(i * n, n), direction);
            }

            double length = now / DenseProducts.Dot(direction, product);
            for (int i = 0; i < n; i++)
            {
                x[i] += length * direction[i];
                residual[i] -= length * product[i];
            }

            before = now;
        }

        return x;
    }

    private void Show()
    {
        for (int i = 0; i < _ratings.Length; i++)
        {
            _ratings[i] = EloScale.Centre + EloScale.Unit * _theta[i];
        }
    }
}
