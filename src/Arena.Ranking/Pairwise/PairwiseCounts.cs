using Arena.Ranking.Resampling;

namespace Arena.Ranking.Pairwise;

/// <summary>Weighted wins (a tie is half a win each) and comparisons of every two of n competitors.</summary>
internal sealed class PairwiseCounts
{
    private readonly bool _decided;

    private PairwiseCounts(int competitors, double[] wins, bool decided)
    {
        (Competitors, Wins, _decided) = (competitors, wins, decided);
        Neighbours = new int[competitors][];
        for (int i = 0; i < competitors; i++)
        {
            Neighbours[i] = [.. Enumerable.Range(0, competitors).Where(j => Comparisons(i, j) > 0)];
        }
    }

    public int Competitors { get; }

    /// <summary>n × n: what the row took from the column.</summary>
    public double[] Wins { get; }

    /// <summary>Who each competitor was compared with.</summary>
    public int[][] Neighbours { get; }

    public double Won(int i, int j) => Wins[i * Competitors + j];

    public double Comparisons(int i, int j) => Won(i, j) + Won(j, i);

    public double Total => Wins.Sum();

    public static PairwiseCounts Of(int competitors, PairMoments[] moments, double priorTies)
    {
        var wins = new double[competitors * competitors];
        for (int i = 0; i < competitors; i++)
        {
            for (int j = i + 1; j < competitors; j++)
            {
                PairMoments pair = moments[PairComparisons.IndexOf(i, j, competitors)];
                double ties = pair.Weight - pair.WinWeight - pair.LossWeight;
                // what rounding leaves of weights that cancel is not a tie
                ties = ties < 1e-12 * pair.Weight ? 0 : ties;
                wins[i * competitors + j] = pair.WinWeight + (ties + priorTies) / 2;
                wins[j * competitors + i] = pair.LossWeight + (ties + priorTies) / 2;
            }
        }

        return new PairwiseCounts(competitors, wins, priorTies > 0 || Array.Exists(moments, m => m.Discordant > 0));
    }

    /// <summary>Why there is no finite maximum-likelihood fit, or null when there is one (Ford 1957).</summary>
    public Diagnosis? Diagnose()
    {
        List<int[]> components = ComparisonGraph.Components(Competitors, (i, j) => Comparisons(i, j) > 0);
        if (components.Count > 1)
        {
            return new Diagnosis.Disconnected(components);
        }

        if (!_decided)
        {
            return new Diagnosis.OnlyTies();
        }

        List<int[]> groups = ComparisonGraph.StrongComponents(Competitors, (i, j) => Won(i, j) > 0);
        return groups.Count == 1
            ? null
            : new Diagnosis.Separable(groups, Extreme((i, j) => Won(j, i)), Extreme(Won));
    }

    private int[] Extreme(Func<int, int, double> taken) =>
        [.. Enumerable.Range(0, Competitors).Where(i => Array.TrueForAll(Neighbours[i], j => taken(i, j).Equals(0.0)))];
}
