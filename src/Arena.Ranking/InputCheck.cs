namespace Arena.Ranking;

/// <summary>What methods ask of their input first.</summary>
internal static class InputCheck
{
    /// <summary>Weights beyond these say that something went wrong on their way here, and sums of their squares would leave double precision.</summary>
    private const double LeastWeight = 1e-9, MostWeight = 1e9;

    /// <summary>Whether a number can be the weight of a ballot or a sample.</summary>
    public static bool IsWeight(double weight) => weight is 0 or (>= LeastWeight and <= MostWeight);

    /// <summary>What every method that reads scores asks of them.</summary>
    public static Diagnosis? Scores(Evidence[] competitors, Evidence board)
    {
        if (board.Observations == 0)
        {
            return new Diagnosis.NoSamples();
        }

        int[] unmeasured = [.. Enumerable.Range(0, competitors.Length).Where(i => competitors[i].Observations == 0)];
        return unmeasured.Length > 0 ? new Diagnosis.Unmeasured(unmeasured) : null;
    }
}
