namespace Arena.Ranking;

/// <summary>Columns of pairwise votes turned into the columns of <see cref="Ballots"/> in one pass.</summary>
internal static class BallotColumns
{
    /// <summary>The ballots, or null where any value is at fault.</summary>
    public static Ballots? TryMake(
        int competitors,
        ReadOnlySpan<int> first,
        ReadOnlySpan<int> second,
        ReadOnlySpan<PairOutcome> outcomes,
        ReadOnlySpan<double> weights,
        ReadOnlySpan<int> voters,
        ReadOnlySpan<int> prompts)
    {
        if (competitors < 1)
        {
            return null;
        }

        int votes = first.Length;
        var start = GC.AllocateUninitializedArray<int>(votes + 1);
        var competitor = GC.AllocateUninitializedArray<int>(2 * votes);
        var tier = GC.AllocateUninitializedArray<ushort>(2 * votes);
        var kind = GC.AllocateUninitializedArray<byte>(votes);
        start[0] = 0;
        for (int v = 0; v < votes; v++)
        {
            int a = first[v], b = second[v], outcome = (int)outcomes[v];
            if ((uint)a >= (uint)competitors | (uint)b >= (uint)competitors | a == b | (uint)outcome > 3)
            {
                return null;
            }

            // best first; a tie (bit 1) keeps the order and shares tier 0
            int swap = outcome == 0 ? b - a : 0;
            competitor[2 * v] = a + swap;
            competitor[2 * v + 1] = b - swap;
            tier[2 * v] = 0;
            tier[2 * v + 1] = (ushort)((outcome >> 1) ^ 1);
            kind[v] = (byte)((int)BallotKind.Pairwise | (outcome == 3 ? Ballots.AllBadBit : 0) | (outcome == 0 ? Ballots.SwappedBit : 0));
            start[v + 1] = 2 * v + 2;
        }

        foreach (double weight in weights)
        {
            if (!InputCheck.IsWeight(weight))
            {
                return null;
            }
        }

        return new Ballots(
            competitors,
            start,
            competitor,
            tier,
            kind,
            weights.ContainsAnyExcept(1.0) ? weights.ToArray() : null,
            Known(voters),
            Known(prompts));
    }

    private static int[]? Known(ReadOnlySpan<int> column)
    {
        if (!column.ContainsAnyExcept(-1))
        {
            return null;
        }

        int[] known = column.ToArray();
        foreach (ref int value in known.AsSpan())
        {
            value = Math.Max(-1, value);
        }

        return known;
    }
}
