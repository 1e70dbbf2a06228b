using Arena.Ranking.Resampling;

namespace Arena.Ranking.Pairwise;

/// <summary>Bradley–Terry on drawn votes: counts are drawn anew, the fit continues from that to all votes.</summary>
internal static class BradleyTerryBootstrap
{
    /// <summary>Refits stop when no log-strength moves by more than this: 0.0002 points.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>Fits, and fits every draw.</summary>
    /// <param name="evidence">The pairs, and what the result stands on.</param>
    /// <param name="options">Rounds, seed, clusters, prior, anchor.</param>
    /// <param name="ballots">What to draw from; null draws the counts themselves.</param>
    public static Standings Run(BallotEvidence evidence, BradleyTerryOptions options, Ballots? ballots)
    {
        var fit = new BradleyTerryBallotFit(evidence.Pairs, options);
        if (fit.Diagnose() is { } diagnosis)
        {
            throw new RankingException(diagnosis);
        }

        PairwiseCounts counts = fit.Counts;
        int n = counts.Competitors;
        (double[] theta, int iterations, StopReason reason) = new BradleyTerryMaximiser(counts, options).Maximise();
        PairDraws draws;
        if (ballots is null)
        {
            draws = new CountDraws(evidence.Pairs.Votes, counts, options);
        }
        else
        {
            var drawn = new DrawnBallots(ballots, counts, options);
            (draws, evidence) = (drawn, drawn.With(evidence, ballots));
        }

        BradleyTerryOptions refit = options with { Tolerance = Math.Max(Tolerance, options.Tolerance), MaxDegreeOfParallelism = 1 };
        var rounds = new BootstrapRounds(options, n);
        rounds.Run(draws.Room, draws.Lanes, (from, to, room) => draws.Draw(options.Seed, from, to, room), (round, room) =>
        {
            PairwiseCounts drawn = draws.Counts(room, round % draws.Lanes);
            if (options.PriorTies.Equals(0.0) && drawn.Diagnose() is { } fault)
            {
                throw new RankingException(fault);
            }

            return Ratings(new BradleyTerryMaximiser(drawn, refit).Maximise(theta, options.MaxIterations).Theta, options.Anchor);
        });
        return rounds.Standings(
            evidence.Maker(BradleyTerry.Name, options, options.PriorTies > 0), Ratings(theta, options.Anchor), new FitDiagnostics(iterations, reason, 0, []));
    }

    private static double[] Ratings(double[] theta, int? anchor)
    {
        double shift = anchor is { } a ? theta[a] : 0;
        return Array.ConvertAll(theta, t => EloScale.Centre + EloScale.Unit * (t - shift));
    }
}
