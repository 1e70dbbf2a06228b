using Arena.Ranking.Resampling;

namespace Arena.Ranking.Selection;

/// <summary>Options of <see cref="CoverageCoreset"/>.</summary>
public sealed record CoverageCoresetOptions
{
    /// <summary>β: share of the hardest samples left out first (mislabelled ones gather there), inside [0, 1). Default: 0.1.</summary>
    public double PruneHardest
    {
        get;
        init => field = Require.That(value, value is >= 0 and < 1, "The share lies from 0 up to, not including, 1.");
    } = 0.1;

    /// <summary>Strata of equal width in difficulty, 1 or more. Default: 50.</summary>
    public int Strata
    {
        get;
        init => field = Require.AtLeast(value, 1, "There is 1 stratum or more, such as 50.");
    } = 50;

    /// <summary>Seed of the draws within strata. Default: 0.</summary>
    public ulong Seed { get; init; }
}

/// <summary>
/// Coverage-centric coreset (Zheng et al. 2023): leave out the hardest β, cut the rest into strata of equal width in
/// difficulty, and give every stratum the same budget; what a small stratum cannot use goes to the larger ones. Keeps easy,
/// middling and hard samples in a small suite, where taking the hardest (or a plain random sample) loses one of the ends.
/// </summary>
/// <remarks>A mean over the chosen samples is not the mean over all: weight strata by their size for that.</remarks>
public static class CoverageCoreset
{
    /// <summary>Chooses samples, in order of index.</summary>
    /// <param name="difficulty">One finite number a sample, larger is harder (such as 1 − mean score).</param>
    /// <param name="budget">How many to choose, from 0 to those left after pruning.</param>
    /// <param name="options">Share to prune, strata, seed.</param>
    /// <exception cref="ArgumentException">A difficulty is not finite, or the budget does not fit.</exception>
    public static int[] Select(ReadOnlySpan<double> difficulty, int budget, CoverageCoresetOptions? options = null)
    {
        options ??= new CoverageCoresetOptions();
        double[] keys = difficulty.ToArray();
        for (int k = 0; k < keys.Length; k++)
        {
            if (!double.IsFinite(keys[k]))
            {
                throw new ArgumentException($"The difficulty of sample {k} is {keys[k]}. Give finite numbers.", nameof(difficulty));
            }
        }

        int[] easiestFirst = [.. Enumerable.Range(0, keys.Length).OrderBy(k => keys[k])];
        int kept = keys.Length - (int)Math.Floor(options.PruneHardest * keys.Length);
        if (budget < 0 || budget > kept)
        {
            throw new ArgumentException($"Of {keys.Length} samples {kept} are left after pruning, but {budget} were asked for. Ask for 0 to {kept}, or prune fewer.", nameof(budget));
        }

        List<int>[] strata = Cut(keys, easiestFirst.AsSpan(0, kept), options.Strata);
        var random = new Xoshiro256(options.Seed, 0);
        var chosen = new List<int>(budget);
        int[] smallestFirst = [.. Enumerable.Range(0, strata.Length).OrderBy(s => strata[s].Count)];
        for (int s = 0; s < smallestFirst.Length; s++)
        {
            List<int> stratum = strata[smallestFirst[s]];
            int share = Math.Min(stratum.Count, (budget - chosen.Count) / (smallestFirst.Length - s));
            int[] shuffled = [.. stratum];
            random.Shuffle(shuffled);
            chosen.AddRange(shuffled.AsSpan(0, share));
        }

        chosen.Sort();
        return [.. chosen];
    }

    private static List<int>[] Cut(double[] keys, ReadOnlySpan<int> easiestFirst, int count)
    {
        var strata = new List<int>[count];
        for (int s = 0; s < count; s++)
        {
            strata[s] = [];
        }

        if (easiestFirst.Length == 0)
        {
            return strata;
        }

        double low = keys[easiestFirst[0]];
        double width = keys[easiestFirst[^1]] / count - low / count; // divided first: the range itself may overflow
        foreach (int k in easiestFirst)
        {
            strata[width > 0 ? (int)Math.Min(count - 1, (keys[k] - low) / width) : 0].Add(k);
        }

        return strata;
    }
}
