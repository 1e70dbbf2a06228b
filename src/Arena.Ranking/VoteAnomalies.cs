using Arena.Ranking.Anomalies;
using Arena.Ranking.Selection;

namespace Arena.Ranking;

/// <summary>
/// Finds voters, crowds of them, and stretches of votes that do not fit the board: stuffing for or against one competitor, random or contrary
/// votes, and slates skipped until a certain competitor came. It reports; it never weights or drops a vote by itself.
/// </summary>
/// <remarks>
/// <para>For every voter with enough ballots the votes are tested against the board's own fit, P(i ≻ j) = σ(θ_i − θ_j), with room
/// for taste (<see cref="VoteAnomalyOptions"/>): each competitor's score (too high, too low), the share of ballots with it, and
/// how often the board's favourite won, weighted by its lead (the score statistic of a discrimination a in σ(a(θ_i − θ_j))).
/// p-values are Chernoff bounds, valid for any number of ballots (ties and shares of a K-wise ballot are no exception: a ballot is one observation),
/// multiplied by the number of tests for the voter, then Benjamini–Hochberg over voters.</para>
/// <para>Bursts: every competitor's comparisons in the order they came, in overlapping windows, whoever voted.</para>
/// <para>Crowds: accounts with too few ballots to be tested one by one, and those with a few more, are tested together against all that
/// are more active: does a competitor win, lose or appear more often with them, beyond the same room for taste and concentration? An account
/// is one observation; competitors appear by chance of the time, so shares are compared stretch by stretch; p-values are Chernoff bounds at the
/// limit of what the active ones say, and Holm's correction goes over all competitors, traits and crowds. Throw-away accounts show up there,
/// come they together or spread over all the time.</para>
/// <para>Not found: a voter who votes as the board does, but for small nudges; planted votes of accounts that also cast many honest ones;
/// a crowd that is small beside the honest accounts of its activity; a board that was rigged from its first vote, as the fit is then the
/// rigger's. Honest people with a strong taste may be flagged, and newcomers with a taste of their own: that is for a person to judge.</para>
/// </remarks>
public static class VoteAnomalies
{
    /// <summary>Tests every known voter, all stretches, and the little active together.</summary>
    /// <param name="ballots">The votes, in the order they were cast.</param>
    /// <param name="standings">The board's fit of them, on the Elo scale (Bradley–Terry or Plackett–Luce).</param>
    /// <param name="options">What is still taken for taste.</param>
    /// <exception cref="ArgumentException">The fit is of another number of competitors, or a rating is not finite.</exception>
    public static VoteAnomalyReport Find(Ballots ballots, Standings standings, VoteAnomalyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        ArgumentNullException.ThrowIfNull(standings);
        options ??= new VoteAnomalyOptions();
        if (standings.Competitors.Count != ballots.Competitors || standings.Competitors.Any(c => !double.IsFinite(c.Rating)))
        {
            throw new ArgumentException($"The votes are on {ballots.Competitors} competitors; give a fit of them with finite ratings.", nameof(standings));
        }

        var scores = new SlotScores([.. standings.Competitors.Select(c => c.Rating / EloScale.Unit)]);
        var tests = new VoterTests(ballots, scores, Shares(ballots), options);
        var voters = new List<VoterAnomaly>();
        int[] byVoter = [.. Enumerable.Range(0, ballots.Count).Where(b => VoterOf(ballots, b) >= 0).OrderBy(b => VoterOf(ballots, b))];
        for (int first = 0, next; first < byVoter.Length; first = next)
        {
            int voter = VoterOf(ballots, byVoter[first]);
            for (next = first + 1; next < byVoter.Length && VoterOf(ballots, byVoter[next]) == voter; next++)
            {
            }

            if (tests.Test(voter, byVoter.AsSpan(first, next - first)) is { } anomaly)
            {
                voters.Add(anomaly);
            }
        }

        double[] adjusted = BenjaminiHochberg.Adjust([.. voters.Select(v => v.PValue)]);
        return new VoteAnomalyReport(
            [.. voters.Select((v, k) => v with { AdjustedPValue = adjusted[k], Flagged = adjusted[k] <= options.FalseDiscoveryRate }).OrderBy(v => v.PValue).ThenBy(v => v.Voter)],
            BurstScan.Find(ballots, scores, options),
            CrowdScan.Find(ballots, scores, options));
    }

    private static int VoterOf(Ballots ballots, int ballot) => ballots.VoterColumn.IsEmpty ? -1 : ballots.VoterColumn[ballot];

    /// <summary>Share of all ballots that each competitor is on.</summary>
    private static double[] Shares(Ballots ballots)
    {
        var shares = new double[ballots.Competitors];
        for (int b = 0; b < ballots.Count; b++)
        {
            foreach (int competitor in ballots[b].Competitors)
            {
                shares[competitor] += 1.0 / ballots.Count;
            }
        }

        return shares;
    }
}
