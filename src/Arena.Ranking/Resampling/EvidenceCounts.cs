namespace Arena.Ranking.Resampling;

/// <summary>Samples and discordant samples, of every competitor and of the board.</summary>
internal static class EvidenceCounts
{
    public static (Evidence Board, Evidence[] Competitors) Of(SamplePatterns patterns, double margin)
    {
        int n = patterns.Competitors;
        var low = new double[patterns.Patterns];
        var high = new double[patterns.Patterns];
        Array.Fill(low, double.PositiveInfinity);
        Array.Fill(high, double.NegativeInfinity);
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> row = patterns.Row(i);
            for (int p = 0; p < row.Length; p++)
            {
                if (!double.IsNaN(row[p]))
                {
                    low[p] = Math.Min(low[p], row[p]);
                    high[p] = Math.Max(high[p], row[p]);
                }
            }
        }

        var competitors = new Evidence[n];
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> row = patterns.Row(i);
            (int samples, int discordant) = (0, 0);
            for (int p = 0; p < row.Length; p++)
            {
                if (!double.IsNaN(row[p]))
                {
                    samples += patterns.Count[p];
                    discordant += high[p] - low[p] > margin ? patterns.Count[p] : 0;
                }
            }

            competitors[i] = new Evidence(samples, discordant);
        }

        int all = Enumerable.Range(0, patterns.Patterns).Where(p => high[p] - low[p] > margin).Sum(p => patterns.Count[p]);
        return (new Evidence(patterns.PatternOf.Length, all), competitors);
    }
}
