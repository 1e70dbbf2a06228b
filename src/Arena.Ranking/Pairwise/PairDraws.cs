using Arena.Ranking.Resampling;

namespace Arena.Ranking.Pairwise;

/// <summary>A way to draw pairwise counts, some rounds side by side.</summary>
internal abstract class PairDraws(PairwiseCounts counts, double priorTies, int lanes)
{
    /// <summary>Lost, won and tied, of a pair's first.</summary>
    protected const int Outcomes = 3;

    /// <summary>Rounds drawn together.</summary>
    public int Lanes => lanes;

    protected int Cells => counts.Second.Length;

    /// <summary>What a thread draws in.</summary>
    public virtual Workspace Room() => new(Outcomes * lanes * Cells, 0);

    /// <summary>Draws rounds from the first one up to the second; each has its own random numbers.</summary>
    public abstract void Draw(ulong seed, int from, int to, Workspace room);

    /// <summary>One of the rounds that were drawn.</summary>
    public PairwiseCounts Counts(Workspace room, int lane)
    {
        var (won, lost) = (new double[Cells], new double[Cells]);
        for (int c = 0; c < won.Length; c++)
        {
            ReadOnlySpan<double> sums = room.Sums.AsSpan(Outcomes * lanes * c + lane);
            double half = (priorTies + sums[2 * lanes]) / 2;
            (lost[c], won[c]) = (sums[0] + half, sums[lanes] + half);
        }

        return counts.With(won, lost);
    }

    /// <summary>What a thread works in.</summary>
    /// <param name="sums">Numbers: lanes of outcomes of pairs.</param>
    /// <param name="clusters">Numbers: lanes of clusters.</param>
    internal sealed class Workspace(int sums, int clusters)
    {
        public double[] Sums { get; } = new double[sums];

        /// <summary>How often each cluster was drawn.</summary>
        public double[] Times { get; } = new double[clusters];
    }
}

/// <summary>Every count of a pair and outcome is drawn as Poisson with its own size as mean.</summary>
internal sealed class CountDraws(PairCells votes, PairwiseCounts counts, BradleyTerryOptions options) : PairDraws(counts, options.PriorTies, lanes: 1)
{
    private readonly int[] _cellOf = PairPlaces.Of(votes, counts);

    public override void Draw(ulong seed, int from, int to, Workspace room)
    {
        var random = new Xoshiro256(seed, (ulong)from);
        for (int c = 0; c < votes.Count; c++)
        {
            Span<double> sums = room.Sums.AsSpan(Outcomes * _cellOf[c], Outcomes);
            sums[2] = random.NextPoisson(votes.Tied[c]);
            sums[1] = random.NextPoisson(votes.Won[c]);
            sums[0] = random.NextPoisson(votes.Lost[c]);
        }
    }
}

/// <summary>Where a pair stands among the counts, which hold every pair where there is a prior.</summary>
internal static class PairPlaces
{
    public static int Find(PairwiseCounts counts, int low, int high)
    {
        int length = counts.Start[low + 1] - counts.Start[low];
        return length == counts.Competitors - low - 1
            ? counts.Start[low] + high - low - 1
            : Array.BinarySearch(counts.Second, counts.Start[low], length, high);
    }

    public static int[] Of(PairCells cells, PairwiseCounts counts)
    {
        var places = new int[cells.Count];
        for (int i = 0; i < cells.Competitors; i++)
        {
            for (int c = cells.Start[i]; c < cells.Start[i + 1]; c++)
            {
                places[c] = Find(counts, i, cells.Second[c]);
            }
        }

        return places;
    }
}
