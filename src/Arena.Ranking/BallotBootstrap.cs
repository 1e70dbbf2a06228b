using System.Runtime.InteropServices;
using Arena.Ranking.Pairwise;
using Arena.Ranking.Resampling;

namespace Arena.Ranking;

/// <summary>
/// Intervals for any method by resampling ballots, voters or prompts (Efron 1979; clusters: Field, Welsh 2007): a round draws as many as there are with
/// replacement, fits anew, and intervals are quantiles over rounds. Simultaneous ones by the largest studentised deviation of any pair.
/// </summary>
/// <remarks>
/// Both ways at once a ballot stands in a round as often as its voter was drawn times its prompt was drawn (Owen 2007): wider than need be. Percentile
/// intervals of maximum-likelihood ratings are too narrow for newcomers and where there are few clusters; the sandwich with Student's t stands beside them.
/// </remarks>
public static class BallotBootstrap
{
    /// <summary>Resamples a method given as a function from ballots to ratings, larger is better.</summary>
    /// <param name="ballots">The ballots.</param>
    /// <param name="method">Called from several threads at once; pure; one finite rating a competitor, or <see cref="RankingException"/> where a draw cannot be ranked.</param>
    /// <param name="options">Defaults where null.</param>
    /// <exception cref="RankingException">The method cannot rank the ballots themselves, or not even half of the draws.</exception>
    public static Standings Fit(Ballots ballots, Func<Ballots, double[]> method, BallotBootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        ArgumentNullException.ThrowIfNull(method);
        options ??= new BallotBootstrapOptions();
        int n = ballots.Competitors;
        BallotEvidence evidence = BallotEvidence.Of(ballots);
        if (evidence.Board.Observations == 0)
        {
            throw new RankingException(new Diagnosis.NoBallots());
        }

        double[] ratings = Checked(method(ballots));
        var draws = new BallotDraws(ballots, options.Resample);
        var rounds = new BootstrapRounds(options, n);
        rounds.Run(
            () => (Room: draws.Room(), Drawn: new List<int>(ballots.Count)),
            (round, work) =>
            {
                ReadOnlySpan<int> times = draws.Draw(options.Seed, round, work.Room);
                work.Drawn.Clear();
                for (int b = 0; b < times.Length; b++)
                {
                    for (int k = 0; k < times[b]; k++)
                    {
                        work.Drawn.Add(b);
                    }
                }

                return Checked(method(ballots.Select(CollectionsMarshal.AsSpan(work.Drawn))));
            });
        return rounds.Standings(evidence.WithClusters(ballots, options.Resample).Maker(options.Method, options, imagined: true), ratings, new FitDiagnostics(0, StopReason.ClosedForm, 0, []));

        double[] Checked(double[] values) => values.Length == n && Array.TrueForAll(values, double.IsFinite)
            ? values
            : throw new ArgumentException($"The method has to give {n} finite ratings.", nameof(method));
    }

    /// <summary>
    /// Bradley–Terry, each round a refit of a few Newton steps from the fit to all ballots. <see cref="BradleyTerryOptions.Cluster"/> says what is drawn: 100
    /// rounds of 10⁶ votes of 100 entries take a fraction of a second.
    /// </summary>
    /// <remarks>Unweighted votes that stand for themselves are drawn by pair and outcome: each count is Poisson with its own size as mean (Chamandy et al. 2012), votes in one go.</remarks>
    /// <exception cref="RankingException">The ballots have no finite fit, or not even half of the draws have.</exception>
    public static Standings FitBradleyTerry(Ballots ballots, BradleyTerryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        options ??= new BradleyTerryOptions { Rounds = 200 };
        var evidence = BallotEvidence.Of(ballots);
        if (new BradleyTerryBallotFit(evidence.Pairs, options).Diagnose() is { } diagnosis)
        {
            throw new RankingException(diagnosis);
        }

        bool byCount = options.Cluster == ClusterBy.None && evidence.Pairs.Derived is null && ballots.Weights.IsEmpty;
        return BradleyTerryBootstrap.Run(evidence, options, byCount ? null : ballots);
    }

    /// <summary>The same for votes counted already, each standing for itself.</summary>
    /// <exception cref="ArgumentException">Clusters are asked for, or the tally holds weights or ballots of three or more.</exception>
    /// <exception cref="RankingException">The votes have no finite fit, or not even half of the draws have.</exception>
    public static Standings FitBradleyTerry(PairwiseTally tally, BradleyTerryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tally);
        options ??= new BradleyTerryOptions { Rounds = 200 };
        TalliedPairs pairs = tally.ToPairs();
        if (options.Cluster != ClusterBy.None || tally.Slates > 0 || pairs.Votes.Weighted)
        {
            throw new ArgumentException("A tally does not know which ballots belong together, or which weighs what: give the ballots.", nameof(tally));
        }

        return BradleyTerryBootstrap.Run(new BallotEvidence(pairs, pairs.Board, pairs.Evidence), options, null);
    }
}
