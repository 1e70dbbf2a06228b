using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Games;

namespace Arena.Ranking;

/// <summary>
/// What every player gets in every profile of strategies: one tensor a population, general-sum, any number of players.
/// Immutable and checked: right shape, payoffs finite, counts and variances not negative.
/// </summary>
/// <remarks>
/// <para>Tensors are flat, row by row, the last player's strategy running fastest.</para>
/// <para>A single population plays a symmetric game against itself: one n × n table, entry (i, j) what i gets against j.</para>
/// </remarks>
public sealed class PayoffTables
{
    /// <summary>Most values a tensor may have.</summary>
    public const int MostProfiles = 100_000_000;

    private readonly int[] _strategies;
    private readonly double[][] _payoffs;
    private readonly int[][]? _counts;
    private readonly double[][]? _variances;

    internal PayoffTables(int[] strategies, double[][] payoffs, int[][]? counts, double[][]? variances)
    {
        (_strategies, _payoffs, _counts, _variances) = (strategies, payoffs, counts, variances);
        Cells = payoffs[0].Length;
        Profiles = payoffs.Length == 1 ? strategies[0] : Cells;
    }

    /// <summary>Number of populations, each with strategies and a tensor of its own; 1 for a symmetric game.</summary>
    public int Populations => _payoffs.Length;

    /// <summary>Whether one population plays against itself.</summary>
    public bool IsSymmetric => Populations == 1;

    /// <summary>Number of players of a game: 2 for a symmetric one, else one a population.</summary>
    public int Players => IsSymmetric ? 2 : Populations;

    /// <summary>Strategies of every population.</summary>
    public IReadOnlyList<int> Strategies => _strategies;

    /// <summary>Strategies of all populations together.</summary>
    public int AllStrategies => _strategies.Sum();

    /// <summary>Pure profiles a population (or all of them) can settle in: the strategies of a single population, else one of every population.</summary>
    public int Profiles { get; }

    /// <summary>Values of a tensor: n × n for a single population, else as many as <see cref="Profiles"/>.</summary>
    public int Cells { get; }

    /// <summary>Whether it is known how many games stand behind every payoff.</summary>
    public bool HasCounts => _counts is not null;

    /// <summary>Whether the variance of a single game's payoff is known.</summary>
    public bool HasVariances => _variances is not null;

    /// <summary>A symmetric two-player game played within one population.</summary>
    /// <param name="strategies">n.</param>
    /// <param name="payoffs">n × n, row by row: what the row's strategy gets against the column's.</param>
    /// <param name="counts">Games behind every payoff; empty is unknown.</param>
    /// <param name="variances">Variance of one game's payoff; empty is unknown.</param>
    /// <exception cref="RankingException">The shape or the content is at fault; see its diagnosis.</exception>
    public static PayoffTables Symmetric(int strategies, ReadOnlySpan<double> payoffs, ReadOnlySpan<int> counts = default, ReadOnlySpan<double> variances = default) =>
        TrySymmetric(strategies, payoffs, counts, variances, out PayoffTables? tables, out Diagnosis? diagnosis)
            ? tables
            : throw new RankingException(diagnosis);

    /// <summary>As <see cref="Symmetric"/>, with the diagnosis of faulty content instead of an exception.</summary>
    public static bool TrySymmetric(
        int strategies,
        ReadOnlySpan<double> payoffs,
        ReadOnlySpan<int> counts,
        ReadOnlySpan<double> variances,
        [NotNullWhen(true)] out PayoffTables? tables,
        [NotNullWhen(false)] out Diagnosis? diagnosis) =>
        TryMake([strategies], (long)strategies * strategies, [payoffs.ToArray()], counts.IsEmpty ? null : [counts.ToArray()], variances.IsEmpty ? null : [variances.ToArray()], out tables, out diagnosis);

    /// <summary>A game of several populations, one player from each.</summary>
    /// <param name="strategies">Strategies of every population, two populations at least.</param>
    /// <param name="payoffs">A tensor a population: what its player gets in every profile.</param>
    /// <param name="counts">Games behind every payoff, as the payoffs; null is unknown.</param>
    /// <param name="variances">Variance of one game's payoff, as the payoffs; null is unknown.</param>
    /// <exception cref="ArgumentException">There is one population only: say <see cref="Symmetric"/>.</exception>
    /// <exception cref="RankingException">The shape or the content is at fault; see its diagnosis.</exception>
    public static PayoffTables General(IReadOnlyList<int> strategies, IReadOnlyList<double[]> payoffs, IReadOnlyList<int[]>? counts = null, IReadOnlyList<double[]>? variances = null) =>
        TryGeneral(strategies, payoffs, counts, variances, out PayoffTables? tables, out Diagnosis? diagnosis)
            ? tables
            : throw new RankingException(diagnosis);

