using Arena.Ranking.Resampling;

namespace Arena.Ranking.Pairwise;

/// <summary>Weighted wins (a tie is half a win each) of every two of n competitors that were compared; pairs i &lt; j row by row.</summary>
internal sealed class PairwiseCounts
{
    private readonly bool _decided;

    private PairwiseCounts(int competitors, int[] start, int[] second, double[] won, double[] lost, bool decided) =>
        (Competitors, Start, Second, RowWon, RowLost, _decided) = (competitors, start, second, won, lost, decided);

    public int Competitors { get; }

    /// <summary>Row i is the cells from Start[i] up to Start[i + 1].</summary>
    public int[] Start { get; }

    /// <summary>The other competitor, larger than the row.</summary>
    public int[] Second { get; }

    /// <summary>What the row took from the other.</summary>
    public double[] RowWon { get; }

    /// <summary>What the other took from the row.</summary>
    public double[] RowLost { get; }

    public double Total => RowWon.Sum() + RowLost.Sum();

    /// <summary>What i took from j.</summary>
    public double Won(int i, int j)
    {
        (int low, int high) = (Math.Min(i, j), Math.Max(i, j));
        int at = low == high ? -1 : Array.BinarySearch(Second, Start[low], Start[low + 1] - Start[low], high);
        return at < 0 ? 0 : i < j ? RowWon[at] : RowLost[at];
    }

    public double Comparisons(int i, int j) => Won(i, j) + Won(j, i);

    public static PairwiseCounts Of(int competitors, PairMoments[] moments, double priorTies)
    {
        var builder = new Builder(competitors, priorTies);
        for (int i = 0; i < competitors; i++)
        {
            for (int j = i + 1; j < competitors; j++)
            {
                PairMoments pair = moments[PairComparisons.IndexOf(i, j, competitors)];
                double ties = pair.Weight - pair.WinWeight - pair.LossWeight;
                // what rounding leaves of weights that cancel is not a tie
                builder.Add(j, pair.WinWeight, pair.LossWeight, ties < 1e-12 * pair.Weight ? 0 : ties, pair.Discordant > 0);
            }

            builder.EndRow(i);
        }

        return builder.Make();
    }

    /// <summary>Votes, and pairs derived from longer ballots.</summary>
    public static PairwiseCounts Of(PairCells votes, PairCells? derived, double priorTies)
    {
        if (derived is null && priorTies.Equals(0.0))
        {
            var (won, lost) = (new double[votes.Count], new double[votes.Count]);
            for (int c = 0; c < won.Length; c++)
            {
                (won[c], lost[c]) = (votes.Won[c] + votes.Tied[c] / 2, votes.Lost[c] + votes.Tied[c] / 2);
            }

            return new PairwiseCounts(votes.Competitors, votes.Start, votes.Second, won, lost, votes.Discordant.AsSpan().ContainsAnyExcept(0));
        }

        var builder = new Builder(votes.Competitors, priorTies);
        for (int i = 0; i < votes.Competitors; i++)
        {
            foreach (PairCells? cells in (ReadOnlySpan<PairCells?>)[votes, derived])
            {
                for (int c = cells?.Start[i] ?? 0; c < (cells?.Start[i + 1] ?? 0); c++)
                {
                    builder.Add(cells!.Second[c], cells.Won[c], cells.Lost[c], cells.Tied[c], cells.Discordant[c] > 0);
                }
            }

            builder.EndRow(i);
        }

        return builder.Make();
    }

    /// <summary>The same pairs with other numbers.</summary>
    public PairwiseCounts With(double[] won, double[] lost) => new(Competitors, Start, Second, won, lost, decided: true);

    /// <summary>Why there is no finite maximum-likelihood fit, or null when there is one (Ford 1957).</summary>
    public Diagnosis? Diagnose()
    {
        // most inputs have a fit: a few sweeps over the pairs tell, before anything is looked at twice
        if (ReachesAll(forward: true) && ReachesAll(forward: false))
        {
            return _decided ? null : new Diagnosis.OnlyTies();
        }

        List<int[]> components = ComparisonGraph.Components(Competitors, (i, j) => Comparisons(i, j) > 0);
        if (components.Count > 1)
        {
            return new Diagnosis.Disconnected(components);
        }

        return new Diagnosis.Separable(Groups(), Without(wins: false), Without(wins: true));
    }

    /// <summary>Groups within which everybody took something from everybody, directly or through others; one where there is a finite fit.</summary>
    public IReadOnlyList<int[]> Groups() => ReachesAll(forward: true) && ReachesAll(forward: false)
        ? [[.. Enumerable.Range(0, Competitors)]]
        : ComparisonGraph.StrongComponents(Competitors, (i, j) => Won(i, j) > 0);

    /// <summary>Whether every competitor is reached from the first along "took something from" (forward) or "lost something to".</summary>
    private bool ReachesAll(bool forward)
    {
        var reached = new bool[Competitors];
        reached[0] = true;
        int count = 1;
        for (int before = 0; count > before && count < Competitors;)
        {
            before = count;
            for (int i = 0; i < Competitors; i++)
            {
                for (int c = Start[i]; c < Start[i + 1]; c++)
                {
                    int j = Second[c];
                    if (reached[i] != reached[j] && (reached[i] == forward ? RowWon[c] : RowLost[c]) > 0)
                    {
                        reached[i] = reached[j] = true;
                        count++;
                    }
                }
            }
        }

        return count == Competitors;
    }

    /// <summary>Who never won, or never lost, anything.</summary>
    private int[] Without(bool wins)
    {
        var has = new bool[Competitors];
        for (int i = 0; i < Competitors; i++)
        {
            for (int c = Start[i]; c < Start[i + 1]; c++)
            {
                has[i] |= (wins ? RowWon[c] : RowLost[c]) > 0;
                has[Second[c]] |= (wins ? RowLost[c] : RowWon[c]) > 0;
            }
        }

        return [.. Enumerable.Range(0, Competitors).Where(i => !has[i])];
    }

    private sealed class Builder(int n, double priorTies)
    {
        private readonly double[] _won = new double[n];
        private readonly double[] _lost = new double[n];
        private readonly int[] _start = new int[n + 1];
        private readonly List<int> _second = [];
        private readonly List<double> _rowWon = [];
        private readonly List<double> _rowLost = [];
        private bool _decided = priorTies > 0;

        public void Add(int second, double won, double lost, double tied, bool decided)
        {
            _won[second] += won + tied / 2;
            _lost[second] += lost + tied / 2;
            _decided |= decided;
        }

        public void EndRow(int row)
        {
            for (int j = row + 1; j < n; j++)
            {
                (double won, double lost) = (_won[j] + priorTies / 2, _lost[j] + priorTies / 2);
                if (won + lost > 0)
                {
                    _second.Add(j);
                    _rowWon.Add(won);
                    _rowLost.Add(lost);
                    (_won[j], _lost[j]) = (0, 0);
                }
            }

            _start[row + 1] = _second.Count;
        }

        public PairwiseCounts Make() => new(n, _start, [.. _second], [.. _rowWon], [.. _rowLost], _decided);
    }
}
