using Arena.Ranking.Resampling;

namespace Arena.Ranking.Voting;

/// <summary>How many cyclic blocks the votes bear out, by likelihood of votes that were held out of the fit.</summary>
internal static class BlockChoice
{
    private const ulong Streams = 0x464F4C44;

    /// <summary>
    /// The smallest number whose gap to the best is within one standard error of the gap, fold by fold; and the mean held-out log-likelihood a vote of
    /// every number. There are no more folds than clusters; a single cluster holds nothing out, and bears no block out.
    /// </summary>
    public static (int Blocks, double[] HeldOut) Smallest(VoteTable table, CyclicPreferenceOptions options)
    {
        int count = Math.Min(options.Folds, table.Clusters);
        if (count < 2)
        {
            return (0, []);
        }

        double[,] folds = PerFold(table, options, count);
        double[] mean = [.. Enumerable.Range(0, options.MaxBlocks + 1).Select(b => Enumerable.Range(0, count).Average(f => folds[b, f]))];
        int best = Array.IndexOf(mean, mean.Max());
        for (int blocks = 0; blocks < best; blocks++)
        {
            double gap = mean[best] - mean[blocks];
            double variance = Enumerable.Range(0, count).Sum(f => Math.Pow(folds[best, f] - folds[blocks, f] - gap, 2)) / (count - 1);
            if (gap <= Math.Sqrt(variance / count))
            {
                return (blocks, mean);
            }
        }

        return (best, mean);
    }

    private static double[,] PerFold(VoteTable table, CyclicPreferenceOptions options, int count)
    {
        int[] order = new Xoshiro256(options.Seed, Streams).Permutation(table.Clusters);
        var likelihood = new double[options.MaxBlocks + 1, count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism }, fold =>
        {
            int[] kept = [.. order.Select(k => k % count == fold ? 0 : 1)], held = [.. kept.Select(k => 1 - k)];
            PairwiseVotes train = table.Duels(kept), test = table.Duels(held);
            double votes = 0;
            for (int i = 0; i < table.Competitors; i++)
            {
                for (int j = i + 1; j < table.Competitors; j++)
                {
                    votes += test.For(i, j) + test.For(j, i) + test.Level(i, j);
                }
            }

            for (int blocks = 0; blocks <= options.MaxBlocks; blocks++)
            {
                likelihood[blocks, fold] = votes > 0 ? new PreferenceFit(train, blocks, options).Run(null).Likelihood(test) / votes : 0;
            }
        });
        return likelihood;
    }
}
