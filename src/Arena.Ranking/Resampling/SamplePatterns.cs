using System.Runtime.InteropServices;

namespace Arena.Ranking.Resampling;

/// <summary>
/// A score matrix with equal sample columns collapsed to one pattern and a count. Scores are turned so that higher is
/// better. Patterns stand in groups that share which competitors are measured, so that a sum over the samples two
/// competitors share is a sum over groups.
/// </summary>
/// <remarks>
/// Patterns are numbered by first appearance, never by content: permuting competitors then permutes results exactly.
/// Samples nobody was measured on, or of weight 0, are left out.
/// </remarks>
internal sealed class SamplePatterns
{
    private SamplePatterns(int competitors, int[] patternOf, int[] count, double[] weight, double[] scores, int[] groupStart, bool[] measured)
    {
        Competitors = competitors;
        PatternOf = patternOf;
        Count = count;
        Weight = weight;
        Scores = scores;
        GroupStart = groupStart;
        Measured = measured;
    }

    public int Competitors { get; }

    /// <summary>Number of distinct columns.</summary>
    public int Patterns => Count.Length;

    /// <summary>Number of groups of patterns with the same competitors measured.</summary>
    public int Groups => GroupStart.Length - 1;

    /// <summary>The pattern of every sample that counts.</summary>
    public int[] PatternOf { get; }

    /// <summary>How many samples have the pattern.</summary>
    public int[] Count { get; }

    /// <summary>The weight of each such sample.</summary>
    public double[] Weight { get; }

    /// <summary>competitors × patterns, higher is better, NaN is missing.</summary>
    public double[] Scores { get; }

    /// <summary>Group g is the patterns from GroupStart[g] up to GroupStart[g + 1].</summary>
    public int[] GroupStart { get; }

    /// <summary>groups × competitors: who is measured.</summary>
    public bool[] Measured { get; }

    public ReadOnlySpan<double> Row(int competitor) => Scores.AsSpan(competitor * Patterns, Patterns);

    public ReadOnlySpan<bool> MeasuredIn(int group) => Measured.AsSpan(group * Competitors, Competitors);

    public static SamplePatterns Of(ScoreMatrix matrix)
    {
        int n = matrix.Competitors;
        int[] active = ActiveSamples(matrix);
        (int[] columnOf, int[] firstOf) = GroupColumns(matrix, active, masksOnly: false);
        int[] representatives = [.. firstOf.Select(k => active[k])];
        (int[] groupOf, int[] firstOfGroup) = GroupColumns(matrix, representatives, masksOnly: true);

        // stable: by group, then by first appearance
        int[] order = [.. Enumerable.Range(0, representatives.Length).OrderBy(p => groupOf[p])];
        var place = new int[order.Length];
        for (int p = 0; p < order.Length; p++)
        {
            place[order[p]] = p;
        }

        var patternOf = new int[active.Length];
        var count = new int[order.Length];
        for (int k = 0; k < active.Length; k++)
        {
            patternOf[k] = place[columnOf[k]];
            count[patternOf[k]]++;
        }

        var groupStart = new int[firstOfGroup.Length + 1];
        foreach (int group in groupOf)
        {
            groupStart[group + 1]++;
        }

        for (int g = 0; g < firstOfGroup.Length; g++)
        {
            groupStart[g + 1] += groupStart[g];
        }

        var scores = new double[n * order.Length];
        double[] sign = [.. order.Select(p => matrix.ScaleOf(representatives[p]).Direction == ScoreDirection.HigherIsBetter ? 1.0 : -1.0)];
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<float> row = matrix.Row(i);
            for (int p = 0; p < order.Length; p++)
            {
                scores[i * order.Length + p] = sign[p] * row[representatives[order[p]]];
            }
        }

        if (matrix.IsMixed)
        {
            MixedColumns.ToCommonMargin(scores, n, [.. order.Select(p => matrix.ScaleOf(representatives[p]).TieMargin)]);
        }

        var measured = new bool[firstOfGroup.Length * n];
        for (int g = 0; g < firstOfGroup.Length; g++)
        {
            for (int i = 0; i < n; i++)
            {
                measured[g * n + i] = !double.IsNaN(scores[i * order.Length + groupStart[g]]);
            }
        }

        double[] weight = [.. order.Select(p => matrix.Weight(representatives[p]))];
        return new SamplePatterns(n, patternOf, count, weight, scores, groupStart, measured);
    }

    private static int[] ActiveSamples(ScoreMatrix matrix)
    {
        var seen = new bool[matrix.Samples];
        for (int i = 0; i < matrix.Competitors; i++)
        {
            ReadOnlySpan<float> row = matrix.Row(i);
            for (int s = 0; s < row.Length; s++)
            {
                seen[s] |= !float.IsNaN(row[s]);
            }
        }

        return [.. Enumerable.Range(0, matrix.Samples).Where(s => seen[s] && matrix.Weight(s) > 0)];
    }

    /// <summary>Numbers the distinct columns by first appearance: the number of each, and where each number appears first.</summary>
    private static (int[] NumberOf, int[] FirstOf) GroupColumns(ScoreMatrix matrix, int[] samples, bool masksOnly)
    {
        var hash = new ulong[samples.Length];
        for (int i = 0; i < matrix.Competitors; i++)
        {
            ReadOnlySpan<float> row = matrix.Row(i);
            for (int k = 0; k < samples.Length; k++)
            {
                hash[k] = Mix(hash[k] ^ Key(row[samples[k]], masksOnly));
            }
        }

        if (!masksOnly)
        {
            for (int k = 0; k < samples.Length; k++)
            {
                hash[k] = Mix(hash[k] ^ BitConverter.DoubleToUInt64Bits(matrix.Weight(samples[k])));
            }
        }

        for (int k = 0; matrix.IsMixed && !masksOnly && k < samples.Length; k++)
        {
            hash[k] = Mix(hash[k] ^ (ulong)(uint)matrix.ScaleOf(samples[k]).GetHashCode());
        }

        // one hash may stand for several columns: the columns of a hash form a chain, compared in full
        var numberOf = new int[samples.Length];
        var firstOf = new List<int>();
        var next = new List<int>();
        var head = new Dictionary<ulong, int>();
        for (int k = 0; k < samples.Length; k++)
        {
            ref int chain = ref CollectionsMarshal.GetValueRefOrAddDefault(head, hash[k], out bool known);
            int number = known ? chain : -1;
            while (number >= 0 && !SameColumn(matrix, samples[k], samples[firstOf[number]], masksOnly))
            {
                number = next[number];
            }

            if (number < 0)
            {
                number = firstOf.Count;
                firstOf.Add(k);
                next.Add(known ? chain : -1);
                chain = number;
            }

            numberOf[k] = number;
        }

        return (numberOf, [.. firstOf]);
    }

    private static bool SameColumn(ScoreMatrix matrix, int a, int b, bool masksOnly)
    {
        for (int i = 0; i < matrix.Competitors; i++)
        {
            ReadOnlySpan<float> row = matrix.Row(i);
            if (Key(row[a], masksOnly) != Key(row[b], masksOnly))
            {
                return false;
            }
        }

        return masksOnly || (matrix.Weight(a).Equals(matrix.Weight(b)) && matrix.ScaleOf(a) == matrix.ScaleOf(b));
    }

    private static ulong Key(float score, bool maskOnly) =>
        maskOnly ? (float.IsNaN(score) ? 0UL : 1UL) : BitConverter.SingleToUInt32Bits(score);

    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
