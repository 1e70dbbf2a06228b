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

    /// <summary>A fit that has not begun.</summary>
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

    /// <summary>What was made up for where few clusters say most, and the degrees of freedom of each parameter.</summary>
    public FewClusters Few { get; private set; } = null!;

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
        int size = _model.Parameters;
        double[] bread = _newton.InverseCurvature(X), curvature = _newton.Curvature(X);
        double[]? lacking = HasPrior ? PosteriorFloor.Lacking(curvature, _terms.Groups()) : null;
        Few = FewClusters.Correct(meat, bread, curvature, _n, Evidence.Board);
        _notes = [.. meat.Notes, .. Few.Notes(Evidence.Competitors)];
        PosteriorFloor.Fill(meat.Squares, lacking);
        Covariance = Matrix<double>.Build.Dense(size, size, DenseCholesky.Sandwich(bread, meat.Squares, size, _options.MaxDegreeOfParallelism));
    }

    /// <summary>Whether clusters can be seen to vary.</summary>
    public bool HasIntervals => Evidence.Board.Clusters > 1;

    /// <summary>Half the width of the interval of a number with this variance and freedom; +∞ where none can be made.</summary>
    public double HalfWidth(double variance, double freedom) =>
        HasIntervals ? new Quantiles(_options.Confidence).Student(freedom) * Math.Sqrt(Math.Max(0, variance)) : double.PositiveInfinity;

    private bool HasPrior => Array.Exists(_ridge, r => r > 0);

    /// <summary>Interval of one parameter, Student's t; everything where none can be made.</summary>
    public (double Low, double High) Interval(int parameter)
    {
        double half = HalfWidth(Covariance[parameter, parameter], Few.Freedom[parameter]);
        return (X[parameter] - half, X[parameter] + half);
    }

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

        MeanZero.CentreBoth(covariance, _n); // strengths add up to 0, with a ridge too
        List<string> all = [.. notes, .. _notes];
        if (Reason == StopReason.IterationLimit)
        {
            all.Add("The fit ran out of iterations before it settled: raise MaxIterations, or take these ratings as rough.");
        }

        if (HasPrior)
        {
            all.Add(PosteriorFloor.Note);
        }

        double[] ratings = [.. X.Take(_n).Select(t => EloScale.Centre + unit * t)];
        var diagnostics = new FitDiagnostics(Iterations, Reason, 0, all);
        var maker = new StandingsMaker(_method, _options, Evidence.Board, Evidence.Competitors) { PairEvidence = Evidence.Pair, Coefficients = coefficients, Imagined = _ridge.Length > 0 };
        if (!HasIntervals)
        {
            all.Add(FewClusters.OneCluster);
            return maker.WithoutIntervals(ratings, diagnostics);
        }

        return maker.FromCovariance(
            ratings, covariance, Freedom, _options.Cluster == ClusterBy.None ? IntervalKind.Sandwich : IntervalKind.ClusterSandwich, diagnostics, Few.Freedom[.._n]);
    }
}
