using Arena.Cli.Rank.Methods;
using Arena.Ranking;
using Arena.Ranking.Metrics;

namespace Arena.Cli.Rank.Output;

/// <summary>One method's board.</summary>
/// <param name="Method">The method.</param>
/// <param name="Board">What it made.</param>
/// <param name="Options">With which options.</param>
internal sealed record RankedBy(RankMethod Method, Standings Board, object? Options);

/// <summary>Two entries that methods put in different orders, although one of them separates the two.</summary>
/// <param name="Better">The entry that is separated as the better.</param>
/// <param name="Worse">The other.</param>
/// <param name="Separating">Methods that separate them so, by index.</param>
/// <param name="Opposing">Methods that put them the other way round, by index.</param>
internal sealed record Disagreement(int Better, int Worse, IReadOnlyList<int> Separating, IReadOnlyList<int> Opposing);

/// <summary>Several methods on one input.</summary>
internal sealed class Comparison
{
    /// <summary>So many entries of the first board are looked at for disagreements: it takes their square.</summary>
    private const int MostEntries = 300;

    private readonly int[][] _places;

    /// <param name="boards">Those that ranked it.</param>
    /// <param name="refused">Those that did not, and why.</param>
    public Comparison(IReadOnlyList<RankedBy> boards, IReadOnlyList<(RankMethod Method, string Reason)> refused)
    {
        (Boards, Refused) = (boards, refused);
        _places = [.. boards.Select(b => Places(b.Board))];
        Orders = [.. Enumerable.Range(0, boards.Count).GroupBy(b => string.Join(' ', _places[b]), StringComparer.Ordinal).Select(g => g.ToArray())];
    }

    public IReadOnlyList<RankedBy> Boards { get; }

    public IReadOnlyList<(RankMethod Method, string Reason)> Refused { get; }

    /// <summary>Boards with the same places throughout, together, in the order of the first of each.</summary>
    public IReadOnlyList<int[]> Orders { get; }

    /// <summary>Place of an entry on a board, 1 is first; equal ratings share the better place.</summary>
    public int Place(int board, int entry) => _places[board][entry];

    /// <summary>Kendall's τ-b and Spearman's ρ between the orders of two boards; null where a board holds only ties.</summary>
    public (double? Kendall, double? Spearman) Correlation(int first, int second)
    {
        double[] a = [.. _places[first].Select(p => -(double)p)], b = [.. _places[second].Select(p => -(double)p)];
        return (RankCorrelation.KendallTauB(a, b), RankCorrelation.Spearman(a, b));
    }

    /// <summary>Pairs in which a method that separates them is contradicted, the most contradicted first.</summary>
    public IReadOnlyList<Disagreement> Disagreements()
    {
        int[] entries = [.. Boards[0].Board.Order.Take(MostEntries)];
        int[] separating = [.. Enumerable.Range(0, Boards.Count).Where(b => Boards[b].Board.Intervals != IntervalKind.None)];
        var found = new List<Disagreement>();
        foreach (int better in entries)
        {
            foreach (int worse in entries)
            {
                int[] apart = better == worse ? [] : [.. separating.Where(b => Boards[b].Board.Pairs.IsBetter(better, worse))];
                int[] opposing = apart.Length == 0 ? [] : [.. Enumerable.Range(0, Boards.Count).Where(b => _places[b][better] > _places[b][worse])];
                if (opposing.Length > 0)
                {
                    found.Add(new Disagreement(better, worse, apart, opposing));
                }
            }
        }

        return [.. found.OrderByDescending(d => Math.Min(d.Opposing.Count, d.Separating.Count)).ThenByDescending(d => d.Opposing.Count)];
    }

    /// <summary>Place of every entry on a board, 1 is first; equal ratings share the better place.</summary>
    public static int[] Places(Standings board)
    {
        int[] places = new int[board.Competitors.Count];
        double alike = NumberText.Rounding * board.Competitors.Max(c => Math.Abs(c.Rating));
        for (int k = 0; k < places.Length; k++)
        {
            int entry = board.Order[k], before = k > 0 ? board.Order[k - 1] : -1;
            places[entry] = before >= 0 && board.Competitors[before].Offset - board.Competitors[entry].Offset <= alike ? places[before] : k + 1;
        }

        return places;
    }
}
