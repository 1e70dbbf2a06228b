using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Online;

/// <summary>Reads ballots in their order into <see cref="OnlineRatings"/> and makes standings of the beliefs at the end.</summary>
internal static class OnlineFit
{
    public static bool TryRun(
        string method,
        Ballots ballots,
        OnlineOptions options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        standings = null;
        diagnosis = Diagnose(ballots, options.Rule());
        if (diagnosis is not null)
        {
            return false;
        }

        var ratings = new OnlineRatings(ballots.Competitors, options);
        for (int b = 0; b < ballots.Count; b++)
        {
            ratings.Update(ballots[b]);
        }

        BallotEvidence evidence = BallotEvidence.Of(ballots);
        if (evidence.Board.Observations == 0)
        {
            diagnosis = new Diagnosis.NoBallots();
            return false;
        }

        standings = evidence.Maker(method, options).FromPosterior(ratings.Mu.ToArray(), ratings.Sigma.ToArray(), new FitDiagnostics(0, StopReason.ClosedForm, 0, Notes(evidence)));
        return true;
    }

    internal static List<string> Notes(BallotEvidence evidence)
    {
        List<string> notes = ["The order of the votes matters: the same votes in another order give other numbers."];
        int[] unvoted = [.. Enumerable.Range(0, evidence.Competitors.Length).Where(i => evidence.Competitors[i].Observations == 0)];
        if (unvoted.Length > 0)
        {
            notes.Add($"Without a vote, competitors stand at the prior: {string.Join(", ", unvoted.Take(10))}{(unvoted.Length > 10 ? ", …" : "")}.");
        }

        return notes;
    }

    private static Diagnosis? Diagnose(Ballots ballots, UpdateRule rule)
    {
        if (ballots.Competitors == 1)
        {
            return new Diagnosis.OneCompetitor();
        }

        for (int b = 0; b < ballots.Count && !rule.TakesWeights; b++)
        {
            if (ballots[b].Weight is not 0 and not 1)
            {
                return new Diagnosis.UnsuitableBallot(b, "weight 1");
            }
        }

        return null;
    }
}
