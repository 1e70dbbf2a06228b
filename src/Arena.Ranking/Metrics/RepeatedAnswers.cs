namespace Arena.Ranking.Metrics;

/// <summary>
/// What a system achieves when it may answer several times. All estimates draw n (or k) of the N answers at hand without
/// replacement and are exact over all such draws, so they are unbiased and need no seed.
/// </summary>
public static class RepeatedAnswers
{
    /// <summary>pass@k = 1 − C(N − c, k)/C(N, k): the chance that one of k answers is right (Chen and others 2021).</summary>
    /// <param name="answers">N, at least k.</param>
    /// <param name="correct">c of them are right.</param>
    /// <param name="k">Answers allowed, 1 or more.</param>
    public static double PassAt(int answers, int correct, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(answers, k);
        ArgumentOutOfRangeException.ThrowIfNegative(correct);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(correct, answers);
        double none = 1;
        for (int i = answers - correct + 1; i <= answers && none > 0; i++)
        {
            none *= Math.Max(0, 1 - (double)k / i);
        }

        return 1 - none;
    }

    /// <summary>
    /// majority@n: the chance that the most frequent of n answers is the right one; a tie at the top counts by the share
    /// of the right one in it.
    /// </summary>
    /// <param name="answers">N answers, equal numbers for equal answers.</param>
    /// <param name="correct">The right answer.</param>
    /// <param name="n">Answers drawn, 1 … N.</param>
    public static double MajorityAt(ReadOnlySpan<int> answers, int correct, int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(n, answers.Length);
        int[] all = answers.ToArray();
        int right = all.Count(a => a == correct);
        int[] others = [.. all.Where(a => a != correct).GroupBy(a => a).Select(g => g.Count())];
        double expected = 0;
        for (int votes = 1; votes <= Math.Min(right, n); votes++)
        {
            expected += WinsWith(votes, right, others, all.Length, n);
        }

        return expected;
    }

    /// <summary>
    /// best-of-n: the expected score of the answer that a reward picks among n; answers with equal rewards are equally
    /// likely to be picked.
    /// </summary>
    /// <param name="rewards">N rewards, by which one is picked.</param>
    /// <param name="scores">N scores: what the picked one is worth.</param>
    /// <param name="n">Answers drawn, 1 … N.</param>
    public static double BestOf(ReadOnlySpan<double> rewards, ReadOnlySpan<double> scores, int n)
    {
        Numbers.RequirePaired(rewards, scores);
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(n, rewards.Length);
        double[] keys = rewards.ToArray(), values = scores.ToArray();
        Array.Sort(keys, values);
        Array.Reverse(keys);
        Array.Reverse(values);
        double expected = 0;
        for (int from = 0, to = 0; from < keys.Length; from = to)
        {
            double sum = 0;
            for (; to < keys.Length && keys[to].Equals(keys[from]); to++)
            {
                sum += values[to];
            }

            // the best drawn lies in this group: one of the first `to` was drawn, but none of the first `from`
            double chance = PassAt(keys.Length, to, n) - (from == 0 ? 0 : PassAt(keys.Length, from, n));
            expected += chance * sum / (to - from);
        }

        return expected;
    }

    /// <summary>
    /// best-of-majority: answers given too rarely are left out, and of the rest the k with the highest mean reward are
    /// submitted. Where every answer is too rare, the most frequent ones stay.
    /// </summary>
    /// <param name="answers">N answers, equal numbers for equal answers.</param>
    /// <param name="rewards">N rewards.</param>
    /// <param name="threshold">Share of the answers that one must reach, in [0, 1].</param>
    /// <param name="k">Answers submitted at most.</param>
    /// <returns>Different answers, best first; equal rewards by frequency, then by number.</returns>
    public static IReadOnlyList<int> BestOfMajority(ReadOnlySpan<int> answers, ReadOnlySpan<double> rewards, double threshold, int k)
    {
        if (rewards.Length != answers.Length || answers.IsEmpty)
        {
            throw new ArgumentException($"Every answer needs a reward and there must be one, but there are {answers.Length} answers and {rewards.Length} rewards.", nameof(rewards));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        if (threshold is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The threshold is a share between 0 and 1.");
        }

        Numbers.Require(rewards);
        int[] all = answers.ToArray();
        double[] reward = rewards.ToArray();
        (int Answer, int Count, double Reward)[] groups =
        [
            .. Enumerable.Range(0, all.Length).GroupBy(i => all[i]).Select(g => (g.Key, g.Count(), g.Average(i => reward[i]))),
        ];
        int needed = Math.Min((int)Math.Ceiling(threshold * all.Length - 1e-9), groups.Max(g => g.Count));
        return [.. groups.Where(g => g.Count >= needed).OrderByDescending(g => g.Reward).ThenByDescending(g => g.Count).ThenBy(g => g.Answer).Take(k).Select(g => g.Answer)];
    }

    /// <summary>Chance that the right answer is drawn exactly so often, times its share of the top.</summary>
    private static double WinsWith(int votes, int right, int[] others, int total, int n)
    {
        // ways[drawn, tied]: log-free by dividing as draws are added would underflow late, so logs carry the binomials
        int rest = n - votes;
        var ways = new double[rest + 1, others.Length + 1];
        Fill(ways, double.NegativeInfinity);
        ways[0, 0] = 0;
        for (int g = 0; g < others.Length; g++)
        {
            var next = new double[rest + 1, others.Length + 1];
            Fill(next, double.NegativeInfinity);
            for (int drawn = 0; drawn <= rest; drawn++)
            {
                for (int tied = 0; tied <= g; tied++)
                {
                    for (int take = 0; !double.IsNegativeInfinity(ways[drawn, tied]) && take <= Math.Min(votes, Math.Min(others[g], rest - drawn)); take++)
                    {
                        ref double cell = ref next[drawn + take, tied + (take == votes ? 1 : 0)];
                        cell = AddLogs(cell, ways[drawn, tied] + LogChoose(others[g], take));
                    }
                }
            }

            ways = next;
        }

        double sum = 0;
        double draws = LogChoose(right, votes) - LogChoose(total, n);
        for (int tied = 0; tied <= others.Length; tied++)
        {
            sum += Math.Exp(ways[rest, tied] + draws) / (tied + 1);
        }

        return sum;
    }

    private static void Fill(double[,] table, double value)
    {
        for (int i = 0; i < table.GetLength(0); i++)
        {
            for (int j = 0; j < table.GetLength(1); j++)
            {
                table[i, j] = value;
            }
        }
    }

    private static double AddLogs(double a, double b)
    {
        double most = Math.Max(a, b);
        return double.IsNegativeInfinity(most) ? most : most + Math.Log(Math.Exp(a - most) + Math.Exp(b - most));
    }

    private static double LogChoose(int n, int k) => MathNet.Numerics.SpecialFunctions.BinomialLn(n, k);
}
