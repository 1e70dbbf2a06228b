using System.Runtime.InteropServices;

namespace Arena.Ranking;

/// <summary>Collects ballots, checks each as it comes, and makes <see cref="Ballots"/>.</summary>
/// <exception cref="RankingException">From every Add: a competitor out of range or twice on a ballot, a weight that is negative or not finite.</exception>
public sealed class BallotsBuilder
{
    private readonly List<int> _start;
    private readonly List<int> _competitor;
    private readonly List<ushort> _tier;
    private readonly List<byte> _kind;
    private readonly long[] _seen;
    private long _checks;
    private List<double>? _weight;
    private List<int>? _voter;
    private List<int>? _prompt;
    private List<short>? _shown;

    /// <summary>An empty collection.</summary>
    /// <param name="competitors">n, at least 1; ballots name them 0 … n − 1.</param>
    /// <param name="ballots">Room to make at first.</param>
    /// <param name="slots">Room to make at first.</param>
    public BallotsBuilder(int competitors, int ballots = 0, int slots = 0)
    {
        if (competitors < 1)
        {
            throw new RankingException(new Diagnosis.NoCompetitors());
        }

        Competitors = competitors;
        (_start, _competitor, _tier, _kind) = (new(ballots + 1) { 0 }, new(slots), new(slots), new(ballots));
        _seen = new long[competitors];
    }

    /// <summary>n.</summary>
    public int Competitors { get; }

    /// <summary>Ballots so far.</summary>
    public int Count => _kind.Count;

    /// <summary>Adds a pairwise vote.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The outcome is none.</exception>
    public void AddPair(int first, int second, PairOutcome outcome, in BallotDetails details)
    {
        if (outcome > PairOutcome.BothBad)
        {
            throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "The outcomes are 0 to 3.");
        }

