namespace Arena.Ranking.Benchmarks.Experiments;

/// <summary>What intervals held, of an entry that few stand up for.</summary>
/// <param name="Few">Its ballots, or the voters who gave its votes.</param>
/// <param name="Arenas">Simulated arenas that had a fit.</param>
/// <param name="Pairs">Share of pointwise intervals of its differences that held the truth.</param>
/// <param name="Others">The same for pairs of the others.</param>
/// <param name="HalfWidth">Mean half-width of the intervals of its differences, in points.</param>
internal sealed record SparseEntryRow(int Few, int Arenas, double Pairs, double Others, double HalfWidth);

/// <summary>Do 95 % intervals hold 95 % for an entry known from few ballots, or from few voters? The last entry is the one.</summary>
internal static class SparseEntryStudy
{
    public const int Entries = 12;
    public const int Ballots = 150;
    public const int Slate = 6;
    public const double Deviation = 0.8;

    private const double Unit = 173.71779276130073; // 400/ln 10

    /// <summary>Plackett–Luce: 150 rankings of six among the others, and a few with the last entry.</summary>
    public static SparseEntryRow Rankings(int few, int arenas, int seed) => Measure(few, arenas, arena =>
    {
        var random = new Random(unchecked((seed * 397 ^ few) * 7919 ^ arena));
        double[] strengths = [.. Enumerable.Range(0, Entries).Select(_ => Deviation * CalibrationStudy.Normal(random))];
        var builder = new BallotsBuilder(Entries);
        for (int b = 0; b < Ballots + few; b++)
        {
            int[] others = [.. Enumerable.Range(0, Entries - 1).OrderBy(_ => random.NextDouble()).Take(b < few ? Slate - 1 : Slate)];
            // strength + Gumbel noise in falling order is Plackett–Luce
            builder.AddRanking([.. (b < few ? [.. others, Entries - 1] : others).OrderByDescending(i => strengths[i] - Math.Log(-Math.Log(1 - random.NextDouble())))]);
        }

        return PlackettLuce.TryFit(builder.ToBallots(), new PlackettLuceOptions { Rounds = 50, MaxDegreeOfParallelism = 1 }, out Standings? standings, out _)
            ? (standings, strengths)
            : null;
    });

    /// <summary>Bradley–Terry: the calibration arena with effects of voters, but the last entry's 50 votes come from a few.</summary>
    public static SparseEntryRow Votes(int few, int arenas, int seed) => Measure(few, arenas, arena =>
    {
        (Ballots ballots, double[] truth) = CalibrationStudy.NewcomerOfFewVoters(few, unchecked((seed * 397 ^ few) * 7919 ^ arena));
        return BradleyTerry.TryFit(
            ballots, new BradleyTerryOptions { Cluster = ClusterBy.Voter, Rounds = 50, MaxDegreeOfParallelism = 1 }, out Standings? standings, out _)
            ? (standings, truth)
            : null;
    });

    private static SparseEntryRow Measure(int few, int arenas, Func<int, (Standings Standings, double[] Truth)?> simulate)
    {
        var results = new (double Pairs, double Others, double Width)?[arenas];
        Parallel.For(0, arenas, arena => results[arena] = simulate(arena) is var (standings, truth) ? Hold(standings, truth) : null);
        (double Pairs, double Others, double Width)[] held = [.. results.OfType<(double, double, double)>()];
        return new SparseEntryRow(few, held.Length, held.Average(h => h.Pairs), held.Average(h => h.Others), held.Average(h => h.Width));
    }

    private static (double Pairs, double Others, double Width) Hold(Standings standings, double[] truth)
    {
        int n = truth.Length, last = n - 1;
        (int pairs, int others, double width) = (0, 0, 0);
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
            {
                PairComparison pair = standings.Pairs[i, j];
                double difference = Unit * (truth[i] - truth[j]);
                int held = pair.Low <= difference && difference <= pair.High ? 1 : 0;
                (pairs, others) = j == last ? (pairs + held, others) : (pairs, others + held);
                width += j == last ? (pair.High - pair.Low) / 2 / last : 0;
            }
        }

        return (pairs / (double)last, others / (last * (last - 1) / 2.0), width);
    }
}
