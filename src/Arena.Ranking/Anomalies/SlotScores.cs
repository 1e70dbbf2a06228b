namespace Arena.Ranking.Anomalies;

/// <summary>How a competitor did on a ballot, and how it should have done by its log-strength.</summary>
/// <remarks>
/// A full order: the share of the others that it beat (ties ½), whose mean is that of σ(θ_i − θ_j) in the Plackett–Luce model as
/// well. Where tiers are unordered: whether it was best, with mean e^θi/Σ e^θ. Either way one observation a ballot.
/// </remarks>
internal sealed class SlotScores(double[] theta)
{
    /// <summary>Whether the ballot says anything: two competitors or more, and a single best one where it orders no more.</summary>
    public static bool Speaks(in Ballot ballot) =>
        ballot.Length >= 2 && ballot.Weight > 0 && !(ballot.KindOfTier(0) == TierKind.Unordered && ballot.Tier(1) == 0);

    public static double Score(in Ballot ballot, int slot)
    {
        if (BestOnly(ballot))
        {
            return ballot.Tier(slot) == 0 ? 1 : 0;
        }

        double sum = 0;
        for (int k = 0; k < ballot.Length; k++)
        {
            sum += k == slot ? 0 : (ballot.Tier(slot).CompareTo(ballot.Tier(k)) switch { < 0 => 1, 0 => 0.5, _ => 0 });
        }

        return sum / (ballot.Length - 1);
    }

    /// <summary>How a slot should have done.</summary>
    /// <param name="ballot">The ballot.</param>
    /// <param name="slot">Whose mean.</param>
    /// <param name="scale">Factor on all log-strengths.</param>
    /// <param name="shift">Added to this competitor's.</param>
    public double Mean(in Ballot ballot, int slot, double scale, double shift)
    {
        double own = scale * theta[ballot.Competitors[slot]] + shift, sum = 0;
        bool bestOnly = BestOnly(ballot);
        for (int k = 0; k < ballot.Length; k++)
        {
            if (k != slot)
            {
                double other = Math.Exp(scale * theta[ballot.Competitors[k]] - own);
                sum += bestOnly ? other : 1 / (1 + other);
            }
        }

        return bestOnly ? 1 / (1 + sum) : sum / (ballot.Length - 1);
    }

    /// <summary>The slot that the board has first, and by how much it leads the mean of the others.</summary>
    public (int Slot, double Lead) Favourite(in Ballot ballot)
    {
        int best = 0;
        double sum = 0;
        for (int k = 0; k < ballot.Length; k++)
        {
            double own = theta[ballot.Competitors[k]];
            sum += own;
            best = own > theta[ballot.Competitors[best]] ? k : best;
        }

        double most = theta[ballot.Competitors[best]];
        return (best, most - (sum - most) / (ballot.Length - 1));
    }

    private static bool BestOnly(in Ballot ballot)
    {
        if (ballot.Kind is BallotKind.TopOne or BallotKind.BestWorst)
        {
            return true;
        }

        for (int k = 0; k < ballot.Length; k++)
        {
            if (ballot.KindOfTier(k) == TierKind.Unordered)
            {
                return true;
            }
        }

        return false;
    }
}
