using Arena.Ranking;

namespace Arena.Cli.Rank.Input;

/// <summary>Payoff tables out of what was read, whole and named.</summary>
internal static class PayoffInput
{
    private const int Shown = 5;
    private const double Close = 1e-9;

    /// <summary>One population that plays against itself. Missing payoffs of a strategy against itself are half the sum, where every two strategies get the same sum.</summary>
    public static RankInput Symmetric(IReadOnlyList<string> strategies, double[] payoffs, int[]? games = null, double[]? variances = null)
    {
        int n = strategies.Count;
        CheckSize(payoffs, (long)n * n);
        var missing = new List<(int, int)>();
        double? sum = null;
        bool constant = true;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                if (i != j && double.IsNaN(payoffs[i * n + j]))
                {
                    missing.Add((i, j));
                }
                else if (i < j)
                {
                    double both = payoffs[i * n + j] + payoffs[j * n + i];
                    sum ??= both;
                    constant &= Math.Abs(both - sum.Value) <= Tolerance(payoffs);
                }
            }
        }

        if (missing.Count > 0)
        {
            throw Unplayed(missing.Select(m => $"'{strategies[m.Item1]}' against '{strategies[m.Item2]}'"), missing.Count, Worst(missing, strategies));
        }

        for (int i = 0; i < n; i++)
        {
            if (double.IsNaN(payoffs[i * n + i]))
            {
                payoffs[i * n + i] = constant && sum is { } both
                    ? both / 2
                    : throw new RefusedException($"What '{strategies[i]}' gets against itself is missing, and payoffs of two strategies add up to different sums, so it cannot be told. Fill the diagonal.");
            }
        }

        return Of(() => PayoffTables.Symmetric(n, payoffs, games ?? [], variances ?? []), [new Population("", strategies)]);
    }

    /// <summary>Two populations; the second gets the negative of what the first gets.</summary>
    public static RankInput ZeroSum(IReadOnlyList<string> rows, IReadOnlyList<string> columns, double[] payoffs)
    {
        CheckSize(payoffs, (long)rows.Count * columns.Count);
        int[] missing = [.. Enumerable.Range(0, payoffs.Length).Where(c => double.IsNaN(payoffs[c]))];
        return missing.Length > 0
            ? throw Unplayed(missing.Select(c => $"'{rows[c / columns.Count]}' against '{columns[c % columns.Count]}'"), missing.Length, "")
            : Of(() => PayoffTables.ZeroSum(rows.Count, columns.Count, payoffs), [new Population("rows", rows), new Population("columns", columns)]) with
            {
                Notes = ["Rows and columns are different strategies, so they are two populations; the columns get the negative of what the rows get."],
            };
    }

    /// <summary>A population a player, or one that plays against itself, from one row a profile.</summary>
    public static RankInput OfProfiles(
        IReadOnlyList<string[]> names, IReadOnlyList<(int[] Profile, double[] Payoffs, int Games, double[] Variances)> profiles, bool hasGames, bool hasVariances, bool symmetric)
    {
        int[] sizes = symmetric ? [names[0].Length, names[0].Length] : [.. names.Select(n => n.Length)];
        long cells = sizes.Aggregate(1L, (a, b) => Math.Min(a * b, int.MaxValue));
        if (cells > PayoffTables.MostProfiles)
        {
            throw new RefusedException($"{string.Join(" × ", sizes)} strategies make more profiles than {PayoffTables.MostProfiles:N0}. Leave some out.");
        }

        int tensors = profiles[0].Payoffs.Length;
        double[][] payoffs = [.. Enumerable.Range(0, tensors).Select(_ => Unknown())], variances = [.. Enumerable.Range(0, tensors).Select(_ => Unknown())];
        int[] games = new int[cells];
        foreach ((int[] profile, double[] own, int count, double[] spread) in profiles)
        {
            int cell = 0;
            for (int k = 0; k < profile.Length; k++)
            {
                cell = cell * sizes[k] + profile[k];
            }

            games[cell] = count;
            for (int t = 0; t < tensors; t++)
            {
                payoffs[t][cell] = own[t];
                variances[t][cell] = hasVariances ? spread[t] : 0;
            }
        }

        if (symmetric)
        {
            return Symmetric(names[0], payoffs[0], hasGames ? games : null, hasVariances ? variances[0] : null);
        }

        int[] missing = [.. Enumerable.Range(0, (int)cells).Where(c => payoffs.Any(p => double.IsNaN(p[c])))];
        if (missing.Length > 0)
        {
            throw Unplayed(missing.Select(c => string.Join(" / ", Profile(c).Select((s, k) => $"'{names[k][s]}'"))), missing.Length, "");
        }

        return Of(
            () => PayoffTables.General(sizes, payoffs, hasGames ? [.. names.Select(_ => games)] : null, hasVariances ? variances : null),
            [.. names.Select((n, k) => new Population($"player {k + 1}", n))]);

        double[] Unknown()
        {
            double[] unknown = new double[cells];
            Array.Fill(unknown, double.NaN);
            return unknown;
        }

        int[] Profile(int cell)
        {
            int[] profile = new int[sizes.Length];
            for (int k = sizes.Length - 1; k >= 0; k--)
            {
                (cell, profile[k]) = Math.DivRem(cell, sizes[k]);
            }

            return profile;
        }
    }

    public static RankInput.Payoffs Of(Func<PayoffTables> make, IReadOnlyList<Population> populations)
    {
        try
        {
            return new RankInput.Payoffs(make(), populations) { Names = populations[0].Strategies };
        }
        catch (RankingException e)
        {
            throw new RefusedException(DiagnosisText.Explain(e.Diagnosis, populations[0].Strategies));
        }
    }

    private static void CheckSize(double[] payoffs, long expected)
    {
        if (payoffs.Length != expected || expected == 0)
        {
            throw new RefusedException($"The table has {payoffs.Length:N0} payoffs, and its strategies need {expected:N0}: one row a strategy, one column a strategy.");
        }
    }

    /// <summary>Win rates written with four digits add up to 1 within half of the last.</summary>
    private static double Tolerance(double[] payoffs) => Math.Max(Close, 1e-3 * payoffs.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max());

    private static RefusedException Unplayed(IEnumerable<string> which, int count, string advice) => new(
        $"{count:N0} payoffs are missing, such as {string.Join(", ", which.Take(Shown))}. A game needs all of them: play what is missing, or leave strategies out with --ignore.{advice}");

    /// <summary>Which strategies to leave out so that the rest is whole: always the one with the most gaps.</summary>
    private static string Worst(List<(int First, int Second)> missing, IReadOnlyList<string> strategies)
    {
        var dropped = new List<int>();
        while (missing.Count > 0)
        {
            int worst = missing.SelectMany(m => (int[])[m.First, m.Second]).GroupBy(s => s).MaxBy(g => g.Count())!.Key;
            dropped.Add(worst);
            missing = [.. missing.Where(m => m.First != worst && m.Second != worst)];
        }

        return dropped.Count < strategies.Count - 1 ? $" Without {string.Join(", ", dropped.Select(o => $"'{strategies[o]}'"))} the rest is whole." : "";
    }
}
