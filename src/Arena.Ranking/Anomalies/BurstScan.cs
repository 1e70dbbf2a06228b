using Arena.Ranking.Selection;

namespace Arena.Ranking.Anomalies;

/// <summary>Looks through every competitor's comparisons in the order they came, half a window at a time.</summary>
internal static class BurstScan
{
    /// <summary>Windows from which a median is worth something.</summary>
    private const int LeastWindows = 4;

    public static List<VoteBurst> Find(Ballots ballots, SlotScores scores, VoteAnomalyOptions options)
    {
        var sequences = new List<(int Ballot, int Slot)>[ballots.Competitors];
        for (int i = 0; i < sequences.Length; i++)
        {
            sequences[i] = [];
        }

        for (int b = 0; b < ballots.Count; b++)
        {
            Ballot ballot = ballots[b];
            for (int k = 0; k < ballot.Length && SlotScores.Speaks(ballot); k++)
            {
                sequences[ballot.Competitors[k]].Add((b, k));
            }
        }

        var windows = new List<VoteBurst>();
        var votes = new ScoredVote[options.Window];
        for (int i = 0; i < sequences.Length; i++)
        {
            List<(int Ballot, int Slot)> sequence = sequences[i];
            double shift = options.Taste + UsualShift(sequence);
            for (int first = 0; first + options.Window <= sequence.Count; first += options.Window / 2)
            {
                Fill(sequence, first, shift);
                windows.Add(new VoteBurst(i, sequence[first].Ballot, sequence[first + votes.Length - 1].Ballot, votes.Sum(v => v.Score), votes.Sum(v => v.Mean), TailBound.Upper(votes)));
            }
        }

        void Fill(List<(int Ballot, int Slot)> sequence, int first, double shift)
        {
            for (int k = 0; k < votes.Length; k++)
            {
                (int b, int slot) = sequence[first + k];
                Ballot ballot = ballots[b];
                votes[k] = new ScoredVote(SlotScores.Score(ballot, slot), scores.Mean(ballot, slot, 1, shift));
            }
        }

        // a burst raises the competitor's rating and hides behind it: half of the windows at least are taken to be honest,
        // and the rating moved to where the middle one has the score it should have
        double UsualShift(List<(int Ballot, int Slot)> sequence)
        {
            int count = sequence.Count / options.Window;
            var excess = new double[count];
            (double low, double high) = (-3, 3);
            for (int round = 0; round < 16 && count >= LeastWindows; round++)
            {
                double middle = (low + high) / 2;
                for (int w = 0; w < count; w++)
                {
                    Fill(sequence, w * options.Window, middle);
                    excess[w] = votes.Sum(v => v.Score - v.Mean);
                }

                Array.Sort(excess);
                (low, high) = excess[count / 2] > 0 ? (middle, high) : (low, middle);
            }

            return (low + high) / 2;
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
