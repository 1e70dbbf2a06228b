using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Arena.Ranking;

/// <summary>
/// Votes: on each ballot some of n competitors in tiers, best first. Competitors that were not shown are absent (a partial
/// ranking). Immutable and checked; made by a <see cref="BallotsBuilder"/> or from columns of pairwise votes. Order is kept:
/// methods that read votes one after the other (Elo, online updates) read them in the order added.
/// </summary>
/// <remarks>Kept in columns: m ballots with s slots in all take about 6 s + 5 m bytes, plus 8 m where weights, 4 m each where voters or prompts are known.</remarks>
public sealed class Ballots
{
    internal const ushort UnorderedBit = 0x8000;
    internal const int MostTiers = 0x7FFF;

    private readonly int[] _start;
    private readonly int[] _competitor;
    private readonly ushort[] _tier;
    private readonly byte[] _kind;
    private readonly double[]? _weight;
    private readonly int[]? _voter;
    private readonly int[]? _prompt;
    private readonly short[]? _shown;

    internal Ballots(int competitors, int[] start, int[] competitor, ushort[] tier, byte[] kind, double[]? weight, int[]? voter, int[]? prompt, short[]? shown = null)
    {
        _shown = shown;
        (Competitors, _start, _competitor, _tier, _kind, _weight, _voter, _prompt) = (competitors, start, competitor, tier, kind, weight, voter, prompt);
        Count = kind.Length;
        Voters = CountDistinct(voter);
        Prompts = CountDistinct(prompt);
    }

    /// <summary>Columns of pairwise votes, copied and checked.</summary>
    /// <param name="competitors">n.</param>
    /// <param name="first">One competitor a vote, in 0 … n − 1.</param>
    /// <param name="second">The other one.</param>
    /// <param name="outcomes">One a vote.</param>
    /// <param name="weights">One a vote; empty gives every vote weight 1.</param>
    /// <param name="voters">One a vote, −1 where unknown; empty is unknown throughout.</param>
    /// <param name="prompts">As <paramref name="voters"/>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or an outcome is none.</exception>
    /// <exception cref="RankingException">The content is at fault; see its diagnosis.</exception>
    public static Ballots FromPairs(
        int competitors,
        ReadOnlySpan<int> first,
        ReadOnlySpan<int> second,
        ReadOnlySpan<PairOutcome> outcomes,
        ReadOnlySpan<double> weights = default,
        ReadOnlySpan<int> voters = default,
        ReadOnlySpan<int> prompts = default)
    {
        int votes = first.Length;
        if (second.Length != votes || outcomes.Length != votes || !Fits(weights.Length) || !Fits(voters.Length) || !Fits(prompts.Length))
        {
            throw new ArgumentException($"All columns of {votes} votes need {votes} values (weights, voters and prompts may be empty), but there are {second.Length}, {outcomes.Length}, {weights.Length}, {voters.Length} and {prompts.Length}.", nameof(first));
        }

        bool Fits(int length) => length == 0 || length == votes;

        if (BallotColumns.TryMake(competitors, first, second, outcomes, weights, voters, prompts) is { } ballots)
        {
            return ballots;
        }

        // something is at fault: the builder finds and names it
        var builder = new BallotsBuilder(competitors, votes, 2 * votes);
        for (int v = 0; v < votes; v++)
        {
            builder.AddPair(first[v], second[v], outcomes[v], new BallotDetails(
                weights.IsEmpty ? 1 : weights[v],
                voters.IsEmpty ? -1 : voters[v],
                prompts.IsEmpty ? -1 : prompts[v]));
        }

        return builder.ToBallots();
    }

    /// <summary>Number of competitors, with and without votes.</summary>
    public int Competitors { get; }

    /// <summary>Number of ballots.</summary>
    public int Count { get; }

    /// <summary>Number of slots of all ballots together.</summary>
    public int Slots => _competitor.Length;

    /// <summary>Number of different known voters; 0 where none is known.</summary>
    public int Voters { get; }

    /// <summary>Number of different known prompts; 0 where none is known.</summary>
    public int Prompts { get; }

    /// <summary>Whether every ballot shows two competitors.</summary>
    public bool IsPairwise => Slots == 2 * (long)Count && LargestSlate <= 2;

