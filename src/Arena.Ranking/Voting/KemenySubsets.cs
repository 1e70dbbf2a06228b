using System.Numerics;

namespace Arena.Ranking.Voting;

/// <summary>
/// Exact Kemeny orders of up to 22 by dynamic programming over subsets (Held, Karp 1962): least[S] = min over i in S, the
/// last of S, of least[S∖i] + votes against all of S∖i standing above i. Orders are counted along the way, so that ties
/// become average ranks.
/// </summary>
internal static class KemenySubsets
{
    /// <summary>Sums that differ by this share of all votes are equal: weights may be fractions.</summary>
    private const double Equal = 1e-11;

    public static GroupOrder Solve(double[] against, int k, int maxOrders)
    {
        int all = (1 << k) - 1;
        double slack = Equal * against.Sum();
        var costs = new Costs(against, k);
        var least = new double[all + 1];
        var ways = new double[all + 1];
        ways[0] = 1;
        for (int set = 1; set <= all; set++)
        {
            double best = double.PositiveInfinity;
            for (int rest = set; rest != 0; rest &= rest - 1)
            {
                int last = BitOperations.TrailingZeroCount(rest);
                best = Math.Min(best, least[set ^ (1 << last)] + costs.Of(last, set));
            }

            least[set] = best;
            for (int rest = set; rest != 0; rest &= rest - 1)
            {
                int last = BitOperations.TrailingZeroCount(rest), before = set ^ (1 << last);
                ways[set] += least[before] + costs.Of(last, set) <= best + slack ? ways[before] : 0;
            }
        }

        var orders = new List<int[]>();
        List(new int[k], all, k, (set, last) => least[set ^ (1 << last)] + costs.Of(last, set) <= least[set] + slack, maxOrders, orders);
        return new GroupOrder(orders, MeanBelow(least, ways, costs, k, slack), least[all]);
    }

    /// <summary>Average places over all best orders: best ways to fill the places up to a set, times those from it on.</summary>
    private static double[] MeanBelow(double[] least, double[] ways, Costs costs, int k, double slack)
    {
        int all = least.Length - 1;
        var onwards = new double[all + 1];
        onwards[all] = 1;
        var below = new double[k];
        for (int set = all; set > 0; set--)
        {
            for (int rest = onwards[set] > 0 ? set : 0; rest != 0; rest &= rest - 1)
            {
                int last = BitOperations.TrailingZeroCount(rest), before = set ^ (1 << last);
                if (least[before] + costs.Of(last, set) <= least[set] + slack)
                {
                    onwards[before] += onwards[set];
                    below[last] += onwards[set] * ways[before] * (k - BitOperations.PopCount((uint)set));
                }
            }
        }

        for (int i = 0; i < k; i++)
        {
            below[i] /= ways[all];
        }

        return below;
    }

    private static void List(int[] order, int set, int places, Func<int, int, bool> tight, int most, List<int[]> orders)
    {
        if (set == 0)
        {
            orders.Add([.. order]);
            return;
        }

        for (int rest = set; rest != 0 && orders.Count < most; rest &= rest - 1)
        {
            int last = BitOperations.TrailingZeroCount(rest);
            if (tight(set, last))
            {
                order[places - 1] = last;
                List(order, set ^ (1 << last), places - 1, tight, most, orders);
            }
        }
    }

    /// <summary>Votes against all of a set standing above one competitor, from sums over halves of the set.</summary>
    private sealed class Costs
    {
        private readonly int _low;
        private readonly int _high;
        private readonly double[] _lowSums;
        private readonly double[] _highSums;

        public Costs(double[] against, int k)
        {
            (_low, _high) = (k / 2, k - k / 2);
            (_lowSums, _highSums) = (Sums(against, k, 0, _low), Sums(against, k, _low, _high));
        }

        public double Of(int competitor, int set) =>
            _lowSums[(competitor << _low) | (set & ((1 << _low) - 1))] + _highSums[(competitor << _high) | (set >> _low)];

        private static double[] Sums(double[] against, int k, int from, int bits)
        {
            var sums = new double[k << bits];
            for (int i = 0; i < k; i++)
            {
                for (int set = 1; set < 1 << bits; set++)
                {
                    int member = BitOperations.TrailingZeroCount(set);
                    sums[(i << bits) | set] = sums[(i << bits) | (set & (set - 1))] + (from + member == i ? 0 : against[(from + member) * k + i]);
                }
            }

            return sums;
        }
    }
}
