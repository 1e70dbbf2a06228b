namespace Arena.Evaluation.Texts;

/// <summary>How differently two texts use words: the Jensen–Shannon divergence of their shares of words, in bits.</summary>
public static class WordDivergence
{
    /// <summary>0 where every word has the same share in both, 1 where they have no word in common; 1, too, where one of them has no word.</summary>
    public static double Compute(ReadOnlySpan<string> a, ReadOnlySpan<string> b)
    {
        if (a.IsEmpty || b.IsEmpty)
        {
            return 1;
        }

        var counts = new Dictionary<string, (int A, int B)>(StringComparer.Ordinal);
        foreach (var word in a)
        {
            var (inA, inB) = counts.GetValueOrDefault(word);
            counts[word] = (inA + 1, inB);
        }

        foreach (var word in b)
        {
            var (inA, inB) = counts.GetValueOrDefault(word);
            counts[word] = (inA, inB + 1);
        }

        var sum = 0.0;
        foreach (var (inA, inB) in counts.Values)
        {
            var (p, q) = ((double)inA / a.Length, (double)inB / b.Length);
            sum += Part(p, q) + Part(q, p);
        }

        return Math.Clamp(sum / 2, 0, 1);
    }

    /// <summary>p · log₂(p / m), m the mean of p and q.</summary>
    private static double Part(double p, double q) => p == 0 ? 0 : p * Math.Log2(2 * p / (p + q));
}
