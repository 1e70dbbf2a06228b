using Arena.Ranking.Clustering;
using Arena.Ranking.Numerics;
using Arena.Ranking.Resampling;
using MathNet.Numerics.LinearAlgebra;

namespace Arena.Ranking.Pairwise;

/// <summary>One fit of a likelihood of votes: maximise, cluster-robust covariance, standings.</summary>
internal sealed class VoteFit
{
    private readonly string _method;
    private readonly PairwiseModelOptions _options;
    private readonly PairTerms _terms;
    private readonly IVoteLikelihood _model;
    private readonly double[] _ridge;
    private readonly DampedNewton _newton;
    private readonly int _n;
    private IReadOnlyList<string> _notes = [];

    /// <param name="method">Name of the method.</param>
    /// <param name="options">Level, tolerance, clusters.</param>
    /// <param name="terms">The votes; term numbers are those of the model.</param>
    /// <param name="model">The likelihood.</param>
    /// <param name="ridge">One a parameter, or empty.</param>
    public VoteFit(string method, PairwiseModelOptions options, PairTerms terms, IVoteLikelihood model, double[] ridge)
    {
        (_method, _options, _terms, _model, _ridge, _n) = (method, options, terms, model, ridge, terms.Competitors);
        _newton = new DampedNewton(model, ridge, ridge.Length > 0 ? 0 : _n, options.MaxDegreeOfParallelism);
    }

    /// <summary>The parameters at the maximum.</summary>
    public double[] X { get; private set; } = [];

    public int Iterations { get; private set; }

    public StopReason Reason { get; private set; }

    /// <summary>Covariance of all parameters: H⁻¹ G H⁻¹.</summary>
    public Matrix<double> Covariance { get; private set; } = null!;

    /// <summary>Student's degrees of freedom: clusters − 1, of the way with fewer.</summary>
    public double Freedom { get; private set; }

    public VoteEvidence Evidence { get; private set; } = null!;

    /// <summary>Maximises; a diagnosis when there is no finite maximum.</summary>
    public Diagnosis? Maximise(double[] start)
    {
        (X, Iterations, Reason) = _newton.Maximise(start, _options.Tolerance, _options.MaxIterations);
        return _newton.HasDiverged(X) ? new Diagnosis.NoFiniteMaximum() : null;
    }

    /// <summary>Smallest scaled eigenvalue of the curvature at the maximum.</summary>
    public double Conditioning() => _newton.Conditioning(X);

    /// <summary>The robust covariance of the maximum.</summary>
    public void Spread()
    {
        // without clusters every ballot that says something is one
        ClusterIndex? voter = _options.Cluster == ClusterBy.Prompt ? null : ClusterIndex.Of(_terms.Ballots, _options.Cluster & ClusterBy.Voter);
        ClusterIndex? prompt = _options.Cluster.HasFlag(ClusterBy.Prompt) ? ClusterIndex.Of(_terms.Ballots, ClusterBy.Prompt) : null;
        var meat = Meat.Of(TermScores.Of(_model, X, _terms), voter, prompt, _options);
        Evidence = VoteEvidence.Of(_terms).In(meat);
        Freedom = Math.Max(1, meat.Clusters - 1);
        _notes = meat.Notes;
        if (HasPrior)
        {
            PosteriorFloor.Fill(meat.Squares, _newton.Curvature(X), _terms.Groups());
        }

        int size = _model.Parameters;
        Covariance = Matrix<double>.Build.Dense(size, size, DenseCholesky.Sandwich(_newton.InverseCurvature(X), meat.Squares, size, _options.MaxDegreeOfParallelism));
    }

    /// <summary>Interval of one parameter, Student's t; without ends where there is one cluster only.</summary>
    public (double Low, double High) Interval(int parameter) => HalfWidth(Covariance[parameter, parameter]) is var half ? (X[parameter] - half, X[parameter] + half) : default;

    /// <summary>Half the width of the interval of a number with this variance.</summary>
    public double HalfWidth(double variance) => Evidence.Board.Clusters < 2
        ? double.PositiveInfinity
        : new Quantiles(_options.Confidence).Student(Freedom) * Math.Sqrt(Math.Max(0, variance));

    private bool HasPrior => Array.Exists(_ridge, r => r > 0);

    /// <summary>Ratings 1000 + 400/ln 10 · θ with their robust intervals.</summary>
    public Standings ToStandings(IReadOnlyList<Coefficient> coefficients, IReadOnlyList<string> notes)
    {
        double unit = EloScale.Unit;
        var covariance = new double[_n * _n];
        for (int i = 0; i < _n; i++)
        {
            for (int j = 0; j < _n; j++)
            {
                covariance[i * _n + j] = unit * unit * Covariance[i, j];
            }
        }

        List<string> all = [.. notes, .. _notes];
        if (Reason == StopReason.IterationLimit)
        {
            all.Add("The fit ran out of iterations before it settled: raise MaxIterations, or take these ratings as rough.");
        }

        if (HasPrior)
        {
            all.Add(PosteriorFloor.Note);
        }

        return new StandingsMaker(_method, _options, Evidence.Board, Evidence.Competitors) { PairEvidence = Evidence.Pair, Coefficients = coefficients }.FromCovariance(
            [.. X.Take(_n).Select(t => EloScale.Centre + unit * t)],
            covariance,
            Freedom,
            _options.Cluster == ClusterBy.None ? IntervalKind.Sandwich : IntervalKind.ClusterSandwich,
            new FitDiagnostics(Iterations, Reason, 0, all));
    }
}
