namespace Arena.Ranking.Games;

/// <summary>What payoff tables are asked before anybody reads them.</summary>
internal static class PayoffCheck
{
    public static Diagnosis? Of(int[] strategies, long cells, double[][] payoffs, int[][]? counts, double[][]? variances)
    {
        if (cells is < 1 or > PayoffTables.MostProfiles || strategies.Any(own => own < 1))
        {
            return new Diagnosis.ProfileCount(strategies, PayoffTables.MostProfiles);
        }

        return Shape("payoffs", strategies.Length, cells, payoffs)
            ?? (counts is null ? null : Shape("counts", strategies.Length, cells, counts))
            ?? (variances is null ? null : Shape("variances", strategies.Length, cells, variances))
            ?? Content(payoffs, p => !double.IsFinite(p), (k, i, p) => new Diagnosis.InvalidPayoff(k, i, p))
            ?? (counts is null ? null : Content(counts, c => c < 0, (k, i, c) => new Diagnosis.InvalidCount(k, i, c)))
            ?? (variances is null ? null : Content(variances, v => !(double.IsFinite(v) && v >= 0), (k, i, v) => new Diagnosis.InvalidVariance(k, i, v)));
    }

    private static Diagnosis? Shape<T>(string what, int populations, long cells, T[][] tensors)
    {
        if (tensors.Length != populations)
        {
            return new Diagnosis.PayoffTensors(what, populations, tensors.Length);
        }

        int wrong = Array.FindIndex(tensors, t => t.Length != cells);
        return wrong < 0 ? null : new Diagnosis.PayoffShape(wrong, what, cells, tensors[wrong].Length);
    }

    private static Diagnosis? Content<T>(T[][] tensors, Predicate<T> faulty, Func<int, int, T, Diagnosis> diagnosis)
    {
        for (int k = 0; k < tensors.Length; k++)
        {
            int at = Array.FindIndex(tensors[k], faulty);
            if (at >= 0)
            {
                return diagnosis(k, at, tensors[k][at]);
            }
        }

        return null;
    }
}
