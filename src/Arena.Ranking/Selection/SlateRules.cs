namespace Arena.Ranking.Selection;

/// <summary>What every policy asks of a slate.</summary>
internal static class SlateRules
{
    /// <summary>Throws unless so many can share a slate.</summary>
    public static void CheckSize(MatchState state, int slateSize)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (slateSize is < 2 or > MatchState.LargestSlate)
        {
            throw new ArgumentException($"A slate has 2 to {MatchState.LargestSlate} members, but {slateSize} were asked for.", nameof(slateSize));
        }

        if (state.MostOnASlate < slateSize)
        {
            throw new ArgumentException($"Of {state.Competitors} competitors at most {state.MostOnASlate} may share a slate (exclusion groups count once), but {slateSize} were asked for. Ask for fewer, or add competitors.", nameof(slateSize));
        }
    }

    /// <summary>Throws for a slate that is none; false for one that no draw can give.</summary>
    public static bool CanBeDrawn(MatchState state, ReadOnlySpan<int> slate)
    {
        CheckSize(state, slate.Length);
        bool can = true;
        for (int a = 0; a < slate.Length; a++)
        {
            if ((uint)slate[a] >= (uint)state.Competitors || slate[..a].Contains(slate[a]))
            {
                throw new ArgumentException($"Member {slate[a]} of the slate is named twice, or is none of the {state.Competitors} competitors.", nameof(slate));
            }

            can &= state.IsAvailable(slate[a]);
            for (int b = 0; b < a; b++)
            {
                can &= !state.Excludes(slate[a], slate[b]);
            }
        }

        return can;
    }
}
