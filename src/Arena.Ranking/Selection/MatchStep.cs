namespace Arena.Ranking.Selection;

/// <summary>Where a sequential draw stands.</summary>
public readonly ref struct MatchStep
{
    internal MatchStep(MatchState state, ReadOnlySpan<int> chosen, ReadOnlySpan<bool> open, int slateSize)
    {
        (State, SlateSize) = (state, slateSize);
        Chosen = chosen;
        Open = open;
    }

    /// <summary>What is known before the draw.</summary>
    public MatchState State { get; }

    /// <summary>Members so far; the first is the pivot.</summary>
    public ReadOnlySpan<int> Chosen { get; }

    /// <summary>One flag a competitor: whether it may be next.</summary>
    public ReadOnlySpan<bool> Open { get; }

    /// <summary>Members the slate will have.</summary>
    public int SlateSize { get; }
}