    /// <summary>The most competitors on one ballot.</summary>
    public int LargestSlate
    {
        get
        {
            int most = 0;
            for (int b = 0; b < Count; b++)
            {
                most = Math.Max(most, _start[b + 1] - _start[b]);
            }

            return most;
        }
    }

    /// <summary>One weight a ballot; empty when every ballot weighs 1.</summary>
    public ReadOnlySpan<double> Weights => _weight;

    /// <summary>One voter a ballot, −1 where unknown; empty when none is known.</summary>
    public ReadOnlySpan<int> VoterColumn => _voter;

    /// <summary>One prompt a ballot, −1 where unknown; empty when none is known.</summary>
    public ReadOnlySpan<int> PromptColumn => _prompt;

    /// <summary>One ballot.</summary>
    public Ballot this[int ballot]
    {
        get
        {
            int start = _start[ballot], length = _start[ballot + 1] - start;
            return new Ballot(
                (BallotKind)(_kind[ballot] & 0x0F),
                (_kind[ballot] & AllBadBit) != 0,
                _weight is null ? 1 : _weight[ballot],
                _voter is null ? -1 : _voter[ballot],
                _prompt is null ? -1 : _prompt[ballot],
                _competitor.AsSpan(start, length),
                _tier.AsSpan(start, length),
                _shown is null ? [] : _shown.AsSpan(start, length),
                (_kind[ballot] & SwappedBit) != 0);
        }
    }

    /// <summary>Some of the ballots, in the order given; an index may stand several times (a bootstrap draw).</summary>
    public Ballots Select(ReadOnlySpan<int> ballots)
    {
        var builder = new BallotsBuilder(Competitors, ballots.Length, ballots.Length * 2);
        foreach (int b in ballots)
        {
            builder.AddChecked(this[b]);
        }

        return builder.ToBallots();
    }

    /// <summary>The same ballots with competitors numbered anew, for a board from which some are left out.</summary>
    /// <param name="competitors">How many there are then.</param>
    /// <param name="numbers">The new number of each competitor that stands on a ballot; what is said of others is not read.</param>
    /// <exception cref="ArgumentException">A competitor on a ballot has no new number, or two have the same.</exception>
    public Ballots Renumber(int competitors, ReadOnlySpan<int> numbers)
    {
        if (numbers.Length != Competitors)
        {
            throw new ArgumentException($"{Competitors} competitors need as many new numbers, but there are {numbers.Length}.", nameof(numbers));
        }

        var taken = new int[competitors];
        Array.Fill(taken, -1);
        var renumbered = new int[_competitor.Length];
        for (int slot = 0; slot < renumbered.Length; slot++)
        {
            int from = _competitor[slot], to = numbers[from];
            if ((uint)to >= (uint)competitors || (taken[to] >= 0 && taken[to] != from))
            {
                throw new ArgumentException($"The new number of competitor {from} is {to}: give each its own in 0 … {competitors - 1}.", nameof(numbers));
            }

            (taken[to], renumbered[slot]) = (from, to);
        }

        return new Ballots(competitors, _start, renumbered, _tier, _kind, _weight, _voter, _prompt, _shown);
    }

    /// <summary>The same ballots with other weights.</summary>
    /// <param name="weights">One a ballot, 0 or from 1e-9 to 1e9.</param>
    /// <exception cref="RankingException">A weight is not one.</exception>
    public Ballots WithWeights(ReadOnlySpan<double> weights)
    {
        if (weights.Length != Count)
        {
            throw new ArgumentException($"{Count} ballots need as many weights, but there are {weights.Length}.", nameof(weights));
        }

        for (int b = 0; b < weights.Length; b++)
        {
            if (!InputCheck.IsWeight(weights[b]))
            {
                throw new RankingException(new Diagnosis.InvalidBallotWeight(b, weights[b]));
            }
        }

        return new Ballots(Competitors, _start, _competitor, _tier, _kind, weights.ToArray(), _voter, _prompt, _shown);
    }

    /// <summary>Whether it is known of any ballot in which display slot each competitor stood (<see cref="BallotsBuilder.ShownInOrder"/>).</summary>
    public bool HasDisplaySlots => _shown is not null;

    internal const byte AllBadBit = 0x80;

