using System.Runtime.InteropServices;

namespace Arena.Ranking.Selection;

/// <summary>What a sequential test says so far.</summary>
public enum SequentialVerdict
{
    /// <summary>Go on.</summary>
    Undecided,

    /// <summary>Stop: H0 is accepted.</summary>
    AcceptNull,

    /// <summary>Stop: H1 is accepted.</summary>
    AcceptAlternative,
}

/// <summary>A sequential probability ratio test at some moment.</summary>
/// <param name="LogLikelihoodRatio">ln of H1's likelihood over H0's.</param>
/// <param name="Lower">At or below it H0 is accepted: ln(β/(1 − α)).</param>
/// <param name="Upper">At or above it H1 is accepted: ln((1 − β)/α).</param>
/// <param name="Verdict">Which of them was reached. It stands for the moment of the counts given: stop at the first that is decided.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SprtResult(double LogLikelihoodRatio, double Lower, double Upper, SequentialVerdict Verdict);

/// <summary>Error rates of a sequential probability ratio test.</summary>
public sealed record SprtOptions
{
    /// <summary>α: how often H1 is accepted though H0 holds, inside (0, 0.5). Default: 0.05.</summary>
    public double FalsePositives { get; init => field = Checked(value); } = 0.05;

    /// <summary>β: how often H0 is accepted though H1 holds, inside (0, 0.5). Default: 0.05.</summary>
    public double FalseNegatives { get; init => field = Checked(value); } = 0.05;

    private static double Checked(double value) => value is > 0 and < 0.5
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "An error rate lies between 0 and 0.5, such as 0.05.");
}

/// <summary>
/// Wald's sequential probability ratio test (Wald 1945): look after every game, stop when the likelihood ratio of two simple
/// hypotheses leaves (ln(β/(1 − α)), ln((1 − β)/α)). On average it needs the fewest games of all tests with those errors.
/// </summary>
/// <remarks>
/// Use it for "is the new version better by at least so much?"; between the two hypotheses it may go on for long, and the
/// rates observed at its stop are biased outwards. The two errors together never exceed α + β (Wald 1945), up to what large numbers are needed for in <see cref="Outcomes"/>.
/// </remarks>
public static class Sprt
{
    private const double ZeroCount = 1e-3;

    /// <summary>Win rate p0 against p1: w·ln(p1/p0) + l·ln((1 − p1)/(1 − p0)).</summary>
    /// <param name="successes">Games won, or samples right.</param>
    /// <param name="failures">Games lost.</param>
    /// <param name="nullRate">p0, inside (0, 1).</param>
    /// <param name="alternativeRate">p1, inside (0, 1), another than p0.</param>
    /// <param name="options">Error rates.</param>
    public static SprtResult Bernoulli(long successes, long failures, double nullRate, double alternativeRate, SprtOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfNegative(failures);
        CheckRates(nullRate, alternativeRate);
        double ratio = successes * Math.Log(alternativeRate / nullRate)
            + failures * (double.LogP1(-alternativeRate) - double.LogP1(-nullRate));
        return Verdict(ratio, options);
    }

    /// <summary>
    /// Expected score s0 against s1 when games end in more than two ways: the generalised test, each hypothesis with the most
    /// likely distribution of that mean (Owen 1988; Van den Bergh 2017, as chess engines are tested).
    /// </summary>
    /// <remarks>
    /// The outcomes are worth 0, 1/(m − 1), …, 1. Three: loss, draw, win. Five: the score of a pair of games with changed
    /// colours, which keeps the two games of a pair one observation. p_i = p̂_i/(1 + λ(a_i − s)) with λ such that the mean is s;
    /// the ratio is N Σ p̂_i ln(p1_i/p0_i). Outcomes never seen count as 0.001, so that a distribution of that mean exists; the
    /// error rates hold for large numbers of games.
    /// </remarks>
    /// <param name="counts">Games (or pairs) by outcome, worst first; two outcomes or more.</param>
    /// <param name="nullScore">s0, inside (0, 1).</param>
    /// <param name="alternativeScore">s1, inside (0, 1), another than s0; <see cref="ExpectedScore"/> turns Elo into it.</param>
    /// <param name="options">Error rates.</param>
    public static SprtResult Outcomes(ReadOnlySpan<long> counts, double nullScore, double alternativeScore, SprtOptions? options = null)
    {
        CheckRates(nullScore, alternativeScore);
        if (counts.Length < 2)
        {
            throw new ArgumentException($"A game has two outcomes or more, but {counts.Length} were counted.", nameof(counts));
        }

        var shares = new double[counts.Length];
        double total = 0;
        long seen = 0;
        for (int k = 0; k < counts.Length; k++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(counts[k], nameof(counts));
            shares[k] = counts[k] == 0 ? ZeroCount : counts[k];
            total += shares[k];
            seen += counts[k];
        }

        if (seen == 0)
        {
            return Verdict(0, options);
        }

        double ratio = 0;
        double tilt0 = Tilt(shares, nullScore), tilt1 = Tilt(shares, alternativeScore);
        for (int k = 0; k < shares.Length; k++)
        {
            double worth = k / (shares.Length - 1.0);
            ratio += shares[k] * (double.LogP1(tilt0 * (worth - nullScore)) - double.LogP1(tilt1 * (worth - alternativeScore)));
        }

        return Verdict(ratio, options);
    }

    /// <summary>Expected score of a player that many Elo points better: 1/(1 + 10^(−elo/400)).</summary>
    public static double ExpectedScore(double elo) => 1 / (1 + Math.Pow(10, -elo / 400));

    /// <summary>λ with Σ p̂(a − s)/(1 + λ(a − s)) = 0, by bisection; it lies inside (−1/(1 − s), 1/s), where the sum falls from +∞ to −∞.</summary>
    private static double Tilt(double[] shares, double score)
    {
        double low = -1 / (1 - score), high = 1 / score;
        for (int round = 0; round < 200; round++)
        {
            double middle = (low + high) / 2, sum = 0;
            if (middle <= low || middle >= high)
            {
                break; // neighbours in double precision
            }

            for (int k = 0; k < shares.Length; k++)
            {
                double distance = k / (shares.Length - 1.0) - score;
                sum += shares[k] * distance / (1 + middle * distance);
            }

            (low, high) = sum > 0 ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    private static void CheckRates(double nullRate, double alternativeRate)
    {
        if (!(nullRate is > 0 and < 1) || !(alternativeRate is > 0 and < 1) || nullRate.Equals(alternativeRate))
        {
            throw new ArgumentException($"The hypotheses are {nullRate} and {alternativeRate}. Give two different numbers between 0 and 1.", nameof(alternativeRate));
        }
    }

    private static SprtResult Verdict(double ratio, SprtOptions? options)
    {
        options ??= new SprtOptions();
        double lower = Math.Log(options.FalseNegatives / (1 - options.FalsePositives));
        double upper = Math.Log((1 - options.FalseNegatives) / options.FalsePositives);
        SequentialVerdict verdict = SequentialVerdict.Undecided;
        if (ratio >= upper)
        {
            verdict = SequentialVerdict.AcceptAlternative;
        }
        else if (ratio <= lower)
        {
            verdict = SequentialVerdict.AcceptNull;
        }

        return new SprtResult(ratio, lower, upper, verdict);
    }
}
