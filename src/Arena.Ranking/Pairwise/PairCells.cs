namespace Arena.Ranking.Pairwise;

/// <summary>
/// The pairs i &lt; j that were compared, row by row: what each side won, ties apart. Weights stand beside their squares, which the variance needs;
/// unweighted votes share one array for both.
/// </summary>
internal sealed class PairCells
{
    public required int Competitors { get; init; }

    /// <summary>Row i is the cells from Start[i] up to Start[i + 1].</summary>
    public required int[] Start { get; init; }

    /// <summary>The other competitor, larger than the row.</summary>
    public required int[] Second { get; init; }

    /// <summary>Weight of the row's wins.</summary>
    public required double[] Won { get; init; }

    /// <summary>Weight of the row's losses.</summary>
    public required double[] Lost { get; init; }

    /// <summary>Weight of ties.</summary>
    public required double[] Tied { get; init; }

    /// <summary>Squared weights of wins, losses and ties.</summary>
    public required (double[] Won, double[] Lost, double[] Tied) Squares { get; init; }

    /// <summary>Votes on the pair.</summary>
    public required int[] Common { get; init; }

    /// <summary>Those that are no tie.</summary>
    public required int[] Discordant { get; init; }

    public int Count => Second.Length;

    /// <summary>Whether any vote weighs other than 1.</summary>
    public bool Weighted => !ReferenceEquals(Won, Squares.Won);

    /// <summary>The cell of i &lt; j, or −1.</summary>
    public int Find(int i, int j)
    {
        int at = Array.BinarySearch(Second, Start[i], Start[i + 1] - Start[i], j);
        return Math.Max(-1, at);
    }
}
