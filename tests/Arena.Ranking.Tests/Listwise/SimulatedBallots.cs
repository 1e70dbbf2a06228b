using Arena.Ranking.Resampling;

namespace Arena.Ranking.Tests.Listwise;

/// <summary>Ballots drawn from Plackett–Luce with known log-strengths.</summary>
internal static class SimulatedBallots
{
    /// <summary>What is kept of a full order.</summary>
    public enum Kept
    {
        Everything,
        Best,
        BestAndWorst,

        /// <summary>The better half as one unordered tier before the rest.</summary>
        BetterHalf,
    }

    /// <summary>Log-strengths evenly from −spread to spread.</summary>
    public static double[] Spread(int competitors, double spread) =>
        [.. Enumerable.Range(0, competitors).Select(i => spread * (2.0 * i / (competitors - 1) - 1))];

    public static Ballots Draw(double[] theta, int ballots, int slate, Kept kept, ulong seed, int voters = 0)
    {
        var builder = new BallotsBuilder(theta.Length, ballots, ballots * slate);
        for (int b = 0; b < ballots; b++)
        {
            var random = new Xoshiro256(seed, (ulong)b);
            int[] order = Order(theta, slate, ref random);
            var details = new BallotDetails(Voter: voters == 0 ? -1 : b % voters);
            switch (kept)
            {
                case Kept.Everything:
                    builder.AddRanking(order, details);
                    break;
                case Kept.Best:
                    builder.AddTopOne(order[0], order.AsSpan(1), details);
                    break;
                case Kept.BestAndWorst:
                    builder.AddBestWorst(order[0], order.AsSpan(1, slate - 2), order[^1], details);
                    break;
                default:
                    builder.AddTiers([order[..(slate / 2)], order[(slate / 2)..]], details, TierKind.Unordered);
                    break;
            }
        }

        return builder.ToBallots();
    }

    /// <summary>A slate in order: those with the largest θ + Gumbel noise first.</summary>
    public static int[] Order(double[] theta, int slate, ref Xoshiro256 random)
    {
        int[] all = [.. Enumerable.Range(0, theta.Length)];
        var key = new double[slate];
        for (int k = 0; k < slate; k++)
        {
            int other = k + random.NextBelow(all.Length - k);
            (all[k], all[other]) = (all[other], all[k]);
            key[k] = -(theta[all[k]] - Math.Log(random.NextExponential()));
        }

        int[] order = all[..slate];
        Array.Sort(key, order);
        return order;
    }
}
