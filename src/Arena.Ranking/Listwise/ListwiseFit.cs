using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Resampling;
using MathNet.Numerics.LinearAlgebra;

namespace Arena.Ranking.Listwise;

/// <summary>From orderings to standings: what <see cref="PlackettLuce"/> and <see cref="OneBench"/> share.</summary>
internal sealed class ListwiseFit(string method, RankedBallots ballots, PlackettLuceOptions options)
{
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
        diagnosis = _n == 1 ? new Diagnosis.OneCompetitor()
            : ballots.Count == 0 ? new Diagnosis.NoBallots()
            : HasPrior ? null : beaten.Diagnose();
        if (diagnosis is not null)
        {
            return false;
        }

        var likelihood = new ListwiseLikelihood(ballots, options);
        ListwiseMaximum maximum = new ListwiseMaximiser(likelihood, _n, options).Maximise(Start());
        double[] ratings = [.. maximum.Theta.Select(t => EloScale.Centre + EloScale.Unit * t)];
        (Evidence board, Evidence[] evidence) = Evidence ?? ListwiseEvidence.Of(ballots, Clusters());
        var maker = new StandingsMaker(method, options, board, evidence) { PairEvidence = beaten.PairEvidence };
        var diagnostics = new FitDiagnostics(maximum.Iterations, maximum.Reason, 0, Notes(maximum.Reason));
        if (WithoutIntervals || options.SpectralAlpha > 0 || maximum.Reason == StopReason.IterationLimit || _n > StandingsMaker.MostWithCovariance)
        {
            standings = maker.WithoutIntervals(ratings, diagnostics);
            return true;
        }

        (double[] covariance, int clusters) = Covariance(likelihood, maximum, beaten);
        IntervalKind kind = Clusters().Length > 0 ? IntervalKind.ClusterSandwich : IntervalKind.Sandwich;
        standings = maker.FromCovariance(ratings, covariance, Math.Max(1, clusters - 1), kind, diagnostics);
        return true;
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

    private double[] Start()
    {
        if (options.StartRatings is not { } ratings)
        {
            return ballots.Count >= ManyBallots && options.Solver is (PlackettLuceSolver.Auto or PlackettLuceSolver.Newton) ? RoughStart() : new double[_n];
        }

        if (ratings.Count != _n)
        {
            throw new ArgumentException($"{_n} competitors need as many start ratings, but there are {ratings.Count}.", nameof(options));
        }

        return [.. ratings.Select(r => double.IsNaN(r) ? 0
            : double.IsFinite(r) ? Math.Clamp((r - EloScale.Centre) / EloScale.Unit, -30, 30)
            : throw new ArgumentException("A start rating is infinite. Give a finite number, or NaN where there is none.", nameof(options)))];
    }

    /// <summary>A few of many ballots say nearly as much: the first steps go over a tenth of them.</summary>
    private double[] RoughStart()
    {
        PlackettLuceOptions rough = options with { PriorTies = Math.Max(options.PriorTies, 1.0 / _n), Tolerance = 1e-2, MaxIterations = Math.Min(options.MaxIterations, 20) };
        RankedBallots some = ballots.Thinned(10);
        ListwiseMaximum maximum = new ListwiseMaximiser(new ListwiseLikelihood(some, rough), _n, rough).Maximise(new double[_n]);
        return maximum.Reason == StopReason.Converged ? maximum.Theta : new double[_n];
    }

    private int[][] Clusters() =>
    [
        .. new[]
        {
            options.Cluster.HasFlag(ClusterBy.Voter) ? ballots.Voter : null,
            options.Cluster.HasFlag(ClusterBy.Prompt) ? ballots.Prompt : null,
        }.OfType<int[]>(),
    ];

    /// <summary>H⁺ G H⁺ in squared rating units, H the exact Hessian at the maximum, G from scores summed within clusters.</summary>
    private (double[] Covariance, int Clusters) Covariance(ListwiseLikelihood likelihood, ListwiseMaximum maximum, WhoBeatWhom beaten)
    {
        int[][] clusters = Clusters();
        (double[] moments, int count) = new ClusterMoments(_n, ballots.Start, ballots.Item, likelihood.Scores(maximum.Theta), ballots.Copies)
            .Of(clusters.ElementAtOrDefault(0), clusters.ElementAtOrDefault(1), options.MaxDegreeOfParallelism);
        Matrix<double> information = likelihood.Information(maximum.Sums ?? likelihood.At(maximum.Theta, curvature: true));
        if (options.PriorTies > 0 || options.Ridge > 0)
        {
            PosteriorFloor.Fill(moments, information.ToRowMajorArray(), beaten.Groups());
        }

        Matrix<double> inverse = options.Ridge > 0 ? information.Inverse() : MeanZero.PseudoInverse(information);
        Matrix<double> covariance = inverse * Matrix<double>.Build.DenseOfRowMajor(_n, _n, moments) * inverse;
        double unit = EloScale.Unit * EloScale.Unit;
        var values = new double[_n * _n];
        for (int i = 0; i < _n; i++)
        {
            for (int j = 0; j < _n; j++)
            {
                values[i * _n + j] = unit * (covariance[i, j] + covariance[j, i]) / 2;
            }
        }


        return (values, count);
    }

    private List<string> Notes(StopReason reason)
    {
        var notes = new List<string>();
        if (reason == StopReason.IterationLimit)
        {
            notes.Add("The fit ran out of iterations before it settled: raise MaxIterations, or take these ratings as rough. No intervals were made.");
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
