using Arena.Ranking.Voting;

namespace Arena.Ranking;

/// <summary>
/// Duels: for every two competitors, the weight of ballots that put one above the other, and of ballots that show both
/// without ordering them. All that Copeland, minimax, Schulze, ranked pairs, Kemeny and maximal lotteries read.
/// </summary>
public sealed class PairwiseVotes
{
    private readonly double[] _above;
    private readonly double[] _level;

    internal PairwiseVotes(int competitors, double[] above, double[] level) => (Competitors, _above, _level) = (competitors, above, level);

    /// <summary>Counts the duels of ballots. A tier's members are level, whether tied or not ordered.</summary>
    /// <exception cref="RankingException">The ballots cannot be ranked; see the diagnosis.</exception>
    public static PairwiseVotes Of(Ballots ballots) => Checked(VoteTable.Of(ballots, VoteResampling.None));

    /// <summary>Counts the duels of samples: who scored better by more than the tie margin. A sample is a ballot.</summary>
    /// <exception cref="RankingException">The scores cannot be ranked; see the diagnosis.</exception>
    public static PairwiseVotes Of(ScoreMatrix scores) => Checked(VoteTable.Of(scores, VoteResampling.None));

    /// <summary>n.</summary>
    public int Competitors { get; }

    /// <summary>Weight of ballots with the first above the second.</summary>
    public double For(int first, int second) => _above[Index(first, second)];

    /// <summary>Weight of ballots that show both without putting one above the other.</summary>
    public double Level(int first, int second) => _level[Index(first, second)];

    /// <summary>Votes for the first less votes for the second.</summary>
    public double Margin(int first, int second) => For(first, second) - For(second, first);

    /// <summary>Who beats everybody in a duel, or null.</summary>
    public int? CondorcetWinner()
    {
        for (int i = 0; i < Competitors; i++)
        {
            if (Enumerable.Range(0, Competitors).All(j => j == i || Margin(i, j) > 0))
            {
                return i;
            }
        }

        return null;
    }

    /// <summary>The smallest group whose members all beat everybody outside (Smith set), in order of index.</summary>
    public IReadOnlyList<int> TopCycle() => ComparisonGraph.StrongComponents(Competitors, (i, j) => i != j && Margin(i, j) >= 0)[0];

    /// <summary>Those whom nobody covers; a covers b when a beats b and whoever beats a beats b too (Gillies 1959).</summary>
    public IReadOnlyList<int> UncoveredSet()
    {
        int[] all = [.. Enumerable.Range(0, Competitors)];
        return [.. all.Where(b => !Array.Exists(all, a => Margin(a, b) > 0 && Array.TrueForAll(all, x => Margin(x, a) <= 0 || Margin(x, b) > 0)))];
    }

    /// <summary>n × n margins row by row.</summary>
    internal double[] Margins()
    {
        int n = Competitors;
        var margins = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                margins[i * n + j] = _above[i * n + j] - _above[j * n + i];
            }
        }

        return margins;
    }

    /// <summary>n × n votes for row against column, row by row.</summary>
    internal ReadOnlySpan<double> Above => _above;

    private int Index(int first, int second)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(first, Competitors);
        ArgumentOutOfRangeException.ThrowIfNegative(second);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(second, Competitors);
        return first * Competitors + second;
    }

    private static PairwiseVotes Checked(VoteTable table) =>
        table.Diagnose() is { } diagnosis ? throw new RankingException(diagnosis) : table.Duels(null);
}
