namespace Arena.Ranking.Games;

/// <summary>Two-sided confidence bounds of a mean payoff.</summary>
internal sealed class ConfidenceBounds(PayoffBound kind, double lowest, double highest)
{
    /// <summary>Success rates closer to 0 or 1 than this are 0 or 1 but for rounding.</summary>
    private const double End = 1e-6;

    /// <summary>The bounds of a mean.</summary>
    /// <param name="mean">Mean payoff of the games.</param>
    /// <param name="games">1 or more; with 0 nothing is known and Hoeffding's bounds are infinite.</param>
    /// <param name="delta">Probability that the bounds miss.</param>
    public (double Lower, double Upper) Of(double mean, int games, double delta)
    {
        double range = highest - lowest;
        if (kind == PayoffBound.Hoeffding)
        {
            double half = range * Math.Sqrt(Math.Log(2 / delta) / (2 * games));
            return (mean - half, mean + half);
        }

        double rate = (mean - lowest) / range, wins = rate * games;
        double lower = rate < End ? 0 : BetaQuantile.Of(wins, games - wins + 1, delta / 2);
        double upper = rate > 1 - End ? 1 : BetaQuantile.Of(wins + 1, games - wins, 1 - delta / 2);
        return (lowest + range * lower, lowest + range * upper);
    }
}
