using Arena.Ranking.Resampling;

namespace Arena.Ranking;

/// <summary>How many more ballots would separate two competitors, if the estimated difference is the true one.</summary>
/// <param name="Direct">When every further ballot compares the two directly; 0 when there are enough, +∞ when their ratings are equal.</param>
/// <param name="AtCurrentMix">When further ballots spread over the board as those so far.</param>
/// <param name="Difference">The estimated difference, in rating units.</param>
/// <param name="Separated">Whether they are separated already.</param>
public sealed record VotesNeededEstimate(double Direct, double AtCurrentMix, double Difference, bool Separated);

/// <summary>
/// "Votes still needed to separate A and B": the standard error has to fall to |d|/(z_level + z_power), d the difference of
/// log-strengths. A direct ballot adds p(1 − p) of information on d, p = σ(d); at the current mix information grows in proportion
/// to ballots.
/// </summary>
/// <remarks>
/// A plan, not a promise: the estimated difference is itself uncertain, and stopping as soon as it is reached spends the level
/// (use a confidence sequence for that). For ratings on the Elo scale (1000 + 400/ln 10 · θ) only.
/// </remarks>
public static class VotesNeeded
{
    /// <summary>Estimates the ballots still needed.</summary>
    /// <param name="standings">A fit with a covariance, on the Elo scale.</param>
    /// <param name="first">One competitor.</param>
    /// <param name="second">Another.</param>
    /// <param name="power">Chance of separating them after so many ballots, inside (0, 1).</param>
    /// <param name="simultaneous">Whether the pair has to be separated with all others at once (the fit's critical value), or alone.</param>
    /// <param name="designEffect">
    /// How many ballots carry the information of one independent one: above 1 where voters or prompts are used several times.
    /// </param>
    /// <exception cref="ArgumentException">The fit has no covariance.</exception>
    public static VotesNeededEstimate Between(Standings standings, int first, int second, double power = 0.8, bool simultaneous = true, double designEffect = 1)
    {
        ArgumentNullException.ThrowIfNull(standings);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(designEffect);
        if (power is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(power), power, "The power lies between 0 and 1, such as 0.8.");
        }

        if (standings.Covariance is null)
        {
            throw new ArgumentException($"{standings.Method} gives no covariance, so nothing says how precise its ratings are.", nameof(standings));
        }

        PairComparison pair = standings.Pairs[first, second];
        double d = pair.Difference / EloScale.Unit, error = pair.StandardError / EloScale.Unit;
        if (pair.Separated)
        {
            return new VotesNeededEstimate(0, 0, pair.Difference, true);
        }

        double level = simultaneous && double.IsFinite(standings.Diagnostics.CriticalValue)
            ? standings.Diagnostics.CriticalValue
            : new Quantiles(standings.Confidence).Normal;
        double needed = level + MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, power);
        // a power below the level's error would need less than nothing
        double information = Math.Max(0, needed) * Math.Max(0, needed) / (d * d), known = 1 / (error * error);
        if (d == 0 || !double.IsFinite(information) || !(error > 0))
        {
            return new VotesNeededEstimate(double.PositiveInfinity, double.PositiveInfinity, pair.Difference, false);
        }

        double p = Pairwise.BradleyTerryMaximiser.Sigmoid(d), missing = Math.Max(0, information - known);
        return new VotesNeededEstimate(
            Math.Ceiling(missing * designEffect / (p * (1 - p))),
            Math.Ceiling(standings.Evidence.Observations * missing / known),
            pair.Difference,
            false);
    }
}
