namespace Arena.Application.Voting;

/// <summary>Who was placed above whom.</summary>
internal static class Preferences
{
    /// <summary>Counts the pairs of a ballot in which one is above the other; ties, and those of whom a best-worst ballot says nothing, are none.</summary>
    /// <param name="counts">n × n, the upper one first.</param>
    /// <param name="contestants">n.</param>
    /// <param name="slots">Contestants in the order shown.</param>
    /// <param name="ranks">Of each slot.</param>
    /// <param name="times">1, or −1 to take a ballot out again.</param>
    public static void Add(long[] counts, int contestants, int[] slots, short[] ranks, int times)
    {
        for (var a = 0; a < ranks.Length; a++)
        {
            for (var b = 0; b < ranks.Length; b++)
            {
                if (ranks[a] < ranks[b])
                {
                    counts[(slots[a] * contestants) + slots[b]] += times;
                }
            }
        }
    }
}
