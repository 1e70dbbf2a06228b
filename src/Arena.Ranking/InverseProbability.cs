namespace Arena.Ranking;

/// <summary>The fit that inverse probabilities give, beside the one they check.</summary>
/// <param name="Unweighted">Every ballot as it is: the default, right when the model is.</param>
/// <param name="Weighted">Every ballot by 1/probability of its slate.</param>
/// <param name="EffectiveSampleSize">(Σ w)²/Σ w² of the weighted ballots: how many equal ones they are worth.</param>
/// <param name="LargestWeight">The largest weight, the mean being 1.</param>
/// <param name="LargestShift">The largest difference of a competitor's offset between the two, in rating units.</param>
/// <param name="LargestShiftInErrors">
/// The largest difference of a rating between the two over the weighted fit's standard error, ratings that moved by nothing left out; +∞ where a rating moved that has no error.
/// </param>
public sealed record InverseProbabilityCheck(
    Standings Unweighted, Standings Weighted, double EffectiveSampleSize, double LargestWeight, double LargestShift, double LargestShiftInErrors);

/// <summary>
/// Adaptive draws: slates were shown with unequal, logged probabilities. The unweighted likelihood may ignore that as long as the
/// model holds (the draw depends on past votes only); weighting every ballot by 1/probability does not need the model, at the price
/// of a smaller effective sample (Horvitz, Thompson 1952). The two stand side by side; a gap of several errors says the
/// model misfits where the policy looked most.
/// </summary>
public static class InverseProbability
{
    /// <summary>The ballots with weights w/p, scaled so that they add up to as much as before.</summary>
    /// <param name="ballots">The ballots.</param>
    /// <param name="probabilities">Of each ballot's slate when it was drawn, inside (0, 1].</param>
    /// <param name="mostWeight">Weights above this many times the mean are cut to it: less noise, some bias. Default: none are.</param>
    /// <exception cref="ArgumentException">There are not as many probabilities as ballots, or one is out of range.</exception>
    public static Ballots Weigh(Ballots ballots, ReadOnlySpan<double> probabilities, double mostWeight = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        if (!(mostWeight >= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(mostWeight), mostWeight, "Weights can be cut to 1 times their mean or more.");
        }

        if (probabilities.Length != ballots.Count)
        {
            throw new ArgumentException($"{ballots.Count} ballots need as many probabilities, but there are {probabilities.Length}.", nameof(probabilities));
        }

        var weights = new double[ballots.Count];
        (double before, double after) = (0, 0);
        for (int b = 0; b < weights.Length; b++)
        {
            if (probabilities[b] is not (> 0 and <= 1))
            {
                throw new ArgumentException($"The probability of ballot {b} is {probabilities[b]}. It lies above 0 and at most at 1.", nameof(probabilities));
            }

            double weight = ballots.Weights.IsEmpty ? 1 : ballots.Weights[b];
            weights[b] = weight / probabilities[b];
            (before, after) = (before + weight, after + weights[b]);
        }

        double scale = after > 0 ? before / after : 1, most = mostWeight * before / Math.Max(1, weights.Length);
        return ballots.WithWeights([.. weights.Select(w => Math.Min(w * scale, most))]);
    }

    /// <summary>(Σ w)²/Σ w², 0 when all are 0.</summary>
    public static double EffectiveSampleSize(ReadOnlySpan<double> weights)
    {
        (double sum, double square) = (0, 0);
        foreach (double weight in weights)
        {
            (sum, square) = (sum + weight, square + weight * weight);
        }

        return square > 0 ? sum * sum / square : 0;
    }

    /// <summary>Fits twice, without and with the weights.</summary>
    /// <param name="ballots">The ballots.</param>
    /// <param name="probabilities">Of each ballot's slate when it was drawn.</param>
    /// <param name="fit">Any method that reads weights.</param>
    /// <param name="mostWeight">As in <see cref="Weigh"/>.</param>
    /// <exception cref="RankingException">From the fit.</exception>
    public static InverseProbabilityCheck Check(
        Ballots ballots, ReadOnlySpan<double> probabilities, Func<Ballots, Standings> fit, double mostWeight = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(fit);
        Ballots weighted = Weigh(ballots, probabilities, mostWeight);
        Standings plain = fit(ballots), corrected = fit(weighted);
        (double mean, double largest, double shift, double inErrors) = (0, 0, 0, 0);
        foreach (double weight in weighted.Weights)
        {
            (mean, largest) = (mean + weight / weighted.Count, Math.Max(largest, weight));
        }

        foreach ((Standing a, Standing b) in plain.Competitors.Zip(corrected.Competitors))
        {
            // errors are those of ratings: a competitor that the others are anchored to stands still, without one
            double moved = Math.Abs(a.Rating - b.Rating);
            shift = Math.Max(shift, Math.Abs(a.Offset - b.Offset));
            inErrors = moved <= 0 ? inErrors
                : double.IsFinite(b.StandardError) ? Math.Max(inErrors, moved / b.StandardError)
                : double.PositiveInfinity;
        }

        return new InverseProbabilityCheck(plain, corrected, EffectiveSampleSize(weighted.Weights), mean > 0 ? largest / mean : 0, shift, inErrors);
    }
}
