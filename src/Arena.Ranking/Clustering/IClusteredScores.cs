namespace Arena.Ranking.Clustering;

/// <summary>Scores in the order of their clusters; a struct, so that reading one costs no call.</summary>
internal interface IClusteredScores
{
    /// <summary>Length of a score vector.</summary>
    int Parameters { get; }

    /// <summary>Cluster c is the positions from Start[c] up to Start[c + 1]; one without any counts nowhere.</summary>
    int[] Start { get; }

    /// <summary>Adds the score at a position to the cluster that is open.</summary>
    void AddTo(OuterProducts outer, int position);

    /// <summary>The cluster that the position is in the other way, 0 or more; −1 where it is in none with others.</summary>
    int Other(int position);
}