        Check([first, second], details.Weight);
        bool swap = outcome == PairOutcome.SecondWins;
        bool tie = outcome is PairOutcome.Tie or PairOutcome.BothBad;
        Slot(swap ? second : first, 0);
        Slot(swap ? first : second, tie ? (ushort)0 : (ushort)1);
        End(BallotKind.Pairwise, details with { AllBad = details.AllBad || outcome == PairOutcome.BothBad }, swap);
    }

    /// <summary>Adds a pairwise vote of weight 1.</summary>
    public void AddPair(int first, int second, PairOutcome outcome) => AddPair(first, second, outcome, new BallotDetails());

    /// <summary>Adds a ranking without ties, best first; competitors that are not named were not shown.</summary>
    public void AddRanking(ReadOnlySpan<int> bestFirst, in BallotDetails details)
    {
        Check(bestFirst, details.Weight);
        for (int k = 0; k < bestFirst.Length; k++)
        {
            Slot(bestFirst[k], (ushort)k);
        }

        End(BallotKind.Full, details);
    }

    /// <summary>Adds a ranking without ties of weight 1, best first.</summary>
    public void AddRanking(params ReadOnlySpan<int> bestFirst) => AddRanking(bestFirst, new BallotDetails());

    /// <summary>Adds a ranking in tiers, best first; those in one tier were judged equal, or (<paramref name="shared"/>) not ordered.</summary>
    /// <param name="tiers">Competitors, tier by tier.</param>
    /// <param name="details">What rides along.</param>
    /// <param name="shared">What sharing a tier means on this ballot.</param>
    public void AddTiers(ReadOnlySpan<int[]> tiers, in BallotDetails details, TierKind shared = TierKind.Tied)
    {
        int length = 0;
        foreach (int[] tier in tiers)
        {
            length += tier.Length;
        }

        Span<int> all = length <= 64 ? stackalloc int[length] : new int[length];
        int next = 0;
        foreach (int[] tier in tiers)
        {
            tier.CopyTo(all[next..]);
            next += tier.Length;
        }

        Check(all, details.Weight);
        int number = 0;
        foreach (int[] tier in tiers)
        {
            foreach (int competitor in tier)
            {
                Slot(competitor, (ushort)(number | (tier.Length > 1 && shared == TierKind.Unordered ? Ballots.UnorderedBit : 0)));
            }

            number += tier.Length > 0 ? 1 : 0; // an empty tier says nothing
        }

        End(BallotKind.Full, details);
    }

    /// <summary>Adds a ranking in tiers of weight 1, best first; those in one tier were judged equal.</summary>
    public void AddTiers(params ReadOnlySpan<int[]> tiers) => AddTiers(tiers, new BallotDetails());

    /// <summary>Adds a ranking from one rank a competitor (smaller is better, equal ranks are ties), as contests report it.</summary>
    public void AddRanks(ReadOnlySpan<int> competitors, ReadOnlySpan<int> ranks, in BallotDetails details)
    {
        if (ranks.Length != competitors.Length)
        {
            throw new ArgumentException($"{competitors.Length} competitors need as many ranks, but there are {ranks.Length}.", nameof(ranks));
        }

        Check(competitors, details.Weight);
        int[] keys = ranks.ToArray(), items = competitors.ToArray();
        int[] places = [.. Enumerable.Range(0, keys.Length).OrderBy(k => keys[k])]; // stable: ties keep their order
        for (int k = 0, tier = 0; k < places.Length; k++)
        {
            tier += k > 0 && keys[places[k]] != keys[places[k - 1]] ? 1 : 0;
            Slot(items[places[k]], (ushort)tier);
        }

        End(BallotKind.Full, details);
    }

    /// <summary>Adds a choice of one among those shown.</summary>
    public void AddTopOne(int best, ReadOnlySpan<int> others, in BallotDetails details)
    {
        Check([best, .. others], details.Weight);
        Slot(best, 0);
        foreach (int other in others)
        {
            Slot(other, (ushort)(1 | (others.Length > 1 ? Ballots.UnorderedBit : 0)));
        }

        End(BallotKind.TopOne, details);
    }

    /// <summary>Adds a choice of one among those shown, weight 1.</summary>
    public void AddTopOne(int best, params ReadOnlySpan<int> others) => AddTopOne(best, others, new BallotDetails());

    /// <summary>Adds a choice of the best and the worst among those shown.</summary>
    public void AddBestWorst(int best, ReadOnlySpan<int> middle, int worst, in BallotDetails details)
    {
        Check([best, .. middle, worst], details.Weight);
        Slot(best, 0);
        foreach (int other in middle)
        {
            Slot(other, (ushort)(1 | (middle.Length > 1 ? Ballots.UnorderedBit : 0)));
        }

        Slot(worst, (ushort)(middle.Length > 0 ? 2 : 1));
        End(BallotKind.BestWorst, details);
    }

    /// <summary>The ballots so far; more may be added afterwards without changing them.</summary>
    public Ballots ToBallots() =>
        new(Competitors, [.. _start], [.. _competitor], [.. _tier], [.. _kind], _weight?.ToArray(), _voter?.ToArray(), _prompt?.ToArray(), Shown());

    /// <summary>Says in which order the competitors of the last ballot were displayed, from left to right or top to bottom.</summary>
    /// <param name="competitors">Those of the last ballot, each once.</param>
    /// <exception cref="ArgumentException">They are not those of the last ballot, or there is none.</exception>
    public void ShownInOrder(params ReadOnlySpan<int> competitors)
    {
        int from = Count == 0 ? 0 : _start[Count - 1];
        ReadOnlySpan<int> last = CollectionsMarshal.AsSpan(_competitor)[from..];
        if (Count == 0 || competitors.Length != last.Length)
        {
            throw new ArgumentException($"The last ballot shows {last.Length} competitors, but {competitors.Length} are named.", nameof(competitors));
        }

        Span<short> slots = last.Length <= 64 ? stackalloc short[last.Length] : new short[last.Length];
        for (int k = 0; k < last.Length; k++)
        {
            slots[k] = (short)competitors.IndexOf(last[k]);
            if (slots[k] < 0)
            {
                throw new ArgumentException($"The last ballot shows competitor {last[k]}, but the display order does not name it.", nameof(competitors));
            }
        }

        _shown ??= new List<short>(_competitor.Capacity);
        FillUnknown(_shown, from);
        _shown.AddRange(slots);
    }

    /// <summary>Adds a ballot of other <see cref="Ballots"/> with as many competitors.</summary>
    internal void AddChecked(in Ballot ballot)
    {
        _competitor.AddRange(ballot.Competitors);
        _tier.AddRange(ballot.RawTiers);
        if (ballot.Length > 0 && ballot.DisplaySlot(0) >= 0)
        {
            _shown ??= new List<short>(_competitor.Capacity);
            FillUnknown(_shown, _start[^1]);
            for (int k = 0; k < ballot.Length; k++)
            {
                _shown.Add((short)ballot.DisplaySlot(k));
            }
        }

        End(ballot.Kind, new BallotDetails(ballot.Weight, ballot.Voter, ballot.Prompt, ballot.AllBad), ballot.Swapped);
    }

    private short[]? Shown()
    {
        if (_shown is null)
        {
            return null;
        }

        FillUnknown(_shown, _competitor.Count);
        return [.. _shown];
    }

    /// <summary>Makes the column reach to a slot: −1 where nothing was said, and nothing of what was said beyond it.</summary>
    private static void FillUnknown(List<short> shown, int slots)
    {
        int known = shown.Count;
        CollectionsMarshal.SetCount(shown, slots);
        if (slots > known)
        {
            CollectionsMarshal.AsSpan(shown)[known..].Fill(-1);
        }
    }

    private void Slot(int competitor, ushort tier)
    {
        _competitor.Add(competitor);
        _tier.Add(tier);
    }

    private void End(BallotKind kind, in BallotDetails details, bool swapped = false)
    {
        _kind.Add((byte)((byte)kind | (details.AllBad ? Ballots.AllBadBit : 0) | (swapped ? Ballots.SwappedBit : 0)));
        _start.Add(_competitor.Count);
        Column(ref _weight, details.Weight, 1.0);
        Column(ref _voter, Math.Max(-1, details.Voter), -1);
        Column(ref _prompt, Math.Max(-1, details.Prompt), -1);
    }

    /// <summary>A column is made at the first value that is not the usual one.</summary>
    private void Column<T>(ref List<T>? column, T value, T usual)
        where T : IEquatable<T>
    {
        if (column is null && !value.Equals(usual))
        {
            column = new List<T>(_kind.Capacity);
            CollectionsMarshal.SetCount(column, _kind.Count - 1);
            CollectionsMarshal.AsSpan(column).Fill(usual);
        }

        column?.Add(value);
    }

    private void Check(ReadOnlySpan<int> competitors, double weight)
    {
        int ballot = _kind.Count;
        if (!InputCheck.IsWeight(weight))
        {
            throw new RankingException(new Diagnosis.InvalidBallotWeight(ballot, weight));
        }

        if (competitors.Length > Ballots.MostTiers)
        {
            throw new RankingException(new Diagnosis.BallotTooLong(ballot, competitors.Length, Ballots.MostTiers));
        }

        _checks++; // not the ballot's number: a refused ballot must leave no trace
        foreach (int competitor in competitors)
        {
            if ((uint)competitor >= (uint)Competitors)
            {
                throw new RankingException(new Diagnosis.UnknownCompetitor(ballot, competitor, Competitors));
            }

            if (_seen[competitor] == _checks)
            {
                throw new RankingException(new Diagnosis.DuplicateCompetitor(ballot, competitor));
            }

            _seen[competitor] = _checks;
        }
    }
}
