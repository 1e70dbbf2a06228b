namespace Arena.Ranking;

/// <summary>What every method that reads scores asks of them first.</summary>
internal static class InputCheck
{
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
