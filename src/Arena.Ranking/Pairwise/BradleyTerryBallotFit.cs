using Arena.Ranking.Clustering;
using Arena.Ranking.Numerics;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Pairwise;

/// <summary>One fit of <see cref="BradleyTerry"/> to tallied ballots: the state its steps share.</summary>
internal sealed class BradleyTerryBallotFit
{
    private readonly TalliedPairs _pairs;
    private readonly BradleyTerryOptions _options;
    private readonly PairwiseCounts _counts;
    private readonly int _n;

    public BradleyTerryBallotFit(TalliedPairs pairs, BradleyTerryOptions options)
    {
        (_pairs, _options, _n) = (pairs, options, pairs.Evidence.Length);
        _counts = PairwiseCounts.Of(pairs.Votes, pairs.Derived, options.PriorTies);
        Anchoring.Check(options.Anchor, _n);
    }

    public PairwiseCounts Counts => _counts;

    /// <summary>Why there is no fit, or null.</summary>
    public Diagnosis? Diagnose()
    {
        if (_n == 1)
        {
            return new Diagnosis.OneCompetitor();
        }

        if (_pairs.Board.Observations == 0)
        {
            return new Diagnosis.NoBallots();
        }

        if (_options.PriorTies > 0)
        {
            return null;
        }

        int[] unvoted = [.. Enumerable.Range(0, _n).Where(i => _pairs.Evidence[i].Observations == 0)];
        return unvoted.Length > 0 ? new Diagnosis.Unvoted(unvoted) : _counts.Diagnose();
    }

    /// <summary>Maximises, and makes intervals where the ballots can be read once more.</summary>
    /// <param name="sources">How to read the ballots once more, for clusters and for ballots of three or more.</param>
    public Standings Run(BallotSource? sources)
    {
        var maximiser = new BradleyTerryMaximiser(_counts, _options);
        (double[] theta, int iterations, StopReason reason) = maximiser.Maximise();
        List<string> notes = Notes(reason);
        if (_n > StandingsMaker.MostWithCovariance)
        {
            notes.Add(StandingsMaker.TooMany);
            return Maker(_pairs.Board, _pairs.Evidence).WithoutIntervals(Ratings(theta, Shift(theta)), new FitDiagnostics(iterations, reason, 0, notes));
        }

        Meat meat = new BallotMeat(_pairs, _options, theta).Of(sources);
        notes.AddRange(meat.Notes);
        Evidence board = _pairs.Board with { Clusters = meat.Clusters };
        Evidence[] evidence = [.. _pairs.Evidence.Zip(meat.ClustersOf, (e, clusters) => e with { Clusters = clusters })];
        StandingsMaker maker = Maker(board, evidence);
        var diagnostics = new FitDiagnostics(iterations, reason, 0, notes);
        if (meat.Clusters < 2)
        {
            notes.Add(FewClusters.OneCluster);
            return maker.WithoutIntervals(Ratings(theta, Shift(theta)), diagnostics);
        }

        double[] inverse = maximiser.InverseHessian(theta, _options.ArenaRankCompatible ? BradleyTerryOptions.ArenaRankRidge * _counts.Total : 0);
        FewClusters? few = _options.ArenaRankCompatible ? null : FewClusters.Correct(meat, inverse, maximiser.Hessian(theta), _n, board);
        notes.AddRange(few?.Notes(evidence) ?? []);
        if (_options.PriorTies > 0 && !_options.ArenaRankCompatible)
        {
            PosteriorFloor.Fill(meat.Squares, PosteriorFloor.Lacking(maximiser.Hessian(theta), PairwiseCounts.Of(_pairs.Votes, _pairs.Derived, priorTies: 0).Groups()));
        }

        double[] covariance = DenseCholesky.Sandwich(inverse, meat.Squares, _n, _options.MaxDegreeOfParallelism);
        double shift = Anchoring.Apply(_options.Anchor, theta, covariance);
        for (int k = 0; k < covariance.Length; k++)
        {
            covariance[k] *= EloScale.Unit * EloScale.Unit;
        }

        return maker.FromCovariance(
            Ratings(theta, shift),
            covariance,
            _options.ArenaRankCompatible ? double.PositiveInfinity : meat.Clusters - 1,
            _options.Cluster == ClusterBy.None ? IntervalKind.Sandwich : IntervalKind.ClusterSandwich,
            diagnostics,
            few?.Freedom);
    }

    private StandingsMaker Maker(Evidence board, Evidence[] evidence) =>
        new(BradleyTerry.Name, _options, board, evidence) { PairEvidence = _pairs.Between, Anchor = _options.Anchor, Imagined = _options.PriorTies > 0 };

    private double Shift(double[] theta) => _options.Anchor is { } anchor ? theta[anchor] : 0;

    private static double[] Ratings(double[] theta, double shift) => Array.ConvertAll(theta, t => EloScale.Centre + EloScale.Unit * (t - shift));

    private List<string> Notes(StopReason reason)
    {
        var notes = new List<string>();
        if (reason == StopReason.IterationLimit)
        {
            notes.Add("The fit ran out of iterations before it settled: raise MaxIterations, or take these ratings as rough.");
        }

        if (_options.PriorTies > 0)
        {
            notes.Add(PosteriorFloor.Note);
        }

        return notes;
    }
}
