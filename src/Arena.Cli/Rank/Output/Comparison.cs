using Arena.Cli.Rank.Methods;
using Arena.Ranking;

namespace Arena.Cli.Rank.Output;

/// <summary>Several methods on one input.</summary>
/// <param name="Boards">Those that ranked it.</param>
/// <param name="Refused">Those that did not, and why.</param>
internal sealed record Comparison(IReadOnlyList<(RankMethod Method, Standings Board)> Boards, IReadOnlyList<(RankMethod Method, string Reason)> Refused)
{
    /// <summary>Kendall's τ-b and Spearman's ρ between the orders of two boards; null where a board holds only ties.</summary>
    public (double? Kendall, double? Spearman) Correlation(int first, int second)
    {
        double[] a = Offsets(first), b = Offsets(second);
        return (Arena.Ranking.Metrics.RankCorrelation.KendallTauB(a, b), Arena.Ranking.Metrics.RankCorrelation.Spearman(a, b));
    }

    /// <summary>Place of an entry on a board, 1 is first; equal ratings share the better place.</summary>
    public int Place(int board, int entry)
    {
        IReadOnlyList<Standing> competitors = Boards[board].Board.Competitors;
        double own = competitors[entry].Offset;
        return 1 + competitors.Count(c => c.Offset > own);
    }

    private double[] Offsets(int board) => [.. Boards[board].Board.Competitors.Select(c => c.Offset)];
}
