using Arena.Ranking.Resampling;

namespace Arena.Ranking.Games;

/// <summary>From a number a strategy, those of all populations one after the other, to standings of every population.</summary>
internal sealed class PayoffStandings(string method, PayoffTables tables, PayoffOptions options)
{
    /// <summary>
    /// Rounds × strategies: the numbers of drawn payoffs, or nothing where payoffs are exact. A round has a stream of its own, so threads
    /// change nothing.
    /// </summary>
    public double[] Replicates(Func<PayoffTables, double[]> rank)
    {
        if (options.Uncertainty == PayoffUncertainty.None)
        {
            return [];
        }

        var draws = new PayoffDraws(tables, options);
        int width = tables.AllStrategies;
        var replicates = new double[options.Rounds * width];
        Parallel.For(0, options.Rounds, new ParallelOptions { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism }, round =>
        {
            var random = new Xoshiro256(options.Seed, (ulong)round);
            rank(draws.Draw(ref random)).CopyTo(replicates, round * width);
        });
        return replicates;
    }

    /// <summary>Standings with the intervals that replicates give, or without.</summary>
    public Standings[] Of(double[] ratings, double[] replicates, FitDiagnostics diagnostics)
    {
        var standings = new Standings[tables.Populations];
        for (int k = 0, first = 0; k < standings.Length; first += tables.Strategies[k++])
        {
            int own = tables.Strategies[k];
            (Evidence board, Evidence[] evidence, Func<int, int, (int Common, int Discordant)>? pairs) = PayoffEvidence.Of(tables, k);
            var maker = new StandingsMaker(method, options, board, evidence) { PairEvidence = pairs };
            double[] shares = ratings[first..(first + own)];
            standings[k] = replicates.Length == 0
                ? maker.WithoutIntervals(shares, diagnostics)
                : maker.FromReplicates(shares, Columns(replicates, ratings.Length, first, own), IntervalKind.PayoffBounds, diagnostics);
        }

        return standings;
    }

    private static double[] Columns(double[] rows, int width, int first, int count)
    {
        var columns = new double[rows.Length / width * count];
        for (int r = 0; r < rows.Length / width; r++)
        {
            rows.AsSpan(r * width + first, count).CopyTo(columns.AsSpan(r * count));
        }

        return columns;
    }
}
