using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Clustering;
using Arena.Ranking.Numerics;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Listwise;

/// <summary>From orderings to standings: what <see cref="PlackettLuce"/> and <see cref="OneBench"/> share.</summary>
internal sealed class ListwiseFit(string method, RankedBallots ballots, PlackettLuceOptions options)
{
    public const string RanOut = "The fit ran out of iterations before it settled: raise MaxIterations, or take these ratings as rough. No intervals were made.";
    private const int ManyBallots = 20_000;

    private readonly int _n = ballots.Competitors;

    /// <summary>What the board and each competitor stand on; null counts the orderings.</summary>
    public (Evidence Board, Evidence[] Competitors)? Evidence { get; init; }

    /// <summary>Whether the orderings are no independent observations, so that intervals would be wrong.</summary>
    public bool WithoutIntervals { get; init; }

    private bool HasPrior => options.PriorTies > 0 || options.Ridge > 0 || options.SpectralAlpha > 0;

    public bool TryRun([NotNullWhen(true)] out Standings? standings, [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        Check();
        standings = null;
        var beaten = new WhoBeatWhom(ballots);
        diagnosis = beaten.Diagnose(HasPrior);
        if (diagnosis is not null)
        {
            return false;
        }

        var likelihood = new ListwiseLikelihood(ballots, options);
        ListwiseMaximum maximum = new ListwiseMaximiser(likelihood, _n, options).Maximise(Start());
        double[] ratings = [.. maximum.Theta.Select(t => EloScale.Centre + EloScale.Unit * t)];
        ClusterIndex? voter = ballots.Clusters(options.Cluster, ClusterBy.Voter), prompt = ballots.Clusters(options.Cluster, ClusterBy.Prompt);
        ClusterIndex[] ways = [.. new[] { voter, prompt }.OfType<ClusterIndex>()];
        (Evidence board, Evidence[] evidence) = Evidence ?? ListwiseEvidence.Of(ballots, ways);
        var maker = new StandingsMaker(method, options, board, evidence) { PairEvidence = beaten.PairEvidence, Imagined = HasPrior };
        var diagnostics = new FitDiagnostics(maximum.Iterations, maximum.Reason, 0, Notes(maximum.Reason));
        if (WithoutIntervals || options.SpectralAlpha > 0 || maximum.Reason == StopReason.IterationLimit || _n > StandingsMaker.MostWithCovariance)
        {
            standings = maker.WithoutIntervals(ratings, diagnostics);
            return true;
        }

        var scores = new SparseScores(_n, ballots.Start, ballots.Item, likelihood.Scores(maximum.Theta), likelihood.SlotInformation(maximum.Theta)) { Copies = ballots.Copies };
        var meat = Meat.Of(scores, voter, prompt, options);
        if (meat.Clusters < 2)
        {
            standings = maker.WithoutIntervals(ratings, diagnostics with { Notes = [.. diagnostics.Notes, FewClusters.OneCluster] });
            return true;
        }

        double[] covariance;
        FewClusters few;
        try
        {
            covariance = Covariance(likelihood, maximum, meat, new Evidence(ballots.Observations, ballots.Observations) { Clusters = meat.Clusters }, beaten, out few);
        }
        catch (RankingException e)
        {
            (standings, diagnosis) = (null, e.Diagnosis);
            return false;
        }

        standings = maker.FromCovariance(
            ratings,
            covariance,
            meat.Clusters - 1,
            ways.Length > 0 ? IntervalKind.ClusterSandwich : IntervalKind.Sandwich,
            diagnostics with { Notes = [.. diagnostics.Notes, .. meat.Notes, .. few.Notes(evidence)] },
            few.Freedom);
        return true;
    }

    /// <summary>Log-strengths to start from where ratings to start from are given, else null.</summary>
    /// <exception cref="ArgumentException">They are of the wrong number or infinite.</exception>
    public static double[]? StartOf(PlackettLuceOptions options, int competitors)
    {
        if (options.StartRatings is not { } ratings)
        {
            return null;
        }

        if (ratings.Count != competitors)
        {
            throw new ArgumentException($"{competitors} competitors need as many start ratings, but there are {ratings.Count}.", nameof(options));
        }

        return [.. ratings.Select(r => double.IsNaN(r) ? 0
            : double.IsFinite(r) ? Math.Clamp((r - EloScale.Centre) / EloScale.Unit, -30, 30)
            : throw new ArgumentException("A start rating is infinite. Give a finite number, or NaN where there is none.", nameof(options)))];
    }

    private void Check()
    {
        if (options.Ridge > 0 && options.Solver is PlackettLuceSolver.MinoriseMaximise or PlackettLuceSolver.Spectral)
        {
            throw new ArgumentException("A ridge needs the Newton solver.", nameof(options));
        }

        if (options.SpectralAlpha > 0 && options.Solver != PlackettLuceSolver.Spectral)
        {
            throw new ArgumentException("SpectralAlpha needs the spectral solver; for the others take PriorTies or Ridge.", nameof(options));
        }
    }

    private double[] Start() => StartOf(options, _n)
        ?? (ballots.Count >= ManyBallots && options.Solver is (PlackettLuceSolver.Auto or PlackettLuceSolver.Newton) ? RoughStart() : new double[_n]);

    /// <summary>A few of many ballots say nearly as much: the first steps go over a tenth of them.</summary>
    private double[] RoughStart()
    {
        PlackettLuceOptions rough = options with { PriorTies = Math.Max(options.PriorTies, 1.0 / _n), Tolerance = 1e-2, MaxIterations = Math.Min(options.MaxIterations, 20) };
        RankedBallots some = ballots.Thinned(10);
        ListwiseMaximum maximum = new ListwiseMaximiser(new ListwiseLikelihood(some, rough), _n, rough).Maximise(new double[_n]);
        return maximum.Reason == StopReason.Converged ? maximum.Theta : new double[_n];
    }

    /// <summary>H⁺ G H⁺ in squared rating units, H the exact Hessian at the maximum, what few clusters and a prior leave out of G made up for.</summary>
    private double[] Covariance(ListwiseLikelihood likelihood, ListwiseMaximum maximum, Meat meat, Evidence board, WhoBeatWhom beaten, out FewClusters few)
    {
        double[] information = likelihood.Information(maximum.Sums ?? likelihood.At(maximum.Theta, curvature: true)), inverse = Inverse([.. information]);
        double[]? lacking = options.PriorTies > 0 || options.Ridge > 0 ? PosteriorFloor.Lacking(information, beaten.Groups()) : null;
        few = FewClusters.Correct(meat, inverse, information, _n, board);
        PosteriorFloor.Fill(meat.Squares, lacking);
        double[] covariance = DenseCholesky.Sandwich(inverse, meat.Squares, _n, options.MaxDegreeOfParallelism);
        foreach (ref double value in covariance.AsSpan())
        {
            value *= EloScale.Unit * EloScale.Unit;
        }

        MeanZero.CentreBoth(covariance, _n); // strengths add up to 0, with a ridge too
        return covariance;
    }

    private double[] Inverse(double[] information)
    {
        if (options.Ridge.Equals(0.0))
        {
            return MeanZero.PseudoInverse(information, _n, options.MaxDegreeOfParallelism);
        }

        return DenseCholesky.TryFactor(information, _n, options.MaxDegreeOfParallelism, out DenseCholesky? cholesky)
            ? cholesky.Inverse()
            : throw new RankingException(new Diagnosis.BeyondPrecision());
    }

    private List<string> Notes(StopReason reason)
    {
        var notes = new List<string>();
        if (reason == StopReason.IterationLimit)
        {
            notes.Add(RanOut);
        }

        if (options.SpectralAlpha > 0)
        {
            notes.Add("Rates were added to the spectral chain, which pulls ratings together; no intervals were made.");
        }

        if (_n > StandingsMaker.MostWithCovariance)
        {
            notes.Add(StandingsMaker.TooMany);
        }

        if (WithoutIntervals)
        {
            notes.Add("Pairs were counted as though they were independent of each other: no intervals were made.");
        }

        if (options.PriorTies > 0 || options.Ridge > 0)
        {
            notes.Add(PosteriorFloor.Note);
        }

        return notes;
    }
}
