using Arena.Ranking.Resampling;

namespace Arena.Ranking.Selection;

/// <summary>Writes the probability of each candidate, all of the slate that are not chosen yet, to be drawn next after those chosen (the first of them is the pivot).</summary>
internal delegate void NextShares(ReadOnlySpan<int> chosen, ReadOnlySpan<int> candidates, Span<double> shares);

/// <summary>The probability of a set of competitors drawn one by one: the sum over all orders.</summary>
internal static class SlateOrders
{
    private const int LargestExact = 10;
    private const int Rounds = 2000;

    public static SlateProbability Sum(ReadOnlySpan<int> slate, NextShares next, bool dependsOnPivot, in MatchRequest request)
    {
        if (slate.Length > LargestExact)
        {
            return Sampled(slate, next, request.Inner().Random());
        }

        return SlateProbability.Exact(dependsOnPivot ? OverPivots(slate, next) : Reach([], slate, next));
    }

    private static double OverPivots(ReadOnlySpan<int> slate, NextShares next)
    {
        int size = slate.Length;
        Span<double> first = stackalloc double[size];
        Span<int> others = stackalloc int[size - 1];
        next([], slate, first);
        double total = 0;
        for (int p = 0; p < size; p++)
        {
            if (first[p] > 0)
            {
                slate[..p].CopyTo(others);
                slate[(p + 1)..].CopyTo(others[p..]);
                total += first[p] * Reach(slate.Slice(p, 1), others, next);
            }
        }

        return total;
    }

    /// <summary>The probability that the others come after the pivot (if there is one), in any order: reach[set] = Σ over the last member in of reach[set without it] · its share.</summary>
    private static double Reach(ReadOnlySpan<int> pivot, ReadOnlySpan<int> others, NextShares next)
    {
        int all = (1 << others.Length) - 1;
        var reach = new double[all + 1];
        reach[0] = 1;
        Span<double> shares = stackalloc double[others.Length];
        Span<int> chosen = stackalloc int[pivot.Length + others.Length], rest = stackalloc int[others.Length];
        pivot.CopyTo(chosen);
        for (int set = 0; set < all; set++)
        {
            if (reach[set] <= 0)
            {
                continue;
            }

            int inside = pivot.Length, outside = 0;
            for (int k = 0; k < others.Length; k++)
            {
                if ((set >> k & 1) != 0)
                {
                    chosen[inside++] = others[k];
                }
                else
                {
                    rest[outside++] = others[k];
                }
            }

            next(chosen[..inside], rest[..outside], shares);
            for (int k = 0, r = 0; k < others.Length; k++)
            {
                if ((set >> k & 1) == 0)
                {
                    reach[set | 1 << k] += reach[set] * shares[r++];
                }
            }
        }

        return reach[all];
    }

    /// <summary>Orders drawn by the policy itself, held to the slate: the product of "somebody of the slate is next" is unbiased.</summary>
    private static SlateProbability Sampled(ReadOnlySpan<int> slate, NextShares next, Xoshiro256 random)
    {
        int size = slate.Length;
        Span<int> order = stackalloc int[size];
        Span<double> shares = stackalloc double[size];
        double mean = 0, squares = 0;
        for (int round = 1; round <= Rounds; round++)
        {
            slate.CopyTo(order);
            double probability = 1;
            for (int k = 0; k < size && probability > 0; k++)
            {
                Span<double> now = shares[..(size - k)];
                next(order[..k], order[k..], now);
                double sum = 0;
                foreach (double share in now)
                {
                    sum += share;
                }

                probability *= sum;
                double mark = random.NextDouble() * sum;
                int pick = 0;
                while (pick < now.Length - 1 && mark >= now[pick])
                {
                    mark -= now[pick++];
                }

                (order[k], order[k + pick]) = (order[k + pick], order[k]);
            }

            double change = probability - mean;
            mean += change / round;
            squares += change * (probability - mean);
        }

        return new SlateProbability(mean, Math.Sqrt(squares / (Rounds - 1) / Rounds), ProbabilityKind.MonteCarlo);
    }
}
