using Arena.Ranking.Resampling;

namespace Arena.Ranking.Tests.Listwise;

/// <summary>Davidson–Luce by its definition: every set that may tie is listed.</summary>
internal static class EnumeratedTies
{
    /// <summary>Probability of an ordering in tiers; δ of order d at d − 1.</summary>
    public static double Probability(int[][] tiers, ReadOnlySpan<double> theta, ReadOnlySpan<double> delta)
    {
        double probability = 1;
        for (int t = 0; t < tiers.Length; t++)
        {
            int[] left = [.. tiers[t..].SelectMany(tier => tier)];
            double all = 0;
            foreach (int[] set in Sets(left, delta.Length))
            {
                all += Weight(set, theta, delta);
            }

            probability *= Weight(tiers[t], theta, delta) / all;
        }

        return probability;
    }

    /// <summary>Ballots of random slates, drawn choice by choice.</summary>
    public static Ballots Draw(double[] theta, double[] delta, int ballots, int slate, ulong seed)
    {
        var builder = new BallotsBuilder(theta.Length);
        for (int b = 0; b < ballots; b++)
        {
            var random = new Xoshiro256(seed, (ulong)b);
            int[] left = SimulatedBallots.Order(new double[theta.Length], slate, ref random);
            var tiers = new List<int[]>();
            while (left.Length > 0)
            {
                int[][] sets = [.. Sets(left, delta.Length)];
                double[] weights = [.. sets.Select(s => Weight(s, theta, delta))];
                double share = random.NextDouble() * weights.Sum();
                int chosen = 0;
                while (chosen < sets.Length - 1 && (share -= weights[chosen]) >= 0)
                {
                    chosen++;
                }

                tiers.Add(sets[chosen]);
                left = [.. left.Except(sets[chosen])];
            }

            builder.AddTiers([.. tiers], new BallotDetails(Voter: b));
        }

        return builder.ToBallots();
    }

    /// <summary>All sets of 1 to so many members.</summary>
    public static IEnumerable<int[]> Sets(int[] members, int most)
    {
        for (int mask = 1; mask < 1 << members.Length; mask++)
        {
            int[] set = [.. members.Where((_, k) => (mask >> k & 1) != 0)];
            if (set.Length <= most)
            {
                yield return set;
            }
        }
    }

    private static double Weight(int[] set, ReadOnlySpan<double> theta, ReadOnlySpan<double> delta)
    {
        double product = 1;
        foreach (int i in set)
        {
            product *= Math.Exp(theta[i]);
        }

        return delta[set.Length - 1] * Math.Pow(product, 1.0 / set.Length);
    }
}
