using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Online;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Contests;

/// <summary>Reads ballots as contests, in their order, and makes standings of the ratings at the end.</summary>
internal static class ContestFit
{
    /// <summary>Rates contests one after the other.</summary>
    /// <param name="method">Name of the method.</param>
    /// <param name="ballots">Contests.</param>
    /// <param name="options">The system.</param>
    /// <param name="posterior">Whether its deviations are those of a belief.</param>
    /// <param name="standings">Out.</param>
    /// <param name="diagnosis">Out.</param>
    public static bool TryRun(
        string method,
        Ballots ballots,
        ContestOptions options,
        bool posterior,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        standings = null;
        BallotEvidence evidence = BallotEvidence.Of(ballots);
        diagnosis = Diagnose(ballots, evidence);
        if (diagnosis is not null)
        {
            return false;
        }

        CheckDays(ballots, options);
        var ratings = new ContestRatings(ballots.Competitors, options);
        for (int b = 0; b < ballots.Count; b++)
        {
            ratings.Update(ballots[b], options.Days?[b] ?? 0);
        }

        double[] mu = [.. Enumerable.Range(0, ratings.Count).Select(i => ratings[i].Mu)];
        List<string> notes = OnlineFit.Notes(evidence);
        if (evidence.Board.Observations > evidence.Board.Discordant)
        {
            notes.Add($"{evidence.Board.Observations - evidence.Board.Discordant} contests in which all tied were left out: they change nothing.");
        }

        var diagnostics = new FitDiagnostics(0, StopReason.ClosedForm, 0, notes);
        StandingsMaker maker = evidence.Maker(method, options);
        standings = posterior
            ? maker.FromPosterior(mu, [.. Enumerable.Range(0, ratings.Count).Select(i => ratings[i].Sigma)], diagnostics)
            : maker.WithoutIntervals(mu, diagnostics);
        return true;
    }

    private static Diagnosis? Diagnose(Ballots ballots, BallotEvidence evidence)
    {
        if (ballots.Competitors == 1)
        {
            return new Diagnosis.OneCompetitor();
        }

        if (evidence.Board.Observations == 0)
        {
            return new Diagnosis.NoBallots();
        }

        if (evidence.Board.Discordant == 0)
        {
            return new Diagnosis.OnlyTies();
        }

        for (int b = 0; b < ballots.Count; b++)
        {
            Ballot ballot = ballots[b];
            for (int k = 0; k < ballot.Length; k++)
            {
                if (ballot.KindOfTier(k) == TierKind.Unordered)
                {
                    return new Diagnosis.UnsuitableBallot(b, "a ranking of all that were shown, ties allowed");
                }
            }
        }

        return null;
    }

    private static void CheckDays(Ballots ballots, ContestOptions options)
    {
        if (options.Days is not { } days)
        {
            return;
        }

        if (days.Count != ballots.Count || days.Any(d => !double.IsFinite(d)) || days.Zip(days.Skip(1)).Any(p => p.Second < p.First))
        {
            throw new ArgumentException($"{ballots.Count} ballots need as many finite days that never fall, but there are {days.Count}.", nameof(options));
        }
    }
}
