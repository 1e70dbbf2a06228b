using Arena.Ranking.Selection;

namespace Arena.Ranking.Anomalies;

/// <summary>Looks through every competitor's comparisons in the order they came, half a window at a time.</summary>
internal static class BurstScan
{
    public static List<VoteBurst> Find(Ballots ballots, SlotScores scores, VoteAnomalyOptions options)
    {
        var sequences = new List<(int Ballot, ScoredVote Vote)>[ballots.Competitors];
        for (int i = 0; i < sequences.Length; i++)
        {
            sequences[i] = [];
        }

        for (int b = 0; b < ballots.Count; b++)
        {
            Ballot ballot = ballots[b];
            for (int k = 0; k < ballot.Length && SlotScores.Speaks(ballot); k++)
            {
                sequences[ballot.Competitors[k]].Add((b, new ScoredVote(SlotScores.Score(ballot, k), scores.Mean(ballot, k, 1, options.Taste))));
            }
        }

        var windows = new List<VoteBurst>();
        var votes = new ScoredVote[options.Window];
        for (int i = 0; i < sequences.Length; i++)
        {
            List<(int Ballot, ScoredVote Vote)> sequence = sequences[i];
            for (int first = 0; first + options.Window <= sequence.Count; first += options.Window / 2)
            {
                for (int k = 0; k < votes.Length; k++)
                {
                    votes[k] = sequence[first + k].Vote;
                }

                windows.Add(new VoteBurst(i, sequence[first].Ballot, sequence[first + votes.Length - 1].Ballot, votes.Sum(v => v.Score), votes.Sum(v => v.Mean), TailBound.Upper(votes)));
            }
        }

        double[] adjusted = BenjaminiHochberg.Adjust([.. windows.Select(w => w.AdjustedPValue)]);
        return Merge([.. windows.Select((w, k) => w with { AdjustedPValue = adjusted[k] }).Where(w => w.AdjustedPValue <= options.FalseDiscoveryRate)]);
    }

    /// <summary>Windows that overlap are one burst, told by the strangest of them.</summary>
    private static List<VoteBurst> Merge(List<VoteBurst> windows)
    {
        var bursts = new List<VoteBurst>();
        foreach (VoteBurst window in windows)
        {
            if (bursts.Count > 0 && bursts[^1].Competitor == window.Competitor && window.FirstBallot <= bursts[^1].LastBallot)
            {
                VoteBurst strangest = window.AdjustedPValue < bursts[^1].AdjustedPValue ? window : bursts[^1];
                bursts[^1] = strangest with { FirstBallot = bursts[^1].FirstBallot, LastBallot = window.LastBallot };
            }
            else
            {
                bursts.Add(window);
            }
        }

        bursts.Sort((a, b) => a.AdjustedPValue.CompareTo(b.AdjustedPValue));
        return bursts;
    }
}
