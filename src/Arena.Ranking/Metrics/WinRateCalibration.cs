namespace Arena.Ranking.Metrics;

/// <summary>One bin of predicted win rates.</summary>
/// <param name="Low">Its lower edge.</param>
/// <param name="High">Its upper edge.</param>
/// <param name="Count">Predictions in it.</param>
/// <param name="Predicted">Their mean; null in an empty bin.</param>
/// <param name="Observed">Mean outcome; null in an empty bin.</param>
public sealed record CalibrationBin(double Low, double High, int Count, double? Predicted, double? Observed);

/// <summary>
/// Whether predicted win rates come true. Outcomes are 1 (won), ½ (tie) and 0 (lost), or anything between.
/// Every pair should be given once, seen from a side chosen without looking at the result.
/// </summary>
public static class WinRateCalibration
{
    /// <summary>Brier's score: mean (prediction − outcome)², 0 is best (Brier 1950). Null without a prediction.</summary>
    public static double? Brier(ReadOnlySpan<double> predicted, ReadOnlySpan<double> outcomes)
    {
        Require(predicted, outcomes);
        double sum = 0;
        for (int i = 0; i < predicted.Length; i++)
        {
            sum += (predicted[i] - outcomes[i]) * (predicted[i] - outcomes[i]);
        }

        return predicted.IsEmpty ? null : sum / predicted.Length;
    }

    /// <summary>Expected calibration error: Σ over equal-width bins of share · |mean prediction − mean outcome|. Null without a prediction.</summary>
    /// <param name="predicted">Win rates in [0, 1].</param>
    /// <param name="outcomes">As many outcomes in [0, 1].</param>
    /// <param name="bins">Default: 10.</param>
    public static double? ExpectedError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> outcomes, int bins = 10)
    {
        IReadOnlyList<CalibrationBin> table = Bins(predicted, outcomes, bins);
        double sum = 0;
        foreach (CalibrationBin bin in table.Where(b => b.Count > 0))
        {
            sum += bin.Count * Math.Abs(bin.Predicted!.Value - bin.Observed!.Value);
        }

        return predicted.IsEmpty ? null : sum / predicted.Length;
    }

    /// <summary>The bins themselves, lowest first; an edge belongs to the bin above it, 1 to the last.</summary>
    public static IReadOnlyList<CalibrationBin> Bins(ReadOnlySpan<double> predicted, ReadOnlySpan<double> outcomes, int bins = 10)
    {
        Require(predicted, outcomes);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        var sums = new (int Count, double Predicted, double Observed)[bins];
        for (int i = 0; i < predicted.Length; i++)
        {
            ref (int Count, double Predicted, double Observed) bin = ref sums[BinOf(predicted[i], bins)];
            bin = (bin.Count + 1, bin.Predicted + predicted[i], bin.Observed + outcomes[i]);
        }

        return
        [
            .. sums.Select((s, b) => new CalibrationBin(
                (double)b / bins,
                (b + 1.0) / bins,
                s.Count,
                s.Count == 0 ? null : s.Predicted / s.Count,
                s.Count == 0 ? null : s.Observed / s.Count)),
        ];
    }

    private static int BinOf(double prediction, int bins)
    {
        int bin = Math.Min(bins - 1, (int)(prediction * bins));

        // the product is rounded, so a prediction on an edge may seem to lie beside it
        return bin + 1 < bins && prediction >= (bin + 1.0) / bins ? bin + 1 : prediction < (double)bin / bins ? bin - 1 : bin;
    }

    private static void Require(ReadOnlySpan<double> predicted, ReadOnlySpan<double> outcomes)
    {
        Numbers.RequirePaired(predicted, outcomes);
        for (int i = 0; i < predicted.Length; i++)
        {
            if (predicted[i] is not (>= 0 and <= 1) || outcomes[i] is not (>= 0 and <= 1))
            {
                throw new ArgumentException($"Prediction {i} is {predicted[i]} and its outcome {outcomes[i]}; both lie between 0 and 1.", nameof(predicted));
            }
        }
    }
}
