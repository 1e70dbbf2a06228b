using Arena.Ranking.Resampling;

namespace Arena.Ranking.Listwise;

/// <summary>From scores on samples to orderings.</summary>
internal static class SampleOrders
{
    /// <summary>One ordering a distinct column, with the number of its copies.</summary>
    /// <param name="patterns">Distinct columns.</param>
    /// <param name="margin">Scores this near to the best of a tier belong to it.</param>
    /// <param name="unordered">Whether a tier was not ordered, or is equal.</param>
    public static RankedBallots Of(SamplePatterns patterns, double margin, bool unordered)
    {
        int n = patterns.Competitors, width = patterns.Patterns;
        var start = new List<int> { 0 };
        var item = new List<int>();
        var tier = new List<ushort>();
        var weight = new List<double>();
        var copies = new List<double>();
        var strict = new List<bool>();
        var keys = new double[n];
        var members = new int[n];
        int longest = 0;
        for (int p = 0; p < width; p++)
        {
            int count = 0;
            for (int i = 0; i < n; i++)
            {
                double score = patterns.Scores[i * width + p];
                if (!double.IsNaN(score))
                {
                    (keys[count], members[count++]) = (-score, i);
                }
            }

            if (count < 2)
            {
                continue;
            }

            Array.Sort(keys, members, 0, count);
            bool each = true;
            int number = 0;
            for (int first = 0, next; first < count; first = next, number++)
            {
                next = first + 1;
                while (next < count && !(keys[next] - keys[first] > margin))
                {
                    next++;
                }

                each &= next == first + 1;
                // members of a tier stand by index, whatever the sort made of them
                Array.Sort(members, first, next - first);
                for (int k = first; k < next; k++)
                {
                    item.Add(members[k]);
                    tier.Add((ushort)(number | (unordered && next - first > 1 ? Ballots.UnorderedBit : 0)));
                }
            }

            start.Add(item.Count);
            weight.Add(patterns.Weight[p]);
            copies.Add(patterns.Count[p]);
            strict.Add(each);
            longest = Math.Max(longest, count);
        }

        return new RankedBallots
        {
            Competitors = n,
            Start = [.. start],
            Item = [.. item],
            Tier = [.. tier],
            Weight = [.. weight],
            Copies = [.. copies],
            Strict = [.. strict],
            Longest = longest,
        };
    }

    /// <summary>One pair for each two that ever won against each other, weighted by how often: what ONEBench's own code fits.</summary>
    public static RankedBallots Pairs(SamplePatterns patterns, double margin, bool tiesWinBothWays, int threads)
    {
        int n = patterns.Competitors;
        PairMoments[] moments = new PairMomentSums(patterns, margin).All(threads);
        var item = new List<int>();
        var weight = new List<double>();
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
            {
                PairMoments pair = moments[PairComparisons.IndexOf(i, j, n)];
                double ties = tiesWinBothWays ? Math.Max(0, pair.Weight - pair.WinWeight - pair.LossWeight) : 0;
                Add(i, j, pair.WinWeight + ties);
                Add(j, i, pair.LossWeight + ties);
            }
        }

        int[] start = [.. Enumerable.Range(0, weight.Count + 1).Select(b => 2 * b)];
        return new RankedBallots
        {
            Competitors = n,
            Start = start,
            Item = [.. item],
            Tier = [.. Enumerable.Range(0, item.Count).Select(k => (ushort)(k % 2))],
            Weight = [.. weight],
            Strict = [.. Enumerable.Repeat(true, weight.Count)],
            Longest = 2,
        };

        void Add(int winner, int loser, double times)
        {
            if (times > 0)
            {
                item.Add(winner);
                item.Add(loser);
                weight.Add(times);
            }
        }
    }
}