    /// <summary>A pairwise vote was given loser first: its slots stand the other way round.</summary>
    internal const byte SwappedBit = 0x40;

    /// <summary>Where each ballot's slots begin; the last value is their number.</summary>
    internal ReadOnlySpan<int> Starts => _start;

    /// <summary>Competitor of every slot.</summary>
    internal ReadOnlySpan<int> CompetitorColumn => _competitor;

    /// <summary><see cref="Starts"/>, to be kept.</summary>
    internal ReadOnlyMemory<int> StartMemory => _start;

    /// <summary><see cref="CompetitorColumn"/>, to be kept.</summary>
    internal ReadOnlyMemory<int> CompetitorMemory => _competitor;

    /// <summary>Tier of every slot, with <see cref="UnorderedBit"/>.</summary>
    internal ReadOnlySpan<ushort> TierColumn => _tier;

    /// <summary>Whether a ballot says anything: a weight above 0, and two competitors that are compared.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Compares(int ballot)
    {
        int from = _start[ballot], to = _start[ballot + 1];
        return to - from >= 2
            && (_weight is null || _weight[ballot] > 0)
            && (_tier[from] != _tier[to - 1] || (_tier[from] & UnorderedBit) == 0);
    }

    private static int CountDistinct(int[]? column)
    {
        if (column is null)
        {
            return 0;
        }

        int most = column.Length == 0 ? -1 : column.Max();
        if (most < 0)
        {
            return 0;
        }

        if (most > 16L * column.Length + 1024)
        {
            return column.Where(c => c >= 0).Distinct().Count();
        }

        var seen = new bool[most + 1];
        int distinct = 0;
        foreach (int c in column)
        {
            if (c >= 0 && !seen[c])
            {
                seen[c] = true;
                distinct++;
            }
        }

        return distinct;
    }
}

/// <summary>One ballot, a view into <see cref="Ballots"/>. Slots stand best tier first.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly ref struct Ballot
{
    private readonly ReadOnlySpan<ushort> _tiers;
    private readonly ReadOnlySpan<short> _shown;

    internal Ballot(
        BallotKind kind, bool allBad, double weight, int voter, int prompt, ReadOnlySpan<int> competitors, ReadOnlySpan<ushort> tiers, ReadOnlySpan<short> shown, bool swapped)
    {
        Swapped = swapped;
        (Kind, AllBad, Weight, Voter, Prompt) = (kind, allBad, weight, voter, prompt);
        Competitors = competitors;
        _tiers = tiers;
        _shown = shown;
    }

    /// <summary>What was asked.</summary>
    public BallotKind Kind { get; }

    /// <summary>Whether the voter called everything bad.</summary>
    public bool AllBad { get; }

    /// <summary>How much it counts, 0 or more.</summary>
    public double Weight { get; }

    /// <summary>−1 is unknown.</summary>
    public int Voter { get; }

    /// <summary>−1 is unknown.</summary>
    public int Prompt { get; }

    /// <summary>The competitors shown, best tier first.</summary>
    public ReadOnlySpan<int> Competitors { get; }

    /// <summary>Number of competitors shown.</summary>
    public int Length => Competitors.Length;

    /// <summary>Number of tiers.</summary>
    public int Tiers => Length == 0 ? 0 : Tier(Length - 1) + 1;

    internal ReadOnlySpan<ushort> RawTiers => _tiers;

    internal bool Swapped { get; }

    /// <summary>Display slot of a slot's competitor, 0 is leftmost or topmost; −1 is unknown.</summary>
    public int DisplaySlot(int slot) => _shown.IsEmpty ? -1 : _shown[slot];

    /// <summary>The competitor that a pairwise vote named first (its slots stand winner first).</summary>
    public int First => Competitors[Swapped ? 1 : 0];

    /// <summary>The competitor that a pairwise vote named second.</summary>
    public int Second => Competitors[Swapped ? 0 : 1];

    /// <summary>Tier of a slot, 0 is best; tiers follow each other without a gap.</summary>
    public int Tier(int slot) => _tiers[slot] & ~Ballots.UnorderedBit;

    /// <summary>What sharing the slot's tier means.</summary>
    public TierKind KindOfTier(int slot) => (_tiers[slot] & Ballots.UnorderedBit) != 0 ? TierKind.Unordered : TierKind.Tied;
}
