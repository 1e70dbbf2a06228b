namespace Arena.Ranking.Anomalies;

/// <summary>Tests one voter for every trait.</summary>
internal sealed class VoterTests(Ballots ballots, SlotScores scores, double[] shares, VoteAnomalyOptions options)
{
    /// <summary>The strangest trait, its p-value multiplied by the number of traits tested; null where the voter has too few ballots.</summary>
    public VoterAnomaly? Test(int voter, ReadOnlySpan<int> cast)
    {
        var slots = new List<(int Competitor, int Ballot, int Slot)>();
        var agreement = new List<ScoredVote>(cast.Length);
        int ballotsCast = 0;
        foreach (int b in cast)
        {
            Ballot ballot = ballots[b];
            if (!SlotScores.Speaks(ballot))
            {
                continue;
            }

            ballotsCast++;
            for (int k = 0; k < ballot.Length; k++)
            {
                slots.Add((ballot.Competitors[k], b, k));
            }

            (int favourite, double lead) = scores.Favourite(ballot);
            if (lead > 0)
            {
                agreement.Add(new ScoredVote(SlotScores.Score(ballot, favourite), scores.Mean(ballot, favourite, options.Discernment, 0), lead));
            }
        }

        if (ballotsCast < options.LeastBallots)
        {
            return null;
        }

        slots.Sort();
        var found = new VoterAnomaly(voter, ballotsCast, VoteAnomalyKind.Disagrees, -1, 0, 0, double.PositiveInfinity, 1, false);
        int tests = 0;
        if (agreement.Count >= options.LeastBallots)
        {
            tests++;
            found = Better(found, VoteAnomalyKind.Disagrees, -1, agreement.ToArray(), TailBound.Lower);
        }

        for (int first = 0, next; first < slots.Count; first = next)
        {
            int competitor = slots[first].Competitor;
            for (next = first + 1; next < slots.Count && slots[next].Competitor == competitor; next++)
            {
            }

            if (next - first >= options.LeastBallots)
            {
                tests += 3;
                found = TestCompetitor(found, competitor, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(slots)[first..next], ballotsCast);
            }
        }

        return found with { PValue = Math.Min(1, Math.Max(1, tests) * found.PValue) };
    }

    private VoterAnomaly TestCompetitor(VoterAnomaly found, int competitor, ReadOnlySpan<(int Competitor, int Ballot, int Slot)> slots, int ballotsCast)
    {
        var high = new ScoredVote[slots.Length];
        var low = new ScoredVote[slots.Length];
        for (int k = 0; k < slots.Length; k++)
        {
            Ballot ballot = ballots[slots[k].Ballot];
            double score = SlotScores.Score(ballot, slots[k].Slot);
            high[k] = new ScoredVote(score, scores.Mean(ballot, slots[k].Slot, 1, options.Taste));
            low[k] = new ScoredVote(score, scores.Mean(ballot, slots[k].Slot, 1, -options.Taste));
        }

        found = Better(found, VoteAnomalyKind.Favours, competitor, high, TailBound.Upper);
        found = Better(found, VoteAnomalyKind.Opposes, competitor, low, TailBound.Lower);

        double share = Math.Min(1, options.Concentration * shares[competitor]);
        var shown = new ScoredVote[ballotsCast];
        for (int k = 0; k < ballotsCast; k++)
        {
            shown[k] = new ScoredVote(k < slots.Length ? 1 : 0, share);
        }

        return Better(found, VoteAnomalyKind.Concentrates, competitor, shown, TailBound.Upper);
    }

    private static VoterAnomaly Better(VoterAnomaly found, VoteAnomalyKind kind, int competitor, ScoredVote[] votes, Tail tail)
    {
        double p = tail(votes);
        return p < found.PValue
            ? found with { Kind = kind, Competitor = competitor, Observed = votes.Sum(v => v.Score), Expected = votes.Sum(v => v.Mean), PValue = p }
            : found;
    }

    private delegate double Tail(ReadOnlySpan<ScoredVote> votes);
}
