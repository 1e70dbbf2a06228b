namespace Arena.Evaluation.Texts;

/// <summary>Overlap with a reference text: ROUGE of C.-Y. Lin, "ROUGE: A package for automatic evaluation of summaries"
/// (2004), as the harmonic mean of precision and recall with equal weights, on the words of <see cref="Words"/>.</summary>
public static class Rouge
{
    /// <summary>ROUGE-1: words in common, each as often as the text has it that has it less often.</summary>
    public static double One(ReadOnlySpan<string> output, ReadOnlySpan<string> reference)
    {
        var left = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in reference)
        {
            left[word] = left.GetValueOrDefault(word) + 1;
        }

        var common = 0;
        foreach (var word in output)
        {
            if (left.TryGetValue(word, out var times) && times > 0)
            {
                left[word] = times - 1;
                common++;
            }
        }

        return F1(common, output.Length, reference.Length);
    }

    /// <summary>ROUGE-L of the whole texts: the longest sequence of words that both have in this order, with others between.</summary>
    public static double Longest(ReadOnlySpan<string> output, ReadOnlySpan<string> reference)
    {
        // row by row of the output: the longest sequence in common with the first words of the reference
        var lengths = new int[reference.Length + 1];
        foreach (var word in output)
        {
            var diagonal = 0;
            for (var i = 0; i < reference.Length; i++)
            {
                var above = lengths[i + 1];
                lengths[i + 1] = string.Equals(word, reference[i], StringComparison.Ordinal) ? diagonal + 1 : Math.Max(above, lengths[i]);
                diagonal = above;
            }
        }

        return F1(lengths[^1], output.Length, reference.Length);
    }

    private static double F1(int common, int output, int reference) => common == 0 ? 0 : 2.0 * common / (output + reference);
}