    /// <summary>As <see cref="General"/>, with the diagnosis of faulty content instead of an exception.</summary>
    public static bool TryGeneral(
        IReadOnlyList<int> strategies,
        IReadOnlyList<double[]> payoffs,
        IReadOnlyList<int[]>? counts,
        IReadOnlyList<double[]>? variances,
        [NotNullWhen(true)] out PayoffTables? tables,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        ArgumentNullException.ThrowIfNull(strategies);
        ArgumentNullException.ThrowIfNull(payoffs);
        if (strategies.Count < 2)
        {
            throw new ArgumentException($"A game of several populations needs two or more, but there is {strategies.Count}. A single population takes {nameof(Symmetric)}.", nameof(strategies));
        }

        long cells = 1;
        foreach (int own in strategies)
        {
            cells = own < 1 ? 0 : Math.Min(cells * own, int.MaxValue);
        }

        return TryMake(
            [.. strategies],
            cells,
            [.. payoffs.Select(Copy)],
            counts is null ? null : [.. counts.Select(Copy)],
            variances is null ? null : [.. variances.Select(Copy)],
            out tables,
            out diagnosis);
    }

    /// <summary>Two players whose payoffs add up to 0.</summary>
    /// <param name="rows">Strategies of the first player.</param>
    /// <param name="columns">Strategies of the second.</param>
    /// <param name="payoffs">rows × columns, what the first gets; the second gets its negative.</param>
    /// <exception cref="RankingException">The shape or the content is at fault; see its diagnosis.</exception>
    public static PayoffTables ZeroSum(int rows, int columns, ReadOnlySpan<double> payoffs)
    {
        double[] first = payoffs.ToArray();
        return General([rows, columns], [first, Array.ConvertAll(first, p => -p)]);
    }

    /// <summary>Payoffs of a population in every cell.</summary>
    public ReadOnlySpan<double> Payoffs(int population) => _payoffs[population];

    /// <summary>Games behind every payoff of a population; empty when unknown.</summary>
    public ReadOnlySpan<int> Counts(int population) => _counts is null ? default : _counts[population];

    /// <summary>Variance of one game's payoff, for every cell of a population; empty when unknown.</summary>
    public ReadOnlySpan<double> Variances(int population) => _variances is null ? default : _variances[population];

    /// <summary>Number of a profile, from one strategy a player (two for a cell of a symmetric game).</summary>
    public int CellOf(ReadOnlySpan<int> profile)
    {
        if (profile.Length != Players)
        {
            throw new ArgumentException($"A profile of {Players} players has {Players} strategies, but there are {profile.Length}.", nameof(profile));
        }

        int cell = 0;
        for (int k = 0; k < profile.Length; k++)
        {
            int own = _strategies[IsSymmetric ? 0 : k];
            if (profile[k] < 0 || profile[k] >= own)
            {
                throw new ArgumentOutOfRangeException(nameof(profile), profile[k], $"Player {k} has {own} strategies, numbered from 0.");
            }

            cell = cell * own + profile[k];
        }

        return cell;
    }

    /// <summary>Strategy of every population in a profile that it can settle in: one strategy for a single population.</summary>
    public int[] ProfileOf(int profile)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(profile);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(profile, Profiles);
        var strategies = new int[Populations];
        for (int k = Populations - 1; k >= 0; k--)
        {
            (profile, strategies[k]) = Math.DivRem(profile, _strategies[k]);
        }

        return strategies;
    }

    /// <summary>The same game with other payoffs of the same shape, which are taken over unchecked.</summary>
    internal PayoffTables WithPayoffs(double[][] payoffs) => new(_strategies, payoffs, _counts, _variances);

    private static bool TryMake(
        int[] strategies,
        long cells,
        double[][] payoffs,
        int[][]? counts,
        double[][]? variances,
        [NotNullWhen(true)] out PayoffTables? tables,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        diagnosis = PayoffCheck.Of(strategies, cells, payoffs, counts, variances);
        tables = diagnosis is null ? new PayoffTables(strategies, payoffs, counts, variances) : null;
        return tables is not null;
    }

    private static T[] Copy<T>(T[] values) => [.. values];
}
