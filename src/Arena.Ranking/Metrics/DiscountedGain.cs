namespace Arena.Ranking.Metrics;

/// <summary>What a relevance is worth.</summary>
public enum Gain
{
    /// <summary>The relevance itself.</summary>
    Linear,

    /// <summary>2^relevance − 1: the best count far more.</summary>
    Exponential,
}

/// <summary>
/// Discounted cumulative gain of an order (Järvelin, Kekäläinen 2002): Σ over places r = 1 … k of gain / log₂(r + 1).
/// Items with equal scores share the average gain of their places (McSherry, Najork 2008).
/// </summary>
public static class DiscountedGain
{
    /// <summary>DCG@k of ordering items by score, largest first.</summary>
    /// <param name="relevance">n finite numbers: how good each item is.</param>
    /// <param name="scores">n numbers by which they are ordered.</param>
    /// <param name="k">Places counted; null counts all.</param>
    /// <param name="gain">What a relevance is worth. Default: itself.</param>
    public static double Dcg(ReadOnlySpan<double> relevance, ReadOnlySpan<double> scores, int? k = null, Gain gain = Gain.Linear)
    {
        Numbers.RequirePaired(relevance, scores);
        int places = Places(k, relevance.Length);
        double[] order = scores.ToArray();
        double[] gains = [.. relevance.ToArray().Select(r => Worth(r, gain))];
        Array.Sort(order, gains);
        Array.Reverse(order);
        Array.Reverse(gains);
        double sum = 0;
        for (int from = 0, to = 0; from < places; from = to)
        {
            (double total, double discount) = (0, 0);
            for (; to < order.Length && order[to].Equals(order[from]); to++)
            {
                total += gains[to];
                discount += to < places ? 1 / Math.Log2(to + 2) : 0;
            }

            sum += total / (to - from) * discount;
        }

        return sum;
    }

    /// <summary>DCG@k divided by that of the best order, in [0, 1]; null where nothing is relevant.</summary>
    /// <exception cref="ArgumentException">A relevance is negative, or not finite.</exception>
    public static double? Ndcg(ReadOnlySpan<double> relevance, ReadOnlySpan<double> scores, int? k = null, Gain gain = Gain.Linear)
    {
        foreach (double r in relevance)
        {
            if (!double.IsFinite(r) || r < 0)
            {
                throw new ArgumentException($"A relevance is {r}, but NDCG takes finite numbers of 0 or more.", nameof(relevance));
            }
        }

        double ideal = Dcg(relevance, relevance, k, gain);
        return ideal > 0 ? Dcg(relevance, scores, k, gain) / ideal : null;
    }

    private static int Places(int? k, int items)
    {
        if (k is { } places)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(places, 1, nameof(k));
        }

        return Math.Min(k ?? items, items);
    }

    private static double Worth(double relevance, Gain gain) => gain == Gain.Linear ? relevance : Math.Pow(2, relevance) - 1;
}
